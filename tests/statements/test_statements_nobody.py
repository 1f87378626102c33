"""What looks like a statement and is none: nobody's claims, and verbs that act instead of speaking."""

from __future__ import annotations

import pytest

from detente import Document, read
from detente.actors import find_actors
from detente.language import find_dates, parse
from detente.statements import explain


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility.",
        "Nobody said the war was over.",
        "The accord makes no mention of nuclear weapons.",
        "President Idriss Kana dismissed 57 judges in June.",
        "Chad's junta released the former prime minister from house arrest.",
        "The opposition boycotted the vote on Sunday.",
        "The board approved a grant of $20 million for roads in Laos.",
        "Iran declared three days of mourning.",
        "Protesters attacked the embassy with stones.",
        "The prime minister addressed the nation.",
        "The parliament ratified the treaty.",
        "The union called a strike for Monday.",
        "The army called up reservists.",
        "Egypt welcomed the delegation at the airport.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert read(Document.from_text(text)).attributions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Chad's junta released a report on the floods.",
        "Kenya approved the idea of a joint patrol.",
        'Iran declared the vote "null and void".',
        "Chad declared that the war was over.",
        "Turkey attacked the proposal as naive.",
        "Egypt welcomed the decision.",
    ],
)
def test_words_are_still_heard(text: str) -> None:
    (said,) = read(Document.from_text(text)).attributions
    assert said.speakers[0].country


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("No group has claimed responsibility.", "nobody says it"),
        ("The board approved a grant for roads in Laos.", "the verb acts here"),
        ("The accord makes no mention of nuclear weapons.", "not said"),
    ],
)
def test_explain_says_why_nothing_is_said(text: str, reason: str) -> None:
    parsed = parse(Document.from_text(text))
    lines = explain(parsed, find_actors(parsed), find_dates(parsed))
    assert any(line.startswith("not taken") and reason in line for line in lines), lines


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Mexico said the tariffs were incompatible with the trade accord.", ["tariffs"]),
        ("Kenya called the blockade harmful to trade.", ["blockade"]),
        ("Iran said this was incompatible with new sanctions.", ["new sanctions"]),
    ],
)
def test_what_is_judged_and_not_what_it_is_measured_against(text: str, against: list[str]) -> None:
    stances = read(Document.from_text(text)).stances
    assert [s.topic for s in stances if s.side == "oppose"] == against
