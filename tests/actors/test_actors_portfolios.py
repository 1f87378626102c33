"""Ministers of several things, and heads of what no table knows."""

from __future__ import annotations

import pytest

from detente import Document, read


def persons(text: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    claims = read(Document.from_text(text, published="2023-05-04"))
    return {m.actor.person: (m.actor.office, m.actor.body, m.actor.country) for m in claims.actors if m.actor.person}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "Kenya's Minister of Water and Irrigation Peter Otieno opened the talks.",
            "Peter Otieno",
            ("Minister of Water and Irrigation", "Kenyan Ministry of Water and Irrigation", "KEN"),
        ),
        (
            "The Peruvian minister of trade and tourism, Rosa Quispe, signed for Lima.",
            "Rosa Quispe",
            ("minister of trade and tourism", "Peruvian Ministry of Trade and Tourism", "PER"),
        ),
        (
            "Jordanian Industry, Trade and Supply Minister Omar Haddad flew to Cairo.",
            "Omar Haddad",
            ("Industry, Trade and Supply Minister", "Jordanian Industry, Trade and Supply Ministry", "JOR"),
        ),
        (
            "Minister for the Environment and Energy Ann Larsson of Sweden criticised the deal.",
            "Ann Larsson",
            ("Minister for the Environment and Energy", None, "SWE"),
        ),
        (
            "Petar Ilic, chairman of the Union of River Pilots, criticised Serbia.",
            "Petar Ilic",
            ("chairman", "Union of River Pilots", None),
        ),
        (
            "Samir Aziz, director general of Iraq's southern railways, signed on Monday.",
            "Samir Aziz",
            ("director general", "Iraq's southern railways", "IRQ"),
        ),
        (
            "Lena Vogt, an adviser of Chancellor Olaf Scholz, criticised Russia.",
            "Lena Vogt",
            ("adviser", None, None),
        ),
    ],
)
def test_office_and_body(text, name, expected):
    found = persons(text)
    assert found[name][:2] == expected[:2]
    assert expected[2] is None or found[name][2] == expected[2]


@pytest.mark.parametrize(
    "text",
    [
        "The minister of defence and finance minister Carlos Vega met.",
        "Officials of the Ministry of Trade and Energy Minister Carlos Vega met.",
    ],
)
def test_the_next_office_is_anothers(text):
    assert "and" not in (persons(text)["Carlos Vega"][0] or "")
