"""When an attribution counts as found: tokens, heads and one-to-one pairs, document by document.

A token is a run of word characters or one other visible character; a span is the set of tokens that it touches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Tokens = frozenset[int]
Pairs = list[tuple[int, int]]

TOKEN = re.compile(r"\w+|[^\w\s]")
HEAD_ENDS = frozenset(', ( ) ; : - – — -- who which that whose of for in at from with on to by as and or “ ” "'.split())
"""The head of a source is the last word before one of these."""
PRONOUNS = frozenset("i we you he she they it who this that these those one everyone someone nobody anyone".split())
MARKS = frozenset('"“”')
SENTENCE_BREAK = re.compile(r"[.!?][\"”’']?\s+[\"“‘']?[A-Z]")


@dataclass(frozen=True)
class Scored:
    """One attribution in token numbers."""

    source: Tokens
    cue: Tokens
    pieces: tuple[Tokens, ...]
    content: Tokens
    """All tokens of the content but the double quotation marks."""
    head: int | None


class Tokenised:
    """A text as the measures count it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(m.start(), m.end(), m[0]) for m in TOKEN.finditer(text)]
        self.starts = [start for start, _, _ in self.tokens]

    def touched(self, span: Sequence[int] | None) -> Tokens:
        """The tokens that a span touches."""
        if not span:
            return frozenset()
        found = []
        k = max(0, bisect_right(self.starts, span[0]) - 1)
        while k < len(self.tokens) and self.tokens[k][0] < span[1]:
            if self.tokens[k][1] > span[0]:
                found.append(k)
            k += 1
        return frozenset(found)

    def head(self, tokens: Tokens) -> int | None:
        """The last word before the first comma, preposition, conjunction or relative pronoun."""
        last = None
        for k in sorted(tokens):
            word = self.tokens[k][2]
            if last is not None and word.lower() in HEAD_ENDS:
                break
            if word == "s" and k and self.tokens[k - 1][2] in {"'", "’"}:
                continue
            if word[0].isalnum() or word[0] == "_":
                last = k
        return last

    def scored(self, attribution: Mapping[str, Any]) -> Scored:
        """An attribution of a gold or a predictions file; pieces of a source or cue may come apart."""
        source = self._all(attribution.get("source_spans") or [attribution.get("source")])
        cue = self._all(attribution.get("cue_spans") or [attribution.get("cue")])
        pieces = tuple(p for p in map(self.touched, attribution.get("content") or []) if p)
        content = frozenset(k for p in pieces for k in p if self.tokens[k][2] not in MARKS)
        return Scored(source, cue, pieces, content, self.head(source) if source else None)

    def _all(self, spans: Iterable[Sequence[int] | None]) -> Tokens:
        return frozenset(k for span in spans for k in self.touched(span))


def score_document(
    text: str, gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, tuple[int, int, int]], Counter[str], Counter[str]]:
    """(right, found, gold) by measure, and by kind of gold attribution how many there are and how many are paired."""
    doc = Tokenised(text)
    golds, founds = [doc.scored(a) for a in gold], [doc.scored(a) for a in found]
    gold_cues, found_cues = distinct(a.cue for a in golds), distinct(a.cue for a in founds)
    gold_sources, found_sources = distinct(a.source for a in golds), distinct(a.source for a in founds)
    gold_tokens = frozenset(k for a in golds for k in a.content)
    found_tokens = frozenset(k for a in founds for k in a.content)
    with_content = [(n, a) for n, a in enumerate(golds) if a.content]
    pairable = [a for _, a in with_content]
    offered = [a for a in founds if a.content]
    pairs, triples = linked(pairable, offered)
    counts = {
        "cue": (len(overlapping(gold_cues, found_cues)), len(found_cues), len(gold_cues)),
        "source head": (len(same_heads(doc, gold_sources, found_sources)), len(found_sources), len(gold_sources)),
        "content tokens": (len(gold_tokens & found_tokens), len(found_tokens), len(gold_tokens)),
        "source+content pair": (len(pairs), len(offered), len(pairable)),
        "whole triple": (len(triples), len(offered), len(pairable)),
    }
    hit = {g for g, _ in pairs}
    kinds: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for k, a in enumerate(pairable):
        for kind in kinds_of(doc, a, pairable):
            kinds[kind] += 1
            right[kind] += k in hit
    return counts, right, kinds


def distinct(spans: Iterable[Tokens]) -> list[Tokens]:
    """Each span once, in order, empty ones left out."""
    return list(dict.fromkeys(s for s in spans if s))


def one_to_one(candidates: Iterable[tuple[float, int, int]]) -> Pairs:
    """Pairs of gold and found, best first, nobody twice."""
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, g, f in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            pairs.append((g, f))
    return pairs


def overlapping(golds: Sequence[Tokens], founds: Sequence[Tokens]) -> Pairs:
    """Cues: right with one shared token."""
    return one_to_one((len(g & f), i, j) for i, g in enumerate(golds) for j, f in enumerate(founds) if g & f)


def same_heads(doc: Tokenised, golds: Sequence[Tokens], founds: Sequence[Tokens]) -> Pairs:
    """Sources: right when each holds the other's head."""
    heads = [doc.head(f) for f in founds]
    candidates = []
    for i, g in enumerate(golds):
        head = doc.head(g)
        for j, f in enumerate(founds):
            if g & f and head in f and heads[j] in g:
                candidates.append((len(g & f) / len(g | f), i, j))
    return one_to_one(candidates)


def linked(golds: Sequence[Scored], founds: Sequence[Scored]) -> tuple[Pairs, Pairs]:
    """Pairs (sources agree, contents share half of their tokens) and triples (the cues meet as well)."""
    pairs, triples = [], []
    for i, g in enumerate(golds):
        for j, f in enumerate(founds):
            shared = len(g.content & f.content)
            if not shared or not sources_agree(g, f):
                continue
            jaccard = shared / len(g.content | f.content)
            if jaccard >= 0.5:
                pairs.append((jaccard, i, j))
                if g.cue & f.cue:
                    triples.append((jaccard, i, j))
    return one_to_one(pairs), one_to_one(triples)


def sources_agree(one: Scored, other: Scored) -> bool:
    if not one.source and not other.source:
        return True
    return bool(one.source and other.source) and one.head in other.source and other.head in one.source


def kinds_of(doc: Tokenised, a: Scored, golds: Sequence[Scored]) -> list[str]:
    """The kinds that a gold attribution is counted under."""
    everything = sorted(frozenset().union(*a.pieces))
    start, end = doc.tokens[everything[0]][0], doc.tokens[everything[-1]][1]
    around = doc.text[max(0, start - 1) : end + 1]
    kinds = []
    if not any(ch in MARKS for ch in around):
        kinds.append("indirect")
    elif around[:2].strip()[:1] in MARKS and all(in_marks(doc, piece) for piece in a.pieces):
        kinds.append("direct")
    else:
        kinds.append("mixed")
    if not a.source:
        kinds.append("no speaker")
    elif len(a.source) == 1 and doc.tokens[min(a.source)][2].lower() in PRONOUNS:
        kinds.append("pronoun speaker")
    else:
        kinds.append("nominal speaker")
    if len(a.pieces) > 1:
        kinds.append("several pieces")
    if SENTENCE_BREAK.search(doc.text, start, end):
        kinds.append("several sentences")
    if any(b is not a and a.cue and a.cue <= b.content for b in golds):
        kinds.append("nested")
    return kinds


def in_marks(doc: Tokenised, piece: Tokens) -> bool:
    """Whether quotation marks stand at both ends of a piece, inside or just outside it."""
    start, end = doc.tokens[min(piece)][0], doc.tokens[max(piece)][1]
    left, right = doc.text[max(0, start - 1) : start + 1], doc.text[end - 1 : end + 2]
    return any(ch in MARKS for ch in left) and any(ch in MARKS for ch in right)
