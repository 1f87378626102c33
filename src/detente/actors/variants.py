"""Spellings of one name: transliterations and slips, told from other names.

Names are compared in Latin letters, word by word: equal, equal but for how a language is written in Latin letters
('Qadhafi', 'Gaddafi'), or near enough by edit distance (rapidfuzz) when both words are long. Short words must be the
same, so that Hong Lei is not Hong Li, and Kim Jong-un not Kim Jong-il. What no rule can get (Volodymyr for Vladimir)
is in `variants.csv`. Precision comes first: where two persons are as near, nobody is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from normality import latinize_text
from rapidfuzz import fuzz

from .lookup import rows
from .phrases import fold

SHORT = 4
"""Words of at most so many letters must be the same."""
NEAR = 84.0
"""Likeness of two longer words, from 0 to 100, from which they may be one (Indel ratio)."""
_PARTICLES = frozenset("al el ul bin ibn bint abu de da dos do van von der la le".split())
_WORD = re.compile(r"[^\W\d_]+")
_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ck|kh|gh|q|g(?=[aou])|c(?=[aoulrk])"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dh|dj|zh"), "d"),
    (re.compile(r"tch|tsch|cz|ch"), "c"),
    (re.compile(r"sch|sh"), "s"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ou|oo|u"), "o"),
    (re.compile(r"iy|yi|ij|yy|y|j|ee|e"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=.)h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in plain Latin letters, small, without particles ('al', 'bin') unless nothing else is left."""
    plain = fold(name if name.isascii() else latinize_text(name) or name).replace("'", "").replace("’", "")
    found = tuple(_WORD.findall(plain))
    return tuple(w for w in found if w not in _PARTICLES) or found


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A word reduced to how it is said, near enough: 'qadhafi' and 'gaddafi' come out alike."""
    word = given_names().get(word, word)
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=32768)
def same_word(a: str, b: str) -> bool:
    """Whether two words of names may be one word."""
    if a == b or given_names().get(a, a) == given_names().get(b, b):
        return True
    if min(len(a), len(b)) <= SHORT:
        return False
    return sound(a) == sound(b) or fuzz.ratio(a, b) >= NEAR


def same_name(a: str, b: str) -> bool:
    """Whether two full names may be one person's: the same number of words, each the same or nearly so.

    A middle name may be missing, and an initial stands for a name.
    """
    left, right = words_of(a), words_of(b)
    if len(left) < 2 or len(right) < 2:
        return left == right
    if not same_word(left[-1], right[-1]):
        return False
    if len(left) != len(right):
        short, long = sorted((left, right), key=len)
        return len(short) == 2 and short[0] == long[0] and short[1] == long[-1]
    return all(
        x == y or x == y[:1] or y == x[:1] or same_word(x, y) for x, y in zip(left[:-1], right[:-1], strict=True)
    )


@cache
def given_names() -> dict[str, str]:
    """Forms of given names that no spelling rule joins, each with the form that stands for all of them."""
    table: dict[str, str] = {}
    for row in rows("variants.csv"):
        forms = [fold(form) for form in row["forms"].split(";")]
        for form in forms:
            table[form] = forms[0]
    return table


class Index:
    """Full names by the sound of their last word, to find the variants of a name without comparing it to all."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_first: dict[str, list[str]] = {}
        for name in names:
            words = words_of(name)
            if len(words) > 1:
                self.by_first.setdefault(sound(words[-1])[:3], []).append(name)

    def variants(self, name: str) -> list[str]:
        """The names that may be the same person's as `name`, but are spelt otherwise."""
        words = words_of(name)
        if len(words) < 2:
            return []
        return [known for known in self.by_first.get(sound(words[-1])[:3], ()) if same_name(name, known)]
