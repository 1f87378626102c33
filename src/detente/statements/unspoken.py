"""Quotations that stand alone and that no cue gives to anybody: on record with their words, and without a speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..claims import Attribution
from ..document import Document, Span, cover
from ..language import Quote
from ..language.nearby import Nearby
from .dating import day_of_document
from .found import Found
from .quoted import is_paired
from .tree import Tree

CONFIDENCE = 0.4
WHY = "construction 'quotation alone': a sentence in quotation marks that no cue gives to anybody, so it has no speaker"

FEWEST_WORDS = 5
"""What is shorter may be a name, a title or a word held at arm's length."""
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
LOWER_WORDS = 0.5
"""The share of words without a capital below which a quotation is a title."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CLOSED = re.compile(r"[.!?…:—–-][\"”’»'“)\]]*\s*$|^\s*$")
_ENDED = re.compile(r"[.!?…]$")
_GOES_ON = re.compile(r"\s*(?:[.!?…]|\n|$)|\s+[A-Z\"“„«‘0-9(]")


def unspoken(
    tree: Tree, document: Document, founds: Iterable[Found], quotes: Nearby[Quote], extractor: str
) -> list[Attribution]:
    """The quotations in no other that nobody is given for, each as a claim without source, cue and speaker.

    `founds` are the attributions that were found; what one of them reaches into from outside is no longer alone.
    """
    outside = [q for q in quotes if q.depth == 0]
    if not outside:
        return []
    pieces = [(f, p) for f in founds for p in f.content]
    covered = Nearby(pieces, (p for _, p in pieces))
    claims = []
    for run in runs(outside):
        first = run[0]
        if is_given(run, covered) or not is_alone(tree.text, document, first, run[-1]) or not is_sentence(tree, run):
            continue
        content = tuple(q.span for q in run)
        claims.append(
            Attribution(
                document=document.id,
                span=cover(*content),
                content=content,
                quote="direct",
                date=day_of_document(document),
                balanced=all(q.balanced and is_paired(q.span.of(tree.text)) for q in run),
                confidence=CONFIDENCE,
                extractor=extractor,
                why=WHY,
            )
        )
    return claims


def with_homes(claims: list[Attribution], alone: list[Attribution]) -> list[Attribution]:
    """All claims in order; what is told inside a quotation that stands alone has that as its parent."""
    if not alone:
        return claims
    homes = Nearby(alone, (a.span for a in alone))
    inner = []
    for claim in claims:
        holders = [h for h in homes.near(claim.span.start, claim.span.end) if h.span.contains(claim.span)]
        inner.append(replace(claim, parent=holders[0].id) if holders and claim.parent is None else claim)
    return sorted([*inner, *alone], key=lambda a: (a.content[0].start, -a.content[-1].end))


def runs(quotes: list[Quote]) -> Iterator[list[Quote]]:
    """A quotation of several paragraphs as one."""
    run: list[Quote] = []
    for quote in quotes:
        if run and quote.piece == 0:
            yield run
            run = []
        run.append(quote)
    if run:
        yield run


def is_given(run: list[Quote], covered: Nearby[tuple[Found, Span]]) -> bool:
    """Whether an attribution whose cue stands outside the quotation has part of it as its content or its cue."""
    whole = cover(*(q.span for q in run))
    cut = not all(q.balanced for q in run)  # where it ends is a guess, and the cue may stand behind its end
    return any(
        (cut or not whole.contains(f.cue)) and piece.overlaps(whole)
        for f, piece in covered.near(whole.start, whole.end)
    )


def is_alone(text: str, document: Document, first: Quote, last: Quote) -> bool:
    """Whether the quotation is no part of a sentence, a headline or brackets: full stops or breaks on both sides."""
    start, end = first.span.start, last.span.end
    if first.inner.start == start or (document.title or "").strip().startswith(first.span.of(text)):
        return False  # no opening mark: where it begins is a guess
    begin = text.rfind("\n", 0, start) + 1
    before = text[max(begin, start - 300) : start]
    if before.count("(") > before.count(")") or before.count("[") > before.count("]"):
        return False
    ended = _ENDED.search(last.inner.of(text).rstrip()) is not None
    return bool(_CLOSED.search(before)) and bool(
        _GOES_ON.match(text, end) if ended else re.match(r"\s*(?:[.!?…]|\n|$)", text[end : end + 20])
    )


def is_sentence(tree: Tree, run: list[Quote]) -> bool:
    """Whether it reads as a sentence: five words or more with a finite verb, and not written like a title."""
    words = [w for q in run for w in _WORD.findall(q.inner.of(tree.text))]
    if len(words) < FEWEST_WORDS or sum(w[0].islower() for w in words) < LOWER_WORDS * len(words):
        return False
    first = bisect_left(tree.idx, run[0].inner.start)
    return any(tree.tag[k] in FINITE for k in range(first, bisect_left(tree.idx, run[-1].inner.end)))
