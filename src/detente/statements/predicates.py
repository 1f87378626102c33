"""What a predicate says of its subject, of its object, and of the world in which it comes true.

Signs are composed along the parse: 'resolve the crisis' is good for its subject, 'won't resolve the crisis' is not;
'lifting of sanctions' is good where sanctions are bad. Scores lie between -1 and 1, 0 where nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from .polarity import VERBAL, Polarity, default_polarity

DEPTH = 6
"""How far the reading follows clauses into clauses; deeper says little of the phrase it started from."""
GOODS = frozenset({"dobj", "obj"})
PATIENTS = frozenset({"dobj", "obj", "nsubjpass", "csubjpass", "dative"})
AMOUNTS = {"nothing": 0.6, "little": -0.6, "much": 0.6, "more": 0.6, "less": -0.6, "enough": 0.6}
"""What 'does ... for them' says of the subject; 'nothing' also counts as a negation of the verb."""
SUBJECTS = frozenset({"nsubj", "csubj"})


def is_place_told(verb: Token) -> bool:
    """'lies east of the line' says where, and is no lie."""
    return verb.lemma_.lower() == "lie" and any(
        c.dep_ in {"npadvmod", "advmod"} or (c.dep_ == "prep" and c.lower_ not in {"to", "about"})
        for c in verb.children
    )


def named(verb: Token) -> Iterator[tuple[Token, Token]]:
    """The thing and the name that it is given: 'called X a farce', 'described X as vague', however the parser sees it."""
    good = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    if verb.dep_ == "relcl" and (good is None or good.tag_ in {"WDT", "WP"}) and verb.head.pos_ == "NOUN":
        good = verb.head  # 'a move that X called a farce'
    for child in verb.children:
        if child.dep_ in {"oprd", "attr", "acomp"} or (child.dep_ == "ccomp" and child.pos_ in {"NOUN", "ADJ"}):
            inner = [
                c
                for c in child.children
                if c.i < child.i and (c.dep_ == "nsubj" or (c.pos_ == "NOUN" and c.dep_ != "poss"))
            ]
            thing = good if good is not None else inner[0] if inner else None
            if thing is not None:
                yield thing, child
    if good is None:
        return
    for holder in (verb, good):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ == "as":
                yield from ((good, c) for c in child.children if not c.is_punct)
            elif holder is good and child.dep_ == "amod" and child.i > good.i:
                yield good, child


@dataclass(frozen=True)
class Predicates:
    """Composes signs over one lexicon."""

    polarity: Polarity = field(default_factory=default_polarity)

    # --- things ---

    def valence(self, head: Token, depth: int = 0) -> float:
        """How good the thing is that the phrase headed by `head` means."""
        if depth > DEPTH:
            return 0.0
        p = self.polarity
        lemma = head.lemma_.lower()
        value = float(p.worth(head))
        of = [n for c in head.children if c.dep_ == "prep" and c.lower_ in {"of", "to", "for"} for n in c.children]
        if lemma in p.turning_nouns and of:
            value = -self.valence(of[0], depth + 1) or -0.5
        elif (not value or lemma in p.light_nouns) and of:
            value = self.valence(of[0], depth + 1)
        for child in head.children:
            if child.dep_ == "amod":
                if child.lower_ in p.hollowing and value > 0:
                    value = -value
                    continue
                own = -p.worth(child) if self.lessened(child) else p.worth(child)
                value = own if own and not value else value + 0.3 * own
            elif child.dep_ == "acl" and child.tag_ == "VB":
                value = value or self.as_agent(child, depth + 1)
            elif child.dep_ == "conj" and not value:
                value = self.valence(child, depth + 1)
        if head.pos_ in VERBAL or head.tag_ == "VBG":
            value = value or self.as_agent(head, depth + 1)
        if any(p.turns(c) for c in head.children):
            value = -value or -0.3
        return max(-1.0, min(1.0, value))

    def valence_beside(self, head: Token) -> float:
        """Of a word whose own worth is not known, that of the words coordinated with it or hung on it."""
        for child in head.children:
            if child.dep_ in {"conj", "amod"} and (
                value := self.polarity.worth(child) or self.polarity.adjectives.get(child.lower_, 0)
            ):
                return float(value)
        return float(self.polarity.adjectives.get(head.lower_, 0))

    def lessened(self, word: Token) -> bool:
        """'less credible', 'least useful', 'far from credible', 'too costly' and the like."""
        return any(c.lower_ in {"less", "least", "hardly", "barely"} for c in word.children)

    # --- predicates ---

    def as_agent(self, verb: Token, depth: int = 0, *, bare: bool = False) -> float:
        """What the predicate says of its subject; `bare` leaves the negations on the verb out."""
        if depth > DEPTH:
            return 0.0
        p = self.polarity
        lemma = verb.lemma_.lower()
        goods = [c for c in verb.children if c.dep_ in GOODS]
        score = 0.0 if is_place_told(verb) else float(p.conduct(verb))
        if lemma == "work" and not goods and not any(c.dep_ == "prep" for c in verb.children):
            score = -1.0 if any(p.adverbs.get(c.lower_, 0) < 0 for c in verb.children) else 0.8
        if lemma in p.copulas:
            score += self.complement(verb, depth)
        doing = p.effect.get(lemma, 0) or (-1 if lemma in p.turning_verbs else 0)
        if goods and not score:
            score += self.through_object(verb, goods[0], doing, depth)
        elif doing and not score and lemma in p.effect:
            score += 0.3 * doing
        for child in verb.children:
            score += self.through_child(verb, child, depth)
        if lemma in p.aiming and any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
            aims = [n for c in verb.children if c.dep_ == "prep" for n in c.children]
            score = sum((self.valence(n, depth + 1) for n in aims), score)
        return -score if not bare and self.turned(verb) else score

    def through_object(self, verb: Token, good: Token, doing: int, depth: int) -> float:
        """The subject is as good as what it does to its object, or as what it has."""
        lemma = verb.lemma_.lower()
        degree = next((c.lower_ for c in good.children if c.lower_ in {"more", "less"}), good.lower_)
        if degree in {"more", "less"} and any(c.lower_ == "than" for t in (verb, good) for c in t.children):
            worth = self.valence(good, depth + 1)
            return worth or (0.0 if lemma == "have" else 0.6 if degree == "more" else -0.6)
        worth = self.valence(good, depth + 1)
        if lemma == "do" and good.lower_ in AMOUNTS:
            return AMOUNTS[good.lower_]
        if lemma in self.polarity.solving:
            return abs(worth) or 0.5
        if doing:
            return doing * (worth or 0.5)
        if lemma in self.polarity.light_verbs or lemma in self.polarity.having:
            return 0.8 * worth
        return 0.0

    def through_child(self, verb: Token, child: Token, depth: int) -> float:
        """What complements, destinations and manner add for the subject."""
        p = self.polarity
        lemma = verb.lemma_.lower()
        if child.dep_ == "xcomp" and lemma not in p.copulas and child.pos_ in VERBAL:
            inner = self.as_agent(child, depth + 1)
            return -inner if lemma in p.turning_verbs else inner
        if (
            child.dep_ in {"ccomp", "xcomp", "oprd"}
            and child.pos_ == "ADJ"
            and lemma in {"make", "keep", "leave", "render"}
        ):
            return self.valence(child, depth + 1)
        if child.dep_ == "prep" and child.lower_ in {"with", "in"} and lemma not in p.copulas | p.leading | p.aiming:
            ways = [
                n for n in child.children if n.dep_ == "pobj" and not any(c.dep_ in {"det", "poss"} for c in n.children)
            ]
            return 0.6 * sum(p.nouns.get(n.lemma_.lower(), 0) for n in ways)  # 'with dignity', 'in disgrace'
        if child.dep_ == "prep" and lemma in p.leading | p.aiming:
            return sum(self.valence(n, depth + 1) for n in child.children if n.dep_ in {"pobj", "pcomp"})
        if child.dep_ == "advmod" and not p.turns(child):
            if child.lower_ in {"more", "less"} and any(c.lower_ == "than" for c in (*verb.children, *child.children)):
                return 0.6 if child.lower_ == "more" else -0.6
            value = p.worth(child) or (p.adjectives.get(child.lower_, 0))
            return 0.6 * value
        return 0.0

    def complement(self, verb: Token, depth: int) -> float:
        """What the copula's adjective or noun says of the subject."""
        score = 0.0
        for child in verb.children:
            if child.dep_ not in {"acomp", "attr", "oprd"}:
                continue
            value = self.valence(child, depth + 1)
            if child.pos_ == "ADJ" and self.polarity.regard(child) and any(c.dep_ == "prep" for c in child.children):
                value = 0.0
            if child.pos_ == "ADJ" and not self.polarity.worth(child) and self.polarity.regard(child):
                value = 0.0
            value = -value if self.lessened(child) else value
            score += value
            score += sum(self.valence(c, depth + 1) for c in child.conjuncts if not value)
        return score

    def naming(self, verb: Token) -> float:
        """'called it a mistake', 'dismissed as unbalanced'."""
        if verb.lemma_.lower() not in self.polarity.naming:
            return 0.0
        return next((v for _, name in named(verb) if (v := self.worth_of_name(name))), 0.0)

    def worth_of_name(self, name: Token) -> float:
        """How good a name is to bear: its own valence, that of what stands beside it, or the attitude that it tells."""
        value = self.valence(name) or self.valence_beside(name)
        return value or float(self.polarity.regard_nouns.get(name.lemma_.lower(), 0) if name.pos_ == "NOUN" else 0)

    def manner(self, verb: Token) -> float:
        """'joined with enthusiasm', 'walked out in protest'."""
        nouns = [n for c in verb.children if c.dep_ == "prep" and c.lower_ in {"with", "in"} for n in c.children]
        value = sum(self.polarity.regard_nouns.get(n.lemma_.lower(), 0) for n in nouns if not list(n.children))
        adverbs = [c for c in verb.children if c.dep_ == "advmod"]
        return 0.5 * value + 0.5 * sum(self.polarity.adverbs.get(a.lower_, 0) for a in adverbs)

    # --- the world in which it comes true ---

    def outcome(self, verb: Token, depth: int = 0) -> float:
        """How good it is that this clause comes true: 'children will thank us' +, 'hope will die' -."""
        if depth > DEPTH:
            return 0.0
        p = self.polarity
        lemma = verb.lemma_.lower()
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        score = 0.0
        there = next((c for c in verb.children if c.dep_ == "attr"), None)
        if any(c.dep_ == "expl" for c in verb.children) and there is not None:
            score = self.valence(there)
        elif passive:
            score = float(p.effect.get(lemma, 0)) or (-1.0 if lemma in p.failing else 0.0)
        elif lemma in p.suffering or lemma in p.thriving:
            worth = self.valence(subject) if subject is not None else 0.0
            score = (1.0 if lemma in p.thriving else -1.0) * (1.0 if worth >= 0 else -1.0)
        elif subject is not None and self.valence(subject) and lemma in p.happening | p.failing:
            score = self.valence(subject) * (1 if lemma in p.happening else -1)
        elif lemma in p.copulas:
            score = self.complement(verb, depth)
            if subject is not None and not score:
                score = self.valence(subject) * (
                    -1 if any(c.lower_ in {"gone", "lost", "dead", "over"} for c in verb.children) else 0
                )
        score = score or self.as_agent(verb, depth + 1, bare=True)
        if not score:
            into = [
                n for c in verb.children if c.dep_ == "prep" and c.lower_ in {"into", "in", "to"} for n in c.children
            ]
            score = sum(self.valence(n) for n in into)
        return -score if self.turned(verb) else score

    def turned(self, token: Token) -> bool:
        """Whether an odd number of negations stands on the word: its own, its auxiliary's, its subject's or object's."""
        count = 0
        for child in token.children:
            if self.polarity.turns(child):
                count += 1
            elif child.dep_ in {"aux", "acomp"}:
                count += sum(1 for c in child.children if c.dep_ == "neg")
            elif child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                count += self.denies(child)
        return count % 2 == 1

    def denies(self, noun: Token) -> bool:
        """'nobody', 'none of them', 'no party', 'neither side', 'hardly anyone'."""
        if noun.lower_ in self.polarity.nobody:
            return True
        if noun.lower_ == "one" and any(c.lower_ == "no" for c in noun.children):
            return True
        inner = [c for c in noun.children if c.dep_ in {"det", "advmod", "preconj"}]
        return any(c.lower_ in {"no", "neither", "hardly", "scarcely", "few"} for c in inner)
