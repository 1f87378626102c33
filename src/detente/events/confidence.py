"""How sure we are: from features of the match to the share of such events that are right.

The weights are a logistic regression fitted by `benchmarks/calibrate_events.py` on the development data and kept
in `tables/confidence.csv`; docs/explanation/event-coding.md shows the calibration curve.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .arguments import Roles
from .candidate import Candidate
from .gate import is_official, is_public
from .mood import reporter_of

if TYPE_CHECKING:
    from .coder import Coding

TABLE = Path(__file__).parent / "tables" / "confidence.csv"
PHYSICAL = frozenset({"17", "18", "19", "20"})
_POLITICS = frozenset({"@official", "@conflict", "@armed", "@protesters", "@sanctions", "@state", "@court", "NORP"})
_SPOKEN = {"02": "appeal", "03": "agree", "10": "demand", "12": "refuse", "13": "threaten"}
_MAIN = frozenset({"ROOT", "ccomp", "xcomp"})


@cache
def weights(path: Path = TABLE) -> dict[str, float]:
    """Feature to weight; 'bias' is the intercept."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(handle, delimiter=";")}


def confidence_of(coding: Coding, candidate: Candidate, roles: Roles) -> float:
    """The expected share of events like this one that are right, from 0 to 1."""
    table = weights()
    total = table.get("bias", 0.0) + sum(table.get(name, 0.0) for name in features(coding, candidate, roles))
    return round(1 / (1 + math.exp(-total)), 3)


def features(coding: Coding, candidate: Candidate, roles: Roles) -> Iterator[str]:
    """The names of the features that hold for this event."""
    view, base, top = coding.view, candidate.base, candidate.top
    yield f"root={candidate.code[:2]}"
    yield f"status={candidate.status}"
    if "weak" in candidate.fit.row.roles:
        yield "weak row"
    yield f"row rank={min(candidate.fit.row.rank // 6, 3)}"
    if view.pos[base] in {"NOUN", "PROPN"}:
        yield "noun, lifted" if any(view.pos[s.token] in {"VERB", "AUX"} for s in candidate.steps) else "noun alone"
        if not candidate.steps and roles.actors and roles.recipients:
            yield "noun with both sides"
    elif view.pos[base] == "ADJ":
        yield "adjective"
    dep = view.dep[top]
    if dep == "conj":
        first = top
        while view.dep[first] == "conj":
            first = view.head[first]
        yield "conjunct of main" if view.dep[first] in _MAIN else "conjunct"
    yield (
        f"stands={dep}"
        if dep in {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "pobj", "dobj"}
        else "stands=other"
    )
    operators = [s.operator for s in candidate.steps if s.operator not in {"light", "through"}]
    if not operators and "exact" in candidate.fit.row.roles and candidate.code[:2] in _SPOKEN:
        operators = [_SPOKEN[candidate.code[:2]]]  # a dictionary of the user's says at once what ours says by two rows
    yield f"operators={min(len(operators), 2)}"
    if operators:
        yield f"last operator={operators[-1]}"
    yield from _cast(coding, roles)
    if not roles.actors:
        yield f"root={candidate.code[:2]} without agent"
    if not roles.recipients:
        yield f"root={candidate.code[:2]} without recipient"
    if candidate.code[:2] == "01" and not any(is_official(coding, t) for t in roles.agent_tokens):
        yield "private speaker"
    if reporter_of(view, top) is not None:
        yield "reported"
    if view.bounds[base][0] == 0:
        yield "first sentence"
    if any(view.lower[k] == "had" for k in view.kids[top] if view.dep[k] == "aux"):
        yield "past perfect"
    if coding.context(base).isdisjoint(_POLITICS):
        yield "sentence without politics"
        root = int(candidate.code[:2]) if candidate.code[:2].isdecimal() else 0  # codes of the user's may be no CAMEO
        yield f"quad={min(4, (root + 1) // 5 + 1)} without politics"
    if candidate.code[:2] in PHYSICAL:
        yield from _physical(coding, candidate, roles)


def _cast(coding: Coding, roles: Roles) -> Iterator[str]:
    for name, refs, tokens in (
        ("agent", roles.actors, roles.agent_tokens),
        ("recipient", roles.recipients, roles.recipient_tokens),
    ):
        if not refs:
            yield f"no {name}"
        elif all(coding.cast.is_pronoun(t) for t in tokens):
            yield f"pronoun {name}"
        elif any(ref.country or ref.role for ref in refs):
            yield f"resolved {name}"
    shared = {a.key for a in roles.actors} & {r.key for r in roles.recipients}
    if shared and not roles.reciprocal:
        yield "same on both sides"
    if not any(is_public(coding, t) for t in (*roles.agent_tokens, *roles.recipient_tokens)):
        yield "nobody public"


def _physical(coding: Coding, candidate: Candidate, roles: Roles) -> Iterator[str]:
    """Violence and arrests are politics when armed or public actors take part, and accidents or crimes otherwise."""
    words = coding.matcher.words
    cast = [*roles.agent_tokens, *roles.recipient_tokens]
    near = coding.context(candidate.base)
    if any(not words.of_head(i).isdisjoint({"@disaster"}) for i in roles.agent_tokens):
        yield "disaster acts"
    if any(not words.of_head(i).isdisjoint({"@private"}) for i in cast):
        yield "private people"
    if "@disaster" in near:
        yield "disaster near" if "@conflict" in near else "disaster and no conflict near"
    elif "@conflict" not in near:
        yield "no conflict near"
