"""An event with what it was made from, so that what other sentences say can be joined to it."""

from __future__ import annotations

from dataclasses import dataclass

from ..claims import Event
from .arguments import Roles
from .candidate import Candidate
from .clauses import View, word_set
from .lexicon import Lexicon

DEFINITE = word_set("the this that these those")
AGREEMENTS = frozenset({"057", "030", "0871"})
_PROPOSING = frozenset({"propose", "suggest", "offer", "invite"})


@dataclass
class Found:
    """An event with what it was made from, so that later sentences can be joined to it."""

    event: Event
    candidate: Candidate
    roles: Roles
    sentence: int
    """Where its sentence begins, as a token index."""


def is_mutual(event: Event) -> bool:
    """Whether both sides did it, or several did it together."""
    return event.reciprocal or len({a.key for a in event.actors}) > 1


def proposes(item: Found, view: View, lexicon: Lexicon) -> bool:
    """Whether the event puts a plan, a draft or an offer forward."""
    return view.lemma[item.candidate.top] in _PROPOSING or any(
        lexicon.is_in(view.lemma[t], "@proposal") for t in item.candidate.used
    )
