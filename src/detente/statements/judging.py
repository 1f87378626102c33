"""What a text says for or against a thing, read from the parse.

`Judge.of(token)` sums what is said of the phrase headed by `token`: by its own modifiers, by the predicate that it
is the subject of ("sanctions won't resolve the problem"), by the verb that acts on it or regards it ("rejected the
plan"), by the nouns and adjectives that govern it ("opposition to", "incompatible with"), by what follows if it
comes about ("if the talks succeed, our children will thank us"), each turned by the negations and the governing
clauses above it. The score is between -1 and 1, 0 where nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from ..claims import Side
from ..document import Span
from .polarity import VERBAL, Polarity
from .predicates import DEPTH, PATIENTS, SUBJECTS, Predicates

CONDITIONS = frozenset({"if", "once", "should", "as", "when", "provided", "were"})
PASSED_BY = frozenset(
    {"to", "for", "against", "on", "at", "over", "with", "in", "about", "towards", "toward", "behind", "of"}
)
SAYING = frozenset("say add warn tell argue write insist declare stress note explain state predict claim".split())
INSTEAD = frozenset(["alternative", "substitute"])
"""Where there is none of it, the thing itself is wanted."""
OUGHT = frozenset(["must", "should"])
ONLY = frozenset(["only", "solely", "exclusively"])
NEEDED = frozenset(["can", "could", "must", "should", "may", "need", "ought"])
MEANS = frozenset(["in", "through", "via", "within", "by", "under"])
ASKING = frozenset(["call", "appeal", "press", "push", "urge", "lobby", "plead"])
LEAST = 0.15
"""A score within this of 0 is no side; chosen on our own sentences."""
TRUTHFUL = frozenset(
    "warn worry fear complain regret lament counter protest charge allege object bemoan deplore grumble retort".split()
)
"""Verbs against something whose clause is nevertheless said to be so."""


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

    predicates: Predicates = field(default_factory=Predicates)

    @property
    def polarity(self) -> Polarity:
        return self.predicates.polarity

    def of(self, head: Token) -> Verdict:
        """What the text says of the phrase headed by `head`."""
        verdict = Verdict()
        self._consequence(head, verdict)
        if verdict.score:
            return verdict
        self._modifiers(head, verdict)
        self._governor(head, verdict)
        return verdict

    # --- the phrase's own words ---

    def _modifiers(self, head: Token, verdict: Verdict) -> None:
        p = self.predicates
        for child in head.children:
            if child.dep_ == "amod":
                value = 0.7 * self.polarity.worth(child)
                verdict.add(-value if p.lessened(child) else value, child)
            elif child.dep_ == "appos":
                verdict.add(0.7 * p.valence(child), child)
            elif child.dep_ in {"relcl", "acl"} and child.pos_ in VERBAL:
                verdict.add(self._clause_on(child), child)

    def _clause_on(self, verb: Token) -> float:
        """What a relative clause or participle says of the noun that it hangs on."""
        relative = [c for c in verb.children if c.tag_ in {"WDT", "WP"}]
        if any(c.dep_ in SUBJECTS for c in relative) or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return self.predicates.as_agent(verb)
        if any(c.dep_ in PATIENTS for c in relative) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return self.as_patient(verb)
        return 0.0

    # --- what governs it ---

    def _governor(self, token: Token, verdict: Verdict, depth: int = 0) -> None:
        """Adds what the governing word says; walks up through conjunctions, light nouns and prepositions."""
        head, dep = token.head, token.dep_
        if head == token or depth > DEPTH:
            return
        lemma = head.lemma_.lower()
        light = lemma in self.polarity.light_nouns
        if dep in {"conj", "appos"}:
            self._governor(head, verdict, depth + 1)
        elif dep in SUBJECTS and head.pos_ in VERBAL:
            verdict.add(self._said_of_subject(head), head)
        elif dep in SUBJECTS and head.pos_ == "ADJ":
            verdict.add(self.predicates.valence(head), head)
        elif dep == "nsubjpass" and lemma in self.polarity.aiming:
            verdict.add(self._said_of_subject(head), head)
        elif dep in PATIENTS and head.pos_ in VERBAL:
            verdict.add(self.as_patient(head) or self._gerund_subject(head) or self._given(token, head), head)
        elif (dep == "pobj" and head.dep_ in {"prep", "agent", "dative"}) or (dep == "pcomp" and head.dep_ == "prep"):
            self._preposition(head, verdict, depth)
        elif dep == "poss":
            verdict.add(0.6 * self.predicates.valence(head), head)
        elif light and (dep == "acl" or (dep in {"compound", "nmod"} and head.pos_ == "NOUN")):
            self._governor(head, verdict, depth + 1)

    def _given(self, token: Token, verb: Token) -> float:
        """'gave X credit', 'dealt X a blow': what is given to X is meant for X."""
        good = next((c for c in verb.children if token.dep_ == "dative" and c.dep_ == "dobj"), None)
        if good is None or self.predicates.turned(verb):
            return 0.0
        return 0.8 * (self.polarity.regard(good) or self.predicates.valence(good))

    def _gerund_subject(self, verb: Token) -> float:
        """'imposing X will lead nowhere': X shares what is said of imposing it."""
        if verb.tag_ != "VBG" or verb.dep_ not in {"csubj", "nsubj"} or verb.head.pos_ not in VERBAL:
            return 0.0
        return (self.polarity.doing(verb) or 1) * self._said_of_subject(verb.head)

    def _said_of_subject(self, verb: Token) -> float:
        return self.predicates.as_agent(verb) * self._held(verb)

    def _preposition(self, prep: Token, verdict: Verdict, depth: int) -> None:
        """'opposition to X', 'incompatible with X', 'without X', 'call for X', 'better than X'."""
        holder, word = prep.head, prep.lower_
        if word == "than":
            self._compared(prep, verdict)
        elif word in self.polarity.turning_prepositions:
            verdict.add(self._without(prep), prep)
        elif prep.dep_ == "agent" and holder.pos_ in VERBAL and not is_only_way(holder, prep):
            verdict.add(self.predicates.as_agent(holder), holder)
        elif holder.pos_ == "NOUN":
            self._under_noun(holder, word, verdict, depth)
        elif holder.pos_ in VERBAL:
            self._under_verb(holder, prep, verdict)
        elif holder.pos_ == "ADJ" and not self._measured_against(holder):
            sign = self.polarity.regard(holder) or (
                self.polarity.worth(holder) if word in {"with", "to", "for", "from"} else 0
            )
            turned = self.predicates.turned(holder) != self.predicates.turned(holder.head)
            verdict.add(-sign if turned else sign, holder)

    def _measured_against(self, word: Token) -> bool:
        """'The tariff is incompatible with the accord', 'harmful to trade': the tariff is judged, not what it harms.

        Not so where a pronoun stands for the standard: 'This is incompatible with new sanctions'.
        """
        if self.polarity.regard(word) or self.polarity.worth(word) >= 0:
            return False
        above = word.head
        judged = [above] if word.dep_ == "amod" and above.pos_ in {"NOUN", "PROPN"} and above.i < word.i else []
        judged += [c for t in (word, above) for c in t.children if c.dep_ in {"nsubj", "dobj"} and c.i < word.i]
        return any(t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ != "PERSON" for t in judged)

    def _under_noun(self, noun: Token, word: str, verdict: Verdict, depth: int) -> None:
        lemma = noun.lemma_.lower()
        if word not in PASSED_BY:
            return
        if word == "to" and noun.dep_ == "dobj" and noun.head.lemma_.lower() == "prefer":
            verdict.add(-1.0, noun.head)
            return
        sign = float(self.polarity.regard(noun))
        if lemma in INSTEAD and word in {"to", "for"} and self.predicates.turned(noun):
            verdict.add(1.0, noun)
        elif lemma in self.polarity.turning_nouns and word in {"of", "to"}:
            verdict.add(-self._above(noun, depth), noun)
        elif sign and not (word == "of" and lemma in self.polarity.owned):
            verdict.add(sign * self._asserted(noun), noun)
        elif word in {"in", "to", "with", "for", "on"} and self.polarity.worth(noun) and noun.dep_ in {"dobj", "attr"}:
            verdict.add(0.8 * self.polarity.worth(noun) * self._asserted(noun), noun)
        elif lemma in self.polarity.light_nouns or word == "of":
            self._governor(noun, verdict, depth + 1)

    def _asserted(self, noun: Token) -> float:
        """+1 or -1: whether somebody has the attitude that the noun names, or lacks, loses or denies it."""
        sign = -1.0 if self.predicates.turned(noun) else 1.0
        verb = noun.head
        if noun.dep_ in {"dobj", "attr"} and verb.pos_ in VERBAL:
            if verb.lemma_.lower() in self.polarity.turning_verbs | {"lose"}:
                sign = -sign
            bare = sum(1 for c in verb.children if self.polarity.turns(c))
            subject = any(c.dep_ == "nsubj" and self.predicates.denies(c) for c in verb.children)
            sign = -sign if (bare + subject) % 2 else sign
            return sign * self._held(verb)
        if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and self.predicates.turned(noun.head.head):
            sign = -sign
        return sign * self._held(noun)

    def _under_verb(self, verb: Token, prep: Token, verdict: Verdict) -> None:
        """'warned about X', 'stand behind X', 'put faith in X', 'suffer under X', 'profit from X'."""
        word = prep.lower_
        sign = float(self.polarity.regard(verb))
        good = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if word == "behind":
            sign = 1.0
        elif (word in {"through", "via"} and self._wanted(verb)) or (word in MEANS and is_only_way(verb, prep)):
            verdict.add(0.8 * self._held(verb), prep)
            return
        elif verb.lemma_.lower() == "prefer" and word == "to":
            sign = -1.0
        elif (
            good is not None and word in {"in", "to", "for", "on", "with", "of", "at"} and not self.polarity.doing(verb)
        ):
            seen = word == "on" or verb.lemma_.lower() in {"see", "find", "have"}
            own = self.polarity.regard(good) or (self.polarity.worth(good) if seen else 0)
            if own:
                verdict.add(own * self._asserted(good), good)
                return
        elif word in {"under", "from"} and self.polarity.conduct(verb):
            sign = float(self.polarity.conduct(verb))
        elif word in {"in", "to", "at"} and not sign:
            sign = 2 * self.predicates.manner(verb)
        elif word == "from" and sign > 0:
            sign = -sign
        if word in PASSED_BY | {"under", "from", "upon"} and sign:
            turned = (
                -1
                if self.predicates.turned(verb) != (verb.dep_ == "acomp" and self.predicates.turned(verb.head))
                else 1
            )
            verdict.add(sign * turned * self._held(verb), verb)

    def _wanted(self, verb: Token) -> bool:
        """Whether the clause is told as needed, wished for or called for: then its means are wished for too."""
        if verb.dep_ not in {"acl", "xcomp", "ccomp", "pcomp"}:
            return any(c.lower_ in {"must", "should"} for c in verb.children if c.dep_ == "aux")
        governor = verb.head.head if verb.head.dep_ == "prep" else verb.head
        return self.polarity.regard(governor) > 0

    def _compared(self, than: Token, verdict: Verdict) -> None:
        """'better than X': X has less of it; 'nothing united us more than X': X has most of it."""
        word = than.head
        verb = word if word.pos_ in VERBAL else word.head
        if verb.pos_ in VERBAL and any(c.dep_ == "nsubj" and self.predicates.denies(c) for c in verb.children):
            verdict.add(self.predicates.as_agent(verb, bare=True), verb)
        elif verb.pos_ in VERBAL:
            verdict.add(-self.predicates.as_agent(verb), word)
        else:
            verdict.add(-self.predicates.valence(word), word)

    def _without(self, prep: Token) -> float:
        """'without X': for X where the clause says that this is bad, against it where it is wished away."""
        holder = prep.head
        turned = -1.0 if self.predicates.turned(holder) and prep.lower_ == "against" else 1.0
        if prep.lower_ == "without" and holder.pos_ in VERBAL and prep.i < holder.i:
            told = self.predicates.outcome(holder)
            if told:
                return -1.0 if told > 0 else 1.0
        return -1.0 * turned * self._held(holder)

    def _above(self, noun: Token, depth: int) -> float:
        """What the text says of the phrase that `noun` heads; asserted for itself when nothing governs it."""
        above = Verdict()
        self._governor(noun, above, depth + 1)
        return above.score or 0.5

    # --- as an object ---

    def as_patient(self, verb: Token, depth: int = 0) -> float:
        """What the verb says of its object: the attitude, the effect, the name that it gives it."""
        p = self.predicates
        regard = float(self.polarity.regard(verb))
        held, governed = self._held(verb, depth), self._governed(verb) or self._refused(verb)
        lemma = verb.lemma_.lower()
        doing = 0.6 * self.polarity.doing(verb)
        if not governed:
            doing = 0.0 if lemma in self.polarity.light_verbs else 0.5 * doing
        score = regard or p.naming(verb) or doing or p.manner(verb)
        if not score and ((governed and self._attitude_above(verb)) or self._refused(verb)):
            score = 0.6
        return (-score if p.turned(verb) else score) * held

    def _governed(self, verb: Token) -> bool:
        """Whether a clause above says that it is wanted, refused or tried."""
        if verb.dep_ == "conj":
            return self._governed(verb.head)
        if any(c.lower_ in OUGHT for c in verb.children if c.dep_ == "aux"):
            return True
        if verb.dep_ == "ccomp" and verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children):
            return True  # 'demanded that X end Y'
        if verb.dep_ == "advcl" and verb.head.lemma_ in ASKING and any(c.tag_ == "TO" for c in verb.children):
            return True  # 'called on X to end Y', as the parser may see it
        return verb.dep_ in {"xcomp", "pcomp", "acl"} or is_infinitive_on_noun(verb)

    def _refused(self, verb: Token) -> bool:
        """'will not implement X', 'would never sign Y': what somebody will not do, they are against."""
        will = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "shall", "wo", "'ll"} for c in verb.children)
        return will and any(c.dep_ == "neg" for c in verb.children) and any(c.dep_ == "nsubj" for c in verb.children)

    def _attitude_above(self, verb: Token) -> bool:
        """Whether the clause above is for or against the act: 'warned against sending X', 'refused to sell X'."""
        if verb.dep_ not in {"xcomp", "pcomp", "acl"} and not is_infinitive_on_noun(verb):
            return False
        governor = verb.head.head if verb.head.dep_ == "prep" or verb.head.pos_ == "ADP" else verb.head
        return bool(self.polarity.regard(governor)) or governor.lemma_.lower() in self.polarity.turning_verbs

    def _held(self, verb: Token, depth: int = 0) -> float:
        """How the clauses above hold this one: wanted (+1), refused (-1), or simply said (+1)."""
        head, dep = verb.head, verb.dep_
        if head == verb or depth > DEPTH:
            return 1.0
        if dep == "conj" and verb.pos_ == head.pos_:
            return self._held(head, depth + 1)
        if is_infinitive_on_noun(verb):
            dep = "acl"
        if dep not in {"xcomp", "ccomp", "pcomp", "acl"}:
            return 1.0
        governor = head.head if head.dep_ == "prep" or head.pos_ == "ADP" else head
        lemma = governor.lemma_.lower()
        sign = self.polarity.regard(governor)
        if lemma in self.polarity.turning_verbs | self.polarity.turning_nouns:
            sign = -1
        if governor.pos_ == "ADJ" and not sign:
            sign = self.polarity.worth(governor)
        if dep == "ccomp" and sign < 0 and lemma in TRUTHFUL:
            return self._held(governor, depth + 1)
        held = -1.0 if sign < 0 else 1.0
        turned = -1.0 if self.predicates.turned(governor) and dep in {"xcomp", "acl", "pcomp"} else 1.0
        if dep == "acl" and not sign and lemma in self.polarity.light_nouns:
            above = Verdict()
            self._governor(governor, above, depth + 1)
            held = -1.0 if above.score < 0 else 1.0
        return held * turned * self._held(governor, depth + 1)

    # --- what follows if it comes about ---

    def _consequence(self, head: Token, verdict: Verdict) -> None:
        """'if X is signed, we shall lose everything': X is as good as what follows from it."""
        clause = condition_of(head)
        if clause is None:
            return
        told = self.predicates.outcome(main_of(clause))
        if not told:
            return
        comes = -1.0 if clause.lemma_.lower() in self.polarity.failing else 1.0
        if self.predicates.turned(clause):
            comes = -comes
        if any(c.lower_ == "unless" for c in clause.children):
            comes = -comes
        verdict.add(0.8 * comes * max(-1.0, min(1.0, told)), clause, main_of(clause))


def is_only_way(verb: Token, prep: Token) -> bool:
    """'can only be settled through X', 'must be solved within X alone, and primarily in Y': X and Y are wanted."""
    bound = any(c.lower_ in NEEDED for c in verb.children if c.dep_ == "aux")
    return bound and prep.i > verb.i and any(c.lower_ in ONLY for h in (verb, prep) for c in h.children)


def is_infinitive_on_noun(verb: Token) -> bool:
    """'no reason to build X', which the parser may take for a relative clause."""
    return verb.dep_ == "relcl" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def main_of(condition: Token) -> Token:
    """The verb of what follows from a condition; in 'if A, he said, B' that of B."""
    verb = condition.head
    if verb.lower_ == "long":
        verb = verb.head
    inner = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > condition.i and c.pos_ in VERBAL), None)
    return inner if inner is not None and verb.lemma_.lower() in SAYING else verb


def is_inverted(verb: Token) -> bool:
    """'Should the talks fail, ...': the auxiliary stands in front of its subject."""
    first = next(iter(verb.children), None)
    opens = first is not None and first.dep_ in {"aux", "auxpass"} and first.lower_ in {"should", "were", "had"}
    return opens and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children) and verb.dep_ != "ROOT"


def condition_of(head: Token) -> Token | None:
    """The verb of the condition that the phrase stands in; None when it stands in none."""
    for verb in head.ancestors:
        if verb.pos_ in VERBAL and is_inverted(verb):
            return verb
        if verb.pos_ in VERBAL and verb.dep_ == "advcl" and (verb.head.pos_ in VERBAL or verb.head.lower_ == "long"):
            openers = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod", "aux"}} | {verb.lower_}
            if openers & (CONDITIONS | {"unless"}):
                return verb
        if verb.pos_ in VERBAL and verb.dep_ in {"ROOT", "ccomp"}:
            return None
    return None


def side_of(doc: Doc, span: Span, judge: Judge, *, least: float = LEAST) -> Side:
    """The side that the text takes on the phrase at `span`; neutral where it touches no token."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    score = judge.of(piece.root).bounded() if piece is not None else 0.0
    return "favour" if score > least else "oppose" if score < -least else "neutral"
