"""The parse as plain lists, one entry a token: reading a list costs a tenth of reading a spaCy attribute."""

from __future__ import annotations

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc


class Grid:
    """Words, tags, heads, children and phrase edges of one parsed document, by token index.

    `left[i]` and `right[i]` are the first and the last token of the subtree of `i`; `sent[i]` counts sentences
    from 0; `ent[i]` is the entity label or ''.
    """

    __slots__ = (
        *(
            "dep",
            "doc",
            "ent",
            "head",
            "kids",
            "left",
            "lemma",
            "lower",
            "pos",
            "right",
            "sent",
            "starts",
            "tag",
            "words",
        ),
    )

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        size = len(doc)
        strings = doc.vocab.strings
        attributes = ["ORTH", "LOWER", "POS", "TAG", "DEP", "ENT_TYPE", "SENT_START", "HEAD", "LEMMA"]
        columns = doc.to_array(attributes).reshape(size, len(attributes))  # type: ignore[arg-type]

        def column(k: int) -> list[str]:
            return spelled(columns[:, k].tolist(), strings)

        self.words = column(0)
        self.lower = column(1)
        self.pos = (
            [token.pos_ for token in doc] if size and not columns[:, 2].any() else _pos(doc, columns[:, 2].tolist())
        )
        self.tag = column(3)
        self.dep = column(4)
        self.ent = column(5)
        self.lemma = column(8)
        self.head = (columns[:, 7].astype("int64") + np.arange(size)).tolist()
        self.sent, self.starts = _sentences(columns[:, 6].tolist())
        self._connect()

    def _connect(self) -> None:
        """Fills children and edges. Edges are passed up from child to head until nothing changes above.

        The tokens without children, half of all, share one empty list, which nobody may change.
        """
        head, size = self.head, len(self.head)
        childless: list[int] = []
        self.kids = kids = [childless] * size
        self.left = left = list(range(size))
        self.right = right = list(range(size))
        for i, h in enumerate(head):
            if h != i:
                if kids[h] is childless:
                    kids[h] = [i]
                else:
                    kids[h].append(i)
        for i in range(len(head)):
            k, h = i, head[i]
            while h != k and (left[k] < left[h] or right[k] > right[h]):
                if left[k] < left[h]:
                    left[h] = left[k]
                if right[k] > right[h]:
                    right[h] = right[k]
                k, h = h, head[h]

    def __len__(self) -> int:
        return len(self.words)

    def sentence_end(self, i: int) -> int:
        """The index after the last token of the sentence of token `i`."""
        following = self.sent[i] + 1
        return self.starts[following] if following < len(self.starts) else len(self.words)

    def child(self, i: int, *labels: str) -> int | None:
        """The first child of `i` with one of the dependency labels."""
        for k in self.kids[i]:
            if self.dep[k] in labels:
                return k
        return None

    def conjuncts(self, i: int) -> list[int]:
        """The tokens coordinated after `i`: for 'A, B and C' asked at A, those of B and C."""
        found: list[int] = []
        k: int | None = i
        while k is not None:
            k = self.child(k, "conj")
            if k is not None:
                found.append(k)
        return found


_SPELLED: dict[int, str] = {0: ""}
"""What the numbers of the parse stand for; they are hashes of the strings, the same in every document."""
MOST = 500_000


def spelled(values: list[int], strings: StringStore) -> list[str]:
    """The strings that numbers of a parse stand for, looked up once each."""
    known = _SPELLED
    try:
        return [known[v] for v in values]
    except KeyError:
        if len(known) > MOST:
            known.clear()
            known[0] = ""
        known.update((v, strings[v]) for v in set(values) if v not in known)
        return [known[v] for v in values]


_POS_NAMES: dict[int, str] = {}


def _pos(doc: Doc, values: list[int]) -> list[str]:
    missing = {v for v in values if v not in _POS_NAMES}
    if missing:
        for token in doc:
            _POS_NAMES[token.pos] = token.pos_
    return [_POS_NAMES[v] for v in values]


def _sentences(starts: list[int]) -> tuple[list[int], list[int]]:
    sent: list[int] = []
    first: list[int] = []
    for i, flag in enumerate(starts):
        if i == 0 or flag == 1:
            first.append(i)
        sent.append(len(first) - 1)
    return sent, first
