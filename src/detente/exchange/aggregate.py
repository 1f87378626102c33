"""Events as panels: so many a dyad and month, as those who model need them.

The Goldstein scale, one-a-day filtering (one event of a kind between the same two on a day counts once: Schrodt and
Gerner) and rates by coverage (so many a thousand documents of the period, since more news tells of more events) are the
usual treatments of event data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from statistics import median
from typing import Any, NamedTuple

from ..errors import UsageError
from ..record import Record
from ..record.days import days_asked
from ..record.table import Columns
from .coded import stands
from .others import Others

PERIODS: dict[str, Callable[[str], str]] = {
    "day": lambda day: day,
    "week": lambda day: "{}-W{:02d}".format(*date.fromisoformat(day).isocalendar()[:2]),
    "month": lambda day: day[:7],
    "quarter": lambda day: f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}",
    "year": lambda day: day[:4],
}
UNITS = ("dyad", "pair", "source", "target", "type")
SCALES = ("goldstein", "counts", "quad")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
LEAST_PERIODS, LEAST_MEDIAN, THIN = 4, 4, 0.25
"""An outlet is missing in a period with less than a quarter of its median, when it has at least four periods and a
median of four documents."""


class Happening(NamedTuple):
    """One event to be counted, or one of its pairs of sides."""

    event: int
    """The same for all pairs of sides of one event."""
    source: str
    target: str
    type: str
    code: str
    day: str
    last_day: str
    quad: int | None
    goldstein: float | None


@dataclass(slots=True)
class Panel:
    """Rows and how they came about."""

    columns: Columns
    rows: list[dict[str, Any]] = field(default_factory=list)
    counted: int = 0
    """Events in the rows."""
    repeated: int = 0
    """Left out by the one-a-day filter."""
    imprecise: int = 0
    """Left out because their date spans several periods, or none is known."""
    undated: int = 0
    """Counted at their document's day, since they have no date of their own."""
    warnings: list[str] = field(default_factory=list)

    def about(self) -> dict[str, Any]:
        """What a reader of the rows has to know."""
        return {name: getattr(self, name) for name in ("counted", "repeated", "imprecise", "undated", "warnings")}


def aggregate(
    record: Record,
    by: Sequence[str],
    scale: str = "counts",
    *,
    others: Others | None = None,
    provider: str | None = None,
    since: str | None = None,
    until: str | None = None,
    one_a_day: bool = False,
    fill: bool = False,
    statuses: Sequence[str] | None = None,
) -> Panel:
    """The panel of the record's merged events, or of a provider's. Rows are sorted by what they are grouped by.

    `by`: any of dyad (source and target, directed), pair (undirected), source, target, type, and one of day, week,
    month, quarter, year. `fill`: zeros for every unit in every period between the first and the last. `statuses`:
    events of these alone; else those that stand. Raises UsageError for what cannot be asked.
    """
    period, units = _asked(by, scale)
    first = days_asked(since, "since")[0] if since else "0001-01-01"
    last = days_asked(until, "until")[1] if until else "9999-12-31"
    panel = Panel(_columns(units, period, scale))
    if others is not None and provider is not None:
        others.need(provider)
        happenings: Iterable[Happening] = map(_theirs, others.events(provider, first, last))
        coverage = _their_coverage(others, provider, period, first, last)
    else:
        happenings = _ours(record, bool(set(units) - {"type"}), first, last, statuses, panel)
        coverage = _our_coverage(record, period, first, last)
    groups: dict[tuple[str, ...], list[Happening]] = defaultdict(list)
    event, had = -1, set[tuple[str, ...]]()
    for happening in _filtered(happenings, units, period, one_a_day, panel):
        if happening.event != event:
            event, had = happening.event, set()
        at = () if period is None else (PERIODS[period](happening.day),)
        unit = _unit(happening, units)
        if unit is not None and unit not in had:  # an event with three recipients counts once for its actor
            had.add(unit)
            groups[*unit, *at].append(happening)
    coverage.warn(panel, period)
    if fill and period:
        _fill(groups, period, coverage)
    names = list(panel.columns)[: len(_keys(units)) + (period is not None)]
    for key in sorted(groups):
        found = groups[key]
        seen = coverage.of(key[-1] if period else "")
        rate = round(1000 * len(found) / seen, 4) if seen else None
        values = {**_SCALES[scale](found), "coverage": seen, "rate": rate, "missing_outlets": coverage.missing(key[-1])}
        panel.rows.append({**dict(zip(names, key, strict=True)), **values})
        panel.counted += len(found)
    return panel


def _asked(by: Sequence[str], scale: str) -> tuple[str | None, list[str]]:
    periods = [b for b in by if b in PERIODS]
    units = [b for b in by if b in UNITS]
    if not by or len(periods) + len(units) < len(by) or len(periods) > 1:
        raise UsageError(
            f"by: {' '.join(by) or 'nothing'}: name any of {', '.join(UNITS)} and at most one of {', '.join(PERIODS)}"
        )
    if len({"dyad", "pair"} & set(units)) > 1 or ({"dyad", "pair"} & set(units) and {"source", "target"} & set(units)):
        raise UsageError("by: dyad and pair name both sides already; leave the others out")
    if scale not in SCALES:
        raise UsageError(f"scale: {scale!r} is none of {', '.join(SCALES)}")
    return (periods[0] if periods else None), units


def _keys(units: Sequence[str]) -> list[str]:
    names: list[str] = []
    for unit in units:
        names += {"dyad": ["source", "target"], "pair": ["one", "other"]}.get(unit, [unit])
    return names


def _columns(units: Sequence[str], period: str | None, scale: str) -> Columns:
    keys = [*_keys(units), *([period] if period else [])]
    values: dict[str, Columns] = {
        "counts": {"n": int},
        "goldstein": {"n": int, "goldstein": float, "mean": float, "cooperation": float, "conflict": float},
        "quad": {"n": int, **dict.fromkeys(QUADS, int)},
    }
    return {
        **dict.fromkeys(keys, str), **values[scale], "coverage": int, "rate": float, "missing_outlets": list,
    }  # fmt: skip


def _counts(found: list[Happening]) -> dict[str, Any]:
    return {"n": len(found)}


def _goldstein(found: list[Happening]) -> dict[str, Any]:
    values = [h.goldstein for h in found if h.goldstein is not None]
    return {
        "n": len(found),
        "goldstein": round(sum(values), 4),
        "mean": round(sum(values) / len(values), 4) if values else None,
        "cooperation": round(sum(v for v in values if v > 0), 4),
        "conflict": round(sum(v for v in values if v < 0), 4),
    }


def _quad(found: list[Happening]) -> dict[str, Any]:
    numbers = Counter(h.quad for h in found)
    return {"n": len(found), **{name: numbers[q] for q, name in enumerate(QUADS, 1)}}


_SCALES: dict[str, Callable[[list[Happening]], dict[str, Any]]] = {
    "counts": _counts,
    "goldstein": _goldstein,
    "quad": _quad,
}


# --- events -----------------------------------------------------------------------------------------------


def _ours(
    record: Record, sides: bool, first: str, last: str, statuses: Sequence[str] | None, panel: Panel
) -> Iterator[Happening]:
    """Merged events: a row for each pair of sides where sides are asked for, one an event else."""
    columns = "c.type, ifnull(c.cameo, ''), c.day, c.last_day, c.quad, c.goldstein, c.status, c.date IS NULL"
    where = "c.kind = 'event' AND c.shown = 1 AND c.day >= ? AND c.day <= ?"
    if sides:
        sql = f"SELECT c.n, p.source, p.target, {columns} FROM pairs p JOIN claims c ON c.n = p.claim WHERE {where} ORDER BY c.day, c.n"
    else:
        sql = f"SELECT c.n, '', '', {columns} FROM claims c WHERE {where} ORDER BY c.day, c.n"
    for n, source, target, type, code, day, last_day, quad, goldstein, status, undated in record.store.stream(
        sql, (first, last)
    ):
        if status in statuses if statuses else stands(type, status):
            panel.undated += undated
            yield Happening(n, source, target, type, code, day, last_day or day, quad, goldstein)


def _theirs(row: Any) -> Happening:
    return Happening(
        row["n"],
        row["source"],
        row["target"],
        row["type"],
        row["cameo"],
        row["day"],
        row["last_day"],
        row["quad"],
        row["goldstein"],
    )


def _filtered(
    happenings: Iterable[Happening], units: Sequence[str], period: str | None, one_a_day: bool, panel: Panel
) -> Iterator[Happening]:
    seen: set[tuple[str, ...]] = set()
    for h in happenings:
        if period and not _within_one(h, period):
            panel.imprecise += 1
            continue
        sides = sorted((h.source, h.target)) if "pair" in units else (h.source, h.target)
        key = (*sides, h.code or h.type, h.day, h.last_day)
        if one_a_day and key in seen:
            panel.repeated += 1
            continue
        seen.add(key)
        yield h


def _within_one(h: Happening, period: str) -> bool:
    """Whether all days that its date may mean lie in one period."""
    if len(h.day) < 10 or len(h.last_day) < 10:
        return len(h.day) >= {"month": 7, "quarter": 7, "year": 4}.get(period, 10)
    return PERIODS[period](h.day) == PERIODS[period](h.last_day)


def _unit(h: Happening, units: Sequence[str]) -> tuple[str, ...] | None:
    """The unit that an event counts for; None where a side that is asked for is not known."""
    values = {
        "dyad": (h.source, h.target),
        "pair": tuple(sorted((h.source, h.target))),
        "source": (h.source,),
        "target": (h.target,),
        "type": (h.type,),
    }
    found = tuple(value for unit in units for value in values[unit])
    return found if all(found) else None


# --- coverage ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Coverage:
    """How many documents (or events of a provider) each period has, and from which outlets."""

    what: str
    by_outlet: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    periods: list[str] = field(default_factory=list)
    """Every period between the first and the last."""
    absent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, period: str) -> int:
        if not period:
            return sum(sum(c.values()) for c in self.by_outlet.values())
        return sum(c[period] for c in self.by_outlet.values())

    def missing(self, period: str) -> list[str]:
        return self.absent.get(period, [])

    def warn(self, panel: Panel, period: str | None) -> None:
        """Which outlets fall silent, and which periods have nothing at all."""
        if not period or not self.periods:
            return
        empty = [p for p in self.periods if not self.of(p)]
        if empty:
            panel.warnings.append(f"no {self.what} at all in {_some(empty)}: zeros there mean that nobody looked")
        for outlet, numbers in sorted(self.by_outlet.items()):
            if not outlet or len(numbers) < LEAST_PERIODS:
                continue
            usual = median(numbers.values())
            since = min(numbers)
            thin = [p for p in self.periods if p >= since and numbers[p] < THIN * usual]
            if usual >= LEAST_MEDIAN and thin:
                panel.warnings.append(
                    f"{outlet} is missing in {_some(thin)}: it has {usual:g} {self.what} a {period} else"
                )
                for p in thin:
                    self.absent[p].append(outlet)


def _our_coverage(record: Record, period: str | None, first: str, last: str) -> Coverage:
    rows = record.store.rows(
        "SELECT day, ifnull(outlet, ''), count(*) FROM documents WHERE day >= ? AND day <= ? AND day <> '' GROUP BY 1, 2",
        (first, last),
    )
    return _coverage("documents", rows, period)


def _their_coverage(others: Others, provider: str, period: str | None, first: str, last: str) -> Coverage:
    rows = others.rows(
        "SELECT day, outlet, count(*) FROM events WHERE provider = ? AND day >= ? AND day <= ? GROUP BY 1, 2",
        (provider, first, last),
    )
    return _coverage(f"events of {provider}", rows, period)


def _coverage(what: str, rows: Iterable[Any], period: str | None) -> Coverage:
    coverage = Coverage(what)
    for day, outlet, n in rows:
        if len(day) == 10:
            coverage.by_outlet[outlet][PERIODS[period](day) if period else ""] += n
    if period:
        known = sorted({p for numbers in coverage.by_outlet.values() for p in numbers})
        coverage.periods = list(between(known[0], known[-1], period)) if known else []
    return coverage


def between(first: str, last: str, period: str) -> Iterator[str]:
    """Every period from the first to the last."""
    day = _first_day(first, period)
    while (name := PERIODS[period](day.isoformat())) <= last:
        yield name
        while PERIODS[period](day.isoformat()) == name:
            day += timedelta(days=1 if period in {"day", "week"} else 27)


def _first_day(name: str, period: str) -> date:
    if period == "week":
        return date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    if period == "quarter":
        return date(int(name[:4]), 3 * int(name[-1]) - 2, 1)
    return date.fromisoformat({"day": name, "month": f"{name}-01", "year": f"{name}-01-01"}[period])


def _fill(groups: dict[tuple[str, ...], list[Happening]], period: str, coverage: Coverage) -> None:
    if not groups:
        return
    known = sorted({key[-1] for key in groups} | set(coverage.periods))
    for unit, at in product({key[:-1] for key in groups}, list(between(known[0], known[-1], period))):
        _ = groups[*unit, at]  # a defaultdict: asking makes the empty group


def _some(periods: list[str]) -> str:
    shown = ", ".join(periods[:6])
    return shown if len(periods) <= 6 else f"{shown} and {len(periods) - 6} more"
