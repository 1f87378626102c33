"""Which sentences can hold an event at all, told from their words alone, some fifty times cheaper than a parse.

A sentence can hold one when some row of the lexicon finds its word there, in whatever form, with a word that the row's
object or phrase asks for, and when somebody could act: a name, a pronoun, or a word for people who act in public.
Nothing is parsed and no order is looked at, so that what passes may still hold none.

A document is political when enough of its sentences pass that also name a state, a nation, an organisation, an
office, a court, police, arms, a protest, sanctions or another public matter. `python benchmarks/triage.py` measures what both leave out and what that costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ..actors.lookup import lookup
from ..actors.phrases import Atoms
from ..language.lemmas import irregular_lemmas
from ..language.triage import rough_sentences
from .lexicon import ANY, ENTITY_CLASSES, SHAPES, Lexicon, Row, load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ENDINGS = (
    ("men", "man"),
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
)
_PRONOUNS = frozenset("he she it they we i you who his her its their our him them us both sides parties".split())
_DUTIES = frozenset({"must", "should", "ought"})
_ACTING = frozenset("@police @troops @armed @official @protesters @politician @court @people @prisoner @anyone".split())
_PUBLIC = frozenset(
    {"@official", "@conflict", "@armed", "@police", "@protesters", "@sanctions", "@court", "@troops", "@public"}
)
_PUBLIC_NAMES = frozenset({"state", "demonym", "people", "area", "igo", "grouping", "group", "body"})
"""Kinds of names that make a sentence public; a capital does where it is no place ('Baghdad rejected')."""
_NAMED = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+|[^\w\s]")
_PLACED = frozenset(
    "in at near from to of outside around through across between via into inside over above below beneath under behind off within throughout towards toward for".split()
)
_SHARE = 0.05
"""Of a political document's sentences, this share at least is public."""
_NOT_PUBLIC = frozenset({"is", "crowd", "leader", "brigade", "penalty", "founder"})
"""Words of public classes that papers use of everybody ('IS' is a group, 'is' is not)."""
_NOTHING: frozenset[str] = frozenset()
_ALONE = frozenset({"14", "18", "19", "20"})
_ENTITIES = ENTITY_CLASSES | SHAPES | {"@territory", "@building", "@delegation", "@econaid", "@people"}
"""What a name or a number may be (see `matching`)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for beside its own word: any of `objects`, any of `phrases`; empty where it asks for nothing."""

    objects: frozenset[str]
    phrases: frozenset[str]
    alone: bool
    """Whether its events are worth recording with nobody named: protests, bombs and battles."""

    def holds(self, bag: set[str]) -> bool:
        return not (self.objects and self.objects.isdisjoint(bag)) and not (
            self.phrases and self.phrases.isdisjoint(bag)
        )


class Sieve:
    """The rows of one lexicon, by the words that can trigger them. `statements` keeps plain statements too."""

    def __init__(self, lexicon: Lexicon, *, statements: bool = False) -> None:
        self._classes = lexicon.classes
        self._wanted: dict[str, tuple[Wanted, ...]] = {}
        self._lemmas = lru_cache(maxsize=50_000)(_lemmas)
        found: dict[str, dict[Wanted, None]] = {}
        for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives, lexicon.forms):
            for word, rows in table.items():
                for row in rows:
                    if row.code not in {"", "-"} and (statements or not _is_statement(row)):
                        found.setdefault(word, {})[_wanted(row)] = None
        self._wanted = {word: tuple(asked) for word, asked in found.items()}

    def passes(self, sentence: str) -> bool:
        """Whether `sentence` can hold an event."""
        words = _WORD.findall(sentence)
        return self._holds(words, self._forms(words))

    def _holds(self, words: list[str], forms: dict[str, None]) -> bool:
        triggers = [form for form in forms if form in self._wanted]
        duty = not _DUTIES.isdisjoint(forms)
        if not triggers and not duty:
            return False
        bag = self._bag(forms)
        held = [w for form in triggers for w in self._wanted[form] if w.holds(bag)]
        return any(w.alone for w in held) or ((bool(held) or duty) and self._has_actor(bag, words))

    def passes_any(self, text: str) -> bool:
        """Whether some sentence of `text` can hold an event."""
        return any(self.passes(sentence) for sentence in rough_sentences(text))

    def public_words(self, sentence: str) -> set[str]:
        """The public words of `sentence`, else its public names, where it can hold an event; none where it cannot."""
        words = _WORD.findall(sentence)
        forms = self._forms(words)
        if not self._holds(words, forms):
            return set()
        found = {
            form
            for form in forms
            if form not in _NOT_PUBLIC and not self._classes.get(form, _NOTHING).isdisjoint(_PUBLIC)
        }
        return found or public_names(sentence)

    def _forms(self, words: list[str]) -> dict[str, None]:
        """Every form that the words may be of, and two-word terms ('peace_talk')."""
        small = [word.lower() for n, word in enumerate(words) if not (n and word == "March")]  # the month
        forms = {form: None for word in small for form in self._lemmas(word)}
        forms.update((f"{a}_{form}", None) for a, b in pairwise(small) for form in self._lemmas(b))
        return forms

    def _bag(self, forms: Iterable[str]) -> set[str]:
        """Every form with its classes; names and numbers may be of any kind."""
        bag = set(forms)
        for form in list(bag):
            bag |= self._classes.get(form, _NOTHING)
        return bag | _ENTITIES

    def _has_actor(self, bag: set[str], words: list[str]) -> bool:
        """A name, a pronoun, or a word for those who act in public."""
        if any(word[0].isupper() for word in words[1:]) or not bag.isdisjoint(_PRONOUNS):
            return True
        if not (bag - _ENTITIES).isdisjoint(_ACTING):
            return True
        return bool(words) and words[0][0].isupper() and words[0].lower() not in _COMMON_FIRST


_COMMON_FIRST = frozenset(
    "the a an in on at of for to by from with this that these those there and but or if as".split()
)


def _is_statement(row: Row) -> bool:
    return "say" in row.roles or row.code.startswith("01")


def _wanted(row: Row) -> Wanted:
    objects = row.objects if row.objects is not None and row.objects and row.objects != ANY else frozenset()
    phrases: set[str] = set()
    for _, words in row.preps:
        if words == ANY:
            phrases.clear()
            break
        phrases |= words
    return Wanted(_parts(objects), _parts(phrases), row.code[:2] in _ALONE)


def _parts(words: Iterable[str]) -> frozenset[str]:
    """The heads of 'x&y' and the words themselves."""
    return frozenset(word.partition("&")[0] for word in words)


def _lemmas(word: str) -> tuple[str, ...]:
    """What the lemma of a form may be: itself, without its ending, or as the list of irregular forms has it."""
    return tuple(dict.fromkeys(_forms(word)))


def _forms(word: str) -> Iterator[str]:
    yield word
    yield from irregular_lemmas(word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + instead
            yield stem
            if not instead and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
    for part in word.split("-") if "-" in word else ():
        yield from _forms(part)


def is_political(text: str) -> bool:
    """Whether `text` can hold political events: one of its sentences is public, and one in twenty."""
    sieve = default_sieve()
    sentences = [s for s in rough_sentences(text) if not s.isspace()]
    wanted = max(1.0, _SHARE * len(sentences))
    public = 0
    for sentence in sentences:
        public += bool(sieve.public_words(sentence))
        if public >= wanted:
            return True
    return False


def public_names(sentence: str) -> set[str]:
    """The states, nations, organisations and armed groups that `sentence` names; capitals where they are no place."""
    words = _NAMED.findall(sentence)
    found = set()
    for hit in lookup().names.find(Atoms(words)):
        kinds = {entry.kind for entry in hit.values}
        before = words[hit.start - 1].lower() if hit.start else ""
        behind = words[hit.end : hit.end + 1]
        called = behind and behind[0].istitle()  # 'Sofia Larsen'
        if kinds & _PUBLIC_NAMES or ("capital" in kinds and before not in _PLACED and not called):
            found.add(" ".join(words[hit.start : hit.end]))
    return found


@cache
def default_sieve(statements: bool = False) -> Sieve:
    """The sieve of detente's own lexicon."""
    return Sieve(load_lexicon(), statements=statements)
