"""Word classes and forms by the model's own rules, each looked up once for a word, tag and dependency.

spaCy's attribute ruler runs some 180 patterns over every token. Nearly all of them look at one token's word, tag and
dependency, so what they come to is remembered under these three; the few patterns over two words run as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

ASKED = [LOWER, TAG, DEP]
TOLD = [TAG, POS, MORPH, LEMMA, DEP]
REMEMBERED = 100_000
"""Combinations kept before the memory is emptied: some 20 MB."""


class QuickAttributes:
    """A component for spaCy's pipeline in place of `attribute_ruler`, made from it."""

    def __init__(self, ruler: Any) -> None:
        self._attrs, self._indices = ruler.attrs, ruler.indices
        self._single, self._longer = Matcher(ruler.vocab), Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                matcher = self._single if len(pattern) == 1 else self._longer
                name = str(number)
                matcher.add(name, [*(matcher.get(name)[1] if name in matcher else []), pattern])
        self._strings = ruler.vocab.strings
        self._rows: dict[bytes, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        return map(self, stream)

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        if len(self._rows) > REMEMBERED:
            self._rows.clear()
        keys = np.asarray(doc.to_array(ASKED), np.uint64).view(f"S{8 * len(ASKED)}").ravel().tolist()
        longer = self._matches(self._longer, doc)
        new = {key: i for i, key in enumerate(keys) if key not in self._rows}
        rules = {key: [number for number, _ in self._matches(self._single, doc[i : i + 1])] for key, i in new.items()}
        for key, i in new.items():
            for number in rules[key]:
                set_token_attrs(doc[i], self._attrs[number])
        if new:
            told = doc.to_array(TOLD).tolist()
            self._rows.update({key: (tuple(told[i]), tuple(rules[key])) for key, i in new.items()})
        rows: Any = np.array([self._rows[key][0] for key in keys], np.uint64)
        doc.from_array(TOLD, rows)
        by_token: dict[int, list[int]] = {}
        for number, i in longer:
            by_token.setdefault(i, []).append(number)
        for i, numbers in by_token.items():
            for number in sorted([*numbers, *self._rows[keys[i]][1]]):
                set_token_attrs(doc[i], self._attrs[number])
        return doc

    def _matches(self, matcher: Matcher, words: Any) -> list[tuple[int, int]]:
        """(number of the rule, token that it changes), in the order in which rules are applied."""
        found = []
        for name, start, end in matcher(words, allow_missing=True, as_spans=False):
            number = int(self._strings[name])
            index = self._indices[number]
            found.append((number, start + index if index >= 0 else end + index))
        return sorted(found)
