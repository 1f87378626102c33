"""A provider's events beside ours: how far they agree by type, dyad and month, and why a row of theirs is not in ours.

What is compared is the distinct event of a day: (actor, recipient, PLOVER type, day), however many rows or documents
tell it. A row of theirs is in ours when a live, done event of ours has the same sides, the same way round, and the same
type within a day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from ..record import Record
from ..record.days import days_asked
from ..record.rows import fold
from .coded import stands
from .countries import countries
from .others import Others

NEAR = 1
"""Days that two tellings of one event may differ."""
FAR = 7
"""Days within which the same event on another day is pointed out."""
PRESS = 3
"""Days after an event in which a document may tell it."""

REASONS = {
    "no document of these days": "no document of the record stands at the day, the day before or the three days after",
    "no type": "PLOVER has no type for the provider's code (a mere statement)",
    "status": "ours has it, as planned, threatened, denied or hypothetical",
    "rejected": "ours had it, and a person rejected it",
    "superseded": "ours had it, and newer rules do not find it",
    "other way round": "ours has actor and recipient exchanged",
    "another type": "ours has an event between the two on that day, of another type",
    "another day": "ours has it up to seven days away",
    "other side": "theirs names one side only, ours names the other as well, or the reverse",
    "actor not found": "one of the two is named in no document of these days",
    "no event between them": "both are named in documents of these days, and no event between them was found",
}
"""Why a row of theirs is not in ours, the first that fits."""


class Telling(NamedTuple):
    """One pair of sides of one of our events."""

    source: str
    target: str
    type: str
    day: str
    status: str
    state: str
    id: str

    @property
    def counts(self) -> bool:
        return self.state in LIVE and stands(self.type, self.status)


@dataclass(slots=True)
class Line:
    """Agreement within one group: distinct events of a day."""

    theirs: int = 0
    ours: int = 0
    theirs_in_ours: int = 0
    ours_in_theirs: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in self.__slots__},
            "share_of_theirs": _share(self.theirs_in_ours, self.theirs),
            "share_of_ours": _share(self.ours_in_theirs, self.ours),
        }


@dataclass(frozen=True, slots=True)
class Missed:
    """A row of theirs that is not in ours."""

    place: str
    line: int
    id: str
    day: str
    source: str
    type: str
    target: str
    reason: str
    detail: str
    claim: str | None
    """The claim of ours that comes nearest."""

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Comparison:
    """What came of it."""

    provider: str
    since: str
    until: str
    total: Line = field(default_factory=Line)
    by: dict[str, dict[str, Line]] = field(default_factory=lambda: {"type": {}, "dyad": {}, "month": {}})
    reasons: Counter[str] = field(default_factory=Counter)
    missed: list[Missed] = field(default_factory=list)
    correlation: float | None = None
    """Of the two numbers of events over all months of all dyads (Pearson); None for fewer than three."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "provider": self.provider,
            "since": self.since,
            "until": self.until,
            "total": self.total.to_dict(),
            "correlation": self.correlation,
            "by": {
                name: [{name: key, **line.to_dict()} for key, line in _sorted(lines, name)]
                for name, lines in self.by.items()
            },
            "reasons": dict(self.reasons.most_common()),
            "missed": [m.to_dict() for m in self.missed],
        }


def compare(
    record: Record, others: Others, provider: str, since: str | None = None, until: str | None = None
) -> Comparison:
    """Their events of the days asked (all of theirs else), beside ours of the same days. Raises UsageError for a
    provider that is not there, or what is no date."""
    others.need(provider)
    first = days_asked(since, "since")[0] if since else ""
    last = days_asked(until, "until")[1] if until else "9999-12-31"
    theirs = list(others.events(provider, first, last))
    first = (since and first) or min((r["day"] for r in theirs), default="")
    last = (until and last) or max((r["day"] for r in theirs), default="")
    ours = Ours(record, first, last)
    found = Comparison(provider, first, last)
    seen: dict[tuple[str, str, str, str], Missed | None] = {}
    for row in theirs:
        key = (ours.canonical(row["source"]), ours.canonical(row["target"]), row["type"], row["day"])
        if key not in seen:
            seen[key] = ours.why_not(row, key[0], key[1])
            _count(found, key, seen[key])
    _count_ours(found, ours, seen.keys())
    found.correlation = _correlation(seen.keys(), ours.standing(first, last))
    return found


def _count(found: Comparison, key: tuple[str, str, str, str], missed: Missed | None) -> None:
    for line in _lines(found, key):
        line.theirs += 1
        line.theirs_in_ours += missed is None
    if missed is not None:
        found.reasons[missed.reason] += 1
        found.missed.append(missed)


def _count_ours(found: Comparison, ours: Ours, theirs: Iterable[tuple[str, str, str, str]]) -> None:
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for source, target, type, day in theirs:
        days[source, target, type].append(day)
    for at in days.values():
        at.sort()
    for key in ours.standing(found.since, found.until):
        theirs_too = _any_within(days.get(key[:3], []), key[3], NEAR)
        for line in _lines(found, key):
            line.ours += 1
            line.ours_in_theirs += theirs_too


def _lines(found: Comparison, key: tuple[str, str, str, str]) -> Iterator[Line]:
    source, target, type, day = key
    yield found.total
    for name, value in (("type", type or "none"), ("dyad", f"{shown(source)} > {shown(target)}"), ("month", day[:7])):
        yield found.by[name].setdefault(value, Line())


def shown(key: str) -> str:
    """A side in a heading: codes in capitals, names as they are, '?' for nobody."""
    return (key.upper() if len(key) < 5 else key) or "?"


class Ours:
    """Our events of some days, made ready to be looked up."""

    def __init__(self, record: Record, first: str, last: str) -> None:
        self._record = record
        self._first, self._last = _shift(first, -FAR), _shift(last, FAR)
        self._by_pair: dict[frozenset[str], list[Telling]] = defaultdict(list)
        self._by_side: dict[str, list[Telling]] = defaultdict(list)
        for row in record.store.stream(_OURS, (self._first, self._last)):
            telling = Telling(self.canonical(row[0]), self.canonical(row[1]), *row[2:])
            self._by_pair[frozenset((telling.source, telling.target))].append(telling)
            for side in {telling.source, telling.target} - {""}:
                self._by_side[side].append(telling)

    def canonical(self, key: str) -> str:
        """One name for one side: the country's code, else the folded name that goes with a key on record."""
        return key if key in countries() else self._names.get(key) or fold(key)

    @cached_property
    def _names(self) -> dict[str, str]:
        rows = self._record.store.rows("SELECT key, name FROM actors WHERE country IS NULL AND name IS NOT NULL")
        return {key: fold(name) for key, name in rows}

    def standing(self, first: str, last: str) -> set[tuple[str, str, str, str]]:
        """The distinct events of a day that stand."""
        return {
            (t.source, t.target, t.type, t.day)
            for tellings in self._by_pair.values()
            for t in tellings
            if t.counts and first <= t.day <= last
        }

    def why_not(self, row: Any, source: str, target: str) -> Missed | None:
        """None where the row is in ours, else the first reason that fits. `source`, `target`: canonical."""
        type, day = row["type"], row["day"]

        def missed(reason: str, detail: str = "", telling: Telling | None = None) -> Missed:
            return Missed(
                *(row["place"], row["line"], row["id"], day, row["source"], type, row["target"]),
                *(reason, detail, telling and telling.id),
            )

        pair = self._by_pair.get(frozenset((source, target)), [])
        same = [t for t in pair if t.type == type and (t.source, t.target) == (source, target)]
        near = [t for t in same if _apart(t.day, day) <= NEAR]
        if type and any(t.counts for t in near):
            return None
        if row["url"] not in self._addresses and not self._documents(day):
            return missed("no document of these days")
        if not type:
            return missed("no type", f"CAMEO {row['cameo']}")
        for t in near:
            if t.state in LIVE:
                return missed("status", t.status, t)
            return missed("rejected" if t.state in {"rejected", "corrected"} else "superseded", t.state, t)
        live = [t for t in pair if t.counts]
        for t in live:
            if t.type == type and _apart(t.day, day) <= NEAR:
                return missed("other way round", "", t)
        for t in live:
            if _apart(t.day, day) <= NEAR:
                return missed("another type", t.type, t)
        for t in live:
            if (t.source, t.target, t.type) == (source, target, type):
                return missed("another day", t.day, t)
        for t in self._one_side(source, target):
            if t.type == type and _apart(t.day, day) <= NEAR and t.counts:
                return missed("other side", f"{t.source.upper() or '?'} > {t.target.upper() or '?'}", t)
        absent = [side for side in (source, target) if side and side not in self._named(day)]
        if absent:
            return missed("actor not found", ", ".join(absent).upper())
        return missed("no event between them")

    def _one_side(self, source: str, target: str) -> list[Telling]:
        """Ours with one side more or less than theirs."""
        if source and target:
            return [t for side in (source, target) for t in self._by_side[side] if "" in (t.source, t.target)]
        return self._by_side[source or target]

    def _documents(self, day: str) -> bool:
        days = self._document_days
        return bisect_left(days, _shift(day, -1)) < bisect_right(days, _shift(day, PRESS))

    def _named(self, day: str) -> set[str]:
        return {key for shift in range(-1, PRESS + 1) for key in self._keys_by_day.get(_shift(day, shift), ())}

    @cached_property
    def _document_days(self) -> list[str]:
        rows = self._record.store.rows("SELECT DISTINCT day FROM documents WHERE day <> '' ORDER BY day")
        return [r[0] for r in rows]

    @cached_property
    def _addresses(self) -> set[str]:
        rows = self._record.store.rows(
            "SELECT url FROM documents WHERE url IS NOT NULL UNION SELECT source FROM documents"
        )
        return {r[0] for r in rows}

    @cached_property
    def _keys_by_day(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for day, key in self._record.store.stream(_NAMED, (self._first, self._last)):
            found[day].add(self.canonical(key))
        return found


LIVE = frozenset({"unreviewed", "accepted"})
_OURS = (
    "SELECT p.source, p.target, c.type, c.day, c.status, c.state, c.id FROM pairs p JOIN claims c ON c.n = p.claim "
    "WHERE c.kind = 'event' AND c.day >= ? AND c.day <= ? AND c.day <> '' ORDER BY c.day, c.n"
)
_NAMED = (
    "SELECT DISTINCT d.day, a.key FROM documents d JOIN claims c ON c.document = d.n JOIN claim_actors a ON a.claim = c.n "
    "WHERE d.day >= ? AND d.day <= ?"
)


def _shift(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def _apart(one: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 0 if one[:7] == other[:7] else FAR + 1


def _any_within(days: list[str], day: str, most: int) -> bool:
    return any(_apart(d, day) <= most for d in days[bisect_left(days, _shift(day, -most)) :][:1])


def _correlation(theirs: Iterable[tuple[str, ...]], ours: Iterable[tuple[str, ...]]) -> float | None:
    a, b = (Counter((k[0], k[1], k[3][:7]) for k in keys) for keys in (theirs, ours))
    cells = sorted(a.keys() | b.keys())
    if len(cells) < 3:
        return None
    from statistics import StatisticsError, correlation

    try:
        return round(correlation([a[c] for c in cells], [b[c] for c in cells]), 3)
    except StatisticsError:  # one of the two is the same everywhere
        return None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _sorted(lines: dict[str, Line], name: str) -> list[tuple[str, Line]]:
    if name == "month":
        return sorted(lines.items())
    return sorted(lines.items(), key=lambda item: (-item[1].theirs - item[1].ours, item[0]))
