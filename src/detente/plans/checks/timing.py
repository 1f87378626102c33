"""Clocks together: whether any course, not only the fastest, keeps all last days.

The fastest course can miss a deadline that a slower one keeps: 'within 10 days of A' may be missed where A is done at
once and something else comes late, and kept where A waits. So a deadline is in conflict only when the system of all
inequalities has no solution: done(B) >= done(A) + length for what B waits for, done(B) <= done(A) + length for its
deadline. Such a system has none exactly when its graph has a negative cycle (Bellman 1958, Ford 1956; as a simple
temporal network Dechter, Meiri and Pearl 1991). O(steps x inequalities).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import inf

from ..conditions import BEFORE_DONE, And, Fixed, Is, Moment, Ref, Shift, Tree, When
from ..model import Plan, Step
from .reach import Reach

ORIGIN = ""
"""The beginning of all: no step is done before its window opens."""


@dataclass(frozen=True, slots=True)
class Bound:
    """done(late) - done(early) <= days. `of` is the step whose deadline it is; '' for what has to come first."""

    early: str
    late: str
    days: float
    of: str = ""


def conflicting(plan: Plan, reach: Reach) -> frozenset[str]:
    """The steps whose last day no course can keep: each alone, or, where each alone can be kept, all in conflict."""
    bounds = list(inequalities(plan, reach))
    timed = list(dict.fromkeys(b.of for b in bounds if b.of))
    if not timed or solvable(bounds, set()):
        return frozenset()
    alone = {id for id in timed if not solvable(bounds, {other for other in timed if other != id})}
    return frozenset(alone or [id for id in timed if solvable(bounds, {id})] or timed)


def inequalities(plan: Plan, reach: Reach) -> Iterator[Bound]:
    """All that binds the days on which steps are done."""
    for step in plan.steps:
        lo = reach.windows[step.id].lo
        if lo == inf:
            continue
        yield Bound(step.id, ORIGIN, -lo)
        takes = step.takes.mean_days if step.takes else 0.0
        for before in awaited(reach.gates[step.id]):
            if before in reach.steps:
                yield Bound(step.id, before, -takes)
        bound = deadline(reach, step)
        if bound is not None:
            yield bound


def awaited(gate: Tree) -> Iterator[str]:
    """The steps that have to be done before, whatever else happens: those that stand under 'and' alone."""
    if isinstance(gate, And):
        for part in gate.parts:
            yield from awaited(part)
    elif isinstance(gate, Is) and gate.state not in BEFORE_DONE:
        yield gate.ref


def deadline(reach: Reach, step: Step) -> Bound | None:
    """The last day as an inequality: against another step where it counts from one, else against the calendar."""
    moment = step.last_due
    if moment is None or reach.due(step) == inf:
        return None
    grace = step.grace.mean_days if step.grace else 0.0
    base, days = counted_from(moment)
    if base in reach.steps:
        return Bound(base, step.id, days + grace, of=step.id)
    return Bound(ORIGIN, step.id, reach.due(step), of=step.id)


def counted_from(when: When | Moment) -> tuple[str, float]:
    """The step from whose end a day is counted, and how many days; ('', 0) where it is counted otherwise."""
    if isinstance(when, Moment):
        return counted_from(when.when)
    if isinstance(when, Shift):
        base, days = counted_from(when.base)
        return base, days + when.sign * when.by.mean_days
    if isinstance(when, Ref) and when.point != "start":
        return when.id, 0.0
    if isinstance(when, Fixed):
        return "", 0.0
    return "", 0.0


def solvable(bounds: Collection[Bound], without: Collection[str]) -> bool:
    """Whether all inequalities hold at once for some days, the deadlines of the steps in `without` left out."""
    counted = [b for b in bounds if b.of not in without or not b.of]
    nodes = {n for b in counted for n in (b.early, b.late)}
    day = dict.fromkeys(nodes, 0.0)
    for _ in range(len(nodes)):
        changed = False
        for b in counted:
            if day[b.early] + b.days < day[b.late] - 1e-9:
                day[b.late] = day[b.early] + b.days
                changed = True
        if not changed:
            return True
    return False
