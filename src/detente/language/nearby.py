"""Items by where they stand in the text, so that a page of ten thousand quotations is read in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..document import Span
from .quotes import Quote

T = TypeVar("T")
CELL = 256
"""Code points to a cell; a quotation stands in one or two of them as a rule."""


class Nearby(list[T]):
    """A list that also answers which of its items touch a stretch of the text. `spans` go with the items, in order."""

    def __init__(self, items: Iterable[T], spans: Iterable[Span]) -> None:
        super().__init__(items)
        self.spans = list(spans)
        self.cells: dict[int, list[int]] = {}
        for n, span in enumerate(self.spans):
            for cell in range(span.start // CELL, span.end // CELL + 1):
                self.cells.setdefault(cell, []).append(n)

    def near(self, start: int, end: int) -> Iterator[T]:
        """The items whose spans touch [start, end], borders included, in the order of the list."""
        first, last = max(0, start) // CELL, max(0, end) // CELL
        found = {n for cell in range(first, last + 1) for n in self.cells.get(cell, ())}
        for n in sorted(found):
            if self.spans[n].start <= end and self.spans[n].end >= start:
                yield self[n]


def quotations(quotes: Iterable[Quote]) -> Nearby[Quote]:
    """Quotations by where they stand."""
    kept = list(quotes)
    return Nearby(kept, (q.span for q in kept))
