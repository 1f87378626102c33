"""Who is meant by which words of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

import countrynames
from spacy.tokens import Token

from ..claims import ActorRef
from ..language import Parse


@dataclass
class Who:
    """The actors of one parse, found once and asked by token.

    `at(token)` answers for the noun phrase that `token` heads (the phrase's own head or, for a name of
    several tokens, any token of the name); conjuncts are not followed, callers walk `token.conjuncts`.
    """

    parse: Parse
    by_token: dict[int, tuple[ActorRef, ...]] = field(default_factory=dict)

    @property
    def mentions(self) -> tuple[ActorRef, ...]:
        """All actors mentioned, in the order of the text, each span once."""
        seen: dict[object, ActorRef] = {}
        for i in sorted(self.by_token):
            for ref in self.by_token[i]:
                seen.setdefault((ref.span, ref.id), ref)
        return tuple(seen.values())

    def at(self, token: Token) -> tuple[ActorRef, ...]:
        """Whom the phrase headed by `token` means: several for collectives ('both sides'), () for none."""
        return self.by_token.get(token.i, ())


def find_actors(parse: Parse) -> Who:
    """Resolves every mention of an actor in `parse`."""
    who = Who(parse)
    for ent in parse.doc.ents:
        if ent.label_ not in {"GPE", "NORP", "ORG", "PERSON", "LOC"}:
            continue
        country = countrynames.to_code_3(ent.text)
        ref = ActorRef(text=ent.text, span=parse.span(ent), id=country, name=ent.text, country=country)
        for token in ent:
            who.by_token[token.i] = (ref,)
    return who
