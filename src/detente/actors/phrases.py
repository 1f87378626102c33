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
            plain = fold(word)
            if plain.isalnum():
                self.folded.append(plain)
                self.token.append(i)
            else:
                for atom in _ATOM.findall(plain):
                    self.folded.append(atom)
                    self.token.append(i)
        self.first.append(len(self.folded))


class Phrases(Generic[T]):
    """A dictionary of phrases. `cased` phrases match only words that begin with a capital (all capitals for acronyms)."""

    def __init__(self, *, cased: bool) -> None:
        self.cased = cased
        self.by_first: dict[str, dict[tuple[str, ...], list[T]]] = {}
        self.longest: dict[str, int] = {}
        self.acronyms: set[tuple[str, ...]] = set()
        self.spelled: set[tuple[str, ...]] = set()
        """Acronyms that are also written as words: 'Renamo', 'Unicef'."""
        self.small: set[tuple[str, ...]] = set()

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
            else:
                self.spelled.add(key)

    def _put(self, key: tuple[str, ...], value: T) -> None:
        first = self.by_first.setdefault(key[0], {})
        values = first.setdefault(key, [])
        if value not in values:
            values.append(value)
        if len(key) > self.longest.get(key[0], 0):
            self.longest[key[0]] = len(key)

    def get(self, phrase: str) -> tuple[T, ...]:
        """What one phrase means, blind to case."""
        key = atoms(phrase)
        return tuple(self.by_first.get(key[0], {}).get(key, ())) if key else ()

    def find(self, text: Atoms, *, overlapping: bool = False) -> list[Hit[T]]:
        """The longest matches from left to right, on whole tokens."""
        hits: list[Hit[T]] = []
        folded, token, first, words = text.folded, text.token, text.first, text.words
        by_first, longest = self.by_first, self.longest
        i, size = 0, len(folded)
        while i < size:
            options = by_first.get(folded[i])
            if options is None or first[token[i]] != i:
                i += 1
                continue
            for length in range(min(longest[folded[i]], size - i), 0, -1):
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
                    i += length - 1
                break
            i += 1
        return hits

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
