"""Ambiguity that decides: clauses whose readings lead to different outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from ..files import under
from ..model import Plan, Power, Step
from .findings import Finding
from .logic import find_circles, outcome_of
from .reach import Reach


def find_deciding_ambiguities(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Each clause with readings is read each way, the others as written; readings that change nothing are no finding."""
    clauses: list[Step | Power] = [*plan.steps, *plan.powers.values()]
    for clause in clauses:
        if clause.readings:
            yield from _of_clause(plan, reach, clause)


def _of_clause(plan: Plan, reach: Reach, clause: Step | Power) -> Iterator[Finding]:
    outcomes: list[tuple[str, str, dict[str, object], Reach]] = []
    if len(clause.readings) == 1:
        outcomes.append(("as written", "", outcome_of(plan, reach), reach))
    for reading in clause.readings:
        read = under(plan, {clause.id: reading.id})
        found = Reach(read)
        outcomes.append((reading.id, f"{', '.join(reading.by)}: {reading.says}", outcome_of(read, found), found))
    first = outcomes[0]
    for other in outcomes[1:]:
        differing = [id for id in first[2] if first[2][id] != other[2].get(id)]
        if differing:
            yield Finding(
                code="ambiguity-decides",
                severity="flaw",
                clauses=(clause.id,),
                message=f"Read as {first[0]} or as {other[0]}, it leads to different outcomes for {', '.join(differing[:4])}.",
                scenario=(
                    *_told(plan, first, clause, differing),
                    *_told(plan, other, clause, differing),
                ),
                remedy="agree on one reading in a protocol, or name who decides it",
            )
            return


def _told(
    plan: Plan, outcome: tuple[str, str, dict[str, object], Reach], clause: Step | Power, differing: list[str]
) -> Iterator[str]:
    """What follows from one reading, in the terms of the plan."""
    name, words, _, reach = outcome
    yield f"read as {name} ({words or 'the words of the text'}):"
    circles = list(find_circles(reach.plan, reach))
    circle = next((c for c in circles if set(c.clauses) & set(differing)), None)
    if circle:
        yield f"   circular: {'; '.join(circle.scenario)}"
        return
    for id in differing[:3]:
        if id in reach.steps:
            step = reach.steps[id]
            if not reach.windows[id].possible:
                yield f"   {id} can never come due"
            else:
                waits = ", ".join(dict.fromkeys(n for n in reach.needs(id))) or "nothing"
                due = f", due {step.due}" if step.due else ""
                yield f"   {id} ({', '.join(step.who)}) waits for {waits}{due}"
        else:
            power = reach.plan.powers[id]
            yield f"   {id} can be used by {', '.join(power.who) or 'nobody'}"
