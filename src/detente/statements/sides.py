"""Whose attitude a word tells, and on what: its subject through control and coordination, its objects."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from .nominal import LIGHT
from .polarity import VERBAL

ADDRESSING = frozenset(
    ["warn", "caution", "urge", "advise", "ask", "implore", "beg", "exhort", "press", "admonish", "remind"]
)
"""Verbs whose object is spoken to, not spoken about, when a clause or a preposition follows."""
TOWARDS = frozenset("against to for of on at with about over from in".split())
"""Prepositions behind a word that takes a side, before what it takes it on; 'in remarks' before it tells only where."""


def subjects(verb: Token) -> list[Token]:
    """The active subject or the agent; through coordination and control to the verb that has it."""
    raised = False
    for _ in range(5):
        if raised and (lifted := [c for c in verb.children if c.dep_ == "nsubjpass"]):
            return lifted  # 'the bloc is understood to favour it'
        passive = any(
            c.dep_ in {"nsubjpass", "auxpass"} or (c.dep_ == "agent" and verb.dep_ == "conj") for c in verb.children
        )
        if passive:
            return [n for p in verb.children if p.dep_ == "agent" for n in p.children if n.dep_ == "pobj"]
        found = [c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}]
        if found:
            return found
        if (verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in VERBAL) or (
            verb.dep_ == "advcl" and verb.tag_ == "VBG"
        ):
            raised = verb.dep_ == "xcomp"
            verb = verb.head
        else:
            return []
    return []


def objects_of(token: Token) -> Iterator[Token]:
    """What the word takes a side on: its object, the object of its preposition, or its gerund."""
    addressed = token.lemma_.lower() in ADDRESSING and any(
        c.dep_ in {"prep", "xcomp", "ccomp", "advcl"} and c.i > token.i for c in token.children
    )
    beside = (
        [c for c in token.head.children if c.dep_ == "prep" and c.i > token.i]
        if token.dep_ == "dobj" and token.head.lemma_ in LIGHT
        else []
    )
    has_object = token.pos_ in VERBAL and any(c.dep_ in {"dobj", "obj", "nsubjpass"} for c in token.children)
    shared = []
    if token.dep_ == "conj" and any(c.dep_ == "agent" for c in token.children):
        shared = [c for c in token.head.children if c.dep_ == "nsubjpass"]
    for child in (*token.children, *beside, *shared):
        if addressed and child.dep_ in {"dobj", "nsubjpass"}:
            continue
        if child.dep_ in {"dobj", "obj", "nsubjpass"} or (child.dep_ == "xcomp" and child.tag_ == "VBG"):
            yield from (child, *child.conjuncts)
        elif child.dep_ == "prep" and child.lower_ in TOWARDS and child.i > token.i:
            if has_object and child.lower_ not in {"against", "for", "of", "over"} and not addressed:
                continue
            for noun in child.children:
                if noun.dep_ in {"pobj", "pcomp"} and noun.ent_type_ not in {"DATE", "TIME", "FAC", "LOC"}:
                    yield from (noun, *noun.conjuncts)
        elif child.dep_ == "xcomp" and child.tag_ == "VB":
            yield child
