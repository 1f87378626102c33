"""`detente import`: other people's events, beside the record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from . import EXIT_PARTLY
from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, print_json

HELP = (
    "Bring other people's event tables in, to be compared with ours and counted.\n\nFORMAT is gdelt (1.0 and 2.0 event tables), "
    "icews, polecat, acled, phoenix or petrarch. Files may be packed (.gz, .zip). The events go into a file beside the record "
    "(iran.detente has iran.others.detente), under the name of who provides them, with the file and line that each came from; "
    "they never mix with what documents say. The same row twice is there once. Rows that cannot be used are counted with the "
    "reason."
    + examples(
        "detente import gdelt 20231124.export.CSV.zip -r iran.detente",
        "detente import icews events.2011.tab --as icews-2011",
        "detente import acled yemen.csv --json",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `import`."""
    app.command("import", help=HELP)(bring_in)


def bring_in(
    format: Annotated[str, typer.Argument(help="gdelt, icews, polecat, acled, phoenix or petrarch.")],
    files: Annotated[list[Path], typer.Argument(help="The files.")],
    record: RecordFile = DEFAULT_RECORD,
    provider: Annotated[str | None, typer.Option("--as", help="The provider's name; else that of the format.")] = None,
    json: Json = False,
) -> None:
    from ..exchange.others import Others, beside

    name = provider or format
    with Others(beside(record)) as others:
        ledgers = [others.bring_in(path, provider=name, format=format, progress=_meter(path)) for path in files]
        holds = others.providers().get(name, 0)
    if json:
        print_json(
            {
                "file": str(beside(record)),
                "provider": name,
                "files": [ledger.to_dict() for ledger in ledgers],
                "events": holds,
            }
        )
    else:
        for ledger in ledgers:
            console().print(
                f"{ledger.path}: {ledger.received} rows; {ledger.added} added, {ledger.had} had already, {ledger.refused} refused",
                markup=False,
            )
            for reason, n in sorted(ledger.reasons.items(), key=lambda item: -item[1])[:5]:
                console().print(f"  {n} refused: {reason}", markup=False)
            if ledger.stopped:
                console().print(f"  stopped: {ledger.stopped}", markup=False)
        console().print(f"{holds} events of {name} in {beside(record)}", markup=False)
    if any(ledger.refused or ledger.stopped for ledger in ledgers):
        raise typer.Exit(EXIT_PARTLY)


def _meter(path: Path) -> Callable[[int], None] | None:
    """Tells a person at a terminal how far a long file has come."""
    if not sys.stderr.isatty():
        return None

    def tell(rows: int) -> None:
        if rows % 100_000 == 0:
            print(f"{path}: {rows:,} rows", file=sys.stderr)

    return tell
