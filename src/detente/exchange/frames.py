"""Rows with named, typed columns that do not come from the record: written as CSV, JSON, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..record.table import Columns
from .tables import cell_of, opened

ENDINGS = ("csv", "json", "jsonl", "parquet")


def write_rows(
    rows: Iterable[dict[str, Any]], columns: Columns, path: str | Path, format: str | None, about: dict[str, Any]
) -> None:
    """Writes the rows; `about` goes with them where the format has room (JSON, and Parquet's metadata)."""
    chosen = (format or Path(path).suffix.lstrip(".")).lower()
    if chosen not in ENDINGS:
        raise UsageError(
            f"{path}: {chosen or 'no ending'!r} is none of {', '.join(ENDINGS)}; name the file so, or give --format"
        )
    with opened(path) as out:
        if chosen == "csv":
            text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
            writer = csv.DictWriter(text, list(columns))
            writer.writeheader()
            writer.writerows({k: cell_of(v) for k, v in row.items()} for row in rows)
            text.detach()
        elif chosen == "parquet":
            _parquet(list(rows), columns, out, about)
        elif chosen == "jsonl":
            out.writelines(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for row in rows)
        else:
            whole = json.dumps({**about, "rows": list(rows)}, ensure_ascii=False, indent=1)
            out.write(whole.encode("utf-8", "replace") + b"\n")


def _parquet(rows: list[dict[str, Any]], columns: Columns, out: Any, about: dict[str, Any]) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        list: pyarrow.list_(pyarrow.string()),
    }
    fields = [(name, kinds[kind]) for name, kind in columns.items()]
    schema = pyarrow.schema(fields, metadata={"detente": json.dumps(about)})
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), out, compression="zstd")
