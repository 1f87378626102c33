"""A claim as one short line in the reader's language, for titles, feeds and what screen readers say."""

from __future__ import annotations

from collections.abc import Iterable

from ..claims import ActorRef, Agreement, Attribution, Claim, DateMention, Event, PlaceMention, PlanProposal, Stance
from .words import Words


def in_words(t: Words, claim: Claim) -> str:
    """'Russia: agree with Iran', 'Abbas Baqeri says (via IRNA)'."""
    match claim:
        case Event():
            key = "event_with" if claim.recipients else "event_alone"
            if among_themselves(claim):
                key = "event_each_other"
            status = "" if claim.status == "done" else f" ({t.plain(f'status.{claim.status}')})"
            return t.plain(
                f"phrase.{key}",
                who=_names(t, claim.actors),
                what=f"{claim.type.lower()}{f'/{claim.mode}' if claim.mode else ''}{status}",
                whom=_names(t, claim.recipients),
            )
        case Attribution():
            via = t.plain("phrase.via", outlet=_names(t, claim.via)) if claim.via else ""
            said = t.maybe(f"mind.{claim.mind}", claim.mind)
            return t.plain("phrase.said", who=_names(t, claim.speakers), said=said, via=via).strip()
        case Stance():
            side = t.maybe(f"side.{claim.side}", claim.side)
            return t.plain("phrase.stance", who=_names(t, claim.holders), side=side, what=claim.issue or claim.topic)
        case Agreement():
            return t.plain("phrase.agreement", name=claim.name, who=_names(t, claim.parties))
        case PlanProposal():
            return t.plain("phrase.plan", name=claim.name, who=_names(t, claim.proposed_by))
        case DateMention():
            return f"{t.plain('kind.date')} {claim.value}"
        case PlaceMention():
            country = f" ({claim.place.country})" if claim.place.country else ""
            return f"{t.plain('kind.place')} {claim.place.name}{country}"
    return t.maybe(f"kind.{claim.kind}", claim.kind)


def among_themselves(event: Event) -> bool:
    """Whether several act with each other, so that they need not be named twice."""
    who, whom = ({(r.key, r.person, r.body) for r in refs} for refs in (event.actors, event.recipients))
    return event.reciprocal and len(who) > 1 and who == whom


def _names(t: Words, refs: Iterable[ActorRef]) -> str:
    shown = [r.person or t.country(r.key) or r.name or r.text or r.key for r in refs]
    return ", ".join(shown) or t.plain("phrase.nobody")
