"""Plans that somebody proposed: by whom, to whom, what for what, and who is for or against."""

from __future__ import annotations

from ..actors import Who
from ..claims import Event, PlanProposal, Stance
from ..language import Clock, Parse


def find_plans(
    parse: Parse, who: Who, clock: Clock, events: tuple[Event, ...], stances: tuple[Stance, ...]
) -> tuple[PlanProposal, ...]:
    """The step-by-step plans that one document tells of."""
    return ()
