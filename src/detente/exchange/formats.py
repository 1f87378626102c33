"""The formats that a record can be written in: one row each, so that another is one row and one module.

A writer is `write(record, table, out) -> rows`: it takes the table of what was asked and an open binary file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from ..record import Record, Table

Writer = Callable[[Record, Table[Any], IO[bytes]], int]
EVENTS = ("events",)
CLAIMS = ("events", "statements", "stances", "agreements", "plans")
ALL = (*CLAIMS, "documents", "sources")
ACTORS = ("actors",)


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    name: str
    ending: str
    """Of the files, without the dot."""
    what: tuple[str, ...]
    """Which lists of a record it can hold."""
    writer: str
    """'module:function' in this package, imported when it is used."""
    about: str

    def write(self, record: Record, table: Table[Any], out: IO[bytes]) -> int:
        """Writes a table. Returns the number of rows."""
        module, _, function = self.writer.partition(":")
        write: Writer = getattr(import_module(f"{__package__}.{module}"), function)
        return write(record, table, out)


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("csv", "csv", (*ALL, *ACTORS), "tables:csv_of", "all columns, lists joined by '; '"),
        Format("jsonl", "jsonl", (*ALL, *ACTORS), "tables:jsonl_of", "all columns, one JSON object a line"),
        Format("parquet", "parquet", (*ALL, *ACTORS), "tables:parquet_of", "all columns with their types, for R, pandas, Polars, DuckDB"),
        Format("gdelt", "export.CSV", EVENTS, "gdelt:write_events", "GDELT 2.0 event table, 61 columns"),
        Format("gdelt-mentions", "mentions.CSV", EVENTS, "gdelt:write_mentions", "GDELT 2.0 mention table, 16 columns"),
        Format("icews", "tab", EVENTS, "icews:write_events", "ICEWS, 20 columns with a heading"),
        Format("phoenix", "txt", EVENTS, "phoenix:write_events", "Phoenix, 26 columns"),
        Format("petrarch", "txt", EVENTS, "phoenix:write_petrarch", "what PETRARCH-2 writes, 8 columns"),
        Format("polecat", "txt", EVENTS, "polecat:write_events", "POLECAT with PLOVER types, 40 columns with a heading"),
        Format("plover", "plover.jsonl", EVENTS, "plover:write_events", "PLOVER events, one JSON object a line"),
        Format("ftm", "ftm.jsonl", ACTORS, "ftm:write_entities", "FollowTheMoney entities, one JSON object a line"),
        Format("annotations", "jsonld", CLAIMS, "annotations:write_annotations", "W3C Web Annotations, JSON-LD"),
    )
}  # fmt: skip
"""Every format by name."""
BY_ENDING = {"csv": "csv", "jsonl": "jsonl", "ndjson": "jsonl", "parquet": "parquet", "jsonld": "annotations"}
"""The formats that a file's ending alone names; '.plover.jsonl' is looked at before '.jsonl'."""
