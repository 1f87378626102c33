"""From the parse to coded events."""

from __future__ import annotations

from ..actors import Who
from ..claims import Attribution, Event
from ..language import Clock, Parse
from ..places import Where


def code_events(
    parse: Parse, who: Who, where: Where, clock: Clock, attributions: tuple[Attribution, ...] = ()
) -> tuple[Event, ...]:
    """The events of one document, in the order of their triggers.

    `attributions` say who vouches for what: an event inside somebody's words gets `according_to`.
    """
    return ()
