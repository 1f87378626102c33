"""What the shapes of parts of years and of fiscal years mean: 'the third quarter', 'H1', 'the 2021-22 fiscal year'.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

from .calendar import moved, unit_of, year_value
from .context import Context
from .numbers import ordinal_of
from .reading import Reading, edge_of
from .words import UNITS
from .years import relative_year


def sub_year(c: Context, i: int, j: int, letters: str) -> str | None:
    """The year of a quarter or half: named, relative, or by the tense of the clause."""
    t = c.tokens
    for n in range(i, j):
        if t.kinds[n] == "Y":
            return t.lower[n]
    u = [n for n in range(i, j) if t.kinds[n] == "U" and UNITS[t.lower[n]] == "Y"]
    if u:
        found = relative_year(c, u[0] - 2 if u[0] - 2 > i else i, u[0] + 1)
        return year_value(found)
    base = c.now if c.narrative else c.reference or c.now
    if base is None:
        return None
    number = int(letters[1])
    there = base.year
    if base.month:
        size = 3 if letters[0] == "Q" else 6
        here = (base.month - 1) // size + 1
        ahead = c.ahead(i, j)
        if number > here and not ahead:
            there -= 1
        elif number < here and ahead:
            there += 1
    return year_value(there)


def quarter_value(c: Context, i: int, j: int, number: int, letter: str) -> Reading | None:
    if not 1 <= number <= (4 if letter == "Q" else 2):
        return None
    there = sub_year(c, i, j, f"{letter}{number}")
    return Reading("DATE", f"{there or 'XXXX'}-{letter}{number}", clock=False)


def coded(c: Context, i: int, j: int) -> Reading | None:
    """'Q3 2011', 'H1'."""
    low = c.tokens.lower[i]
    if j == i + 1 and low[0] == "h":
        return None
    return quarter_value(c, i, j, int(low[1]), low[0].upper())


def quarter(c: Context, i: int, j: int) -> Reading | None:
    """'the third quarter', 'fourth-quarter', 'the 20th century', 'the first quarter of 1990'."""
    t = c.tokens
    o = next(n for n in range(i, j) if t.kinds[n] == "o")
    n = next(k for k in range(o, j) if t.kinds[k] == "U")
    number = ordinal_of(t.lower[o])
    unit = unit_of(t.lower[n])
    if unit == "Q":
        return quarter_value(c, i, j, number, "Q")
    if unit == "CE" and 1 <= number <= 99:
        if t.kinds[n + 1 : n + 2] == "Z" and t.lower[n + 1].startswith("b"):
            return Reading("DATE", f"BC{number - 1:02d}", last=n + 2, clock=False)
        return Reading("DATE", f"{number - 1:02d}", edge_of(c, i, o), last=n + 1, clock=False)
    return None


def year_quarter(c: Context, i: int, j: int) -> Reading | None:
    """'the 1988 third quarter'."""
    return quarter(c, i, j)


def half(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] in "oL" and t.kinds[k + 1 : k + 3].strip("-")[:1] == "u")
    number = 2 if t.kinds[n] == "L" else ordinal_of(t.lower[n])
    if j == n + 2 and t.low(j) == "of":
        return None
    return quarter_value(c, i, j, number, "H")


def fiscal(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    for n in range(i, j):
        if t.kinds[n] == "Y":
            return Reading("DATE", t.lower[n], edge_of(c, i, j), clock=False)
    if t.kinds[j - 1] != "U" or unit_of(t.lower[j - 1]) != "Y":
        return None
    base = c.today
    shift = -1 if "L" in t.kinds[i:j] else 1 if "N" in t.kinds[i:j] else 0
    value = moved(base, shift, "Y") if base else None
    return Reading("DATE", value or "XXXX", edge_of(c, i, j), clock=False)


def fiscal_years(c: Context, i: int, j: int) -> Reading | None:
    """'the 2018 fiscal year', 'the 2021-22 fiscal year', 'fiscal 2021/22': named by the year in which it ends."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "Y")
    year = int(t.lower[n])
    if t.kinds[n + 1] in "-/":
        end = t.lower[n + 2]
        later = int(end) if len(end) == 4 else year // 100 * 100 + int(end) + 100 * (int(end) == 0 and year % 100 == 99)
        if later - year not in (1, 2) or len(end) not in (2, 4):
            return None
        year = later
    return Reading("DATE", f"{year:04d}", edge_of(c, i, n), clock=False)
