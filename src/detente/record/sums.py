"""Claims by period out of the summary tables, for the questions that these can answer exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .asking import find_who
from .days import days_asked
from .periods import WIDTHS, by_period
from .record import Record
from .table import Entry, Table

PARTS = {"events": ("party", "actor", "recipient"), "statements": ("speaker", "via", "addressee")}
"""The filters that say who plays a part; summaries know them one at a time."""
Period = tuple[str, str, int, float]
"""Period ('' for what has no day), type, number, sum of the Goldstein values."""


@dataclass(frozen=True)
class Summed:
    """The claims of a question, as the summary tables count them."""

    record: Record
    table: str
    type: str
    """The column of the type, or an empty string in quotes where claims have none."""
    where: tuple[str, ...]
    parameters: tuple[Any, ...]
    long: Callable[[], Table[Entry]] | None = None
    """Claims that may begin before the first month that is asked for, and reach into it: months cannot tell those."""

    def by(self, width: str) -> list[Period]:
        """By month, year or decade, and by type."""
        period = "month" if width == "month" else f"substr(month, 1, {WIDTHS[width]})"
        sql = f"SELECT {period}, {self.type}, sum(n), sum(goldstein) FROM {self.table} WHERE {self._condition} GROUP BY 1, 2"
        found = [tuple(row) for row in self.record.store.rows(sql, self.parameters)]
        for month, _, kind, n, goldstein in by_period(self.long(), width) if self.long else ():
            found.append((month, kind if self.type == "type" else "", n, goldstein))
        return found

    def ends(self) -> tuple[str, str] | None:
        """The first and the last month of those that have one; None where there are no claims."""
        first, last = (
            f"(SELECT month FROM {self.table} WHERE {self._condition} AND month > '' ORDER BY month{way} LIMIT 1)"
            for way in ("", " DESC")
        )
        row = self.record.store.row(f"SELECT {first}, {last}", self.parameters * 2)
        months = [str(month) for month in row or () if month]
        months += [label for label, *_ in by_period(self.long(), "month") if label] if self.long else []
        return (min(months), max(months)) if months else None

    def total(self) -> int:
        """How many there are, those without a day included."""
        sql = f"SELECT coalesce(sum(n), 0) FROM {self.table} WHERE {self._condition}"
        return int(self.record.store.value(sql, self.parameters)) + (len(self.long()) if self.long else 0)

    @property
    def _condition(self) -> str:
        return " AND ".join(self.where) or "1 = 1"


def events_summed(record: Record, filters: dict[str, str]) -> Summed | None:
    """The events with these filters. None where no summary tells: other filters, days within a month, a name that is
    no key on record."""
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
    return _summed(record, table, "type", (where, parameters), asked, lambda: record.events(**more))


def statements_summed(record: Record, filters: dict[str, str]) -> Summed | None:
    """The same of statements; their type is ''."""
    part = _part(record, "statements", filters)
    if part is None:
        return None
    where, parameters = ["kind = ?"], ["attribution"]
    if part[0]:
        where, parameters = [*where, "part = ?", "key = ?"], [*parameters, *part]
    more: dict[str, Any] = dict(filters)
    table = "count_parts" if part[0] else "count_claims"
    return _summed(record, table, "''", (where, parameters), filters, lambda: record.statements(**more))


def _part(record: Record, what: str, asked: dict[str, str]) -> tuple[str, str] | None:
    """(part, key) of the one who is asked for, ('', '') where nobody is; None where that is more than summaries know."""
    who = {k: v for k, v in asked.items() if k in PARTS[what]}
    if len(who) > 1 or not set(asked) <= {*PARTS[what], "since", "until"}:
        return None
    for part, name in who.items():
        keys = find_who(record.store, name).keys
        return (part, keys[0]) if len(keys) == 1 else None
    return "", ""


def _summed(
    record: Record,
    table: str,
    type_: str,
    condition: tuple[list[str], list[str]],
    asked: dict[str, str],
    claims: Callable[[], Table[Entry]],
) -> Summed | None:
    first = days_asked(asked["since"], "since")[0] if "since" in asked else ""
    last = days_asked(asked["until"], "until")[1] if "until" in asked else ""
    if (first and first != days_asked(first[:7], "since")[0]) or (last and last != days_asked(last[:7], "until")[1]):
        return None  # not whole months
    where, parameters = condition
    if first:
        where, parameters = [*where, "month >= ?"], [*parameters, first[:7]]
    if last:
        where, parameters = [*where, "month <= ?", "month > ''"], [*parameters, last[:7]]
    long = (lambda: claims().but("c.last_day > c.day AND c.day < ?", first)) if first else None
    return Summed(record, table, type_, tuple(where), tuple(parameters), long)
