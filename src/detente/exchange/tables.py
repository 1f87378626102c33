"""Tables of the record as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from ..record import Table

FORMATS = ("csv", "jsonl", "parquet")
_ROWS_A_GROUP = 20_000


def write_table(table: Table[Any], path: str | Path, format: str | None = None) -> int:
    """Writes all rows of `table`; the format follows from the ending of `path` unless given. Returns the number of rows.

    The file appears under its name when it is complete: a failure leaves what was there before. `-` is standard
    output. Raises UsageError for an unknown format.
    """
    chosen = (format or Path(path).suffix.lstrip(".")).lower().replace("ndjson", "jsonl")
    if chosen not in FORMATS:
        raise UsageError(
            f"export: {chosen or 'no ending'!r} is none of {', '.join(FORMATS)}; name the file so, or give --format"
        )
    writers = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
    with _opened(path) as out:
        return writers[chosen](table, out)


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
        writer.writerow({k: _cell(v) for k, v in row.items()})
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


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value


@contextmanager
def _opened(path: str | Path) -> Iterator[IO[bytes]]:
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
