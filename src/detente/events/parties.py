"""'The two sides', 'both countries', 'each side ... the other': the parties of an event told before."""

from __future__ import annotations

from dataclasses import replace

from ..claims import ActorRef, Event
from .clauses import View, word_set
from .lexicon import Lexicon
from .owners import is_known
from .told import AGREEMENTS, Found, proposes

_PARTY_NOUNS = word_set(
    "side party country nation state government leader delegation neighbour neighbor ally rival minister president man "
    "woman army general commander diplomat envoy negotiator bloc power ambassador premier capital people force militia"
)
_MEETING = word_set("delegation minister president leader premier envoy negotiator chancellor secretary")
"""In the plural and definite these are the ones who met in the sentence before."""
_PORTFOLIOS = word_set(
    "deputy foreign prime vice defence defense interior finance trade justice energy agriculture army"
)
_SPOKEN = frozenset({"02", "03", "04", "05", "10", "11", "13"})
_NEAR = 80
"""How many tokens back the sentence may begin in which those of 'them' were spoken with."""
_RECENT = 120
"""How many tokens back those who met must have been named."""
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_OTHERS = frozenset({"neighbour", "neighbor", "rival", "foe", "adversary", "opponent"})
_ANSWERS = frozenset({"114"})
"""A formal protest is lodged with somebody."""
_ANSWERING = frozenset({"retaliate"})
SEVERAL = -1
"""What 'they' says of the number of parties."""


def parties(item: Found, before: list[Found], view: View, lexicon: Lexicon) -> Event:
    event = _answered(item, before, view)
    if event.recipients and event.recipients[0].text.lower() == "them":
        event = _them(item, before, view)
    if item.event.cameo == "030" and not event.recipients and proposes(item, view, lexicon):
        others = [r for r in _last_parties(before, 2) if r.key not in {a.key for a in event.actors}]
        if len(others) == 1:
            other = replace(others[0], reason="the other party of the event before", confidence=0.4)
            return replace(event, recipients=(other,))
    for side, tokens in (("actors", item.roles.agent_tokens), ("recipients", item.roles.recipient_tokens)):
        group = next((t for each in tokens for t in _heads(view, each) if _is_party_group(view, t)), None)
        if group is None or any(r.reason and not _is_guess(r) for r in getattr(event, side)):
            continue
        named = _last_parties(before, _number(view, group))
        mentioned = getattr(event, side)
        if not named or not mentioned:
            continue
        first = mentioned[0]
        words = view.doc[group].text
        refs = tuple(
            replace(ref, span=first.span, text=first.text, reason=f"the {words} of an event before") for ref in named
        )
        event = replace(event, actors=refs) if side == "actors" else replace(event, recipients=refs)
        if side == "actors" and (event.reciprocal or not event.recipients or _answers_itself(view, item, group)):
            mutual = event.reciprocal or _answers_itself(view, item, group)
            event = replace(event, recipients=refs if mutual or event.cameo in AGREEMENTS else (), reciprocal=mutual)
        elif side == "actors" and all("named by 'their'" in r.reason for r in event.recipients):
            event = replace(event, recipients=refs, reciprocal=True)  # 'both governments recalled their ambassadors'
    return event


def _them(item: Found, before: list[Found], view: View) -> Event:
    """'holds talks with both generals and urged them', 'telephoned the leaders. He asked them': those spoken with."""
    event = item.event
    if (event.cameo or "")[:2] not in _SPOKEN or any(is_known(r) for r in event.recipients):
        return event
    if not any(view.lower[t] == "them" for t in item.roles.recipient_tokens):
        return event
    acting = {a.key for a in event.actors}
    for earlier in reversed(before):
        if item.sentence - earlier.sentence > _NEAR:
            break
        met = [r for r in earlier.event.recipients if is_known(r)]
        if met and not acting & {r.key for r in met} and acting == {a.key for a in earlier.event.actors}:
            reason, first = "those of the event before", event.recipients[0]
            refs = (replace(r, span=first.span, text=first.text, reason=reason, confidence=0.5) for r in met)
            return replace(event, recipients=tuple(refs))
    return event


def _answered(item: Found, before: list[Found], view: View) -> Event:
    """The event with the other party of the one before, where the words say that there is one and not who: 'lodged a
    protest', 'retaliated', 'accused its neighbour'."""
    event = item.event
    actors = {a.key for a in event.actors}
    beside = any(
        view.lemma[t] in _OTHERS and any(view.lower[k] in {"its", "their"} for k in view.kids[t])
        for tokens in item.roles.recipient_tokens
        for t in _heads(view, tokens)
    )
    alone = not event.recipients and (event.cameo in _ANSWERS or view.lemma[item.candidate.base] in _ANSWERING)
    if not (beside or alone) or len(actors) != 1:
        return event
    last = _last_parties(before, 2)
    others = [r for r in last if r.key not in actors]
    if len(others) != 1 or len(last) != 2:
        return event
    other = replace(others[0], reason="the other party of the event before", confidence=0.4)
    return replace(event, recipients=(other,))


def _heads(view: View, i: int) -> list[int]:
    """The noun itself, and that of 'the courage of both leaders'."""
    return [i, *(p for k in view.children(i, "prep") if view.lower[k] == "of" for p in view.children(k, "pobj"))]


def _answers_itself(view: View, item: Found, group: int) -> bool:
    """'each side accused the other'."""
    return any(view.lower[k] == "each" for k in view.kids[group]) and any(
        view.lower[k] in {"other", "others"} for t in (item.candidate.top, item.candidate.base) for k in view.kids[t]
    )


def _is_guess(ref: ActorRef) -> bool:
    """Whether the actor was not resolved, or only as one of the two named last."""
    guessed = ref.reason.startswith(("the two named before", "pronoun of those named before"))
    guessed = guessed or ref.reason.endswith("where the document says that things happen")
    return (ref.id is None and ref.country is None) or guessed or "country not said" in ref.reason


def _number(view: View, group: int) -> int:
    """How many parties the phrase speaks of: 2 for 'both sides', 3 for 'the three countries', 0 where it is not said."""
    for k in view.kids[group]:
        if view.lower[k] in _NUMBERS:
            return _NUMBERS[view.lower[k]]
    if view.lower[group] == "they" or _is_those_who_met(view, group):
        return SEVERAL
    return 2 if view.lower[group] == "both" or any(view.lower[k] == "each" for k in view.kids[group]) else 0


def _is_party_group(view: View, i: int) -> bool:
    if view.lemma[i] not in _PARTY_NOUNS:
        return view.lower[i] in {"both", "they"}
    words = {view.lower[k] for k in view.kids[i]}
    if words & (_NUMBERS.keys() | {"each"}):
        return True
    if _is_those_who_met(view, i):
        return True
    bare = not any(view.dep[k] in {"poss", "amod", "compound", "prep", "relcl"} for k in view.kids[i])
    return view.lemma[i] in {"party", "side"} and "the" in words and bare and view.lower[i] != view.lemma[i]


def _is_those_who_met(view: View, i: int) -> bool:
    """'the delegations', 'the deputy foreign ministers': those of the sentence before, where nothing says whose they are."""
    if view.lemma[i] not in _MEETING or view.tag[i] != "NNS" or not any(view.lower[k] == "the" for k in view.kids[i]):
        return False
    if not any(view.lemma[k] in {view.lemma[i], "counterpart"} for k in range(max(0, i - _RECENT), i)):
        return False
    said = [k for k in view.kids[i] if view.dep[k] in {"poss", "amod", "compound", "nmod", "prep", "relcl", "acl"}]
    return all(view.lower[k] in _PORTFOLIOS for k in said)


def _last_parties(before: list[Found], number: int) -> list[ActorRef]:
    """The parties of the last event between `number` different ones (0: two), one reference for each; what was done
    together or agreed comes before what one did to the other."""
    for together, aside in ((True, False), (False, False), (False, True)):
        for item in reversed(before):
            if not together and (item.event.cameo or "").startswith(_FROM_ASIDE) != aside:
                continue
            for refs in _groups(item.event, together=together):
                known: dict[tuple[str, str], ActorRef] = {}
                for ref in refs:
                    if is_known(ref):
                        known.setdefault((ref.key, "" if ref.role in _OF_THE_STATE else ref.role or ""), ref)
                if len(known) == (number or 2) or (number == SEVERAL and len(known) > 1):
                    return list(known.values())
    return []


def _groups(event: Event, *, together: bool) -> list[tuple[ActorRef, ...]]:
    """The sides of an event that may be 'the parties'."""
    both = (*event.actors, *event.recipients)
    if (event.cameo or "").startswith(("043", "045")):
        return [event.recipients] if together else []
    if event.reciprocal or event.cameo in AGREEMENTS:
        return [both] if together else []
    if together:
        return [event.actors] if len(event.actors) > 1 else []
    return [both, event.recipients] if event.actors and event.recipients else []


_FROM_ASIDE = ("01", "02", "05", "07")
"""Calls, praise and help come as often from a third party: 'the two sides' are rather those of another event."""
_OF_THE_STATE = frozenset({None, "GOV", "MIL"})
