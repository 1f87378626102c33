"""Tables with a delimiter: rows as documents, and tables of events told from texts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.document import Document
from detente.errors import ReadError
from detente.sources import Limits, read_bytes, read_source
from detente.sources.spreadsheet import read_table

SENTENCE = "Norland accused Sudmark of breaking the truce, and called it “a disgrace”."
EXAMPLES = Path(__file__).parents[2] / "examples"


def read_here(data: bytes, **more) -> list[Document | ReadError]:
    """Without the child process, which the other tests show."""
    found = read_table(io.BytesIO(data), len(data), "t.csv", Limits(), **more)
    return [one for one in found if isinstance(one, Document | ReadError)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_a_document(tmp_path, encoding, delimiter):
    file = tmp_path / "news.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        rows = csv.writer(out, delimiter=delimiter)
        rows.writerow(["Story-ID", "Headline", "Publication", "Date", "Body"])
        rows.writerow(["a", "Truce; broken, again", "The Paper", "1 March 2020", f"{SENTENCE}\n\nSudmark denied it."])
        rows.writerow([])
        rows.writerow(["b", "", "The Paper", "2020-03-02", "Sudmark sent an envoy."])
    one, other = read_source(file)
    assert (one.text, one.title, one.outlet, one.published) == (
        f"{SENTENCE}\n\nSudmark denied it.",
        "Truce; broken, again",
        "The Paper",
        "2020-03-01",
    )
    assert one.source.endswith("news.csv#a") and other.source.endswith("#b")
    assert one.media_type == "text/csv"


def test_a_row_without_a_text_is_reported_and_the_others_are_read():
    first, second, third = read_here(b"text,date\nIran met Iraq.,2020-01-01\n,2020-01-02\nIraq met Iran.\n")
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, ReadError) and second.reason == "no-text" and second.source == "t.csv#row 2"


def test_reading_goes_on_behind_a_row():
    lines = ["text"] + [f"Minister {n} met the envoy." for n in range(200)]
    again = read_here("\n".join(lines).encode(), after=64)
    assert [d.text for d in again if isinstance(d, Document)] == lines[1 + 128 :]


def test_a_cell_too_long_is_one_error():
    limits = Limits(document_bytes=1000)
    data = ("text\n" + "a" * 2000 + "\nIran met Iraq.\n").encode()
    found = [f for f in read_table(io.BytesIO(data), len(data), "t.csv", limits) if isinstance(f, Document | ReadError)]
    assert [getattr(f, "reason", "read") for f in found] == ["too-large", "read"]


@pytest.mark.parametrize("name", ["acled.csv", "icews.tab", "phoenix.txt", "polecat.txt", "petrarch.txt", "sample.export.CSV", "sample.mentions.CSV"])  # fmt: skip
def test_a_table_of_events_is_no_text(name):
    (found,) = read_source(EXAMPLES / "exchange" / name)
    assert isinstance(found, ReadError) and found.reason == "no-text" and "detente import" in found.message


@pytest.mark.parametrize("text", [SENTENCE, f"{SENTENCE}\n\tIndented.\n", "A\tB\tC\n", "One, two; three | four\n"])
def test_prose_with_marks_in_it_is_prose(text):
    (found,) = read_bytes(text.encode(), name="a.txt")
    assert isinstance(found, Document) and found.media_type == "text/plain"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5), max_size=8))
def test_whatever_the_cells_hold_nothing_is_raised(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["text", "date", "title"], *rows])
    for found in read_here(out.getvalue().encode()):
        assert isinstance(found, ReadError) or found.text.strip()
