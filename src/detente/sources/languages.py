"""Which language a text is in, cheaply: English by its small words, others by py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 1_500
"""Characters looked at."""
SMALLEST = 20
"""Letters below which no language can be told."""
LIKELY = 0.5
"""Probability below which the language stays open."""

_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it "
    "ja ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms ne nl no nn or pa pl ps pt ro ru si sk sl so "
    "sq sr sv sw ta te th tl tr ug uk ur uz vi zh"
)
LANGUAGES = _CODES.split()
"""Those that news is written in; the model's small ones (Kabyle, Ladin) attract short English texts."""

_SMALL_WORDS = (
    "the of to and in that for on with by from at was were is are be been has have had will would said "
    "says not it its his her their they he she this which who as an or but after before about against "
    "between into over under than more when where there"
)
_ENGLISH = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """ISO 639-1, or 'und' when the text is too short or too mixed to tell."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    small = sum(word in _ENGLISH for word in words)
    if small >= 3 and small / len(words) > 0.15:
        return "en"
    letters = sum(map(len, words))
    # A letter of another alphabet says more than a Latin one, and a Chinese character as much as a word.
    if letters + 2 * sum(not c.isascii() for c in sample if c.isalpha()) < SMALLEST:
        return "und"
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= LIKELY else "und"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
