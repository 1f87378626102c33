"""Panels: counted right by every grouping, with repeated events, rates, gaps and what is left out said."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from exchange_tales import actor
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import DateRef, Document, Event, Record, Span
from detente.errors import UsageError
from detente.exchange.aggregate import PERIODS, Panel, aggregate, between
from detente.exchange.frames import write_rows
from detente.exchange.others import Others, beside


def put(
    record: Record, day: str, *events: tuple[str, str, str, float, int], outlet: str = "Wire", date: str | None = "same"
) -> None:
    """A document of a day with events: (who, whom, type, Goldstein value, quad class)."""
    text = f"{day} {outlet} " + " ".join(f"{a} did {t} to {b}." for a, b, t, *_ in events)
    text += f" Filed as number {len(record.documents())}, with words of its own: " + " ".join(
        f"{outlet}{day}{n}" for n in range(12)
    )
    document = Document.from_text(
        text, source=f"{outlet}/{day}/{len(record.documents())}.txt", published=day, outlet=outlet
    )
    record.add(
        document,
        [
            Event(
                document=document.id, span=Span(n, n + 9), type=type, cameo="050", quad=quad, goldstein=goldstein,
                actors=(actor(a, a),), recipients=(actor(b, b),), confidence=0.8, extractor="events/1",
                date=None if date is None else DateRef(value=day if date == "same" else date),
            )
            for n, (a, b, type, goldstein, quad) in enumerate(events)
        ],
    )  # fmt: skip


@pytest.fixture
def record(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Record(tmp_path / "r.detente") as record:
        yield record


GOOD, BAD = ("RUS", "IRN", "SUPPORT", 3.4, 1), ("USA", "IRN", "ACCUSE", -2.0, 3)


def test_dyads_by_month_on_the_goldstein_scale(record: Record) -> None:
    put(record, "2020-01-03", GOOD, BAD)
    put(record, "2020-01-20", GOOD)
    put(record, "2020-02-02", BAD)
    panel = aggregate(record, ["dyad", "month"], "goldstein")
    assert [tuple(r.values())[:8] for r in panel.rows] == [
        ("RUS", "IRN", "2020-01", 2, 6.8, 3.4, 6.8, 0),
        ("USA", "IRN", "2020-01", 1, -2.0, -2.0, 0, -2.0),
        ("USA", "IRN", "2020-02", 1, -2.0, -2.0, 0, -2.0),
    ]
    assert [r["coverage"] for r in panel.rows] == [2, 2, 1] and [r["rate"] for r in panel.rows] == [
        1000.0,
        500.0,
        1000.0,
    ]
    assert list(panel.columns) == list(panel.rows[0]) and panel.counted == 4


def test_quad_classes_and_undirected_pairs(record: Record) -> None:
    put(record, "2020-01-03", GOOD, ("IRN", "RUS", "ACCUSE", -2.0, 3), ("IRN", "RUS", "ASSAULT", -10.0, 4))
    (row,) = aggregate(record, ["pair"], "quad").rows
    assert (row["one"], row["other"], row["n"]) == ("IRN", "RUS", 3)
    assert [
        row[name] for name in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    ] == [1, 0, 1, 1]


def test_an_event_counts_once_for_each_unit(record: Record) -> None:
    """Whatever the number of its other sides, and though it goes both ways."""
    document = Document.from_text("x " * 40, source="a.txt", published="2020-01-01")
    a, b, c = (actor(code, code) for code in ("RUS", "IRN", "CHN"))
    common = {"document": document.id, "date": DateRef(value="2020-01-01"), "goldstein": 1.0, "quad": 1}
    signed = Event(span=Span(0, 1), type="AGREE", actors=(a, b), recipients=(a, b), reciprocal=True, **common)  # type: ignore[arg-type]
    warned = Event(span=Span(2, 3), type="ACCUSE", actors=(a,), recipients=(b, c), **common)  # type: ignore[arg-type]
    record.add(document, [signed, warned])
    assert {(r["one"], r["other"]): r["n"] for r in aggregate(record, ["pair"]).rows} == {
        ("IRN", "RUS"): 2,
        ("CHN", "RUS"): 1,
    }
    assert {r["source"]: r["n"] for r in aggregate(record, ["source"]).rows} == {"RUS": 2, "IRN": 1}
    dyads = {(r["source"], r["target"]): r["n"] for r in aggregate(record, ["dyad"]).rows}
    assert dyads == {("RUS", "IRN"): 2, ("IRN", "RUS"): 1, ("RUS", "CHN"): 1}
    assert aggregate(record, ["month"]).rows[0]["n"] == 2


def test_one_a_day(record: Record) -> None:
    """Two outlets, other words, so that the record keeps two events of one day and dyad."""
    put(record, "2020-01-03", GOOD, GOOD, outlet="A")
    put(record, "2020-01-03", GOOD, outlet="B", date="2020-01-03")
    put(record, "2020-01-20", GOOD, outlet="C")
    every = aggregate(record, ["dyad"])
    once = aggregate(record, ["dyad"], one_a_day=True)
    assert every.rows[0]["n"] >= 2 and once.rows[0]["n"] == 2
    assert once.repeated == every.rows[0]["n"] - 2


def test_what_has_no_day_within_one_period_is_left_out(record: Record) -> None:
    put(record, "2020-01-03", GOOD, date="2020-01")
    put(record, "2020-05-03", BAD, date=None)
    put(record, "2020-06-03", ("USA", "RUS", "AID", 7.0, 2), date="2019")
    by_month = aggregate(record, ["month"])
    assert [(r["month"], r["n"]) for r in by_month.rows] == [("2020-01", 1), ("2020-05", 1)]
    assert (by_month.imprecise, by_month.undated) == (1, 1)
    assert aggregate(record, ["day"]).imprecise == 2
    assert [(r["year"], r["n"]) for r in aggregate(record, ["year"]).rows] == [("2019", 1), ("2020", 2)]


def test_threats_and_promises_count_and_plans_do_not(record: Record) -> None:
    document = Document.from_text("x " * 40, source="a.txt", published="2020-01-01")
    kinds = [
        ("THREATEN", "threatened"),
        ("AGREE", "planned"),
        ("CONSULT", "planned"),
        ("AID", "denied"),
        ("AID", "done"),
    ]
    record.add(
        document,
        [
            Event(document=document.id, span=Span(n, n + 1), type=t, status=s, actors=(actor("RUS", "RUS"),), recipients=(actor("IRN", "IRN"),))
            for n, (t, s) in enumerate(kinds)
        ],
    )  # type: ignore[arg-type]  # fmt: skip
    assert {r["type"] for r in aggregate(record, ["type"]).rows} == {"THREATEN", "AGREE", "AID"}
    assert {r["type"] for r in aggregate(record, ["type"], statuses=["planned"]).rows} == {"AGREE", "CONSULT"}


def test_gaps_and_silent_outlets_are_told(record: Record) -> None:
    for month in range(1, 13):
        if month in {5, 6}:
            continue
        for n in range(8):
            put(record, f"2020-{month:02d}-{3 * n + 1:02d}", BAD, outlet="Daily")
            if month != 9:
                put(record, f"2020-{month:02d}-{3 * n + 1:02d}", GOOD, outlet="Post")
    panel = aggregate(record, ["dyad", "month"], fill=True)
    assert any("no documents at all in 2020-05, 2020-06" in w for w in panel.warnings)
    assert any(w.startswith("Post is missing in 2020-05, 2020-06, 2020-09") for w in panel.warnings)
    rows = {(r["source"], r["month"]): r for r in panel.rows}
    assert len(rows) == 24
    assert rows["RUS", "2020-09"]["n"] == 0 and rows["RUS", "2020-09"]["missing_outlets"] == ["Post"]
    assert rows["RUS", "2020-05"]["rate"] is None and rows["USA", "2020-09"]["rate"] == 1000.0
    assert aggregate(record, ["dyad", "month"], since="2020-03", until="2020-04").counted == 32


def test_a_provider_is_counted_the_same_way(record: Record) -> None:
    with Others(beside(record.path)) as others:
        sample = Path(__file__).parents[2] / "examples" / "exchange" / "icews.tab"
        others.bring_in(sample, provider="icews", format="icews")
        panel = aggregate(record, ["pair", "month"], "quad", others=others, provider="icews")
        row = next(r for r in panel.rows if (r["one"], r["month"]) == ("IRN", "2023-03"))
        assert (row["other"], row["n"], row["verbal_cooperation"], row["coverage"]) == ("SAU", 2, 2, 3)
        with pytest.raises(UsageError, match="no events of 'gdelt'"):
            aggregate(record, ["month"], others=others, provider="gdelt")


@pytest.mark.parametrize(
    ("by", "scale"),
    [([], "counts"), (["colour"], "counts"), (["month", "year"], "counts"), (["dyad", "source"], "counts"), (["dyad", "pair"], "counts"),
     (["month"], "mood")],
)  # fmt: skip
def test_what_cannot_be_counted(record: Record, by: list[str], scale: str) -> None:
    with pytest.raises(UsageError):
        aggregate(record, by, scale)


@settings(max_examples=60, deadline=None)
@given(day=st.dates(), days=st.integers(0, 900), period=st.sampled_from(list(PERIODS)))
def test_periods_follow_each_other_without_gaps(day, days: int, period: str) -> None:  # type: ignore[no-untyped-def]
    from datetime import date, timedelta

    if not 1000 < day.year < 9990:
        return
    name = PERIODS[period]
    every = list(dict.fromkeys(name((day + timedelta(days=n)).isoformat()) for n in range(days + 1)))
    assert list(between(every[0], every[-1], period)) == every == sorted(every)
    assert name(date(2021, 1, 3).isoformat()) in {"2021-01-03", "2020-W53", "2021-01", "2021-Q1", "2021"}


@settings(max_examples=25, deadline=None)
@given(
    events=st.lists(
        st.tuples(
            st.integers(1, 28),
            st.sampled_from(["RUS", "USA"]),
            st.sampled_from(["IRN", "FRA"]),
            st.sampled_from([3.4, -2.0]),
        ),
        max_size=12,
    )
)
def test_sums_are_those_of_the_rows(
    events: list[tuple[int, str, str, float]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the grouping, nothing is counted twice and nothing is lost."""
    with Record(tmp_path_factory.mktemp("sum") / "r.detente") as record:
        for n, (day, a, b, value) in enumerate(events):
            put(record, f"2020-01-{day:02d}", (a, b, f"T{n}", value, 1), outlet=f"O{n}")
        rows = record.events().to_dicts()
        assert len(rows) == len(events)
        panel = aggregate(record, ["dyad", "month"], "goldstein")
        assert Counter({(r["source"], r["target"]): r["n"] for r in panel.rows}) == Counter(
            (a, b) for _, a, b, _ in events
        )
        for by in (["dyad", "week"], ["pair"], ["source", "day"], ["type"], ["year"]):
            found = aggregate(record, by, "goldstein")
            assert sum(r["n"] for r in found.rows) == len(events) == found.counted
            assert sum(r["goldstein"] for r in found.rows) == pytest.approx(sum(e[3] for e in events))


def test_panels_are_written_in_every_format(record: Record, tmp_path: Path) -> None:
    put(record, "2020-01-03", GOOD, BAD)
    panel = aggregate(record, ["dyad", "month"], "goldstein")
    about = {"scale": "goldstein", **panel.about()}
    for ending in ("csv", "json", "jsonl", "parquet"):
        write_rows(panel.rows, panel.columns, tmp_path / f"p.{ending}", None, about)
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        assert [float(r["goldstein"]) for r in csv.DictReader(file)] == [3.4, -2.0]
    whole = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert whole["rows"] == panel.rows and whole["scale"] == "goldstein"
    assert [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()] == panel.rows
    from pyarrow import parquet

    table = parquet.read_table(tmp_path / "p.parquet")
    assert table.to_pylist() == panel.rows and json.loads(table.schema.metadata[b"detente"])["counted"] == 2
    with pytest.raises(UsageError):
        write_rows(panel.rows, panel.columns, tmp_path / "p.xlsx", None, about)


def test_an_empty_record_gives_an_empty_panel(record: Record) -> None:
    panel = aggregate(record, ["dyad", "month"], fill=True)
    assert isinstance(panel, Panel) and panel.rows == [] and panel.warnings == []
