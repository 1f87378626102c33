"""Finding the longest known phrase at each token: one dictionary of first words, no regular expressions.

Text and phrases are cut into atoms (runs of letters and digits, single signs), lower case and without accents, so
that 'U.S.', 'P5+1', 'al-Qaeda' and 'Côte d’Ivoire' match however the tokeniser cuts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

_ATOM = re.compile(r"[^\W_]+|[^\w\s]|_")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‑": "-", "ʼ": "'", "ʿ": "'"})
# Letters that have no decomposition into a base letter and an accent.
_BASE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})

T = TypeVar("T")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents; straight quotation marks and hyphens."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_SAME).lower().translate(_BASE))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _cut(word: str) -> tuple[str, ...]:
    """The atoms of one token."""
    plain = fold(word)
    return (plain,) if plain.isalnum() else tuple(_ATOM.findall(plain))


def atoms(text: str) -> tuple[str, ...]:
    """The folded atoms of a phrase."""
    return tuple(_ATOM.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Tokens [start, end) match a phrase that means `values`."""

    start: int
    end: int
    values: tuple[T, ...]


class Atoms:
    """The atoms of a document with the token that each is part of."""

    __slots__ = ("first", "folded", "token", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.folded: list[str] = []
        self.token: list[int] = []
        self.first: list[int] = []
        """By token: the index of its first atom (the count of atoms so far where it has none)."""
        for i, word in enumerate(words):
            self.first.append(len(self.folded))
            cut = _cut(word)
            self.folded += cut
            self.token += (i,) * len(cut)
        self.first.append(len(self.folded))


class Phrases(Generic[T]):
    """A dictionary of phrases. `cased` phrases match only words that begin with a capital (all capitals for acronyms)."""

    def __init__(self, *, cased: bool) -> None:
        self.cased = cased
        self.by_first: dict[str, dict[tuple[str, ...], list[T]]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.acronyms: set[tuple[str, ...]] = set()
        self.spelled: set[tuple[str, ...]] = set()
        """Acronyms that are also written as words: 'Renamo', 'Unicef'."""
        self.small: set[tuple[str, ...]] = set()
        self.small_first: set[str] = set()

    def add(self, phrase: str, value: T) -> None:
        """Adds one phrase. A phrase with a final stop is also known without it ('U.S' at the end of a sentence)."""
        key = atoms(phrase)
        if not key:
            return
        self._put(key, value)
        if key[-1] == "." and len(key) > 2:
            self._put(key[:-1], value)
        if self.cased:
            if _is_acronym(phrase):
                self.acronyms.add(key)
            elif phrase == phrase.lower():
                self.small.add(key)
                self.small_first.add(key[0])
            else:
                self.spelled.add(key)

    def _put(self, key: tuple[str, ...], value: T) -> None:
        first = self.by_first.setdefault(key[0], {})
        values = first.setdefault(key, [])
        if value not in values:
            values.append(value)
        self.lengths.pop(key[0], None)

    def get(self, phrase: str) -> tuple[T, ...]:
        """What one phrase means, blind to case."""
        key = atoms(phrase)
        return tuple(self.by_first.get(key[0], {}).get(key, ())) if key else ()

    def find(self, text: Atoms, *, overlapping: bool = False) -> list[Hit[T]]:
        """The longest matches from left to right, on whole tokens."""
        hits: list[Hit[T]] = []
        folded, token, first, words = text.folded, text.token, text.first, text.words
        by_first, size, free = self.by_first, len(folded), 0
        for i in [k for k, atom in enumerate(folded) if atom in by_first]:
            start = folded[i]
            if i < free or first[token[i]] != i or not self._may_begin(start, words[token[i]]):
                continue
            options = by_first[start]
            for length in self._lengths_of(start):
                if length > size - i:
                    continue
                key = tuple(folded[i : i + length])
                values = options.get(key)
                if values is None:
                    continue
                last = token[i + length - 1]
                if not self._fits(key, words, token[i], last):
                    continue
                # A part of a token will do when the rest is set off by a sign: 'U.S.-led', "Iran's".
                if first[last + 1] > i + length and folded[i + length].isalnum():
                    continue
                hits.append(Hit(token[i], last + 1, tuple(values)))
                if not overlapping:
                    free = i + length
                break
        return hits

    def _lengths_of(self, start: str) -> tuple[int, ...]:
        """The lengths of the phrases that begin with an atom, longest first."""
        known = self.lengths.get(start)
        if known is None:
            known = self.lengths[start] = tuple(sorted({len(key) for key in self.by_first[start]}, reverse=True))
        return known

    def _may_begin(self, start: str, word: str) -> bool:
        """Whether a word may begin a name: not in small letters, unless such a name is written so."""
        return not self.cased or start == "the" or start in self.small_first or not word[:1].islower()

    def _fits(self, key: tuple[str, ...], words: Sequence[str], start: int, last: int) -> bool:
        if not self.cased or key in self.small:
            return True
        if (
            key in self.acronyms
            and key not in self.spelled
            and not all(w.upper() == w for w in words[start : last + 1])
        ):
            return False
        if key[0] == "the" and last > start:  # 'the Commission' of the tables is not every commission
            start += 1
        return words[start][:1].isupper() or not words[start][:1].isalpha()


def _is_acronym(phrase: str) -> bool:
    letters = [c for c in phrase if c.isalpha()]
    return 1 < len(letters) <= 7 and " " not in phrase and all(c.isupper() for c in letters)
