"""What is told from an occasion: holidays, the eve of one, the days before and after what the text dates.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

import re

from .calendar import moved, stamp_of
from .context import Context
from .days import weekday_date
from .durations import count_of
from .grammar import FULL
from .holidays import holiday_in
from .reading import Reading, edge_of, unit_at
from .words import PARTS
from .years import calendar


def holiday(c: Context, i: int, j: int) -> Reading | None:
    """'last Christmas', 'Easter 2010', 'the end of Ramadan', 'the Passover raids of 2002'; not 'the Tet Offensive'."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "Ω")
    if j == n + 1 and t.kinds[j : j + 1] == "x" and t.word(j)[0].isupper() and t.gap(j):
        return None
    mod = edge_of(c, i, n)
    name, end = t.lower[n], mod == "END"
    named = t.lower[j - 1] if t.kinds[j - 1] == "Y" else year_behind(c, j)
    if named:
        said = holiday_in(name, int(named), end=end)
        return Reading("DATE", said, mod, clock="XX" not in said)
    base = c.today
    if base is None:
        return Reading("DATE", "XXXX-XX-XX", mod, clock=False)
    kinds = t.kinds[i:n]
    here = holiday_in(name, base.year, end=end)
    now = base.value[: len(here)]
    shift = 0
    if not c.narrative and base.month and not here.endswith("XX"):
        if "L" not in kinds and (c.ahead(i, j) or "N" in kinds):
            shift = int(here < now)
        else:
            shift = -int(here > now)
    if "L" in kinds and not c.narrative and shift == 0:
        shift = -int(here >= now)
    there = base.year + shift
    if not 1 <= there <= 9999:
        return None
    value = holiday_in(name, there, end=end)
    if t.kinds[j - 1] == "P":
        return Reading("TIME", f"{value}T{PARTS[t.lower[j - 1]]}")
    return Reading("DATE", value, mod, clock="XX" not in value)


YEAR_BEHIND = re.compile(r"x{1,3}[OI](Y)")


def year_behind(c: Context, j: int) -> str:
    """The year of 'the Christmas bombing of 1972', told behind what took place; '' where there is none."""
    match = YEAR_BEHIND.match(c.tokens.kinds, j)
    return c.tokens.lower[match.start(1)] if match is not None and not c.tokens.breaks(j - 1, match.end() - 1) else ""


def eve(c: Context, i: int, j: int) -> Reading | None:
    """'the eve of May 9', 'the eve of Ramadan 2015', 'the eve of Sunday's vote'."""
    first = c.tokens.kinds.index("O", i) + 1
    stamp = stamp_of(day_at(c, first + (c.tokens.kinds[first] == "t"), j))
    if stamp is not None and stamp.month and not stamp.day:
        return Reading("DATE", stamp.value, "START")  # 'the eve of Ramadan': the month is not known to the day
    value = moved(stamp, -1, "D") if stamp and stamp.day else None
    return Reading("DATE", value) if value else None


def day_at(c: Context, i: int, j: int) -> str | None:
    """The value of the day, weekday or holiday in tokens [i, j)."""
    kinds = c.tokens.kinds[i:j]
    if "Ω" in kinds:
        read = holiday(c, i, j)
        return read.value if read is not None else None
    if "W" in kinds and "M" not in kinds:
        return weekday_date(c, i, j)
    read = calendar(c, i, j)
    return read.value if read is not None else None


DATED = re.compile(rf"(?:{FULL}|[LNh]?W|Ω)")
MOST_BETWEEN = 3
OPENING = frozenset("is was will be due set opens opened begins began held scheduled planned for".split())
"""What may stand between an event and its day: 'the vote is on Sunday', 'the talks, due on Friday'."""
"""Words between an event's noun and the day that the text gives it."""
NOT_OF_IT = frozenset(
    "with by for at from as after before when where while who which but or he she they it we said says will would has "
    "had have was were is are be been".split()
)
"""Words behind an event's noun that belong to it no longer."""


def beside_event(c: Context, i: int, j: int) -> Reading | None:
    """'the eve of the summit', 'two days before the vote': counted from the day that the text gives the event."""
    t = c.tokens
    first = j + (t.kinds[j] in "thH")
    end = first
    while (
        end - first < 4 and t.kinds[end : end + 1] == "x" and t.word(end)[0].isalnum() and t.low(end) not in NOT_OF_IT
    ):
        end += 1
    if end == first or t.breaks(i, end - 1):
        return None
    days = (day_of_event(c, noun) for noun in reversed(range(first, end)))
    stamp = stamp_of(next((day for day in days if day), None))
    if stamp is None or not stamp.day:
        return None
    if "V" in t.kinds[i:j]:
        there = moved(stamp, -1, "D")
        return Reading("DATE", there, last=j - 1, clock=False) if there else None
    count = 1.0 if t.kinds[i] == "t" else count_of(c, i, j - 1)
    if not count or not float(count).is_integer():
        return None
    weeks = {"W": 7, "F": 14}.get(unit_at(c, i, j))
    there = moved(
        stamp, (-1 if t.kinds[j - 1] == "b" else 1) * int(count) * (weeks or 1), "D" if weeks else unit_at(c, i, j)
    )
    return Reading("DATE", there, clock=False) if there else None


def day_of_event(c: Context, noun: int) -> str | None:
    """The day that the text gives the event named by token `noun`, here or elsewhere: 'the vote on Sunday',
    'Sunday's vote', 'the May 9 vote'."""
    t = c.tokens
    here = [noun, *(n for n, word in enumerate(t.lower) if word == t.lower[noun] and n != noun)]
    for n in here[:8]:
        for k in range(n + 1, min(n + 2 + MOST_BETWEEN, len(t.kinds))):
            if t.kinds[k - 1] in "n,x-" and (match := DATED.match(t.kinds, k)) and not t.breaks(n, k):
                return day_at(c, k, match.end())
            if t.kinds[k] not in "nx," or t.low(k) in NOT_OF_IT - OPENING:
                break
        for k in range(max(0, n - 2 - MOST_BETWEEN), n):
            match = DATED.match(t.kinds, k)
            if match and match.end() <= n and set(t.kinds[match.end() : n]) <= set("x'") and not t.breaks(k, n):
                return day_at(c, k, match.end())
    return None
