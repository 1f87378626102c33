"""Noun phrases: 'the team' for 'a team of experts', 'the company' for a name of that kind."""

from __future__ import annotations

from .state import State
from .words import BODIES, DEFINITE, LANDS, TOWNS

FAR = 60
"""Mentions back that a phrase of this kind may point over."""


class Nouns:
    """The nouns met so far: by head the indices of their mentions."""

    def __init__(self, state: State) -> None:
        self.state, self.grid = state, state.grid
        self.heads: dict[str, list[int]] = {}

    def remember(self, n: int) -> None:
        self.heads.setdefault(self.grid.lower[self.state.mentions[n].head], []).append(n)

    def meet(self, n: int) -> None:
        """Links mention `n` to the nearest earlier phrase that it may repeat, and remembers it."""
        grid, mention = self.grid, self.state.mentions[n]
        head = grid.lower[mention.head]
        earlier = self.heads.setdefault(head, [])
        first = grid.lower[mention.start]
        owner = grid.child(mention.head, "poss")
        if first in DEFINITE or owner is not None:
            known = self._repeated(n, earlier, owner)
            if known is not None:
                self.state.link(n, known, "definite")
            elif owner is None and mention.end - mention.start == 2:
                self._of_a_kind(n, head)
        earlier.append(n)

    def _repeated(self, n: int, earlier: list[int], owner: int | None) -> int | None:
        grid, state, mention = self.grid, self.state, self.state.mentions[n]
        head = grid.lower[mention.head]
        for k in reversed(earlier):
            other = state.mentions[k]
            if other.kind == "both" or state.nested(n, k) or not state.words(n) <= state.words(k) | {head}:
                continue
            if owner is not None and not self._same_owner(owner, other.head):
                continue
            modified = mention.end - mention.head > 3 and grid.child(mention.head, "prep", "relcl", "acl")
            if modified and self._tail(n) != self._tail(k):
                continue
            return k
        return None

    def _of_a_kind(self, n: int, head: str) -> None:
        """'the country', 'the company': the name of such a thing that was named last."""
        labels = {"GPE"} if head in LANDS or head in TOWNS else {"ORG"} if head in BODIES else None
        if labels is None:
            return
        for k in range(n - 1, max(-1, n - FAR), -1):
            other = self.state.mentions[k]
            if other.kind == "name" and self.grid.ent[other.head] in labels and not self.state.nested(n, k):
                self.state.link(n, k, "kind")
                return

    def _same_owner(self, owner: int, other: int) -> bool:
        theirs = self.grid.child(other, "poss")
        return theirs is not None and self.grid.lower[theirs] == self.grid.lower[owner]

    def _tail(self, n: int) -> list[str]:
        mention = self.state.mentions[n]
        return self.grid.lower[mention.head + 1 : mention.end]
