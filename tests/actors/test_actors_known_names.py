"""Warships by the letters before their names, and office-holders by their surname alone."""

from __future__ import annotations

import pytest

from detente import Document, read


def codes(text: str) -> dict[str, str | None]:
    claims = read(Document.from_text(text, published="2024-05-14"))
    return {m.actor.text: m.actor.code for m in claims.actors}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("The destroyer USS Porter fired on a drone near Yemen.", "USS Porter", "USAMIL"),
        ("HMS Argyll shadowed two Russian warships.", "HMS Argyll", "GBRMIL"),
        ("Lavrov flew to Tehran on Monday.", "Lavrov", "RUSGOV"),
        ("Macron met Scholz in Paris on Monday.", "Scholz", "DEUGOV"),
        ("The two Koreas were due to reopen their liaison office.", "Koreas", "KORPRK"),
    ],
)
def test_a_name_that_says_whose_it_is(text: str, name: str, code: str) -> None:
    assert codes(text).get(name) == code, codes(text)


@pytest.mark.parametrize("text", ["Blossom flew to Tehran on Monday.", "The USS was founded in 1911."])
def test_a_name_that_says_nothing(text: str) -> None:
    assert {"RUSGOV", "USAMIL"}.isdisjoint(codes(text).values())
