"""The same dispatch and the same event are linked, shown once, and counted by independent sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import ActorRef, Attribution, DateRef, Document, Event, Record, Span
from detente.reading import Reader
from detente.record.adding import TRIAGED
from detente.record.similar import CROWD, DOUBT, bands_of, closeness, likeness, shingles_of, signature_of

WIRE = (
    "The foreign ministers of Norland and Egypt met in Paris on Tuesday and agreed to open two border posts before the "
    "summer, officials said. They left the question of tariffs to a commission that will report by the end of the year."
)


@pytest.fixture
def record(place: Path | str) -> Iterator[Record]:
    with Record(place) as record:
        yield record


def put(
    record: Record, text: str, outlet: str, *, date: str | None = "2020-03-03", place: None = None, **more: object
) -> Event:
    doc = Document.from_text(text, outlet=outlet, published="2020-03-04", source=f"{outlet}.txt")
    fields: dict[str, object] = {
        "document": doc.id,
        "span": Span(0, min(60, len(text))),
        "type": "CONSULT",
        "cameo": "042",
        "actors": (ActorRef(text="Norland", country="NOR"),),
        "recipients": (ActorRef(text="Egypt", country="EGY"),),
        "date": DateRef(value=date) if date else None,
    }
    event = Event(**{**fields, **more})  # type: ignore[arg-type]
    record.add(doc, [event])
    return event


def test_the_same_dispatch_counts_once(record: Record) -> None:
    put(record, WIRE, "First Agency")
    put(record, f"(First Agency) {WIRE} Copyright.", "Morning Paper")
    (event,) = record.events()
    assert (event.claims, event.documents, event.stories, event.outlets) == (2, 2, 1, 1)
    assert len(record.events(merged=False)) == 2
    assert [d.outlet for d in record.same_dispatch(event.document)] == ["Morning Paper"]


def test_two_dispatches_corroborate_each_other(record: Record) -> None:
    one = put(record, WIRE, "First Agency")
    two = put(
        record,
        "Egypt's minister saw his Norland colleague for two hours; neither side spoke to the press afterwards.",
        "Other Agency",
    )
    (event,) = record.events()
    assert (event.documents, event.stories, event.outlets) == (2, 2, 2)
    assert {e.id for e in record.corroboration(event.id)} == {one.id, two.id}


def test_two_dispatches_of_one_outlet_are_one_source(record: Record) -> None:
    put(record, WIRE, "First Agency")
    put(
        record,
        "Egypt's minister saw his Norland colleague for two hours; neither side spoke to the press.",
        "First agency",
    )
    (event,) = record.events()
    assert (event.documents, event.outlets) == (2, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2020-03-07"},
        {"type": "ASSAULT"},
        {"status": "denied"},
        {"cameo": "190"},
        {"recipients": (ActorRef(text="France", country="FRA"),)},
    ],
)
def test_what_differs_is_not_merged(record: Record, other: dict[str, object]) -> None:
    put(record, WIRE, "First Agency")
    put(record, "Quite another text about the same two states, on a matter of its own.", "Other Agency", **other)
    assert [e.documents for e in record.events()] == [1, 1]


def test_a_day_apart_needs_like_words(record: Record) -> None:
    put(record, "Norland and Egypt agreed on border posts in Paris", "A")
    put(record, "Egypt and Norland agreed about new border posts", "B", date="2020-03-04")
    put(record, "A dinner for the ministers, with music and dancing", "C", date="2020-03-02")
    assert sorted(e.documents for e in record.events()) == [1, 2]


def test_the_order_of_reading_does_not_matter(tmp_path: Path) -> None:
    texts = [
        (WIRE, "A"),
        (f"{WIRE} More follows.", "B"),
        ("Norland's man in Paris met Egypt's, as both have said before.", "C"),
    ]
    leads = set()
    for i, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 2, 0])):
        with Record(tmp_path / f"{i}.detente") as record:
            for k in order:
                put(record, *texts[k])
            (event,) = record.events()
            leads.add((event.id, event.documents, event.stories, event.outlets))
    assert len(leads) == 1


def test_when_the_first_is_rejected_another_stands_for_the_group(record: Record) -> None:
    put(record, WIRE, "First Agency")
    put(record, "Egypt's minister saw his Norland colleague for two hours; neither side spoke.", "Other Agency")
    (event,) = record.events()
    record.reject(event.id, by="Ana", reason="misread")
    (left,) = record.events()
    assert left.id != event.id
    assert left.documents == 1
    record.undo(event.id, by="Ana")
    assert [(e.id, e.documents) for e in record.events()] == [(event.id, 2)]


def say(record: Record, outlet: str, words: str, around: str = "{outlet} has it from the ministry: {words}") -> None:
    text = around.format(outlet=outlet, words=words)
    doc = Document.from_text(text, outlet=outlet)
    start = text.index(words)
    who = ActorRef(text="ministry", id="NOR:foreign-ministry", country="NOR")
    said = Span(start, start + len(words))
    record.add(doc, [Attribution(document=doc.id, span=Span(0, len(text)), content=(said,), speakers=(who,))])


def test_a_statement_in_the_same_words_is_shown_once(record: Record) -> None:
    for outlet in ("A", "B"):
        say(record, outlet, "We shall keep to every word of this treaty.")
    (said,) = record.statements()
    assert said.documents == 2


def test_what_a_crowd_tells_links_nothing_further(record: Record) -> None:
    for i in range(CROWD + 5):
        say(record, f"Paper {i}", "We have nothing to add to this.")
        put(record, f"Report {i} by quite another hand: Norland's minister met his colleague from Egypt.", f"Daily {i}")
    shown = record.statements()
    assert len(shown) == 1 + 5
    assert max(s.documents for s in shown) == CROWD
    assert sorted(e.documents for e in record.events()) == [5, CROWD]


def test_likeness() -> None:
    whole, cut = shingles_of(WIRE), shingles_of(WIRE[:150])
    other = shingles_of(
        "Rice prices rose for the third week in a row after floods in the delta closed two of the three mills there."
    )
    assert likeness(whole, whole) == 1.0
    assert likeness(whole, cut) > 0.85
    assert likeness(whole, other) == 0.0
    assert set(bands_of(signature_of(whole))) & set(bands_of(signature_of(shingles_of(f"Update: {WIRE}"))))
    assert shingles_of("") == shingles_of(" ")


@given(st.integers(20, 200), st.integers(0, 200), st.integers(20, 200))
def test_signatures_rule_out_no_pair_that_is_the_same_dispatch(common: int, more: int, start: int) -> None:
    """One text and the same with words before and after it: whatever is alike by its words may be so by its signature."""
    a = " ".join(f"word{i}" for i in range(common))
    b = " ".join(f"word{i}" for i in range(-start % 7, common + more))
    shingles = shingles_of(a), shingles_of(b)
    if likeness(*shingles):
        assert closeness(*map(signature_of, shingles), len(a), len(b)) >= -DOUBT


def test_in_a_crowd_of_forms_the_copy_of_a_dispatch_is_still_found(record: Record) -> None:
    form = "Tide table of the harbour. High water at noon and at midnight, low water in the morning and in the evening."
    for i in range(CROWD + 30):
        own = " ".join(f"berth{i}x{k} is free" for k in range(10))
        record.add(Document.from_text(f"{form} {own}", source=f"tide{i}.txt"), [])
    told = f"{form} " + " ".join(f"envoy{k} spoke of river{k}" for k in range(40))
    first, copy = (Document.from_text(f"{told} {outlet}", outlet=outlet, source=f"{outlet}.txt") for outlet in "AB")
    record.add(first, [])
    record.add(copy, [])
    assert [d.id for d in record.same_dispatch(first.id)] == [copy.id]


def test_what_triage_left_out_is_not_compared_until_a_reader_looks_at_it(tmp_path: Path) -> None:
    assert TRIAGED in Reader(triage=True).fingerprint
    recipe = "Cut the onions lengthwise, salt them, and let them rest for an hour before they go into a hot oven. " * 3
    treaty = (
        "Norway and Chad signed a treaty on fishing in Paris on Tuesday, the two foreign ministries announced. " * 3
    )
    for name, text in (("a", recipe), ("b", recipe + "Serve."), ("c", treaty), ("d", treaty + "It ends in May.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Record(tmp_path / "r.detente") as record:
        record.read(tmp_path / "*.txt", reader=Reader(triage=True))
        assert [len(record.same_dispatch(d.id)) for d in ordered(record)] == [0, 0, 1, 1]
        record.read(tmp_path / "*.txt")
        assert [len(record.same_dispatch(d.id)) for d in ordered(record)] == [1, 1, 1, 1]


def ordered(record: Record) -> list[Document]:
    return [record.document(d.id) for d in sorted(record.documents(), key=lambda d: d.source)]
