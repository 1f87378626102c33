"""`detente show`, `search` and `sources`: from the record to the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ._shared import (
    DEFAULT_RECORD,
    Json,
    Limit,
    RecordFile,
    console,
    examples,
    one_line,
    open_record,
    print_json,
    print_json_rows,
    print_rows,
    safe,
    shown_limit,
)

if TYPE_CHECKING:
    from rich.console import Console

    from ..record import DocumentView

STYLES = {
    "trigger": "bold yellow",
    "actor": "bold cyan",
    "recipient": "bold blue",
    "speaker": "bold magenta",
    "cue": "magenta",
    "via": "underline magenta",
    "date": "green",
    "place": "underline green",
    "topic": "red",
    "quote": "italic",
    "agreement": "dim",
    "plan": "dim",
}
SHOWN = ("event", "attribution", "stance", "agreement", "plan")

SHOW_HELP = (
    "Show a document with its events, speakers, quotes and dates marked, and its claims below.\n\n"
    "DOC is its id or the beginning of it, its path or file name, or words of its title."
    + examples("detente show dispatch.txt", "detente show 9bb7b937 --json", "detente show moscow-2011 --all")
)
SEARCH_HELP = (
    "Search the texts; the best documents first, each with its best passage.\n\n"
    'All words must occur: `"a phrase"`, `begin*`, `-without`.'
    + examples(
        "detente search step-by-step", 'detente search "sanctions -gas" --limit 5', "detente search 'nucl*' --json"
    )
)
SOURCES_HELP = "List what was read, and what failed and why." + examples(
    "detente sources", "detente sources --status failed", "detente sources --json"
)


def register(app: typer.Typer) -> None:
    """Adds the three commands."""
    app.command("show", help=SHOW_HELP)(show)
    app.command("search", help=SEARCH_HELP)(search)
    app.command("sources", help=SOURCES_HELP)(sources)


def show(
    doc: Annotated[str, typer.Argument(metavar="DOC", help="Id, path, file name or title.")],
    record: RecordFile = DEFAULT_RECORD,
    all: Annotated[bool, typer.Option("--all", help="List mentions of actors, dates and places too.")] = False,
    json: Json = False,
) -> None:
    from dataclasses import asdict

    with open_record(record) as rec:
        view = rec.view(doc)
        copies = rec.same_dispatch(view.document.id)
    if json:
        claims = [{**e.to_dict(), "claim": _payload(e)} for e in view.entries]
        print_json({"document": asdict(view.document), "same_dispatch": [d.id for d in copies], "claims": claims})
        return
    out = console()
    _print_head(out, view)
    for copy in copies:
        out.print(f"the same dispatch: {copy.id} {one_line(copy.outlet or copy.source)}", markup=False, style="dim")
    _print_text(out, view)
    _print_claims(out, view, all)


def _payload(entry: Any) -> Any:
    from ..claims import to_dict

    return to_dict(entry.claim)


def _print_head(out: Console, view: DocumentView) -> None:
    d = view.document
    if d.title:
        out.print(one_line(d.title), style="bold", markup=False)
    facts = (
        d.outlet,
        d.published,
        d.dateline_place,
        d.source,
        f"id {d.id}",
        None if d.language == "en" else f"language {d.language}: not coded",
    )
    out.print(one_line(" · ".join(f for f in facts if f)), style="dim", markup=False)
    for note in d.notes:
        out.print(f"note: {one_line(note)}", style="dim", markup=False)


def _print_text(out: Console, view: DocumentView) -> None:
    from rich.text import Text

    legend = Text("marked: ", style="dim")
    for part, style in STYLES.items():
        if part not in {"agreement", "plan"}:
            legend.append(part, style).append("  ")
    out.print(legend)
    out.print()
    text = Text()
    for piece in view.pieces():
        text.append(safe(piece.text), STYLES[piece.parts[0]] if piece.parts else "")
    out.print(text)
    out.print()


def _print_claims(out: Console, view: DocumentView, all: bool) -> None:
    from ..record.view import sentence_of

    shown = [e for e in view.entries if all or e.kind in SHOWN]
    if not shown:
        out.print("No claims.")
    for entry in shown:
        day = f" ({entry.day})" if entry.day else ""
        state = "" if entry.state == "unreviewed" else f" {entry.state}"
        out.print(
            f"{entry.id} {entry.kind:<11} {one_line(sentence_of(entry.claim))}{day} {entry.claim.confidence:.2f}{state}",
            markup=False,
        )
        out.print(f"    {one_line(entry.text, 150)}", style="italic", markup=False)


def search(
    words: Annotated[str, typer.Argument(help="What to look for.")],
    record: RecordFile = DEFAULT_RECORD,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many documents.")] = 20,
    json: Json = False,
) -> None:
    with open_record(record) as rec:
        table = rec.search(words, limit)
        if json:
            print_json_rows(table.rows())
            return
        from rich.text import Text

        out, hits = console(), list(table)
        for hit in hits:
            out.print(
                f"{hit.document}  {one_line(hit.title or hit.source)}  {one_line(hit.outlet)} {hit.published or ''}",
                markup=False,
            )
            line = Text("    ")
            for i, piece in enumerate(one_line(hit.snippet).replace(hit.CLOSE, hit.OPEN).split(hit.OPEN)):
                line.append(piece, "bold" if i % 2 else "")
            out.print(line)
        if not hits:
            out.print("No document holds these words.")


def sources(
    record: RecordFile = DEFAULT_RECORD,
    status: Annotated[str | None, typer.Option(help="read, failed, or mended (failed once, read since).")] = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    with open_record(record) as rec:
        table = rec.sources(status, limit=top)
        columns = [
            ("status", "status"),
            ("document", "document"),
            ("language", "lang."),
            ("source", "source"),
            ("reason", "reason"),
            ("message", "message"),
        ]
        print_rows(table, columns, json=json, title="Sources", empty="Nothing was read.", limit=top)
