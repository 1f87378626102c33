"""What the text counts: '23 Russian diplomats', 'killing 20 soldiers', '$150 million', 'tens of thousands of people'.

The words are those of the document, so that a reader finds them again; nothing is added up or converted.
"""

from __future__ import annotations

from ..document import Span
from .arguments import Roles
from .candidate import Candidate
from .clauses import View, word_set

_COUNTED = frozenset({"07", "08", "14", "15", "16", "17", "18", "19", "20"})
_PAID = frozenset({"03", "06", "07", "16", "17"})
_BY_THE_MANY = frozenset({"14"})
_OUTCOMES = word_set("kill wound injure leave arrest detain destroy displace")
_MANY = word_set("dozen hundred thousand million billion score ten")
_NOT_COUNTED = frozenset({"DATE", "TIME", "ORDINAL", "PERCENT", "QUANTITY"})


def magnitude_of(view: View, candidate: Candidate, roles: Roles) -> Span | None:
    """Where the text says how many or how much, or None: money first where money is given, else who is counted."""
    code = candidate.code[:2]
    if code in _PAID:
        paid = _money(view, candidate)
        if paid is not None:
            return paid
    if code not in _COUNTED:
        return None
    outcome = _outcome(view, candidate)
    objects = [*candidate.fit.objects, *view.objects(candidate.base)] if view.pos[candidate.base] == "VERB" else []
    tokens = [*objects, *roles.recipient_tokens]
    if code in _BY_THE_MANY:
        tokens = [*roles.agent_tokens, *view.subjects(candidate.top)]
    for token in dict.fromkeys(tokens):
        found = _number(view, token)
        if found is not None:
            return found
    return outcome


def _span(view: View, first: int, last: int) -> Span:
    return Span(view.doc[first].idx, view.doc[last].idx + len(view.doc[last]))


def _number(view: View, noun: int) -> Span | None:
    """'at least 12 people', 'dozens of captives', for the noun that is counted."""
    if view.ent[noun] in _NOT_COUNTED:
        return None
    counting = [k for k in view.kids[noun] if view.dep[k] == "nummod" and view.ent[k] not in _NOT_COUNTED and k < noun]
    if counting:
        first = min(_leftmost(view, k) for k in counting)
        return _span(view, first, noun)
    if view.lemma[noun] in _MANY or view.pos[noun] == "NUM":
        things = [p for k in view.children(noun, "prep") if view.lower[k] == "of" for p in view.children(k, "pobj")]
        return _span(view, _leftmost(view, noun), things[0]) if things else None
    holder = view.head[noun]
    if view.dep[noun] == "pobj" and view.lower[holder] == "of" and view.lemma[view.head[holder]] in _MANY:
        return _span(view, _leftmost(view, view.head[holder]), noun)
    return None


def _leftmost(view: View, i: int) -> int:
    """Where the number begins with what hedges it: 'more than', 'at least', 'up to', 'tens of'."""
    first = i
    for k in view.kids[i]:
        if k < first and view.dep[k] in {"quantmod", "advmod", "nummod", "compound", "amod", "npadvmod"}:
            first = _leftmost(view, k)
    holder = view.head[i]
    if view.dep[i] == "pobj" and view.lower[holder] == "of" and view.lemma[view.head[holder]] in _MANY:
        return _leftmost(view, view.head[holder])
    return first


def _outcome(view: View, candidate: Candidate) -> Span | None:
    """'..., killing 20 soldiers'."""
    for verb in (candidate.base, candidate.top):
        for k in view.children(verb, "advcl", "conj"):
            if view.lemma[k] in _OUTCOMES and view.tag[k] == "VBG":
                for o in view.objects(k):
                    found = _number(view, o)
                    if found is not None:
                        return Span(view.doc[k].idx, found.end)
    return None


def _money(view: View, candidate: Candidate) -> Span | None:
    """The amount below the deed or its objects: '$150 million'."""
    todo = [candidate.base, *candidate.fit.objects, *(step.token for step in candidate.steps)]
    seen: set[int] = set()
    while todo and len(seen) < 40:
        i = todo.pop(0)
        if i in seen:
            continue
        seen.add(i)
        if view.ent[i] == "MONEY":
            first = last = i
            while first > 0 and view.ent[first - 1] == "MONEY":
                first -= 1
            while last + 1 < len(view) and view.ent[last + 1] == "MONEY":
                last += 1
            return _span(view, first, last)
        links = ("dobj", "prep", "pobj", "nmod", "compound", "nummod", "dative", "attr", "amod", "nsubjpass")
        todo.extend(view.children(i, *links))
    return None
