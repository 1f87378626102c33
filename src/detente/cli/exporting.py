"""`detente export`: take rows of the record away as CSV, JSON Lines or Parquet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ._shared import (
    DEFAULT_RECORD,
    Between,
    Each,
    Json,
    RecordFile,
    Since,
    Until,
    console,
    examples,
    open_record,
    print_json,
)


class What(StrEnum):
    """What can be exported."""

    events = "events"
    statements = "statements"
    stances = "stances"
    agreements = "agreements"
    plans = "plans"
    documents = "documents"
    sources = "sources"


EXPORT_HELP = (
    "Write rows of the record to a file.\n\nThe format follows from the file's ending: .csv, .jsonl, .parquet. `-` is standard "
    "output (with --format). Columns: docs/reference/record.md."
    + examples(
        "detente export events events.parquet",
        "detente export events ru-ir.csv --between RUS IRN --since 2011",
        "detente export statements - --format jsonl",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `export`."""
    app.command("export", help=EXPORT_HELP)(export)


def export(
    what: Annotated[What, typer.Argument(help="What to export.")],
    out: Annotated[Path, typer.Argument(help="The file to write, or - for standard output.")],
    record: RecordFile = DEFAULT_RECORD,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="csv, jsonl or parquet; else by the file's ending.")
    ] = None,
    between: Between = None,
    type: Annotated[list[str] | None, typer.Option(help="Events of this type only.")] = None,
    since: Since = None,
    until: Until = None,
    each: Each = False,
    json: Json = False,
) -> None:
    from ..errors import UsageError
    from ..exchange import write_table

    if what is not What.events and (between or type):
        raise UsageError(f"--between and --type choose among events; {what.value} have neither")
    with open_record(record) as rec:
        if what is What.events:
            table = rec.events(between, type=type, since=since, until=until, merged=not each)
        elif what is What.sources:
            table = rec.sources()  # type: ignore[assignment]
        elif what is What.documents:
            table = rec.documents(since=since, until=until)  # type: ignore[assignment]
        else:
            table = getattr(rec, what.value)(since=since, until=until, merged=not each)
        rows = write_table(table, out, format)
    if json:
        print_json({"file": str(out), "rows": rows})
    elif str(out) != "-":
        console().print(f"{rows} {what.value} written to {out}", markup=False)
