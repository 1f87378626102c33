"""What a text says for or against a thing, read from the parse.

`Judge.of(token)` sums what is said of the phrase headed by `token`: by its own modifiers, by the predicate that it
is the subject of ("sanctions won't resolve the problem"), by the verb that acts on it or regards it ("rejected the
plan"), by the nouns and adjectives that govern it ("opposition to", "incompatible with"), each turned by the
negations and the governing clauses above it. The score is between -1 and 1, 0 where nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from .polarity import VERBAL, Polarity, default_polarity

SUBJECTS = frozenset({"nsubj", "csubj"})
COPULAS = frozenset(
    {
        "be",
        "remain",
        "seem",
        "become",
        "appear",
        "look",
        "prove",
        "sound",
        "feel",
        "stay",
        "constitute",
        "represent",
        "mean",
        "amount",
    }
)
LEADING = frozenset(
    {
        "lead",
        "result",
        "contribute",
        "drive",
        "push",
        "plunge",
        "end",
        "turn",
        "bring",
        "descend",
        "escalate",
        "amount",
        "culminate",
        "throw",
        "send",
        "serve",
        "pave",
        "steer",
        "move",
    }
)
SEEING = frozenset(
    {
        "call",
        "consider",
        "deem",
        "describe",
        "dismiss",
        "label",
        "regard",
        "brand",
        "see",
        "view",
        "denounce",
        "condemn",
        "hail",
        "praise",
        "criticise",
        "criticize",
        "characterise",
        "characterize",
        "portray",
        "slam",
        "blast",
        "welcome",
        "declare",
        "find",
        "think",
        "term",
        "dub",
        "name",
        "decry",
    }
)
AIMING = frozenset({"aim", "design", "intend", "mean", "direct", "target", "bind", "plan"})
DEPTH = 6
"""How far the reading follows clauses into clauses; deeper says little of the phrase it started from."""


@dataclass
class Verdict:
    """A side with the tokens that show it."""

    score: float = 0.0
    words: list[Token] = field(default_factory=list)

    def add(self, score: float, *words: Token) -> None:
        if score:
            self.score += score
            self.words.extend(w for w in words if w not in self.words)

    def bounded(self) -> float:
        return max(-1.0, min(1.0, self.score))


@dataclass(frozen=True)
class Judge:
    """Judges phrases of one parse by one lexicon."""

    polarity: Polarity = field(default_factory=default_polarity)

    def of(self, head: Token) -> Verdict:
        """What the text says of the phrase headed by `head`."""
        verdict = Verdict()
        self._modifiers(head, verdict)
        self._governor(head, verdict)
        return verdict

    # --- the phrase's own words ---

    def _modifiers(self, head: Token, verdict: Verdict) -> None:
        for child in head.children:
            if child.dep_ in {"amod", "compound", "nmod"}:
                verdict.add(0.7 * self.polarity.worth(child), child)
            elif child.dep_ == "appos":
                verdict.add(0.7 * self.valence(child), child)
            elif (child.dep_ == "relcl" and self._is_relative_subject(child)) or (
                child.dep_ == "acl" and child.tag_ == "VBG"
            ):
                verdict.add(self.as_agent(child), child)
            elif (child.dep_ == "acl" and child.tag_ == "VBN") or (
                child.dep_ == "relcl"
                and any(c.dep_ in {"dobj", "nsubjpass"} and c.tag_ in {"WDT", "WP"} for c in child.children)
            ):
                verdict.add(self.as_patient(child), child)

    @staticmethod
    def _is_relative_subject(verb: Token) -> bool:
        return any(c.dep_ in SUBJECTS and c.tag_ in {"WDT", "WP"} for c in verb.children)

    def valence(self, head: Token, depth: int = 0) -> float:
        """How good the thing is that the phrase headed by `head` means."""
        if depth > DEPTH:
            return 0.0
        value = float(self.polarity.worth(head))
        lemma = head.lemma_.lower()
        of = [n for p in head.children if p.dep_ == "prep" and p.lower_ in {"of", "to", "for"} for n in p.children]
        if lemma in self.polarity.turning_nouns and of:
            value = -self.valence(of[0], depth + 1) or -0.5
        elif (not value or lemma in self.polarity.light_nouns) and of:
            value = self.valence(of[0], depth + 1)
        for child in head.children:
            if child.dep_ in {"amod", "compound", "nmod"} and child.pos_ != "PROPN":
                own = self.polarity.worth(child)
                value = own if own and not value else value + 0.3 * own if own else value
            elif child.dep_ == "acl" and child.tag_ == "VB":
                value = value or self.as_agent(child, depth + 1)
        if head.pos_ in VERBAL or head.tag_ == "VBG":
            value = value or self.as_agent(head, depth + 1)
        if any(self.polarity.turns(c) for c in head.children):
            value = -value or -0.3
        return max(-1.0, min(1.0, value))

    # --- what governs it ---

    def _governor(self, token: Token, verdict: Verdict, depth: int = 0) -> None:
        """Adds what the governing word says; walks up through conjunctions, light nouns and prepositions."""
        head, dep = token.head, token.dep_
        if head is token or depth > DEPTH:
            return
        if dep in {"conj", "appos"}:
            self._governor(head, verdict, depth + 1)
        elif dep in SUBJECTS and head.pos_ in VERBAL:
            verdict.add(self.as_agent(head) * self._held(head), head)
        elif dep in {"dobj", "nsubjpass", "obj", "csubjpass", "dative"} and head.pos_ in VERBAL:
            verdict.add(self.as_patient(head), head)
        elif (dep == "pobj" and head.dep_ in {"prep", "agent", "dative"}) or (dep == "pcomp" and head.dep_ == "prep"):
            self._preposition(head, verdict, depth)
        elif dep == "poss":
            verdict.add(0.6 * self.valence(head), head)
        elif (dep in {"compound", "nmod"} and head.pos_ == "NOUN" and head.lemma_ in self.polarity.light_nouns) or (
            dep == "acl" and head.lemma_.lower() in self.polarity.light_nouns
        ):
            self._governor(head, verdict, depth + 1)
        elif dep in {"oprd", "attr"} and head.pos_ in VERBAL:
            return

    def _preposition(self, prep: Token, verdict: Verdict, depth: int) -> None:
        """'opposition to X', 'incompatible with X', 'without X', 'through X', 'call for X', 'warned against X'."""
        holder, word = prep.head, prep.lower_
        if word in self.polarity.turning_prepositions:
            verdict.add(-1.0 * self._held(holder), prep)
            return
        if prep.dep_ == "agent" and holder.pos_ in VERBAL:
            verdict.add(self.as_agent(holder), holder)
            return
        sign = self.polarity.regard(holder)
        if holder.pos_ == "ADJ" and not sign and word in {"with", "to", "for", "from"}:
            sign = self.polarity.worth(holder)
        if holder.pos_ == "NOUN" and word in {
            "to",
            "for",
            "of",
            "against",
            "on",
            "at",
            "over",
            "with",
            "in",
            "about",
            "towards",
            "toward",
        }:
            if holder.lemma_.lower() in self.polarity.turning_nouns and word == "of":
                verdict.add(-self._above(holder, depth), holder)
                return
            if sign and word not in {"of"}:
                turned = -1 if self._turned(holder) else 1
                verdict.add(sign * turned * self._held(holder), holder)
                return
            if holder.lemma_.lower() in self.polarity.light_nouns or word == "of":
                self._governor(holder, verdict, depth + 1)
                return
        if (
            holder.pos_ in VERBAL
            and sign
            and word in {"for", "to", "on", "with", "about", "at", "in", "upon", "over", "of", "from"}
        ):
            turned = -1 if self._turned(holder) else 1
            direction = -sign if word == "from" and sign > 0 else sign
            verdict.add(direction * turned * self._held(holder), holder)
            return
        if holder.pos_ == "ADJ" and sign:
            turned = -1 if self._turned(holder) != self._turned(holder.head) else 1
            verdict.add(sign * turned, holder)

    def _above(self, noun: Token, depth: int) -> float:
        """What the text says of the phrase that `noun` heads; asserted for itself when nothing governs it."""
        above = Verdict()
        self._governor(noun, above, depth + 1)
        return above.score or 0.5

    # --- predicates ---

    def as_agent(self, verb: Token, depth: int = 0) -> float:
        """What the predicate says of its subject."""
        if depth > DEPTH:
            return 0.0
        lemma = verb.lemma_.lower()
        goods = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
        score = float(self.polarity.conduct(verb))
        if lemma in COPULAS:
            score += self._complement(verb, depth)
        doing = self.polarity.effect.get(lemma, 0) or (-1 if lemma in self.polarity.turning_verbs else 0)
        if goods and not score:
            worth = self.valence(goods[0], depth + 1)
            if doing:
                score += doing * (worth or 0.5)
            elif lemma in self.polarity.light_verbs or lemma in {
                "have",
                "show",
                "give",
                "cause",
                "bring",
                "face",
                "get",
                "commit",
                "spread",
                "display",
            }:
                score += 0.7 * worth
        elif doing and not score and not goods and lemma in self.polarity.effect:
            score += 0.3 * doing
        for child in verb.children:
            if child.dep_ == "xcomp" and lemma not in COPULAS:
                inner = self.as_agent(child, depth + 1)
                score += -inner if lemma in self.polarity.turning_verbs else inner
            elif child.dep_ == "prep" and lemma in LEADING | AIMING:
                for noun in child.children:
                    if noun.dep_ in {"pobj", "pcomp"}:
                        score += self.valence(noun, depth + 1)
            elif child.dep_ == "advmod" and not self.polarity.turns(child):
                score += 0.4 * self.polarity.worth(child)
        if lemma in AIMING and any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
            score = sum(
                (self.valence(n, depth + 1) for p in verb.children if p.dep_ == "prep" for n in p.children), score
            )
        return -score if self._turned(verb) else score

    def _complement(self, verb: Token, depth: int) -> float:
        score = 0.0
        for child in verb.children:
            if child.dep_ in {"acomp", "attr", "oprd"}:
                value = self.valence(child, depth + 1)
                if child.pos_ == "ADJ":
                    regard = self.polarity.regard(child)
                    value = value or 0.0
                    if regard and any(p.dep_ == "prep" for p in child.children):
                        value = 0.0
                score += -value if self._comparative_turned(child) else value
        return score

    def _comparative_turned(self, adjective: Token) -> bool:
        """'less credible', 'least useful', 'far from credible'."""
        return any(c.lower_ in {"less", "least", "far", "too"} for c in adjective.children)

    def as_patient(self, verb: Token, depth: int = 0) -> float:
        """What the verb says of its object: the attitude, the effect, the name that it gives it."""
        regard = float(self.polarity.regard(verb))
        naming = self._naming(verb)
        score = naming or regard or 0.6 * self.polarity.doing(verb)
        score = -score if self._turned(verb) else score
        return score * self._held(verb, depth)

    def _naming(self, verb: Token) -> float:
        """'called it a mistake', 'dismissed as unbalanced'."""
        if verb.lemma_.lower() not in SEEING:
            return 0.0
        for child in verb.children:
            if child.dep_ in {"oprd", "attr", "acomp"}:
                return self.valence(child)
            if child.dep_ == "prep" and child.lower_ == "as":
                return next((v for v in (self.valence(c) for c in child.children if not c.is_punct) if v), 0.0)
        return 0.0

    def _held(self, verb: Token, depth: int = 0) -> float:
        """How the clauses above hold this one: wanted (+1), refused (-1), or simply said (+1)."""
        head, dep = verb.head, verb.dep_
        if head is verb or depth > DEPTH:
            return 1.0
        if dep == "conj" and verb.pos_ == head.pos_:
            return self._held(head, depth + 1)
        if dep in {"xcomp", "ccomp", "pcomp", "acl"}:
            governor = head.head if head.dep_ == "prep" or head.pos_ == "ADP" else head
            sign = self.polarity.regard(governor)
            if governor.lemma_.lower() in self.polarity.turning_verbs | self.polarity.turning_nouns:
                sign = -1
            if governor.pos_ == "ADJ" and not sign:
                sign = self.polarity.worth(governor)
            if (
                dep == "ccomp"
                and sign < 0
                and governor.lemma_.lower() in {"warn", "worry", "fear", "complain", "regret", "lament"}
            ):
                return self._held(governor, depth + 1)
            held = -1.0 if sign < 0 else 1.0
            turned = -1.0 if self._turned(governor) and dep in {"xcomp", "acl", "pcomp"} else 1.0
            if (
                dep == "acl"
                and not sign
                and governor.dep_ in {"pobj", "dobj", "nsubj"}
                and governor.lemma_.lower() in self.polarity.light_nouns
            ):
                above = Verdict()
                self._governor(governor, above, depth + 1)
                held = -1.0 if above.score < 0 else 1.0
            return held * turned * self._held(governor, depth + 1)
        return 1.0

    def _turned(self, token: Token) -> bool:
        """Whether an odd number of negations stands on the word: its own, its auxiliary's, its subject's 'no'."""
        count = 0
        for child in token.children:
            if self.polarity.turns(child):
                count += 1
            elif child.dep_ in {"aux", "acomp"}:
                count += sum(1 for c in child.children if c.dep_ == "neg")
            elif child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                count += sum(1 for c in child.children if c.dep_ == "det" and c.lower_ in {"no", "neither"})
        return count % 2 == 1
