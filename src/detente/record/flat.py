"""The columns of flat rows that belong to one kind of claim each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..claims import (
    ActorMention,
    ActorRef,
    Agreement,
    Attribution,
    DateMention,
    Event,
    PlaceMention,
    PlaceRef,
    PlanProposal,
    Stance,
)
from ..document import Span

if TYPE_CHECKING:
    from .table import Entry


def own_columns(entry: Entry) -> dict[str, Any]:
    """What `entry_columns` names for the kind of `entry`."""
    match entry.claim:
        case Event() as e:
            return {
                "type": e.type,
                "mode": e.mode,
                "contexts": list(e.contexts),
                "cameo": e.cameo,
                "quad": e.quad,
                "goldstein": e.goldstein,
                "status": e.status,
                "actors": keys(e.actors),
                "actor_names": names(e.actors),
                "actor_codes": codes(e.actors),
                "recipients": keys(e.recipients),
                "recipient_names": names(e.recipients),
                "recipient_codes": codes(e.recipients),
                "reciprocal": int(e.reciprocal),
                "according_to": names(e.according_to),
                "magnitude": e.magnitude,
                **_place(e.place),
            }
        case Attribution() as a:
            return {
                "speakers": keys(a.speakers),
                "speaker_names": names(a.speakers),
                "via": keys(a.via),
                "via_names": names(a.via),
                "addressees": names(a.addressees),
                "quote": a.quote,
                "mind": a.mind,
                "colour": a.colour,
                "cue": words(entry, a.cue),
                "content": " [...] ".join(filter(None, (words(entry, s) for s in a.content))),
                "parent": a.parent,
            }
        case Stance() as s:
            return {
                "holders": keys(s.holders),
                "holder_names": names(s.holders),
                "issue": s.issue,
                "topic": s.topic,
                "side": s.side,
                "strength": s.strength,
                "conditional": int(s.conditional),
                "basis": s.basis,
            }
        case Agreement() as g:
            return {
                "name": g.name,
                "parties": keys(g.parties),
                "party_names": names(g.parties),
                "bodies": list(g.bodies),
                "signatories": keys(g.signatories),
                "signatory_names": names(g.signatories),
                "sectors": list(g.sectors),
                "status": g.status,
                **_place(g.place),
            }
        case PlanProposal() as p:
            return {
                "name": p.name,
                "proposed_by": keys(p.proposed_by),
                "announced_by": keys(p.announced_by),
                "announced_by_names": names(p.announced_by),
                "parties": keys(p.parties),
                "mechanism": p.mechanism,
                "positions": [f"{x.party.key}: {x.side}" for x in p.positions],
            }
        case ActorMention(actor=a):
            return {
                **{"actor": a.key, "name": a.name, "country": a.country, "code": a.code},
                **{"role": a.role, "person": a.person, "office": a.office, "body": a.body},
            }
        case DateMention() as d:
            return {"type": d.type, "value": d.value, "mod": d.mod}
        case PlaceMention() as p:
            return _place(p.place)
    return {}


def keys(actors: Iterable[ActorRef]) -> list[str]:
    return [a.key for a in actors]


def names(actors: Iterable[ActorRef]) -> list[str]:
    return [a.person or a.name or a.text for a in actors]


def codes(actors: Iterable[ActorRef]) -> list[str]:
    return [a.code or a.key for a in actors]


def words(entry: Entry, span: Span | None) -> str | None:
    """The words of a span that lies within the claim's evidence; None when it does not."""
    if span is None:
        return None
    start, whole = span.start - entry.claim.span.start, entry.claim.span
    return entry.text[start : start + len(span)] if whole.contains(span) else None


def _place(place: PlaceRef | None) -> dict[str, Any]:
    if place is None:
        return {"place": None, "place_country": None, "lat": None, "lon": None}
    return {"place": place.name, "place_country": place.country, "lat": place.lat, "lon": place.lon}
