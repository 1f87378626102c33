"""What the shapes of months, years and longer mean: 'March 1944', 'the 1990s', 'last summer', 'the third quarter'.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

from .calendar import Stamp, day_of
from .context import Context
from .numbers import ordinal_of
from .reading import Reading, edge_of, today_value
from .words import DECADES, MONTHS, NEEDS_NUMBER, SEASONS


def century_for(c: Context, two: int) -> int:
    """The year that "'79" means: in the clock's century in a history, else the nearest past one."""
    now = c.now or Stamp(2000)
    if c.narrative:
        return now.year // 100 * 100 + two or 100
    century = now.year // 100 * 100
    near = century + two if century + two <= now.year + 5 else century - 100 + two
    return near if near >= 1 else century + two or 100


def relative_year(c: Context, i: int, j: int) -> int:
    """'of last year', 'of that year', 'next year'."""
    kinds = c.tokens.kinds[i:j]
    if "L" in kinds or "v" in kinds:
        base = c.today if "L" in kinds else c.now
        return base.year - 1 if base else 0
    if "N" in kinds or "f" in kinds:
        base = c.today if "N" in kinds else c.now
        return base.year + 1 if base else 0
    base = c.now if "H" in kinds or "s" in kinds else c.today
    return base.year if base else 0


def year_of_range(c: Context, j: int, month: int) -> int:
    """The year that the other end of 'from May 15 to August 16, 1988' names."""
    kinds, lower = c.tokens.kinds, c.tokens.lower
    n = j
    if kinds[n : n + 1] == "-" or lower[n : n + 1] in (["to"], ["until"], ["and"], ["through"]):
        after, until = "", n + 1
        while until < min(len(kinds), n + 7) and kinds[until] in "tMdoY,A":
            after += kinds[until]
            until += 1
            if after.endswith("Y"):
                break
        if (after.endswith("Y") and "M" in after) or after in ("dY", "d,Y"):
            year = int(lower[until - 1])
            other = next((MONTHS[lower[k]] for k in range(n, until) if kinds[k] == "M"), month)
            return year - 1 if month and other < month else year
    return 0


def calendar(c: Context, i: int, j: int) -> Reading | None:
    """Any run of day, month and year."""
    kinds, lower = c.tokens.kinds, c.tokens.lower
    month = day = year = 0
    short = False
    for n in range(i, j):
        kind = kinds[n]
        if kind == "M" and not month:
            month = MONTHS[lower[n]]
        elif kind == "Y":
            year = int(lower[n])
        elif kind in "d#" and n and kinds[n - 1] == "'":
            year, short = century_for(c, int(lower[n])), True
        elif kind == "d" and not day:
            day = int(lower[n])
        elif kind == "o" and not day:
            day = ordinal_of(lower[n])
    explicit = bool(year)
    if not year and "U" in kinds[i:j]:
        year = relative_year(c, i, j)
    if not year:
        year = year_of_range(c, j, month) or c.year_for(month, day, i, j) or 0
    if short and not month:
        return None
    if not year:
        return Reading(
            "DATE", f"XXXX-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else ""), edge_of(c, i, j), clock=False
        )
    if day and day_of(year, month, day) is None:
        return None if day > 31 else Reading("DATE", f"{year:04d}-{month:02d}", edge_of(c, i, j), explicit)
    return Reading("DATE", Stamp(year, month, day).value, edge_of(c, i, j), explicit)


def full(c: Context, i: int, j: int) -> Reading | None:
    kinds = c.tokens.kinds
    if kinds[j : j + 1] == "%" or (kinds[j - 1] == "M" and not c.tokens.word(j - 1)[0].isupper()):
        return None
    return calendar(c, i, j)


def month_year(c: Context, i: int, j: int) -> Reading | None:
    return calendar(c, i, j)


def fallen_day(c: Context, i: int, j: int) -> Reading | None:
    """The '14' of '14-24 August'."""
    if c.tokens.kinds[j] == "&" and c.tokens.low(i - 1) not in {"between", "on"}:
        return None
    n = j + 1 + (c.tokens.kinds[j + 1] == "t")
    month = MONTHS[c.tokens.lower[n + 1]]
    day = int(c.tokens.lower[i]) if c.tokens.kinds[i] == "d" else ordinal_of(c.tokens.lower[i])
    year = int(c.tokens.lower[n + 2]) if c.tokens.kinds[n + 2 : n + 3] == "Y" else c.year_for(month, day, i, j)
    if year is None or day_of(year, month, day) is None:
        return None
    return Reading("DATE", f"{year:04d}-{month:02d}-{day:02d}")


def month(c: Context, i: int, j: int) -> Reading | None:
    n = next(k for k in range(i, j) if c.tokens.kinds[k] == "M")
    word, low = c.tokens.word(n), c.tokens.lower[n]
    before = c.tokens.low(i - 1)
    after = c.tokens.word(j)
    if low in NEEDS_NUMBER and not word.endswith("."):
        return None
    if low in {"may", "march", "august", "april", "june"} and i == n:
        timely = before in {
            "in",
            "since",
            "until",
            "till",
            "by",
            "of",
            "to",
            "and",
            "or",
            "from",
            "between",
            "through",
            "during",
            "for",
            "on",
            "before",
            "after",
            "throughout",
            "around",
            ",",
            "(",
            "-",
            "–",
            "that",
            "late",
            "early",
        }
        named = (after[:1].isupper() and low not in {"may", "march"}) or before in {"ms.", "miss", "prime"}
        if low in {"may", "march"} and not timely:
            return None
        if low in {"april", "june", "august"} and not timely and named:
            return None
    modifiers = c.tokens.kinds[i:n]
    number = MONTHS[low]
    base = c.today
    year: int | None
    if (base and "L" in modifiers) or (base and "v" in modifiers) or (base and "q" in modifiers):
        now = c.now if c.narrative or "v" in modifiers else base
        assert now is not None
        year = now.year if number < (now.month or 13) else now.year - 1
    elif base and ("N" in modifiers or "f" in modifiers):
        year = base.year if number > (base.month or 0) else base.year + 1
    elif base and "h" in modifiers:
        year = base.year
    else:
        year = year_of_range(c, j, number) or c.year_for(number, 0, i, j)
    if not year:
        return Reading("DATE", f"XXXX-{number:02d}", edge_of(c, i, n), clock=False)
    return Reading("DATE", f"{year:04d}-{number:02d}", edge_of(c, i, n))


def year(c: Context, i: int, j: int) -> Reading | None:
    """A number that may be a year: what stands around it decides."""
    t = c.tokens
    n = j - 1
    number = int(t.lower[n])
    before, after = t.low(i - 1), t.low(j)
    if before == "." and t.low(i - 2) in {"no", "nos"}:
        return None
    if before in {"$", "€", "£", "no", "#", "+", "=", "nearly", "roughly", "approximately", "than"} or after in {
        "%",
        "percent",
        "°",
        "$",
    }:
        return None
    if after in COUNTED_THINGS or c.tokens.low(j + 1) in {"avenue", "street", "road", "boulevard"}:
        return None
    if after in {"gmt", "utc", "hours", "hrs"} and number < 2400 and number % 100 < 60 and i == n:
        return Reading("TIME", f"{today_value(c)}T{number // 100:02d}:{number % 100:02d}", clock=False)
    if t.kinds[j : j + 1] in ("U", "w") and not t.word(j - 1).endswith("s"):
        return None
    if (before in {".", ":"} and not t.gap(i)) or (
        after in {".", ":", ","} and not t.gap(j) and not t.gap(j + 1) and t.low(j + 1).isdigit()
    ):
        return None
    if (i == n and number < 1600) or number > 2060:
        known = before in {
            "in",
            "since",
            "until",
            "by",
            "from",
            "of",
            "year",
            "circa",
            "ad",
            "to",
            "-",
            "before",
            "after",
        }
        if not known or (after.isalpha() and after.endswith("s") and after not in {"as", "was", "this", "is", "his"}):
            return None
    elif i == n and before not in {
        "in",
        "since",
        "until",
        "by",
        "from",
        "of",
        "year",
        "and",
        "-",
        "during",
        "after",
        "before",
        "early",
        "late",
        "the",
    }:
        # '2000 troops': a plural noun follows, and no word before it says that a year is meant.
        if (
            after.isalpha()
            and after.islower()
            and after.endswith("s")
            and len(after) > 3
            and after not in {"was", "this", "elections", "does", "has"}
            and number in range(1000, 2201, 100)
        ):
            return None
        if t.word(j)[:1].isupper() and before in {"some", "about", "over"}:
            return None
    return Reading("DATE", f"{number:04d}", edge_of(c, i, j), explicit=True)


def the_year(c: Context, i: int, j: int) -> Reading | None:
    return year(c, j - 1, j) and Reading("DATE", c.tokens.lower[j - 1], edge_of(c, i, j), explicit=True)


def short_year(c: Context, i: int, j: int) -> Reading | None:
    if c.tokens.low(i - 1) not in {
        "in",
        "of",
        "since",
        "until",
        "by",
        "from",
        "summer",
        "spring",
        "winter",
        "fall",
        "autumn",
        "early",
        "late",
        "and",
    }:
        return None
    if len(c.tokens.lower[j - 1]) != 2:
        return None
    return Reading("DATE", f"{century_for(c, int(c.tokens.lower[j - 1])):04d}")


COUNTED_THINGS = frozenset(
    (
        "people troops men women soldiers points miles kilometers kilometres km meters metres feet tons tonnes "
        "dollars votes seats jobs workers employees units homes acres hectares barrels degrees calories pounds "
        "euros yen rpm mph prisoners refugees deaths casualties protesters demonstrators police policemen "
        "officers tanks aircraft missiles copies"
    ).split()
)
"""What stands after a number that is no year."""


def era(c: Context, i: int, j: int) -> Reading | None:
    digits = next((c.tokens.lower[n] for n in range(i, j) if c.tokens.lower[n].isdigit()), "")
    if not digits or not 1 <= int(digits) <= 9999:
        return None
    if any(c.tokens.lower[n].startswith("b") for n in range(i, j)):
        return Reading("DATE", f"BC{int(digits):04d}", clock=False)
    if not c.tokens.word(i)[0].isupper() and not c.tokens.word(j - 1)[0].isupper():
        return None
    return Reading("DATE", f"{int(digits):04d}", explicit=True)


def decade(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    word = t.lower[j - 1]
    if word in DECADES:
        before = t.low(j - 2) if j - 2 >= i else ""
        before = t.low(j - 3) if before == "-" else before
        century = {"nineteen": 19, "eighteen": 18, "seventeen": 17, "twenty": 20}.get(before, 19)
        if i == j - 1 or t.low(j - 2) in {"his", "her", "their"}:
            return None
        return Reading("DATE", f"{century}{DECADES[word] // 10}", edge_of(c, i, j))
    if "w" in t.kinds[i:j]:
        return None
    digits = word.rstrip("s'’")
    if len(digits) == 2:
        if t.low(j - 2) not in {"'", "’", "‘", "the", "mid", "early", "late", "-"} or t.low(i - 1) in {
            "his",
            "her",
            "their",
        }:
            return None
        return Reading("DATE", f"{century_for(c, int(digits)):04d}"[:3], edge_of(c, i, j))
    if len(digits) != 4 or digits[:3] == "000":
        return None
    return Reading("DATE", digits[:3], edge_of(c, i, j), explicit=True)


def season(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "S")
    low = t.lower[n]
    letters = SEASONS[low]
    front, back = t.kinds[i:n], t.kinds[n + 1 : j]
    before = t.low(i - 1)
    if low in {"fall", "spring"} and not back and not set(front) & set("LNhHvfcEA"):
        if "t" in front or before in {"in", "of", "by", "since", "until", "last", "next", "during", "and"}:
            if t.low(n + 1) in {"of", "in", "from", "to"} or (
                low == "fall" and t.low(n + 1).isalpha() and t.low(n + 1) not in {"and", "when", "but", "as", "the"}
            ):
                return None
        elif not (t.word(n)[0].isupper() and n == i and t.word(n - 1)[:1].islower()):
            return None
    if "E" in front:
        return Reading("SET", f"XXXX-{letters}")
    named = next((int(t.lower[k]) for k in range(n, j) if t.kinds[k] == "Y"), 0)
    if named:
        return Reading("DATE", f"{named:04d}-{letters}", edge_of(c, i, n), explicit=True)
    base = c.today
    if back and "U" in back:
        year_there: int | None = relative_year(c, n, j)
    elif base is None:
        year_there = None
    else:
        when = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[letters]
        year_there = base.year
        if c.narrative:
            if "N" in front or "f" in front:
                year_there += when <= (base.month or 0)
            elif "v" in front or "L" in front:
                year_there -= when >= (base.month or 13)
            elif letters == "WI" and (base.month or 0) in {3, 4, 5, 6}:
                year_there -= 1
        elif "L" in front or "q" in front or "v" in front:
            # Last summer, said in spring, was in the year before; said in autumn, in this one.
            year_there -= when + 2 >= (base.month or 12) or letters == "WI"
        elif "N" in front or "f" in front or "c" in front:
            year_there += when <= (base.month or 1)
        elif "h" not in front and not c.ahead(i, j):
            year_there -= when > (base.month or 12)
    if not year_there:
        return Reading("DATE", f"XXXX-{letters}", edge_of(c, i, n), clock=False)
    return Reading("DATE", f"{year_there:04d}-{letters}", edge_of(c, i, n))
