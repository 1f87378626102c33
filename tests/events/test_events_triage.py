"""Which documents are political by their words alone: events stand on every page of a paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.events.sieve import is_political, public_names

MIXED = Path(__file__).parents[2] / "benchmarks" / "data" / "mixed_news.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "Rabat rejected the plan as unworkable.",
        "South Korea has agreed to receive the delegation.",
        "The Ivory Coast praised the U.N. for its patience.",
        "The Senate rejected the measure by three votes.",
        "The miners' committee will not end the strike before the manager resigns.",
        "Hundreds of rifles were seized in a barn near the river.",
        "NATO promised more helicopters.",
    ],
)
def test_states_of_two_words_capitals_that_act_and_public_matters_are_political(text: str) -> None:
    assert is_political(text)


@pytest.mark.parametrize(
    "text",
    [
        "According to her coach, Mendez will rest in March.",
        "Lightning struck the barn, and the cows refused to leave the meadow near Bern.",
        "She promised her guests a better soup in Vienna.",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert not is_political(text)


def test_a_capital_is_public_where_it_acts_and_not_where_something_is() -> None:
    assert public_names("Lima refused.") == {"Lima"}
    assert public_names("The cook refused in Lima.") == set()


def test_written_articles_of_every_section_keep_their_events() -> None:
    articles = [json.loads(line) for line in MIXED.read_text("utf-8").splitlines()]
    assert len(articles) >= 50 and len({a["section"] for a in articles}) >= 10
    assert [a["id"] for a in articles if a["event"] and not is_political(a["text"])] == []
    others = [a for a in articles if not a["event"]]
    assert sum(is_political(a["text"]) for a in others) <= len(others) // 5
