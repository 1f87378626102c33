"""Parquet: rows as documents, whatever their types, and what is broken reported row by row."""

from __future__ import annotations

import datetime
import io
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.document import Document
from detente.errors import ReadError
from detente.sources import Limits, enumerate_inputs, read_bytes, read_inputs, read_source
from detente.sources.many import Meter
from detente.sources.parquet import read_parquet

SENTENCE = "Norland accused Sudmark of breaking the truce of the river."


def packed(table: pa.Table, **how) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **how)
    return sink.getvalue()


def read_here(data: bytes, limits: Limits | None = None, **more) -> list[Document | ReadError]:
    """Without the child process, which the other tests show."""
    found = read_parquet(io.BytesIO(data), len(data), "t.parquet", limits or Limits(), **more)
    return [one for one in found if isinstance(one, Document | ReadError)]


def test_columns_are_found_by_the_names_that_json_lines_has(tmp_path):
    rows = {
        "Story-ID": ["a", "b"],
        "Body": [SENTENCE, "Sudmark denied it."],
        "headline": ["Truce broken", None],
        "publication_date": pa.array([datetime.date(2020, 3, 1), datetime.date(2020, 3, 2)]),
        "publisher": pa.array(["Paper", "Paper"]).dictionary_encode(),
        "link": ["https://example.org/a", None],
        "vector": [[0.1, 0.2], [0.3]],
    }
    file = tmp_path / "n.parquet"
    pq.write_table(pa.table(rows), file)
    one, other = read_source(file)
    assert (one.text, one.title, one.outlet, one.published, one.url) == (
        SENTENCE,
        "Truce broken",
        "Paper",
        "2020-03-01",
        "https://example.org/a",
    )
    assert one.source.endswith("n.parquet#a") and other.source.endswith("#b") and one.id != other.id
    assert one.media_type == "application/vnd.apache.parquet"


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (pa.array([datetime.datetime(2021, 5, 6, 7, 8)], pa.timestamp("ns")), "2021-05-06T07:08:00"),
        (
            pa.array([datetime.datetime(2021, 5, 6, 7, 8)], pa.timestamp("us", tz="Europe/Oslo")),
            "2021-05-06T07:08:00Z",
        ),
        (pa.array([20210506], pa.int64()), "2021-05-06"),
        (pa.array([Decimal("20210506")]), "2021-05-06"),
        (pa.array([b"6 May 2021"]), "2021-05-06"),
        (pa.array([None], pa.null()), None),
    ],
)
def test_days_are_read_from_whatever_type_holds_them(values, published):
    (found,) = read_here(packed(pa.table({"text": [SENTENCE], "date": values})))
    assert found.published == published


def test_rows_without_a_text_are_reported_and_the_others_are_read(tmp_path):
    texts = pa.array([SENTENCE, None, "  ", SENTENCE])
    found = list(read_bytes(packed(pa.table({"text": texts})), name="t.parquet"))
    assert [f.reason if isinstance(f, ReadError) else f.text for f in found] == [
        SENTENCE,
        "no-text",
        "no-text",
        SENTENCE,
    ]
    assert [f.source for f in found if isinstance(f, ReadError)] == ["t.parquet#row 2", "t.parquet#row 3"]


def test_a_row_that_is_not_utf8_is_an_error_of_that_row():
    bad = pa.array([SENTENCE.encode(), b"\xff\xfe\xfd" * 5, SENTENCE.encode()], pa.binary())
    table = pa.table({"text": pa.Array.from_buffers(pa.string(), 3, bad.buffers())})
    found = read_here(packed(table))
    assert [f.reason if isinstance(f, ReadError) else "read" for f in found] == ["read", "damaged", "read"]


def test_a_broken_row_group_is_reported_and_the_next_is_read():
    texts = [f"{SENTENCE} Report {n}, {n * 7919}." for n in range(300)]
    data = bytearray(packed(pa.table({"text": texts}), row_group_size=100, use_dictionary=False))
    column = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(0)
    start = column.data_page_offset
    data[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    found = read_here(bytes(data))
    errors = [f for f in found if isinstance(f, ReadError)]
    assert len(found) - len(errors) == 200
    assert [e.reason for e in errors] == ["damaged"] and "rows 101 to 200" in errors[0].message


def test_what_is_no_parquet_or_has_no_text_says_so():
    assert [f.reason for f in read_bytes(b"PAR1" + b"\0" * 50, name="x.parquet")] == ["damaged"]
    (found,) = read_bytes(packed(pa.table({"number": [1, 2]})), name="x.parquet")
    assert found.reason == "no-text" and "no column named" in found.message


def test_a_small_file_that_unpacks_into_a_lot_is_a_bomb():
    same = pa.array(["x" * 1_000_000]).dictionary_encode()
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 600, pa.int32()), same.dictionary)})
    data = packed(table)
    assert len(data) < 1_100_000
    limits = Limits(unpack_ratio=100)
    *read, end = read_bytes(data, name="t.parquet", limits=limits)
    assert end.reason == "bomb" and len(read) < 150


def test_reading_goes_on_behind_the_rows_at_which_it_ended():
    data = packed(pa.table({"text": [f"{SENTENCE} {n}" for n in range(200)]}), row_group_size=100)
    assert [d.source for d in read_here(data, after=64)][:1] == ["t.parquet#row 101"]
    assert len(read_here(data, after=0)) == 200 - 64


def test_how_far_the_reading_is_shows_in_bytes(tmp_path):
    pq.write_table(pa.table({"text": [f"{SENTENCE} {n}" for n in range(1000)]}), tmp_path / "a.parquet")
    lines = "\n".join(json.dumps({"text": f"{SENTENCE} {n}"}) for n in range(1000))
    (tmp_path / "b.jsonl").write_text(lines)
    inputs = list(enumerate_inputs(tmp_path))
    meter = Meter(inputs)
    seen = [meter.read for _ in read_inputs(inputs, meter=meter)]
    assert meter.total == sum(p.stat().st_size for p in tmp_path.iterdir()) == meter.read
    assert seen == sorted(seen) and len(set(seen)) > 500
    of_first = (tmp_path / "a.parquet").stat().st_size
    assert 0.3 * of_first < seen[500] < 0.7 * of_first


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=10))), max_size=20),
    st.integers(1, 7),
)
def test_any_texts_come_back_to_the_character(rows, size):
    rows = [(t.replace("\0", ""), o) for t, o in rows]
    table = pa.table(
        {"text": pa.array([t for t, _ in rows], pa.string()), "outlet": pa.array([o for _, o in rows], pa.string())}
    )
    found = read_here(packed(table, row_group_size=size))
    assert len(found) == len(rows)
    for one, (text, _) in zip(found, rows, strict=True):
        assert one.text == text if isinstance(one, Document) else not text.strip()
