"""Mentions of a document and the chains that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc


@dataclass(slots=True)
class Mention:
    """Tokens [start, end) with the head; `chain` is the number of its chain, `why` the sieve that put it there."""

    start: int
    end: int
    head: int
    kind: str
    """'name', 'noun', 'both' (a coordination), 'clause' (a verb that 'this' points to) or 'pronoun'."""
    chain: int = -1
    why: str = ""
    confidence: float = 1.0
    antecedent: int = -1
    """The index of the mention that it was linked to, -1 for the first of its chain."""


@dataclass
class Chains:
    """The mentions of a document in the order of the text, and the chains that they make."""

    doc: Doc
    mentions: list[Mention] = field(default_factory=list)
    empty: set[int] = field(default_factory=set)
    """The tokens 'it' that mean nothing: 'it is clear that', 'it takes courage to'."""

    def chains(self) -> list[list[Mention]]:
        """Chains of at least two mentions."""
        return [chain for chain in self.members.values() if len(chain) > 1]

    def spans(self) -> list[list[tuple[int, int]]]:
        """The chains as code points [start, end)."""
        doc = self.doc
        found = []
        for chain in self.chains():
            spans = {(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in chain}
            if len(spans) > 1:
                found.append(sorted(spans))
        return found

    def before(self, token: int) -> Iterator[Mention]:
        """The earlier mentions in the chain of the pronoun at `token` that are no pronouns, nearest first."""
        at = self.pronouns.get(token)
        if at is None:
            return
        for mention in reversed(self.members.get(at.chain, ())):
            if mention.start < at.start and mention.kind != "pronoun":
                yield mention

    @cached_property
    def pronouns(self) -> dict[int, Mention]:
        return {m.head: m for m in self.mentions if m.kind == "pronoun"}

    @cached_property
    def members(self) -> dict[int, list[Mention]]:
        """The mentions of each chain, in the order of the text."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.chain, []).append(mention)
        return found
