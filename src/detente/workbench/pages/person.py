"""The dossier of one person who acts or speaks for a state: offices over time, with whom they deal, documents."""

from __future__ import annotations

from typing import Any

from ...errors import RecordError
from ..desk import Desk
from .front import beginnings

_HERS = "(SELECT n FROM actors WHERE id = ?)"
"""The actors that stand for the person: one for each office in which they are on record."""


def dossier_of_one(desk: Desk, id: str) -> dict[str, Any]:
    """What the record holds on the person of this id, as the dossier of a state. Raises RecordError."""
    store = desk.record.store
    known = store.row("SELECT coalesce(person, name, id) AS person, key FROM actors WHERE id = ? LIMIT 1", (id,))
    if known is None:
        raise RecordError(f"nobody on record is called {id!r}; look for a name in the search above")
    parts = store.rows(
        "SELECT p.kind, p.part, count(DISTINCT p.claim) AS n FROM claim_actors p JOIN claims c ON c.n = p.claim "
        f"WHERE p.actor IN {_HERS} AND c.shown = 1 GROUP BY p.kind, p.part",
        (id,),
    )
    documents = store.rows(
        "SELECT d.id, d.title, d.source, d.outlet, d.day, count(DISTINCT c.n) AS n FROM claim_actors p "
        "JOIN claims c ON c.n = p.claim JOIN documents d ON d.n = c.document "
        f"WHERE p.actor IN {_HERS} AND c.state IN ('unreviewed', 'accepted') "
        "GROUP BY d.n, d.id, d.title, d.source, d.outlet, d.day ORDER BY d.day DESC, n DESC, d.n LIMIT 8",
        (id,),
    )
    return {
        "person": known["person"],
        "whose": known["key"],
        "counts": {(r["kind"], r["part"]): r["n"] for r in parts},
        "people": _offices(desk, id),
        "partners": _partners(desk, id),
        "documents": documents,
        "beginnings": beginnings(desk, [d["id"] for d in documents if not d["title"]]),
    }


def _offices(desk: Desk, id: str) -> list[dict[str, Any]]:
    """In which offices and for which bodies the person is on record, and between which days, the earliest first."""
    rows = desk.record.store.rows(
        "SELECT NULL AS person, a.office, a.body, count(*) AS n, min(nullif(p.day, '')) AS first, max(p.day) AS last "
        "FROM actors a JOIN claim_actors p ON p.actor = a.n WHERE a.id = ? AND (a.office IS NOT NULL OR a.body IS NOT NULL) "
        "GROUP BY a.office, a.body ORDER BY 5, 6, coalesce(a.office, ''), coalesce(a.body, '') LIMIT 30",
        (id,),
    )
    return [dict(r) for r in rows]


def _partners(desk: Desk, id: str) -> list[dict[str, Any]]:
    """On whom the person acts and who acts on them, in events."""
    rows = desk.record.store.rows(
        "SELECT q.key AS other, sum(CASE WHEN p.part = 'actor' THEN 1 ELSE 0 END) AS out, "
        "sum(CASE WHEN p.part = 'recipient' THEN 1 ELSE 0 END) AS back, round(avg(c.goldstein), 2) AS goldstein "
        "FROM claim_actors p JOIN claims c ON c.n = p.claim JOIN claim_actors q ON q.claim = p.claim AND q.part <> p.part "
        f"WHERE p.actor IN {_HERS} AND c.kind = 'event' AND c.shown = 1 AND p.part IN ('actor', 'recipient') "
        "AND q.part IN ('actor', 'recipient') GROUP BY q.key ORDER BY count(*) DESC, q.key LIMIT 15",
        (id,),
    )
    return [dict(r) for r in rows]
