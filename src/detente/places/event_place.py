"""Where an event took place: from the words that belong to it, else from the dateline where that is fair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from ..claims import PlaceMention, PlaceRef

LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "off", "within", "along"})
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
LOCAL = frozenset(
    {
        *("meet", "gather", "sign", "protest", "march", "rally", "demonstrate", "clash", "kill", "wound", "injure"),
        *("explode", "detonate", "arrest", "detain", "open", "begin", "start", "hold", "conclude", "talk", "shoot"),
        *("fire", "storm", "attack", "bomb", "riot", "vote", "burn", "loot", "evacuate", "inaugurate", "convene"),
    }
)
"""Verbs of what happens at one spot, which a reporter on the spot tells first."""
POSTS = frozenset(
    "embassy consulate mission delegation base ship vessel warship plane convoy company firm pavilion".split()
)
"""What a state has abroad: 'at the U.S. embassy' is not in the United States."""
VIA = frozenset({"during", "after", "following", "before", "amid"})
LEAD_SENTENCES = 3
"""The dateline speaks for what the first sentences tell (headline and date line included)."""


def place_of_event(token: Token, by_token: Mapping[int, PlaceMention], dateline: PlaceRef | None) -> PlaceRef | None:
    """The place of the event told by `token`; `reason` says where it comes from."""
    ways = ((_own, "in the clause"), (_relative, "what 'where' points back to"), (_loose, "in the clause"))
    for source, reason in ways:
        mention = source(token, by_token)
        if mention:
            return replace(mention.place, reason=f"{reason}: {mention.place.reason}")
    for verb in _governors(token):
        mention = _own(verb, by_token)
        if mention:
            return replace(mention.place, reason=f"in the same sentence: {mention.place.reason}")
    if dateline and _is_told_from_the_spot(token):
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
            yield from _inside_noun(child)
        if child.dep_ in ("dobj", "nsubjpass", "pobj") and lemma not in TALK and depth < 1:
            yield from _places_below(child, depth + 1)


def _objects(preposition: Token) -> Iterator[Token]:
    """What a preposition governs, and the place inside it: 'in the city of X', 'at a base near X'."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield child
            yield from child.conjuncts
            yield from _inside_noun(child)
        elif child.dep_ == "prep":
            yield from _objects(child)


def _inside_noun(noun: Token) -> Iterator[Token]:
    """'the port of X', 'X airport', 'a base near X'."""
    for inner in noun.children:
        if inner.dep_ in ("appos", "compound", "nmod", "poss"):
            if noun.lemma_.lower() not in POSTS:
                yield inner
        elif inner.dep_ == "prep" and inner.lower_ in LOCATIVE | {"of"}:
            yield from _objects(inner)


def _loose(token: Token, by_token: Mapping[int, PlaceMention]) -> PlaceMention | None:
    """A place after the verb that hangs deeper in its clause: 'signed agreements with X and Y in Z'.

    Where it could as well belong to what is talked about ('talks on the war in Z'), a day must follow it
    ('in Z on Sunday'), which shows that it belongs to the clause.
    """
    for i in range(token.i + 1, token.sent.end):
        mention = by_token.get(i)
        place = token.doc[i]
        if mention is None or mention.place.reason.startswith("demonym") or place.head.lower_ not in LOCATIVE:
            continue
        verb, topical = _verb_of(place)
        if verb == token and (_day_follows(place) or not (topical or token.lemma_.lower() in TALK)):
            return mention
    return None


def _verb_of(token: Token) -> tuple[Token | None, bool]:
    """The verb whose clause `token` stands in after the subject, and whether a topic lies between them."""
    current, topical = token, False
    while current.head.i != current.i and current.dep_ not in ("nsubj", "nsubjpass", "poss", "relcl", "acl"):
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return current, topical
        topical = topical or current.lower_ in ("over", "on", "about", "for", "of")
    return None, topical


def _day_follows(place: Token) -> bool:
    doc, i = place.doc, place.i + 1
    return i + 1 < len(doc) and doc[i].lower_ in ("on", "in", "last") and doc[i + 1].ent_type_ in ("DATE", "TIME")


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


def _is_told_from_the_spot(token: Token) -> bool:
    """Whether `token` is what one of the first sentences tells, happens at one spot, and names no other place."""
    if token.lemma_.lower() not in LOCAL or not (token.dep_ == "ROOT" or token.head.dep_ == "ROOT"):
        return False
    if any(t.dep_ == "prep" and t.lower_ in LOCATIVE and _names_something(t) for t in token.subtree):
        return False
    for number, sentence in enumerate(token.doc.sents):
        if number >= LEAD_SENTENCES:
            return False
        if sentence.end > token.i:
            return True
    return False


def _names_something(preposition: Token) -> bool:
    return any(t.text[:1].isupper() and t.ent_type_ != "DATE" for t in preposition.subtree)
