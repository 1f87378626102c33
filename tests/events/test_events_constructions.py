"""The constructions that decide who did what to whom, and whether it was done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import read
from detente.claims import Event
from detente.document import Document


def events_of(text: str) -> list[Event]:
    return list(read(Document.from_text(text)).events)


def told(text: str) -> list[tuple[str, str, str, str]]:
    """(type, status, who acts, on whom) of each event, names as the text has them."""
    return [
        (e.type, e.status, "; ".join(a.text for a in e.actors), "; ".join(r.text for r in e.recipients))
        for e in events_of(text)
    ]


CASES = [
    ("Libya attacked Chad.", ("ASSAULT", "done", "Libya", "Chad")),
    ("Chad was attacked by Libya.", ("ASSAULT", "done", "Libya", "Chad")),
    ("Troops attacked by Libya fled.", ("ASSAULT", "done", "Libya", "Troops")),
    ("Norway and Sweden praised Finland.", ("SUPPORT", "done", "Norway; Sweden", "Finland")),
    ("Norway praised Finland and Denmark.", ("SUPPORT", "done", "Norway", "Finland; Denmark")),
    ("Mali agreed to release the prisoners.", ("AGREE", "done", "Mali", "prisoners")),
    ("Mali refused to release the prisoners.", ("REJECT", "done", "Mali", "prisoners")),
    ("Mali did not release the prisoners.", ("REJECT", "done", "Mali", "prisoners")),
    ("Mali will not release the prisoners.", ("REJECT", "planned", "Mali", "prisoners")),
    ("Peru called on Chile to withdraw its troops.", ("REQUEST", "done", "Peru", "Chile")),
    ("Peru threatened to break off relations with Chile.", ("THREATEN", "threatened", "Peru", "Chile")),
    ("Syria denied attacking Jordan.", ("ASSAULT", "denied", "Syria", "Jordan")),
    ("If Syria attacked Jordan, Iraq would suffer.", ("ASSAULT", "hypothetical", "Syria", "Jordan")),
    ("The talks collapsed after Mali recalled its envoy from Niger.", ("SANCTION", "done", "Mali", "Niger")),
    ("A ceasefire between Mali and Niger took effect on Monday.", ("RETREAT", "done", "Mali", "Niger")),
    ("A teacher detained in Chad was expelled by Mali on Sunday.", ("COERCE", "done", "Mali", "teacher")),
    ("The village, shelled by Chad, was abandoned.", ("ASSAULT", "done", "Chad", "")),
    ("An activist was placed under house arrest by Chadian police.", ("COERCE", "done", "Chadian police", "activist")),
    ("Togo was granted a $5 million loan by Ghana.", ("AID", "done", "Ghana", "Togo")),
    ("Togo condemned the annexation of the island by Ghana.", ("ACCUSE", "done", "Togo", "Ghana")),
    ("Togo dismissed as absurd a Ghanaian report.", ("ACCUSE", "done", "Togo", "Ghanaian")),
    ("Togo test-fired a missile, drawing angry protests from Ghana.", ("ACCUSE", "done", "Ghana", "Togo")),
    ("Togo, Ghana restore diplomatic ties", ("SUPPORT", "done", "Togo; Ghana", "Ghana")),
    ("Assets of a Togolese bank were frozen by a court in Accra.", ("SANCTION", "done", "court", "Togolese")),
    ("Togo has become the first African state to ban trade with Ghana.", ("COERCE", "done", "Togo", "Ghana")),
    ("A Togolese envoy was expected in Accra to discuss trade.", ("AGREE", "planned", "Togolese envoy", "Accra")),
    ("A Ghanaian tanker was stopped by a Togolese cutter.", ("COERCE", "done", "Togolese", "Ghanaian")),
    ("Togo's navy and a Ghanaian cutter rammed each other.", ("ASSAULT", "done", "navy", "Ghanaian")),
    ("Togo protested after Ghanaian guards opened fire.", ("ACCUSE", "done", "Togo", "Ghanaian guards")),
    ("Rebels in Chad claimed responsibility for the attack on Togo.", ("ASSAULT", "done", "Rebels", "Togo")),
    ("Togolese mediators facilitated the release of ten Ghanaian nurses.", ("CONSULT", "done", "Togolese", "Ghanaian")),
    ("Togo accused Ghana of shelling a village, wounding two soldiers.", ("ACCUSE", "done", "Togo", "Ghana")),
    ("The junta placed the north under martial law.", ("COERCE", "done", "junta", "")),
    ("Ghanaian ships blasted Togolese boats with water cannon.", ("COERCE", "done", "Ghanaian", "Togolese")),
    ("Ghana shelled a boat, prompting Togo to summon the ambassador.", ("ACCUSE", "done", "Togo", "Ghana")),
    ("Togo fired a volley of missiles into the sea.", ("MOBILIZE", "done", "Togo", "")),
    ("A village in Togo was hit by a missile fired from Ghana.", ("ASSAULT", "done", "Ghana", "")),
    ("Togo detained two Ghanaian colonels plotting a coup.", ("COERCE", "done", "Togo", "colonels")),
    ("Togo to close embassy in Ghana", ("THREATEN", "planned", "Togo", "embassy")),
    ("Togo would join Chad's case against Ghana, it said.", ("ACCUSE", "planned", "Togo", "Ghana")),
    (
        "Chadian Premier Saleh Kebzabo held talks with visiting Malian President Assimi Goita.",
        ("CONSULT", "done", "Kebzabo", "Goita"),
    ),
    ("Rebels freed a Togolese pilot held captive for a year.", ("RETREAT", "done", "Rebels", "Togolese pilot")),
    ("A convoy of lorries carrying flour has reached Togo.", ("AID", "done", "convoy", "Togo")),
    ("Togo has returned its ambassador to Accra.", ("SUPPORT", "done", "Togo", "Accra")),
    ("Kenya's rejection of a Somali offer angered many.", ("REJECT", "done", "Kenya", "Somali")),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_construction(text: str, expected: tuple[str, str, str, str]) -> None:
    kind, status, actor, recipient = expected
    found = told(text)
    if status == "hypothetical":
        assert not [f for f in found if f[1] == "done" and f[0] == "ASSAULT"]
        return
    assert any(
        f[0] == kind and f[1] == status and actor in f[2] and (recipient in f[3] or f[3].endswith(recipient))
        for f in found
    ), found


def test_a_reported_event_names_who_vouches_for_it() -> None:
    (event,) = [e for e in events_of("Oman said that Yemen had attacked Qatar.") if e.type == "ASSAULT"]
    assert [ref.text for ref in event.according_to] == ["Oman"]


def test_spans_point_at_the_words() -> None:
    text = "On Monday Ghana arrested two Togolese journalists."
    (event,) = events_of(text)
    assert event.trigger is not None
    assert event.trigger.of(text) == "arrested"
    assert event.actors[0].span is not None
    assert event.actors[0].span.of(text) == "Ghana"
    assert event.span.contains(event.trigger)


def test_meeting_is_reciprocal_and_visiting_is_not() -> None:
    (meeting,) = events_of("Japan held talks with India.")
    (visit,) = events_of("The Japanese prime minister visited India.")
    assert meeting.reciprocal and not visit.reciprocal
    assert visit.mode == "visit"


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored twice and the club won the cup.",
        "An earthquake killed twelve people in Gansu.",
        "Shares fell two percent on Friday.",
        "Heavy rain hit the north of England.",
        "Two people were killed when a bus crashed near Lyon.",
        "Taurus will meet an old friend this week.",
        "A man stabbed his girlfriend in a flat in Leeds.",
        "The museum shows paintings of the last century.",
    ],
)
def test_no_event_is_an_answer(text: str) -> None:
    assert [e for e in events_of(text) if e.status == "done" and e.confidence >= 0.5] == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for event in events_of(text):
        assert 0 <= event.confidence <= 1
        assert event.span.end <= len(text)


@pytest.mark.parametrize("text", ["", "   ", '"', "“Iran", "مرحبا بالعالم", "🚀🚀 attacked 🚀", "word " * 3000])
def test_odd_text_is_normal(text: str) -> None:
    assert isinstance(events_of(text), list)


def test_a_clause_behind_after_keeps_the_subject_that_the_parser_hangs_on_after() -> None:
    text = "Glass covers the road beside the burnt bus after nine women lost their lives in a rocket attack."
    (event,) = [e for e in events_of(text) if e.type == "ASSAULT"]
    assert [ref.text for ref in event.recipients] == ["nine women"]


@pytest.mark.parametrize(
    "text",
    [
        "The bank's chief executive resigned after a quarrel.",
        "Togo warned that the north faced a famine.",
        "The castle was besieged by the Ottomans in 1529.",
        "Togo reviewed its defence treaty with Ghana.",
        "A cloud spread after a chemical spill, prompting officials to order residents to stay indoors.",
        "The airline signed a deal to buy 40 jets from a lender.",
        "Its crew watched the Strait of Hormuz, the Gulf of Aden and the Bay of Bengal.",
    ],
)
def test_what_is_no_politics(text: str) -> None:
    assert [e.type for e in read(Document.from_text(text, published="2024-05-14")).events] == []
