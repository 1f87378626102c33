"""Across sentences: what a later sentence adds to an event, and whom 'the two sides' and 'that plan' mean.

Each rule says in the event's `why` and in the arguments' `reason` what it took from where; nothing is filled in
silently, and only from the same document.
"""

from __future__ import annotations

from dataclasses import replace

from ..claims import ActorRef, DateRef, Event, PlaceRef
from ..document import cover
from .answering import answered, dated_by_what_it_answers, is_definite, told_before
from .candidate import TRANSPARENT
from .clauses import View
from .dating import ONLY_DATE, is_apart
from .lexicon import Lexicon
from .owners import is_known
from .parties import parties
from .told import AGREEMENTS, DEFINITE, Found

_VIOLENCE = ("18", "19", "20")
_ASKED = frozenset({"02", "10"})
_SPOKEN_TO = _ASKED | {"11", "13", "16"}
_PRONOUNS = frozenset({"it", "them", "him", "her"})
_ADDRESSED = frozenset({"040", "041", "042", "043", "044", "114"})
"""Meetings, calls, visits and summonses, in which something is asked."""
_OUTCOMES = frozenset({"180", "190"})


def join(found: list[Found], view: View, lexicon: Lexicon, today: str | None = None) -> list[Event]:
    """The events with what their neighbours add; told twice is recorded once. `today` is the document's date."""
    _share_within_sentence(found, view)
    for item in found:
        item.event = _with_shared_target(item, found, view)
    for rule in (parties, answered, _unnamed):
        for position, item in enumerate(found):
            item.event = rule(item, found[:position], view, lexicon)
    for position, item in enumerate(found):
        item.event = dated_by_what_it_answers(item, found[:position], view, lexicon, today)
    for item in found:
        if view.pos[item.candidate.base] == "VERB":
            item.event = _hit_where(item.event)
    told_once = [i for position, i in enumerate(found) if not _told_again(i, found[:position], found, view, lexicon)]
    return [item.event for item in _same_agreement(told_once, view, lexicon)]


# --- one sentence: a date or a place that is told once holds for what was told with it ---------------------


def _share_within_sentence(found: list[Found], view: View) -> None:
    sentences: dict[int, list[Found]] = {}
    for item in found:
        sentences.setdefault(item.sentence, []).append(item)
    for items in sentences.values():
        told = [i for i in items if i.event.status != "hypothetical" and not is_apart(view, i.candidate.top)]
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


def _with_shared_target(item: Found, found: list[Found], view: View) -> Event:
    """'invaded Kuwait and occupied the palace', 'shot down an Indian jet and captured its pilot': a hostile deed whose
    own words name no other state is done to the one that the verb before it names."""
    event, verb = item.event, item.candidate.top
    if (event.cameo or "")[:2] in _SPOKEN_TO:
        return _with_addressee(item, found, view)
    group = _hostile(event)
    acting = {a.key for a in event.actors}
    if not group or view.dep[verb] != "conj" or {r.key for r in event.recipients if is_known(r)} - acting:
        return event
    before = next((f for f in found if view.head[verb] in {f.candidate.top, f.candidate.base}), None)
    if before is None or not _hostile(before.event) or {a.key for a in before.event.actors} != acting:
        return event
    named = [r for r in before.event.recipients if is_known(r) and r.key not in acting]
    if len({r.key for r in named}) != 1 or not event.recipients:
        return event
    told = event.recipients[0]
    shared = replace(
        named[0], text=told.text, span=told.span, reason=f"of {named[0].text!r}, hit before in the sentence",
        confidence=round(0.7 * named[0].confidence, 2),
    )  # fmt: skip
    return replace(event, recipients=(shared,))


def _with_addressee(item: Found, found: list[Found], view: View) -> Event:
    """'telephoned the king and asked for the release of the men', 'met the envoy and urged him': who was met is asked;
    and 'it' of 'cut ties with Chad, accusing it' is Chad."""
    event, verb = item.event, item.candidate.top
    acting = {a.key for a in event.actors}
    pronoun = any(view.lower[k] in _PRONOUNS for k in view.children(verb, "dobj"))
    beside = view.dep[verb] == "advcl" and view.tag[verb] == "VBG" and pronoun
    joined = view.dep[verb] == "conj" and (event.cameo or "")[:2] in _ASKED
    if not (beside or joined) or {r.key for r in event.recipients if is_known(r)} - acting:
        return event
    before = next((f for f in found if view.head[verb] in {f.candidate.top, f.candidate.base}), None)
    if before is None or {a.key for a in before.event.actors} != acting:
        return event
    if joined and (before.event.cameo or "")[:3] not in _ADDRESSED:
        return event
    met = tuple(
        replace(
            r, reason="the other side of what is told before in the sentence", confidence=round(0.7 * r.confidence, 2)
        )
        for r in before.event.recipients
        if is_known(r) and r.key not in acting
    )
    return replace(event, recipients=met) if met else event


def _hostile(event: Event) -> bool:
    return (event.cameo or "")[:2] in {"17", "18", "19", "20"}


def _shared(date: DateRef) -> DateRef:
    return replace(date, reason="told in the same sentence")


def _shared_place(place: PlaceRef) -> PlaceRef:
    return replace(place, reason="told in the same sentence")


# --- 'bombed the north of the city': whose town was hit -------------------------------------------------------------


def _hit_where(event: Event) -> Event:
    """The state on whose ground an attack hit, where the text names no other target and says the place itself."""
    place = event.place
    if (
        not (event.cameo or "").startswith(_VIOLENCE)
        or event.recipients
        or not event.actors
        or place is None
        or not place.country
    ):
        return event
    if (
        place.span is None
        or place.reason.startswith("the dateline")
        or place.country in {a.country for a in event.actors}
    ):
        return event
    hit = ActorRef(
        text=place.name, span=place.span, id=place.country, country=place.country, code=place.country,
        reason="where the attack hit", confidence=round(0.6 * place.confidence, 2),
    )  # fmt: skip
    return replace(event, recipients=(hit,))


# --- passives that name no agent, right after a sentence that names the speakers ---------------------------------


def _unnamed(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    event = item.event
    verbal = event.cameo is not None and event.cameo[:2] in {"05", "10", "11", "12"}
    if event.actors or not verbal or not before or not view.is_passive(item.candidate.top):
        return event
    if view.is_negated(item.candidate.top):
        return event  # 'were not invited': nobody need have done it
    nearest = before[-1]
    here = view.bounds[item.candidate.top][0]
    if nearest.sentence >= here or view.bounds[nearest.sentence][1] != here:
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


# --- 'struck a depot, killing three', 'the attack': one deed in two words -------------------------------------------


def _told_again(item: Found, before: list[Found], every: list[Found], view: View, lexicon: Lexicon) -> bool:
    """Whether the item is the outcome of a deed ('..., killing three') or names one told before ('the attack')."""
    candidate, base = item.candidate, item.candidate.base
    if not candidate.code.startswith(_VIOLENCE) or any(s.operator not in TRANSPARENT for s in candidate.steps):
        return False
    deeds = [e for e in every if e is not item and (e.event.cameo or "").startswith(_VIOLENCE)]
    keys = _known_keys(item)
    if view.dep[base] == "advcl" and view.tag[base] == "VBG" and candidate.code in _OUTCOMES:
        deed = next((e for e in deeds if view.head[base] in {e.candidate.base, e.candidate.top}), None)
        if deed is None or not keys <= _known_keys(deed):
            return False
        if item.event.magnitude and not deed.event.magnitude:
            deed.event = replace(
                deed.event, magnitude=item.event.magnitude, span=cover(deed.event.span, item.event.span)
            )
        if candidate.code == "190" and deed.event.cameo == "180":
            deed.event = replace(deed.event, cameo="190")  # 'attacked a base, killing soldiers': a fight
        return True
    if view.pos[base] != "NOUN" or candidate.steps:
        return False
    told = [e for e in deeds if view.pos[e.candidate.base] == "VERB" and keys <= _known_keys(e)]
    if any(base in view.subjects(e.candidate.base) or _is_occasion(view, item, e) for e in told):
        return True  # 'the attack killed three', 'killed three in an attack on a convoy'
    if not is_definite(view, base):
        return False
    earlier = told_before(item, before, base, view, lexicon)
    return earlier is not None and earlier.sentence < item.sentence and keys <= _known_keys(earlier)


def _is_occasion(view: View, item: Found, deed: Found) -> bool:
    """Whether the noun says in what it was done ('killed three in an attack'), and is no fight of two sides."""
    preposition = view.head[item.candidate.base]
    if view.dep[item.candidate.base] != "pobj" or view.lower[preposition] not in {"in", "during"}:
        return False
    return view.head[preposition] == deed.candidate.base and "recip" not in item.candidate.fit.row.roles


def _known_keys(item: Found) -> set[str]:
    return {r.key for r in (*item.event.actors, *item.event.recipients) if is_known(r)}


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
    if later.event.cameo not in AGREEMENTS:
        return None
    nouns = [t for t in later.candidate.used if lexicon.is_in(view.lemma[t], "@agreement")]
    return next((t for t in nouns if any(view.lower[k] in DEFINITE for k in view.kids[t])), None)


def _tells_again(later: Found, first: Found, noun: int, view: View, lexicon: Lexicon) -> bool:
    """Whether `later` speaks by `noun` of what `first` tells of, and adds no party of its own."""
    if first.event.cameo not in AGREEMENTS or later.sentence <= first.sentence:
        return False
    known = {view.lemma[t] for t in first.candidate.used if lexicon.is_in(view.lemma[t], "@agreement")}
    if not known or (view.lemma[noun] not in known and view.lower[noun] != "document"):
        return False
    signed = {r.key for r in (*first.event.actors, *first.event.recipients)}
    return all(ref.key in signed for ref in later.event.actors)
