"""What the sieve knows while it works: mentions, the chains so far, and what is known of each chain."""

from __future__ import annotations

from dataclasses import dataclass

from ..grid import Grid
from .chains import Mention
from .words import SINGLE, given_names, kinds_of_words

GENDERS = {"male": "m", "female": "f"}
CONFIDENCE = {
    "name": 0.9,
    "acronym": 0.9,
    "surname": 0.85,
    "definite": 0.65,
    "kind": 0.5,
    "speaker": 0.6,
    "pronoun": 0.5,
    "clause": 0.4,
}


@dataclass(slots=True)
class Traits:
    """Of a mention or a chain. `person` and `plural` are None where both may be; `gender` is 'm', 'f' or ''."""

    person: bool | None = None
    plural: bool | None = None
    gender: str = ""

    def join(self, other: Traits) -> None:
        self.person = other.person if self.person is None else self.person
        self.plural = other.plural if self.plural is None else self.plural
        self.gender = self.gender or other.gender


class State:
    """The mentions of one document and their chains, by the index of the mention."""

    def __init__(self, grid: Grid, mentions: list[Mention]) -> None:
        self.grid = grid
        self.mentions = mentions
        self.members: dict[int, list[int]] = {}
        self.content: dict[int, frozenset[str]] = {}
        self.known: dict[int, Traits] = {}
        for number, mention in enumerate(mentions):
            mention.chain = number
            self.members[number] = [number]

    def link(self, n: int, earlier: int, why: str) -> None:
        """Joins the chain of mention `n` to that of `earlier`."""
        mention, old = self.mentions[n], self.mentions[earlier]
        if mention.chain == old.chain:
            return
        traits, theirs = self.traits(mention.chain), self.traits(old.chain)
        mention.why, mention.antecedent, mention.confidence = why, earlier, CONFIDENCE[why]
        theirs.join(traits)
        for k in self.members.pop(mention.chain):
            self.members[old.chain].append(k)
            self.mentions[k].chain = old.chain

    def nested(self, n: int, earlier: int) -> bool:
        """Whether one of the two mentions stands inside the other."""
        a, b = self.mentions[n], self.mentions[earlier]
        return (b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)

    def traits(self, chain: int) -> Traits:
        """What is known of a chain: of its first mention, and what later links added."""
        traits = self.known.get(chain)
        if traits is None:
            traits = self.known[chain] = traits_of(self.grid, self.mentions[chain])
        return traits

    def words(self, n: int) -> frozenset[str]:
        """The words before and at the head of mention `n` that tell one such thing from another."""
        words = self.content.get(n)
        if words is None:
            grid, mention = self.grid, self.mentions[n]
            words = self.content[n] = frozenset(
                grid.lower[k]
                for k in range(mention.start, min(mention.end, mention.head + 1))
                if grid.pos[k] in {"NOUN", "PROPN", "ADJ", "NUM"} and grid.dep[k] not in {"det", "case", "poss"}
            )
        return words


def traits_of(grid: Grid, mention: Mention) -> Traits:
    """Number, person and gender of a phrase by its head, its label and the words before the head."""
    head = mention.head
    low, tag = grid.lower[head], grid.tag[head]
    if mention.kind == "both":
        return Traits(None, True, "")
    if mention.kind == "clause":
        return Traits(False, False, "")
    if mention.kind == "pronoun":
        return Traits()
    if grid.pos[head] == "PROPN":
        return _of_name(grid, mention)
    kind = kinds_of_words().get(low, "")
    if tag == "NNS" or kind == "persons":
        person = kind == "persons" or kinds_of_words().get(low.rstrip("s")) in SINGLE
        return Traits(True if person else None, True, "")
    if kind in SINGLE:
        return Traits(True, False, GENDERS.get(kind, ""))
    return Traits(False, None if kind == "group" else False, "")


def _of_name(grid: Grid, mention: Mention) -> Traits:
    label, head = grid.ent[mention.head], mention.head
    before = grid.lower[mention.start : head + 1]
    names, kinds = given_names(), kinds_of_words()
    if label == "PERSON" or (label == "" and any(w in names or kinds.get(w) in SINGLE for w in before[:-1])):
        gender = _gender(grid, mention, before)
        sure = gender or any(w in names or kinds.get(w) in SINGLE for w in before)
        return Traits(True if sure else None, False, gender)
    if label == "NORP":
        return Traits(None, True if before[-1].endswith("s") else None, "")
    if label in {"ORG", "GPE"}:
        first = grid.lower[head - 1] if head > mention.start and grid.ent[head - 1] == label else ""
        if first in names and head - 2 < mention.start:
            return Traits(None, None, names[first])  # a person whom the model takes for a body or a place
        return Traits(False, None, "")
    if label in {"LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"}:
        return Traits(False, grid.tag[head] == "NNPS", "")
    return Traits(None, None, "")


def _gender(grid: Grid, mention: Mention, before: list[str]) -> str:
    kinds = kinds_of_words()
    for word in before:
        found = GENDERS.get(kinds.get(word, ""))
        if found:
            return found
    names = given_names()
    for k in range(mention.start, mention.head + 1):
        if grid.ent[k] == "PERSON" and grid.pos[k] == "PROPN":
            return names.get(grid.lower[k], "") if k < mention.head or mention.head == mention.start else ""
    return ""
