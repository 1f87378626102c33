"""What each clause of the library rests on is listed, and the table of facts names clauses that exist."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.plans.binding import things
from detente.plans.grounds import STANDINGS, facts, grounds
from detente.plans.library import names, open_plan


def test_every_fact_stands_under_clauses_of_a_plan() -> None:
    for fact in facts():
        assert fact.plan in names()
        assert fact.standing in STANDINGS
        assert set(fact.clauses) <= set(things(open_plan(fact.plan)))
        assert fact.against or fact.standing == "memory", fact.fact
    assert {f.plan for f in facts()} == set(names())


@pytest.mark.parametrize("name", names())
def test_what_is_marked_or_from_memory_is_listed(name: str) -> None:
    plan = open_plan(name)
    listed = {g.clause for g in grounds(plan) if g.unchecked}
    marked = {s.id for s in plan.steps if s.uncertain} | {p.id for p in plan.powers.values() if p.uncertain}
    remembered = {c for f in facts() if f.plan == name and f.standing == "memory" for c in f.clauses}
    assert marked | remembered <= listed
    assert all(g.why for g in grounds(plan) if g.unchecked)


def test_the_command_lists_them() -> None:
    run = CliRunner()
    found = run.invoke(build_app(), ["plan", "sources", "oil-for-food-1995", "--unchecked"])
    assert found.exit_code == 0
    assert "working days" in found.output
    rows = json.loads(run.invoke(build_app(), ["plan", "sources", "--json"]).output)
    assert {row["plan"] for row in rows} == set(names())
    assert sum(row["unchecked"] for row in rows) < len(rows) / 2
