"""`detente compare`: a provider's events beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ._shared import DEFAULT_RECORD, Json, RecordFile, Since, Until, console, examples, one_line, print_json

if TYPE_CHECKING:
    from ..exchange.compare import Comparison

HELP = (
    "Compare other people's events with ours: agreement by type, dyad and month, and why a row of theirs is not in ours.\n\n"
    "Compared are distinct events of a day: actor, recipient, PLOVER type, day. A row of theirs is in ours when a done event of "
    "ours has the same sides and type within a day. Bring theirs in first with `detente import`. The reasons, in their order: "
    "docs/how-to/exchange.md."
    + examples(
        "detente compare gdelt -r iran.detente",
        "detente compare icews --since 2011-11 --until 2011-11 --rows 50",
        "detente compare gdelt --json",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `compare`."""
    app.command("compare", help=HELP)(compare)


def compare(
    provider: Annotated[str, typer.Argument(help="The provider, as named when its files were brought in.")],
    record: RecordFile = DEFAULT_RECORD,
    since: Since = None,
    until: Until = None,
    by: Annotated[list[str] | None, typer.Option(help="type, dyad or month only; may be given again.")] = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="List so many rows of theirs that are not in ours.")] = 0,
    json: Json = False,
) -> None:
    from ..errors import UsageError
    from ..exchange.compare import compare as run
    from ..exchange.others import Others, beside
    from ._shared import open_record

    groups = by or ["type", "dyad", "month"]
    if not set(groups) <= {"type", "dyad", "month"}:
        raise UsageError(f"by: {', '.join(groups)}: there are type, dyad and month")
    with open_record(record) as rec, Others(beside(record), create=False) as others:
        found = run(rec, others, provider, since, until)
    if json:
        print_json(found.to_dict())
        return
    _print(found, groups, rows)


def _print(found: Comparison, groups: list[str], rows: int) -> None:
    from rich import box
    from rich.table import Table

    out = console()
    told, total = found.to_dict(), found.total
    out.print(
        f"{found.provider}, {found.since} to {found.until}: {total.theirs} events of a day, {total.theirs_in_ours} of them in ours; "
        f"ours has {total.ours}, {total.ours_in_theirs} of them in theirs."
        + ("" if found.correlation is None else f" Monthly numbers by dyad correlate at {found.correlation:.2f}.")
    )
    for name in groups:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for heading in (name, "theirs", "in ours", "share", "ours", "in theirs", "share"):
            grid.add_column(heading, justify="left" if heading == name else "right")
        for line in told["by"][name][:30]:
            cells = ("theirs", "theirs_in_ours", "share_of_theirs", "ours", "ours_in_theirs", "share_of_ours")
            grid.add_row(one_line(line[name], 40), *("" if line[c] is None else str(line[c]) for c in cells))
        out.print(grid)
        if len(told["by"][name]) > 30:
            out.print(f"and {len(told['by'][name]) - 30} more: --json has all", style="dim")
    if found.reasons:
        out.print("Why rows of theirs are not in ours:")
    for reason, n in found.reasons.most_common():
        out.print(f"{n:>8}  {reason}", markup=False)
    for missed in found.missed[:rows]:
        detail = f" ({missed.detail})" if missed.detail else ""
        near = f"; nearest of ours: {missed.claim}" if missed.claim else ""
        line = (
            f"{missed.day} {missed.source or '?'} {missed.type or '-'} {missed.target or '?'}: {missed.reason}{detail}{near}"
            f"  [{missed.place}:{missed.line}]"
        )
        out.print(one_line(line), markup=False)
