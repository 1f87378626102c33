"""A plan while the document is being read, and what is known of the document by then."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Attribution, Event, Position, Stance
from ..language import Clock, Parse
from .makers import Makers
from .mechanism import BROKEN, Mechanism
from .words import words


@dataclass
class Draft:
    """A plan while the document is being read."""

    head: Token
    mechanism: Mechanism
    mentions: list[Token] = field(default_factory=list)
    stepwise: bool = False
    makers: Makers = field(default_factory=Makers)
    introduced: bool = False
    """Whether the text brings it in as new ('announced an agreement'), so that what follows is likely to tell of it."""
    titled: bool = False
    """Whether its name is from where the text says who made it."""
    told: list[TokenSpan] = field(default_factory=list)
    parties: list[ActorRef] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)
    """Who else is spoken of where the steps are told ('the rebels'): no parties, but somebody to promise something."""
    positions: list[Position] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.head.lemma_.lower()

    @property
    def worth_recording(self) -> bool:
        """Steps, a mechanism between two actors, or a proposer with somebody's position; a bare 'plan' is nothing."""
        table = words("plan")
        steps = [s for s in self.mechanism.steps if s.tie != BROKEN]
        actors = {r.key for r in (*self.makers.proposed_by, *self.parties)} | self.unnamed
        if self.kind in table["steps_only"]:
            return bool(steps) and (self.stepwise or any(s.get for s in steps))
        if steps and (self.stepwise or len(actors) > 1) and (self.stepwise or any(s.get for s in steps)):
            return True
        doing = {r.key for s in steps for p in (*s.give, *s.get) for r in p.by}
        brought = self.introduced or bool(self.makers.proposed_by)
        if brought and len(steps) > 1 and (len(doing) > 1 or (bool(doing) and any(s.get for s in steps))):
            return True
        others = {p.party.key for p in self.positions} - {r.key for r in self.makers.proposed_by}
        if self.kind in table["agreed"] and not self.stepwise:
            return False
        return (self.stepwise and bool(self.positions or self.told)) or (bool(self.makers.proposed_by) and bool(others))


@dataclass(frozen=True)
class Scene:
    parse: Parse
    who: Who
    clock: Clock
    events: tuple[Event, ...]
    stances: tuple[Stance, ...]
    attributions: tuple[Attribution, ...] = ()

    def speaker_of(self, token: Token) -> tuple[ActorRef, ...]:
        """Who speaks in the quotation in which the word stands."""
        span = self.parse.span(token)
        inside = (a for a in self.attributions if any(c.contains(span) for c in a.content))
        return next((a.speakers for a in inside if a.speakers), ())
