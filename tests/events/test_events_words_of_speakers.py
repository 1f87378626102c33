"""Who 'we' and 'I' are in somebody's own words."""

from __future__ import annotations

import pytest

from detente import Document, read


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ('"We signed an agreement with Chile last week," said Peruvian President Rosa Quispe.', "PER", "CHL"),
        ('Speaking in Berlin, German Chancellor Karl Ott said: "We have imposed sanctions on Belarus."', "DEU", "BLR"),
        ('"I met President Xi in Beijing on Monday," Kenyan Foreign Minister Amina Oduor said.', "KEN", "CHN"),
    ],
)
def test_the_speaker_acts(text: str, actor: str, recipient: str) -> None:
    (event, *_) = read(Document.from_text(text, published="2022-05-04")).events
    assert [a.key for a in event.actors] == [actor]
    assert [a.key for a in event.recipients] == [recipient]
    assert event.actors[0].span is not None
    assert event.actors[0].span.of(text) in {"We", "I"}


def test_we_outside_a_quotation_is_nobody_in_particular() -> None:
    events = read(Document.from_text("We signed an agreement with Chile last week.", published="2022-05-04")).events
    assert all(a.country is None for e in events for a in e.actors)


def test_persona_non_grata_is_an_expulsion() -> None:
    (event,) = read(Document.from_text("Moldova declared two Russian diplomats persona non grata.")).events
    assert (event.type, event.cameo) == ("SANCTION", "161")
    assert [a.key for a in event.recipients] == ["RUS"]


@pytest.mark.parametrize("text", ["Iran attacked nobody.", "The Chinese minister closed the border to no one."])
def test_what_is_done_to_nobody_is_not_done(text: str) -> None:
    assert not [e for e in read(Document.from_text(text)).events if e.status == "done"]


def test_what_is_told_in_the_present_of_a_day_to_come_is_planned() -> None:
    (event,) = read(Document.from_text("The president of Chad visits Paris on March 9.", published="2019-03-01")).events
    assert event.status == "planned"


def test_what_would_be_answered_is_not_told_as_done() -> None:
    text = "North Korea warned that shooting down a missile would be treated as a declaration of war."
    assert {e.type: e.status for e in read(Document.from_text(text)).events}["ASSAULT"] == "hypothetical"


def test_who_charges_that_somebody_did_it_accuses_him() -> None:
    (event,) = read(Document.from_text("The American ambassador charged that Russia had violated the truce.")).events
    assert (event.type, [a.key for a in event.actors], [a.key for a in event.recipients]) == (
        "ACCUSE",
        ["USA"],
        ["RUS"],
    )


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Kenya accused Somalia of smuggling. Mogadishu lodged a formal protest.", "SOM", "KEN"),
        ("India bombed a camp in Pakistan on Tuesday; Islamabad retaliated a day later.", "PAK", "IND"),
        ("Ghana and Togo signed an accord in May. Togo later accused its neighbour of breaking it.", "TGO", "GHA"),
    ],
)
def test_the_other_side_is_that_of_the_event_before(text: str, actor: str, recipient: str) -> None:
    event = read(Document.from_text(text, published="2022-05-04")).events[-1]
    assert [a.key for a in event.actors] == [actor]
    assert [a.key for a in event.recipients] == [recipient]
