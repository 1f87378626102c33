"""The history of claims, to be read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..errors import RecordError
from .store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to a claim."""

    n: int
    claim: str
    at: str
    """UTC."""
    by: str
    """A person's name, or 'reader:VERSION'."""
    action: str
    """accept, reject, correct, undo; by readers: supersede, revive, refresh."""
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]
    undone: bool
    undoes: int | None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


_SELECT = (
    "SELECT h.*, c.id, EXISTS (SELECT 1 FROM history u WHERE u.undoes = h.n) AS undone "
    "FROM history h JOIN claims c ON c.n = h.claim "
)


def history_of(store: Store, id: str) -> list[Line]:
    """The lines of a claim and of the claims that it replaces, oldest first. Raises RecordError for an unknown id."""
    if store.value("SELECT 1 FROM claims WHERE id = ?", (id,)) is None:
        raise RecordError(f"there is no claim {id!r} on record; ids are 16 hex digits, as `detente events` shows them")
    family = (
        "WITH RECURSIVE family (n) AS (SELECT n FROM claims WHERE id = ? UNION "
        "SELECT c.replaces FROM claims c JOIN family f ON c.n = f.n WHERE c.replaces IS NOT NULL) "
    )
    rows = store.rows(f"{family}{_SELECT}WHERE h.claim IN (SELECT n FROM family) ORDER BY h.n", (id,))
    return [_line(row) for row in rows]


def latest_decisions(store: Store, limit: int = 50, by: str | None = None) -> list[Line]:
    """What people decided last, newest first."""
    where = "WHERE h.by NOT LIKE 'reader:%'" + (" AND h.by = ?" if by else "")
    return [_line(r) for r in store.rows(f"{_SELECT}{where} ORDER BY h.n DESC LIMIT {int(limit)}", (by,) if by else ())]


def _line(row: Any) -> Line:
    return Line(
        n=row["n"],
        claim=row["id"],
        at=row["at"],
        by=row["by"],
        action=row["action"],
        reason=row["reason"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
        undone=bool(row["undone"]),
        undoes=row["undoes"],
    )
