"""Playing a plan out: who does what when, with scripted or strategic parties.

A party keeps its promises, acts by its own advantage (it goes on where walking away would cost it more, see
`enforcement`), or acts by chance. Single steps can be scripted on top. What waits for a step that did not come is
blocked; a snapback, suspension or termination that the plan gives somebody is used when a step is refused or a cheat
is found.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf
from typing import Literal

from ...errors import UsageError
from ..model import Plan, Power
from .enforcement import enforce
from .exposure import Number
from .gates import opened
from .inputs import Inputs
from .risk import Task, ordered

Behaviour = Literal["keeps", "strategic", "chance"]
Outcome = Literal["done", "late", "refused", "cheated", "blocked", "notice", "effect"]
SCRIPTED: tuple[Outcome, ...] = ("done", "late", "refused", "cheated")
ANSWERS = ("snapback", "suspend", "reverse", "terminate")
"""Kinds of powers that answer a breach, hardest last resort first as plans use them."""


@dataclass(frozen=True)
class Turn:
    """One line of the timeline."""

    day: date
    what: str
    actor: str
    outcome: Outcome
    why: str
    balances: Mapping[str, float]


@dataclass
class Stage:
    """The play while it runs."""

    plan: Plan
    inputs: Inputs
    start: date
    walk_away: float
    behaviours: Mapping[str, Behaviour]
    script: Mapping[str, Outcome]
    chance: random.Random
    came: dict[str, date] = field(default_factory=dict)
    standing: dict[str, Number] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)


def play(
    plan: Plan,
    inputs: Inputs,
    *,
    start: date,
    behaviours: Mapping[str, Behaviour] | None = None,
    script: Mapping[str, Outcome] | None = None,
    walk_away: float = 0.0,
    discount: float = 1.0,
    seed: int = 0,
) -> list[Turn]:
    """The timeline of one play. Raises UsageError for a step, party or outcome that the plan does not have."""
    check(inputs, behaviours or {}, script or {})
    stage = Stage(plan, inputs, start, walk_away, behaviours or {}, script or {}, random.Random(seed))
    needed = {t.move: t.needed for t in enforce(inputs.moves, discount).temptations}
    moves = {m.name: m for m in inputs.moves}
    answered = False
    for task in ordered(inputs.tasks):
        move = moves[task.name]
        days = {n: float((stage.came[n] - start).days) if n in stage.came else inf for n in task.after}
        opens = opened(task.waits, days)
        if opens == inf:
            waiting = ", ".join(name for name in task.after if name not in stage.came) or "what never comes"
            last = max((stage.came[n] for n in task.after if n in stage.came), default=start)
            note(stage, last, task.name, move.actor, "blocked", f"waits for {waiting}")
            continue
        begin = start + timedelta(days=opens)
        outcome, why = decide(stage, task, move.actor, needed[task.name])
        day = begin + timedelta(days=round(task.days * (1.5 if outcome == "late" else 1)))
        if outcome in {"done", "late", "cheated"}:
            stage.came[task.name] = day
            settle(stage, task.name, cheated=outcome == "cheated")
        note(stage, day, task.name, move.actor, outcome, why)
        found = outcome == "refused" or (outcome == "cheated" and is_found(stage, task.name))
        if found and not answered:
            answered = answer(stage, day, move.actor)
    return sorted(stage.turns, key=lambda t: t.day)


def check(inputs: Inputs, behaviours: Mapping[str, Behaviour], script: Mapping[str, Outcome]) -> None:
    steps = {m.name for m in inputs.moves}
    actors = {m.actor for m in inputs.moves}
    for step, outcome in script.items():
        if step not in steps:
            raise UsageError(f"there is no step '{step}'; there are: {', '.join(sorted(steps))}")
        if outcome not in SCRIPTED:
            raise UsageError(f"a step can be scripted as {', '.join(SCRIPTED)}, not '{outcome}'")
    for party, behaviour in behaviours.items():
        if party not in actors:
            raise UsageError(f"'{party}' has no step in this plan; these have: {', '.join(sorted(actors))}")
        if behaviour not in ("keeps", "strategic", "chance"):
            raise UsageError(f"a party can be keeps, strategic or chance, not '{behaviour}'")


def decide(stage: Stage, task: Task, actor: str, needed: Number) -> tuple[Outcome, str]:
    if task.name in stage.script:
        return stage.script[task.name], "scripted"
    behaviour = stage.behaviours.get(actor, "keeps")
    if behaviour == "strategic":
        if needed > stage.walk_away:
            return "refused", f"walking away costs {stage.walk_away:g}, going on needs it to cost {float(needed):g}"
        return "done", "going on is better than walking away"
    if behaviour == "chance":
        drawn = stage.chance.random()
        return ("done", "by chance") if drawn < task.probability else ("refused", "by chance")
    return "done", "keeps its promise"


def settle(stage: Stage, step: str, *, cheated: bool) -> None:
    """Books the step: a cheat costs nothing and brings the others nothing."""
    if cheated:
        return
    move = next(m for m in stage.inputs.moves if m.name == step)
    stage.standing[move.actor] = stage.standing.get(move.actor, 0) - move.cost
    for party, worth in move.worth.items():
        stage.standing[party] = stage.standing.get(party, 0) + worth


def is_found(stage: Stage, step: str) -> bool:
    """Whether the cheat is found: by the chance that the plan gives, surely where somebody verifies, else not."""
    clause = stage.plan.step(step)
    chance = clause.detect if clause.detect is not None else (1.0 if clause.needs_verifier else 0.0)
    return stage.chance.random() < chance


def answer(stage: Stage, day: date, breaker: str) -> bool:
    """The first power that somebody else holds against a breach: notice, then effect after its delay."""
    for kind in ANSWERS:
        for power in stage.plan.powers.values():
            holders = [w for w in power.who if not stage.plan.is_or_belongs(breaker, w)]
            if power.kind == kind and holders:
                note(stage, day, power.id, holders[0], "notice", f"answers the breach by {breaker}")
                note(stage, effective(day, power), power.id, holders[0], "effect", effect_of(power))
                return True
    return False


def effective(day: date, power: Power) -> date:
    return day + timedelta(days=round(power.after.mean_days)) if power.after else day


def effect_of(power: Power) -> str:
    done = "; ".join(str(e) for e in power.effect) or power.does or power.kind
    return f"{done}, unless {power.unless}" if power.unless else done


def note(stage: Stage, day: date, what: str, actor: str, outcome: Outcome, why: str) -> None:
    stage.turns.append(Turn(day, what, actor, outcome, why, {p: float(v) for p, v in stage.standing.items()}))
