"""People accept, reject, correct and undo by name; the history keeps all of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente import ActorRef, DateRef, DetenteError, Document, Event, Record, Span
from detente.errors import RecordError, UsageError

TEXT = "Norland and Egypt met in Paris on Tuesday."


@pytest.fixture
def record(place: Path | str) -> Iterator[Record]:
    record = Record(place)
    doc = Document.from_text(TEXT, published="2020-03-03")
    who = (ActorRef(text="Norland", span=Span(0, 7), country="NOR"),)
    record.add(
        doc, [Event(document=doc.id, span=Span(0, 30), type="CONSULT", actors=who, date=DateRef(value="2020-03-03"))]
    )
    yield record
    record.close()


def only(record: Record) -> str:
    (event,) = record.events()
    return event.id


def test_accept(record: Record) -> None:
    entry = record.accept(only(record), "Ana", "read it")
    assert entry.state == "accepted"
    (line,) = record.history(entry.id)
    assert (line.by, line.action, line.reason, line.before, line.after) == (
        "Ana",
        "accept",
        "read it",
        {"state": "unreviewed"},
        {"state": "accepted"},
    )


def test_reject_hides_and_undo_brings_back(record: Record) -> None:
    id = only(record)
    record.reject(id, "Ana", "not said")
    assert len(record.events()) == 0
    assert [e.id for e in record.events(state="rejected")] == [id]
    record.undo(id, by="Ben", reason="it is said")
    assert only(record) == id
    assert [(line.action, line.by, line.undone) for line in record.history(id)] == [
        ("reject", "Ana", True),
        ("undo", "Ben", False),
    ]


def test_correct_adds_and_keeps_the_old(record: Record) -> None:
    old = only(record)
    new = record.correct(
        old, "Ana", "they agreed", type="AGREE", recipients=["Egypt"], date="2020-03", status="planned"
    )
    assert only(record) == new.id != old
    assert (new.state, new.claim.extractor, new.claim.confidence) == ("accepted", "person:Ana", 1.0)
    assert (new.type, new.recipients[0].country, new.date.value, new.status) == ("AGREE", "EGY", "2020-03", "planned")
    assert record.claim(old).state == "corrected"
    (line,) = record.history(new.id)
    assert line.after["changes"]["type"] == ["CONSULT", "AGREE"]
    assert line.after["claim"] == new.id
    assert [e.id for e in record.events(between=("NOR", "Egypt"))] == [new.id]


def test_a_correction_is_undone(record: Record) -> None:
    old = only(record)
    new = record.correct(old, "Ana", "they agreed", type="AGREE")
    record.undo(new.id, by="Ana")
    assert only(record) == old
    assert record.claim(new.id).state == "withdrawn"
    again = record.correct(old, "Ana", "they did agree", type="AGREE")
    assert again.id == new.id
    assert only(record) == new.id


def test_undo_of_ones_last_decisions(record: Record) -> None:
    id = only(record)
    record.accept(id, "Ana")
    record.reject(id, "Ana", "no")
    record.undo(by="Ana", last=2)
    assert record.claim(id).state == "unreviewed"
    with pytest.raises(RecordError, match="nothing to undo"):
        record.undo(by="Ana")


def test_an_older_decision_undone_leaves_the_newer(record: Record) -> None:
    id = only(record)
    record.accept(id, "Ana")
    record.reject(id, "Ben", "no")
    record.undo(by="Ana")
    assert record.claim(id).state == "rejected"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"tipe": "AGREE"}, "no 'tipe'"),
        ({"status": "maybe"}, "done, planned"),
        ({}, "what to change"),
        ({"goldstein": "high"}, "is a number"),
        ({"type": "CONSULT"}, "says already"),
        ({"span": [0, 999]}, "beyond the document"),
        ({"span": [9, 2]}, "not a span"),
    ],
)
def test_a_correction_that_cannot_be(record: Record, changes: dict[str, object], says: str) -> None:
    id = only(record)
    with pytest.raises(UsageError, match=says):
        record.correct(id, "Ana", "why", **changes)
    assert record.claim(id).state == "unreviewed"


def test_decisions_need_a_name_and_a_reason(record: Record) -> None:
    id = only(record)
    for wrong in (
        lambda: record.accept(id, " "),
        lambda: record.reject(id, "Ana", ""),
        lambda: record.correct(id, "Ana", "", type="AGREE"),
    ):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(RecordError, match="no claim"):
        record.accept("0" * 16, "Ana")
    assert record.history(id) == []


def test_two_who_correct_at_once_lose_nothing(record: Record) -> None:
    id = only(record)
    outcomes: list[str] = []

    def correct(name: str, type: str) -> None:
        try:
            record.correct(id, name, "I say so", type=type)
            outcomes.append("done")
        except DetenteError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=correct, args=a) for a in (("Ana", "AGREE"), ("Ben", "COOPERATE"))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    outcomes.sort(key=len)
    assert outcomes[0] == "done"
    assert "was corrected by" in outcomes[1] and only(record) in outcomes[1]
