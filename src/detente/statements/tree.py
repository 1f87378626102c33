"""The dependency tree of one document as plain lists: the language room's grid with offsets."""

from __future__ import annotations

from ..document import Span
from ..language import Parse
from ..language.grid import Grid


class Tree(Grid):
    """A grid that also knows each token's code points [idx, end)."""

    __slots__ = ("end", "idx", "text")

    def __init__(self, parse: Parse) -> None:
        """Takes the grid of the parse over, with lists of its own where mending changes them."""
        doc, grid = parse.doc, parse.grid
        for name in Grid.__slots__:
            setattr(self, name, getattr(grid, name))
        self.head, self.dep, self.pos, self.tag = grid.head[:], grid.dep[:], grid.pos[:], grid.tag[:]
        self.text = parse.document.text
        columns = doc.to_array(["IDX", "LENGTH"]).reshape(len(doc), 2)
        self.idx = columns[:, 0].tolist()
        self.end = (columns[:, 0] + columns[:, 1]).tolist()

    def reconnect(self) -> None:
        """Children and edges again, after heads were moved."""
        self._connect()

    def span(self, first: int, last: int) -> Span:
        """The code points of tokens first to last, both included."""
        return Span(self.idx[first], self.end[last])

    def sentence(self, i: int) -> tuple[int, int]:
        """The first and the last token of the sentence of token i."""
        return self.starts[self.sent[i]], self.sentence_end(i) - 1

    def above(self, i: int) -> list[int]:
        """The heads above token i, nearest first."""
        chain: list[int] = []
        while self.head[i] != i:
            i = self.head[i]
            chain.append(i)
        return chain
