"""Pictures drawn on the server: SVG that takes its colours from the style sheet, each with its numbers as a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from ..record.periods import WIDTHS, by_period
from .asked import Asked
from .desk import Desk, address
from .labels import quad_of_type


@dataclass
class Bin:
    """One period: numbers of events by quad class, the sum of their Goldstein values, and documents."""

    label: str
    quads: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    events: int = 0
    goldstein: float = 0.0
    documents: int = 0

    @property
    def mean(self) -> float | None:
        return round(self.goldstein / self.events, 2) if self.events else None


@dataclass(frozen=True)
class Chart:
    """A picture and its numbers."""

    svg: str
    bins: list[Bin]
    width: str


def period_of(desk: Desk, asked: Asked) -> str:
    """Days, months, years or decades: whichever gives a readable number of bars for what is asked."""
    ends = _ends(desk, asked.filters)
    if ends is None:
        return "month"
    days = (ends[1] - ends[0]).days
    return "day" if days <= 70 else "month" if days <= 366 * 7 else "year" if days <= 366 * 80 else "decade"


def _ends(desk: Desk, filters: dict[str, str]) -> tuple[date, date] | None:
    bins = bins_of(desk, filters, "month")
    if not bins:
        return None
    first, last = bins[0].label, bins[-1].label
    return date(int(first[:4]), int(first[5:7]), 1), date(int(last[:4]), int(last[5:7]), 28)


def bars_by_period(desk: Desk, filters: dict[str, str], width: str) -> Chart:
    """Cooperation above the line and conflict below it, with the documents of the same periods underneath, so that
    much coverage is not mistaken for much conflict. Each bar leads to its events."""
    width = width if width in WIDTHS else "month"
    bins = filled(bins_of(desk, filters, width), width)
    return Chart(_draw(bins, filters, width), bins, width)


def bins_of(desk: Desk, filters: dict[str, str], width: str) -> list[Bin]:
    """The numbers by period, oldest first; periods with nothing are left out."""
    return [b for b in _all_bins(desk, filters, width) if b.label]


def number_of(desk: Desk, filters: dict[str, str]) -> int:
    """How many events there are for these filters, those without a day included."""
    return sum(b.events for b in _all_bins(desk, filters, "month"))


def _all_bins(desk: Desk, filters: dict[str, str], width: str) -> list[Bin]:
    """The bin '' holds what has no day. Years and decades are added up from months."""
    key = ("bins", tuple(sorted(filters.items())), width)
    if width in {"year", "decade"}:
        return desk.remember(key, lambda: _coarser(_all_bins(desk, filters, "month"), WIDTHS[width]))
    return desk.remember(key, lambda: _with_documents(desk, _counted(desk, filters, width), width))


def _coarser(bins: list[Bin], length: int) -> list[Bin]:
    sums: dict[str, Bin] = {}
    for b in bins:
        found = sums.setdefault(b.label[:length], Bin(b.label[:length]))
        for quad, n in b.quads.items():
            found.quads[quad] += n
        found.events += b.events
        found.goldstein += b.goldstein
        found.documents += b.documents
    return list(sums.values())


def _counted(desk: Desk, filters: dict[str, str], width: str) -> list[Bin]:
    """Events by period; without filters from the record's summary."""
    if not filters and width == "month":
        rows = desk.record.store.rows(
            "SELECT month, NULL, type, sum(n), sum(goldstein) FROM count_events GROUP BY month, type ORDER BY month"
        )
    else:
        rows = by_period(Asked("events", filters).table(desk.record, limit=None), width)
    bins: dict[str, Bin] = {}
    for label, quad, kind, n, goldstein in rows:
        found = bins.setdefault(label, Bin(label))
        found.quads[quad or quad_of_type().get(kind or "", 0)] += n
        found.events += n
        found.goldstein += goldstein
    return list(bins.values())


def _with_documents(desk: Desk, bins: list[Bin], width: str) -> list[Bin]:
    """The same with the numbers of documents."""
    if width == "day":
        labels = [b.label for b in bins if b.label]
        sql = "SELECT day AS bin, count(*) AS n FROM documents WHERE day BETWEEN ? AND ? GROUP BY day"
        rows = desk.record.store.rows(sql, (labels[0], labels[-1])) if labels else []
    else:
        rows = desk.record.store.rows("SELECT month AS bin, sum(n) AS n FROM count_documents GROUP BY month")
    documents = {row["bin"]: row["n"] for row in rows}
    for b in bins:
        b.documents = documents.get(b.label, 0)
    return bins


def filled(bins: list[Bin], width: str, most: int = 400) -> list[Bin]:
    """The same with the empty periods in between, as long as that gives a picture that can be read."""
    if len(bins) < 2:
        return bins
    there = {b.label: b for b in bins}
    labels = [bins[0].label]
    while labels[-1] < bins[-1].label and len(labels) <= most:
        labels.append(_after(labels[-1], width))
    if len(labels) > most or not set(there) <= set(labels):
        return bins
    return [there.get(label, Bin(label)) for label in labels]


def _after(label: str, width: str) -> str:
    if width == "day":
        return (date.fromisoformat(label) + timedelta(days=1)).isoformat()
    if width == "month":
        year, month = int(label[:4]), int(label[5:7])
        return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    return f"{int(label) + 1:0{len(label)}d}"


# --- drawing ----------------------------------------------------------------------------------------------

TALL, LEFT, RIGHT, TOP = 190, 72, 12, 12
COVERAGE = 34
WIDE = 900


def _draw(bins: list[Bin], filters: dict[str, str], width: str) -> str:
    """The SVG; classes only, so that the style sheet gives it light and dark colours."""
    if not bins:
        return ""
    up = max((b.quads[1] + b.quads[2] for b in bins), default=0)
    down = max((b.quads[3] + b.quads[4] for b in bins), default=0)
    scale = (TALL - 2 * TOP) / max(up + down, 1)
    zero = TOP + up * scale
    step = min((WIDE - LEFT - RIGHT) / len(bins), 64)
    parts = [_axis(up, down, scale, zero)]
    most = max(b.documents for b in bins) or 1
    base = TALL + 14 + COVERAGE
    parts.append(f'<text class="axis" x="{LEFT - 8}" y="{base - 6}" text-anchor="end">documents</text>')
    for i, b in enumerate(bins):
        x = LEFT + i * step
        w = max(step - (2 if step > 6 else 0.4), 1)
        high = COVERAGE * b.documents / most
        parts.append(f'<rect class="coverage" x="{x:.1f}" y="{base - high:.1f}" width="{w:.1f}" height="{high:.1f}"/>')
        if b.events:
            parts.append(_bar(b, filters, width, x, w, zero, scale))
    every = max(1, -(-len(bins) // max(1, int((WIDE - LEFT) / 76))))
    for i in range(0, len(bins), every if step < 76 else 1):
        x = LEFT + i * step
        if x + 46 < WIDE:
            parts.append(
                f'<text class="axis" x="{x:.1f}" y="{base + 16}">{escape(_shown(bins[i].label, width))}</text>'
            )
    return (
        f'<svg class="bars" viewBox="0 0 {WIDE} {base + 22}" role="group" '
        f'aria-label="Events by {width}: cooperation above the line, conflict below it">{"".join(parts)}</svg>'
    )


def _axis(up: int, down: int, scale: float, zero: float) -> str:
    parts = [f'<line class="zero" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{zero:.1f}" y2="{zero:.1f}"/>']
    for value in ((up,) if up else ()) + ((-down,) if down else ()):
        y = zero - value * scale
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="axis" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{abs(value):,}</text>')
    parts.append(f'<text class="axis" x="{LEFT - 8}" y="{zero + 4:.1f}" text-anchor="end">0</text>')
    return "".join(parts)


def _bar(b: Bin, filters: dict[str, str], width: str, x: float, w: float, zero: float, scale: float) -> str:
    rects, y = [], zero
    for quad in (1, 2):
        y -= b.quads[quad] * scale
        rects.append(_rect(quad, x, y, w, b.quads[quad] * scale))
    y = zero
    for quad in (3, 4):
        rects.append(_rect(quad, x, y, w, b.quads[quad] * scale))
        y += b.quads[quad] * scale
    period = f"{b.label}0" if width == "decade" else b.label
    until = f"{b.label}9" if width == "decade" else b.label
    href = address("/events", **{**filters, "since": period, "until": until})
    tip = (
        f"{_shown(b.label, width)}: {b.events} events, {b.quads[1] + b.quads[2]} cooperation, {b.quads[3] + b.quads[4]} "
        f"conflict, mean Goldstein {b.mean}, {b.documents} documents"
    )
    return f"<a href={quoteattr(href)} aria-label={quoteattr(tip)}><title>{escape(tip)}</title>{''.join(rects)}</a>"


def _rect(quad: int, x: float, y: float, w: float, h: float) -> str:
    return f'<rect class="q{quad}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>' if h else ""


def _shown(label: str, width: str) -> str:
    return f"{label}0s" if width == "decade" else label
