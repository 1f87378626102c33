"""Applies the user's transformations (`transformations.py`) to the events of one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..claims import ActorRef
from .arguments import Arguments, Roles
from .candidate import Candidate, Step
from .matching import Fit
from .mood import FUTURE, mood_of
from .transformations import ANY_EVENT, Transformation

if TYPE_CHECKING:
    from .coder import Coding

_CLAUSES = frozenset({"ccomp", "xcomp"})
_CLIMB = 6
"""So many verbs are climbed from a deed, at most."""


@dataclass(slots=True)
class _Told:
    """An event on its way up: what it is so far."""

    code: str
    roles: Roles
    own_subject: bool
    ahead: bool
    lemma: str


def retold(coding: Coding, arguments: Arguments) -> Iterator[tuple[Candidate, Roles]]:
    """The events that a transformation makes of a deed and of the verbs above it."""
    for i, fit in coding.fits.items():
        if fit.row.operator is None and fit.row.code and coding.view.pos[i] == "VERB":
            found = _climb(coding, arguments, i, fit)
            if found is not None:
                yield found


def _climb(coding: Coding, arguments: Arguments, i: int, fit: Fit) -> tuple[Candidate, Roles] | None:
    view = coding.view
    mood = mood_of(view, i)
    if mood.operator not in {None, "intend"} or mood.status == "hypothetical":
        return None
    plain = Candidate(i, fit, fit.row.code, i)
    told = _Told(
        fit.row.code,
        arguments.of(plain),
        view.child(i, "nsubj", "nsubjpass", "csubj") is not None or view.dep[i] != "xcomp",
        mood.word in FUTURE or mood.word in {"going", "gonna", "would"},
        view.lemma[i],
    )
    candidate: Candidate | None = None
    below = i
    for _ in range(_CLIMB):
        upper = _governor(coding, below)
        if upper is None or view.is_negated(upper):
            break
        status = mood_of(view, upper).status
        speakers = [ref for s in view.subjects(upper) for ref in coding.cast.refs(s)]
        rule, bindings = _fitting(coding, told, upper, speakers)
        if rule is None or status == "hypothetical":
            break
        if rule.below == ANY_EVENT and rule.code.lower() == ANY_EVENT:
            below = upper
            continue
        roles = _roles(
            coding, told.roles, upper, [{b.get(side) for b in bindings} for side in (rule.actor, rule.recipient)]
        )
        code = told.code if rule.code.lower() == ANY_EVENT else rule.code
        step = Step(upper, f"~ of {rule.place}", told.code, code, rule.place)
        steps = [*(candidate.steps if candidate else []), step]
        used = {i, *fit.objects, *(s.token for s in steps)}
        row = replace(fit.row, roles=frozenset({"exact"}))
        candidate = Candidate(i, replace(fit, row=row), code, upper, status, steps, used)
        told = _Told(code, roles, view.child(upper, "nsubj", "nsubjpass") is not None, False, "")
        below = upper
    return (candidate, told.roles) if candidate is not None else None


def _governor(coding: Coding, i: int) -> int | None:
    """The verb whose clause of content `i` heads, or stands beside in a row of such clauses."""
    view = coding.view
    while view.dep[i] == "conj" and view.pos[view.head[i]] in {"VERB", "AUX"}:
        i = view.head[i]
    head = view.head[i]
    return head if head != i and view.dep[i] in _CLAUSES and view.pos[head] in {"VERB", "AUX"} else None


def _fitting(
    coding: Coding, told: _Told, upper: int, speakers: list[ActorRef]
) -> tuple[Transformation | None, list[dict[str, str | None]]]:
    """The first transformation that fits below the verb `upper`, with whom its letters mean each time that it fits."""
    lemma = coding.view.lemma[upper]
    targets = [ref.key for ref in told.roles.recipients]
    for rule in coding.lexicon.transformations:
        if lemma not in rule.verb_is.lemmas or (told.ahead and not rule.ahead and rule.below != ANY_EVENT):
            continue
        if rule.ahead and not told.ahead:
            continue
        if rule.below != ANY_EVENT and not rule.below_is.holds(told.lemma, told.code):
            continue
        sources = [ref.key for ref in told.roles.actors] if rule.source != "_" or told.own_subject else []
        bindings = list(rule.bind([ref.key for ref in speakers], sources, targets))
        if bindings:
            return rule, bindings
    return None, []


def _roles(coding: Coding, below: Roles, upper: int, sides: list[set[str | None]]) -> Roles:
    """The roles of what is coded: the actors of these keys, with the words that name them."""
    tokens = tuple(dict.fromkeys((*coding.view.subjects(upper), *below.agent_tokens, *below.recipient_tokens)))
    named = {ref.key: (ref, i) for i in reversed(tokens) for ref in coding.cast.refs(i)}
    named |= {ref.key: (ref, -1) for ref in (*below.actors, *below.recipients) if ref.key not in named}
    found = [[pair for key, pair in reversed(named.items()) if key in side] for side in sides]
    refs = [tuple(ref for ref, _ in pairs) for pairs in found]
    words = [tuple(i for _, i in pairs if i >= 0) for pairs in found]
    return Roles(refs[0], refs[1], False, words[0], words[1])
