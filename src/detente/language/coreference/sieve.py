"""The sieve: each mention in the order of the text, by the rules for its kind."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from spacy.tokens import Doc

from ..grid import Grid
from .chains import Chains
from .clauses import Clauses
from .mentions import find_mentions
from .names import Names
from .nouns import Nouns
from .pronouns import Pronouns
from .state import State
from .voices import Voices
from .words import POINTING, SPOKEN, THIRD


def find_chains(
    doc: Doc, grid: Grid | None = None, labels: Mapping[int, str] | None = None, *, speech: bool = True
) -> Chains:
    """Coreference of one parsed document.

    `labels` are entity labels by token that are surer than the model's ('PERSON' for somebody with a title). Without
    `speech` nothing is asked of 'I', 'we', 'you' and of 'this' and 'that' standing alone, which takes less time.
    """
    grid = grid or Grid(doc)
    if labels:
        grid = copy(grid)
        grid.ent = [labels.get(i, label) for i, label in enumerate(grid.ent)]
    state = State(grid, find_mentions(grid))
    names, nouns, pronouns = Names(state), Nouns(state), Pronouns(state)
    voices, clauses = Voices(state), Clauses(state)
    for n, mention in enumerate(tuple(state.mentions)):
        if mention.kind == "name":
            names.meet(n)
            nouns.remember(n)
        elif mention.kind == "noun":
            nouns.meet(n)
            names.meet_apposed(n)
        elif mention.kind == "pronoun" and (speech or grid.lower[mention.head] in THIRD):
            word = grid.lower[mention.head]
            if word in SPOKEN:
                voices.meet(n)
            elif word in POINTING:
                clauses.meet(n)
            else:
                pronouns.meet(n)
    return Chains(doc, state.mentions, pronouns.nothing)
