"""Numbers over time: events, statements, stances and documents by day, month, year or decade."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ..record.periods import WIDTHS, by_period, by_side
from ..record.sums import Summed, events_summed, statements_summed
from .asked import Asked
from .desk import Desk
from .labels import quad_of_type

MOST_BARS = 400
"""Periods in one picture; more could not be told apart."""


@dataclass
class Bin:
    """One period: events by quad class and type, their Goldstein values, statements, stances by side, documents."""

    label: str
    quads: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    types: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sides: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    events: int = 0
    goldstein: float = 0.0
    statements: int = 0
    documents: int = 0

    @property
    def mean(self) -> float | None:
        return round(self.goldstein / self.events, 2) if self.events else None

    @property
    def cooperation(self) -> int:
        return self.quads[1] + self.quads[2]

    @property
    def conflict(self) -> int:
        return self.quads[3] + self.quads[4]

    @property
    def anything(self) -> bool:
        return bool(self.events or self.statements or any(self.sides.values()))

    def row(self) -> dict[str, Any]:
        """The flat row of the exports."""
        quads = {
            name: self.quads[q]
            for q, name in enumerate(
                ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"), 1
            )
        }
        sides = {f"stances_{side}": self.sides[side] for side in ("favour", "oppose", "mixed", "neutral")}
        return {
            "period": self.label or None,
            **quads,
            "events": self.events,
            "goldstein_mean": self.mean,
            "statements": self.statements,
            **sides,
            "documents": self.documents,
        }


@dataclass(frozen=True)
class Series:
    """Periods of one width, oldest first, and which numbers they hold: events, statements, stances."""

    bins: list[Bin]
    width: str
    holds: frozenset[str] = frozenset({"events"})

    def types(self) -> list[tuple[str, int]]:
        """Event types with their numbers, the most frequent first."""
        sums: dict[str, int] = defaultdict(int)
        for b in self.bins:
            for name, n in b.types.items():
                sums[name] += n
        return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def events_over_time(desk: Desk, filters: dict[str, str], width: str = "") -> Series:
    """Events with these filters; by whichever width gives a readable number of bars, unless told."""
    width = width if width in WIDTHS else fitting(_ends(desk, "events", filters))
    bins = [b for b in _bins(desk, "events", filters, width) if b.label]
    return Series(filled(_with_documents(desk, bins, width), width), width)


def number_of(desk: Desk, filters: dict[str, str]) -> int:
    """How many events there are for these filters, those without a day included."""
    summed = events_summed(desk.record, filters)
    return summed.total() if summed else sum(b.events for b in _bins(desk, "events", filters, "month"))


def all_over_time(desk: Desk, asked: dict[str, str], width: str = "") -> Series:
    """Events and statements, or with an issue the stances on it. `asked`: a, b, party, type, issue, since, until."""
    days = {k: asked[k] for k in ("since", "until") if k in asked}
    who = {k: asked[k] for k in ("a", "b", "party") if k in asked}
    parts: dict[str, dict[str, str]] = {}
    if "issue" in asked:
        parts["stances"] = days | {"issue": asked["issue"]} | ({"actor": asked["party"]} if "party" in asked else {})
    else:
        parts["events"] = days | who | ({"type": asked["type"].upper()} if "type" in asked else {})
        if "type" not in asked and "a" not in asked:
            parts["statements"] = days | ({"speaker": asked["party"]} if "party" in asked else {})
    if width not in WIDTHS:
        width = fitting([month for kind, filters in parts.items() for month in _ends(desk, kind, filters)])
    sums: dict[str, Bin] = {}
    for kind, filters in parts.items():
        for b in _bins(desk, kind, filters, width):
            if b.label:
                _add(sums.setdefault(b.label, Bin(b.label)), b)
    bins = [sums[label] for label in sorted(sums)]
    return Series(filled(_with_documents(desk, bins, width), width), width, frozenset(parts))


def fitting(months: list[str]) -> str:
    """Days, months, years or decades, for what happened between the first and the last of these months."""
    if not months:
        return "month"
    first, last = (date(int(x[:4]), int(x[5:7]), 1) for x in (min(months), max(months)))
    days = (last - first).days + 30
    return "day" if days <= 70 else "month" if days <= 366 * 7 else "year" if days <= 366 * 80 else "decade"


def _ends(desk: Desk, kind: str, filters: dict[str, str]) -> list[str]:
    """The first and the last month in which there is something; none where there is nothing."""
    summed = _summed(desk, kind, filters)
    if summed:
        return list(summed.ends() or ())
    return [b.label for b in _bins(desk, kind, filters, "month") if b.label]


def _summed(desk: Desk, kind: str, filters: dict[str, str]) -> Summed | None:
    """The answer of the summaries, where they have one."""
    summed = {"events": events_summed, "statements": statements_summed}.get(kind)
    return summed(desk.record, filters) if summed else None


def _bins(desk: Desk, kind: str, filters: dict[str, str], width: str) -> list[Bin]:
    """The bin '' holds what has no day."""
    key = ("bins", kind, tuple(sorted(filters.items())), width)
    return desk.remember(key, lambda: _counted(desk, kind, filters, width))


def _counted(desk: Desk, kind: str, filters: dict[str, str], width: str) -> list[Bin]:
    """From the summaries where these know it; else from claims, whose months are added up to years and decades."""
    summed = _summed(desk, kind, filters) if width != "day" else None
    if summed is None and width in {"year", "decade"}:
        return _coarser(_bins(desk, kind, filters, "month"), WIDTHS[width])
    bins: dict[str, Bin] = {}
    if kind == "stances":
        for label, side, n in by_side(Asked("stances", filters).table(desk.record, limit=None), width):
            bins.setdefault(label, Bin(label)).sides[side] += n
        return list(bins.values())
    if summed:
        rows: Any = [(label, None, type_, n, goldstein) for label, type_, n, goldstein in summed.by(width)]
    else:
        rows = by_period(Asked(kind, filters).table(desk.record, limit=None), width)
    quads = quad_of_type()
    for label, quad, type_, n, goldstein in rows:
        b = bins.get(label) or bins.setdefault(label, Bin(label))
        if kind == "statements":
            b.statements += n
            continue
        b.quads[quad or quads.get(type_ or "", 0)] += n
        b.types[type_ or "?"] += n
        b.events += n
        b.goldstein += goldstein
    return list(bins.values())


def _coarser(bins: list[Bin], length: int) -> list[Bin]:
    sums: dict[str, Bin] = {}
    for b in bins:
        _add(sums.setdefault(b.label[:length], Bin(b.label[:length])), b)
    return list(sums.values())


def _add(to: Bin, b: Bin) -> None:
    for mine, other in ((to.quads, b.quads), (to.types, b.types), (to.sides, b.sides)):
        for key, n in other.items():
            mine[key] += n  # type: ignore[index]
    to.events += b.events
    to.goldstein += b.goldstein
    to.statements += b.statements


def _with_documents(desk: Desk, bins: list[Bin], width: str) -> list[Bin]:
    """Copies of the bins with the numbers of documents."""
    if width == "day":
        ends = (bins[0].label, bins[-1].label) if bins else ("", "")
        sql = "SELECT day, count(*) FROM documents WHERE day BETWEEN ? AND ? GROUP BY day"
        rows = desk.record.store.rows(sql, ends)
    else:
        sql = "SELECT month, sum(n) FROM count_documents GROUP BY month"
        rows = desk.remember("documents by month", lambda: desk.record.store.rows(sql))
    documents: Counter[str] = Counter()
    for period, n in rows:
        documents[period[: WIDTHS[width]]] += n
    made = []
    for b in bins:
        copy = Bin(b.label, documents=documents[b.label])
        _add(copy, b)
        made.append(copy)
    return made


def filled(bins: list[Bin], width: str) -> list[Bin]:
    """The same with the empty periods in between, as long as that gives a picture that can be read."""
    if len(bins) < 2:
        return bins
    there = {b.label: b for b in bins}
    labels = [bins[0].label]
    while labels[-1] < bins[-1].label and len(labels) <= MOST_BARS:
        labels.append(_after(labels[-1], width))
    if len(labels) > MOST_BARS or not set(there) <= set(labels):
        return bins
    return [there.get(label, Bin(label)) for label in labels]


def _after(label: str, width: str) -> str:
    if width == "day":
        return (date.fromisoformat(label) + timedelta(days=1)).isoformat()
    if width == "month":
        year, month = int(label[:4]), int(label[5:7])
        return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    return f"{int(label) + 1:0{len(label)}d}"


def ends_of(label: str, width: str) -> tuple[str, str]:
    """The first and the last period of a bar as filters of days: a decade from its first year to its last."""
    return (f"{label}0", f"{label}9") if width == "decade" else (label, label)


def shown(label: str, width: str) -> str:
    """'1990s' of '199'."""
    return f"{label}0s" if width == "decade" else label
