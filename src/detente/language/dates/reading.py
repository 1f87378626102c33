"""What a rule makes of the words that it matched, and what several rules need to know."""

from __future__ import annotations

from dataclasses import dataclass

from .calendar import unit_of
from .context import Context
from .words import EDGES


@dataclass(slots=True)
class Reading:
    """A time expression read: `first` and `last` narrow or widen the matched tokens where they are not -1."""

    type: str
    value: str
    mod: str | None = None
    explicit: bool = False
    """It names its year itself."""
    first: int = -1
    last: int = -1
    clock: bool = True
    """It may move the narrative's clock."""


def edge_of(c: Context, i: int, j: int) -> str | None:
    """START, MID or END for 'early', 'mid-', 'the end of'."""
    for n in range(i, j):
        if c.tokens.kinds[n] in "AB":
            return EDGES.get(c.tokens.lower[n])
    return None


def unit_at(c: Context, i: int, j: int) -> str:
    """The unit named in tokens [i, j): the last one."""
    for n in range(j - 1, i - 1, -1):
        if c.tokens.kinds[n] == "U":
            return unit_of(c.tokens.lower[n])
    return "D"


def today_value(c: Context) -> str:
    base = c.today
    if base is None:
        return "XXXX-XX-XX"
    return base.value if base.day else f"{base.value}-XX" if base.month else f"{base.value}-XX-XX"
