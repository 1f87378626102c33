"""Tables of the record as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from ..record import Record, Table
from ..record.table import Columns
from .formats import BY_ENDING, FORMATS, Format

_ROWS_A_GROUP = 20_000
_LONE = re.compile("[\ud800-\udfff]")


def write_table(table: Table[Any], path: str | Path, format: str | None = None, *, record: Record | None = None) -> int:
    """Writes all rows of `table`; the format follows from the ending of `path` unless given. Returns the number of rows.

    The file appears under its name when it is complete: a failure leaves what was there before. `-` is standard
    output. `record` is asked by the formats that tell of documents as well (all but csv, jsonl and parquet). Raises
    UsageError for an unknown format.
    """
    chosen = format_of(path, format)
    if record is None and chosen.name not in {"csv", "jsonl", "parquet"}:
        raise UsageError(f"export: {chosen.name} is made from the record as well as from the table; give record=")
    with opened(path) as out:
        return chosen.write(record, table, out)  # type: ignore[arg-type]


def format_of(path: str | Path, format: str | None) -> Format:
    """The format asked for, else the one that the ending names. Raises UsageError for none."""
    name = (format or "").lower()
    if not format:
        name = next(
            (f"{f.name}" for f in FORMATS.values() if "." in f.ending and str(path).endswith("." + f.ending)), ""
        )
        name = name or BY_ENDING.get(Path(path).suffix.lstrip(".").lower(), Path(path).suffix.lstrip("."))
    name = BY_ENDING.get(name, name)
    if name not in FORMATS:
        raise UsageError(
            f"export: {name or 'no ending'!r} is none of {', '.join(FORMATS)}; name the file so, or give --format"
        )
    return FORMATS[name]


def csv_of(_: Record, table: Table[Any], out: IO[bytes]) -> int:
    return write_csv(table, out)


def jsonl_of(_: Record, table: Table[Any], out: IO[bytes]) -> int:
    return write_jsonl(table, out)


def parquet_of(_: Record, table: Table[Any], out: IO[bytes]) -> int:
    return write_parquet(table, out)


def write_csv(table: Table[Any], out: IO[bytes]) -> int:
    """UTF-8 with a heading; several values of a cell are joined by '; '. Cells that a spreadsheet would run as a
    formula get an apostrophe before them."""
    import io

    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, list(table.columns), extrasaction="ignore")
    writer.writeheader()
    n = 0
    for row in table.rows():
        n += 1
        writer.writerow({k: cell_of(v) for k, v in row.items()})
    text.flush()
    text.detach()
    return n


def write_jsonl(table: Table[Any], out: IO[bytes]) -> int:
    """One JSON object a line, UTF-8."""
    n = 0
    for row in table.rows():
        n += 1
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return n


def write_parquet(table: Table[Any], out: IO[bytes]) -> int:
    """Parquet with Zstandard; lists stay lists."""
    import pyarrow
    from pyarrow import parquet

    schema = table.schema()
    n, rows = 0, table.rows()
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROWS_A_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            n += len(group)
    return n


def read_csv(stream: IO[bytes], columns: Columns) -> Iterator[dict[str, Any]]:
    """Flat rows of a file that `write_csv` wrote: an empty cell is None, and the apostrophe is gone."""
    import io

    text = io.TextIOWrapper(stream, "utf-8", newline="")
    for row in csv.DictReader(text):
        yield {name: _value(row[name], kind) for name, kind in columns.items()}
    text.detach()


def _value(text: str, kind: type) -> Any:
    if text[:1] == "'" and text.lstrip("'")[:1] in _RUNS:
        text = text[1:]
    if kind is list:
        return text.split("; ") if text else []
    return kind(text) if text else None


_RUNS = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula."""


def cell_of(value: Any) -> Any:
    """A value as a cell of CSV: lists joined, what a spreadsheet would run after an apostrophe."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        value = _LONE.sub("\ufffd", value)
        if value.lstrip("'")[:1] in _RUNS and value.lstrip("'"):
            return "'" + value
    return value


@contextmanager
def opened(path: str | Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdout.buffer
        return
    whole = Path(path)
    partial = whole.with_name(whole.name + ".part")
    try:
        with partial.open("wb") as out:
            yield out
        partial.replace(whole)
    except OSError as error:
        raise UsageError(
            f"export: {whole} cannot be written ({error.strerror}); name a file in a folder that you may write"
        ) from error
    finally:
        partial.unlink(missing_ok=True)
