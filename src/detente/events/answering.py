"""'Rejected that plan', 'welcomed the truce', 'condemned the strike': whose it is, and on which day that was.

Reactions in words name what they answer by a definite noun. The event that the noun means was told before in the
same document; who did it is the recipient of the reaction, and the argument's `reason` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..claims import ActorRef, Event
from .candidate import Candidate
from .clauses import View
from .lexicon import Lexicon
from .owners import is_known
from .told import AGREEMENTS, DEFINITE, Found, is_mutual, proposes

_LET_GO = frozenset({"0253", "1053"})
"""Appeals and demands to release or to return somebody or something."""
_TAKEN = ("173", "181", "171")
_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_REACTIONS = ("03", "05", "11", "12", "016", "14")
_ABOUT = frozenset({"against", "to", "over", "at", "about", "of", "for", "on"})


def answered(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    """The recipients of a reaction in words: those who did what it speaks of, told before in the document."""
    event = item.event
    if event.cameo in _LET_GO:
        return _held_by(item, before)
    if event.cameo is None or not event.cameo.startswith(_REACTIONS) or any(is_known(r) for r in event.recipients):
        return event
    keys = {_who(a) for a in event.actors}
    if event.cameo in AGREEMENTS and not keys:
        return _with_its_parties(item, before, view, lexicon)
    for token, earlier in _meant(item, before, view, lexicon):
        whose = _owners(earlier, _means_plan(view, lexicon, token) and not earlier.event.reciprocal)
        owners = tuple(
            replace(
                ref, reason=f"whose {view.lower[token]} it is, told before", confidence=round(0.8 * ref.confidence, 2)
            )
            for ref in whose
            if _who(ref) not in keys
        )
        if owners and (is_mutual(earlier.event) or len(owners) == len(whose)):
            return replace(event, recipients=owners)
    return event


def _held_by(item: Found, before: list[Found]) -> Event:
    """'Kenya demanded their release': of those who took them, told before, where the words name nobody else."""
    event = item.event
    own = {_who(a) for a in event.actors}
    if any(is_known(r) and _who(r) not in own for r in event.recipients):
        return event
    for earlier in reversed(before):
        theirs = {r.country for r in earlier.event.recipients} & {a.country for a in event.actors} - {None}
        if (earlier.event.cameo or "").startswith(_TAKEN) and theirs and earlier.event.actors:
            reason = "who took them, told before"
            holders = tuple(replace(a, reason=reason, confidence=0.5) for a in earlier.event.actors)
            return replace(event, recipients=holders)
    return event


def _who(ref: ActorRef) -> tuple[str, str]:
    """A state and its government are one, a government and its unions are two."""
    return ref.key, "" if ref.role in {None, "GOV", "MIL"} else ref.role or ""


def _with_its_parties(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    """'The agreement was signed in Doha': by those who agreed before."""
    event = item.event
    for token, earlier in _meant(item, before, view, lexicon):
        if _is_pact(earlier.event) and len(_owners(earlier, False)) > 1:
            reason = f"the parties of the {view.lower[token]} told before"
            sides = tuple(replace(r, reason=reason) for r in _owners(earlier, False))
            return replace(event, actors=sides, recipients=sides, reciprocal=True)
    return event


def _meant(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Iterator[tuple[int, Found]]:
    """(noun, the event told before that it means) for the definite nouns that `item` speaks of."""
    for token in _spoken_of(item.candidate, view):
        if _points(view, token) or (view.pos[token] == "NOUN" and is_definite(view, token)):
            earlier = told_before(item, before, token, view, lexicon)
            if earlier is not None:
                yield token, earlier


def _points(view: View, token: int) -> bool:
    """'condemned it as a violation', 'rejected this'."""
    return view.lower[token] in {"it", "this", "that"} and view.dep[token] in {"dobj", "pobj"}


def _spoken_of(candidate: Candidate, view: View) -> list[int]:
    """The nouns that a reaction is about: its object, or what stands after 'against', 'to', 'over'."""
    tokens = set(candidate.used)
    if candidate.steps:
        tokens.add(candidate.base)
    else:
        tokens.discard(candidate.base)
    for verb in {candidate.top, candidate.base}:
        tokens.update(o for o in view.children(verb, "dobj") if _points(view, o))
        tokens.update(p for preposition, p in view.prepositions(verb, 1) if preposition in _ABOUT)
    return sorted(tokens)


def dated_by_what_it_answers(
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
        if code.startswith(_REACTIONS) and code not in AGREEMENTS and date.value[:10] == today:
            return replace(event, date=replace(date, reason=f"the day of the {view.lower[token]} and of the document"))
        if code in AGREEMENTS and lexicon.is_in(view.lemma[token], "@agreement"):
            return replace(event, date=replace(date, reason=f"that of the {view.lower[token]} told before"))
    return event


def is_definite(view: View, noun: int) -> bool:
    """Whether 'the', 'this' or 'its' stands before the noun."""
    words = [k for k in view.kids[noun] if view.dep[k] in {"det", "poss"} and k < noun]
    return any(view.lower[k] in DEFINITE or view.lower[k] in _POSSESSIVES for k in words)


def _owners(earlier: Found, is_plan: bool) -> list[ActorRef]:
    """Who did it: both sides of what was agreed or done together, else who acted or proposed."""
    event = earlier.event
    mutual = not is_plan and (event.reciprocal or event.cameo in AGREEMENTS)
    sides = (*event.actors, *event.recipients) if mutual else event.actors
    return list({ref.key: ref for ref in sides if is_known(ref)}.values())


def told_before(item: Found, before: list[Found], noun: int, view: View, lexicon: Lexicon) -> Found | None:
    """The last event that `noun` can mean: one told with that noun, one of its codes, a pact for 'the deal'."""
    lemma = view.lemma[noun]
    before = [e for e in before if any(is_known(r) for r in (*e.event.actors, *e.event.recipients))]
    if lexicon.is_in(lemma, "@agreement") and not _means_plan(view, lexicon, noun):
        fitting = [e for e in before if _is_pact(e.event)]
    else:
        rows = lexicon.nouns.get(view.lower[noun]) or lexicon.nouns.get(lemma, [])
        codes = {row.code[:2] for row in rows if row.code[:2].isdigit()}
        codes |= lexicon.echoes.get(lemma, frozenset()) | lexicon.echoes.get(view.lower[noun], frozenset())
        fitting = _of_codes(before, codes) or _of_codes(before, {c[1:] for c in codes if c.startswith("?")})
        if _means_plan(view, lexicon, noun):
            fitting = [e for e in fitting if proposes(e, view, lexicon)] or [
                e for e in fitting if e.event.cameo and e.event.cameo.startswith(("035", "034", "033", "036", "039"))
            ]
            fitting += [e for e in before if _is_pact(e.event) and lemma in _told_with(e, view)]
    fitting = [e for e in fitting if not (e.event.status == "planned" and (e.event.cameo or "").startswith("12"))]
    fitting = [e for e in fitting if e.event.status != "hypothetical" and item.candidate.base not in e.candidate.used]
    own = {a.key for a in item.event.actors}
    fitting = [e for e in fitting if is_mutual(e.event) or not own & {a.key for a in e.event.actors}] or fitting
    named = [e for e in fitting if lemma in _told_with(e, view)]
    chosen = named or fitting
    return chosen[-1] if chosen else None


def _told_with(item: Found, view: View) -> set[str]:
    """The nouns of an event's own words: 'agreement', and 'plan' in 'reached agreement on a joint plan'."""
    told = item.candidate.used | {item.candidate.base}
    told |= {p for _, p in view.prepositions(item.candidate.base, 2)}
    return {view.lemma[t] for t in told}


def _of_codes(before: list[Found], codes: set[str]) -> list[Found]:
    return [e for e in before if codes and (e.event.cameo or "-").startswith(tuple(codes))]


def _means_plan(view: View, lexicon: Lexicon, noun: int) -> bool:
    return lexicon.is_in(view.lemma[noun], "@proposal")


def _is_pact(event: Event) -> bool:
    return event.cameo in AGREEMENTS or ((event.cameo or "").startswith(("03", "05")) and is_mutual(event))
