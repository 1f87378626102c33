"""Offices with what qualifies them: deputies and shadow ministers, portfolios of no table, two offices in one hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ..language.grid import Grid
from .lookup import Entry
from .phrases import Hit

LESSER = frozenset({"deputy", "vice", "assistant", "associate", "shadow"})
"""Who stands in for the holder of an office, or for the one of the other party, and does not hold it."""
PASSING = frozenset({"acting", "interim"})
"""Who holds an office for a while, and does hold it."""
FIRST = frozenset({"first", "second", "senior", "principal"})
"""Which of several deputies: 'first deputy chairman'."""
WIDEST = 4
"""Words of a portfolio at most."""
FOR = frozenset({"for", "of"})


def qualified(titles: Sequence[Hit[Entry]], grid: Grid, named: Collection[int]) -> list[Hit[Entry]]:
    """The titles in the order of the text with the words that belong to them; `named` are tokens of names of the tables."""
    found: list[Hit[Entry]] = []
    for hit in titles:
        hit = _lesser(_with_portfolio(hit, grid, named), grid)
        while found and found[-1].end > hit.start:
            found.pop()  # the 'deputy' of 'deputy leader'
        if found and _in_one_hand(found[-1], hit, grid):
            first = found.pop()
            values = first.values if first.values[0].holder else hit.values
            hit = Hit(first.start, hit.end, values)
        found.append(hit)
    return found


def _lesser(hit: Hit[Entry], grid: Grid) -> Hit[Entry]:
    """'deputy leader', 'the shadow defence secretary': the office and the word before it, which is not the holder's."""
    joined = grid.words[hit.start - 1 : hit.start] == ["-"]  # 'vice-minister'
    at = hit.start - 1 - joined
    if at >= 0 and not joined and _goes_before(at, hit, grid, PASSING):
        return Hit(at, hit.end, hit.values)
    if at >= 0 and grid.lower[hit.start] in LESSER and _goes_before(at, hit, grid, FIRST):
        return Hit(at, hit.end, hit.values)
    if at < 0 or grid.lower[at] not in LESSER or grid.words[at].islower() != grid.words[hit.start].islower():
        return hit
    word = grid.lower[at]
    values = tuple(replace(e, name=f"{word} {e.name}", holder=None) for e in hit.values)
    if word == "shadow":
        values = tuple(replace(e, role="OPP", body=None) for e in values)
    if at and _goes_before(at - 1, Hit(at, hit.end, values), grid, FIRST):
        at -= 1
    return Hit(at, hit.end, values)


def _goes_before(at: int, hit: Hit[Entry], grid: Grid, words: frozenset[str]) -> bool:
    """Whether one of `words` at `at` belongs to the title behind it, written small or with capitals as it is."""
    return grid.lower[at] in words and grid.words[at].islower() == grid.words[hit.start].islower()


def _with_portfolio(hit: Hit[Entry], grid: Grid, named: Collection[int]) -> Hit[Entry]:
    """'Minister for Border Affairs': capital words of no table behind a minister are the portfolio."""
    end, words = hit.end, grid.words
    if grid.lower[end - 1] != "minister" or end + 1 >= len(words) or grid.lower[end] not in FOR:
        return hit
    stop = end + 1
    while stop < len(words) and stop - end <= WIDEST and stop not in named and words[stop][:1].isupper():
        stop += 1
        if stop + 1 < len(words) and grid.lower[stop] == "and" and words[stop + 1][:1].isupper():
            stop += stop + 1 not in named
    if stop < end + 2 or any(grid.ent[i] in {"PERSON", "GPE"} for i in range(end + 1, stop)):
        return hit
    ministry = "Ministry " + " ".join(words[end:stop])
    return Hit(hit.start, stop, tuple(replace(e, body=ministry) for e in hit.values))


def _in_one_hand(first: Hit[Entry], second: Hit[Entry], grid: Grid) -> bool:
    """'Deputy Prime Minister and Foreign Minister X': both are the title of the one name that follows."""
    words = grid.words
    if second.start != first.end + 1 or grid.lower[first.end] != "and" or second.end >= len(words):
        return False
    if not words[first.start][:1].isupper() or not words[second.start][:1].isupper():
        return False
    if grid.lower[first.end - 1] not in {"minister", "president", "secretary"} or first.values == second.values:
        return False
    return words[second.end][:1].isupper() and grid.pos[second.end] == "PROPN"
