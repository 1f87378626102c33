"""Claims by month out of the summary tables, for the questions that these can answer exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .asking import find_who
from .days import days_asked
from .periods import by_period
from .record import Record
from .table import Entry, Table

PARTS = {"events": ("party", "actor", "recipient"), "statements": ("speaker", "via", "addressee")}
"""The filters that say who plays a part; summaries know them one at a time."""
Month = tuple[str, str, int, float]


def events_by_month(record: Record, filters: dict[str, str]) -> list[Month] | None:
    """(month, type, number, sum of the Goldstein values) of the events with these filters, the month '' for those that
    have no day. None where no summary tells: other filters, days within a month, a name that is no key on record."""
    asked = dict(filters)
    type_ = asked.pop("type", "").upper()
    pair = (asked.pop("a", ""), asked.pop("b", ""))
    where, parameters = (["type = ?"], [type_]) if type_ else ([], [])
    if all(pair) and not set(asked) & set(PARTS["events"]):
        ends = [find_who(record.store, name).keys for name in pair]
        if any(len(keys) != 1 for keys in ends):
            return None
        table, where = "count_dyads", [*where, "a = ?", "b = ?"]
        parameters += sorted(keys[0] for keys in ends)
    elif any(pair):
        return None
    else:
        part = _part(record, "events", asked)
        if part is None:
            return None
        table = "count_roles" if part[0] else "count_events"
        where, parameters = [*where, *(["role = ?", "key = ?"] if part[0] else [])], [*parameters, *filter(None, part)]
    more: dict[str, Any] = {**asked, **({"type": type_} if type_ else {}), **({"between": pair} if all(pair) else {})}
    return _by_month(record, table, "type", (where, parameters), asked, lambda: record.events(**more))


def statements_by_month(record: Record, filters: dict[str, str]) -> list[Month] | None:
    """The same of statements; their type is ''."""
    part = _part(record, "statements", filters)
    if part is None:
        return None
    where, parameters = ["kind = ?"], ["attribution"]
    if part[0]:
        where, parameters = [*where, "part = ?", "key = ?"], [*parameters, *part]
    more: dict[str, Any] = dict(filters)
    table = "count_parts" if part[0] else "count_claims"
    return _by_month(record, table, "''", (where, parameters), filters, lambda: record.statements(**more))


def _part(record: Record, what: str, asked: dict[str, str]) -> tuple[str, str] | None:
    """(part, key) of the one who is asked for, ('', '') where nobody is; None where that is more than summaries know."""
    who = {k: v for k, v in asked.items() if k in PARTS[what]}
    if len(who) > 1 or not set(asked) <= {*PARTS[what], "since", "until"}:
        return None
    for part, name in who.items():
        keys = find_who(record.store, name).keys
        return (part, keys[0]) if len(keys) == 1 else None
    return "", ""


def _by_month(
    record: Record,
    table: str,
    type_: str,
    condition: tuple[list[str], list[str]],
    asked: dict[str, str],
    claims: Callable[[], Table[Entry]],
) -> list[Month] | None:
    first = days_asked(asked["since"], "since")[0] if "since" in asked else ""
    last = days_asked(asked["until"], "until")[1] if "until" in asked else ""
    if (first and first != days_asked(first[:7], "since")[0]) or (last and last != days_asked(last[:7], "until")[1]):
        return None  # not whole months
    where, parameters = condition
    if first:
        where, parameters = [*where, "month >= ?"], [*parameters, first[:7]]
    if last:
        where, parameters = [*where, "month <= ? AND month <> ''"], [*parameters, last[:7]]
    sql = f"SELECT month, {type_}, sum(n), sum(goldstein) FROM {table} WHERE {' AND '.join(where) or '1 = 1'} GROUP BY 1, 2"
    found = [tuple(row) for row in record.store.rows(sql, parameters)]
    if first:  # claims that may begin before it and reach beyond it: months cannot tell those
        rows = by_period(claims().but("c.last_day > c.day AND c.day < ?", first), "month")
        found += [(month, kind if type_ == "type" else "", n, goldstein) for month, _, kind, n, goldstein in rows]
    return found
