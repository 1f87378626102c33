"""`detente events`, `statements`, `agreements`, `plans` and `timeline`: ask the record."""

from __future__ import annotations

from typing import Annotated

import typer

from ._shared import (
    DEFAULT_RECORD,
    Between,
    Confidence,
    DocumentName,
    Each,
    Json,
    Limit,
    RecordFile,
    Since,
    State,
    Until,
    console,
    document_id,
    examples,
    one_line,
    open_record,
    print_rows,
    shown_limit,
)

HELP = {
    "events": "List events: who did what to whom, when and where.\n\nOne row stands for all documents that tell the same; the "
    "column `outlets` counts sources that do not depend on each other."
    + examples(
        "detente events --between RUS IRN --since 2011-11-01",
        "detente events --actor Russia --type AGREE --status done",
        "detente events --text sanctions --json",
    ),
    "statements": "List statements: who said what, through whom."
    + examples(
        "detente statements --speaker Lavrov --via TASS",
        "detente statements --about sanctions --kind direct",
        "detente statements --speaker China --since 2011 --json",
        "detente statements --kinds statement,document",
    ),
    "agreements": "List what was agreed, by whom, on what."
    + examples("detente agreements", "detente agreements --party IRN --since 2011"),
    "plans": "List step-by-step plans that somebody proposed."
    + examples("detente plans", "detente plans --party Russia --json"),
    "timeline": "List events, agreements and plans by day."
    + examples("detente timeline --between RUS IRN", "detente timeline --party IAEA --since 2011-11 --statements"),
}


def register(app: typer.Typer) -> None:
    """Adds the questions."""
    for name, help in HELP.items():
        app.command(name, help=help)(globals()[name])


def events(
    record: RecordFile = DEFAULT_RECORD,
    between: Between = None,
    actor: Annotated[str | None, typer.Option(help="Who does it: a code or a name.")] = None,
    recipient: Annotated[str | None, typer.Option(help="To whom it is done.")] = None,
    party: Annotated[str | None, typer.Option(help="Who does it or to whom it is done.")] = None,
    type: Annotated[list[str] | None, typer.Option(help="PLOVER type, such as AGREE; may be given again.")] = None,
    cameo: Annotated[list[str] | None, typer.Option(help="CAMEO code or the beginning of one: 05, 057.")] = None,
    quad: Annotated[int | None, typer.Option(min=1, max=4, help="Quad class, 1 to 4.")] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[str | None, typer.Option(help="done, planned, threatened, denied or hypothetical.")] = None,
    place: Annotated[str | None, typer.Option(help="Town or country where it happens.")] = None,
    min_confidence: Confidence = None,
    text: Annotated[str | None, typer.Option(help="Words in the passage.")] = None,
    document: DocumentName = None,
    state: State = None,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    with open_record(record) as rec:
        table = rec.events(
            between, actor, recipient, type, cameo, since, until, status, place, min_confidence, text, top, not each,
            quad=quad, party=party, document=document_id(rec, document), state=state,
        )  # fmt: skip
        columns = [
            ("day", "day"), ("actor_codes", "who"), ("type", "did"), ("cameo", "CAMEO"), ("recipient_codes", "to whom"),
            ("status", "status"), ("place", "where"), ("text", "in the words"), ("outlets", "outlets"), ("confidence", "conf."),
            ("id", "id"),
        ]  # fmt: skip
        print_rows(table, columns, json=json, title="Events", empty="No events that fit.", limit=top)


def statements(
    record: RecordFile = DEFAULT_RECORD,
    speaker: Annotated[str | None, typer.Option(help="Who says it: a name, an office or a country.")] = None,
    via: Annotated[str | None, typer.Option(help="The outlet or body that it passed through.")] = None,
    about: Annotated[str | None, typer.Option(help="Words of the statement.")] = None,
    kind: Annotated[str | None, typer.Option(help="direct, indirect or mixed.")] = None,
    mind: Annotated[str | None, typer.Option(help="statement, belief, intention or document.")] = None,
    kinds: Annotated[
        str | None,
        typer.Option(help="Several of these, with commas: statement,document leaves beliefs and intentions out."),
    ] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Confidence = None,
    document: DocumentName = None,
    state: State = None,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    with open_record(record) as rec:
        table = rec.statements(
            speaker, via, about, kind, _kinds(mind, kinds), since, until, min_confidence, top, not each,
            document=document_id(rec, document), state=state,
        )  # fmt: skip
        columns = [
            ("day", "day"), ("speaker_names", "who"), ("via_names", "via"), ("quote", "kind"), ("content", "says"),
            ("outlets", "outlets"), ("confidence", "conf."), ("id", "id"),
        ]  # fmt: skip
        print_rows(table, columns, json=json, title="Statements", empty="No statements that fit.", limit=top)


def _kinds(mind: str | None, kinds: str | None) -> list[str] | str | None:
    """The minds asked for, checked by the record."""
    return [k.strip() for k in kinds.split(",") if k.strip()] if kinds else mind


def agreements(
    record: RecordFile = DEFAULT_RECORD,
    party: Annotated[str | None, typer.Option(help="A party or signatory.")] = None,
    since: Since = None,
    until: Until = None,
    document: DocumentName = None,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    with open_record(record) as rec:
        table = rec.agreements(party, since, until, top, not each, document=document_id(rec, document))
        columns = [
            ("day", "day"), ("parties", "parties"), ("name", "what"), ("signatory_names", "signed by"), ("sectors", "sectors"),
            ("place", "where"), ("status", "status"), ("outlets", "outlets"), ("id", "id"),
        ]  # fmt: skip
        print_rows(table, columns, json=json, title="Agreements", empty="No agreements that fit.", limit=top)


def plans(
    record: RecordFile = DEFAULT_RECORD,
    party: Annotated[str | None, typer.Option(help="A party, or who proposed or announced it.")] = None,
    since: Since = None,
    until: Until = None,
    document: DocumentName = None,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    top = shown_limit(limit, json)
    with open_record(record) as rec:
        table = rec.plans(party, since, until, top, not each, document=document_id(rec, document))
        columns = [
            ("day", "announced"), ("name", "plan"), ("proposed_by", "proposed by"), ("announced_by_names", "announced by"),
            ("parties", "parties"), ("positions", "positions"), ("mechanism", "mechanism"), ("id", "id"),
        ]  # fmt: skip
        print_rows(table, columns, json=json, title="Plans proposed", empty="No plans that fit.", limit=top)


def timeline(
    record: RecordFile = DEFAULT_RECORD,
    between: Between = None,
    party: Annotated[str | None, typer.Option(help="Somebody who has a part in it.")] = None,
    since: Since = None,
    until: Until = None,
    statements: Annotated[bool, typer.Option("--statements", help="With statements.")] = False,
    each: Each = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    from ..record.view import sentence_of

    top = shown_limit(limit, json)
    kinds = ("event", "agreement", "plan", *(("attribution",) if statements else ()))
    with open_record(record) as rec:
        table = rec.timeline(between, party, since, until, kinds, top, not each)
        if json:
            print_rows(table, [], json=True, title="", empty="", limit=top)
            return
        out, day = console(), None
        for entry in table:
            if entry.day != day:
                day = entry.day
                out.print(day or "undated", style="bold")
            out.print(
                f"  {one_line(sentence_of(entry.claim), 70):<44} {one_line(entry.text, 100)}  {entry.id}", markup=False
            )
        if day is None:
            out.print("Nothing on record that fits.")
