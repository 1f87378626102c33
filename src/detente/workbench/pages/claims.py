"""One document with its claims beside it, and one claim with all that belongs to it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...errors import RecordError
from ...record import Entry
from ...record.histories import history_of
from ..asked import rows_of
from ..deciding import fields_of
from ..desk import Desk
from ..marking import CARDS, evidence_parts, parts_of, short_facts

MOST_CARDS = 400
"""Claims with a card on one page; a longer document shows the rest by kind."""


def document_page(desk: Desk, request: Request) -> Response:
    """The text as read with everything marked, the claims beside it, and the forms to decide on them."""
    document = desk.record.document(request.path_params["id"])
    kind = request.query_params.get("kind", "")
    all_claims = request.query_params.get("all") == "1"
    entries = desk.record.claims_in(document.id, kinds=[k for k in _KINDS if k != "actor"], live=not all_claims)
    shown = [e for e in entries if not kind or e.kind == kind]
    cards = [e for e in shown if e.kind in CARDS or kind]
    return desk.page(
        request,
        "document.html",
        own=True,
        document=document,
        parts=parts_of(desk.words(request), document, shown),
        cards=[(e, short_facts(e)) for e in cards[:MOST_CARDS]],
        left_out=max(0, len(cards) - MOST_CARDS),
        others=[e for e in shown if e.kind not in CARDS] if not kind else [],
        counts={k: sum(e.kind == k for e in entries) for k in _KINDS},
        seen=_seen(desk, document.id),
        kind=kind,
        all_claims=all_claims,
        copies=desk.record.same_dispatch(document.id)[:20],
    )


_KINDS = (*CARDS, "date", "place", "actor")


def _seen(desk: Desk, document: str) -> int:
    """The last line of the record's history: decisions after it were made while the page lay open."""
    return int(desk.record.store.value("SELECT ifnull(max(n), 0) FROM history") or 0)


def claim_page(desk: Desk, request: Request) -> Response:
    """A claim at its permanent address: evidence, why, confidence, history, corroboration, and what speaks against it."""
    record, id = desk.record, request.path_params["id"]
    entry = record.claim(id)
    text = record.document(entry.document).text
    return desk.page(
        request,
        "claim.html",
        own=True,
        entry=entry,
        facts=short_facts(entry),
        parts=evidence_parts(entry, text),
        cut_before=entry.claim.span.start > 240,
        cut_after=entry.claim.span.end + 240 < len(text),
        history=history_of(record.store, id),
        same=[e for e in record.corroboration(id) if e.id != id][:30],
        against=contradicting(desk, entry),
        fields=fields_of(entry.claim),
        seen=_seen(desk, entry.document),
        flat=entry.to_dict(),
        basis=_basis(desk, entry),
        replaces=_replaced(desk, entry),
    )


def _basis(desk: Desk, entry: Entry) -> Entry | None:
    """The statement or event in which a stance is taken, or inside which a statement stands."""
    id = getattr(entry.claim, "basis", None) or getattr(entry.claim, "parent", None)
    return _claim(desk, id) if id else None


def _replaced(desk: Desk, entry: Entry) -> list[Any]:
    """(label, claim) of the claim that this one corrects, and of its correction."""
    store = desk.record.store
    old = store.value("SELECT o.id FROM claims c JOIN claims o ON o.n = c.replaces WHERE c.id = ?", (entry.id,))
    new = store.value(
        "SELECT c.id FROM claims c JOIN claims o ON o.n = c.replaces WHERE o.id = ? AND c.state IN ('accepted', 'unreviewed')",
        (entry.id,),
    )
    pairs = (("corrects", old), ("corrected_to", new))
    return [(label, _claim(desk, i)) for label, i in pairs if i]


def _claim(desk: Desk, id: str) -> Entry | None:
    try:
        return desk.record.claim(id)
    except RecordError:  # its basis was found by an earlier reader, and is not on record any more
        return None


def contradicting(desk: Desk, entry: Entry) -> list[Entry]:
    """Claims that say the opposite: the same act by the same to the same that is denied; the other side of an issue."""
    record: Any = desk.record
    claim: Any = entry.claim
    if entry.kind == "stance" and claim.issue and claim.side in {"favour", "oppose"}:
        other = "oppose" if claim.side == "favour" else "favour"
        return rows_of(record.stances(claim.issue, side=other, limit=10))
    if entry.kind == "event" and claim.actors and entry.day:
        wanted = {"denied"} if claim.status != "denied" else {"done", "planned", "threatened"}
        month = entry.day[:7]
        found = record.events(actor=claim.actors[0].key, type=claim.type, since=month, until=month, limit=60)
        return [e for e in found if e.status in wanted and e.id != entry.id][:10]
    return []
