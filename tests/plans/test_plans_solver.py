"""Checks by a solver give the same answers as those without one, where both can answer, and more where only it can."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente.cli import build_app
from detente.errors import UsageError
from detente.plans import Plan, dumps, from_dict
from detente.plans.checks import Reach, check, logic, solving
from detente.plans.checks.timing import conflicting
from detente.plans.conditions import And, Count, Measures, Not, Or, Tree
from detente.plans.library import names, open_plan
from detente.plans.parsing import parse_condition
from detente.plans.quantities import Quantity

pytest.importorskip("z3", reason="z3-solver is not installed: pip install 'detente[solver]'")
HORIZON = 7


def plan_of(steps: list[dict[str, Any]]) -> Plan:
    pairs = {
        f"p{i}": {
            "give": {"id": f"s{i}", "who": "A", "does": f"step {i}", "verify": "none"}
            | {k: v for k, v in step.items() if v}
        }
        for i, step in enumerate(steps)
    }
    return from_dict({"plan": "clocks", "parties": {"A": {"name": "A"}}, "order": "parallel", "pairs": pairs})


CHOICE = [
    {"takes": "2 days"},
    {"when": "s0", "takes": "6 days"},
    {"when": "s0", "takes": "7 days"},
    {"when": "any of [s1, s2]", "takes": "1 day", "due": "s0 + 5 days"},
]
"""Both ways to the last step take longer than five days after the first."""


def test_alternatives_that_all_come_too_late_are_found_only_by_the_solver() -> None:
    assert not [f for f in check(plan_of(CHOICE)) if f.code == "clock-conflict"]
    found = [f for f in check(plan_of(CHOICE), solver=True) if f.code == "clock-conflict"]
    assert [f.clauses for f in found] == [("s3",)]
    assert found[0].scenario == ("s3 is due by s0 + 5 days and waits for s1, s2, s0",)
    later = [*CHOICE[:3], {**CHOICE[3], "due": "s0 + 7 days"}]
    assert not [f for f in check(plan_of(later), solver=True) if f.code == "clock-conflict"]


def test_a_step_that_excludes_another_is_no_conflict_of_its_clocks() -> None:
    steps = [
        {"when": "not s1", "takes": "1 day"},
        {"when": "not s0", "takes": "1 day"},
        {"when": "s0", "takes": "2 days", "due": "s0 + 3 days"},
        {"when": "s1", "takes": "2 days", "due": "s1 + 3 days"},
    ]
    assert not solving.clocks_that_conflict(plan_of(steps), Reach(plan_of(steps)))
    steps[3]["due"] = "s1 + 1 day"
    assert solving.clocks_that_conflict(plan_of(steps), Reach(plan_of(steps))) == ("s3",)


@st.composite
def clocks(draw: st.DrawFn, joined: tuple[str, ...]) -> Plan:
    steps: list[dict[str, Any]] = []
    for i in range(draw(st.integers(2, 4))):
        before = draw(st.lists(st.sampled_from([f"s{k}" for k in range(i)]), unique=True, max_size=3)) if i else []
        how = draw(st.sampled_from(joined))
        when = {
            "all": " and ".join(before),
            "any": f"any of [{', '.join(before)}]",
            "two": f"2 of [{', '.join(before)}]",
        }
        step: dict[str, Any] = {"takes": f"{draw(st.integers(0, 3))} days"}
        if len(before) > (how == "two"):
            step["when"] = when[how]
        if i and draw(st.booleans()):
            step["due"] = f"s{draw(st.integers(0, i - 1))} + {draw(st.integers(0, 3))} days"
        steps.append(step)
    if len(steps) > 2 and draw(st.booleans()):
        steps[0]["due"] = f"s{len(steps) - 1} - {draw(st.integers(0, 3))} days"
    return plan_of(steps)


@given(clocks(("all",)))
@settings(max_examples=80, deadline=None)
def test_the_solver_agrees_with_the_inequalities(plan: Plan) -> None:
    reach = Reach(plan)
    assert bool(solving.clocks_that_conflict(plan, reach)) == bool(conflicting(plan, reach))


@given(clocks(("all", "any", "two")))
@settings(max_examples=80, deadline=None)
def test_the_solver_agrees_with_trying_every_day(plan: Plan) -> None:
    assert bool(solving.clocks_that_conflict(plan, Reach(plan))) != some_days_keep_all(plan)


def some_days_keep_all(plan: Plan) -> bool:
    """Every day of a fortnight for every step: whether some choice keeps what each waits for and each last day."""
    steps = plan.steps
    for chosen in itertools.product(range(2 * HORIZON), repeat=len(steps)):
        day = dict(zip((s.id for s in steps), chosen, strict=True))
        if all(waits_enough(s, day) and in_time(s, day) for s in steps):
            return True
    return False


def waits_enough(step: Any, day: dict[str, int]) -> bool:
    begun = day[step.id] - (int(step.takes.mean_days) if step.takes else 0)
    if begun < 0 or step.when is None:
        return begun >= 0
    text = str(step.when)
    done = [day[n] <= begun for n in day if n in text]
    return sum(done) >= (1 if text.startswith("any") else 2 if text.startswith("2") else len(done))


def in_time(step: Any, day: dict[str, int]) -> bool:
    if step.due is None:
        return True
    base, sign, length = str(step.due).split(" ")[:3]
    return day[step.id] <= day[base] + int(length) * (1 if sign == "+" else -1)


@st.composite
def amounts(draw: st.DrawFn, depth: int = 2) -> Tree:
    kind = draw(st.sampled_from("mmanoc" if depth else "m"))
    if kind == "m":
        bound = draw(st.sampled_from(("at most", "at least", "exactly", "about")))
        quantity = Quantity(float(draw(st.integers(1, 6)) * 100), draw(st.sampled_from(("kg", "t"))), bound)
        return Measures(draw(st.sampled_from(("stock", "other"))), quantity)
    parts = tuple(draw(st.lists(amounts(depth - 1), min_size=1, max_size=3)))
    if kind == "n":
        return Not(parts[0])
    if kind == "c":
        return Count(draw(st.sampled_from(("at least", "at most", "exactly"))), draw(st.integers(0, 3)), parts)
    return And(parts) if kind == "a" else Or(parts)


@given(amounts())
@settings(max_examples=150, deadline=None)
def test_conditions_on_amounts_are_judged_alike_by_both(tree: Tree) -> None:
    assert logic.satisfiable(tree) == solving.satisfiable(tree)


def test_amounts_that_no_number_satisfies_are_a_contradiction() -> None:
    assert not logic.satisfiable(
        And((Measures("a", Quantity(2, "t", "at least")), Measures("a", Quantity(900, "kg", "at most"))))
    )
    assert logic.satisfiable(
        And((Measures("a", Quantity(2, "t", "at least")), Measures("a", Quantity(2500, "kg", "at most"))))
    )
    many = And(
        (*(parse_condition(f"not s{i}").tree for i in range(20)), parse_condition("at least 1 of [s3, s4]").tree)
    )
    assert logic.satisfiable(many)  # too many parts to try them all
    assert not solving.satisfiable(many)


@pytest.mark.parametrize("name", names())
def test_the_solver_raises_no_alarm_over_the_library(name: str) -> None:
    plan = open_plan(name)
    assert check(plan, solver=True) == check(plan)


def test_the_command_asks_the_solver(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "choice.plan.yaml"
    path.write_text(dumps(plan_of(CHOICE)))
    found = CliRunner().invoke(build_app(), ["plan", "check", str(path), "--solver"])
    assert found.exit_code == 1
    assert "Whatever course is taken" in found.output
    monkeypatch.setattr(solving, "installed", lambda: False)
    with pytest.raises(UsageError, match=r"pip install 'detente\[solver\]'"):
        check(open_plan("jpoa-2013"), solver=True)
