"""Across sentences: what a later sentence adds to an event, and whom 'the two sides' and 'that plan' mean.

Each rule says in the event's `why` and in the arguments' `reason` what it took from where; nothing is filled in
silently, and only from the same document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..claims import ActorRef, DateRef, Event, PlaceRef
from .arguments import Roles
from .clauses import View, word_set
from .lexicon import Lexicon
from .lifting import Candidate

PARTY_NOUNS = word_set("side party country nation state government leader delegation neighbour neighbor ally rival")
PARTY_WORDS = word_set("two both three these")
DEFINITE = word_set("the this that these those")
ONLY_DATE = "the only date of the sentence"
"""The reason of a date that is a guess for its own event and says nothing of the others."""
_AGREEMENTS = frozenset({"057", "030", "0871"})


@dataclass
class Found:
    """An event with what it was made from, so that later sentences can be joined to it."""

    event: Event
    candidate: Candidate
    roles: Roles
    sentence: int
    """Where its sentence begins, as a token index."""


def join(found: list[Found], view: View, lexicon: Lexicon) -> list[Event]:
    """The events with what their neighbours add; told twice is recorded once."""
    _share_within_sentence(found)
    for rule in (_parties, _plans, _unnamed):
        for position, item in enumerate(found):
            item.event = rule(item, found[:position], view, lexicon)
    return [item.event for item in _same_agreement(found, view, lexicon)]


# --- one sentence: a date or a place that is told once holds for what was told with it ---------------------


def _share_within_sentence(found: list[Found]) -> None:
    sentences: dict[int, list[Found]] = {}
    for item in found:
        sentences.setdefault(item.sentence, []).append(item)
    for items in sentences.values():
        told = [i for i in items if i.event.status != "hypothetical"]
        dates = {
            i.event.date.value: i.event.date
            for i in told
            if i.event.date is not None and i.event.date.reason != ONLY_DATE
        }
        places = {i.event.place.name: i.event.place for i in told if i.event.place is not None}
        for item in told:
            if item.event.date is None and len(dates) == 1:
                item.event = replace(item.event, date=_shared(next(iter(dates.values()))))
            if item.event.place is None and len(places) == 1:
                item.event = replace(item.event, place=_shared_place(next(iter(places.values()))))


def _shared(date: DateRef) -> DateRef:
    return replace(date, reason="told in the same sentence")


def _shared_place(place: PlaceRef) -> PlaceRef:
    return replace(place, reason="told in the same sentence")


# --- 'the two sides', 'both countries' ------------------------------------------------------------------------


def _parties(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    event = item.event
    if item.event.cameo == "030" and not event.recipients and _proposes(item, view, lexicon):
        others = [r for r in _last_parties(before) if r.key not in {a.key for a in event.actors}]
        if len(others) == 1:
            other = replace(others[0], reason="the other party of the event before", confidence=0.4)
            return replace(event, recipients=(other,))
    groups = [t for t in item.roles.agent_tokens if _is_party_group(view, t)]
    unresolved = all(ref.id is None and ref.country is None for ref in event.actors)
    if not groups or not unresolved:
        return event
    parties = _last_parties(before)
    if len(parties) < 2:
        return event
    words = view.doc[groups[0]].text
    refs = tuple(
        replace(
            ref, span=event.actors[0].span, text=event.actors[0].text, reason=f"the two {words} of the event before"
        )
        for ref in parties
    )
    return replace(
        event, actors=refs, recipients=refs if event.reciprocal or not event.recipients else event.recipients
    )


def _is_party_group(view: View, i: int) -> bool:
    if view.lemma[i] not in PARTY_NOUNS:
        return view.lower[i] in {"both", "they"}
    return any(view.lower[k] in PARTY_WORDS for k in view.kids[i])


def _last_parties(before: list[Found]) -> list[ActorRef]:
    """The actors of the last event between two different parties, one for each party."""
    for item in reversed(before):
        parties: dict[str, ActorRef] = {}
        for ref in (*item.event.actors, *item.event.recipients):
            if ref.id is not None or ref.country is not None:
                parties.setdefault(ref.key, ref)
        if len(parties) == 2 and item.event.actors and item.event.recipients:
            return list(parties.values())
    return []


# --- 'rejected that plan': whose plan --------------------------------------------------------------------------


def _plans(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    event = item.event
    if event.recipients or event.cameo is None or event.cameo[:2] not in {"12", "05", "11", "03"}:
        return event
    for token in item.candidate.used - {item.candidate.base}:
        if not lexicon.is_in(view.lemma[token], "@proposal"):
            continue
        if not any(view.lower[k] in DEFINITE for k in view.kids[token]):
            continue
        for earlier in reversed(before):
            if earlier.event.cameo and earlier.event.cameo.startswith("03") and _proposes(earlier, view, lexicon):
                owners = tuple(
                    replace(r, reason=f"whose {view.lower[token]} it is, told before") for r in earlier.event.actors
                )
                keys = {a.key for a in event.actors}
                if owners and not keys & {o.key for o in owners}:
                    return replace(event, recipients=owners)
    return event


def _proposes(item: Found, view: View, lexicon: Lexicon) -> bool:
    return any(lexicon.is_in(view.lemma[t], "@proposal") for t in item.candidate.used)


# --- passives that name no agent, right after a sentence that names the speakers ---------------------------------


def _unnamed(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    event = item.event
    verbal = event.cameo is not None and event.cameo[:2] in {"05", "10", "11", "12"}
    if event.actors or not verbal or not before or not view.is_passive(item.candidate.top):
        return event
    nearest = before[-1]
    here = view.doc[item.candidate.top].sent.start
    if nearest.sentence >= here or view.doc[nearest.sentence].sent.end != here:
        return event
    recipients = {r.key for r in event.recipients}
    actors = tuple(
        replace(
            ref, reason="the agent is not named; the actors of the sentence before", confidence=ref.confidence * 0.5
        )
        for ref in nearest.event.actors
        if ref.key not in recipients
    )
    return replace(
        event, actors=actors, date=event.date or nearest.event.date, confidence=round(event.confidence * 0.7, 3)
    )


# --- 'The agreement was concluded in Moscow on Thursday' --------------------------------------------------------


def _same_agreement(found: list[Found], view: View, lexicon: Lexicon) -> list[Found]:
    """Joins a later sentence about the same agreement to the signing, and drops what is told twice."""
    kept: list[Found] = []
    for item in found:
        again = _agreement_meant(item, view, lexicon)
        first = None
        if again is not None:
            first = next((k for k in reversed(kept) if _tells_again(item, k, again, view, lexicon)), None)
        if first is None:
            kept.append(item)
            continue
        reason = "from a later sentence about the same agreement"
        event, date, place = first.event, item.event.date, item.event.place
        first.event = replace(
            event,
            date=event.date or (replace(date, reason=reason) if date else None),
            place=event.place or (replace(place, reason=reason) if place else None),
        )
    return kept


def _agreement_meant(later: Found, view: View, lexicon: Lexicon) -> int | None:
    """The noun by which `later` speaks of an agreement already told of: 'the agreement', 'this document'."""
    if later.event.cameo not in _AGREEMENTS:
        return None
    nouns = [t for t in later.candidate.used if lexicon.is_in(view.lemma[t], "@agreement")]
    return next((t for t in nouns if any(view.lower[k] in DEFINITE for k in view.kids[t])), None)


def _tells_again(later: Found, first: Found, noun: int, view: View, lexicon: Lexicon) -> bool:
    """Whether `later` speaks by `noun` of what `first` tells of, and adds no party of its own."""
    if first.event.cameo not in _AGREEMENTS or later.sentence <= first.sentence:
        return False
    known = {view.lemma[t] for t in first.candidate.used if lexicon.is_in(view.lemma[t], "@agreement")}
    if not known or (view.lemma[noun] not in known and view.lower[noun] != "document"):
        return False
    parties = {r.key for r in (*first.event.actors, *first.event.recipients)}
    return all(ref.key in parties for ref in later.event.actors)
