"""Topics: the phrase that a side is taken on, cleaned, and grouped to issues across documents."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ..actors import Who
from ..document import Span
from ..language import Parse
from .polarity import Polarity

ARTICLES = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "any", "some", "such", "all", "every", "each", "no"}
)
CLAUSAL = frozenset({"relcl", "appos", "advcl", "ccomp", "parataxis", "cc", "conj", "punct"})


def core_of(head: Token, polarity: Polarity) -> Token:
    """The noun that the phrase is really about: 'efforts to impose new sanctions' is about the sanctions."""
    for _ in range(4):
        goal = next((c for c in head.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
        of = next(
            (
                n
                for p in head.children
                if p.dep_ == "prep" and p.lower_ in {"of", "for"}
                for n in p.children
                if n.dep_ in {"pobj", "pcomp"}
            ),
            None,
        )
        good = next((c for c in head.children if c.dep_ in {"dobj", "obj"}), None)
        if (
            head.pos_ in {"VERB", "AUX"}
            and good is not None
            and (head.lemma_ in polarity.light_verbs or head.tag_ == "VBG")
        ):
            head = good
        elif (
            head.lemma_.lower() in polarity.light_nouns
            and goal is not None
            and any(c.dep_ in {"dobj", "obj"} for c in goal.children)
        ):
            head = goal
        elif head.lemma_.lower() in polarity.light_nouns and of is not None:
            head = of
        else:
            break
    return head


def topic_tokens(head: Token) -> list[Token]:
    """The phrase headed by `head` without clauses hanging on it, articles first cut off."""
    tokens = [head]
    for child in head.children:
        if (
            child.dep_ in CLAUSAL
            or (child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"})
            or child.dep_ in {"nsubj", "aux", "mark", "neg"}
            or (child.pos_ == "ADJ" and child.i > head.i)
        ):
            continue
        if child.dep_ == "prep" and child.lower_ in {"as", "because", "after", "before", "since", "during", "until"}:
            continue
        tokens += [
            t
            for t in child.subtree
            if not (
                t.dep_ in {"relcl", "advcl"} or any(a.dep_ in {"relcl", "advcl"} and a.i > head.i for a in t.ancestors)
            )
        ]
    tokens = sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i)
    while tokens and (tokens[0].lower_ in ARTICLES or tokens[0].is_punct or tokens[0].dep_ in {"neg", "predet"}):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    return contiguous(tokens, head)


def contiguous(tokens: list[Token], head: Token) -> list[Token]:
    """The run of neighbours that holds `head`: a topic is one span of the text."""
    kept = [t.i for t in tokens]
    if head.i not in kept:
        return [head]
    start = end = kept.index(head.i)
    while start and kept[start] - kept[start - 1] <= 1:
        start -= 1
    while end + 1 < len(kept) and kept[end + 1] - kept[end] <= 1:
        end += 1
    return tokens[start : end + 1]


def topic_span(parse: Parse, head: Token) -> Span:
    tokens = topic_tokens(head)
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def actor_keys(tokens: Iterable[Token], who: Who) -> list[str]:
    """The states, bodies and collectives that a phrase names, each once, sorted."""
    keys = {ref.key for t in tokens for ref in who.at(t) if ref.country or ref.id}
    return sorted(keys)
