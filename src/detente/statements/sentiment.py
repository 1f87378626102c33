"""Sentiment towards somebody named in a sentence: what is said of them, and the mood of the talk around them.

Stances on record come from `judging` alone: a side is taken only where words can be shown. Here a weaker question is
answered, that of news sentiment (good, bad or neutral light on a named person or group). Four kinds of evidence are
added: what the syntax says of the person, what they do not do, the praising and blaming words near them, and words
that only colour the talk. Who merely speaks is in a neutral light until there is more to go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ..claims import Side
from ..document import Span
from .judging import Judge
from .polarity import personal_polarity
from .predicates import Predicates

SAYING = frozenset(
    "say tell add announce state write note ask argue explain suggest report claim tweet declare insist".split()
)
BLAMING = frozenset(
    "accuse call blame criticise criticize denounce condemn praise thank congratulate describe dismiss reject urge warn "
    "attack slam blast mock charge fault rebuke compare".split()
)
"""Verbs by which somebody puts another in a light, and himself in none."""
ANSWERING = frozenset(["respond", "reply", "answer", "return", "comment"])
ASKED = frozenset(["comment", "request", "call", "question", "message", "email", "inquiry", "enquiry"])
NAMED = frozenset(["PERSON", "ORG", "NORP", "GPE"])
PERSONAL = frozenset(["he", "she", "they", "i", "we"])
NEAR = 6
"""Tokens at which a word's weight in the mood has fallen to a half."""
STEPS = 2
"""Steps along the parse at which it has."""
FAR = 12


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts, and how much is needed for a side. Round figures, chosen on the training
    half of a public corpus of news sentiment; none of them hangs on a word."""

    said_for: float = 1.0
    said_against: float = 1.2
    refused: float = 1.0
    """Against somebody whose verb is negated: 'did not answer', 'failed to' is in the lexicon."""
    good: float = 0.4
    bad: float = 1.2
    """Blame sticks sooner than praise."""
    others: float = 0.5
    """The share that a word has which stands nearer to somebody else."""
    warm: float = 0.3
    cold: float = 0.4
    speaks: float = 0.5
    meant: float = 0.2
    """For somebody whom the sentence takes up with a pronoun."""
    owned: float = 0.6
    """Of what is said of somebody's plan, remarks or record."""
    above: float = 0.5
    below: float = 0.5
    speaker_band: float = 0.8
    """How much more a side takes when the person only speaks."""
    actor_band: float = 0.2
    """How much less when they are the subject of another verb."""


def personal_judge() -> Judge:
    """A judge of what is said of persons."""
    return Judge(Predicates(personal_polarity()))


def sentiment_towards(
    doc: Doc, spans: Sequence[Span], judge: Judge | None = None, weights: Weights = Weights()
) -> float:
    """The score of what the text says of whoever `spans` mention; 0 where no span touches a token."""
    judge = judge or personal_judge()
    pieces = [p for s in spans if (p := doc.char_span(s.start, s.end, alignment_mode="expand")) is not None]
    if not pieces:
        return 0.0
    heads = list({p.root.i: p.root for p in pieces}.values())
    score = 0.0
    for head in heads:
        said = judge.of(head).bounded()
        score += said * (weights.said_for if said > 0 else weights.said_against)
        if head.dep_ == "poss" and head.head.pos_ == "NOUN":
            score += weights.owned * judge.of(head.head).bounded()
    first = heads[0]
    if first.dep_ in {"nsubj", "nsubjpass", "dobj"} and refuses(first.head):
        score -= weights.refused
    score += weights.speaks * speaks(heads) + weights.meant * (first.pos_ == "PRON")
    return score + mood(doc, {t.i for p in pieces for t in p}, heads, judge, weights)


def side_towards(doc: Doc, spans: Sequence[Span], judge: Judge | None = None, weights: Weights = Weights()) -> Side:
    """The same as a side: favour, oppose or neutral."""
    score = sentiment_towards(doc, spans, judge, weights)
    pieces = [p for s in spans if (p := doc.char_span(s.start, s.end, alignment_mode="expand")) is not None]
    heads = [p.root for p in pieces]
    band = weights.speaker_band if speaks(heads) else 0.0
    if not band and heads and heads[0].dep_ == "nsubj":
        band = -weights.actor_band
    return "favour" if score > weights.above + band else "oppose" if score < -weights.below - band else "neutral"


def refuses(verb: Token) -> bool:
    """Whether the verb is negated, but for the formula 'did not respond to a request for comment'."""
    if not any(c.dep_ == "neg" for c in verb.children):
        return False
    return verb.lemma_ not in ANSWERING or not any(t.lemma_ in ASKED for t in verb.subtree)


def speaks(heads: Sequence[Token]) -> bool:
    """Whether one of the mentions is the subject of a verb of saying, of praise or of blame."""
    return any(h.dep_ == "nsubj" and (h.head.lemma_ in SAYING or h.head.lemma_ in BLAMING) for h in heads)


def mood(doc: Doc, inside: set[int], heads: Sequence[Token], judge: Judge, weights: Weights) -> float:
    """The words that praise or blame in the sentences of the mentions, nearer ones for more."""
    total = 0.0
    chains = [chain_above(h) for h in heads]
    for sentence in {h.sent.start: h.sent for h in heads}.values():
        others = [t.i for t in sentence if t.i not in inside and (t.ent_type_ in NAMED or t.lower_ in PERSONAL)]
        for token in sentence:
            if token.i in inside:
                continue
            if light := lean(token, judge):
                distance = min(abs(token.i - i) for i in inside)
                shared = weights.others if any(abs(token.i - i) < distance for i in others) else 1.0
                close = shared / (1 + distance / NEAR) + 1 / (1 + min(steps(token, c) for c in chains) / STEPS)
                total += light * close * (weights.good if light > 0 else weights.bad)
            colour = judge.polarity.aura.get(token.lemma_.lower(), 0) or judge.polarity.aura.get(token.lower_, 0)
            total += colour * (weights.warm if colour > 0 else weights.cold)
    return total


def upwards(token: Token) -> Iterator[Token]:
    """The token and the heads above it."""
    yield token
    yield from token.ancestors


def chain_above(head: Token) -> dict[int, int]:
    """The mention and the words above it, each with its steps from the mention."""
    return {t.i: n for n, t in enumerate(upwards(head))}


def steps(token: Token, chain: dict[int, int]) -> int:
    """Steps along the parse from a word to a mention; FAR where they stand in different sentences."""
    return next((n + chain[t.i] for n, t in enumerate(upwards(token)) if t.i in chain), FAR)


def lean(token: Token, judge: Judge) -> float:
    """The praise or blame of one word by itself, turned when a negation hangs on it.

    Names, misfortunes and words that take sides only on things have none.
    """
    polarity = judge.polarity
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" or (token.is_title and token.i != token.sent.start):
        return 0.0
    if lemma in polarity.misfortune or (lemma, token.pos_) in polarity.background:
        return 0.0
    value = float(polarity.worth(token))
    if not value and token.pos_ == "VERB":
        value = polarity.conduct_verbs.get(lemma, 0) or 0.7 * (
            polarity.regard_verbs.get(lemma, 0) or polarity.effect.get(lemma, 0)
        )
    elif not value and token.pos_ in {"NOUN", "ADJ"}:
        value = 0.7 * polarity.regard(token)
    return -value if value and any(polarity.turns(c) for c in token.children) else value
