"""How sure we are: from features of the match to the share of such events that are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Roles
from .lifting import Candidate

if TYPE_CHECKING:
    from .coder import Coding


def confidence_of(coding: Coding, candidate: Candidate, roles: Roles) -> float:
    """The expected share of events like this one that are right."""
    score = 0.8
    view = coding.view
    if "weak" in candidate.fit.row.roles:
        score *= 0.6
    if view.pos[candidate.base] in {"NOUN", "PROPN"} and not any(s.operator for s in candidate.steps):
        score *= 0.55
    if not roles.actors:
        score *= 0.7
    if not roles.recipients:
        score *= 0.85
    if candidate.status == "hypothetical":
        score *= 0.4
    if view.dep[candidate.top] in {"relcl", "advcl", "acl"}:
        score *= 0.75
    return round(score, 3)
