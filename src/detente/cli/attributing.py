"""`detente attribute`: the statements and stances of a text, without a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ._shared import CueFiles, IssueFile, Json, console, examples, one_line, print_json_rows

if TYPE_CHECKING:
    from ..claims import Attribution, Stance

HELP = (
    "List who says what in a text, through whom, for or against what; nothing is put on record.\n\nSOURCE is a file of "
    "text, or `-` for standard input. `--kinds` leaves out what is no statement: PolNeAR, whose reading of attribution "
    "we follow, counts beliefs ('thinks', 'doubts') and intentions ('vows', 'is expected to') too."
    + examples(
        "detente attribute dispatch.txt",
        "detente attribute dispatch.txt --kinds statement,document",
        "detente attribute dispatch.txt --cues my-cues.csv --json",
        "echo 'Baker told Xinhua that the tests were over.' | detente attribute -",
    )
)
MINDS = ("statement", "belief", "intention", "document")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("attribute", help=HELP)(attribute)


def attribute(
    source: Annotated[str, typer.Argument(help="A file of text, or - for standard input.")],
    kinds: Annotated[
        str | None, typer.Option(help="Only these, with commas: statement, belief, intention, document.")
    ] = None,
    cues: CueFiles = None,
    issues: IssueFile = None,
    date: Annotated[str | None, typer.Option(help="The day of the text, where it does not say: 2011-11-12.")] = None,
    json: Json = False,
) -> None:
    from ..document import Document
    from ..reading import Reader

    wanted = _minds(kinds)
    document = Document.from_text(_text(source), source=source, published=date)
    claims = Reader(cues=tuple(p.resolve() for p in cues or ()), issues=issues.resolve() if issues else None).read(
        document
    )
    kept = [a for a in claims.attributions if a.mind in wanted]
    sides: dict[str | None, list[Stance]] = {}
    for stance in claims.stances:
        sides.setdefault(stance.basis, []).append(stance)
    rows = [_row(a, document.text, sides.get(a.id, [])) for a in kept]
    if json:
        print_json_rows(rows)
    else:
        _print(rows)


def _text(source: str) -> str:
    from ..errors import UsageError

    if source == "-":
        return sys.stdin.read()
    if not Path(source).is_file():
        raise UsageError(f"{source}: no such file; give a file of text, or - for standard input")
    return Path(source).read_text(encoding="utf-8", errors="replace")


def _minds(kinds: str | None) -> tuple[str, ...]:
    from ..errors import UsageError

    wanted = tuple(k.strip() for k in kinds.split(",") if k.strip()) if kinds else MINDS
    wrong = [k for k in wanted if k not in MINDS]
    if wrong:
        raise UsageError(f"--kinds: {wrong[0]!r} is none of {', '.join(MINDS)}")
    return wanted


def _row(a: Attribution, text: str, stances: list[Stance]) -> dict[str, Any]:
    return {
        "speakers": [r.name or r.text for r in a.speakers],
        "via": [r.name or r.text for r in a.via],
        "cue": a.cue.of(text) if a.cue else None,
        "content": [piece.of(text) for piece in a.content],
        "spans": [[piece.start, piece.end] for piece in a.content],
        "quote": a.quote,
        "kind": a.mind,
        "colour": a.colour,
        "date": a.date.value if a.date else None,
        "date_from": a.date.reason if a.date else None,
        "inside": a.parent,
        "id": a.id,
        "stances": [{"side": s.side, "topic": s.topic, "issue": s.issue, "strength": s.strength} for s in stances],
        "why": a.why,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    out = console()
    if not rows:
        out.print("Nobody is quoted, reported or credited with a belief here.")
        return
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, ratio in (
        ("who", 2),
        ("via", 1),
        ("cue", 1),
        ("says", 5),
        ("quote", None),
        ("kind", None),
        ("side", 2),
    ):
        grid.add_column(heading, ratio=ratio, overflow="fold")
    for row in rows:
        sides = "; ".join(f"{s['side']} {s['topic']}" for s in row["stances"])
        cells = (", ".join(row["speakers"]), ", ".join(row["via"]), row["cue"], " [...] ".join(row["content"]))
        grid.add_row(*(Text(one_line(c)) for c in (*cells, row["quote"], row["kind"], sides)))
    if not out.is_terminal:
        out.width = max(out.width, 160)
    out.print(grid)
