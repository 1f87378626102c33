"""Text to tokens, and tokens to one letter each, so that a rule is a regular expression over letters.

A text of 400 words becomes a string of 400 to 500 letters, most of them 'x'; all the rules together then cost
one pass over it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..sentences import paragraph_starts
from .holidays import HOLIDAY
from .words import CLASSES, MONTHS, NEEDS_CAPITAL, WEEKDAYS

_TOKEN = re.compile(
    r"""[^\W\d_]{2,}+(?![.'’])
    |\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)
    |\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d/])
    |\d{1,2}:\d\d(?::\d\d)?(?![\d:])
    |\d{1,2}\.\d\d(?=\s?[ap]\.?m\b)
    |[QH][1-4]\b
    |\d{1,4}(?:st|nd|rd|th)\b
    |\d{2,4}['’]?s\b
    |\d+(?:,\d{3}(?!\d))*(?:\.\d+)?
    |[ap]\.\ ?m\.?
    |o['’]clock\b
    |(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=\s*[\da-z,])
    |B\.\ ?C\.(?:\ ?E\.)?|A\.\ ?D\.
    |[^\W\d_]+
    |[^\w\s]""",
    re.X | re.I,
)
_NOON = re.compile(r"\s?[ap]\.?m\b", re.I)
_PUNCT = {"-": "-", "‐": "-", "–": "-", "—": "-", ",": ",", "/": "/", "'": "'", "’": "'", "‘": "'", ".": ".", ":": ":"}
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


def tokenize(text: str) -> Tokens:
    """The tokens of `text` with their classes. Linear time."""
    holidays = {m.start(): m.end() for m in HOLIDAY.finditer(text)}
    starts: list[int] = []
    ends: list[int] = []
    lower: list[str] = []
    kinds: list[str] = []
    fresh: list[bool] = []
    edges = iter([*paragraph_starts(text), len(text) + 1])
    edge = next(edges)
    skip = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        if start in holidays:
            skip = end = holidays[start]
        word = text[start:end]
        low = word.lower()
        if start in holidays:
            kind = "Ω"
        elif word[0].isdigit():
            kind = number_class(low)
            if kind == "#" and low[-3:-2] == "." and _NOON.match(text, end):
                kind, low = "C", low.replace(".", ":")
        elif low in CLASSES:
            kind = CLASSES[low]
            if low in NEEDS_CAPITAL and not word[0].isupper():
                kind = "x"
        else:
            kind = other_class(low)
        fresh.append(start >= edge)
        while start >= edge:
            edge = next(edges)
        starts.append(start)
        ends.append(end)
        lower.append(low.rstrip(".") if kind in "MW" else low)
        kinds.append(kind)
    return Tokens(text, starts, ends, lower, "".join(kinds), fresh)


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
