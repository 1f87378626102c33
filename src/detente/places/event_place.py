"""Where an event took place: from the words that belong to it, else from the dateline where that is fair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from ..claims import PlaceMention, PlaceRef

LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "throughout", "over", "off", "within", "along"}
)
MOTION = frozenset(
    {
        *("visit", "travel", "go", "come", "fly", "trip", "tour", "arrive", "return", "head", "march", "deploy"),
        *("send", "move", "journey", "advance", "withdraw", "retreat", "flee", "evacuate", "depart", "expel"),
        *("pull", "cross", "sail", "drive", "invite", "summon", "deport", "extradite", "transfer", "ship", "mission"),
    }
)
GOES_TO_OBJECT = frozenset(
    {
        *("visit", "enter", "reach", "leave", "invade", "attack", "bomb", "shell", "strike", "hit", "raid", "storm"),
        *("capture", "seize", "occupy", "take", "retake", "recapture", "besiege", "surround", "blockade", "tour"),
        *("liberate", "bombard", "target", "overrun", "cross", "quit", "flee", "evacuate", "control", "annex"),
    }
)
TALK = frozenset(
    {
        *("discuss", "condemn", "criticize", "criticise", "denounce", "urge", "call", "demand", "say", "tell", "warn"),
        *("describe", "accuse", "blame", "welcome", "praise", "support", "oppose", "reject", "address", "review"),
        *("express", "announce", "deny", "claim", "want", "seek", "consider", "believe", "resolve", "end", "stop"),
    }
)
"""What these verbs have as their object is what they are about; a place in it is not where they happen."""
VIA = frozenset({"during", "after", "following", "before", "amid"})
LEAD_SENTENCES = 3
"""The dateline speaks for what the first sentences tell (headline and date line included)."""


def place_of_event(token: Token, by_token: Mapping[int, PlaceMention], dateline: PlaceRef | None) -> PlaceRef | None:
    """The place of the event told by `token`; `reason` says where it comes from."""
    for source, reason in ((_own, "in the clause"), (_relative, "what 'where' points back to")):
        mention = source(token, by_token)
        if mention:
            return replace(mention.place, reason=f"{reason}: {mention.place.reason}")
    for verb in _governors(token):
        mention = _own(verb, by_token)
        if mention:
            return replace(mention.place, reason=f"in the same sentence: {mention.place.reason}")
    if dateline and _is_lead(token):
        return replace(dateline, span=None, reason="the dateline", confidence=min(dateline.confidence, 0.5))
    return None


def _own(token: Token, by_token: Mapping[int, PlaceMention]) -> PlaceMention | None:
    """The first place among the token's own prepositions and objects, places nearest to it first."""
    for candidate in _places_below(token, depth=0):
        mention = by_token.get(candidate.i)
        if mention and not mention.place.reason.startswith("demonym"):
            return mention
    return None


def _places_below(token: Token, depth: int) -> Iterator[Token]:
    """Nouns that say where: 'met in X', 'visit to X', 'during talks in X', 'bombed X', 'a base in X'."""
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ == "prep" and (
            child.lower_ in LOCATIVE or (child.lower_ in ("to", "from", "into") and lemma in MOTION)
        ):
            yield from _objects(child)
        elif child.dep_ in ("advmod", "npadvmod") and child.ent_type_ in ("GPE", "LOC"):
            yield child
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in VIA and depth < 2:
            for noun in _objects(child):
                yield from _places_below(noun, depth + 1)
        elif child.dep_ in ("dobj", "nsubjpass") and lemma in GOES_TO_OBJECT:
            yield child
            yield from child.conjuncts
        if child.dep_ in ("dobj", "nsubjpass", "pobj") and lemma not in TALK and depth < 1:
            yield from _places_below(child, depth + 1)


def _objects(preposition: Token) -> Iterator[Token]:
    """What a preposition governs, and the place inside it: 'in the city of X', 'at a base near X'."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
            yield from child.conjuncts
            for inner in child.children:
                if inner.dep_ in ("appos", "compound", "nmod", "poss"):
                    yield inner
                elif inner.dep_ == "prep" and inner.lower_ in LOCATIVE | {"of"}:
                    yield from _objects(inner)
        elif child.dep_ == "prep":
            yield from _objects(child)


def _relative(token: Token, by_token: Mapping[int, PlaceMention]) -> PlaceMention | None:
    """'a visit to X on Friday, where they signed ...': the nearest place before 'where'."""
    if not any(child.lower_ == "where" for child in token.children):
        return None
    where = next(child for child in token.children if child.lower_ == "where")
    for i in range(where.i - 1, max(where.sent.start - 1, where.i - 25), -1):
        mention = by_token.get(i)
        if mention and not mention.place.reason.startswith("demonym"):
            return mention
    return None


def _governors(token: Token) -> Iterator[Token]:
    """Verbs that share the token's place: the one it is coordinated with, and the one it completes."""
    current, steps = token, 0
    while current.dep_ in ("conj", "xcomp", "advcl", "dobj", "pobj", "prep", "nsubj") and steps < 4:
        parent = current.head
        if parent.pos_ == "VERB" and (parent.lemma_.lower() not in TALK or current.dep_ == "conj"):
            yield parent
        current, steps = parent, steps + 1


def _is_lead(token: Token) -> bool:
    """Whether the token stands in one of the first sentences."""
    for number, sentence in enumerate(token.doc.sents):
        if number >= LEAD_SENTENCES:
            return False
        if sentence.end > token.i:
            return True
    return False
