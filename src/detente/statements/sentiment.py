"""Sentiment towards somebody named in a sentence: what is said of them, and the mood of the talk around them.

Stances on record come from `judging` alone: a side is taken only where words can be shown. Here a weaker question is
answered, that of news sentiment (good, bad or neutral light on a named person or group), for which the mood of the
sentence counts too, at a fraction of the weight and less where the person only speaks or is a bystander.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ..claims import Side
from ..document import Span
from .judging import Judge

SAYING = frozenset(
    "say tell add announce state write note ask argue explain suggest report claim tweet declare insist".split()
)
NEAR = 6
"""Tokens at which a word's weight in the mood has fallen to a half."""


@dataclass(frozen=True)
class Weights:
    """How much each part counts; chosen on the training half of a public corpus of news sentiment, then rounded."""

    near: float = 0.4
    clause: float = 0.1
    aura: float = 0.1
    speaking: float = 0.3
    bystander: float = 0.5
    opposing: float = 0.3
    """What it costs in sympathy to attack others."""
    below: float = -0.1
    above: float = 0.3


def sentiment_towards(
    doc: Doc, spans: Sequence[Span], judge: Judge | None = None, weights: Weights = Weights()
) -> float:
    """The score of what the text says of whoever `spans` mention; 0 where no span touches a token."""
    judge = judge or Judge()
    pieces = [p for s in spans if (p := doc.char_span(s.start, s.end, alignment_mode="expand")) is not None]
    if not pieces:
        return 0.0
    heads = list({p.root.i: p.root for p in pieces}.values())
    said = sum(judge.of(h).bounded() for h in heads)
    said -= weights.opposing * sum(opposes(h, judge) for h in heads)
    return said + attention(heads, weights) * mood(doc, {t.i for p in pieces for t in p}, heads, judge, weights)


def side_towards(doc: Doc, spans: Sequence[Span], judge: Judge | None = None, weights: Weights = Weights()) -> Side:
    """The same as a side: favour, oppose or neutral."""
    score = sentiment_towards(doc, spans, judge, weights)
    return "favour" if score > weights.above else "oppose" if score < weights.below else "neutral"


def opposes(head: Token, judge: Judge) -> bool:
    """Whether the person is the subject of a word against somebody else."""
    return head.dep_ == "nsubj" and judge.polarity.regard(head.head) < 0


def attention(heads: Sequence[Token], weights: Weights) -> float:
    """How far the mood of the sentence is about them: less for speakers, addressees and places."""
    if any(h.dep_ == "nsubj" and h.head.lemma_ in SAYING for h in heads):
        return weights.speaking
    if all(h.dep_ == "pobj" and h.head.lower_ in {"in", "to", "from", "at", "with", "on"} for h in heads):
        return weights.bystander
    return 1.0


def mood(doc: Doc, inside: set[int], heads: Sequence[Token], judge: Judge, weights: Weights) -> float:
    """The words that take sides in the sentences of the mentions, nearer ones and those of the clause for more."""
    sentences = {h.sent.start: h.sent for h in heads}
    clause = {t.i for t in governor_of(heads[0]).subtree}
    total = 0.0
    for sentence in sentences.values():
        for token in sentence:
            if token.i in inside:
                continue
            light = lean(token, judge)
            if light:
                distance = min(abs(token.i - i) for i in inside)
                total += light * (weights.near / (1 + distance / NEAR) + weights.clause * (token.i in clause))
            total += weights.aura * (
                judge.polarity.aura.get(token.lemma_.lower(), 0) or judge.polarity.aura.get(token.lower_, 0)
            )
    return total


def governor_of(head: Token) -> Token:
    while head.dep_ in {"conj", "pobj", "prep", "poss", "compound"} and head.head != head:
        head = head.head
    return head.head


def lean(token: Token, judge: Judge) -> float:
    """The side of one word by itself, turned when a negation hangs on it."""
    polarity = judge.polarity
    lemma = token.lemma_.lower()
    value = float(polarity.worth(token))
    if not value and token.pos_ == "VERB":
        value = polarity.conduct_verbs.get(lemma, 0) or 0.7 * (
            polarity.regard_verbs.get(lemma, 0) or polarity.effect.get(lemma, 0)
        )
    elif not value and token.pos_ in {"NOUN", "ADJ"}:
        value = 0.7 * polarity.regard(token)
    return -value if value and any(polarity.turns(c) for c in token.children) else value
