"""What is told of sport, stories, markets, stars and weather in the words of politics (`lexicon/domains.csv`).

'Brazil crushed South Korea' is a match where a striker stands beside it. A sentence belongs to such a domain when it
shows a word that only the domain uses, or three that it uses often, and nothing public: no office, no arms, no protest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .lexicon import HERE, read_rows

if TYPE_CHECKING:
    from .coder import Coding

_POLITICS = frozenset({"@official", "@conflict", "@armed", "@police", "@protesters", "@sanctions", "@court"})
_SURE = 3


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain, with its words."""

    name: str
    strong: frozenset[str]
    weak: frozenset[str]

    def weight(self, words: Mapping[str, str]) -> int:
        """How much of the domain a sentence shows: three for a word of its own, one for a word that it shares.

        `words` maps each lemma to the form in which it stands.
        """
        own = sum(lemma in self.strong or form in self.strong for lemma, form in words.items())
        return 3 * own + sum(lemma in self.weak or form in self.weak for lemma, form in words.items())


@cache
def load_domains(path: Path = HERE / "domains.csv") -> tuple[Domain, ...]:
    """The domains of the table. Raises CodebookError where it is malformed."""
    return tuple(
        Domain(row["domain"], frozenset(row["strong"].split()), frozenset(row["weak"].split()))
        for _, row in read_rows(path)
    )


def domain_of(coding: Coding, i: int) -> str:
    """The domain of the sentence that token `i` stands in, '' where it is none of them or politics is in it."""
    view, sentence = coding.view, coding.view.doc[i].sent
    words = {view.lemma[k].lower(): view.lower[k] for k in range(sentence.start, sentence.end)}
    best = max(load_domains(), key=lambda domain: domain.weight(words))
    if best.weight(words) < _SURE:
        return ""
    others = (w for lemma, form in words.items() if not {lemma, form} & best.strong for w in (lemma, form))
    politics = any(not coding.lexicon.classes_of(word).isdisjoint(_POLITICS) for word in others)
    return "" if politics else best.name


def is_blaze(coding: Coding, i: int) -> bool:
    """Whether 'fire' acts that nobody opened: 'a fire in a factory', not 'Israeli fire' or 'fire from a tank'."""
    view = coding.view
    if view.lemma[i] != "fire" or view.children(i, "compound", "poss"):
        return False
    whose = [view.ent[k] for k in view.children(i, "amod")]
    return "NORP" not in whose and all(view.lower[k] != "from" for k in view.children(i, "prep"))
