"""First plan files from short dispatches of our own: what the text says, with its spans, and what it does not say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.plans import asked, dumps, loads
from detente.plans.checks import check
from detente.plans.draft import actors_in, dates_in, draft, proposals
from detente.plans.draw import KINDS, draw
from detente.plans.model import Plan, Step
from detente.plans.status import status

HERE = Path(__file__).parent / "dispatches"
EXPECTED: dict[str, dict[str, Any]] = yaml.load(
    (HERE / "expected.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def drafted(name: str) -> Plan:
    claims = asked.testimony(HERE / f"{name}.txt")
    document, proposal = proposals(claims)[0]
    return draft(document, proposal, actors_in(claims, document), dates_in(claims, document))


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {name: drafted(name) for name in EXPECTED}


def told(steps: tuple[Step, ...]) -> str:
    return "; ".join(f"{' '.join(s.who)} {s.does}" for s in steps)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rows_of_the_text(name: str, plans: dict[str, Plan]) -> None:
    plan, expected = plans[name], EXPECTED[name]
    rows = list(plan.pairs.values())
    assert len(rows) == len(expected["rows"])
    for row, wanted in zip(rows, expected["rows"], strict=True):
        for side in ("give", "get"):
            for words in wanted.get(side, ()):
                assert words in told(getattr(row, side)), (side, told(getattr(row, side)))
            assert side in wanted or not getattr(row, side)
    for step, day in expected.get("due", {}).items():
        assert str(plan.step(step).due) == day
    powers = "; ".join(p.does for p in plan.powers.values())
    assert all(words in powers for words in expected.get("broken", ())) and ("broken" in expected) == bool(powers)
    for measure, owners in expected.get("owned", {}).items():
        assert list(plan.measures[measure].by) == owners


@pytest.mark.parametrize("name", EXPECTED)
def test_who_proposed_it_and_where_the_parties_stand(name: str, plans: dict[str, Plan]) -> None:
    plan, expected = plans[name], EXPECTED[name]
    assert plan.proposed is not None
    assert list(plan.proposed.by) == expected.get("proposed", [])
    assert plan.proposed.date == expected.get("date", plan.proposed.date)
    assert set(plan.verifiers) == set(expected.get("verifiers", []))
    stands = {who: s.state for who, s in status(plan, as_of="2030-01-01").stands.items()}
    assert expected["stands"].items() <= stands.items()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_draft_works_without_a_hand_on_it(name: str, plans: dict[str, Plan]) -> None:
    plan = plans[name]
    assert set(EXPECTED[name]["missing"]) <= set(plan.not_stated)
    assert loads(dumps(plan)) == plan
    assert [f.code for f in check(plan) if f.severity == "flaw"] == []
    assert all(draw(plan, kind, as_of="2030-01-01").startswith("<svg") for kind in KINDS)
    assert status(plan, as_of="2030-01-01").steps.keys() == {s.id for s in plan.steps}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_clause_points_at_its_words(name: str, plans: dict[str, Plan]) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    for step in plans[name].steps:
        match = re.search(r"\[(\d+)-(\d+)\]$", step.source)
        assert match, step
        words = " ".join(text[int(match[1]) : int(match[2])].split())
        assert " ".join(step.does.split()[-3:]) in words
    for claim in plans[name].claims:
        start, end = map(int, claim.span.split("-"))
        assert " ".join(text[start:end].split()) == claim.words
