"""Paragraphs of our own with the agreements and plans that a careful reader finds in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import detente
from detente.claims import Agreement, PlanProposal
from detente.document import Document
from detente.sources import read_bytes

HERE = Path(__file__).parent
CASES = [
    case
    for name in (
        "paragraphs.yaml",
        "more_paragraphs.yaml",
        "last_paragraphs.yaml",
        "fresh_paragraphs.yaml",
        "fifth_paragraphs.yaml",
        "sixth_paragraphs.yaml",
        "seventh_paragraphs.yaml",
    )
    for case in yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
]


def document_of(case: dict[str, Any]) -> Document:
    """The paragraph as a text that somebody hands over, or as a file of a news wire, with a dateline to be found in it."""
    if case.get("source") != "wire":
        return Document.from_text(case["text"], published=case["published"])
    (document,) = read_bytes(case["text"].encode(), name="wire.txt")
    assert isinstance(document, Document)
    return replace(document, published=case["published"])


def keys(refs: Any) -> set[str]:
    return {r.key for r in refs}


def told(claim: PlanProposal, side: str, text: str) -> list[str]:
    return [span.of(text) for span in getattr(claim, side)]


def check_agreement(expected: dict[str, Any], found: Agreement) -> None:
    assert keys(found.parties) == set(expected["parties"])
    assert len(found.parties) >= int(expected.get("count", 0)), found.parties
    assert {r.person for r in found.signatories} >= set(expected.get("signatories", ()))
    assert found.status == expected.get("status", "done")
    if "sectors" in expected:
        assert set(found.sectors) == set(expected["sectors"])
    if "date" in expected:
        assert found.date is not None
        assert found.date.value == expected["date"]
    if "place" in expected:
        assert found.place is not None
        assert found.place.name == expected["place"]


def check_plan(expected: dict[str, Any], found: PlanProposal, text: str) -> None:
    if "proposed_by" in expected:
        assert keys(found.proposed_by) == set(expected["proposed_by"])
    if "announced_by" in expected:
        assert expected["announced_by"] in {r.person for r in found.announced_by}
    if "announced_on" in expected:
        assert found.announced_on is not None
        assert found.announced_on.value == expected["announced_on"]
    for side in ("gives", "gets"):
        for words in expected.get(side, ()):
            assert any(words in clause for clause in told(found, side, text)), (side, words, told(found, side, text))
    sides: dict[str, set[str]] = {}
    for position in found.positions:
        sides.setdefault(position.party.key, set()).add(position.side)
    for party, side in expected.get("positions", {}).items():
        assert sides.get(party) == {side}, (party, sides)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_paragraph(case: dict[str, Any]) -> None:
    document = document_of(case)
    text, claims = document.text, detente.read(document)
    if "agreements" in case:
        assert len(claims.agreements) == len(case["agreements"]), [a.name for a in claims.agreements]
        for expected in case["agreements"]:
            closest = max(claims.agreements, key=lambda a: len(keys(a.parties) & set(expected["parties"])))
            check_agreement(expected, closest)
    if "plans" in case:
        assert len(claims.plans) == len(case["plans"]), [p.name for p in claims.plans]
        for expected, found in zip(case["plans"], claims.plans, strict=True):
            check_plan(expected, found, text)
