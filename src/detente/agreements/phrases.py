"""Small questions to a dependency parse that agreements and plans both ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def with_conjuncts(token: Token) -> list[Token]:
    return [token, *token.conjuncts]


def children(token: Token, *deps: str) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def prepositional(token: Token, *prepositions: str) -> Iterator[Token]:
    """The objects of the prepositions that hang on `token`, conjuncts included."""
    for prep in children(token, "prep", "agent", "dative"):
        if prep.lower_ in prepositions:
            for noun in children(prep, "pobj"):
                yield from with_conjuncts(noun)


TRANSPARENT = frozenset(
    {
        "batch",
        "bundle",
        "copy",
        "couple",
        "draft",
        "outline",
        "version",
        "dozen",
        "list",
        "number",
        "package",
        "pair",
        "raft",
        "round",
        "series",
        "set",
        "string",
    }
)


def outer(noun: Token) -> Token:
    """The noun that stands for it in the sentence: the 'set' of 'a set of proposals', the first of a list."""
    while True:
        if noun.dep_ in {"conj", "appos"} and noun.head.pos_ in {"NOUN", "PROPN"} and not apart(noun, noun.head):
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and counts(noun.head.head):
            noun = noun.head.head
        else:
            return noun


def counts(token: Token) -> bool:
    """'a set of proposals', 'the last of four annexes', 'two of the treaties'."""
    return token.lemma_ in TRANSPARENT or (
        token.pos_ in {"NUM", "ADJ"} and token.dep_ in {"dobj", "nsubj", "nsubjpass"}
    )


def subject_of(verb: Token) -> list[Token]:
    """The subjects of a verb, its own or those of the verb that it is joined to."""
    found = [s for c in children(verb, *SUBJECTS) for s in with_conjuncts(c)]
    if found or verb.dep_ not in {"conj", "xcomp"} or verb.head == verb:
        return found
    return subject_of(verb.head)


THEY = frozenset({"they", "both"})


def meant_by_they(verb: Token) -> list[Token]:
    """The subjects; for the 'they' of 'A and B announced that they had agreed', A and B."""
    subjects = subject_of(verb)
    if len(subjects) != 1 or subjects[0].lower_ not in THEY:
        return subjects
    above = next((a for a in verb.ancestors if a.pos_ == "VERB" and len(subject_of(a)) > 1), None)
    return subject_of(above) if above is not None else subjects


def apart(one: Token, two: Token) -> bool:
    """Whether a semicolon stands between: what follows it is no apposition, whatever the parser says."""
    first, last = sorted((one.i, two.i))
    return any(t.text == ";" for t in one.doc[first:last])


def actors_at(who: Who, tokens: Iterable[Token]) -> list[ActorRef]:
    """The actors that the phrases headed by `tokens` mean, each once."""
    seen: dict[tuple[str, str | None], ActorRef] = {}
    for token in tokens:
        for ref in who.at(token):
            seen.setdefault((ref.key, ref.person), ref)
    return list(seen.values())


def by_key(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """One reference for each state, body or collective."""
    seen: dict[str, ActorRef] = {}
    for ref in refs:
        seen.setdefault(ref.key, ref)
    return tuple(seen.values())


def by_side(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """One reference for each party: a state with all its offices is one, armed groups and parties of it are others."""
    seen: dict[tuple[str, str], ActorRef] = {}
    for ref in refs:
        group = ref.id or "" if (ref.id or "").startswith("group:") else ""
        seen.setdefault((ref.key, group), ref)
    return tuple(seen.values())


def joined(tokens: list[Token]) -> str:
    """The words as they stand, with a space where words between them were left out."""
    text = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        gap = before is not None and (token.i > before.i + 1 or bool(before.whitespace_))
        text += (" " if gap else "") + token.text
    return text.strip()


def tells_where_or_when(prep: Token) -> bool:
    return any(n.ent_type_ in {"GPE", "LOC", "DATE", "TIME"} for n in prep.children)


def phrase_of(head: Token) -> tuple[int, int]:
    """First and last token (inclusive) of a noun phrase without relative clauses and appositions."""
    skip = {"relcl", "appos", "punct", "cc", "conj", "advcl"}
    tokens = [head]
    for child in head.children:
        if child.dep_ in skip or (child.dep_ == "acl" and child.tag_ != "TO"):
            continue
        if (
            child.dep_ == "prep"
            and child.lower_ in {"in", "at", "on", "since", "during"}
            and tells_where_or_when(child)
        ):
            continue
        if child.i < head.i or child.dep_ in {"prep", "acl"}:
            tokens.extend(t for t in child.subtree if t.dep_ not in {"punct"} or t.text == "-")
    return min(t.i for t in tokens), max(t.i for t in tokens)


def clause_between(token: Token, top: Token) -> bool:
    """Whether a clause with a verb of its own stands between the two."""
    for above in token.ancestors:
        if above == top:
            return False
        if above.dep_ in {"relcl", "advcl", "acl", "ccomp", "conj"} and above.pos_ in {"VERB", "AUX"}:
            return True
    return True


def next_sentence(token: Token) -> TokenSpan | None:
    end = token.sent.end
    return token.doc[end].sent if end < len(token.doc) else None
