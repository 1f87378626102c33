"""The lexicon of words that take sides: loaded once, asked by token.

The lists live in `tables/polarity.toml`; a user's file of the same form adds to them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from ..errors import CodebookError

TABLES = ("persons.toml", "polarity.toml")
PARTS = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
VERBAL = frozenset({"VERB", "AUX"})


@dataclass
class Polarity:
    """Signs by lemma: +1 for, -1 against. One table for each way in which a word takes a side."""

    regard_verbs: dict[str, int] = field(default_factory=dict)
    regard_nouns: dict[str, int] = field(default_factory=dict)
    regard_adjectives: dict[str, int] = field(default_factory=dict)
    effect: dict[str, int] = field(default_factory=dict)
    conduct_verbs: dict[str, int] = field(default_factory=dict)
    nouns: dict[str, int] = field(default_factory=dict)
    adjectives: dict[str, int] = field(default_factory=dict)
    adverbs: dict[str, int] = field(default_factory=dict)
    aura: dict[str, int] = field(default_factory=dict)
    misfortune: frozenset[str] = frozenset()
    background: frozenset[tuple[str, str]] = frozenset()
    turning_verbs: frozenset[str] = frozenset()
    turning_nouns: frozenset[str] = frozenset()
    turning_adverbs: frozenset[str] = frozenset()
    turning_determiners: frozenset[str] = frozenset()
    turning_prepositions: frozenset[str] = frozenset()
    light_nouns: frozenset[str] = frozenset()
    light_verbs: frozenset[str] = frozenset()
    copulas: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    aiming: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    happening: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    suffering: frozenset[str] = frozenset()
    thriving: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    solving: frozenset[str] = frozenset()
    wishing: frozenset[str] = frozenset()
    hollowing: frozenset[str] = frozenset()

    @cached_property
    def attitudes(self) -> frozenset[str]:
        """The lemmas that can express an attitude; `regard` says whether they do."""
        verbs = (verb.split("-")[0] for verb in self.regard_verbs)
        return frozenset([*verbs, *self.regard_verbs, *self.regard_nouns, *self.regard_adjectives, *self.wishing])

    def regard(self, token: Token) -> int:
        """The attitude that the word expresses towards its object: +1, -1, or 0 for none."""
        lemma = token.lemma_.lower()
        if token.pos_ in VERBAL:
            if lemma in self.wishing and any(c.dep_ == "prep" and c.lower_ == "for" for c in token.children):
                return 1
            particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
            whole = self.regard_verbs.get(f"{lemma}-{particle}") if particle else None
            return self.regard_verbs.get(lemma, 0) if whole is None else whole
        if token.pos_ == "ADJ":
            return self.regard_adjectives.get(lemma, 0)
        return self.regard_nouns.get(lemma, 0) if token.pos_ == "NOUN" else 0

    def worth(self, token: Token) -> int:
        """Whether the thing or quality is good or bad in itself: +1, -1, or 0."""
        lemma = token.lemma_.lower()
        if token.pos_ == "ADJ" or token.tag_ in {"VBN", "VBG"}:
            return self.adjectives.get(token.lower_, self.adjectives.get(lemma, 0))
        if token.pos_ == "ADV":
            return self.adverbs.get(token.lower_, 0)
        if token.pos_ in {"NOUN", "PROPN"}:
            return self.nouns.get(lemma, 0)
        return 0

    def doing(self, verb: Token) -> int:
        """What the verb does to its object: +1 helps or brings about, -1 harms or ends, 0 neither."""
        lemma = verb.lemma_.lower()
        if lemma in self.turning_verbs:
            return -1
        if lemma in self.light_verbs:
            return 1
        return self.effect.get(lemma, 0)

    def conduct(self, verb: Token) -> int:
        """What doing it says of the doer; 'pay off' and 'back down' are words of their own."""
        lemma = verb.lemma_.lower()
        particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
        whole = self.conduct_verbs.get(f"{lemma}-{particle}") if particle else None
        return self.conduct_verbs.get(lemma, 0) if whole is None else whole

    def turns(self, token: Token) -> bool:
        """Whether the token itself is a negation: 'not', 'never', 'no', 'without'."""
        return (
            token.dep_ == "neg"
            or (token.pos_ in {"ADV", "CCONJ"} and token.lower_ in self.turning_adverbs)
            or (token.dep_ in {"det", "preconj", "cc:preconj"} and token.lower_ in self.turning_determiners)
            or (token.lower_ == "longer" and any(c.lower_ == "no" for c in token.children))
        )


def shipped() -> list[dict[str, Any]]:
    """The tables that come with the package, in the order in which they are laid over each other."""
    folder = files(__package__).joinpath("tables")
    return [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in TABLES]


@cache
def default_polarity() -> Polarity:
    """detente's own lexicon."""
    return build(*shipped())


@cache
def personal_polarity() -> Polarity:
    """The same for the light on persons: with what is done to them out of esteem or against them."""
    return build(*shipped(), people=True)


def load_polarity(user_file: Path) -> Polarity:
    """detente's lexicon with a user's lists on top. Raises CodebookError when the file is not of the form."""
    try:
        return build(*shipped(), tomllib.loads(user_file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{user_file}: {error}; it must be TOML with the keys of polarity.toml") from error


def build(*tables: dict[str, Any], people: bool = False) -> Polarity:
    """Signs from the lists; later tables win over earlier ones. With `people`, esteem counts as regard."""
    p = Polarity()
    regards = ("esteem", "regard") if people else ("regard",)
    for table in tables:
        for section, name, sign in ((s, n, v) for s in regards for n, v in (("favour", 1), ("oppose", -1))):
            part = table.get(section, {}).get(name, {})
            p.regard_verbs.update(dict.fromkeys(listed(part, "verbs"), sign))
            p.regard_nouns.update(dict.fromkeys(listed(part, "nouns"), sign))
            p.regard_adjectives.update(dict.fromkeys(listed(part, "adjectives"), sign))
        for name, sign in (("helps", 1), ("harms", -1)):
            p.effect.update(dict.fromkeys(listed(table.get("effect", {}).get(name, {}), "verbs"), sign))
        for name, sign in (("good", 1), ("bad", -1)):
            conduct, worth = table.get("conduct", {}).get(name, {}), table.get("worth", {}).get(name, {})
            p.conduct_verbs.update(dict.fromkeys(listed(conduct, "verbs"), sign))
            p.nouns.update(dict.fromkeys([*listed(conduct, "nouns"), *listed(worth, "nouns")], sign))
            p.adjectives.update(dict.fromkeys(listed(worth, "adjectives"), sign))
            p.adverbs.update(dict.fromkeys(listed(worth, "adverbs"), sign))
        for name, sign in (("good", 1), ("bad", -1)):
            p.aura.update(dict.fromkeys(listed(table.get("aura", {}), name), sign))
        unlucky = table.get("misfortune", {})
        p.misfortune |= {w for part in ("nouns", "verbs", "adjectives") for w in listed(unlucky, part)}
        behind = table.get("background", {})
        p.background |= {(w, pos) for part, pos in PARTS.items() for w in listed(behind, part)}
        for key, words in [*table.get("hinge", {}).items(), *table.get("frames", {}).items()]:
            setattr(p, key, getattr(p, key) | frozenset(words.split()))
        for word in str(table.get("neutral", "")).split():
            for signs in (
                p.regard_verbs,
                p.regard_nouns,
                p.regard_adjectives,
                p.effect,
                p.conduct_verbs,
                p.nouns,
                p.adjectives,
                p.adverbs,
            ):
                signs.pop(word, None)
    return p


def listed(part: dict[str, str], key: str) -> list[str]:
    return part.get(key, "").split()
