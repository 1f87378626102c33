"""From a plan file to the numbers that the analyses take, with every assumption said.

A plan gives values, chances and lengths only where its author wrote them. What is missing is assumed (cost 1, worth 1
per step, chance 0.9, 90 days) and listed, so that no figure looks firmer than it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..model import Pair, Plan, Step
from .exposure import Move, Number
from .gates import Gate, is_plain, names
from .risk import Task
from .waits import Waits

COST, WORTH, CHANCE, DAYS = 1.0, 1.0, 0.9, 90.0


@dataclass(frozen=True)
class Inputs:
    """Moves in order, tasks with what they wait for, and what had to be assumed."""

    moves: tuple[Move, ...]
    tasks: tuple[Task, ...]
    parties: tuple[str, ...]
    assumed: tuple[str, ...] = field(default=())


def inputs_of(plan: Plan, *, in_time: bool = False) -> Inputs:
    """The numbers of one plan, steps in the plan's own order.

    `in_time`: a step that misses its last day counts as not coming, where that day counts from what it waits for.
    """
    assumed: dict[str, list[str]] = {}
    moves, tasks = [], []
    waits = Waits(plan)
    for pair in plan.pairs.values():
        for step in in_order(pair):
            moves.append(move_of(plan, pair, step, assumed))
            task = task_of(step, waits.of(step), assumed)
            within = waits.allowed(step) if in_time else None
            if in_time and step.due and within is None:
                assumed.setdefault("no last day, as it does not count from what is waited for,", []).append(step.id)
            tasks.append(replace(task, within=within))
    parties = tuple(dict.fromkeys(p for m in moves for p in (m.actor, *m.worth)))
    notes = tuple(
        f"{what} of {'every step' if len(names) == len(plan.steps) else ', '.join(names)}"
        for what, names in assumed.items()
    )
    if waits.granted:
        notes += (f"what no step brings about comes: {'; '.join(waits.granted)}",)
    return Inputs(tuple(moves), tuple(tasks), parties, notes)


def in_order(pair: Pair) -> tuple[Step, ...]:
    return pair.get + pair.give if pair.exchange == "get first" else pair.give + pair.get


def move_of(plan: Plan, pair: Pair, step: Step, assumed: dict[str, list[str]]) -> Move:
    actor = step.who[0] if step.who else "somebody"
    others = [w for s in pair.steps for w in s.who[:1] if w != actor] or [p for p in plan.parties if p != actor]
    if step.cost is None:
        assumed.setdefault(f"cost {COST:g}", []).append(step.id)
    cost = COST if step.cost is None else step.cost
    worth: dict[str, Number] = {p: v for p, v in step.values.items() if p != actor}
    if not worth and others:
        if step.worth is None:
            assumed.setdefault(f"worth {WORTH:g}", []).append(step.id)
        worth = {others[0]: WORTH if step.worth is None else step.worth}
    return Move(step.id, actor, cost, worth)


def task_of(step: Step, gate: Gate, assumed: dict[str, list[str]]) -> Task:
    if step.chance is None:
        assumed.setdefault(f"chance {CHANCE:g}", []).append(step.id)
    length = step.takes or step.lasts
    if length is None:
        assumed.setdefault(f"{DAYS:g} days", []).append(step.id)
    return Task(
        name=step.id,
        chance=CHANCE if step.chance is None else step.chance,
        days=DAYS if length is None else length.mean_days,
        after=tuple(dict.fromkeys(names(gate))),
        gate=None if is_plain(gate) else gate,
        shape="fixed" if step.lasts is not None and step.takes is None else "exponential",
    )
