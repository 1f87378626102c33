"""Every format reads back what it wrote, for what it can hold: values with tabs, line ends, any script, and nothing."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exchange_tales import as_dict, coded_events, tale, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.claims import Event, to_dict
from detente.exchange import FORMATS, write_table
from detente.exchange.annotations import read_annotations
from detente.exchange.coded import Coded, Side, coded_rows, number_of
from detente.exchange.delimited import cell, write_tabs
from detente.exchange.gdelt import SHAPE as GDELT
from detente.exchange.gdelt import mention_cells, mention_from
from detente.exchange.icews import SHAPE as ICEWS
from detente.exchange.layouts import layout, layouts
from detente.exchange.phoenix import PETRARCH
from detente.exchange.phoenix import SHAPE as PHOENIX
from detente.exchange.plover import read_events
from detente.exchange.polecat import SHAPE as POLECAT
from detente.exchange.shapes import Shape
from detente.exchange.tables import cell_of, read_csv
from detente.record.table import entry_columns

Text = Callable[[str], str]
EVENT = ("day", "cameo", "goldstein", "type", "quad")
PLACE = ("place", "lat", "lon")


def upper(text: str) -> str:
    return cell(text).upper()


def but(*nothing: str) -> Text:
    """Cells in which these words mean that there is nothing."""
    return lambda text: "" if cell(text) in nothing else cell(text)


HOLDS: dict[str, tuple[Shape, tuple[str, ...], tuple[str, ...], Text, Text]] = {
    "gdelt": (GDELT, (*EVENT, *PLACE, "country", "geonameid", "lead", "claims", "documents", "outlets", "added", "url"),
              ("name", "code", "country", "sectors"), cell, upper),
    "icews": (ICEWS, (*EVENT, *PLACE, "country", "admin1", "document", "sentence", "outlet"), ("name", "country", "sectors"),
              but("NULL"), but("NULL")),
    "phoenix": (PHOENIX, (*EVENT, *PLACE, "country", "admin1", "contexts", "document", "sentence", "url", "outlet"), ("code",), cell, cell),
    "petrarch": (PETRARCH, ("day", "cameo", "type", "contexts", "document", "sentence", "url", "outlet"), ("code",), but("NULL"), cell),
    "polecat": (POLECAT, ("id", "day", "type", "quad", "goldstein", "contexts", *PLACE, "raw_place", "country", "admin1", "geonameid",
                          "outlet", "published", "language", "extractor"),
                ("name", "country", "sectors", "title", "raw"), but("None"), but("None")),
}  # fmt: skip
"""What each shape holds of an event and of its sides, and what becomes of words and of names."""


@pytest.mark.parametrize("name", HOLDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(coded_events(), min_size=1, max_size=4))
def test_event_data_reads_back(name: str, rows: list[Coded], tmp_path: Path) -> None:
    shape, fields, side_fields, text, names = HOLDS[name]
    path = tmp_path / "out"
    with path.open("wb") as out:
        assert shape.write_coded(rows, out) == len(rows)
    found = list(shape.read(path))
    assert [problem for *_, problem in found] == [""] * len(rows)
    for wrote, (row, read, _) in zip(rows, found, strict=True):
        assert read is not None and len(row.cells) == len(shape.layout.columns)
        assert held(read, fields, text) == held(wrote, fields, text)
        for ours, theirs in ((wrote.source, read.source), (wrote.target, read.target)):
            assert held(theirs, side_fields, names) == held(ours, side_fields, names)


def held(value: Coded | Side, fields: tuple[str, ...], text: Text) -> dict[str, Any]:
    """The fields that a shape can hold, words as it holds them."""
    found = {name: getattr(value, name) for name in fields}
    return {k: text(v) if isinstance(v, str) and k not in CODES else v for k, v in found.items()}


CODES = {"code", "day", "added", "published", "type", "cameo", "country", "id"}


@settings(max_examples=60, deadline=None)
@given(row=coded_events())
def test_a_mention_reads_back(row: Coded) -> None:
    columns = layout("gdelt-mentions")
    line = columns.cells(mention_cells(row, row))
    assert len(line) == 16
    out = io.BytesIO()
    write_tabs(out, [line])
    cells = out.getvalue().decode().removesuffix("\n").split("\t")
    number, read = mention_from(dict(zip(columns.names, cells, strict=True)))
    assert number == str(number_of(row.id))
    for name in ("start", "sentence", "confidence", "length"):
        assert getattr(read, name) == getattr(row, name), name
    assert (read.source.offset, read.target.offset) == (row.source.offset, row.target.offset)
    assert (read.outlet, read.url, read.published[:10]) == (cell(row.outlet), cell(row.url), row.published)


def test_the_exact_columns() -> None:
    """As the codebooks count them."""
    widths = {"gdelt": 61, "gdelt-mentions": 16, "icews": 20, "phoenix": 26, "petrarch": 8, "polecat": 40, "acled": 31}
    assert {name: len(layout(name).columns) for name in widths} == widths
    for found in layouts().values():
        assert len(set(found.names)) == len(found.names), found.name
        assert all(c.meaning and c.type in {"str", "int", "float", "date", "list"} for c in found.columns)
    with pytest.raises(KeyError, match="no column"):
        layout("icews").cells({"Colour": "red"})


@settings(max_examples=100, deadline=None)
@given(
    values=st.lists(words, min_size=3, max_size=3),
    n=st.none() | st.integers(-99, 99),
    x=st.none() | st.floats(-1e6, 1e6),
)
def test_csv_reads_back(values: list[str], n: int | None, x: float | None) -> None:
    """Text, numbers and lists; what CSV cannot tell apart is the empty text and nothing."""
    import csv

    columns: dict[str, type] = {"a": str, "b": str, "n": int, "x": float, "l": list}
    row = {"a": values[0], "b": values[1], "n": n, "x": x, "l": [v for v in values if v and "; " not in v]}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns))
    writer.writeheader()
    writer.writerow({k: cell_of(v) for k, v in row.items()})
    (read,) = read_csv(io.BytesIO(out.getvalue().encode()), columns)
    plain = {k: v.replace("\ud800", "�") if isinstance(v, str) else v for k, v in row.items()}
    plain["l"] = "; ".join(row["l"]).replace("\ud800", "�").split("; ") if row["l"] else []  # type: ignore[arg-type]
    assert read == {k: None if v == "" else v for k, v in plain.items()}
    for value in out.getvalue().splitlines()[1:2]:
        assert value[:1] not in {"=", "+", "@"}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with tale(tmp_path_factory.mktemp("tale") / "t.detente", texts=2) as record:
        yield record


def test_every_format_is_written_whole(record: Any, tmp_path: Path) -> None:
    for format in FORMATS.values():
        table = record.events() if "events" in format.what else getattr(record, format.what[0])()
        rows = write_table(table, tmp_path / f"all.{format.ending}", format.name, record=record)
        assert (rows >= 2 or format.what == ("actors",)) and (tmp_path / f"all.{format.ending}").exists(), format.name


def test_csv_json_lines_and_parquet_of_a_record(record: Any, tmp_path: Path) -> None:
    wanted = record.events().to_dicts()
    assert len(wanted) == 2
    write_table(record.events(), tmp_path / "e.csv")
    with (tmp_path / "e.csv").open("rb") as stream:
        read = list(read_csv(stream, entry_columns("event")))
    assert read == [{k: None if v == "" else v for k, v in row.items()} for row in wanted]
    write_table(record.events(), tmp_path / "e.jsonl")
    assert [json.loads(line) for line in (tmp_path / "e.jsonl").read_text("utf-8").splitlines()] == wanted
    write_table(record.events(), tmp_path / "e.parquet")
    from pyarrow import parquet

    assert parquet.read_table(tmp_path / "e.parquet").to_pylist() == wanted


def test_plover_and_annotations_hold_whole_claims(record: Any, tmp_path: Path) -> None:
    wanted = [e.claim for e in record.events()]
    write_table(record.events(), tmp_path / "e.plover.jsonl", record=record)
    read = [event for _, event, problem in read_events(tmp_path / "e.plover.jsonl") if not problem]
    assert read == wanted
    write_table(record.events(), tmp_path / "e.jsonld", record=record)
    assert list(read_annotations(tmp_path / "e.jsonld")) == wanted


@settings(max_examples=40, deadline=None)
@given(text=words, name=words, number=st.floats(-90, 90))
def test_plover_holds_any_value(text: str, name: str, number: float) -> None:
    """Through JSON, whatever the words; only lone surrogates, which no file takes, are lost."""
    from exchange_tales import TEXT, treaty

    from detente import Document
    from detente.exchange.plover import event_from, event_json
    from detente.record import Entry

    event = treaty(Document.from_text(TEXT))
    event = dataclasses.replace(
        event,
        why=text,
        magnitude=name or None,
        actors=(dataclasses.replace(event.actors[0], name=name, text=text),),
        place=dataclasses.replace(event.place, name=name, lat=number),  # type: ignore[type-var]
    )
    entry = Entry(1, event.id, event, "unreviewed", "2020-03-03", "words", event.document, "a.txt", None, None, None)
    line = (
        json.dumps(event_json(entry), ensure_ascii=False)
        .encode("utf-8", "surrogatepass")
        .decode("utf-8", "surrogatepass")
    )
    assert event_from(json.loads(line)) == event


def test_annotations_point_at_the_words(record: Any, tmp_path: Path) -> None:
    write_table(record.events(), tmp_path / "e.jsonld", record=record)
    page = json.loads((tmp_path / "e.jsonld").read_text("utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for note in page["items"]:
        document = record.document(note["target"]["scope"].rpartition(":")[2])
        position, quote = note["target"]["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert document.text[position["start"] : position["end"]] == quote["exact"]
        at = document.text.index(quote["prefix"] + quote["exact"] + quote["suffix"])
        assert at + len(quote["prefix"]) == position["start"]


def test_one_row_for_each_pair_and_a_mention_for_each_document(record: Any, tmp_path: Path) -> None:
    rows = list(coded_rows(record, record.events()))
    pairs = [(r.source.key, r.target.key) for r in rows]
    assert sorted(pairs) == [("BRA", "JPN"), ("CHL", "PER"), ("JPN", "BRA")]
    assert len({number_of(r.id) for r in rows}) == 3
    assert {r.documents for r in rows} == {2}
    mentions = tmp_path / "m.mentions.CSV"
    assert write_table(record.events(), mentions, record=record) == 6
    told = [line.split("\t") for line in mentions.read_text("utf-8").splitlines()]
    assert {line[4] for line in told} == {"Wire 0", "Wire 1"}
    text = record.document("wire-0.txt").text
    for line in told:
        assert text[int(line[9]) :].startswith(("signed", "warned"))
        assert line[6] in {"2", "3"}  # the dispatch's second and third sentence


def test_what_did_not_happen_is_left_out(tmp_path: Path) -> None:
    from exchange_tales import TEXT, treaty

    from detente import Document, Record

    document = Document.from_text(TEXT, source="a.txt")
    with Record(tmp_path / "t.detente") as record:
        for n, status in enumerate(("done", "planned", "denied", "hypothetical")):
            other = dataclasses.replace(document, id=f"{n:016x}", source=f"{n}.txt")
            record.add(other, [dataclasses.replace(treaty(other), status=status)])  # type: ignore[arg-type]
        assert {r.status for r in coded_rows(record, record.events(merged=False))} == {"done", "planned"}


def test_what_a_shape_cannot_hold_is_left_out() -> None:
    from detente.exchange.shapes import with_type

    whole = with_type(Coded(id="0" * 16, day="2020-01-01", cameo="057"))
    others = [
        dataclasses.replace(whole, day=""),
        dataclasses.replace(whole, cameo="", type="DANCE"),
        dataclasses.replace(whole, cameo="010", type="STATEMENT"),
    ]
    for shape, n in ((GDELT, 2), (ICEWS, 2), (PHOENIX, 2), (PETRARCH, 2), (POLECAT, 1)):
        assert shape.write_coded([whole, *others], io.BytesIO()) == n, shape.name
    assert with_type(Coded(cameo="016")).type == "REJECT" and with_type(Coded(cameo="010")).type == ""


def test_who_speaks_for_an_organisation_has_its_code(tmp_path: Path) -> None:
    from exchange_tales import TEXT, treaty

    from detente import ActorRef, Document, Record

    document = Document.from_text(TEXT, source="a.txt", published="2020-03-03")
    head = ActorRef(
        text="its secretary-general", id="NATO", name="A. Person", person="A. Person", code="IGO", role="IGO"
    )
    with Record(tmp_path / "t.detente") as record:
        record.add(document, [dataclasses.replace(treaty(document), actors=(head,), reciprocal=False)])
        rows = list(coded_rows(record, record.events()))
    assert {(r.source.code, r.source.key) for r in rows} == {("IGOWSTNAT", "NATO")}


def test_claims_of_any_kind_as_annotations(tmp_path: Path) -> None:
    """A statement with nested values reads back as it was."""
    from detente import Attribution, Document, Record, Span

    document = Document.from_text('"Never," said the envoy.', source="q.txt")
    said = Attribution(
        document=document.id, span=Span(0, 24), cue=Span(9, 13), content=(Span(1, 7),), quote="direct", confidence=0.9
    )
    with Record(tmp_path / "t.detente") as record:
        record.add(document, [said])
        write_table(record.statements(), tmp_path / "s.jsonld", record=record)
    (read,) = read_annotations(tmp_path / "s.jsonld")
    assert to_dict(read) == to_dict(said) and not isinstance(read, Event)


def test_cells_hold_one_line() -> None:
    assert cell("a\tb\r\n c\x00\x1bd") == "a b c d"
    assert cell("\u202e x \ud800") == "\u202e x �"
    assert "\n" not in cell("a\u2028b\x85c")


def test_as_dict_is_whole() -> None:
    assert set(as_dict(Coded())) == {f.name for f in dataclasses.fields(Coded)}
