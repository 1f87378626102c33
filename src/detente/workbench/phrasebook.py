"""What other rooms say in English, in the reader's language: reasons of rules, the codebook, and questions that cannot
be answered. A table a language, `words/CODE.phrases.csv`; what it lacks is shown in English and marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from markupsafe import Markup, escape

from .words import HERE, ORIGINAL

_HOLE = re.compile(r"\{(\w+)\}|<(\w+)>")
BETWEEN = "; "
"""Joins the parts of a reason."""


class Phrasebook:
    """English text to the text of one language, whole or part by part."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._whole: dict[str, str] = {}
        self._patterns: list[tuple[int, re.Pattern[str], frozenset[str], str]] = []
        for english, translation in phrases(language):
            if _HOLE.search(english):
                nested = frozenset(m[2] for m in _HOLE.finditer(english) if m[2])
                told = len(_HOLE.sub("", english))  # the more words a pattern has, the earlier it is tried
                self._patterns.append((told, _pattern(english), nested, translation))
            else:
                self._whole[english] = translation
        self._patterns.sort(key=lambda row: -row[0])
        self._parts = lru_cache(maxsize=4096)(self._read)
        self._between = BETWEEN if language == ORIGINAL else f" {BETWEEN}"

    def __call__(self, text: str) -> Markup:
        """The text for a page; parts that the table lacks stand in English and say so."""
        return Markup(self._between.join(escape(p) if known else _english(p) for p, known in self._parts(text)))

    def plain(self, text: str) -> str:
        """The same as plain text, for titles that escape by themselves."""
        return self._between.join(part for part, _ in self._parts(text))

    def _read(self, text: str) -> tuple[tuple[str, bool], ...]:
        """(part, whether it is in this language) of a text: one part where it is known as a whole."""
        if self.language == ORIGINAL or not text:
            return ((text, True),)
        if text in self._whole:
            return ((self._whole[text], True),)
        parts = [(part, self.found(part)) for part in text.split(BETWEEN)]
        whole = None if all(known for _, known in parts) else self.found(text)
        return ((whole, True),) if whole else tuple((known or part, known is not None) for part, known in parts)

    def found(self, text: str) -> str | None:
        """The translation of one phrase; None where the table has none."""
        if text in self._whole:
            return self._whole[text]
        for _, pattern, nested, translation in self._patterns:
            match = pattern.fullmatch(text)
            if match is None:
                continue
            values = {k: self.found(v) if k in nested else v for k, v in match.groupdict().items()}
            if None not in values.values():
                return _filled(translation, values)
        return None


def _filled(translation: str, values: dict[str, str | None]) -> str:
    """A translation with what its English pattern found in each of its holes."""
    return _HOLE.sub(lambda hole: str(values[hole[1] or hole[2]]), translation)


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """The rows of a language's table: English and its translation."""
    path = HERE / f"{language}.phrases.csv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for line in lines:
        if line and not line.startswith("#"):
            english, translation = re.split(r";(?! )", line, maxsplit=1)
            yield english, translation


def _pattern(english: str) -> re.Pattern[str]:
    """Quotation marks are of either kind, and what stands in them may hold anything."""
    made, at = "", 0
    for hole in _HOLE.finditer(english):
        before = english[at : hole.start()]
        any_of = ".+?" if before.endswith("'") else "[^;]+?"
        made += re.escape(before) + f"(?P<{hole[1] or hole[2]}>{any_of})"
        at = hole.end()
    return re.compile((made + re.escape(english[at:])).replace("'", "['\"]"), re.S)


def _english(text: str) -> Markup:
    return Markup(f'<span lang="{ORIGINAL}">{escape(text)}</span>')


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrases of a language; none for one that has no table."""
    return Phrasebook(language)
