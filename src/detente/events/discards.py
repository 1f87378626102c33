"""What the user's discard lists leave uncoded: sentences, or whole documents, that show one of their phrases."""

from __future__ import annotations

import re
from functools import lru_cache

from .clauses import View
from .lexicon import Lexicon
from .told import Found


def kept(found: list[Found], view: View, lexicon: Lexicon) -> list[Found]:
    """Those of `found` that no discard list of the user's leaves out; all where there is none."""
    if not found or not (lexicon.discards or lexicon.discards_all):
        return found
    if lexicon.discards_all and _any_of(lexicon.discards_all).search(view.doc.text):
        return []
    if not lexicon.discards:
        return found
    phrases = _any_of(lexicon.discards)
    return [item for item in found if not phrases.search(view.doc[item.candidate.base].sent.text)]


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)
