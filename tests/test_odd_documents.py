"""Whatever sentences stand beside each other, and wherever a text is cut off, it is read and every span points at it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.claims import Claims
from detente.document import Document
from detente.reading import default_reader

_TEXTS = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[1] / "examples").rglob("*.txt"))]
_SENTENCES = sorted({s for text in _TEXTS for s in re.split(r"(?<=[.!?”\"])\s+", text) if len(s) > 20})
_WHOSE = ["They", "It", "The two sides", "Both countries", "The minister", "Its neighbour", "The rebels"]


@st.composite
def torn_documents(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 7))):
        words = draw(st.sampled_from(_SENTENCES)).split()
        if draw(st.booleans()):
            first = draw(st.integers(0, len(words) - 1))
            words = words[first : draw(st.integers(first + 1, len(words)))]
        if draw(st.booleans()):
            words[0] = draw(st.sampled_from(_WHOSE))
        parts.append(" ".join(words))
    return draw(st.sampled_from([" ", "\n\n"])).join(parts)


def read(text: str, published: str | None = None) -> Claims:
    return default_reader().read(Document.from_text(text, published=published))


@settings(max_examples=150, deadline=None)
@given(text=torn_documents(), published=st.sampled_from([None, "2011-11-12", "1990", "2024-02", "0001-01-01"]))
def test_torn_documents_are_read_and_spans_point_at_them(text: str, published: str | None) -> None:
    claims = read(text, published)
    for event in claims.events:
        assert event.trigger.of(text).strip()
        for who in (*event.actors, *event.recipients):
            assert who.span.of(text) == who.text
    for said in claims.attributions:
        assert all(0 <= piece[0] < piece[1] <= len(text) for piece in said.content)


@pytest.mark.parametrize(
    "text",
    [
        'Russia and the United States held talks in Geneva on Monday. "They need to either stop talking about the past '
        "or open a new chapter,\" the French president's spokesman said.",
        "Germany consulted Austria. Austria and Hungary warned that they could only continue the war until March and "
        "Falkenhayn recommended immediate negotiations.",
        "The protocol on visas was signed on behalf of Albania by Ditmir Bushati",
        "The protocol on visas was signed by Ditmir Bushati",
    ],
)
def test_parties_who_are_not_named_and_names_that_end_the_text(text: str) -> None:
    assert read(text).events


@pytest.mark.parametrize("published", ["17 Dec 2016", "June", "9:27 PM ET", ""])
def test_a_date_that_is_not_iso_dates_nothing_and_stops_nothing(published: str) -> None:
    text = "Iran and Russia signed an accord on nuclear fuel in 1912. Russia attacked Iran in 1826."
    assert Document.from_text(text, published=published).reference_date is None
    assert [e.cameo for e in read(text, published).events] == [e.cameo for e in read(text).events]
