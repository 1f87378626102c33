"""Across sentences: what a later sentence adds to an event, and whom 'the two sides' and 'that plan' mean.

Each rule says in the event's `why` and in the arguments' `reason` what it took from where; nothing is filled in
silently, and only from the same document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..claims import ActorRef, DateRef, Event, PlaceRef
from .arguments import Roles
from .cast import is_known
from .clauses import View, word_set
from .dating import ONLY_DATE
from .lexicon import Lexicon
from .lifting import Candidate

PARTY_NOUNS = word_set("side party country nation state government leader delegation neighbour neighbor ally rival")
PARTY_WORDS = word_set("two both three these")
DEFINITE = word_set("the this that these those")
POSSESSIVES = frozenset({"its", "his", "her", "their"})
_AGREEMENTS = frozenset({"057", "030", "0871"})
_REACTIONS = frozenset({"03", "05", "11", "12"})
_MATERIAL = frozenset({"06", "07", "08", "13", "15", "16", "17", "18", "19", "20"})
_GROUP = {"18": "19", "20": "19", "17": "16", "161": "16"}
"""Roots that name one kind of deed in newspapers: attacks and killings, expulsions and bans."""
_DEEDS = frozenset({"move", "decision", "step", "action", "measure", "gesture", "act", "announcement"})
_PROPOSING = frozenset({"propose", "suggest"})


@dataclass
class Found:
    """An event with what it was made from, so that later sentences can be joined to it."""

    event: Event
    candidate: Candidate
    roles: Roles
    sentence: int
    """Where its sentence begins, as a token index."""


def join(found: list[Found], view: View, lexicon: Lexicon, today: str | None = None) -> list[Event]:
    """The events with what their neighbours add; told twice is recorded once. `today` is the document's date."""
    _share_within_sentence(found)
    for rule in (_parties, _answered, _unnamed):
        for position, item in enumerate(found):
            item.event = rule(item, found[:position], view, lexicon)
    for position, item in enumerate(found):
        item.event = _dated_by_what_it_answers(item, found[:position], view, lexicon, today)
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


# --- 'rejected that plan', 'welcomed the truce', 'condemned the strike': whose it is ---------------------------


def _answered(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    """The recipients of a reaction in words: those who did what it speaks of, told before in the document."""
    event = item.event
    if event.cameo is None or event.cameo[:2] not in _REACTIONS or any(is_known(r) for r in event.recipients):
        return event
    keys = {a.key for a in event.actors}
    for token, earlier in _meant(item, before, view, lexicon):
        whose = _owners(earlier, _means_plan(view, lexicon, token))
        owners = tuple(
            replace(
                ref, reason=f"whose {view.lower[token]} it is, told before", confidence=round(0.8 * ref.confidence, 2)
            )
            for ref in whose
            if ref.key not in keys
        )
        if owners and (_is_mutual(earlier.event) or len(owners) == len(whose)):
            return replace(event, recipients=owners)
    return event


def _meant(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Iterator[tuple[int, Found]]:
    """(noun, the event told before that it means) for the definite nouns that `item` speaks of."""
    for token in sorted(item.candidate.used - {item.candidate.base}):
        if view.pos[token] == "NOUN" and _is_definite(view, token):
            earlier = _told_before(item, before, token, view, lexicon)
            if earlier is not None:
                yield token, earlier


def _dated_by_what_it_answers(
    item: Found, before: list[Found], view: View, lexicon: Lexicon, today: str | None
) -> Event:
    """A reaction comes not before what it answers and not after the document; a signing told with 'the agreement'
    has the date of the agreement."""
    event = item.event
    code = event.cameo or ""
    if event.date is not None or event.status == "hypothetical":
        return event
    for token, earlier in _meant(item, before, view, lexicon):
        date = earlier.event.date
        if date is None or len(date.value) < 10:
            continue
        if code[:2] in _REACTIONS and code not in _AGREEMENTS and date.value[:10] == today:
            return replace(event, date=replace(date, reason=f"the day of the {view.lower[token]} and of the document"))
        if code in _AGREEMENTS and lexicon.is_in(view.lemma[token], "@agreement"):
            return replace(event, date=replace(date, reason=f"that of the {view.lower[token]} told before"))
    return event


def _is_definite(view: View, noun: int) -> bool:
    words = [k for k in view.kids[noun] if view.dep[k] in {"det", "poss"} and k < noun]
    return any(view.lower[k] in DEFINITE or view.lower[k] in POSSESSIVES for k in words)


def _owners(earlier: Found, is_plan: bool) -> list[ActorRef]:
    """Who did it: both sides of what was agreed or done together, else who acted or proposed."""
    event = earlier.event
    mutual = not is_plan and (event.reciprocal or event.cameo in _AGREEMENTS)
    sides = (*event.actors, *event.recipients) if mutual else event.actors
    return list({ref.key: ref for ref in sides if is_known(ref)}.values())


def _told_before(item: Found, before: list[Found], noun: int, view: View, lexicon: Lexicon) -> Found | None:
    """The last event that `noun` can mean: one told with that noun, of its code, any deed for 'the move'."""
    lemma = view.lemma[noun]
    if _means_plan(view, lexicon, noun):
        fitting = [
            e for e in before if (e.event.cameo or "").startswith(("03", "02", "10")) and _proposes(e, view, lexicon)
        ]
    elif lexicon.is_in(lemma, "@agreement"):
        fitting = [e for e in before if _is_pact(e.event)]
    elif lemma in _DEEDS:
        fitting = [e for e in before if (e.event.cameo or "")[:2] in _MATERIAL and e.event.status == "done"]
    else:
        groups = {_group(row.code) for row in lexicon.nouns.get(view.lower[noun]) or lexicon.nouns.get(lemma, [])} - {
            ""
        }
        fitting = [e for e in before if _group(e.event.cameo or "") in groups]
    fitting = [e for e in fitting if e.event.status != "hypothetical" and item.candidate.base not in e.candidate.used]
    named = [e for e in fitting if any(view.lemma[t] == lemma for t in e.candidate.used | {e.candidate.base})]
    return (named or fitting or [None])[-1]


def _means_plan(view: View, lexicon: Lexicon, noun: int) -> bool:
    return lexicon.is_in(view.lemma[noun], "@proposal")


def _is_pact(event: Event) -> bool:
    return event.cameo in _AGREEMENTS or ((event.cameo or "").startswith(("03", "05")) and _is_mutual(event))


def _group(code: str) -> str:
    return _GROUP.get(code[:2], code[:2]) if code[:2].isdigit() else ""


def _is_mutual(event: Event) -> bool:
    return event.reciprocal or len({a.key for a in event.actors}) > 1


def _proposes(item: Found, view: View, lexicon: Lexicon) -> bool:
    return view.lemma[item.candidate.top] in _PROPOSING or any(
        lexicon.is_in(view.lemma[t], "@proposal") for t in item.candidate.used
    )


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
