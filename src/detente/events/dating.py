"""When an event took place: what its own clause says, else the only date of the clause that it stands in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from ..claims import DateMention, DateRef
from ..language import Clock
from .candidate import Candidate
from .clauses import View
from .mood import reporter_of

ONLY_DATE = "the only date of the sentence"
"""The reason of a date that is a guess for its own event and says nothing of the others."""
IN_CLAUSE = "in the clause"
_BOUNDS = frozenset({"until", "till", "since", "before", "after", "for", "over", "despite", "by"})
_TIMES_OF_DAY = frozenset({"dawn", "noon", "midnight", "dusk", "daybreak", "sunrise", "sunset", "nightfall", "midday"})
"""'before dawn on Thursday' is on Thursday."""
_ORDER = frozenset({"after", "before", "since"})
_UNITS = {"day": 1, "week": 7}
"""Units whose count gives a day; after months and years a text means no day."""
_NUMBERS = {w: n for n, w in enumerate("a two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "one": 1
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANNOUNCING = frozenset({"announce", "declare", "proclaim", "decide"})
_ENACTING = frozenset({"sign", "pass", "adopt", "approve", "enact", "issue", "promulgate", "decree"})
_VERBAL = frozenset({"VERB", "AUX"})


def date_of(
    clock: Clock, view: View, candidate: Candidate, today: str | None, events: frozenset[int] = frozenset()
) -> DateRef | None:
    """The date of the event, or None where the text gives none.

    `today` is the document's own date (ISO 8601): what was agreed or offered was so before it, and a later
    date in the clause is that of the deed agreed on. `events` are the words that tell events of their own.
    """
    shifted = _shifted(clock, view, candidate)
    if shifted is not None:
        return shifted
    promised = _is_promised(candidate)
    apart = is_apart(view, candidate.top)
    for teller in _tellers(view, candidate):
        found = clock.date_of(view.doc[teller])
        if found is not None and apart and found.reason.startswith("from '"):
            continue  # the date of the main clause is not that of 'after X had happened'
        if found is not None and not (promised and teller != candidate.top and _is_later(found.value, today)):
            return found
    hanging = None if apart else _hanging(clock, view, candidate, events)
    if hanging is not None and not (promised and _is_later(hanging.value, today)):
        return hanging
    announced = _announced(clock, view, candidate) or _enacted(clock, view, candidate)
    return announced or _only_date(clock, view, candidate)


def is_apart(view: View, verb: int) -> bool:
    """Whether the clause happened at another time than the main one: 'after X attacked', 'which had attacked'."""
    for _ in range(6):
        if any(view.dep[k] in {"mark", "prep"} and view.lower[k] in _ORDER for k in view.kids[verb] if k < verb):
            return True
        relative = view.dep[verb] in {"relcl", "acl"}
        if relative and any(view.lower[k] == "had" for k in view.children(verb, "aux")):
            return True
        if view.head[verb] == verb or view.dep[verb] not in {"conj", "xcomp", "relcl", "acl", "dobj", "pobj"}:
            return False
        verb = view.head[verb]
    return False


def _shifted(clock: Clock, view: View, candidate: Candidate) -> DateRef | None:
    """'on Thursday, two days after X visited': the day is counted from that of the main clause."""
    for verb in (candidate.top, candidate.base):
        mark = next((k for k in view.children(verb, "mark") if view.lower[k] in {"after", "before"}), None)
        if mark is None or view.head[verb] == verb:
            continue
        unit = next((k for k in (*view.children(verb, "npadvmod"), *view.kids[mark]) if view.lemma[k] in _UNITS), None)
        main = _own_date(clock, view, view.head[verb])
        if unit is None or unit > mark or main is None:
            continue
        number = next((_NUMBERS.get(view.lower[k]) for k in view.kids[unit] if view.lower[k] in _NUMBERS), None)
        if number is None:
            number = next((int(view.lower[k]) for k in view.kids[unit] if view.lower[k].isdigit()), None)
        if number is not None and number < 1000:
            days = number * _UNITS[view.lemma[unit]] * (-1 if view.lower[mark] == "after" else 1)
            value = (date.fromisoformat(main.value[:10]) + timedelta(days=days)).isoformat()
            reason = f"{view.lower[unit]} {view.lower[mark]} it, counted from the main clause"
            return DateRef(value=value, span=main.span, reason=reason)
    return None


def _own_date(clock: Clock, view: View, verb: int) -> DateRef | None:
    found = clock.date_of(view.doc[verb])
    return found if found is not None and _DAY.match(found.value) else None


def _announced(clock: Clock, view: View, candidate: Candidate) -> DateRef | None:
    """'announced on Tuesday that it was leaving': the announcement is the deed."""
    teller = reporter_of(view, candidate.top)
    if teller is None or view.lemma[teller] not in _ANNOUNCING or view.dep[candidate.top] not in {"ccomp", "xcomp"}:
        return None
    found = clock.date_of(view.doc[teller])
    return replace(found, reason=f"the day on which it was {view.lower[teller]}") if found is not None else None


def _enacted(clock: Clock, view: View, candidate: Candidate) -> DateRef | None:
    """'on Friday signed a law that bans imports': what the law does is done on that day."""
    law = view.head[candidate.top]
    if view.dep[candidate.top] != "relcl" or view.dep[law] != "dobj" or view.tag[candidate.top] != "VBZ":
        return None
    verb = view.head[law]
    found = clock.date_of(view.doc[verb]) if view.lemma[verb] in _ENACTING else None
    return replace(found, reason=f"the day on which it was {view.lower[verb]}") if found is not None else None


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
    first, end = view.bounds[i]
    begins, ends = view.doc[first].idx, view.doc[end - 1].idx + len(view.doc[end - 1])
    return [
        m
        for m in clock.mentions
        if m.type in {"DATE", "TIME"} and begins <= m.span.start < ends and m.value[:4].isdigit()
    ]


def _hanging(clock: Clock, view: View, candidate: Candidate, events: frozenset[int]) -> DateRef | None:
    """The date that hangs from the event's verb by way of prepositions, where the coder rehung the phrase."""
    verbs = {candidate.top, candidate.base, *(step.token for step in candidate.steps)}
    others = events - candidate.used - verbs
    for mention in sorted(_inside(clock, view, candidate.top), key=lambda m: m.type != "DATE"):
        tokens = view.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if tokens is None:
            continue
        i = tokens.root.i
        bound = clock_time = False
        onto_clause = view.lower[view.head[i]] == "on" or view.dep[i] == "npadvmod"  # 'on Monday' tells of no thing
        for _ in range(6):
            if view.pos[i] in _VERBAL or view.head[i] == i:
                break
            bound = bound or (view.lower[i] in _BOUNDS and not clock_time)
            clock_time = view.lemma[i] in _TIMES_OF_DAY
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
