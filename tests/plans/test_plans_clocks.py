"""Clocks together: the inequalities against a brute search over days, and against a solver where one is installed."""

from __future__ import annotations

import importlib.util
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.plans import from_dict
from detente.plans.checks import Reach, check
from detente.plans.checks.timing import ORIGIN, Bound, conflicting, inequalities, solvable
from detente.plans.model import Plan

HORIZON = 14


def plan_of(steps: list[dict[str, Any]]) -> Plan:
    """Steps s0, s1, ... of one side each; `after` names what each waits for."""
    pairs = {}
    for i, step in enumerate(steps):
        give: dict[str, Any] = {"id": f"s{i}", "who": "A", "does": f"step {i}", "verify": "none"}
        give["when"] = " and ".join(f"s{n}" for n in step["after"]) or "always"
        if step["takes"]:
            give["takes"] = f"{step['takes']} days"
        if step.get("due"):
            give["due"] = step["due"]
        pairs[f"p{i}"] = {"give": give}
    return from_dict({"plan": "clocks", "parties": {"A": {"name": "A"}}, "order": "parallel", "pairs": pairs})


def test_a_slower_course_keeps_what_the_fastest_misses() -> None:
    steps = [
        {"after": [], "takes": 1},
        {"after": [], "takes": 9},
        {"after": [0, 1], "takes": 1, "due": "s0 + 3 days"},
    ]
    plan = plan_of(steps)
    assert not [f for f in check(plan) if f.code == "clock-conflict"]
    steps[0]["due"] = "s1 - 5 days"
    assert [f.clauses for f in check(plan_of(steps)) if f.code == "clock-conflict"]


@st.composite
def clocks(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(2, 4))
    steps = []
    for i in range(count):
        step: dict[str, Any] = {
            "after": draw(st.lists(st.integers(0, i - 1), unique=True, max_size=2)) if i else [],
            "takes": draw(st.integers(0, 4)),
        }
        if i and draw(st.booleans()):
            step["due"] = f"s{draw(st.integers(0, i - 1))} + {draw(st.integers(0, 4))} days"
        steps.append(step)
    return plan_of(steps)


def by_trying(bounds: list[Bound]) -> bool:
    names = sorted({n for b in bounds for n in (b.early, b.late)} - {ORIGIN})
    for days in itertools.product(range(HORIZON), repeat=len(names)):
        day = {ORIGIN: 0, **dict(zip(names, days, strict=True))}
        if all(day[b.late] - day[b.early] <= b.days for b in bounds):
            return True
    return False


@given(clocks())
@settings(max_examples=60, deadline=None)
def test_the_inequalities_agree_with_trying_every_day(plan: Plan) -> None:
    bounds = list(inequalities(plan, Reach(plan)))
    assert solvable(bounds, set()) == by_trying(bounds)


@pytest.mark.skipif(
    importlib.util.find_spec("z3") is None, reason="z3-solver is not installed: it comes with requirements-dev.lock"
)
@given(clocks())
@settings(max_examples=150, deadline=None)
def test_the_inequalities_agree_with_a_solver(plan: Plan) -> None:
    """The clauses given to z3 in their own words, not through our inequalities."""
    import z3

    solver = z3.Solver()
    done = {s.id: z3.Int(s.id) for s in plan.steps}
    for step in plan.steps:
        takes = int(step.takes.mean_days) if step.takes else 0
        solver.add(done[step.id] >= takes)
        for other in done:
            if step.when is not None and other in str(step.when).split():
                solver.add(done[step.id] >= done[other] + takes)
        if step.due is not None:
            base, _, length = str(step.due).partition(" + ")
            solver.add(done[step.id] <= done[base] + int(length.split()[0]))
    reach = Reach(plan)
    assert (solver.check() == z3.sat) == solvable(list(inequalities(plan, reach)), set())
    assert bool(conflicting(plan, reach)) == (solver.check() == z3.unsat)
