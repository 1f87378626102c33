"""A deed on its way to what is coded: the word that names it, and what the words above it made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .matching import Fit

TRANSPARENT = frozenset({"through", "light", "imminent"})
ADDRESSING = frozenset({"appeal", "demand", "order", "accuse", "prevent", "threaten", "ultimatum", "expel", "deport"})


@dataclass(slots=True)
class Step:
    """One word that the candidate climbed through."""

    token: int
    operator: str
    before: str
    after: str
    source: str


@dataclass(slots=True)
class Candidate:
    """A deed on its way up: `code` is what it means so far, `top` the word whose subject acts."""

    base: int
    fit: Fit
    code: str
    top: int
    status: str = "done"
    steps: list[Step] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    dead: str = ""
    """Why nothing is coded, where an operator or the mood makes nothing of it."""
    addressed: int | None = None
    """The operator (urge, demand, accuse, order) whose object is the one spoken to."""
    duty: bool = False
    """'should', 'must': the speaker acts and the subject of the clause is spoken to."""
    denied_by: int | None = None
    """The verb of denying over it: the denier vouches against it."""

    @property
    def is_lifted(self) -> bool:
        """Whether a word above it changed what it means; its own 'no' and 'will' do not count."""
        return any(step.token != self.base for step in self.steps)
