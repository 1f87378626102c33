"""When an event took place: what its own clause says, else the only date of the clause that it stands in."""

from __future__ import annotations

from dataclasses import replace

from ..claims import DateMention, DateRef
from ..language import Clock
from .clauses import View
from .lifting import Candidate
from .mood import reporter_of

ONLY_DATE = "the only date of the sentence"
"""The reason of a date that is a guess for its own event and says nothing of the others."""
IN_CLAUSE = "in the clause"
_BOUNDS = frozenset({"until", "till", "since", "before", "after", "for", "over", "despite", "by"})
_ANNOUNCING = frozenset({"announce", "declare", "proclaim", "decide"})
_VERBAL = frozenset({"VERB", "AUX"})


def date_of(
    clock: Clock, view: View, candidate: Candidate, today: str | None, events: frozenset[int] = frozenset()
) -> DateRef | None:
    """The date of the event, or None where the text gives none.

    `today` is the document's own date (ISO 8601): what was agreed or offered was so before it, and a later
    date in the clause is that of the deed agreed on. `events` are the words that tell events of their own.
    """
    promised = _is_promised(candidate)
    for teller in _tellers(view, candidate):
        found = clock.date_of(view.doc[teller])
        if found is not None and not (promised and teller != candidate.top and _is_later(found.value, today)):
            return found
    hanging = _hanging(clock, view, candidate, events)
    if hanging is not None and not (promised and _is_later(hanging.value, today)):
        return hanging
    announced = _announced(clock, view, candidate)
    return announced or _only_date(clock, view, candidate)


def _announced(clock: Clock, view: View, candidate: Candidate) -> DateRef | None:
    """'announced on Tuesday that it was leaving': the announcement is the deed."""
    teller = reporter_of(view, candidate.top)
    if teller is None or view.lemma[teller] not in _ANNOUNCING or view.dep[candidate.top] not in {"ccomp", "xcomp"}:
        return None
    found = clock.date_of(view.doc[teller])
    return replace(found, reason=f"the day on which it was {view.lower[teller]}") if found is not None else None


def _is_promised(candidate: Candidate) -> bool:
    return any(step.operator in {"agree", "threaten", "appeal", "demand"} for step in candidate.steps)


def _is_later(value: str, today: str | None) -> bool:
    return today is not None and value[:4].isdigit() and value[: len(today)] > today[: len(value)]


def _tellers(view: View, candidate: Candidate) -> list[int]:
    """The words whose clause may give the date: the governing verb, the deed, and verbs coordinated with them."""
    joined = [k for k in view.with_conjuncts(candidate.base) if view.pos[k] == "VERB" and not view.children(k, "nsubj")]
    return [candidate.top, candidate.base, *joined[1:]]


def _inside(clock: Clock, view: View, i: int) -> list[DateMention]:
    """The dates of the sentence of token `i`, days, months and years only."""
    sentence = view.doc[i].sent
    return [
        m
        for m in clock.mentions
        if m.type in {"DATE", "TIME"}
        and sentence.start_char <= m.span.start < sentence.end_char
        and m.value[:4].isdigit()
    ]


def _hanging(clock: Clock, view: View, candidate: Candidate, events: frozenset[int]) -> DateRef | None:
    """The date that hangs from the event's verb by way of prepositions, where the coder rehung the phrase."""
    verbs = {candidate.top, candidate.base, *(step.token for step in candidate.steps)}
    others = events - candidate.used - verbs
    for mention in _inside(clock, view, candidate.top):
        tokens = view.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if tokens is None:
            continue
        i = tokens.root.i
        bound = False
        onto_clause = view.lower[view.head[i]] == "on" or view.dep[i] == "npadvmod"  # 'on Monday' tells of no thing
        for _ in range(6):
            if view.pos[i] in _VERBAL or view.head[i] == i:
                break
            bound = bound or view.lower[i] in _BOUNDS
            i = view.head[i]
            if i in others or (view.dep[i] in {"relcl", "acl"} and i not in verbs):
                break
            if view.pos[i] in {"NOUN", "PROPN"} and i not in verbs and not onto_clause:
                break
        if i in verbs and not bound and view.pos[i] in _VERBAL:
            return DateRef(value=mention.value, span=mention.span, reason=IN_CLAUSE)
    return None


def _only_date(clock: Clock, view: View, candidate: Candidate) -> DateRef | None:
    """The only date of the sentence, for a participle ('a plan proposed by X and announced by Y on Monday')."""
    if view.dep[candidate.top] != "acl":
        return None
    inside = [m for m in _inside(clock, view, candidate.top) if m.type == "DATE"]
    if len(inside) != 1:
        return None
    return DateRef(value=inside[0].value, span=inside[0].span, reason=ONLY_DATE)
