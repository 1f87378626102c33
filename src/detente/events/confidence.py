"""How sure we are: from features of the match to the share of such events that are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Roles
from .lifting import Candidate

if TYPE_CHECKING:
    from .coder import Coding


PHYSICAL = frozenset({"17", "18", "19", "20"})


def confidence_of(coding: Coding, candidate: Candidate, roles: Roles) -> float:
    """The expected share of events like this one that are right."""
    score = 0.8
    view = coding.view
    if "weak" in candidate.fit.row.roles:
        score *= 0.6
    if view.pos[candidate.base] in {"NOUN", "PROPN"} and not candidate.steps:
        score *= 0.55
    if not roles.actors:
        score *= 0.7
    if not roles.recipients:
        score *= 0.85
    if candidate.status == "hypothetical":
        score *= 0.4
    if view.dep[candidate.top] in {"relcl", "advcl", "acl"}:
        score *= 0.75
    if candidate.code[:2] in PHYSICAL:
        score *= _physical(coding, candidate, roles)
    return round(score, 3)


def _physical(coding: Coding, candidate: Candidate, roles: Roles) -> float:
    """Violence and arrests are politics when armed or public actors take part, and accidents or crimes otherwise."""
    words = coding.matcher.words
    cast = [i for i in (*roles.agent_tokens, *roles.recipient_tokens)]
    if any(not words.of_head(i).isdisjoint({"@disaster"}) for i in roles.agent_tokens):
        return 0.1
    if any(not words.of_head(i).isdisjoint({"@private"}) for i in cast):
        return 0.2
    near = coding.context(candidate.base)
    if "@disaster" in near and "@conflict" not in near:
        return 0.2
    if roles.actors and any(ref.country or ref.role for ref in roles.actors):
        return 1.0
    if "@conflict" in near:
        return 1.0
    return 0.6 if roles.actors else 0.45
