"""What is told of sport, stories, markets, stars and weather in the words of politics (`lexicon/domains.csv`).

'Brazil crushed South Korea' is a match where a striker stands beside it. A sentence belongs to such a domain when it
shows a word that only the domain uses, or three that it uses often, and nothing public: no office, no arms, no protest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .clauses import View
from .lexicon import SURE

if TYPE_CHECKING:
    from .coder import Coding

_POLITICS = frozenset({"@official", "@conflict", "@armed", "@police", "@protesters", "@sanctions", "@court"})

_ANYWHERE = frozenset(
    {"leader", "head", "chief", "executive", "king", "queen", "prince", "soldier", "general", "agent"}
)
"""Words of offices and arms that sport and stories use, too."""
_SCORE = re.compile(r"\d{1,3}-\d{1,3}")
"""'3-2' in a sentence with a word of sport is a result."""


def strongest(words: Mapping[str, str], table: Mapping[str, tuple[str, int]]) -> tuple[str, int, set[str]]:
    """The domain that `words` (lemma to form) show most, how much, and the lemmas that are words of its own. `table` has
    each word's domain and weight, as `Lexicon.domains` does."""
    found: dict[str, int] = {}
    own: set[str] = set()
    for lemma, form in words.items():
        domain, weight = table.get(lemma) or table.get(form) or ("", 0)
        if weight:
            found[domain] = found.get(domain, 0) + weight
        if weight == SURE:
            own.add(lemma)
    best = max(found, key=lambda name: found[name], default="")
    return best, found.get(best, 0), own


def _noun_form(view: View, k: int) -> str:
    """The form of a word; of a verb that looks like the plural of a noun ('shares', 'yields'), the lemma."""
    return view.lemma[k] if view.pos[k] == "VERB" and view.lower[k].endswith("s") else view.lower[k]


def domain_of(coding: Coding, i: int) -> str:
    """The domain of the sentence that token `i` stands in, '' where it is none of them or politics is in it."""
    view = coding.view
    words = {view.lemma[k]: _noun_form(view, k) for k in range(*view.bounds[i])}
    best, weight, own = strongest(words, coding.lexicon.domains)
    if best == "sport" and any(_SCORE.fullmatch(word) for word in words):
        weight += 2
    if weight < SURE:
        return ""
    others = (w for lemma, form in words.items() if lemma not in own and lemma not in _ANYWHERE for w in (lemma, form))
    politics = any(not coding.lexicon.classes_of(word).isdisjoint(_POLITICS) for word in others)
    return "" if politics else best


def words_of_domain(coding: Coding, i: int, domain: str) -> list[str]:
    """The words of the sentence that `domains.csv` has for a domain, in their order."""
    view, table = coding.view, coding.lexicon.domains
    shown = [
        view.lower[k]
        for k in range(*view.bounds[i])
        if domain in {(table.get(word) or ("",))[0] for word in (view.lemma[k], _noun_form(view, k))}
    ]
    return list(dict.fromkeys(shown))


def is_blaze(coding: Coding, i: int) -> bool:
    """Whether 'fire' acts that nobody opened: 'a fire in a factory', not 'Israeli fire' or 'fire from a tank'."""
    view = coding.view
    if view.lemma[i] != "fire" or view.children(i, "compound", "poss"):
        return False
    whose = [view.ent[k] for k in view.children(i, "amod")]
    return "NORP" not in whose and all(view.lower[k] != "from" for k in view.children(i, "prep"))
