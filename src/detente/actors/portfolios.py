"""Offices with several portfolios: 'Minister of Energy and Water', 'Trade, Industry and Energy Minister'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .lookup import Entry, rows
from .phrases import Hit

HOLDERS = frozenset({"minister", "secretary"})
FOR = frozenset({"of", "for"})
AND = frozenset({"and", "&"})
NEXT_OFFICES = frozenset({"minister", "ministers", "ministry", "secretary", "ministries", "department"})
"""'the minister of defence and finance minister X': what these follow is another's."""
COUNCILS = (["council"], ["committee"], ["commission"], ["board"], ["agency"])
"""'the secretary of the Security Council': what these follow is their name, no portfolio."""
SHORT = frozenset({"foreign", "home"})
"""What stands for a portfolio before 'and': 'Foreign and Expatriates Minister'."""
LONGEST = 4


@cache
def _portfolios() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["portfolio"].split()) for row in rows("portfolios.csv")) | {(word,) for word in SHORT}


def whole_offices(titles: list[Hit[Entry]], texts: Sequence[str], lower: Sequence[str]) -> list[Hit[Entry]]:
    """The titles in the order of the text, those of ministers with every portfolio that is named with them."""
    return [_whole(hit, texts, lower) if not HOLDERS.isdisjoint(lower[hit.start : hit.end]) else hit for hit in titles]


def _whole(hit: Hit[Entry], texts: Sequence[str], lower: Sequence[str]) -> Hit[Entry]:
    start, end = hit.start, hit.end
    if lower[end - 1] in HOLDERS:
        start = _earlier(start, texts, lower)
        first = end + 1 + (lower[end + 1 : end + 2] == ["the"])
        stop = _portfolio_from(first, lower) if lower[end : end + 1] and lower[end] in FOR else 0
        if stop and lower[stop : stop + 1] not in COUNCILS:
            end = _later(stop, lower)
    else:
        end = _later(end, lower)
    if (start, end) == (hit.start, hit.end):
        return hit
    words = [
        ("Ministry" if low == "minister" else word)
        for word, low in zip(texts[start:end], lower[start:end], strict=True)
    ]
    body = " ".join(w if w.lower() in FOR | AND else w[:1].upper() + w[1:] for w in words).replace(" ,", ",")
    values = tuple(replace(e, body=body if "Ministry" in body else e.body) for e in hit.values)
    return Hit(start, end, values)


def _later(end: int, lower: Sequence[str]) -> int:
    """The end with the portfolios of a list behind it, which an 'and' closes."""
    reached = end
    while end < len(lower) and (lower[end] in AND or lower[end] == ","):
        joint = end
        end += 1 + (lower[end] == "," and lower[end + 1 : end + 2] == ["and"])
        end += lower[end : end + 1] == ["the"]
        stop = _portfolio_from(end, lower)
        if not stop or (stop < len(lower) and lower[stop] in NEXT_OFFICES):
            break
        end = stop
        if not AND.isdisjoint(lower[joint:stop]):
            reached = end
    return reached


def _earlier(start: int, texts: Sequence[str], lower: Sequence[str]) -> int:
    """The start with the portfolios of a list before it: 'Foreign Affairs and' before 'Trade Minister'."""
    first, capital = start, texts[start][:1].isupper()
    joints = AND
    while first > 1 and lower[first - 1] in joints:
        begin = _portfolio_to(first - 1, lower)
        if begin is None or texts[begin][:1].isupper() is not capital or (begin and lower[begin - 1] in FOR):
            break
        first, joints = begin, frozenset({","})
    return first


def _portfolio_from(start: int, lower: Sequence[str]) -> int:
    """The end of the longest portfolio that begins at `start`; 0 where none does."""
    sizes = range(LONGEST, 0, -1)
    return next((start + n for n in sizes if tuple(lower[start : start + n]) in _portfolios()), 0)


def _portfolio_to(end: int, lower: Sequence[str]) -> int | None:
    """The start of the longest portfolio that ends before `end`."""
    sizes = range(min(LONGEST, end), 0, -1)
    return next((end - n for n in sizes if tuple(lower[end - n : end]) in _portfolios()), None)
