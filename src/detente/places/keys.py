"""The form in which names of places are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """Lower case, without accents of Latin, Greek and Cyrillic letters, punctuation made one blank.

    Points of abbreviations vanish ('U.S.' is 'us'), apostrophes too; vowel signs of other scripts stay.
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_ALIKE)
    return " ".join("".join(map(_letter, decomposed)).split())


def _letter(char: str) -> str:
    if char.isalnum():
        return char
    if char in ".'’ʼ‘`´" or "\u0300" <= char <= "\u036f":
        return ""
    return char if unicodedata.category(char).startswith("M") else " "
