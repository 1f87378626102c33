"""The reference names every table of the schema, every column that leaves the record, and every method."""

from __future__ import annotations

import re
from pathlib import Path

from detente import Record
from detente.record.table import entry_columns

DOCS = Path(__file__).parents[2] / "docs" / "reference"
SCHEMA = Path(__file__).parents[2] / "src" / "detente" / "record" / "schema.sql"


def test_tables_and_columns_are_documented() -> None:
    page = (DOCS / "record.md").read_text("utf-8")
    tables = re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", SCHEMA.read_text("utf-8"))
    assert len(tables) > 12
    for name in (*tables, *entry_columns("event", "attribution", "stance", "agreement", "plan")):
        assert re.search(rf"\b{name}\b", page), f"docs/reference/record.md lacks {name}"


def test_methods_are_documented() -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    for name in vars(Record):
        assert name.startswith("_") or f"`{name}" in page, f"docs/reference/python.md lacks Record.{name}"
