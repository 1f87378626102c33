"""When: time expressions and their TIMEX3 values."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from ..claims import DateMention, DateRef
from .parse import Parse


@dataclass
class Clock:
    """The time expressions of one parse, found once and asked by token."""

    parse: Parse
    mentions: tuple[DateMention, ...] = ()

    def date_of(self, verb: Token) -> DateRef | None:
        """When what `verb` (or the event noun) tells took place, as far as its clause says so."""
        return None


def find_dates(parse: Parse) -> Clock:
    """Finds and normalises the time expressions of `parse`."""
    return Clock(parse)
