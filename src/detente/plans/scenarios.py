"""`scenarios:` in a plan file: given these claims, as of this day, in this view, expect this status."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Plan, Scenario
from .status import PlanStatus, status


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met."""

    clause: str
    expected: str
    found: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scenario; it holds when there is no mismatch."""

    scenario: Scenario
    mismatches: tuple[Mismatch, ...]

    @property
    def holds(self) -> bool:
        return not self.mismatches


def run(plan: Plan) -> tuple[Outcome, ...]:
    """Every scenario of the plan, in file order."""
    return tuple(play(plan, scenario) for scenario in plan.scenarios)


def play(plan: Plan, scenario: Scenario) -> Outcome:
    """One scenario. An expectation names a state ('met'), a truth ('both'), or what somebody owes ('owed')."""
    claims = (*(plan.claims if scenario.history else ()), *scenario.given)
    found = status(plan, claims, as_of=scenario.as_of, according_to=scenario.view)
    mismatches = []
    for clause, expected in scenario.expect.items():
        actual, why = _actual(found, clause, expected)
        if actual != expected:
            mismatches.append(Mismatch(clause, expected, actual, why))
    return Outcome(scenario, tuple(mismatches))


def _actual(found: PlanStatus, clause: str, expected: str) -> tuple[str, tuple[str, ...]]:
    if clause.startswith("plan."):
        stand = found.stands.get(clause.removeprefix("plan."))
        return found.state(clause), stand.claims if stand else ()
    if expected in ("owed", "not owed"):
        return ("owed" if any(o.step == clause for o in found.owed) else "not owed"), ()
    for table in (found.steps, found.measures, found.powers, found.days):
        if clause in table:
            row = table[clause]
            return (row.truth if expected in ("yes", "no", "both", "neither") else row.state), row.claims
    members = [s for id, s in found.steps.items() if id.startswith(f"{clause}.")]
    states = {m.state for m in members}
    return (states.pop() if len(states) == 1 else ", ".join(sorted(states)) or "no such clause"), ()
