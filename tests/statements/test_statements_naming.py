"""Names given in relative clauses, objects that keep their preposition, deeds that are no words, the only way to something."""

from __future__ import annotations

import pytest

from detente.claims import Claims
from detente.document import Document
from detente.reading import read


def claims(text: str) -> Claims:
    return read(Document.from_text(text, published="2021-06-17"))


def said(text: str) -> list[tuple[list[str], str, str]]:
    return [
        ([s.name or s.text for s in a.speakers], a.quote, " / ".join(p.of(text) for p in a.content))
        for a in claims(text).attributions
    ]


@pytest.mark.parametrize(
    ("text", "who", "kind", "words"),
    [
        ('Ghana closed its border, a step that Togo called "a grave mistake".', "Togo", "mixed", '"a grave mistake"'),
        ('Norway stopped the loans, which Chad called "an insult".', "Chad", "mixed", '"an insult"'),
        ('What critics call "a slow coup" went on for months.', "critics", "mixed", '"a slow coup"'),
        ("Oman denied any role in the killing.", "Oman", "indirect", "any role in the killing"),
        ("Peru supports the entry of Chile into the bloc.", "Peru", "indirect", "the entry of Chile into the bloc"),
        ("Spain welcomed the offer, while the rebels dismissed it.", "Spain", "indirect", "the offer"),
        ("Kenya charged that Somalia was arming the gang.", "Kenya", "indirect", "that Somalia was arming the gang"),
    ],
)
def test_content_is_exactly_what_was_said(text: str, who: str, kind: str, words: str) -> None:
    assert ([who], kind, words) in said(text)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        (
            "The rebels would not give way on prisoners, a senior mediator who asked not to be named told Reuters.",
            "a senior mediator who asked not to be named",
            "The rebels would not give way on prisoners",
        ),
        (
            "Soldiers crossed the lake and burned the huts, three fishermen from the shore told AFP by phone.",
            "three fishermen from the shore",
            "Soldiers crossed the lake and burned the huts",
        ),
        (
            "Experts doubt the pact will last, and even two ministers admit that it came too late.",
            "even two ministers",
            "that it came too late",
        ),
    ],
)
def test_whose_words_they_are(text: str, who: str, words: str) -> None:
    found = claims(text).attributions
    assert (who, words) in [(a.source.of(text), a.content[0].of(text)) for a in found if a.source]


def test_a_capital_that_insists_is_its_government() -> None:
    text = "The envoy's remarks drew a stern rebuke from Khartoum, which insisted it would not be threatened."
    assert (["Sudan"], "indirect", "it would not be threatened") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The king of Spain concluded a three-day visit to Morocco.",
        "The commission published a calendar for the vote.",
    ],
)
def test_deeds_are_no_statements(text: str) -> None:
    assert said(text) == []


def test_a_relative_pronoun_is_nobodys_words() -> None:
    text = "Norway stopped the loans, which the ministry in Chad described."
    assert all(words not in {"which", "that", "what"} for _, _, words in said(text))


@pytest.mark.parametrize(
    ("text", "topic", "side"),
    [
        ('"The war can only be settled through dialogue," Cyril Ramaphosa said.', "dialogue", "favour"),
        ('"China will never allow a blockade of the island," Liu Jieyi said.', "blockade", "oppose"),
        ('Norway stopped the loans, which Chad called "an insult".', "loans", "oppose"),
        ("The opposition condemned the decree.", "decree", "oppose"),
        ("Kenya's interior ministry brushed off the allegations.", "allegations", "oppose"),
        ("Togo described the audit as a work of fiction.", "audit", "oppose"),
        ("South Korea expressed deep regret over the launch and called it a clear violation.", "launch", "oppose"),
        ("Chile counters that the ruling settled the dispute.", "ruling", "favour"),
    ],
)
def test_sides(text: str, topic: str, side: str) -> None:
    assert any(topic in s.topic and s.side == side and s.holders for s in claims(text).stances)


def test_who_is_understood_to_favour_something_holds_that_side() -> None:
    found = claims("The European Commission is understood to favour a gradual lifting of the tariff.").stances
    assert [(s.holders[0].code, s.side) for s in found if "lifting" in s.topic] == [("IGOEUREEC", "favour")]


def test_neither_confirming_nor_denying_takes_no_side() -> None:
    for text in (
        "The army of Israel would neither confirm nor deny the raid.",
        "Neither confirming nor denying the raid, Israel said little.",
    ):
        assert not claims(text).stances


def test_what_one_says_ends_where_the_other_answers() -> None:
    text = "Macron told Putin that Russia was making a mistake, to which the Russian leader replied that Kyiv had left him no choice."
    assert (["Macron"], "indirect", "that Russia was making a mistake") in said(text)


def test_where_something_was_said_is_no_topic() -> None:
    text = "In remarks carried by state television, the king of Jordan urged all factions to return to the table."
    assert not [s for s in claims(text).stances if s.topic == "remarks"]


def test_a_paper_is_not_said_to_pass_on_its_own_words() -> None:
    text = "The army is ready, Pravda said in a commentary. It accused Washington of seeking war."
    for claim in claims(text).attributions:
        assert not {v.id for v in claim.via} & {s.id for s in claim.speakers}
