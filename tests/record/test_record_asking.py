"""Filters, pages, tables and full text search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import ActorRef, Agreement, Attribution, DateRef, Document, Event, PlaceRef, Record, Span, Stance
from detente.errors import UsageError
from detente.record.days import days_of
from detente.record.words import match_expression

NOR = ActorRef(text="Norland", country="NOR", name="Norland", code="NORGOV")
EGY = ActorRef(text="Egypt", country="EGY", name="Egypt", code="EGYGOV")
ENVOY = ActorRef(text="Envoy Lund", country="NOR", id="person:karin-lund", person="Karin Lund", name="Karin Lund")
IAEA = ActorRef(text="IAEA", id="IAEA", name="International Atomic Energy Agency")


@pytest.fixture(scope="module")
def record(one_place: Path | str) -> Iterator[Record]:
    record = Record(one_place)
    for i, (type, date, a, b) in enumerate(
        [
            ("AGREE", "2011-11-10", NOR, EGY),
            ("CONSULT", "2011-11", EGY, NOR),
            ("ACCUSE", "2012", NOR, IAEA),
            ("CONSULT", None, ENVOY, EGY),
            ("AGREE", "2013-01-02", EGY, IAEA),
        ]
    ):
        text = f"Number {i}: a passage about sanctions_{i} and {type.lower()}, with 100% of its words."
        doc = Document.from_text(text, published=f"2014-0{i + 1}-01", outlet=f"Outlet {i}", title=f"Title {i}")
        event = Event(
            document=doc.id,
            span=Span(0, len(text)),
            type=type,
            cameo=f"0{i + 3}1",
            quad=1 + i % 4,
            actors=(a,),
            recipients=(b,),
            status="planned" if i == 4 else "done",
            date=DateRef(value=date) if date else None,
            place=PlaceRef(name="Cairo", country="EGY") if i == 1 else None,
            confidence=0.5 + i / 10,
        )
        said = Attribution(
            document=doc.id,
            span=Span(0, len(text)),
            content=(Span(11, 40),),
            speakers=(ENVOY,),
            via=(IAEA,) if i else (),
        )
        stance = Stance(
            document=doc.id,
            span=Span(0, 9),
            holders=(a,),
            issue="sanctions on EGY",
            topic="new sanctions",
            side="oppose" if i % 2 else "favour",
        )
        signed = Agreement(
            document=doc.id,
            span=Span(0, 9),
            name="treaty",
            parties=(a, b),
            signatories=(ENVOY,),
            sectors=("trade", "water"),
        )
        record.add(doc, [event, said, stance, signed])
    yield record
    record.close()


def types(record: Record, **filters: object) -> list[str]:
    return [e.type for e in record.events(**filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["CONSULT", "AGREE", "ACCUSE", "AGREE", "CONSULT"]),
        ({"between": ("NOR", "EGY")}, ["CONSULT", "AGREE", "CONSULT"]),
        ({"between": ("Egypt", "NOR")}, ["CONSULT", "AGREE", "CONSULT"]),
        ({"between": ("Lund", "Egypt")}, ["CONSULT"]),
        ({"actor": "Egypt"}, ["CONSULT", "AGREE"]),
        ({"actor": "karin lund"}, ["CONSULT"]),
        ({"recipient": "IAEA"}, ["ACCUSE", "AGREE"]),
        ({"recipient": "atomic energy"}, ["ACCUSE", "AGREE"]),
        ({"party": ["IAEA", "Lund"]}, ["ACCUSE", "AGREE", "CONSULT"]),
        ({"actor": "nobody"}, []),
        ({"type": "agree"}, ["AGREE", "AGREE"]),
        ({"type": ["AGREE", "ACCUSE"]}, ["AGREE", "ACCUSE", "AGREE"]),
        ({"cameo": "03"}, ["AGREE"]),
        ({"quad": 2}, ["CONSULT"]),
        ({"since": "2011-11-20"}, ["CONSULT", "ACCUSE", "AGREE", "CONSULT"]),
        ({"until": "2011-11"}, ["CONSULT", "AGREE"]),
        ({"since": "2012-03", "until": "2012-04"}, ["ACCUSE"]),
        ({"status": "planned"}, ["AGREE"]),
        ({"place": "cairo"}, ["CONSULT"]),
        ({"place": "Egypt"}, ["CONSULT"]),
        ({"min_confidence": 0.75}, ["AGREE", "CONSULT"]),
        ({"text": "accuse"}, ["ACCUSE"]),
        ({"text": "100% passage"}, ["CONSULT", "AGREE", "ACCUSE", "AGREE", "CONSULT"]),
        ({"text": '"'}, []),
        ({"limit": 2}, ["CONSULT", "AGREE"]),
        ({"state": "rejected"}, []),
    ],
)
def test_events(record: Record, filters: dict[str, object], expected: list[str]) -> None:
    assert types(record, **filters) == expected
    assert len(record.events(**filters)) == len(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "yesterday"},
        {"until": "2011-13"},
        {"status": "maybe"},
        {"between": ("RUS",)},
        {"state": "odd"},
        {"order": "n"},
    ],
)
def test_what_cannot_be_asked(record: Record, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        list(record.events(**wrong))  # type: ignore[arg-type]


def test_other_kinds(record: Record) -> None:
    assert len(record.statements(speaker="Lund", via="IAEA")) == 4
    assert len(record.statements(about="accuse")) == 1
    assert len(record.statements(kind="direct")) == 0
    assert len(record.stances(issue="sanctions", side="oppose")) == 2
    assert len(record.stances(issue="sanctions on EGY", actor="Egypt")) == 2
    assert len(record.agreements(party="IAEA")) == 2
    assert [r["favour"] for r in record.issues()] == [3]
    assert len(record.timeline(between=("NOR", "EGY"))) == 7
    assert len(record.plans()) == 0
    with pytest.raises(UsageError):
        record.statements(kind="shouted")


def test_pages_by_key_hold_everything_once(record: Record) -> None:
    for order in ("day", "-day"):
        seen, after = [], None
        while page := list(record.events(limit=2, order=order, after=after)):
            seen += [e.id for e in page]
            after = page[-1].position
        assert seen == [e.id for e in record.events(order=order)]
        assert len(set(seen)) == 5


def test_tables(record: Record) -> None:
    frame = record.events().to_pandas()
    assert list(frame["type"]) == types(record)
    assert list(frame["actors"].iloc[0]) == ["EGY"]
    assert record.events().to_polars().shape == frame.shape
    empty = record.events(actor="nobody")
    assert empty.to_arrow().schema == record.events().to_arrow().schema
    assert not empty and empty.first() is None
    for table in (
        record.statements(),
        record.stances(),
        record.agreements(),
        record.documents(),
        record.sources(),
        record.actors(),
        record.timeline(),
    ):
        rows = table.to_dicts()
        assert rows and all(set(r) <= set(table.columns) for r in rows)
        assert table.to_arrow().num_rows == len(table)


def test_counts(record: Record) -> None:
    by_type = {r["type"]: r["n"] for r in record.counts(by=("type",))}
    assert by_type == {"AGREE": 2, "CONSULT": 2, "ACCUSE": 1}
    pairs = {(r["source"], r["target"]): r["n"] for r in record.counts(by=("source", "target"))}
    assert pairs[("NOR", "EGY")] == 2
    assert record.counts(by=("year", "type"), since="2012", until="2012").to_dicts() == [
        {"year": "2012", "type": "ACCUSE", "n": 1, "goldstein": 0.0}
    ]
    assert sum(r["n"] for r in record.counts(by=("month",), source="Norland")) == 3
    with pytest.raises(UsageError):
        record.counts(by=("colour",))


def test_statistics_and_actors(record: Record) -> None:
    numbers = record.statistics()
    assert (numbers["documents"], numbers["kinds"]["event"], numbers["outlets"]) == (5, 5, 5)
    most = record.actors(limit=1).first()
    assert most is not None and (most.key, most.name, most.events, most.statements) == ("NOR", "Norland", 3, 5)
    assert [a.key for a in record.actors("atomic")] == ["IAEA"]


def test_search(record: Record) -> None:
    hits = list(record.search("accuses"))
    assert [h.title for h in hits] == ["Title 2"]
    assert f"{hits[0].OPEN}accuse{hits[0].CLOSE}" in hits[0].snippet
    assert len(record.search("passage -accuse")) == 4
    assert len(record.search("pass*")) == 5
    assert len(record.search('"words passage"')) == 0


@given(st.text(max_size=40))
def test_no_search_fails(record: Record, typed: str) -> None:
    list(record.search(typed))
    list(record.events(text=typed, limit=1))


def test_expressions() -> None:
    assert match_expression("AND OR NEAR(") == '("AND" "OR" "NEAR")'
    assert match_expression("- * \" '") is None


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2011-11-10", ("2011-11-10", "2011-11-10")),
        ("2011-11-10T10:35", ("2011-11-10", "2011-11-10")),
        ("2012-02", ("2012-02-01", "2012-02-29")),
        ("2011-W46", ("2011-11-14", "2011-11-20")),
        ("2011-Q2", ("2011-04-01", "2011-06-30")),
        ("2011-SU", ("2011-06-01", "2011-08-31")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("PAST_REF", None),
        ("P3D", None),
        ("2011-02-31", None),
        ("0000", None),
    ],
)
def test_days(value: str, days: tuple[str, str] | None) -> None:
    assert days_of(value) == days


@given(st.text(max_size=12))
def test_days_of_anything(value: str) -> None:
    days = days_of(value)
    assert days is None or days[0] <= days[1]


def test_words_that_stand_nearly_everywhere_are_found_by_what_was_read_last(record: Record, monkeypatch) -> None:
    from detente.record import words

    best = list(record.search("passage"))
    monkeypatch.setattr(words, "MANY", 1)
    latest = list(record.search("passage"))
    assert {h.document for h in latest} == {h.document for h in best} and all(h.score == 0 for h in latest)
    n = "SELECT n FROM documents WHERE id = ?"
    numbers = [record.store.value(n, (h.document,)) for h in latest]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) > 1


def test_words_are_looked_for_in_the_evidence_itself(record: Record) -> None:
    for entry in record.events():
        word = entry.text.split()[0]
        assert entry.id in {e.id for e in record.events(text=word)}
    assert not len(record.events(text="nowhere"))


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("after", [None, ("2014-04-01", 10_000), ("2014-02-01", 1)])
def test_the_latest_of_somebody_are_the_same_however_they_are_looked_up(
    record: Record, monkeypatch, limit, after
) -> None:
    from detente.record import asking

    def latest() -> list[str]:
        return [e.id for e in record.events(party="NOR", limit=limit, order="-day", after=after)]

    plain = latest()
    monkeypatch.setattr(asking, "FEW", 1)  # as if there were very many
    assert latest() == plain
    monkeypatch.setattr(asking, "MANY", 2)
    assert latest() == plain
