"""The dependency tree of one document as plain lists: the language room's grid with offsets."""

from __future__ import annotations

from spacy.tokens import Doc

from ..document import Span
from ..language.grid import Grid


class Tree(Grid):
    """A grid that also knows each token's code points [idx, end). `text` is the document's, when it is at hand."""

    __slots__ = ("end", "idx", "text")

    def __init__(self, doc: Doc, text: str | None = None) -> None:
        super().__init__(doc)
        self.text = doc.text if text is None else text
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
