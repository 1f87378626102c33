"""Where an event took place."""

from __future__ import annotations

import dataclasses

import pytest

from detente.document import Document
from detente.language import parse
from detente.places import find_places


def place_of(text: str, word: str, **document) -> tuple[str, str] | None:
    parsed = parse(dataclasses.replace(Document.from_text(text), **document))
    where = find_places(parsed)
    token = next(t for t in parsed.doc if t.text == word)
    ref = where.place_of(token)
    return (ref.name, ref.reason) if ref else None


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("The ministers met in Vienna on Tuesday.", "met", "Vienna"),
        ("Jets bombed Aleppo overnight.", "bombed", "Aleppo"),
        ("The truce was signed during a visit to Cairo.", "signed", "Cairo"),
        ("His visit to Hanoi ended, where both sides signed a pact.", "signed", "Hanoi"),
        ("Envoys flew to Nairobi.", "flew", "Nairobi"),
    ],
)
def test_the_place_of_the_clause(text, word, place):
    assert place_of(text, word)[0] == place


def test_what_is_talked_about_is_not_where_it_is_said():
    assert place_of("The ministers discussed the war in Yemen.", "discussed") is None


def test_an_adjective_is_not_a_place():
    assert place_of("The army attacked Syrian rebels.", "attacked") is None


def test_the_dateline_stands_in_for_the_lead_only():
    text = "Officials signed the deal.\n\nOne said so. Another did. A third did not. Guards fired shots."
    assert place_of(text, "signed", dateline_place="Geneva") == ("Geneva", "the dateline")
    assert place_of(text, "fired", dateline_place="Geneva") is None
    assert place_of(text, "signed") is None


def test_the_outlets_home_is_never_the_place():
    assert place_of("Officials signed the deal.", "signed", outlet="The Boston Globe") is None
