"""An agreement while the document is being read, what is known of the document by then, and parties told by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, DateRef, Event, PlaceRef, Status
from ..document import Span
from ..language import Clock, Parse
from ..places import Where
from .parties import actors_named
from .phrases import by_key, children, next_sentence
from .sealing import Seal
from .words import words

NEAR = 80
"""How many tokens after an agreement 'X signed for A' still speaks of it."""
NUMBERS = {
    word: number
    for number, word in enumerate("three four five six seven eight nine ten eleven twelve thirteen fourteen".split(), 3)
}
PEOPLES = frozenset(
    {"state", "country", "nation", "government", "republic", "neighbour", "neighbor", "power", "member"}
)


@dataclass
class Draft:
    """An agreement while the document is being read."""

    head: Token
    seal: Seal
    parties: list[ActorRef] = field(default_factory=list)
    signatories: list[ActorRef] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    mentions: list[Token] = field(default_factory=list)
    date: DateRef | None = None
    place: PlaceRef | None = None
    status: Status = "done"
    loose: bool = False
    """Whether all that was told of it so far makes it an agreement only between two sides that are named."""
    unnamed: int = 0
    """How many sides more take part without a name ('rebels')."""

    @property
    def is_made(self) -> bool:
        """Whether enough is known to put it on record: whose it is, and between whom where only that makes it one."""
        sides = max(len(self.parties) + self.unnamed, len(self.signatories))
        return bool(self.parties) and (sides > 1 or not self.loose)


@dataclass(frozen=True)
class Scene:
    """What is known of one document when its agreements are looked for."""

    parse: Parse
    who: Who
    where: Where
    clock: Clock
    events: tuple[Event, ...]


def unnamed_sides(who: Who, heads: Iterable[Token]) -> int:
    """How many of those who agreed are a side without a name: the rebels of 'rebels and the government of A'."""
    table = words("agreement")["unnamed"]
    return sum(
        t.lower_.removesuffix("s") in table and not any(r.country or r.id for r in who.at(t))
        for t in dict.fromkeys(heads)
    )


def owners_listed(scene: Scene, seal: Seal, noun: Token) -> tuple[ActorRef, ...]:
    """'Five states signed a plan. It binds the governments of A, B, C, D and E': a list as long as the number told.

    Looked for in the sentence and the two after it; () where no number or no such list is told.
    """
    number = next((n for t in seal.by for n in numbers_of(t)), 0)
    if not number:
        return ()
    sentence = noun.sent
    for _ in range(3):
        for token in sentence:
            if token.pos_ != "PROPN" or token.dep_ == "conj" or len(token.conjuncts) + 1 < number - 1:
                continue
            listed = by_key(r for r in actors_named(scene.who, [token]) if r.country)
            if len({r.country for r in listed}) == number:
                return listed
        following = next_sentence(sentence[-1])
        if following is None:
            break
        sentence = following
    return ()


def numbers_of(head: Token) -> Iterator[int]:
    """How many states a phrase counts: 'five states', 'the presidents of five Central American countries'."""
    for token in head.subtree:
        if token.dep_ == "nummod" and token.lower_ in NUMBERS and token.head.lemma_.lower() in PEOPLES:
            yield NUMBERS[token.lower_]


def only_counted(head: Token) -> bool:
    """'Seven states', 'several countries', 'the leaders of five nations': no party, whatever state is named beside it."""
    nouns = [head, *(o for p in children(head, "prep") if p.lower_ == "of" for o in children(p, "pobj"))]
    return any(
        n.tag_ == "NNS"
        and n.lemma_.lower() in PEOPLES
        and any(c.dep_ == "nummod" or c.lower_ in {"several", "many", "other", "some"} for c in n.children)
        and not any(c.dep_ in {"det", "poss"} or c.ent_type_ in {"GPE", "NORP"} for c in n.children)
        for n in nouns
    )
