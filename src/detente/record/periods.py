"""Claims counted by period and by place: what charts and maps are drawn from, without reading a claim's row."""

from __future__ import annotations

from typing import Any

from ..errors import UsageError
from .store import Store
from .table import Entry, Table

WIDTHS = {"day": 10, "month": 7, "year": 4, "decade": 3}
"""Characters of an ISO date that tell the period."""


def by_period(table: Table[Entry], width: str) -> list[tuple[str, int | None, str | None, int, float]]:
    """(period, quad class, type, number, sum of the Goldstein values) of the claims of a question, oldest first; the
    period '' holds what has no day. Raises UsageError for a width that is none of day, month, year, decade."""
    return _counted(table, width, "c.quad, c.type, count(*), coalesce(sum(c.goldstein), 0.0)", "1, 2, 3")


def by_month(store: Store, kind: str) -> list[tuple[str, int]]:
    """(month, number) of the shown claims of a kind, oldest first, from the summary."""
    return [tuple(r) for r in store.rows("SELECT month, n FROM count_claims WHERE kind = ? ORDER BY month", (kind,))]


def by_place(store: Store, since: str = "", until: str = "", limit: int = 250) -> list[dict[str, Any]]:
    """place, country, lat, lon, n and goldstein (mean) of the places of events between two days, the most frequent
    first. Days are ISO dates or ''."""
    where, parameters = "kind = 'event' AND shown = 1 AND lat IS NOT NULL AND place IS NOT NULL", []
    if since:
        where += " AND last_day >= ?"
        parameters.append(since)
    if until:
        where += " AND day <= ? AND day <> ''"
        parameters.append(until)
    rows = store.rows(
        "SELECT place, country, avg(lat) AS lat, avg(lon) AS lon, count(*) AS n, round(avg(goldstein), 2) AS goldstein "
        f"FROM claims{store.by_index('claims_placed')} WHERE {where} GROUP BY lower(place), place, country "
        f"ORDER BY n DESC, place LIMIT {int(limit)}",
        parameters,
    )
    return [dict(row) for row in rows]


def by_side(table: Table[Entry], width: str) -> list[tuple[str, str, int]]:
    """(period, side, number) of the stances of a question, oldest first. Raises UsageError as `by_period` does."""
    return _counted(table, width, "c.side, count(*)", "1, 2")


def _counted(table: Table[Entry], width: str, counts: str, groups: str) -> list[Any]:
    if width not in WIDTHS:
        raise UsageError(f"periods: {width!r} is none of {', '.join(WIDTHS)}")
    query = table.query
    rows = table.store.rows(
        f"SELECT substr(c.day, 1, {WIDTHS[width]}) AS bin, {counts} FROM {query.counted or query.source} "
        f"WHERE {' AND '.join(query.where)} GROUP BY {groups} ORDER BY 1",
        query.parameters,
    )
    return [tuple(row) for row in rows]
