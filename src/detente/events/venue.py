"""Where and within what talks take place: CAMEO's third place (044) and PLOVER's modes of CONSULT."""

from __future__ import annotations

from ..claims import ActorRef, PlaceRef
from .arguments import Roles

_MEETINGS = frozenset({"040", "044", "046"})


def at_third_place(code: str, roles: Roles, place: PlaceRef | None) -> str:
    """044 for a meeting of two countries in the country of neither, else `code`."""
    if code != "040" or place is None or place.country is None:
        return code
    parties = {ref.country for ref in (*roles.actors, *roles.recipients) if ref.country and not _is(ref, place)}
    return "044" if len(parties) > 1 and place.country not in parties else code


def mode_of_meeting(code: str, roles: Roles, place: PlaceRef | None, mode: str | None) -> str | None:
    """'multilateral' for a meeting within an alliance or international body, else `mode`."""
    parties = [ref for ref in (*roles.actors, *roles.recipients) if place is None or not _is(ref, place)]
    within = code in _MEETINGS and bool(parties) and all(_is_body(ref) for ref in parties)
    return "multilateral" if within and len({ref.key for ref in parties}) == 1 else mode


def _is(ref: ActorRef, place: PlaceRef) -> bool:
    """Whether the 'actor' is the place itself ('met in Oman')."""
    return ref.span is not None and place.span is not None and ref.span.overlaps(place.span)


def _is_body(ref: ActorRef) -> bool:
    return ref.role == "IGO" or (ref.code or "").startswith("IGO")
