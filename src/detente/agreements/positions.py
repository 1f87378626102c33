"""Who is for or against a plan: whoever accepts, welcomes, rejects or criticises it, or says so with a noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Side
from ..language import Parse
from .parties import actors_named
from .phrases import children, prepositional, subject_of
from .words import words

TURNED: dict[Side, Side] = {"favour": "oppose", "oppose": "favour"}
UNREAL = frozenset({"would", "might", "could", "may", "can", "should", "will", "must"})
UNWILLING = frozenset({"refuse", "decline", "fail", "unable", "unwilling", "reluctant", "hesitate"})
URGING = frozenset({"urge", "ask", "call", "press", "want", "tell", "invite", "encourage", "persuade", "expect", "beg"})
NEVER = frozenset({"not", "never", "n't", "hardly"})


@dataclass(frozen=True)
class Taken:
    """A side taken on a plan, and the verb that takes it."""

    holders: tuple[ActorRef, ...]
    side: Side
    verb: Token
    mention: Token
    said: tuple[Token, ...] = ()
    """The words by which the plan is judged: 'a step in the right direction'."""


SpeakerOf = Callable[[Token], tuple[ActorRef, ...]]
"""Who speaks in the quotation in which a word stands; () where nobody is quoted."""


def sides_taken(parse: Parse, who: Who, mentions: list[Token], speaker_of: SpeakerOf) -> Iterator[Taken]:
    """The sides that the text says are taken on the plan that `mentions` name, pronouns for it included."""
    for mention in mentions:
        yield from at_mention(who, mention, speaker_of)
        for pronoun in pronouns_for(mention):
            yield from at_mention(who, pronoun, speaker_of)


def pronouns_for(mention: Token) -> Iterator[Token]:
    """'Israel accepted the plan, while Hamas rejected it'; 'The plan ... . Japan opposes it.'"""
    end = mention.sent.end
    after = [*mention.doc[mention.i + 1 : end], *(mention.doc[end].sent if end < len(mention.doc) else ())]
    for token in after:
        if token.lower_ in (
            {"them", "these"} if mention.tag_ in {"NNS", "NNPS"} else {"it", "this"}
        ) and token.dep_ in {"dobj", "nsubjpass", "pobj"}:
            yield token


def at_mention(who: Who, mention: Token, speaker_of: SpeakerOf) -> Iterator[Taken]:
    found = (
        side_by_verb(mention)
        or side_by_noun(mention)
        or side_said(mention)
        or side_felt(mention)
        or side_spoken(mention)
    )
    if found is None:
        return
    verb, side, holders = found
    if is_only_thought(verb):
        return
    turned = TURNED.get(side, side) if is_turned(verb) else side
    own = [h for h in holders if h.lower_ in {"we", "i"}]
    named = actors_named(who, [h for h in holders if h not in own])
    refs = tuple(r for r in (*named, *(s for h in own for s in speaker_of(h))) if r.country or r.id or r.person)
    if refs:
        judged_by = [*children(verb, "oprd", "attr", "acomp"), *(c for c in children(verb, "advcl") if c.pos_ == "ADJ")]
        said = [t for s in judged_by if verb.lemma_ in words("position")["calling"] for t in s.subtree if t.is_alpha]
        yield Taken(refs, turned, verb, mention, tuple(said))


Found = tuple[Token, Side, list[Token]]


def side_by_verb(mention: Token) -> Found | None:
    """'rejected that plan', 'was welcomed by', 'objected to the plan', 'turned down the offer'."""
    table = words("position")
    verb = mention.head
    if mention.dep_ in {"dobj", "obj", "nsubjpass"} and verb.pos_ == "VERB":
        holders = list(prepositional(verb, "by")) if mention.dep_ == "nsubjpass" else holders_of(verb)
        phrases = {f"{verb.lemma_} {c.lower_}" for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}}
        side = side_in(table, verb.lemma_, phrases)
        return (verb, side, holders) if side else None
    if mention.dep_ == "pobj" and verb.dep_ in {"prep", "prt", "agent"} and verb.head.pos_ == "VERB":
        return with_preposition(verb)
    return None


def with_preposition(prep: Token) -> Found | None:
    table = words("position")
    verb = prep.head
    inner = [c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}]
    phrases = {f"{verb.lemma_} {w}" for w in (prep.lower_, *inner)}
    side = side_in(table, "", phrases)
    if verb.lemma_ == "come" and side:
        side = {"against": "oppose", "for": "favour", "of": "favour"}.get(prep.lower_)  # type: ignore[assignment]
    return (verb, side, holders_of(verb)) if side else None


def side_in(table: dict[str, frozenset[str]], lemma: str, phrases: set[str]) -> Side | None:
    sides: tuple[Side, ...] = ("oppose", "favour")
    for side in sides:
        if phrases & table[f"{side}_with"]:
            return side
    for side in (*sides, "neutral"):
        if lemma in table[side]:
            return side
    return None


def side_by_noun(mention: Token) -> Found | None:
    """'voiced support for the plan', 'the plan met with criticism from', 'has reservations about it'."""
    table = words("position")
    if mention.dep_ != "pobj" or mention.head.dep_ != "prep":
        return None
    noun = mention.head.head
    side: Side | None = (
        "favour" if noun.lemma_ in table["favour_nouns"] else "oppose" if noun.lemma_ in table["oppose_nouns"] else None
    )
    if side is None or noun.pos_ != "NOUN":
        if noun.lemma_ in table["giving"]:  # 'gave its blessing to the plan'
            given = next(
                (o for o in children(noun, "dobj") if o.lemma_ in table["favour_nouns"] | table["oppose_nouns"]), None
            )
            if given is not None:
                return noun, "favour" if given.lemma_ in table["favour_nouns"] else "oppose", holders_of(noun)
        return None
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in table["giving"]:
        return verb, side, holders_of(verb)
    return None


def side_spoken(mention: Token) -> Found | None:
    """'spoke in favour of the plan', 'came out in support of it'."""
    noun = mention.head.head
    if mention.dep_ != "pobj" or mention.head.lower_ != "of" or noun.lower_ not in {"favour", "favor", "support"}:
        return None
    verb = noun.head.head
    return (verb, "favour", holders_of(verb)) if noun.dep_ == "pobj" and noun.head.lower_ == "in" else None


def side_felt(mention: Token) -> Found | None:
    """'France was cool to the plan', 'Ankara is open to it'."""
    table = words("position")
    felt = mention.head.head
    if mention.dep_ != "pobj" or mention.head.dep_ != "prep" or felt.pos_ not in {"ADJ", "VERB"}:
        return None
    side: Side | None = (
        "favour" if felt.lower_ in table["favour_felt"] else "oppose" if felt.lower_ in table["oppose_felt"] else None
    )
    if side is None or felt.head.pos_ not in {"AUX", "VERB"}:
        return None
    return felt.head, side, holders_of(felt.head)


def side_said(mention: Token) -> Found | None:
    """'called the plan a trap', 'described it as fair', 'the plan was a capitulation, Serbia said'."""
    table = words("position")
    verb = mention.head
    if verb.lemma_ in table["calling"] and mention.dep_ in {"dobj", "nsubj", "nsubjpass"}:
        said = [*children(verb, "oprd", "attr", "acomp", "ccomp"), *prepositional(verb, "as")]
        said += [
            a
            for p in children(verb, "prep")
            if p.lower_ == "as"
            for a in children(p, "amod", "pcomp", "acomp", "advmod")
        ]
        said += [c for c in children(verb, "advcl") if any(a.lower_ == "as" and a.i < c.i for a in c.children)]
        side = judged(table, said)
        return (verb, side, holders_of(verb)) if side else None
    clause = verb
    if mention.dep_ == "nsubj" and clause.lemma_ in {"be", "seem", "look"} and clause.dep_ == "ccomp":
        above = clause.head
        if above.pos_ in {"VERB", "ADJ"} and above.lemma_ in table["calling"]:
            return (above, side, holders_of(above)) if (side := judged(table, [clause])) else None
        side = judged(table, children(clause, "attr", "acomp"))
        return (clause, side, subject_of(above)) if side else None
    if mention.dep_ == "nsubj" and clause.dep_ == "ccomp" and clause.head.lemma_ in table["calling"]:
        side = judged(table, [clause])
        return (clause.head, side, holders_of(clause.head)) if side else None
    return None


def judged(table: dict[str, frozenset[str]], said: list[Token]) -> Side | None:
    phrases = " ".join(t.lower_ for s in said for t in s.subtree)
    sides: tuple[Side, ...] = ("oppose", "favour")
    for side in sides:
        if any(phrase in phrases for phrase in table[f"{side}_phrases"]):
            return side
    lemmas = {t.lower_ for s in said for t in (s, *s.children)}
    if lemmas & table["oppose_said"]:
        return "oppose"
    return "favour" if lemmas & table["favour_said"] else None


def holders_of(verb: Token) -> list[Token]:
    """The subject; for 'said that it could not accept' the speaker stands for the pronoun."""
    found = subject_of(verb)
    if found or verb.dep_ not in {"xcomp", "advcl", "acl"}:
        return found
    return holders_of(verb.head) if verb.head != verb else []


def is_turned(verb: Token) -> bool:
    """'did not accept', 'refused to back', 'could not support'."""
    if any(c.dep_ == "neg" or c.lower_ in NEVER for c in verb.children):
        return True
    return verb.dep_ == "xcomp" and (verb.head.lemma_ in UNWILLING or any(c.dep_ == "neg" for c in verb.head.children))


def is_only_thought(verb: Token) -> bool:
    """What somebody is urged, expected or may come to do is no side taken; 'could not accept' is one."""
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ in URGING and children(verb.head, "dobj", "dative", "prep"):
        return True
    if verb.dep_ == "ccomp" and verb.head.lemma_ in URGING and verb.i > verb.head.i:
        return True
    conditional = verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "until", "once"} for c in verb.children
    )
    hedged = any(c.dep_ == "aux" and c.lower_ in {"might", "may", "should", "must"} for c in verb.children)
    return conditional or hedged
