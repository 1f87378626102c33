"""Quotation marks of any typography, paired over a whole text. Never raises; linear time.

A quote that goes on over several paragraphs comes as one `Quote` a paragraph, numbered by `piece`, whether each
paragraph opens the marks again (as printers do) or not (as web pages do).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ..document import Span
from .sentences import paragraphs

Role = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch. `span` has the marks, `inner` has not; both lie inside one paragraph."""

    span: Span
    inner: Span
    depth: int = 0
    """0 for a quote that stands in no other."""
    balanced: bool = True
    """False when its opening or closing mark is missing, so that one end is a guess."""
    piece: int = 0
    """0 for the first paragraph of a quote, 1, 2, ... for the paragraphs in which it goes on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, what pairs with it, and what its neighbours say of it."""

    start: int
    end: int
    kind: Literal["double", "single", "angle"]
    role: Role


KINDS: dict[str, Literal["double", "single", "angle"]] = {
    **dict.fromkeys(['"', "“", "”", "„", "‟", "＂", "``", "''", "「", "」"], "double"),
    **dict.fromkeys(["'", "‘", "’", "‚", "‛", "‹", "›"], "single"),
    **dict.fromkeys(["«", "»", "《", "》"], "angle"),
}
USUAL: dict[str, Role] = {
    **dict.fromkeys("„‟「‘‚‛‹«《", "open"),
    **dict.fromkeys("」›»》”", "close"),
    "``": "open",
    "''": "close",
}
"""What a mark is where its neighbours leave it open. The straight mark and “ (which closes „) are not here."""

OPENERS = "([{—–-/\"“„«‘'‚‹`「《"
CLOSERS = ".,;:!?)]}—–-/…\"”“»’'›」》"
NEVER_FIRST = ",;:!?)]}"
"""What no quotation begins with."""

CUT_WORDS = frozenset(["tis", "twas", "em", "til", "till", "cause", "round", "bout", "n"])
"""Words written with an apostrophe in front."""

LONGEST_GAP = 8
"""Paragraphs over which an open quote waits for its closing mark where none of them opens it again."""

DOUBLE = '"“”„«»`'

DEEPEST = 12
"""Quotes inside quotes beyond this are noise, and would cost time."""

_MARK = re.compile("``|''|[\"“”„‟＂「」'‘’‚‛‹›«»《》]")
_FEET = re.compile(r"\d['’]\s?\d{1,2}$")
_FINAL = re.compile(r"[.!?…]['’]?(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")


def find_quotes(text: str) -> list[Quote]:
    """The quotes of `text`, by where they begin; those inside others come after them, one `depth` deeper."""
    marks = list(find_marks(text))
    found: list[Quote] = []
    waiting: Waiting | None = None
    at = 0
    for paragraph in paragraphs(text):
        first = at
        while at < len(marks) and marks[at].start < paragraph.end:
            at += 1
        quotes, waiting = pair_paragraph(text, paragraph, marks[first:at], waiting)
        found += quotes
    found += waiting.give_up() if waiting else []
    return with_depths(found)


def find_marks(text: str) -> Iterator[Mark]:
    """Every quotation mark that is no apostrophe, inch or minute mark."""
    for match in _MARK.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        kind = KINDS[match[0]]
        if kind == "single" and is_apostrophe(text, start, before, after):
            continue
        if match[0] == '"' and before.isdigit() and _FEET.search(text, max(0, start - 6), start):
            continue
        yield Mark(start, end, kind, role_of(match[0], before, after))


def is_apostrophe(text: str, start: int, before: str, after: str) -> bool:
    """Whether a single mark can be nothing but an apostrophe: inside a word, before a decade, in 'tis."""
    if before.isalnum():
        return after.isalnum()
    word = _WORD.match(text, start + 1)
    return after.isdigit() or bool(word and word[0].lower() in CUT_WORDS)


def role_of(mark: str, before: str, after: str) -> Role:
    """Opening or closing, by the neighbours, else by the shape of the mark."""
    opens = (
        (not before or before.isspace() or before in OPENERS)
        and bool(after)
        and not after.isspace()
        and after not in NEVER_FIRST
    )
    closes = bool(before) and not before.isspace() and (not after or after.isspace() or after in CLOSERS)
    if opens != closes:
        return "open" if opens else "close"
    return USUAL.get(mark, "either")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quote that its paragraph left open, and the pieces that it would have if it went on."""

    mark: Mark
    pieces: list[Quote]
    alone: Quote
    """What it is if nothing goes on with it: up to the next quote of its paragraph, or to the end of that."""

    def give_up(self) -> list[Quote]:
        """No closing mark came: only the first paragraph counts, and is marked."""
        return [self.alone]


def pair_paragraph(
    text: str, paragraph: Span, marks: list[Mark], waiting: Waiting | None
) -> tuple[list[Quote], Waiting | None]:
    """The quotes of one paragraph, with those that an earlier paragraph left open, and what is left open now."""
    done: list[Quote] = []
    stack: list[Mark] = []
    pieces: list[Quote] = []
    if waiting:
        reopened = bool(marks) and marks[0].start == paragraph.start and marks[0].kind == waiting.mark.kind
        if reopened and marks[0].role != "close":
            pieces, stack, marks = waiting.pieces, [marks[0]], marks[1:]
        elif goes_on(marks, waiting):
            start = paragraph.start
            pieces, stack = waiting.pieces, [Mark(start, start, waiting.mark.kind, "open")]
        elif not marks and len(waiting.pieces) < LONGEST_GAP:
            blank = Quote(paragraph, paragraph, piece=len(waiting.pieces))
            return [], replace(waiting, pieces=[*waiting.pieces, blank])
        else:
            done += waiting.give_up()
    carried = stack[0] if pieces else None
    last_end = paragraph.start
    for n, mark in enumerate(marks):
        opened = next((m for m in reversed(stack) if m.kind == mark.kind), None)
        if mark.kind == "single" and not single_counts(text, marks, n, opened):
            continue
        if mark.role == "open" or (mark.role == "either" and opened is None):
            stack += [mark] if len(stack) < DEEPEST else []
        elif opened is not None:
            missing = stack[stack.index(opened) + 1 :]
            done += [cut_short(text, m, mark.start) for m in missing if m.kind != "single"]
            del stack[stack.index(opened) :]
            quote = Quote(Span(opened.start, mark.end), Span(opened.end, mark.start))
            if opened is carried:
                done += [*pieces, replace(quote, piece=len(pieces))]
                carried, pieces = None, []
            else:
                done.append(quote)
            last_end = mark.end
        elif mark.kind != "single":
            done.append(Quote(Span(last_end, mark.end), Span(last_end, mark.start), balanced=False))
            last_end = mark.end
    stack = [m for m in stack if m.kind != "single"]
    left = stack.pop() if stack else None
    if left is None:
        return done, None
    done += [cut_short(text, m, after.start) for m, after in pairwise([*stack, left])]
    rest = Quote(Span(left.start, paragraph.end), Span(left.end, paragraph.end), piece=len(pieces))
    if left is carried and waiting:
        return done, replace(waiting, pieces=[*pieces, rest])
    if pieces and waiting:
        done += waiting.give_up()
    later = [q.span.start for q in done if q.span.start > left.start and text[q.span.start] in DOUBLE]
    alone = cut_short(text, left, min(later)) if later else replace(rest, balanced=False, piece=0)
    return done, Waiting(left, [replace(rest, piece=0)], alone)


def goes_on(marks: list[Mark], waiting: Waiting) -> bool:
    """Whether the first mark of the kind that waits closes it, with no new opening before."""
    first = next((m for m in marks if m.kind == waiting.mark.kind), None)
    return first is not None and first.role == "close"


def single_counts(text: str, marks: list[Mark], n: int, opened: Mark | None) -> bool:
    """Whether a single mark is a quotation mark: an opening one needs a closing one in the same paragraph, and
    the apostrophe of "the parties' view" is passed over when a better closing mark follows."""
    mark = marks[n]
    following = next((m for m in marks[n + 1 : n + 12] if m.kind == "single"), None)
    if mark.role == "open":
        return following is not None and (following.role != "open" or n + 2 < len(marks))
    if opened is None:
        return False
    plural = text[mark.start - 1 : mark.start] in "sS" and re.match(r"\s[a-z]", text[mark.end : mark.end + 2])
    return not (plural and following is not None and following.role == "close")


def cut_short(text: str, mark: Mark, limit: int) -> Quote:
    """A quote without a closing mark, up to the last end of a sentence before `limit`, or up to `limit`."""
    end = limit
    for match in _FINAL.finditer(text, mark.end, limit):
        end = match.end()
    end = mark.end + len(text[mark.end : end].rstrip())
    return Quote(Span(mark.start, end), Span(mark.end, end), balanced=False)


def with_depths(quotes: list[Quote]) -> list[Quote]:
    """The same quotes in order, each with the number of quotes that it stands in."""
    ordered = sorted(quotes, key=lambda q: (q.span.start, -q.span.end))
    open_ends: list[int] = []
    result = []
    for quote in ordered:
        while open_ends and open_ends[-1] <= quote.span.start:
            open_ends.pop()
        result.append(replace(quote, depth=len(open_ends)))
        open_ends.append(quote.span.end)
    return result
