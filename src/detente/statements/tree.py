"""The dependency tree of one document as plain lists: the language room's grid with lemmas and offsets."""

from __future__ import annotations

from spacy.tokens import Doc

from ..document import Span
from ..language.grid import Grid


class Tree(Grid):
    """A grid that also knows each token's lemma and its code points [idx, end)."""

    __slots__ = ("end", "idx", "lemma", "text")

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
        self.text = doc.text
        strings = doc.vocab.strings
        columns = doc.to_array(["LEMMA", "IDX", "LENGTH"]).reshape(len(doc), 3)
        lemmas = columns[:, 0].tolist()
        names = {value: strings[value] for value in set(lemmas)}
        self.lemma = [names[value] for value in lemmas]
        self.idx = columns[:, 1].tolist()
        self.end = (columns[:, 1] + columns[:, 2]).tolist()

    def reconnect(self) -> None:
        """Children and edges again, after heads were moved."""
        size = len(self)
        self.kids = [[] for _ in range(size)]
        self.left, self.right = list(range(size)), list(range(size))
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
