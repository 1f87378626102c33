"""`detente accept`, `reject`, `correct`, `history` and `undo`: people decide on claims, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, one_line, open_record, print_json

if TYPE_CHECKING:
    from ..record import Entry

Id = Annotated[str, typer.Argument(metavar="ID", help="The claim's id, as `detente events` shows it.")]
By = Annotated[str, typer.Option("--by", envvar="DETENTE_USER", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]

HELP = {
    "accept": "Say that a claim is right: somebody has looked."
    + examples(
        "detente accept 4be02f1e9a7c5d38 --by 'Ana Kovač'",
        "detente accept 4be02f1e9a7c5d38 --by Ana --reason 'read the communique'",
    ),
    "reject": "Say that the document does not say that. The claim stays on record, and no longer counts."
    + examples("detente reject 4be02f1e9a7c5d38 --by Ana --reason 'a quotation, not an event'"),
    "correct": "Put the right claim beside a wrong one.\n\nCHANGES are FIELD=VALUE: `type=CONSULT`, `status=denied`, `date=2011-11-10`, "
    "`actors=RUS,IRN`, `place=Moscow`, `speakers=...`, `side=oppose`. An empty value removes."
    + examples(
        "detente correct 4be02f1e9a7c5d38 type=CONSULT recipients=IRN --by Ana --reason 'they only talked'",
        "detente correct 4be02f1e9a7c5d38 date=2011-11-10 --by Ana --reason 'the day is in the first line'",
    ),
    "history": "Show what happened to a claim: who decided what, when and why."
    + examples("detente history 4be02f1e9a7c5d38", "detente history 4be02f1e9a7c5d38 --json"),
    "undo": "Take back the last decision on a claim, or your own last ones. The history keeps both."
    + examples("detente undo 4be02f1e9a7c5d38 --by Ana", "detente undo --last 3 --by Ana --reason 'wrong claim'"),
}


def register(app: typer.Typer) -> None:
    """Adds the five commands."""
    for name, help in HELP.items():
        app.command(name, help=help)(globals()[name])


def accept(id: Id, by: By = "", reason: Reason = "", record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    with open_record(record) as rec:
        _print(rec.accept(id, by, reason), json)


def reject(id: Id, by: By = "", reason: Reason = "", record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    with open_record(record) as rec:
        _print(rec.reject(id, by, reason), json)


def correct(
    id: Id,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="What to change.")],
    by: By = "",
    reason: Reason = "",
    record: RecordFile = DEFAULT_RECORD,
    json: Json = False,
) -> None:
    with open_record(record) as rec:
        kinds = rec.claim(id).claim
        _print(rec.correct(id, by, reason, **{k: v for k, v in (_change(c, kinds) for c in changes)}), json)


def _change(typed: str, claim: object) -> tuple[str, object]:
    """FIELD=VALUE; a field of several values takes them with commas. Raises UsageError."""
    field, sign, value = typed.partition("=")
    if not sign:
        raise UsageError(f"correct: {typed!r} is not FIELD=VALUE, such as type=CONSULT")
    several = isinstance(getattr(claim, field.strip(), None), tuple)
    return field.strip(), [v.strip() for v in value.split(",") if v.strip()] if several else value.strip()


def history(id: Id, record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    with open_record(record) as rec:
        lines, entry = rec.history(id), rec.claim(id)
    if json:
        print_json([line.to_dict() for line in lines])
        return
    from ..record.view import sentence_of

    out = console()
    out.print(
        f"{entry.id} {one_line(sentence_of(entry.claim))}: {entry.state}, found by {entry.claim.extractor}",
        markup=False,
    )
    for line in lines:
        reason = f": {one_line(line.reason)}" if line.reason else ""
        change = f" to {line.after['claim']} ({_changes(line.after['changes'])})" if line.action == "correct" else ""
        undone = " (undone)" if line.undone else ""
        out.print(f"  {line.at}  {one_line(line.by)}  {line.action}{undone} {line.claim}{change}{reason}", markup=False)
    if not lines:
        out.print("  Nobody has decided on it yet.")


def _changes(changes: dict[str, Any]) -> str:
    """'type: CONSULT -> AGREE; recipients: CHN -> SAU'."""
    return "; ".join(f"{field}: {_short(old)} -> {_short(new)}" for field, (old, new) in changes.items())


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_short, value)) or "none"
    if isinstance(value, dict):
        return str(next((value[k] for k in ("country", "id", "name", "value", "text") if value.get(k)), "none"))
    return "none" if value is None else one_line(value, 60)


def undo(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The claim; without, your own last decisions.")
    ] = None,
    by: By = "",
    last: Annotated[int, typer.Option("--last", min=1, help="How many decisions.")] = 1,
    reason: Reason = "",
    record: RecordFile = DEFAULT_RECORD,
    json: Json = False,
) -> None:
    with open_record(record) as rec:
        entries = rec.undo(id, by=by, last=last, reason=reason)
    if json:
        print_json([e.to_dict() for e in entries])
        return
    for entry in entries:
        _print(entry, False)


def _print(entry: Entry, json: bool) -> None:
    if json:
        print_json(entry.to_dict())
        return
    from ..record.view import sentence_of

    console().print(f"{entry.id} {one_line(sentence_of(entry.claim))}: {entry.state}", markup=False)
