"""A small SVG writer: boxes, lines, words that wrap; light and dark by the reader's setting, no fonts from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from ..status import PlanStatus

STYLE = """
:root{--paper:#ffffff;--ink:#1d2430;--soft:#5b6676;--line:#c9d0da;--box:#f4f6f9;--give:#2f6db3;--get:#2f8a5b;
--day:#8a6d2f;--met:#2f8a5b;--due:#c98a1b;--bad:#c0392b;--wait:#9aa4b2;--claimed:#7a5bb3}
@media (prefers-color-scheme: dark){:root{--paper:#12161c;--ink:#e6eaf0;--soft:#9aa6b6;--line:#3a4452;--box:#1c222b;
--give:#6aa5e8;--get:#63c191;--day:#d0b06a;--met:#63c191;--due:#e6b450;--bad:#ec7063;--wait:#6c7888;--claimed:#b197e8}}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink);font-size:13px}
.soft{fill:var(--soft);font-size:12px}.head{font-size:17px;font-weight:600}.name{font-weight:600}
"""
CHARACTER = 6.6
"""Mean width of a character at 13 px in the fonts named above, in px; a little generous, so that words fit."""


@dataclass
class Picture:
    """Elements in drawing order, and the size that they need. Lengths in px."""

    title: str
    description: str
    parts: list[str] = field(default_factory=list)
    width: float = 0
    height: float = 0

    def reach(self, x: float, y: float) -> None:
        """Makes the picture at least so large."""
        self.width, self.height = max(self.width, x), max(self.height, y)

    def box(
        self, x: float, y: float, w: float, h: float, *, edge: str = "--line", fill: str = "--box", tip: str = ""
    ) -> None:
        inner = f"<title>{escape(tip)}</title>" if tip else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 0):.1f}" height="{h:.1f}" rx="6" fill="var({fill})" stroke="var({edge})" stroke-width="1.5">{inner}</rect>'
        )
        self.reach(x + w, y + h)

    def words(self, x: float, y: float, text: str, *, kind: str = "", anchor: str = "start", tip: str = "") -> None:
        inner = f"<title>{escape(tip)}</title>" if tip else ""
        attributes = f' class="{kind}"' if kind else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{attributes}>{inner}{escape(text)}</text>'
        )
        if anchor == "start":
            self.reach(x + len(text) * CHARACTER * (1.35 if kind == "head" else 1), y + 4)

    def line(
        self, points: Iterable[tuple[float, float]], *, colour: str = "--line", width: float = 1.5, dashed: bool = False
    ) -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="4 4"' if dashed else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="var({colour})" stroke-width="{width}"{dash}/>'
        )

    def arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A curve from left to right with a head."""
        (x1, y1), (x2, y2) = start, end
        bend = max(30.0, abs(x2 - x1) / 2)
        self.parts.append(
            f'<path d="M{x1:.1f} {y1:.1f} C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2 - 7:.1f} {y2:.1f}" fill="none" stroke="var(--line)" stroke-width="1.5"/>'
            f'<path d="M{x2 - 8:.1f} {y2 - 4:.1f} L{x2:.1f} {y2:.1f} L{x2 - 8:.1f} {y2 + 4:.1f} Z" fill="var(--soft)"/>'
        )

    def elbow(self, start: tuple[float, float], end: tuple[float, float], lane: float) -> None:
        """Out to the right, along the lane at height `lane`, and in from the left: to a box that stands further back."""
        (x1, y1), (x2, y2) = start, end
        out, into = x1 + 14, x2 - 14
        self.line([(x1, y1), (out, y1), (out, lane), (into, lane), (into, y2), (x2 - 7, y2)])
        self.parts.append(
            f'<path d="M{x2 - 8:.1f} {y2 - 4:.1f} L{x2:.1f} {y2:.1f} L{x2 - 8:.1f} {y2 + 4:.1f} Z" fill="var(--soft)"/>'
        )
        self.reach(out, max(y1, y2))

    def swatch(self, x: float, y: float, text: str, colour: str, *, filled: bool = True) -> float:
        """A small box with its meaning; where the next one can stand."""
        self.box(x, y - 10, 12, 12, edge=colour, fill=colour if filled else "--box")
        self.words(x + 18, y, text, kind="soft")
        return x + 34 + len(text) * CHARACTER

    def svg(self) -> str:
        """The whole file."""
        width, height = self.width + 20, self.height + 20
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'role="img" aria-label={quoteattr(self.title)}><title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>'
            f"<style>{STYLE}</style>"
            + f'<rect width="{width:.0f}" height="{height:.0f}" fill="var(--paper)"/>'
            + "\n".join(self.parts)
            + "</svg>\n"
        )


def wrapped(text: str, width: float, lines: int) -> list[str]:
    """Words broken into at most `lines` lines that fit `width`; what does not fit ends in an ellipsis."""
    limit = max(4, int(width / CHARACTER))
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + 1 + len(word) <= limit:
            found[-1] += f" {word}"
        else:
            found.append(word)
    found = [line if len(line) <= limit else line[: limit - 1] + "…" for line in found]
    if len(found) > lines:
        found = found[:lines]
        found[-1] = found[-1][: limit - 1] + "…"
    return found


def legend(
    picture: Picture, y: float, found: PlanStatus, ids: Iterable[str], *, sides: bool = False, days: bool = False
) -> None:
    """What the colours of this picture mean: the sides of a row, and the states that its steps are in."""
    x = 20.0
    if sides:
        x = picture.swatch(x, y, "given", "--give", filled=False)
        x = picture.swatch(x, y, "got for it", "--get", filled=False)
        x = picture.swatch(x, y, "day", "--day", filled=False) if days else x
    states = dict.fromkeys(found.steps[id].state for id in ids)
    groups: dict[str, list[str]] = {}
    for state in COLOURS:
        if state in states:
            groups.setdefault(COLOURS[state], []).append(state)
    for colour, names in groups.items():
        x = picture.swatch(x, y, ", ".join(names), colour)


COLOURS = {
    "met": "--met",
    "verified": "--met",
    "claimed": "--claimed",
    "due": "--due",
    "disputed": "--bad",
    "breached": "--bad",
    "reversed": "--bad",
    "lapsed": "--wait",
    "not yet due": "--wait",
}
"""Colour of each state of a step."""
