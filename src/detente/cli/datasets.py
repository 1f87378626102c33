"""`detente dataset`: tables of the record in a folder, described for those who find them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, open_record, print_json

HELP = (
    "Write the record's tables into a folder, ready to be published.\n\nBeside the tables stand `datapackage.json` (Frictionless), "
    "`croissant.json` (Croissant 1.0) and `README.md` (the data dictionary): size and sha256 of each file, type and meaning of each "
    "column, which rules made it of how many documents. `--no-texts` leaves the documents' words out, where they may not be passed "
    "on; the positions stay."
    + examples(
        "detente dataset iran-2011/ -r iran.detente --title 'Iran, 2011' --licence CC-BY-4.0 --creator 'A. Kovac'",
        "detente dataset out/ --what events --format csv --no-texts",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `dataset`."""
    app.command("dataset", help=HELP)(dataset)


def dataset(
    folder: Annotated[Path, typer.Argument(help="The folder; it is made.")],
    record: RecordFile = DEFAULT_RECORD,
    title: Annotated[str | None, typer.Option(help="Its title; else the record's name.")] = None,
    description: Annotated[str, typer.Option(help="What it is about.")] = "",
    licence: Annotated[str, typer.Option(help="SPDX id of the licence that you give: CC-BY-4.0, CC0-1.0.")] = "",
    creator: Annotated[str, typer.Option(help="Who publishes it.")] = "",
    version: Annotated[str, typer.Option(help="Its version.")] = "1.0.0",
    url: Annotated[str, typer.Option(help="Where it will be found.")] = "",
    what: Annotated[list[str] | None, typer.Option(help="Tables: events, statements, ...; may be given again.")] = None,
    format: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="csv, parquet or jsonl; may be given again.")
    ] = None,
    texts: Annotated[
        bool, typer.Option("--texts/--no-texts", help="Whether the words of the documents go along.")
    ] = True,
    json: Json = False,
) -> None:
    from ..exchange.datasets import About, write_dataset
    from ..record.store import path_of

    about = About(
        title=title or path_of(record).stem,
        description=description,
        licence=licence,
        creator=creator,
        version=version,
        url=url,
    )
    with open_record(record) as rec:
        chosen = what or ["events", "statements", "stances", "agreements", "plans", "documents"]
        files = write_dataset(rec, folder, about, what=chosen, formats=format or ["parquet", "csv"], texts=texts)
    if json:
        print_json({"folder": str(folder), "files": [{n: getattr(f, n) for n in f.__slots__} for f in files]})
        return
    for file in files:
        console().print(f"{file.rows:>8} rows  {folder / file.path}", markup=False)
    told = "" if licence else "; no licence is given, so nobody may use it: --licence CC-BY-4.0"
    console().print(f"described in datapackage.json, croissant.json and README.md{told}", markup=False)
