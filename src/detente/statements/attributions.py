"""Who said what, in which words, through whom."""

from __future__ import annotations

from ..actors import Who
from ..claims import Attribution
from ..language import Clock, Parse


def find_attributions(parse: Parse, who: Who, clock: Clock) -> tuple[Attribution, ...]:
    """The attributions of one document, outer ones before those inside them."""
    return ()
