"""Changes: what a reader decides on a claim, taken from a form, and never over somebody else's head."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..claims import ActorRef, Claim, DateRef, PlaceRef
from ..errors import DetenteError, UsageError
from ..record import Entry
from .desk import Desk, address
from .labels import CHOICES, FIELDS

LONGEST = 2000
"""Characters of a field."""


async def decide(request: Request) -> Response:
    """POST /claim/ID/decide: accept, reject, correct or undo."""
    desk: Desk = request.app.state.desk
    async with request.form(max_files=0, max_fields=60) as form:
        given = {k: v[:LONGEST].strip() for k, v in form.items() if isinstance(v, str)}
    wrong = desk.forms.wrong(request, given.get("csrf", ""))
    if wrong:
        message = str(desk.words(request)(f"refused.{wrong}"))
        return await run_in_threadpool(desk.problem, request, "unchanged", message, status=403)
    return await run_in_threadpool(_decide, desk, request, given)


def _decide(desk: Desk, request: Request, given: dict[str, str]) -> Response:
    id = request.path_params["id"]
    try:
        changed_by = decided_since(desk, id, given.get("seen", ""))
        if changed_by:
            raise UsageError(str(desk.words(request)("refused.meanwhile", who=changed_by).unescape()))
        entry = carry_out(desk, id, given)
    except DetenteError as error:
        return desk.problem(request, "unchanged", str(error), status=409, back=address("/claim", id))
    answer = RedirectResponse(_next(given.get("next", ""), entry), 303)
    answer.set_cookie("detente_name", quote(given.get("by", "")[:80]), max_age=31536000, httponly=True, samesite="lax")
    return answer


def decided_since(desk: Desk, id: str, seen: str) -> str:
    """Who decided on the claim after the page was made that the form stands on; '' when nobody did."""
    if not seen.isdigit():
        return ""
    later = [line for line in desk.record.history(id) if line.n > int(seen)]
    return later[-1].by if later else ""


def carry_out(desk: Desk, id: str, given: dict[str, str]) -> Entry:
    """Does what the form says. Raises DetenteError."""
    record, by, reason = desk.record, given.get("by", ""), given.get("reason", "")
    match given.get("do"):
        case "accept":
            return record.accept(id, by, reason)
        case "reject":
            return record.reject(id, by, reason)
        case "undo":
            return record.undo(id, by=by, reason=reason)[0]
        case "correct":
            claim = record.claim(id).claim
            return record.correct(id, by, reason, **changes_in(claim, given))
    raise UsageError("the form says neither accept, reject, correct nor undo")


def changes_in(claim: Claim, given: dict[str, str]) -> dict[str, Any]:
    """The fields that differ from what the claim says."""
    shown = dict((name, value) for name, _, value, _ in fields_of(claim))
    changed = {n: given[f"field-{n}"] for n in shown if f"field-{n}" in given and given[f"field-{n}"] != shown[n]}
    return {n: _several(claim, n, v) for n, v in changed.items()}


def _several(claim: Claim, name: str, value: str) -> Any:
    if isinstance(getattr(claim, name), tuple):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


def fields_of(claim: Claim) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(field, key of its label, value as text, choices) of what can be corrected; several values stand between semicolons."""
    rows = []
    for name in FIELDS.get(claim.kind, ()):
        rows.append((name, f"field.{name}", _as_text(getattr(claim, name)), CHOICES.get(name, ())))
    return rows


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(_as_text(v) for v in value)
        case ActorRef():
            return value.key
        case DateRef():
            return value.value
        case PlaceRef():
            return value.name
    return str(value)


def _next(wanted: str, entry: Entry) -> str:
    """Where to go on: the document that the reader came from, else the claim. Only pages of this server."""
    if wanted == "document":
        return f"{address('/document', entry.document)}#c-{entry.id}"
    return address("/claim", entry.id)
