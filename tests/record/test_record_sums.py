"""Summaries answer what going through the claims answers, whatever was decided and however days are told."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from pathlib import Path

import pytest

from detente import ActorRef, Attribution, DateRef, Document, Event, Record, Span
from detente.record.periods import by_period
from detente.record.sums import Summed, events_summed, statements_summed

DAYS = ("2010", "2010-12", "2011-01-31", "2011-02", "2011", "201", "2012-W01", "2012-06-15", None)
STATES = ("NOR", "EGY", "PER")


def person(country: str, name: str = "") -> ActorRef:
    return ActorRef(
        text=name or country, id=name or country, name=name or country, country=country, person=name or None
    )


@pytest.fixture
def record(tmp_path: Path) -> Record:
    dice = random.Random(4)
    made = Record(tmp_path / "t.detente")
    for i in range(60):
        text = (
            f"Minister {i} spoke of the {dice.choice(('river', 'border'))} and the {dice.choice(('ferry', 'harbour'))}."
        )
        doc = Document.from_text(
            text, source=f"{i}.txt", published=f"20{dice.randint(10, 13)}-05-0{dice.randint(1, 9)}"
        )
        who, whom = dice.choice(STATES), dice.choice(STATES)
        date = dice.choice(DAYS)
        when = DateRef(value=date) if date else None
        # Two persons of one state act together, and some acts go both ways.
        event = Event(
            document=doc.id, span=Span(0, len(text)), type=dice.choice(("CONSULT", "ACCUSE")), cameo="040", quad=1,
            goldstein=1.5, actors=(person(who, "A"), person(who, "B")), recipients=(person(whom),),
            reciprocal=dice.random() < 0.3, date=when, extractor="events/1", confidence=0.7,
        )  # fmt: skip
        said = Attribution(
            document=doc.id, span=Span(0, 10), content=(Span(0, 10),), speakers=(person(who, "A"), person(who, "B")),
            via=(person(whom),), date=when,
        )  # fmt: skip
        made.add(doc, [event, said], reader="rules/1")
    ids = [e.id for e in made.events(merged=False)]
    for id in ids[:12]:
        made.reject(id, by="Ana", reason="no")
    made.undo(ids[3], by="Ana")
    made.correct(ids[20], by="Ana", reason="no", type="AGREE", date="2011-12")
    made.reject(made.statements(merged=False).first().id, by="Ana", reason="no")  # type: ignore[union-attr]
    return made


def live(record: Record, what: str, filters: dict[str, str]) -> dict[tuple[str, str], tuple[int, float]]:
    asked = dict(filters)
    pair = (asked.pop("a", ""), asked.pop("b", ""))
    table = getattr(record, what)(**asked, **({"between": pair} if any(pair) else {}))
    return added([(m, t if what == "events" else "", n, g) for m, _, t, n, g in by_period(table, "month")])


def added(rows: list[tuple[str, str, int, float]]) -> dict[tuple[str, str], tuple[int, float]]:
    sums: dict[tuple[str, str], tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for month, type_, n, goldstein in rows:
        before = sums[month, type_]
        sums[month, type_] = before[0] + n, round(before[1] + goldstein, 3)
    return dict(sums)


SPANS: list[dict[str, str]] = [
    {}, {"since": "2011"}, {"until": "2011"}, {"since": "2011-02", "until": "2012-06"}, {"since": "2010", "until": "2010"},
    {"since": "2013"},
]  # fmt: skip
WHO: list[dict[str, str]] = [
    {}, {"party": "NOR"}, {"actor": "EGY"}, {"recipient": "Peru"}, {"a": "NOR", "b": "EGY"}, {"a": "PER", "b": "NOR"},
    {"a": "EGY", "b": "EGY"},
]  # fmt: skip


def same_as_the_claims(summed: Summed, record: Record, what: str, filters: dict[str, str]) -> None:
    months = live(record, what, filters)
    assert added(summed.by("month")) == months, filters
    assert added(summed.by("year")) == added([(m[:4], t, n, g) for (m, t), (n, g) in months.items()]), filters
    assert summed.total() == sum(n for n, _ in months.values()), filters
    dated = sorted(month for month, _ in months if month)
    assert summed.ends() == ((dated[0], dated[-1]) if dated else None), filters


def test_events_summed_are_what_the_claims_come_to(record: Record) -> None:
    answered = 0
    for days, who, kind in itertools.product(SPANS, WHO, ({}, {"type": "consult"}, {"type": "AGREE"})):
        filters = {**days, **who, **kind}
        summed = events_summed(record, filters)
        if summed is not None:
            answered += bool(summed.total())
            asked = {**filters, **({"type": filters["type"].upper()} if "type" in filters else {})}
            same_as_the_claims(summed, record, "events", asked)
    assert answered > 60


def test_statements_summed_are_what_the_claims_come_to(record: Record) -> None:
    for days, who in itertools.product(SPANS, ({}, {"speaker": "NOR"}, {"via": "EGY"})):
        summed = statements_summed(record, {**days, **who})
        assert summed is not None
        same_as_the_claims(summed, record, "statements", {**days, **who})


@pytest.mark.parametrize(
    "filters",
    [
        {"status": "done"},
        {"since": "2011-02-03"},
        {"until": "2012-W01"},
        {"party": "A"},
        {"actor": "NOR", "recipient": "EGY"},
        {"party": "NOR", "a": "NOR", "b": "EGY"},
        {"a": "NOR", "b": "A"},
    ],
)
def test_what_summaries_do_not_know_they_do_not_answer(record: Record, filters: dict[str, str]) -> None:
    assert events_summed(record, filters) is None


def test_words_within_days_are_found_whatever_the_years(record: Record) -> None:
    """The index of words knows years; it must not lose claims whose days reach into another year."""
    everything = {e.id: e for e in record.events()}
    for days in SPANS:
        of_days = {e.id for e in record.events(**days)}  # type: ignore[arg-type]
        for words, fits in (
            ("border", lambda text: "border" in text),
            ("minister -border", lambda text: "border" not in text),
            ('"river and the ferry"', lambda text: "river and the ferry" in text),
            ("harb*", lambda text: "harbour" in text),
        ):
            found = {e.id for e in record.events(text=words, **days)}  # type: ignore[arg-type]
            assert found == {id for id in of_days if fits(everything[id].text)}, (days, words)
            assert len(record.events(text=words, **days)) == len(found)  # type: ignore[arg-type]
