"""`detente stances`: who is for or against what, issue by issue, over time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ._shared import (
    DEFAULT_RECORD,
    Confidence,
    Each,
    IssueFile,
    Json,
    Limit,
    RecordFile,
    Since,
    Until,
    console,
    examples,
    one_line,
    open_record,
    print_json_rows,
    print_rows,
    shown_limit,
)

if TYPE_CHECKING:
    from ..record import Entry, Record
    from ..statements import IssueList

HELP = (
    "Show who is for or against what.\n\nWith `--issue` the actors by side over time, with the words that show it; "
    "without, the issues on record. An issue is given in words: topics with the same head, modifiers and actors belong "
    "to it, however they are put. `--issues FILE` groups by your own list first: a CSV file with the columns issue and "
    "name, or YAML with the names under each issue."
    + examples(
        'detente stances --issue "sanctions on Iran"',
        'detente stances --issues my-issues.csv --issue "Sanctions"',
        "detente stances --actor China",
        "detente stances --json",
    )
)
SIDES = ("favour", "oppose", "mixed", "neutral")


def register(app: typer.Typer) -> None:
    """Adds the question."""
    app.command("stances", help=HELP)(stances)


def stances(
    record: RecordFile = DEFAULT_RECORD,
    issue: Annotated[str | None, typer.Option(help="The issue, or words of it.")] = None,
    issues: IssueFile = None,
    actor: Annotated[str | None, typer.Option(help="Who takes the side.")] = None,
    side: Annotated[str | None, typer.Option(help="favour, oppose, neutral or mixed.")] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Confidence = None,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    own = _own_list(issues)
    rest = (actor, side, since, until, min_confidence, None, not each)
    with open_record(record) as rec:
        if issue is not None or own is not None:
            tables = (
                [rec.stances(name, *rest) for name in _names(rec, issue, own)] if issue else [rec.stances(None, *rest)]
            )
            entries = _distinct(entry for table in tables for entry in table)
            if own is not None and issue is not None and (mine := own.named(issue)) is not None:
                # Each stance belongs to one issue of the list, so what another issue has is not shown here.
                entries = [e for e in entries if _issue_in(own, e) == mine.name]
            if issue is None and own is not None:
                _print_own(entries, own, json=json)
            elif json:
                rows = {row["id"]: row for table in tables for row in table.rows()}
                print_json_rows(rows[entry.id] for entry in entries[:top])
            else:
                _print_matrix(entries[:top], issue or "", rec)
            return
        table = rec.stances(None, actor, side, since, until, min_confidence, top, not each)
        if json or actor or side or since or until or min_confidence:
            columns = [
                ("day", "day"), ("holder_names", "who"), ("side", "side"), ("issue", "on"), ("text", "in the words"),
                ("confidence", "conf."), ("id", "id"),
            ]  # fmt: skip
            print_rows(table, columns, json=json, title="Stances", empty="No stances that fit.", limit=top)
        else:
            columns = [(c, c) for c in ("issue", "holders", "favour", "oppose", "mixed", "neutral")]
            found = rec.issues(limit=top)
            print_rows(found, columns, json=False, title="Issues", empty="No stances on record.", limit=top)


def _own_list(path: Path | None) -> IssueList | None:
    if path is None:
        return None
    from ..statements import load_issues

    return load_issues(path)


def _names(rec: Record, words: str, own: IssueList | None) -> list[str]:
    """The names to ask the record for: the words, the user's names of that issue, and the issues that mean the same."""
    from ..statements.issues import issue_of, same_issue

    mine = own.named(words) if own is not None else None
    phrases = [words, *(mine.phrases if mine else ())]
    meant = list(dict.fromkeys([*map(issue_of, phrases), *(mine.issues if mine else ())]))
    known = [row["issue"] for row in rec.issues().rows()]
    alike = [k for k in known if any(same_issue(k, m) and ":" in m for m in meant)]
    return list(dict.fromkeys([*phrases, *alike, *(m for m in meant if m in known)]))


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Each entry once, by day."""
    found = {entry.id: entry for entry in entries}
    return sorted(found.values(), key=lambda e: (e.day or "9999", e.id))


def _issue_in(own: IssueList, entry: Entry) -> str | None:
    """The issue of the user's list that a stance on record belongs to."""
    claim: Any = entry.claim
    return own.of(claim.topic, claim.issue)


def _print_own(entries: list[Entry], own: IssueList, *, json: bool) -> None:
    """The user's issues with how many take which side; what belongs to none of them is counted last."""
    counted: dict[str, dict[str, Any]] = {}
    for entry in entries:
        claim: Any = entry.claim
        row = counted.setdefault(
            _issue_in(own, entry) or "(none of these)", {"holders": set(), **dict.fromkeys(SIDES, 0)}
        )
        row["holders"] |= {h.name or h.key for h in claim.holders}
        row[claim.side] += 1
    names = [r.name for r in own.rows if r.name in counted] + [n for n in counted if n == "(none of these)"]
    rows = [{"issue": n, **counted[n], "holders": len(counted[n]["holders"])} for n in names]
    if json:
        print_json_rows(rows)
        return
    from rich import box
    from rich.table import Table as Grid

    grid = Grid(title="Issues of your list", title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("issue", "holders", *SIDES):
        grid.add_column(heading)
    for row in rows:
        grid.add_row(one_line(row["issue"]), *(str(row[c]) for c in ("holders", *SIDES)))
    console().print(grid)


LEAD, TAIL = 70, 90
"""Code points of the text before and behind the words that show a side."""


def quote_of(entry: Entry, text: str) -> str:
    """The words that show the side and the topic, with a little of what stands around them in the document's `text`, cut
    between words and inside the paragraph."""
    claim: Any = entry.claim
    shown = [s for s in (claim.topic_span, *claim.words) if s is not None] or [claim.span]
    begin, end = min(s.start for s in shown), max(s.end for s in shown)
    first = text.rfind("\n", 0, begin) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before = first if begin - LEAD <= first else text.rfind(" ", first, begin - LEAD) + 1 or first
    after = last if end + TAIL >= last else max(end, text.rfind(" ", end, end + TAIL))
    return ("… " if before > first else "") + one_line(text[before:after]) + (" …" if after < last else "")


def _print_matrix(entries: list[Entry], issue: str, rec: Record) -> None:
    """Actors by side, each cell with its days and quotes in the order of time."""
    texts = {name: rec.document(name).text for name in {e.document for e in entries}}
    out = console()
    if not entries:
        out.print(
            f"Nobody on record takes a side on {one_line(issue)!r}; `detente stances` lists the issues.", markup=False
        )
        return
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    sides = [s for s in SIDES if any(e.claim.side == s for e in entries)]  # type: ignore[attr-defined]
    cells: dict[str, dict[str, list[str]]] = {}
    for entry in entries:
        claim: Any = entry.claim
        where = f"{one_line(claim.topic)}; {one_line(entry.outlet or entry.title or entry.source, 40)}; {entry.document[:8]}"
        where += "; under a condition" if claim.conditional else ""
        for holder in claim.holders or [None]:
            name = (holder.name or holder.key) if holder else "(nobody named)"
            cells.setdefault(name, {}).setdefault(claim.side, []).append(
                f"{entry.day or 'undated'}: {quote_of(entry, texts[entry.document])} [{where}]"
            )
    grid = Grid(title=f"Stances on {one_line(issue)}", title_justify="left", box=box.SIMPLE_HEAD, show_lines=True)
    for heading in ("actor", *sides):
        grid.add_column(heading, ratio=1 if heading == "actor" else 3, overflow="fold")
    for name, by_side in sorted(cells.items()):
        grid.add_row(one_line(name), *(Text("\n".join(dict.fromkeys(by_side.get(s, [])))) for s in sides))
    if not out.is_terminal:
        out.width = max(out.width, 140)
    out.print(grid)
