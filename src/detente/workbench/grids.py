"""Grids of actors as pictures for files; on the pages they are tables of links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

LEFT, TOP, WIDE, HIGH = 170, 110, 66, 26
"""Pixels: the heads of rows and columns, and a cell."""

Cell = Callable[[str, str], tuple[str, str] | None]
"""From a row and a column to the class and the words of their cell; None for an empty one."""


def grid(rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]], cell: Cell) -> str:
    """Rows and columns are (key, name). '' where there are none."""
    if not rows or not columns:
        return ""
    parts = []
    for j, (_, name) in enumerate(columns):
        x = LEFT + j * WIDE + WIDE / 2
        parts.append(
            f'<text class="axis" transform="translate({x:.0f} {TOP - 8}) rotate(-40)">{escape(name[:24])}</text>'
        )
    for i, (row, name) in enumerate(rows):
        y = TOP + i * HIGH
        parts.append(f'<text class="place" x="{LEFT - 8}" y="{y + 17}" text-anchor="end">{escape(name[:26])}</text>')
        for j, (column, _) in enumerate(columns):
            found = cell(row, column)
            x = LEFT + j * WIDE
            kind, words = found or ("h0", "")
            parts.append(
                f'<rect class="{kind}" x="{x + 1}" y="{y + 1}" width="{WIDE - 2}" height="{HIGH - 2}" rx="3"/>'
            )
            if words:
                parts.append(
                    f'<text class="cell" x="{x + WIDE / 2:.0f}" y="{y + 17}" text-anchor="middle">{escape(words)}</text>'
                )
    wide, high = LEFT + len(columns) * WIDE + 90, TOP + len(rows) * HIGH + 4
    return f'<svg class="grid" viewBox="0 0 {wide} {high}">{"".join(parts)}</svg>'
