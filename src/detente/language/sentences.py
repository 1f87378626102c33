"""Where sentences begin: paragraphs, headlines and abbreviations that the parser alone gets wrong.

The parser keeps what is set here and decides the rest. A blank line ends a sentence, and so does the end of a line
in text that is not wrapped to a width; 'Nov. 10', 'Gen. Petraeus' and 'v. Smith' do not.
"""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc

from ..document import Span

NEVER_FINAL = frozenset(
    [
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "gen.",
        "lt.",
        "col.",
        "maj.",
        "capt.",
        "cpl.",
        "sgt.",
        "adm.",
        "cmdr.",
        "brig.",
        "rep.",
        "sen.",
        "gov.",
        "pres.",
        "amb.",
        "hon.",
        "rev.",
        "fr.",
        "msgr.",
        "st.",
        "mt.",
        "ft.",
        "messrs.",
        "supt.",
        "det.",
        "insp.",
        "min.",
        "dep.",
        "asst.",
        "sec.",
        "no.",
        "nos.",
        "vs.",
        "v.",
        "vol.",
        "pp.",
        "p.",
        "art.",
        "para.",
        "cf.",
        "e.g.",
        "i.e.",
        "viz.",
        "approx.",
        "ca.",
    ]
)
"""Abbreviations that something always follows in the same sentence."""

MONTHS_CUT = frozenset(
    ["jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec."]
)
"""Months that end no sentence when a number follows."""

WIDEST_WRAP = 110
"""Columns of the widest text that we take for wrapped by hand or by a mail program."""

_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*")


def set_boundaries(doc: Doc) -> None:
    """Sets `is_sent_start` of the tokens that must, or must not, begin a sentence; leaves the others open."""
    starts = after_datelines(doc.text, paragraph_starts(doc.text))
    at = 0
    fresh = False
    for token in doc:
        while at < len(starts) and starts[at] <= token.idx:
            at += 1
            fresh = True
        if token.is_space:
            continue
        if fresh:
            token.is_sent_start = True
            fresh = False
        elif token.i and (glued(doc[token.i - 1].lower_, token.text) or closes(doc, token.i)):
            token.is_sent_start = False


DATELINE = re.compile(
    r"(?:[A-Z][A-Z.' -]{2,30}|[A-Z]\w+(?: [A-Z]\w+){0,2})"  # PARIS, NEW YORK, Addis Ababa
    r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?"  # a state or country
    r"(?:[,.]? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?: ?\([^()\n]{2,40}\))?"  # the agency
    r" ?(?:--+|[-–—])\s+(?=[\"“A-Z0-9])"
)
"""'GENEVA, 5 May 2019 (AFP) - ' before the first words of a report; the agency or the date must be there unless the
place is in capitals."""


def after_datelines(text: str, starts: list[int]) -> list[int]:
    """`starts` with the offsets at which a report begins after its dateline, in order."""
    found = []
    for start in (0, *starts):
        match = DATELINE.match(text, start)
        if match is not None and (re.search(r"[\d)]", match.group()) or match.group().split(",")[0][:4].isupper()):
            found.append(match.end())
    return sorted({*starts, *found})


def glued(before: str, word: str) -> bool:
    """Whether `word` after the abbreviation `before` goes on with the same sentence."""
    if before in NEVER_FINAL:
        return True
    return before in MONTHS_CUT and word[:1].isdigit()


def closes(doc: Doc, i: int) -> bool:
    """Whether token `i` is a quotation mark that closes what stands before it, so that it belongs there."""
    if doc[i].text not in {'"', "”", "’", "''", "»", "'"} or doc[i - 1].whitespace_ or doc[i - 1].is_space:
        return False
    return bool(doc[i].whitespace_) or i + 1 == len(doc) or doc[i + 1].is_space or doc[i + 1].is_punct


def paragraph_starts(text: str) -> list[int]:
    """The offsets at which a new line begins a new paragraph (also after a headline), in order. Linear time."""
    breaks = [m.span() for m in _BREAK.finditer(text)]
    if not breaks:
        return []
    edges = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    widths = [e - s for s, e in zip(edges, ends, strict=True)]
    starts = []
    for n, (start, end) in enumerate(breaks):
        if end >= len(text):
            continue
        gap = text[start:end].count("\n")
        if gap > 1 or not wrapped(text, end, widths, n):
            starts.append(end)
    return starts


def wrapped(text: str, next_start: int, widths: list[int], line: int) -> bool:
    """Whether the line number `line` was broken only because it was full, so that its sentence goes on."""
    follows = text[next_start : next_start + WIDEST_WRAP]
    if follows[:1].islower():
        return True
    # The width is that of the longest line nearby: texts change their layout half-way (headers, lists, tables).
    width = max(widths[max(0, line - 3) : line + 4])
    if width > WIDEST_WRAP or width < 30:
        return False
    first_word = re.match(r"\S*", follows)
    return widths[line] + 1 + (len(first_word[0]) if first_word else 0) > width


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, without the white space around them."""
    edges = [0, *paragraph_starts(text), len(text)]
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            found.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found
