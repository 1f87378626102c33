"""Speech that goes on: quotations right behind a sentence that gives the words before them to somebody."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..language import Quote
from ..language.nearby import Nearby
from .found import Found
from .quoted import is_speech, merged
from .tree import Tree

INNER_STOP = re.compile(r"\n|[a-z)\d][.!?][”\"’]?\s+[A-Z]")
"""More than the rest of one sentence."""
ASKING = frozenset(["ask", "inquire", "enquire", "wonder", "question", "demand"])


def go_on(founds: list[Found], tree: Tree, quotes: Nearby[Quote]) -> None:
    """Quotations that nobody is given for, right after a sentence that quotes or tells somebody, are the same speech."""
    speech = sorted((f for f in founds if speaks(f, tree, quotes)), key=lambda f: f.cue.start)
    cues = sorted(f.cue.start for f in founds if tree.tag[f.key] != "VBG" and tree.dep[f.key] != "relcl")
    pieces = [p for f in founds for p in f.content]
    covered = Nearby(pieces, pieces)
    for q in quotes:
        begin = q.inner.start
        if any(p.start <= begin < p.end for p in covered.near(begin, begin)):
            continue
        at = bisect_left(speech, q.span.start, key=lambda f: f.cue.start)
        if at == 0:
            continue
        last = speech[at - 1]
        if goes_on(tree, last, q, cues, quotes):
            last.content, last.gone_on = merged([*last.content, q.span], last.cue), True


def goes_on(tree: Tree, last: Found, q: Quote, cues: list[int], quotes: Nearby[Quote]) -> bool:
    """Whether q continues the speech of `last`.

    In the same paragraph after 'he said', whatever the clause adds, as long as no other cue stands between; after
    a cue in front of its speech, or one whose speech is told and not quoted, only right behind it; across paragraphs only
    as a paragraph of its own. No quotation is the answer to a question. `cues` are the starts of the cues, in order.
    """
    text = tree.text
    done = max([last.cue.end, *(p.end for p in last.content), last.source.end if last.source else 0])
    if q.span.start < done or not (is_speech(text, q) or q.piece) or (q.piece == 0 and is_answer(tree, last)):
        return False
    gap = text[done : q.span.start]
    bare = not gap.strip(" \n\t\r\xa0.,:;”\"'’—–-")
    if "\n" in gap and q.piece == 0 and not fills_paragraph(text, q):
        return False
    if not any(r is not q and r.span.overlaps(p) for p in last.content for r in quotes.near(p.start, p.end)):
        return bare and "\n" not in gap and last.frame == "that" and last.source is not None
    if bare:
        return "\n" not in gap or ":" not in gap
    behind = last.content[0].start < last.cue.start
    between = bisect_left(cues, done) < bisect_left(cues, q.span.start)
    return behind and not between and is_tail(gap)


def is_tail(gap: str) -> bool:
    """The rest of the sentence that tells who spoke: 'on a visit to the port.'"""
    words = gap.rstrip()
    if "\n" in gap:
        return words[-1:] == "." and INNER_STOP.search(words) is None and len(words.split()) <= 28
    return words[-1:] in {".", ":", ",", ";"} and len(words.split()) <= 28


def is_answer(tree: Tree, last: Found) -> bool:
    """Whether speech behind `last` would answer it: '"Where is he?" asked the judge. "At sea."'"""
    return tree.lemma[last.key] in ASKING and "?" in last.content[-1].of(tree.text)[-2:]


def fills_paragraph(text: str, q: Quote) -> bool:
    """Nothing else stands in the quotation's paragraph."""
    before = text[: q.span.start].rstrip(" \t\xa0")[-1:]
    after = text[q.span.end :].lstrip(" \t\xa0")[:1]
    return before in {"", "\n"} and after in {"", "\n"}


def speaks(found: Found, tree: Tree, quotes: Nearby[Quote]) -> bool:
    """Whether the attribution quotes, or tells in a finite clause, and stands outside quotations itself."""
    if found.row is None or "q" not in found.row.frames:
        return False
    at = found.cue.start
    if any(q.inner.start <= at < q.inner.end for q in quotes.near(at, at)):
        return False
    told = found.frame == "that" and found.source is not None and tree.tag[found.key] in {"VBD", "VBZ", "VBP"}
    return told or any(q.span.overlaps(p) for p in found.content for q in quotes.near(p.start, p.end))
