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
from .polarity import Polarity, personal_polarity
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
DENYING = frozenset(["deny", "dispute", "rebut", "disavow"])
SILENT = frozenset("comment elaborate answer say discuss respond identify name speak specify disclose reveal".split())
"""What somebody declines to do without light falling on them: 'declined to comment'."""
ODDS = frozenset("odds expectation poll prediction pundit doubter skeptic sceptic gravity forecast pollster".split())
DEFYING = frozenset(["defy", "beat", "exceed", "upend", "confound", "surpass", "outperform", "buck"])
RIVALS = frozenset("critic opponent detractor foe enemy accuser rival".split())
FRIENDS = frozenset("supporter backer admirer fan ally defender loyalist".split())
CLEARING = frozenset("clear acquit absolve exonerate exculpate vindicate".split())
LEAVING = frozenset("resign step quit withdraw apologize apologise go leave fire remove impeach oust drop".split())
DEMANDING = frozenset("demand urge call want ask press insist chant beg implore request".split())
"""'Thousands demanded that she step down', 'called for her to resign'."""
PLACED = frozenset("finish come place poll rank".split())
BEHIND = frozenset("second third fourth fifth sixth last".split())
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
    refused: float = 1.5
    """Against somebody whose verb is negated: 'did not answer', 'failed to' is in the lexicon."""
    good: float = 0.4
    bad: float = 1.2
    """Blame sticks sooner than praise."""
    others: float = 0.5
    """The share that a word has which stands nearer to somebody else."""
    warm: float = 0.3
    cold: float = 0.4
    speaks: float = 0.7
    meant: float = 0.3
    """For somebody whom the sentence takes up with a pronoun."""
    owned: float = 0.3
    """Of what is said of somebody's plan, remarks or record."""
    above: float = 0.6
    below: float = 0.4
    speaker_band: float = 0.8
    """How much more a side takes when the person only speaks."""
    actor_band: float = 0.3
    """How much less when they are the subject of another verb."""
    place_band: float = 0.5
    """How much more for a country or a people: news names them as places and parties oftener than it judges them."""


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
        said = told_of(head, judge)
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
    if heads and heads[0].ent_type_ in {"GPE", "NORP"}:
        band += weights.place_band
    return "favour" if score > weights.above + band else "oppose" if score < -weights.below - band else "neutral"


def told_of(head: Token, judge: Judge) -> float:
    """What the syntax says of the mention, the set phrases of news first; between -1 and 1."""
    set_phrase = in_set_phrase(head)
    return judge.of(head).bounded() if set_phrase is None else set_phrase


def in_set_phrase(head: Token) -> float | None:
    """What a phrase of political news says of the mention where its words say something else; None where there is none."""
    verb, dep = head.head, head.dep_
    lemma = verb.lemma_.lower()
    if dep == "poss" and verb.dep_ == "nsubj" and verb.head.lemma_ in SAYING | BLAMING:
        return -0.8 if lemma in RIVALS else 0.6 if lemma in FRIENDS else None
    if (
        dep in {"dobj", "nsubjpass"}
        and lemma in CLEARING
        and any(c.lower_ == "of" for t in (verb, head) for c in t.children)
    ):
        return 0.0 if any(c.dep_ == "neg" for c in verb.children) else 1.0
    if dep in {"nsubj", "nsubjpass"} and lemma in LEAVING and verb.head.lemma_ in DEMANDING:
        return -1.0
    if dep != "nsubj":
        return None
    goods = [c for c in verb.children if c.dep_ in {"dobj", "attr", "oprd", "advmod", "acomp"} and c.i > verb.i]
    if is_silent(verb) or (lemma in DENYING and goods):
        return 0.0
    if lemma in DEFYING and any(c.lemma_.lower() in ODDS for c in goods):
        return 1.0
    if lemma in PLACED:
        place = next((c.lower_ for c in goods if c.lower_ in BEHIND or c.lower_ == "first"), None)
        return None if place is None else 0.8 if place == "first" else -0.8
    return None


def refuses(verb: Token) -> bool:
    """Whether the verb is negated, but for the formula 'did not respond to a request for comment'."""
    if not any(c.dep_ == "neg" for c in verb.children):
        return False
    return verb.lemma_ not in ANSWERING or not any(t.lemma_ in ASKED for t in verb.subtree)


def speaks(heads: Sequence[Token]) -> bool:
    """Whether one of the mentions is the subject of a verb of saying, of praise or of blame."""
    return any(
        h.dep_ == "nsubj" and (h.head.lemma_ in SAYING or h.head.lemma_ in BLAMING or is_silent(h.head)) for h in heads
    )


def is_silent(verb: Token) -> bool:
    """'declined to comment', 'did not respond to a request for comment'."""
    if verb.lemma_ in ANSWERING and any(c.dep_ == "neg" for c in verb.children):
        return any(t.lemma_ in ASKED for t in verb.subtree)
    return verb.lemma_ == "decline" and any(c.dep_ == "xcomp" and c.lemma_ in SILENT for c in verb.children)


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


def is_done_to(token: Token, polarity: Polarity) -> bool:
    """'has been dogged by': a passive verb that tells a regard, and not the quality of being dogged."""
    passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
    return passive and token.lemma_.lower() in polarity.regard_verbs


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
    value = 0.0 if is_done_to(token, polarity) else float(polarity.worth(token))
    if not value and token.pos_ == "VERB":
        value = polarity.conduct_verbs.get(lemma, 0) or 0.7 * (
            polarity.regard_verbs.get(lemma, 0) or polarity.effect.get(lemma, 0)
        )
    elif not value and token.pos_ in {"NOUN", "ADJ"}:
        value = 0.7 * polarity.regard(token)
    if value < 0 and fights_evil(token, polarity):
        value = -value
    elif value < 0 and is_fought(token, polarity):
        value = 0.0
    return -value if value and any(polarity.turns(c) for c in token.children) else value


def fights_evil(token: Token, polarity: Polarity) -> bool:
    """'foiled a plot', 'condemned the violence': harm done to what is bad is none."""
    if token.pos_ != "VERB" or polarity.conduct_verbs.get(token.lemma_.lower()):
        return False
    return any(polarity.worth(c) < 0 for c in token.children if c.dep_ in {"dobj", "nsubjpass"})


def is_fought(token: Token, polarity: Polarity) -> bool:
    """The plot of 'foiled a plot', the wrongdoing of 'cleared of wrongdoing'."""
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ == "of" and {verb.head.lemma_, verb.head.head.lemma_} & CLEARING:
        return True
    lemma = verb.lemma_.lower()
    against = polarity.effect.get(lemma, 0) < 0 or polarity.regard_verbs.get(lemma, 0) < 0
    return token.dep_ in {"dobj", "nsubjpass"} and against and not polarity.conduct_verbs.get(lemma)
