"""What the commands share: options, opening the record, printing rows for people and for programs."""

from __future__ import annotations

import json as json_module
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from ..record import Record, Table

DEFAULT_RECORD = "record.detente"

RecordFile = Annotated[
    str,
    typer.Option(
        "--record",
        "-r",
        envvar="DETENTE_RECORD",
        metavar="RECORD",  # a Path would make one slash of the two of an address
        help="The record: a file, or postgresql://user@host/database.",
        show_default=True,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program: a list of objects, or one object.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=0, help="At most so many rows; 0 for all. On screen 100, as JSON all."),
]
Since = Annotated[str | None, typer.Option(help="From this day, month or year on: 2011-11-01, 2011-11, 2011.")]
Until = Annotated[str | None, typer.Option(help="Up to the end of this day, month or year.")]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="A B", help="Between these two, either way: codes or names, RUS IRN or Russia Iran."),
]
Confidence = Annotated[float | None, typer.Option("--min-confidence", min=0, max=1, help="At least this confidence.")]
Each = Annotated[
    bool, typer.Option("--each", help="Show every document's claim, not one row for those that tell the same.")
]
State = Annotated[
    str | None,
    typer.Option(help="Claims in this state: unreviewed, accepted, rejected, corrected, superseded, withdrawn."),
]
DocumentName = Annotated[
    str | None, typer.Option("--document", "-d", help="Only in this document (id, path or title).")
]
ActorFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        "-a",
        envvar="DETENTE_ACTORS",
        help="Your own actors, which win over ours: CSV, YAML, a PETRARCH dictionary, or a folder of them. May be given "
        "more than once.",
    ),
]
View = Annotated[
    str,
    typer.Option(
        "--view",
        envvar="DETENTE_VIEW",
        help="Whose map counts for contested areas: code (by ISO code, else the UN's), un, de-facto, or a claimant's "
        "code such as CHN.",
    ),
]


VerbFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--verbs",
        envvar="DETENTE_VERBS",
        help="A PETRARCH or PETRARCH2 verb dictionary; its verbs win over ours. May be given more than once.",
    ),
]
DiscardFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--discards",
        envvar="DETENTE_DISCARDS",
        help="A PETRARCH discard list: what shows one of its phrases is not coded. May be given more than once.",
    ),
]
LexiconFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        envvar="DETENTE_LEXICON",
        help="A folder with lexicon tables of yours, PETRARCH dictionaries too; they override ours.",
    ),
]
CueFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--cues",
        envvar="DETENTE_CUES",
        help="Your own cues of attribution, which win over ours: a CSV file with the columns of cues.csv, or a folder "
        "that holds one. May be given more than once.",
    ),
]
IssueFile = Annotated[
    Path | None,
    typer.Option(
        "--issues",
        envvar="DETENTE_ISSUES",
        help="Your own issues, under which stances are grouped first: CSV with the columns issue and name, or YAML.",
    ),
]


def open_record(path: str | Path, *, create: bool = False) -> Record:
    """The record, which must be there unless it is to be made."""
    from ..record import Record

    return Record(path, create=create)


def document_id(record: Record, name: str | None) -> str | None:
    return record.document(name).id if name else None


def console() -> Console:
    """Standard output: colours and wrapped lines where it is a terminal, neither in a file or pipe."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def examples(*lines: str) -> str:
    """The examples of a help text, one a line."""
    return "\n\n**Examples**\n\n" + "\n\n".join(f"`{line}`" for line in lines)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: Any) -> str:
    """Text that cannot command the terminal: control characters and direction overrides become U+FFFD."""
    return _CONTROL.sub("\ufffd", str(text))


def one_line(text: Any, width: int = 0) -> str:
    """Text on one line, cut to `width` when one is given."""
    line = " ".join(safe("" if text is None else text).split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def print_json(value: Any) -> None:
    """One value, as JSON."""
    print(json_module.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_json_rows(rows: Iterable[dict[str, Any]]) -> None:
    """A list of objects as JSON, one a line, written as they come."""
    first = True
    for row in rows:
        sys.stdout.write(("[\n" if first else ",\n") + json_module.dumps(row, ensure_ascii=False))
        first = False
    sys.stdout.write("[]\n" if first else "\n]\n")


def shown_limit(limit: int | None, json: bool) -> int | None:
    """The limit for the record: none for 0, a hundred on screen when nothing is asked."""
    if limit is None:
        return None if json else 100
    return limit or None


def print_rows(
    table: Table[Any], columns: Sequence[tuple[str, str]], *, json: bool, title: str, empty: str, limit: int | None
) -> None:
    """The rows of `table`: all columns as JSON, or the chosen (name, heading) for people."""
    if json:
        print_json_rows(table.rows())
        return
    rows = table.to_dicts()
    out = console()
    if not rows:
        out.print(empty)
        return
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, heading in columns:
        wide = name in {"text", "content", "snippet", "message", "source", "title"}
        grid.add_column(
            heading, overflow="fold" if wide else "ellipsis", ratio=1 if wide else None, no_wrap=name in NARROW
        )
    for row in rows:
        grid.add_row(*(Text(_cell(row.get(name), name)) for name, _ in columns))
    if not out.is_terminal:
        out.width = max(out.width, 160)
    out.print(grid)
    if limit is not None and len(rows) == limit:
        out.print(f"The first {limit}; --limit 0 shows all.", style="dim")


NARROW = {"id", "day", "type", "cameo", "status", "document", "side", "confidence", "outlets", "state"}


def _cell(value: Any, name: str) -> str:
    if isinstance(value, list):
        return one_line(", ".join(map(str, value)), 60)
    if isinstance(value, float):
        return f"{value:.2f}"
    return one_line(value, 300 if name in {"text", "content"} else 120)
