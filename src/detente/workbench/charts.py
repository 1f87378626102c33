"""Time as a picture: SVG drawn on the server, with classes that the style sheet gives their colours.

Four bands over one axis, so that much coverage is not mistaken for much conflict: cooperation above a line and
conflict below it, the mean Goldstein value, statements, and documents. Each column is a link to its period.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from .series import Bin, Series, ends_of, shown
from .words import Words

WIDE, LEFT, RIGHT = 900, 78, 14
MAIN, CURVE, STATEMENTS, COVERAGE, GAP = 176, 54, 40, 32, 16
"""Heights of the bands, and of the gaps between them, in pixels."""

Href = Callable[[str, str], str]
"""From the first and the last period of a column to an address."""


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the first pixel of each band, and the width of a column."""

    step: float
    main: float
    curve: float
    statements: float
    coverage: float
    high: float


def draw(t: Words, series: Series, href: Href | None, *, tall: bool = True) -> str:
    """The picture; '' where there is nothing. `tall` has the bands of Goldstein values and statements as well."""
    bins = series.bins
    if not any(b.anything for b in bins):
        return ""
    stances = "stances" in series.holds
    curve = tall and "events" in series.holds
    said = tall and "statements" in series.holds
    frame = _frame(len(bins), curve, said)
    ups = [b.sides["favour"] if stances else b.cooperation for b in bins]
    downs = [b.sides["oppose"] if stances else b.conflict for b in bins]
    scale = (MAIN - 12) / max(max(ups) + max(downs), 1)
    zero = frame.main + 6 + max(ups) * scale
    parts = [_axis(t, max(ups), max(downs), scale, zero)]
    if curve:
        parts.append(_curve(t, bins, frame))
    if said:
        parts.append(_caption(t("chart.statements"), frame.statements + STATEMENTS, "counts"))
    parts.append(_caption(t("chart.documents"), frame.coverage + COVERAGE, "coverage"))
    most_said = max(b.statements for b in bins) or 1
    most_documents = max(b.documents for b in bins) or 1
    wide = max(frame.step - (2 if frame.step > 6 else 0.4), 0.8)
    for i, b in enumerate(bins):
        x = LEFT + i * frame.step
        rects = _stances(b, x, wide, zero, scale) if stances else _quads(b, x, wide, zero, scale)
        if said:
            rects += _foot("said", x, wide, frame.statements + STATEMENTS, STATEMENTS * b.statements / most_said)
        rects += _foot("coverage", x, wide, frame.coverage + COVERAGE, COVERAGE * b.documents / most_documents)
        parts.append(_column(t, b, series, rects, x, frame, href))
    parts.append(_labels(series, frame))
    label = t.plain("chart.label_stances" if stances else "chart.label", period=t.plain(f"period.{series.width}"))
    return (
        f'<svg class="bars" viewBox="0 0 {WIDE} {frame.high:.0f}" role="group" aria-label={quoteattr(label)}>'
        f"{''.join(parts)}</svg>"
    )


def _frame(columns: int, curve: bool, said: bool) -> _Frame:
    at = 4.0 + MAIN + GAP
    curve_at = at
    at += CURVE + GAP if curve else 0
    said_at = at
    at += STATEMENTS + GAP if said else 0
    step = min((WIDE - LEFT - RIGHT) / columns, 64)
    return _Frame(step, 4.0, curve_at, said_at, at, at + COVERAGE + 24)


def _axis(t: Words, up: int, down: int, scale: float, zero: float) -> str:
    parts = [_line("zero", zero)]
    for value in ((up,) if up else ()) + ((-down,) if down else ()):
        y = zero - value * scale
        parts.append(_line("grid", y) + _caption(t.number(abs(value)), y + 4, "counts"))
    return "".join([*parts, _caption("0", zero + 4)])


def _line(kind: str, y: float) -> str:
    return f'<line class="{kind}" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _caption(text: str, y: float, how: str = "") -> str:
    """Words beside an axis; `how` is the part of the Method page that tells how its numbers are made."""
    drawn = f'<text class="axis" x="{LEFT - 8}" y="{y:.1f}" text-anchor="end">{escape(str(text))}</text>'
    return f'<a href="/method#{how}">{drawn}</a>' if how else drawn


def _curve(t: Words, bins: list[Bin], frame: _Frame) -> str:
    """The mean Goldstein value of each period, from -10 to 10; the line breaks where there are no events."""
    middle, unit = frame.curve + CURVE / 2, CURVE / 20
    runs: list[list[str]] = [[]]
    dots = []
    for i, b in enumerate(bins):
        if b.mean is None:
            runs.append([])
            continue
        x, y = LEFT + (i + 0.5) * frame.step, middle - b.mean * unit
        runs[-1].append(f"{x:.1f} {y:.1f}")
        if len(bins) <= 80:
            dots.append(f'<circle class="goldstein" cx="{x:.1f}" cy="{y:.1f}" r="2"/>')
    path = "".join("M" + "L".join(run) for run in runs if len(run) > 1)
    return (
        f"{_line('zero', middle)}{_line('grid', frame.curve)}{_line('grid', frame.curve + CURVE)}"
        f"{_caption('+10', frame.curve + 4)}{_caption(t('chart.goldstein'), middle + 4, 'goldstein')}{_caption('−10', frame.curve + CURVE + 4)}"
        f'<path class="goldstein-line" d="{path}"/>{"".join(dots)}'
    )


def _quads(b: Bin, x: float, w: float, zero: float, scale: float) -> str:
    parts, y = "", zero
    for quad in (1, 2):
        y -= b.quads[quad] * scale
        parts += _rect(f"q{quad}", x, y, w, b.quads[quad] * scale)
    y = zero
    for quad in (3, 4):
        parts += _rect(f"q{quad}", x, y, w, b.quads[quad] * scale)
        y += b.quads[quad] * scale
    return parts


def _stances(b: Bin, x: float, w: float, zero: float, scale: float) -> str:
    up, down = b.sides["favour"] * scale, b.sides["oppose"] * scale
    return _rect("q2", x, zero - up, w, up) + _rect("q4", x, zero, w, down)


def _foot(kind: str, x: float, w: float, base: float, high: float) -> str:
    return _rect(kind, x, base - high, w, high)


def _rect(kind: str, x: float, y: float, w: float, h: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>' if h > 0 else ""


def _column(t: Words, b: Bin, series: Series, rects: str, x: float, frame: _Frame, href: Href | None) -> str:
    """One period: its bars, and over the whole height a field to point at."""
    if not b.anything or href is None:
        return rects
    label = shown(b.label, series.width)
    if "stances" in series.holds:
        tip = t("chart.tip_stances", period=label, favour=b.sides["favour"], oppose=b.sides["oppose"])
    else:
        mean = "–" if b.mean is None else t.number(b.mean)
        tip = t(
            "chart.tip", period=label, n=b.events, up=b.cooperation, down=b.conflict, mean=mean, said=b.statements,
            documents=b.documents,
        )  # fmt: skip
    first, last = ends_of(b.label, series.width)
    field = f'<rect class="hit" x="{x:.1f}" y="0" width="{frame.step:.1f}" height="{frame.high - 20:.0f}"/>'
    return (
        f'<a href={quoteattr(href(first, last))} data-first="{escape(first)}" data-last="{escape(last)}" '
        f'aria-label="{tip}"><title>{tip}</title>{rects}{field}</a>'
    )


def _labels(series: Series, frame: _Frame) -> str:
    columns = len(series.bins)
    every = max(1, -(-columns // max(1, int((WIDE - LEFT) / 76)))) if frame.step < 76 else 1
    parts = []
    for i in range(0, columns, every):
        x = LEFT + i * frame.step
        if x + 46 < WIDE:
            text = escape(shown(series.bins[i].label, series.width))
            parts.append(f'<text class="axis" x="{x:.1f}" y="{frame.high - 5:.1f}">{text}</text>')
    return "".join(parts)
