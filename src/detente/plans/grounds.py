"""On what each clause of a plan rests: its source, what is not certain about it, and which facts have been compared
with a text or a report of the time (`library/facts.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .model import Plan

STANDINGS = {
    "text": "compared with the text",
    "press": "compared with reports of the time",
    "memory": "from general knowledge, not compared with anything",
}
"""How a fact of the library was checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact on which clauses of a library plan rest, and how far it was checked."""

    plan: str
    clauses: tuple[str, ...]
    fact: str
    standing: str
    against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One clause, measure, day, power or claim with what it rests on."""

    plan: str
    sort: str
    clause: str
    what: str
    source: str
    uncertain: str
    facts: tuple[Fact, ...]

    @property
    def unchecked(self) -> bool:
        """Whether something about it is marked as uncertain, or rests on a fact that nobody has compared."""
        return bool(self.uncertain or any(f.standing == "memory" for f in self.facts))

    @property
    def why(self) -> str:
        """What is not certain, in words."""
        doubts = [f"{f.fact} ({STANDINGS[f.standing]})" for f in self.facts if f.standing == "memory"]
        return "; ".join([*([self.uncertain] if self.uncertain else []), *doubts])


@cache
def facts() -> tuple[Fact, ...]:
    """All rows of the library's table of facts."""
    text = files(__package__).joinpath("library/facts.csv").read_text(encoding="utf-8")
    return tuple(
        Fact(**{**row, "clauses": tuple(row["clauses"].split())})  # type: ignore[arg-type]
        for row in csv.DictReader(text.splitlines())
    )


def grounds(plan: Plan) -> list[Ground]:
    """Everything in the plan that has or should have a source, in the order of the file."""
    own = [f for f in facts() if f.plan == plan.plan]

    def ground(sort: str, id: str, what: str, item: Any) -> Ground:
        resting = tuple(f for f in own if id in f.clauses) if sort != "claim" else ()
        return Ground(
            plan=plan.plan,
            sort=sort,
            clause=id,
            what=what,
            source=getattr(item, "source", "") or "",
            uncertain=getattr(item, "uncertain", "") or "",
            facts=resting,
        )

    return [ground(*row) for row in _items(plan)]


def _items(plan: Plan) -> Iterator[tuple[str, str, str, Any]]:
    yield "plan", plan.plan, plan.title, plan
    for id, measure in plan.measures.items():
        yield "measure", id, measure.what, measure
    for id, day in plan.days.items():
        yield "day", id, day.what or str(day.date or ""), day
    for step in plan.steps:
        yield "step", step.id, step.does, step
    for id, power in plan.powers.items():
        yield "power", id, power.does or power.kind, power
    for id, sunset in plan.sunsets.items():
        yield "sunset", id, ", ".join(sunset.ends), sunset
    for id, extension in plan.extensions.items():
        yield "extension", id, ", ".join(extension.of), extension
    for claim in plan.claims:
        yield "claim", ", ".join(claim.about), f"{claim.date} {claim.by}: {claim.says}", claim
