"""What words count as: their lemmas, two-word terms, classes of the lexicon, kinds of names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .clauses import View, word_set
from .lexicon import Lexicon

_ENTITY = {
    "GPE": frozenset({"@state", "@actor", "@place", "@territory"}),
    "NORP": frozenset({"@actor", "@people"}),
    "PERSON": frozenset({"@person", "@actor", "@delegation"}),
    "ORG": frozenset({"@org", "@actor"}),
    "LOC": frozenset({"@place", "@territory"}),
    "FAC": frozenset({"@place", "@building"}),
    "MONEY": frozenset({"@money", "@econaid"}),
    "CARDINAL": frozenset({"@number"}),
}
_DOERS = ("er", "or", "ist", "ian", "man", "woman", "eer")
_THINGS = word_set(
    "trawler freighter tanker cutter carrier cruiser paper newspaper letter order offer border river water power centre "
    "center corner tower transfer number member matter manner tender charter chapter quarter register container trailer "
    "computer server printer tractor reactor sector factor motor vector corridor harbour harbor investor operator manor "
    "error terror labor favor honor humor mirror visitor summer winter weather feather leather silver copper butter sugar "
    "dinner supper beer deer steer career volunteer fever disaster cluster minster buffer barrier boiler cracker liner"
)
"""Nouns that end as those for doers do and are none."""
_CARRYING = word_set("carry bear bring transport haul")
_NONE: frozenset[str] = frozenset()
NOWHERE: frozenset[int] = frozenset()
"""No tokens."""


@cache
def pairs_of(wanted: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The words of a row that ask for a head and a modifier: 'aid&military'."""
    return tuple((first, second) for first, sign, second in (each.partition("&") for each in wanted) if sign)


@cache
def heads_of(wanted: frozenset[str]) -> frozenset[str]:
    """What a phrase must show, in its head or in a noun before it, to be looked at for `wanted` at all."""
    return frozenset(each.partition("&")[0] for each in wanted)


class Words:
    """What the words of one document count as: lemmas, classes of the lexicon, kinds of names."""

    def __init__(
        self, view: View, lexicon: Lexicon, towns: frozenset[int] = NOWHERE, states: frozenset[int] = NOWHERE
    ) -> None:
        self.view = view
        self.lexicon = lexicon
        self.states = states
        """Tokens that the tables know as states, whatever the names' model takes them for."""
        self.towns = towns
        """Tokens that the gazetteer knows as places, whatever the names' model takes them for."""
        self._head: dict[int, frozenset[str]] = {}
        self._all: dict[int, frozenset[str]] = {}
        self._joined: dict[int, list[str]] = {}

    def joined(self, i: int) -> list[str]:
        """Two-word terms that end in `i`: 'peace_talk', 'cease_fire', 'hunger_strike'."""
        known = self._joined.get(i)
        if known is not None:
            return known
        view = self.view
        found: list[str] = []
        for k in view.kids[i]:
            if view.dep[k] in {"compound", "amod", "nmod"} and k < i and i - k <= 2:
                found.append(f"{view.lower[k]}_{view.lemma[i]}")
                found.append(f"{view.lower[k]}_{view.lower[i]}")
        if i + 2 < len(view) and view.lower[i + 1] == "-":
            found.append(f"{view.lower[i]}-{view.lemma[i + 2]}")
        if i >= 2 and view.lower[i - 1] == "-":
            found.append(f"{view.lower[i - 2]}-{view.lemma[i]}")
        self._joined[i] = found
        return found

    def of_head(self, i: int) -> frozenset[str]:
        """What the phrase headed by `i` is about: its head, two-word terms, and through 'a series of talks'."""
        known = self._head.get(i)
        if known is not None:
            return known
        self._head[i] = _NONE  # a guard: no phrase contains itself
        view, lexicon = self.view, self.lexicon
        words = {view.lemma[i], view.lower[i], *self.joined(i)}
        if view.pos[i] == "VERB" or view.pos[i] == "AUX":
            words |= {view.lemma[i] + "ing"}
        for word in list(words):
            words |= lexicon.classes_of(word)
        words |= _ENTITY.get(view.ent[i], _NONE)
        if view.pos[i] == "NOUN" and view.lemma[i].endswith(_DOERS) and self._is_national(i):
            words.add("@person")
        if i in self.towns and view.pos[i] == "PROPN":
            words |= {"@place", "@territory"}
        if i in self.states:
            words |= _ENTITY["GPE"]
        if "@container" in words or view.pos[i] == "NUM":
            for k in view.kids[i]:
                if view.dep[k] == "prep" and view.lower[k] == "of":
                    for p in view.children(k, "pobj"):
                        words |= self.of_head(p)
                elif view.dep[k] in {"compound", "amod"}:
                    words |= self.of_head(k)
        result = self._head[i] = frozenset(words)
        return result

    def _is_national(self, i: int) -> bool:
        """'three Omani divers': a noun for a doer that no class has, under the name of a people."""
        view = self.view
        if self.lexicon.classes_of(view.lemma[i]) or view.lemma[i] in _THINGS:
            return False
        return any(view.ent[k] == "NORP" for k in view.kids[i] if view.dep[k] in {"amod", "compound"})

    def of_all(self, i: int) -> frozenset[str]:
        """The same with the modifiers: 'military' in 'military aid'."""
        known = self._all.get(i)
        if known is not None:
            return known
        view = self.view
        words = set(self.of_head(i))
        for k in view.kids[i]:
            if view.dep[k] in {"amod", "compound", "nmod", "poss", "nummod"}:
                words |= {view.lemma[k], view.lower[k]} | self.lexicon.classes_of(view.lemma[k])
            elif view.dep[k] == "acl":
                words |= self._carried(k)
            elif view.dep[k] == "prep" and view.lower[k] in {"of", "for", "with"}:
                for p in view.children(k, "pobj"):
                    words |= {view.lemma[p], view.lower[p]} | self.lexicon.classes_of(view.lemma[p])
                    for a in view.children(p, "acl"):
                        words |= self._carried(a)
        result = self._all[i] = frozenset(words)
        return result

    def _carried(self, participle: int) -> set[str]:
        """'a convoy carrying flour': what it carries."""
        if self.view.lemma[participle] not in _CARRYING:
            return set()
        return {word for p in self.view.children(participle, "dobj") for word in self.of_head(p)}

    def may_show(self, tokens: Sequence[int]) -> set[str]:
        """All that `shows` could find in the phrases headed by `tokens`: their heads and the nouns before them."""
        view, found = self.view, {"*"}
        for i in tokens:
            found |= self.of_head(i)
            for k in view.kids[i]:
                if view.dep[k] in {"compound", "nmod"} and view.pos[k] == "NOUN":
                    found |= self.of_head(k)
        return found

    def shows(self, i: int, wanted: frozenset[str]) -> int:
        """How well the phrase headed by `i` shows one of `wanted`: 0 not at all, 1 in a modifier ('curfew hours'),
        2 in the head by its class, 3 in the head as the very word; 'x&y' asks for y among the modifiers."""
        if "*" in wanted:
            return 2
        head = self.of_head(i)
        shared = head & wanted
        best = 0
        if shared:
            best = 3 if any(not word.startswith("@") for word in shared) else 2
        for first, second in pairs_of(wanted):
            if first in head and second in self.of_all(i):
                return 5
        if not best:
            view = self.view
            for k in view.kids[i]:
                if (
                    view.dep[k] in {"compound", "nmod"}
                    and view.pos[k] == "NOUN"
                    and not self.of_head(k).isdisjoint(wanted)
                ):
                    return 1
        return best
