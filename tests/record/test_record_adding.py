"""Documents and claims go on record once, whole, and are superseded, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente import ActorRef, Attribution, DateRef, Document, Event, Record, Span, Stance
from detente.claims import identity_of, to_dict
from detente.record.tally import recount

TEXT = "PARIS, 3 March 2020 - Norland met Egypt. Norland's envoy said that talks would go on."


def document(text: str = TEXT, *, outlet: str | None = "Agence", day: str = "2020-03-03") -> Document:
    return Document.from_text(text, outlet=outlet, published=day, source=f"{outlet}/{abs(hash(text)) % 1000}.txt")


def met(
    doc: Document, *, who: str = "NOR", whom: str = "EGY", date: str | None = "2020-03-03", **more: object
) -> Event:
    fields: dict[str, object] = {
        "document": doc.id,
        "span": Span(22, 39),
        "type": "CONSULT",
        "cameo": "040",
        "quad": 1,
        "goldstein": 1.0,
        "actors": (ActorRef(text=who, id=who, country=who),),
        "recipients": (ActorRef(text=whom, id=whom, country=whom),),
        "date": DateRef(value=date) if date else None,
        "extractor": "events/1",
        "confidence": 0.7,
    }
    return Event(**{**fields, **more})  # type: ignore[arg-type]


@pytest.fixture
def record(place: Path | str) -> Iterator[Record]:
    with Record(place) as record:
        yield record


def summaries(record: Record) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "count_events",
        "count_pairs",
        "count_parts",
        "count_stances",
        "count_kinds",
        "count_claims",
        "count_documents",
    )
    return {t: sorted(map(tuple, record.store.rows(f"SELECT * FROM {t}"))) for t in tables}


def test_a_claim_comes_back_as_it_was(record: Record) -> None:
    doc = document()
    said = Attribution(
        document=doc.id,
        span=Span(41, 86),
        cue=Span(57, 61),
        content=(Span(62, 85),),
        speakers=(ActorRef(text="envoy", span=Span(51, 56), country="NOR", person="A. Envoy"),),
        via=(ActorRef(text="Reuters", id="outlet:reuters"),),
    )
    record.add(doc, [met(doc), said])
    assert [e.claim for e in record.events()] == [met(doc)]
    assert [e.claim for e in record.statements()] == [said]
    assert record.document(doc.id) == doc
    assert record.text_of(said) == doc.text[41:86]


def test_adding_the_same_again_adds_nothing(record: Record) -> None:
    doc = document()
    assert record.add(doc, [met(doc)])
    before = record.contents_hash()
    assert not record.add(doc, [met(doc)])
    assert record.contents_hash() == before


def test_identity_is_that_of_the_claim() -> None:
    event = met(document())
    assert identity_of("event", to_dict(event)) == event.id


def test_a_newer_reader_supersedes_and_revives(record: Record) -> None:
    doc = document()
    old, new = met(doc), met(doc, type="AGREE", cameo="057")
    record.add(doc, [old], reader="rules/1")
    record.add(doc, [new], reader="rules/2")
    assert [e.id for e in record.events()] == [new.id]
    assert record.claim(old.id).state == "superseded"
    assert [(line.action, line.by) for line in record.history(old.id)] == [("supersede", "reader:rules/2")]
    record.add(doc, [old], reader="rules/3")
    assert [e.id for e in record.events()] == [old.id]
    assert [line.action for line in record.history(old.id)] == ["supersede", "revive"]


def test_a_newer_reader_does_not_touch_what_a_person_decided(record: Record) -> None:
    doc = document()
    kept, refused = met(doc), met(doc, type="ASSAULT")
    record.add(doc, [kept, refused], reader="rules/1")
    record.accept(kept.id, by="Ana")
    record.reject(refused.id, by="Ana", reason="nobody was attacked")
    record.add(doc, [refused], reader="rules/2")
    assert record.claim(kept.id).state == "accepted"
    assert record.claim(refused.id).state == "rejected"


def test_a_new_confidence_is_written_down(record: Record) -> None:
    doc = document()
    record.add(doc, [met(doc)], reader="rules/1")
    record.add(doc, [met(doc, confidence=0.9, extractor="events/2")], reader="rules/2")
    (event,) = record.events()
    (line,) = record.history(event.id)
    assert event.claim.confidence == 0.9
    assert (line.before["confidence"], line.after["confidence"]) == (0.7, 0.9)


def test_nothing_of_a_document_stays_when_writing_fails(record: Record) -> None:
    doc = document()
    broken = met(doc, goldstein=object())
    with pytest.raises(TypeError):
        record.add(doc, [met(doc), broken])
    assert len(record.documents()) == len(record.events(merged=False)) == 0
    assert summaries(record) == {table: [] for table in summaries(record)}


def test_what_sqlite_cannot_keep_is_replaced_one_for_one(record: Record) -> None:
    doc = Document.from_text("A\0B \ud83d and on", source="odd\0.txt")
    record.add(doc, [])
    kept = record.document(doc.id)
    assert kept.text == "A\ufffdB \ufffd and on"
    assert len(kept.text) == len(doc.text)
    assert "replaced" in kept.notes[0]


def test_summaries_are_what_counting_again_gives(record: Record) -> None:
    docs = [document(f"{TEXT} Part {i}.", outlet=f"Outlet {i % 3}", day=f"2020-0{1 + i % 3}-05") for i in range(6)]
    for i, doc in enumerate(docs):
        stance = Stance(
            document=doc.id,
            span=Span(0, 30),
            holders=(ActorRef(text="EGY", country="EGY"),),
            issue="sanctions",
            side="oppose",
        )
        record.add(doc, [met(doc, date=None if i % 2 else "2020-03-03"), stance], reader="rules/1")
    ids = [e.id for e in record.events(merged=False)]
    record.accept(ids[0], by="Ana")
    record.reject(ids[1], by="Ana", reason="no")
    record.correct(ids[2], by="Ana", reason="no", type="AGREE")
    record.undo(ids[1], by="Ana")
    record.add(docs[4], [], reader="rules/2")
    kept = summaries(record)
    with record.store.writing() as con:
        recount(con)
    assert summaries(record) == kept
    assert kept["count_events"] and kept["count_stances"] and kept["count_pairs"]


def test_the_payload_is_plain_json(record: Record) -> None:
    doc = document()
    record.add(doc, [met(doc)])
    payload = json.loads(record.store.value("SELECT payload FROM claims"))
    assert payload["span"] == [22, 39]
    assert payload["actors"][0]["country"] == "NOR"
