"""The example dispatches: every claim points at its words, and the accuracy of whole documents keeps its floor."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import detente
from detente.claims import ActorRef, from_dict, to_dict
from detente.document import Span
from detente.evaluation import cases

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SEED = Path(__file__).resolve().parents[2] / "shared" / "cases"
NAMES = sorted(p.parent.name for p in EXAMPLES.glob("*/dispatch.txt"))


def spans_in(value):
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def actors_in(value):
    if isinstance(value, ActorRef):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from actors_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from actors_in(item)


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_points_at_its_words_and_survives_the_round_trip(name):
    text = (EXAMPLES / name / "dispatch.txt").read_text(encoding="utf-8")
    claims = list(detente.read(detente.Document.from_text(text)))
    assert claims
    for claim in claims:
        for span in spans_in(claim):
            assert 0 <= span.start <= span.end <= len(text)
            assert span.of(text).strip() or span.start == span.end
        for ref in actors_in(claim):
            assert ref.span is None or ref.span.of(text) == ref.text
        assert from_dict(type(claim), to_dict(claim)) == claim


def rights(report):
    return {m["name"]: (m["right"], m["n"]) for m in report["measures"]}


def test_there_are_at_least_eight_examples_with_expectations():
    assert len(NAMES) >= 8
    assert all((EXAMPLES / n / "expected.json").is_file() for n in NAMES)


@pytest.mark.skipif(not SEED.is_dir(), reason="needs ../shared/cases beside the checkout")
def test_the_founding_dispatch_comes_out_right():
    found = rights(cases.evaluate(SEED))
    assert found["events with right type, actors and date"][0] >= 7
    assert found["not-events found as done"][0] == 0
    assert found["statements with right speaker and via"][0] >= 8
    assert found["persons with right office, body and country"] == (7, 7)
    assert found["agreements with right parties, sectors, signatories, date and place"] == (1, 1)
    assert found["plans with right proposer, announcement and positions"] == (1, 1)
    assert found["dates with right value"] == (4, 4)
