"""`detente aggregate`: events as a panel of numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ._shared import DEFAULT_RECORD, Json, RecordFile, Since, Until, examples, open_record, print_json

HELP = (
    "Count events by dyad and month, or by what else you need, as a table for models.\n\n`--by` takes any of dyad (who to whom), "
    "pair (either way), source, target, type, and one of day, week, month, quarter, year. `--scale` is counts, goldstein (sum, "
    "mean, cooperation and conflict apart) or quad (the four quad classes). Every row has the coverage of its period (documents on "
    "record; for a provider its events), a rate per 1,000 of it, and the outlets that fell silent; warnings say so too.\n\n"
    "Counted is what stands: what was done, promises and threats that were made. An event whose date does not fit into one "
    "period is left out and counted as such."
    + examples(
        "detente aggregate --by dyad --by month --scale goldstein --one-a-day --out panel.parquet",
        "detente aggregate --by type --by year --out types.csv",
        "detente aggregate --by dyad --by month --scale quad --fill --provider gdelt --json",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `aggregate`."""
    app.command("aggregate", help=HELP)(aggregate)


def aggregate(
    by: Annotated[
        list[str], typer.Option(help="What to count by; may be given again, or several in one: 'dyad month'.")
    ],
    record: RecordFile = DEFAULT_RECORD,
    scale: Annotated[str, typer.Option(help="counts, goldstein or quad.")] = "counts",
    one_a_day: Annotated[
        bool, typer.Option("--one-a-day", help="The same code between the same two on one day counts once.")
    ] = False,
    fill: Annotated[bool, typer.Option("--fill", help="Zeros for every unit in every period.")] = False,
    provider: Annotated[
        str | None, typer.Option(help="Count a provider's events (detente import) instead of ours.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(help="Only events of this status; may be given again.")] = None,
    since: Since = None,
    until: Until = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file: .csv, .json, .jsonl or .parquet.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="csv, json, jsonl or parquet.")] = None,
    json: Json = False,
) -> None:
    from contextlib import ExitStack

    from ..exchange.aggregate import aggregate as run
    from ..exchange.frames import write_rows
    from ..exchange.others import Others, beside

    asked = [word for given in by for word in given.replace(",", " ").split()]
    with ExitStack() as opened:
        rec = opened.enter_context(open_record(record))
        others = opened.enter_context(Others(beside(record), create=False)) if provider else None
        panel = run(
            rec, asked, scale, others=others, provider=provider, since=since, until=until, one_a_day=one_a_day, fill=fill,
            statuses=status,
        )  # fmt: skip
    about = {"by": asked, "scale": scale, "one_a_day": one_a_day, "provider": provider, **panel.about()}
    if out is not None:
        write_rows(panel.rows, panel.columns, out, format, about)
    if json:
        print_json({**about, "file": str(out) if out else None, "rows": len(panel.rows) if out else panel.rows})
        return
    if out is None:
        write_rows(panel.rows, panel.columns, "-", format or "csv", about)
    told = sys.stderr if out is None else sys.stdout
    left = [
        f"{panel.repeated} repeated on their day" if one_a_day else "",
        f"{panel.imprecise} without a day within one period",
    ]
    print(
        f"{len(panel.rows)} rows of {panel.counted} events; left out: {', '.join(filter(None, left))}; "
        f"{panel.undated} stand at their document's day" + (f"; written to {out}" if out else ""),
        file=told,
    )
    for warning in panel.warnings:
        print(f"warning: {warning}", file=sys.stderr)
