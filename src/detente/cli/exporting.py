"""`detente export`: take rows of the record away, in our columns or in those of other people's event data."""

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
    actors = "actors"


EXPORT_HELP = (
    "Write rows of the record to a file.\n\nThe format follows from the file's ending (.csv, .jsonl, .parquet, .plover.jsonl, "
    ".jsonld, .export.CSV, .mentions.CSV) or from --format; `-` is standard output. Our own columns: csv, jsonl, parquet. Events "
    "as others have them: gdelt, gdelt-mentions, icews, phoenix, petrarch, polecat, plover; these have one actor and one "
    "recipient a row, and leave out what is planned, denied or hypothetical, which they cannot tell from what happened; promises "
    "and threats that were made stay (plover keeps all). Claims pointing at their words: annotations (W3C). Actors with their offices as FollowTheMoney entities: ftm "
    "(.ftm.jsonl). Every column: docs/reference/data-dictionary.md."
    + examples(
        "detente export events events.parquet",
        "detente export events ru-ir.csv --between RUS IRN --since 2011",
        "detente export events 20111112.export.CSV",
        "detente export events events.tab --format icews",
        "detente export statements quotes.jsonld",
        "detente export statements - --format jsonl",
        "detente export actors actors.ftm.jsonl",
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
        str | None, typer.Option("--format", "-f", help="A format of the list above; else by the file's ending.")
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
    from ..exchange.tables import format_of

    chosen = format_of(out, format)
    if what.value not in chosen.what:
        raise UsageError(
            f"{chosen.name} holds {', '.join(chosen.what)}, not {what.value}; csv, jsonl and parquet hold all"
        )
    if what is not What.events and (between or type):
        raise UsageError(f"--between and --type choose among events; {what.value} have neither")
    with open_record(record) as rec:
        if what is What.events:
            table = rec.events(between, type=type, since=since, until=until, merged=not each)
        elif what is What.actors:
            table = rec.actors()  # type: ignore[assignment]
        elif what is What.sources:
            table = rec.sources()  # type: ignore[assignment]
        elif what is What.documents:
            table = rec.documents(since=since, until=until)  # type: ignore[assignment]
        else:
            table = getattr(rec, what.value)(since=since, until=until, merged=not each)
        rows = write_table(table, out, format, record=rec)
    if json:
        print_json({"file": str(out), "format": chosen.name, "rows": rows})
    elif str(out) != "-":
        console().print(f"{rows} {what.value} written to {out}{as_rows(chosen.name)}", markup=False)


def as_rows(format: str) -> str:
    """What the number of rows counts, where it is not the claims."""
    pairs = {"gdelt", "icews", "phoenix", "petrarch", "polecat"}
    return f" as {format}, one row for each actor and recipient" if format in pairs else ""
