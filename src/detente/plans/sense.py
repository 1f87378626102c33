"""What is well formed and cannot be meant: expectations that nothing can meet, circles of members or of days."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import get_args

from .conditions import references
from .model import Plan
from .steps import State
from .truth import Truth
from .vocabulary import ANYBODY, MEASURE_STATES, SAYINGS

Where = tuple[str, str, str]
"""Path of the value in the file, what is wrong, what to do."""

_TRUTHS = frozenset(get_args(Truth))
_STATES: Mapping[str, frozenset[str]] = {
    "step": frozenset({*get_args(State), "owed", "not owed"}),
    "measure": frozenset({*MEASURE_STATES, "disputed"}),
    "power": frozenset({"not used", "pending", "in effect", "stopped", "void", "withdrawn", "expired", "disputed"}),
    "day": frozenset({"come", "not come", "disputed"}),
    "plan": frozenset({*(s for s, saying in SAYINGS.items() if saying.topic == "stance"), "silent", "disputed"}),
}
"""What `plan status` can say of each sort of clause."""


def senseless(plan: Plan, sorts: Mapping[str, str], people: set[str]) -> Iterator[Where]:
    """Everything of the kind in the plan. `sorts`: each name of a clause and what it names; `people`: all actors."""
    yield from _expectations(plan, sorts)
    yield from _views(plan, people)
    members = {id: p.members for id, p in plan.participants.items()}
    for circle in circles(members):
        section = next(s for s in ("parties", "verifiers", "others") if circle[0] in getattr(plan, s))
        yield (
            f"{section}.{circle[0]}.members",
            f"{' has the member '.join([*circle, circle[0]])}",
            "a group cannot be a member of itself: take one of them out",
        )
    days = {id: tuple(references(day.date.when)) for id, day in plan.days.items() if day.date}
    for circle in circles({id: tuple(r for r in named if r in days) for id, named in days.items()}):
        yield (
            f"days.{circle[0]}.date",
            f"{' is counted from '.join([*circle, circle[0]])}",
            "give one of them a date, or say by whom it is declared",
        )
    for step in plan.steps:
        if step.amount is not None and step.amount.value < 0:
            at = f"pairs.{step.pair}.{step.side}"
            yield f"{at}.amount", f"'{step.amount}' is less than nothing", "write what is given as a positive amount"


def _expectations(plan: Plan, sorts: Mapping[str, str]) -> Iterator[Where]:
    for i, scenario in enumerate(plan.scenarios):
        for clause, expected in scenario.expect.items():
            sort = sorts.get(clause) or ("plan" if clause.split(".")[0] == "plan" else "")
            allowed = _STATES.get("step" if sort == "pair" else sort)
            if allowed is None or all(part in allowed | _TRUTHS for part in expected.split(", ")):
                continue
            near = difflib.get_close_matches(expected, sorted(allowed), 1)
            remedy = f"did you mean '{near[0]}'?" if near else f"write one of: {', '.join(sorted(allowed))}"
            yield f"scenarios[{i}].expect.{clause}", f"'{expected}' is no state of a {sort}", remedy


def _views(plan: Plan, people: set[str]) -> Iterator[Where]:
    known = {*people, *ANYBODY, *(c.by for c in plan.claims)}
    for i, scenario in enumerate(plan.scenarios):
        known_here = known | {c.by for c in scenario.given}
        if scenario.view not in known_here and scenario.view.split(":")[0] not in known_here:
            near = difflib.get_close_matches(scenario.view, sorted(known_here), 1)
            remedy = f"did you mean '{near[0]}'?" if near else "write an actor, a view of the plan, anyone or argued"
            yield f"scenarios[{i}].view", f"there is no view '{scenario.view}'", remedy


def circles(follows: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The circles of a graph, one through each set of names that lead back to themselves."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in follows:
        path: list[str] = []
        waiting = [iter((start,))]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                if path:
                    done.add(path.pop())
            elif name in path:
                found.append(tuple(path[path.index(name) :]))
            elif name not in done and name in follows:
                path.append(name)
                waiting.append(iter(follows[name]))
    return found
