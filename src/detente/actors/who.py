"""Who is meant by which words of a document.

Found in the order in which a reader would be sure: names of the tables; persons with the titles and appositions that
stand beside them; later mentions by surname; nominal phrases ('the Iranian delegation', 'rebels'); what only the text
around them tells of these; collectives ('the two sides') and pronouns last, with less confidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..claims import ActorRef
from ..language import Parse
from .background import Background
from .echoes import Echoes
from .nominals import Nominals
from .people import People
from .registry import Registry, default_registry


@dataclass
class Who:
    """The actors of one parse, found once and asked by token.

    `at(token)` answers for the noun phrase that `token` heads (the phrase's own head or, for a name of several
    tokens, any token of the name); conjuncts are not followed, callers walk `token.conjuncts`.
    """

    parse: Parse
    by_token: dict[int, tuple[ActorRef, ...]] = field(default_factory=dict)

    @property
    def mentions(self) -> tuple[ActorRef, ...]:
        """All actors mentioned, in the order of the text, each span once."""
        seen: dict[object, ActorRef] = {}
        for i in sorted(self.by_token):
            for ref in self.by_token[i]:
                seen.setdefault((ref.span, ref.id, ref.person), ref)
        return tuple(seen.values())

    def at(self, token: Token) -> tuple[ActorRef, ...]:
        """Whom the phrase headed by `token` means: several for collectives ('both sides'), () for none."""
        return self.by_token.get(token.i, ())


def find_actors(parse: Parse, registry: Registry | None = None) -> Who:
    """Resolves every mention of an actor in `parse`, with detente's own registry or one with the user's rows."""
    registry = registry or default_registry()
    who = _Finder(parse, registry).find()
    date = parse.document.reference_date
    who.by_token = {i: tuple(registry.dated(ref, date) for ref in refs) for i, refs in who.by_token.items()}
    return who


class _Finder(People, Nominals, Background, Echoes):
    """One pass over one document."""

    def find(self) -> Who:
        self.ships()
        persons = self.persons()
        self.together = self.colleagues(persons)
        for span in persons:
            self.person(span)
        self.put_together()
        self.surnames()
        self.names()
        self.nominals()
        self.nationalities()
        self.definites()
        self.background()
        self.rest()
        return Who(self.parse, self.by_token)
