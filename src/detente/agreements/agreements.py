"""What was agreed, between whom, signed by whom, about what."""

from __future__ import annotations

from ..actors import Who
from ..claims import Agreement, Attribution, Event
from ..language import Parse


def find_agreements(
    parse: Parse, who: Who, events: tuple[Event, ...], attributions: tuple[Attribution, ...]
) -> tuple[Agreement, ...]:
    """The agreements that one document reports."""
    return ()
