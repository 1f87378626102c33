"""What people decide on claims: accepted, rejected or corrected, by name and with a reason, and undone."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Sequence
from typing import Any

from ..claims import KINDS, ActorRef, Claim, DateRef, PlaceRef, from_dict, to_dict
from ..document import Document
from ..errors import RecordError, UsageError
from .adding import insert_claim, write_history
from .connection import Connection, Row
from .documents import document_of
from .linking import LIVE, link_claims, regroup
from .rows import row_of
from .store import Store
from .tally import Tally

_FIXED = {"document", "extractor", "confidence", "why"}


def accept(store: Store, id: str, *, by: str, reason: str = "") -> int:
    """Somebody has looked, and the claim stands as it is. Returns the number of the line in the history."""
    return _decide(store, id, "accept", "accepted", by, reason)


def reject(store: Store, id: str, *, by: str, reason: str) -> int:
    """The document does not say that. Returns the number of the line in the history."""
    return _decide(store, id, "reject", "rejected", by, reason)


def correct(store: Store, id: str, *, by: str, reason: str, changes: dict[str, Any]) -> str:
    """Adds the claim as it should have been; the old one stays on record as corrected. Returns the new claim's id.

    Raises UsageError for a field that the claim does not have or a value that it cannot take, and RecordError
    when somebody else corrected or withdrew the claim meanwhile.
    """
    by, reason = _named(by), _reasoned(reason, "correct")
    if not changes:
        raise UsageError("correct: say what to change, such as type=CONSULT or date=2011-11-10")
    with store.writing() as con:
        tally = Tally(con)
        old = _claim_row(con, id)
        _still_open(con, old)
        document = document_of(con.execute("SELECT * FROM documents WHERE n = ?", (old["document"],)).fetchone())
        claim = from_dict(KINDS[old["kind"]], json.loads(old["payload"]))
        new = changed(claim, changes, document, by, reason)
        row = row_of(new, document)
        there = con.execute("SELECT n, state, id FROM claims WHERE id = ?", (row.columns["id"],)).fetchone()
        if there is not None and there["id"] == old["id"]:
            raise UsageError(f"correct: that is what claim {id} says already; to confirm it: detente accept {id}")
        _set_state(con, old["n"], "corrected", tally)
        if there is None:
            n = insert_claim(con, row, old["document"], None, tally, state="accepted", replaces=old["n"])
        else:
            n = there["n"]
            _set_state(con, n, "accepted", tally)
        before = {"state": old["state"]}
        after = {"state": "corrected", "claim": row.columns["id"], "changes": _plain(claim, new)}
        if there is not None:
            after["was"] = there["state"]
        write_history(con, old["n"], by, "correct", before, after, reason=reason)
        _regroup(con, [old["n"], n], tally)
        link_claims(con, [n], tally)
        tally.flush()
        return str(row.columns["id"])


def undo(store: Store, id: str | None = None, *, by: str, last: int = 1, reason: str = "") -> list[str]:
    """Takes back the last decision on claim `id`, or the last `last` decisions that `by` made. Returns the ids of
    the claims. The decisions stay in the history, and so does the undoing. Raises RecordError when there is none."""
    by = _named(by)
    with store.writing() as con:
        tally = Tally(con)
        open_decisions = (
            "SELECT h.*, c.id FROM history h JOIN claims c ON c.n = h.claim WHERE h.action IN ('accept', 'reject', 'correct') "
            "AND NOT EXISTS (SELECT 1 FROM history u WHERE u.undoes = h.n) AND "
        )
        if id is not None:
            claim = _claim_row(con, id)
            about: tuple[Any, ...] = (claim["n"], claim["replaces"])  # the correction's own id means the correction
            condition = "(h.claim = ? OR (h.claim = ? AND h.action = 'correct'))"
        else:
            about, condition = (by,), "h.by = ?"
        rows = con.execute(f"{open_decisions}{condition} ORDER BY h.n DESC LIMIT ?", (*about, last)).fetchall()
        if not rows:
            raise RecordError(
                f"nothing to undo: no decision on {id}" if id else f"nothing to undo: no decision by {by}"
            )
        for row in rows:
            _undo_one(con, row, by, reason, tally)
        tally.flush()
        return [row["id"] for row in rows]


def changed(claim: Claim, changes: dict[str, Any], document: Document, by: str, reason: str) -> Claim:
    """The claim with the changes made. Actors may be given by code or name, dates and places as words."""
    names = {f.name for f in dataclasses.fields(claim)} - _FIXED
    data = to_dict(claim)
    hints = typing.get_type_hints(type(claim))
    for name, value in changes.items():
        if name not in names:
            raise UsageError(
                f"correct: a claim of kind {claim.kind} has no {name!r}; it has {', '.join(sorted(names))}"
            )
        data[name] = _taken(name, value, hints[name], getattr(claim, name))
    data |= {"extractor": f"person:{by}", "confidence": 1.0, "why": reason}
    try:
        new = from_dict(type(claim), data)
    except (TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"correct: {error}") from error
    if new.span.end > len(document.text):
        raise UsageError(
            f"correct: the span {new.span.start}-{new.span.end} goes beyond the document's {len(document.text)}"
        )
    return new


def _taken(name: str, value: Any, hint: Any, old: Any) -> Any:
    """A value as a user gives it, in the form that `from_dict` takes. Raises UsageError."""
    kind = str(hint)
    if value is None or value == "":
        if "None" in kind or "Optional" in kind:
            return None
        return [] if "tuple" in kind else value
    if "ActorRef" in kind:
        old_refs = old if isinstance(old, tuple) else (old,)
        refs = [_actor(v, old_refs) for v in (value if isinstance(value, list | tuple) else [value])]
        return refs if "tuple" in kind else refs[0]
    if isinstance(value, str) and value in (getattr(old, "name", None), getattr(old, "value", None)):
        return to_dict(old)  # named again: it keeps its span and coordinates
    if isinstance(value, str) and "DateRef" in kind:
        return to_dict(DateRef(value=value, reason="corrected"))
    if isinstance(value, str) and "PlaceRef" in kind:
        return to_dict(PlaceRef(name=value, reason="corrected"))
    for choice in [hint, *typing.get_args(hint)]:
        if typing.get_origin(choice) is typing.Literal and value not in typing.get_args(choice):
            raise UsageError(f"correct: {name} is one of {', '.join(typing.get_args(choice))}; not {value!r}")
    if "int" in kind and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if hint is bool and isinstance(value, str):
        return value.lower() in {"true", "yes", "1"}
    if "float" in kind and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise UsageError(f"correct: {name} is a number; not {value!r}") from None
    if "tuple[str" in kind and isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return to_dict(value)


def _actor(value: Any, old: Sequence[ActorRef]) -> Any:
    if not isinstance(value, str):
        return to_dict(value)
    same = next((ref for ref in old if ref is not None and value in (ref.key, ref.id, ref.name, ref.text)), None)
    if same:
        return to_dict(same)
    import countrynames

    country: str | None = countrynames.to_code_3(value)
    return to_dict(ActorRef(text=value, id=country or value, name=value, country=country, reason="corrected"))


def _plain(old: Claim, new: Claim) -> dict[str, Any]:
    before, after = to_dict(old), to_dict(new)
    return {k: [before[k], after[k]] for k in after if before[k] != after[k] and k not in _FIXED}


# --- steps ------------------------------------------------------------------------------------------------


def _decide(store: Store, id: str, action: str, state: str, by: str, reason: str) -> int:
    by = _named(by)
    if action == "reject":
        reason = _reasoned(reason, action)
    with store.writing() as con:
        tally = Tally(con)
        claim = _claim_row(con, id)
        _still_open(con, claim)
        _set_state(con, claim["n"], state, tally)
        line = write_history(con, claim["n"], by, action, {"state": claim["state"]}, {"state": state}, reason=reason)
        _regroup(con, [claim["n"]], tally)
        tally.flush()
        return line


def _undo_one(con: Connection, line: Row, by: str, reason: str, tally: Tally) -> None:
    before, after = json.loads(line["before"]), json.loads(line["after"])
    state = con.execute("SELECT state FROM claims WHERE n = ?", (line["claim"],)).fetchone()[0]
    later = con.execute(
        "SELECT max(h.n) FROM history h WHERE h.claim = ? AND h.action IN ('accept', 'reject', 'correct') "
        "AND NOT EXISTS (SELECT 1 FROM history u WHERE u.undoes = h.n)",
        (line["claim"],),
    ).fetchone()[0]
    touched = [line["claim"]]
    if later == line["n"]:  # else somebody has decided since, and that decision stands
        _set_state(con, line["claim"], before["state"], tally)
        state = before["state"]
    if line["action"] == "correct":
        new = _claim_row(con, after["claim"])
        _set_state(con, new["n"], after.get("was", "withdrawn"), tally)
        touched.append(new["n"])
    write_history(con, line["claim"], by, "undo", after, {"state": state}, reason=reason, undoes=line["n"])
    _regroup(con, touched, tally)


def _set_state(con: Connection, n: int, state: str, tally: Tally) -> None:
    tally.touch(n)
    con.execute("UPDATE claims SET state = ?, shown = shown * ? WHERE n = ?", (state, int(state in LIVE), n))


def _regroup(con: Connection, claims: Sequence[int], tally: Tally) -> None:
    for n in claims:
        regroup(con, [con.execute("SELECT lead FROM claims WHERE n = ?", (n,)).fetchone()[0]], tally)


def _claim_row(con: Connection, id: str) -> Row:
    row: Row | None = con.execute("SELECT * FROM claims WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise RecordError(f"there is no claim {id!r} on record; ids are 16 hex digits, as `detente events` shows them")
    return row


def _still_open(con: Connection, claim: Row) -> None:
    """Raises RecordError when a decision on the claim would be lost, because it is replaced or withdrawn."""
    if claim["state"] == "corrected":
        line = con.execute(
            "SELECT by, after FROM history WHERE claim = ? AND action = 'correct' ORDER BY n DESC LIMIT 1",
            (claim["n"],),
        ).fetchone()
        raise RecordError(
            f"claim {claim['id']} was corrected by {line['by']} to {json.loads(line['after'])['claim']}; decide on that one"
        )
    if claim["state"] == "withdrawn":
        raise RecordError(
            f"claim {claim['id']} was withdrawn (its correction was undone); decide on the claim that it replaced"
        )


def _named(by: str) -> str:
    if not by or not by.strip():
        raise UsageError("decisions are made by somebody: give a name (--by NAME, or set DETENTE_USER)")
    return by.strip()


def _reasoned(reason: str, action: str) -> str:
    if not reason or not reason.strip():
        raise UsageError(f"{action}: give a reason, so that others can follow it (--reason TEXT)")
    return reason.strip()
