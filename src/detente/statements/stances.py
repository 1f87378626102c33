"""Who takes which side on which topic."""

from __future__ import annotations

from ..actors import Who
from ..claims import Attribution, Event, Stance
from ..language import Parse


def find_stances(
    parse: Parse, who: Who, attributions: tuple[Attribution, ...], events: tuple[Event, ...]
) -> tuple[Stance, ...]:
    """The stances taken in the attributions and events of one document."""
    return ()
