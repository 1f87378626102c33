"""Text to tokens, and tokens to one letter each, so that a rule is a regular expression over letters.

A text of 400 words becomes a string of 400 to 500 letters, most of them 'x'; all the rules together then cost
one pass over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from ..sentences import paragraph_starts
from .holidays import HOLIDAY, HOLIDAYS_BEGIN
from .words import CLASSES, MONTHS, NEEDS_CAPITAL, WEEKDAYS

_TOKEN = re.compile(
    r"""(\ ?)([A-Za-z]{2,}+(?![.'’]|[^\W\d_])
    |[^\w\s]
    |[^\W\d_]{2,}+(?![.'’])
    |\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?(?!\d)
    |\d{1,4}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)\d{2,4}(?![\d/])
    |\d{1,2}:\d\d(?::\d\d)?(?![\d:])
    |\d{1,2}\.\d\d(?=\s?[AaPp]\.?[Mm]\b)
    |[QHqh][1-4]\b
    |\d{1,4}(?i:st|nd|rd|th)\b
    |\d{2,4}['’]?[Ss]\b
    |\d+(?:,\d{3}(?!\d))*(?:\.\d+)?
    |[AaPp]\.\ ?[Mm]\.?
    |(?i:o['’]clock)\b
    |(?i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=\s*[\dA-Za-z,])
    |(?i:B\.\ ?C\.(?:\ ?E\.)?|A\.\ ?D\.)
    |[^\W\d_]+)""",
    re.X,
)
"""Split by it, a text is gap, space or nothing, token, gap, space or nothing, token and so on.

What is frequent and quick stands first: a word in letters without accents, and punctuation, which nothing else begins
with. The space is taken along so that the search needn't try every rule at it.
"""
_NOON = re.compile(r"\s?[ap]\.?m\b", re.I)
_PUNCT = {"-": "-", "‐": "-", "–": "-", "—": "-", ",": ",", "/": "/", "'": "'", "’": "'", "‘": "'", ".": ".", ":": ":"}
_ZONE = re.compile(r"\s?(?:GMT|UTC|local time|hours|hrs)\b")
_FINAL = frozenset(".!?")


@dataclass(slots=True)
class Tokens:
    """`kinds[i]` is the class of token i, which is `text[starts[i]:ends[i]]`, in small letters `lower[i]`."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    kinds: str
    fresh: list[bool]
    """Whether token i is the first of a paragraph."""

    def word(self, i: int) -> str:
        """Token i as written; '' before the first and after the last."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""

    def low(self, i: int) -> str:
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def gap(self, i: int) -> bool:
        """Whether white space stands before token i."""
        return i == 0 or i >= len(self.starts) or self.ends[i - 1] < self.starts[i]

    def breaks(self, i: int, j: int) -> bool:
        """Whether a paragraph begins after token i and not after token j."""
        return True in self.fresh[i + 1 : j + 1]

    def sentence(self, i: int) -> tuple[int, int]:
        """The tokens [first, end) of the sentence of token i, as far as punctuation tells; at most 120 to a side."""
        first = i
        while first > 0 and i - first < 120 and not self.ends_sentence(first - 1):
            first -= 1
        end = i + 1
        while end < len(self.starts) and end - i < 120 and not self.ends_sentence(end - 1):
            end += 1
        return first, end

    def ends_sentence(self, i: int) -> bool:
        """Whether a sentence ends with token i."""
        if i + 1 >= len(self.starts):
            return True
        if self.fresh[i + 1]:
            return True
        if self.lower[i] in _FINAL and self.gap(i + 1):
            after = self.word(i + 1)[:1]
            # 'U.S. officials', 'Mr. Smith' and 'No. 5': a letter alone or a short title before the full stop.
            before = self.word(i - 1)
            return not (
                after.islower()
                or after.isdigit()
                or (len(before) <= 3 and before[:1].isupper() and before.lower() not in _SHORT)
            )
        return False


_SHORT = frozenset(["it", "he", "she", "we", "us", "now", "yes", "no", "war", "un", "eu", "day"])


class Kinds(dict[str, str]):
    """The class of each word as written, worked out when it is first seen."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KINDS:
            self.clear()
        self[word] = kind = kind_of(word)
        return kind


MOST_KINDS = 100_000
"""Words whose class is remembered."""
_KINDS = Kinds()


def kind_of(word: str) -> str:
    """The class of a word by itself."""
    low = word.lower()
    if word[0].isdigit():
        return number_class(low)
    if low in CLASSES:
        return "x" if low in NEEDS_CAPITAL and not word[0].isupper() else CLASSES[low]
    return other_class(low)


def tokenize(text: str) -> Tokens:
    """The tokens of `text` with their classes. Linear time."""
    pieces = _TOKEN.split(text)
    edges = list(accumulate(map(len, pieces)))
    words, starts, ends = pieces[2::3], edges[1::3], edges[2::3]
    kinds = [_KINDS[word] for word in words]
    if not HOLIDAYS_BEGIN.isdisjoint(words):
        join_holidays(text, words, starts, ends, kinds)
    lower = [word.lower() for word in words]
    letters = "".join(kinds)
    for match in _CORRECTED.finditer(letters):
        n = match.start()
        low = lower[n]
        if letters[n] != "#":
            lower[n] = low.rstrip(".")
        elif low[0] == "0" and len(low) == 4 and _ZONE.match(text, ends[n]):
            kinds[n], lower[n] = "C", f"{low[:2]}:{low[2:]}"
        elif low[-3:-2] == "." and _NOON.match(text, ends[n]):
            kinds[n], lower[n] = "C", low.replace(".", ":")
    fresh = [False] * len(starts)
    for edge in paragraph_starts(text):
        if (n := bisect_left(starts, edge)) < len(starts):
            fresh[n] = True
    return Tokens(text, starts, ends, lower, "".join(kinds), fresh)


_CORRECTED = re.compile("[MW#]")
"""Kinds whose words are written in another way too: 'Nov.', 'Tues.', and '9.30' before 'a.m.'."""


def join_holidays(text: str, words: list[str], starts: list[int], ends: list[int], kinds: list[str]) -> None:
    """Makes one token of the words of each holiday's name."""
    for n in reversed([n for n, word in enumerate(words) if word in HOLIDAYS_BEGIN]):
        match = HOLIDAY.match(text, starts[n])
        if match is not None:
            after = bisect_left(starts, match.end(), n)
            words[n:after], starts[n:after] = [match[0]], [match.start()]
            ends[n:after], kinds[n:after] = [match.end()], ["Ω"]


def number_class(low: str) -> str:
    """The class of a token that begins with a digit."""
    if low.isdigit():
        if not low.isascii():
            return "x"
        if len(low) <= 2:
            return "d" if 1 <= int(low) <= 31 else "#"
        if len(low) == 4 and "1000" <= low <= "2199":
            return "Y"
        return "#"
    last = low[-1]
    if last in "htd":
        return "o"
    if last == "s":
        return "K" if low.rstrip("s'’")[-1] == "0" else "x"
    if ":" in low and "t" not in low:
        return "C"
    if low.count("-") > 1 or low.count("/") > 1 or low.count(".") > 1:
        return "X"
    if low[-2:] in {"st"}:
        return "o"
    return "#"


def other_class(low: str) -> str:
    """The class of a token that is in no table: punctuation, abbreviations with their full stops."""
    if low in _PUNCT:
        return _PUNCT[low]
    bare = low.replace(".", "").replace(" ", "")
    if len(low) == 2 and low[0] in "qh" and low[1].isdigit():
        return "R"
    if bare in MONTHS:
        return "M"
    if bare in WEEKDAYS:
        return "W"
    if bare in {"am", "pm"}:
        return "m"
    if bare in {"bc", "bce", "ad"}:
        return "Z"
    if bare in {"o'clock", "o’clock"}:
        return "k"
    return "x"
