"""What the shapes made of counts and units mean: durations, sets, and dates so many units from the clock."""

from __future__ import annotations

from .calendar import SET_OF_UNIT, Stamp, moved, period, stamp_of, unit_of, year_value
from .context import Context
from .meaning import (
    Reading,
    calendar,
    clock_value,
    edge_of,
    quarter_value,
    today_value,
    unit_at,
    weekday_date,
)
from .numbers import number_of, ordinal_of
from .words import LOOSE, PARTS, SEASONS, SETS, WEEKDAYS

APPROXIMATE: dict[str, str] = {
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "under": "LESS_THAN", "less than": "LESS_THAN", "fewer than": "LESS_THAN",
    "over": "MORE_THAN", "more than": "MORE_THAN", "at least": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS",
    "up to": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS", "only": "", "just": "",
}  # fmt: skip


def count_of(c: Context, i: int, j: int) -> float | None:
    """The number before the unit in tokens [i, j)."""
    words = [c.tokens.lower[n] for n in range(i, j) if c.tokens.kinds[n] not in "Ul-tLqNfcvr"]
    return number_of(words)


def qualified(c: Context, i: int) -> tuple[int, str | None]:
    """Where the expression begins with 'more than', 'nearly', ... taken in, and its mod."""
    two = f"{c.tokens.low(i - 2)} {c.tokens.low(i - 1)}"
    if two in APPROXIMATE:
        return i - 2, APPROXIMATE[two]
    if (one := c.tokens.low(i - 1)) in APPROXIMATE and c.tokens.kinds[i - 1] not in "Q":
        return (i - 1 if APPROXIMATE[one] else i), APPROXIMATE[one] or None
    return i, None


def counted(c: Context, i: int, j: int) -> Reading | None:
    """'three days', 'a four-week', 'half an hour'; '$3 a year' is a rate."""
    t = c.tokens
    end = j
    while t.kinds[end - 1] in "'l" or t.kinds[end - 1] == "-":
        end -= 1
    n = max(k for k in range(i, end) if t.kinds[k] == "U") if "U" in t.kinds[i:end] else i
    after = t.low(j)
    if (
        after == "old"
        or (after == "-" and t.low(j + 1) in {"old", "olds"})
        or (after == "of" and t.low(j + 1) == "age")
    ):
        return narrative_age(c, i, n)
    unit = unit_of(t.lower[n])
    if unit == "GE" or (unit == "Q" and not (t.kinds[i] in "wd" and t.lower[n] == "quarters")):
        return None
    words = [t.lower[k] for k in range(i, end) if t.kinds[k] not in "Ul-"]
    if t.kinds[i] == "e" and n == i + 1 and is_rate(c, i):
        return Reading("SET", set_value(c, unit), clock=False)
    count = number_of(words)
    if after in {"and", "or"} and t.low(j + 1) in {"older", "younger", "up", "over", "under"} and not c.narrative:
        return None
    if unit == "Q" and count == 3:
        return None  # three quarters of it
    if (
        t.kinds[i] == "Y"
        and count is not None
        and 1900 <= count <= 2100
        and unit in {"D", "W", "M"}
        and not t.lower[n].endswith("s")
    ):
        return None
    if t.kinds[i] in "d#Y" and t.low(i - 1) == "$":
        return None
    if t.kinds[i] == "u" and unit in {"TH", "Y"}:
        return Reading("DURATION", "PT30M" if unit == "TH" else "P6M", clock=False)
    first, mod = qualified(c, i)
    return Reading("DURATION", period(count, unit), mod, first=first, last=end, clock=False)


def count_first(c: Context, i: int, j: int) -> Reading | None:
    """The '12' of 'between 12 and 18 months': a duration whose unit comes with the second number."""
    t = c.tokens
    if t.kinds[j] == "&" and t.low(i - 1) != "between":
        return None
    n = t.kinds.index("U", j)
    unit = unit_of(t.lower[n])
    if t.low(n + 1) == "old" or t.low(n + 2) == "old" or unit == "GE":
        return None
    return Reading("DURATION", period(count_of(c, i, j), unit), clock=False)


def narrative_age(c: Context, i: int, n: int) -> Reading | None:
    """Ages are durations in TIMEX2, on which histories were annotated, and nothing in TimeML's news."""
    if not c.narrative or c.tokens.low(n + 1) == "-":
        return None
    return Reading("DURATION", period(count_of(c, i, n), "Y"), clock=False)


def is_rate(c: Context, i: int) -> bool:
    """Whether 'a year' at token i means 'per year': after a sum, a share, or 'twice'."""
    before = c.tokens.low(i - 1)
    if before in {
        "once",
        "twice",
        "times",
        "percent",
        "%",
        "million",
        "billion",
        "dollars",
        ")",
        "thousand",
        "pounds",
        "euros",
        "barrels",
        "tons",
        "tonnes",
        "miles",
        "hours",
        "people",
        "days",
        "months",
        "cents",
    }:
        return True
    return before.isdigit() or (c.tokens.kinds[i - 1 : i] in ("#", "Y", "d") and i > 0)


def set_value(c: Context, unit: str) -> str:
    return SET_OF_UNIT.get(unit, "P1Y") if c.narrative and unit in SET_OF_UNIT else period(1, unit)


def units(c: Context, i: int, j: int) -> Reading | None:
    """'per year'; 'month-long'."""
    unit = unit_at(c, i, j)
    if c.tokens.kinds[i] == "p":
        return Reading("SET", period(1, unit), clock=False)
    if c.tokens.kinds[j - 1] == "l" and c.tokens.lower[j - 1] == "long":
        return Reading("DURATION", period(1, unit), last=j, clock=False)
    return None


def bare(c: Context, n: int, end: int) -> Reading | None:
    """'within days', 'for years', 'take weeks'; not 'the years' nor 'five-year'."""
    t = c.tokens
    if not t.lower[n].endswith("s") and t.lower[n] not in {"centuries"}:
        return None
    before = t.low(n - 1)
    unit = unit_of(t.lower[n])
    good = {
        "for",
        "in",
        "within",
        "of",
        "take",
        "takes",
        "took",
        "lasted",
        "after",
        "over",
        "spent",
        "spend",
        "and",
        "or",
        "last",
        "recent",
        "set",
        "by",
        "with",
        "than",
        "until",
        "through",
    }
    if before in good or (
        t.low(n + 1) in {"of", "before", "after"} and before not in {"the", "their", "his", "her", "its", "our", "my"}
    ):
        if unit in {"GE", "Q"}:
            return None
        return Reading("DURATION", period(None, unit), clock=False)
    return None


def ago(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    unit = unit_at(c, i, j)
    if t.kinds[i] == "l" or t.kinds[i] == "U":
        return Reading("DATE", "PAST_REF", clock=False)
    count = count_of(c, i, j - 1)
    base = c.reference or c.today
    first, mod = qualified(c, i)
    return shifted(c, base, count, unit, -1, mod, first)


def shifted(
    c: Context, base: Stamp | None, count: float | None, unit: str, sign: int, mod: str | None, first: int
) -> Reading:
    """The date `count` units before (sign -1) or after `base`."""
    vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if count is None or base is None:
        return Reading("DATE", vague, mod, first=first, clock=False)
    if unit in {"TH", "TM", "TS"}:
        return Reading("TIME", (base.value if base.day else today_value(c)) + "TXX:XX", mod, first=first, clock=False)
    whole = int(count)
    if unit == "Y" and not float(count).is_integer() and base.month:
        unit, whole = "M", round(count * 12)
    value = moved(base, sign * whole, unit)
    if value is None and unit in {"D", "W", "F"}:
        value = f"{base.value}-XX" if base.month else f"{base.year:04d}-XX-XX"
        return Reading("DATE", value, mod, first=first, clock=False)
    return Reading("DATE", value or vague, mod, first=first)


def later(c: Context, i: int, j: int) -> Reading | None:
    """'two days later', 'the day before', 'year-earlier'; with a clause after it ('two years after the war') the count
    alone is a duration."""
    t = c.tokens
    word = t.lower[j - 1]
    unit = unit_at(c, i, j)
    after = t.low(j)
    sign = -1 if t.kinds[j - 1] in "bg" else 1
    if t.kinds[i] == "U" and t.kinds[i + 1] == "-":
        base = c.reference or c.now
        return shifted(c, base, 1, unit, -1, None, i) if t.kinds[j - 1] in "bg" else None
    open_ended = after in {
        "",
        ",",
        ".",
        ";",
        ":",
        ")",
        '"',
        "”",
        "and",
        "but",
        "in",
        "on",
        "at",
        "when",
        "by",
        "he",
        "she",
        "they",
        "it",
        "to",
        "the",
    } and (word not in {"before", "after", "prior"} or after not in {"the", "he", "she", "they", "it", "a", "in", "to"})
    if word in {"later", "earlier", "afterwards", "afterward", "previously", "hence", "thereafter"}:
        open_ended = after != "than"
    if t.kinds[i] == "t":
        if not open_ended:
            return (
                Reading("DATE", "XXXX-XX-XX" if unit == "D" else "XXXX", last=j - 1, clock=False)
                if unit == "D"
                else None
            )
        return shifted(c, c.now, 1, unit, sign, None, i)
    if "i" in t.kinds[i:j]:
        return None
    if not open_ended:
        if t.kinds[i] == "U":
            return (
                Reading("DURATION", period(None, unit), last=j - 1, clock=False)
                if word in {"before", "after", "earlier", "prior"}
                else None
            )
        first, mod = qualified(c, i)
        return Reading("DURATION", period(count_of(c, i, j - 1), unit), mod, first=first, last=j - 1, clock=False)
    if t.kinds[i] == "U":
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", clock=False)
    first, mod = qualified(c, i)
    return shifted(c, c.now, count_of(c, i, j - 1), unit, sign, mod, first)


def span_of(c: Context, i: int, j: int) -> Reading | None:
    """'last week', 'the past two years', 'the following day', 'the next six months', 'recent weeks'."""
    t = c.tokens
    unit = unit_at(c, i, j)
    kinds = t.kinds[i:j]
    word = next((k for k in kinds if k in "LqvrNfc"), "L")
    plural = t.lower[j - 1].endswith("s") or t.lower[j - 1] in {"centuries", "millennia"}
    words = [t.lower[n] for n in range(i, j) if t.kinds[n] in "dwQ#"]
    if words:
        return Reading("DURATION", period(number_of(words), unit), clock=False)
    if plural:
        if word in "LqrNfcv":
            return Reading("DURATION", period(None, unit), clock=False)
        return None
    if word == "q":
        return Reading("DURATION", period(1, unit), clock=False)
    if t.low(j) == "of" and "t" in kinds and word in "L":
        return Reading("DURATION", period(1, unit), clock=False)
    if word == "f" and unit in {"DE", "CE"}:
        return Reading("DURATION", period(1, unit), clock=False)
    if unit in {"TH", "TM", "TS", "GE"}:
        return Reading("DURATION", period(1, unit), clock=False) if "t" in kinds else None
    base = c.now if word in "vf" or (word == "N" and "t" in kinds) or c.narrative else c.today
    sign = 1 if word in "Nfc" else -1
    if word == "L" and c.narrative and unit == "D":
        return None
    return shifted(c, base, 1, unit, sign, None, i)


def unit_end(c: Context, i: int, j: int) -> Reading | None:
    """'year-end', 'mid-week' the other way round: 'week-end' is no unit of its own here."""
    unit = unit_at(c, i, j)
    value = moved(c.today, 0, unit) if c.today else None
    return Reading("DATE", value, edge_of(c, i, j), clock=False) if value and unit in {"Y", "M", "Q"} else None


def day_beyond(c: Context, i: int, j: int) -> Reading | None:
    """'the day after tomorrow', 'the day before yesterday'."""
    base = c.reference or c.today
    count = {"tomorrow": 2, "yesterday": -2}.get(c.tokens.lower[j - 1])
    if count is None or unit_at(c, i, j) != "D":
        return None
    value = moved(base, count, "D") if base else None
    return Reading("DATE", value or "XXXX-XX-XX", clock=False)


def same(c: Context, i: int, j: int) -> Reading | None:
    """'this week', 'that year', 'the same day', 'these days'."""
    t = c.tokens
    unit = unit_at(c, i, j)
    word = t.kinds[i]
    if word == "z":
        if unit in {"TH", "TM", "TS"}:
            return None
        return Reading("DATE", "PRESENT_REF" if t.lower[i] == "these" else "PAST_REF", clock=False)
    if t.lower[j - 1].endswith("s") or unit in {"TH", "TM", "TS", "GE"}:
        return None
    base = c.today if word == "h" and not c.narrative else c.now
    if base is None:
        return Reading("DATE", "PRESENT_REF", clock=False)
    value = moved(base, 0, unit)
    if value is None:
        value = "XXXX-XX-XX" if unit == "D" else year_value(base.year)
    return Reading("DATE", value or "PRESENT_REF", clock=False)


def edge_unit(c: Context, i: int, j: int) -> Reading | None:
    """'later this year', 'early last month', 'the end of the year', 'later that month', 'year-end' turned round."""
    t = c.tokens
    n = next(k for k in range(j - 1, i, -1) if t.kinds[k] == "U")
    kinds = t.kinds[i:n]
    mod = edge_of(c, i, n)
    if "L" in kinds or "N" in kinds or "f" in kinds:
        inner = span_of(c, next(k for k in range(i, n) if t.kinds[k] in "LNf"), n + 1)
    else:
        unit = unit_at(c, i, j)
        base = c.now if "H" in kinds or c.narrative else c.today
        value = moved(base, 0, unit) if base else None
        inner = Reading("DATE", value, clock=False) if value else None
        if inner is None and base is not None and unit in {"D", "W", "M"}:
            inner = Reading("DATE", base.value, clock=False)
    if inner is None:
        return None
    return Reading(inner.type, inner.value, mod, clock=False)


def day_of_month(c: Context, i: int, j: int) -> Reading | None:
    """'the 5th', 'the 28th of that month', after a date that gives the month."""
    t = c.tokens
    day = ordinal_of(t.lower[i + 1])
    now = c.now
    if now is None or not now.month or not 1 <= day <= 31:
        return None
    if j - i == 2:
        if (
            t.lower[i + 1].isalpha()
            or t.low(i - 1) not in {"on", "by", "until", "since", "from", "of", "to"}
            or (t.low(j).isalpha() and t.low(j) not in {"and", "the", "when", "in", "as", "but", "to"})
        ):
            return None
    elif t.kinds[j - 1] == "U" and unit_of(t.lower[j - 1]) != "M":
        return None
    stamp = Stamp(now.year, now.month, day)
    return Reading("DATE", stamp.value) if stamp.date else None


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


def half(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] in "oL" and t.kinds[k + 1 : k + 3].strip("-")[:1] == "u")
    number = 2 if t.kinds[n] == "L" else ordinal_of(t.lower[n])
    if j == n + 2 and t.low(j) == "of":
        return None
    return quarter_value(c, i, j, number, "H")


def first_units(c: Context, i: int, j: int) -> Reading | None:
    """'the first nine months of 1990': a duration, and the year beside it."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "U")
    words = [t.lower[k] for k in range(i, n) if t.kinds[k] in "dwQ"]
    return Reading(
        "DURATION",
        period(number_of(words) if words else 1, unit_of(t.lower[n])),
        last=j if c.narrative else n + 1,
        clock=False,
    )


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


def each(c: Context, i: int, j: int) -> Reading | None:
    """'every day', 'each season', 'every two weeks', 'every third year'."""
    t = c.tokens
    last = t.lower[j - 1]
    kind = t.kinds[j - 1]
    if kind == "S":
        return Reading("SET", f"XXXX-{SEASONS[last]}", clock=False)
    if kind == "P":
        return Reading("SET", f"XXXX-XX-XXT{PARTS[last]}", clock=False)
    if kind == "M":
        from .words import MONTHS

        return Reading("SET", f"XXXX-{MONTHS[last]:02d}", clock=False)
    words = [t.lower[n] for n in range(i + 1, j - 1)]
    unit = unit_of(last)
    if not words:
        return Reading("SET", set_value(c, unit), clock=False)
    if words[0] == "other":
        return Reading("SET", period(2, unit), clock=False)
    count = ordinal_of(words[0]) or number_of(words)
    return Reading("SET", period(count, unit), clock=False)


def weekdays(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] in "GW")
    name = t.lower[n].rstrip("s")
    part = next((t.lower[k] for k in range(n, j) if t.kinds[k] == "P"), None)
    if t.low(n + 1) == "'" and t.kinds[n] == "G":
        return None
    return Reading(
        "SET",
        f"XXXX-WXX-{WEEKDAYS[name]}" + (f"T{PARTS[part]}" if part else ""),
        first=n if t.kinds[i] == "n" else -1,
        clock=False,
    )


def regular(c: Context, i: int, j: int) -> Reading | None:
    """'daily', 'annually', 'quarterly'."""
    t = c.tokens
    code = SETS[t.lower[i]]
    if t.word(i)[0].isupper() and i and t.word(i - 1)[:1].isupper():
        return None  # the Daily Telegraph
    if code in SET_OF_UNIT and c.narrative:
        return Reading("SET", SET_OF_UNIT[code], clock=False)
    return Reading(
        "SET",
        f"PT1{code[1]}" if code.startswith("T") else f"P{code}" if code[0].isdigit() else f"P1{code}",
        clock=False,
    )


def part_day(c: Context) -> str:
    base = c.clock if c.narrative or (c.clock and c.clock.day) else c.today
    return base.value if base and base.day else today_value(c)


def this_part(c: Context, i: int, j: int) -> Reading | None:
    """'this morning', 'last night', 'the next morning', 'that afternoon'."""
    t = c.tokens
    part = PARTS[t.lower[j - 1]]
    kinds = t.kinds[i : j - 1]
    base = c.reference or c.today if "h" in kinds or "L" in kinds else c.now
    if c.narrative:
        base = c.clock or c.reference
    if base is None or not base.day:
        return Reading("TIME", f"XXXX-XX-XXT{part}", clock=False)
    days = -1 if "L" in kinds or "v" in kinds else 1 if "N" in kinds or "f" in kinds else 0
    if "t" in kinds and not days and "s" not in kinds and t.low(i - 1) not in {"in", "during", "by", "of", "on"}:
        return None
    day = moved(base, days, "D")
    return Reading("TIME", f"{day}T{part}", edge_of(c, i, j), clock=bool(days)) if day else None


def part(c: Context, i: int, j: int) -> Reading | None:
    """'at night', 'at noon', 'overnight'."""
    t = c.tokens
    low = t.lower[j - 1]
    before = t.low(i - 1)
    code = PARTS[low]
    if low in {"noon", "midnight", "midday"} and before in {
        "at",
        "by",
        "until",
        "before",
        "after",
        "around",
        "about",
        "of",
        "since",
    }:
        base = c.now
        if t.kinds[j : j + 2] == "nW":
            day = weekday_date(c, j + 1, j + 2)
            return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{code}", clock=False)
        return Reading("TIME", f"{base.value if base and base.day else 'XXXX-XX-XX'}T{code}", clock=False)
    if low in {"overnight"}:
        return Reading("TIME", f"{part_day(c)}TNI", clock=False)
    if low in {"dawn", "dusk", "nightfall", "daybreak", "night"} and before in {
        "at",
        "by",
        "until",
        "before",
        "after",
        "late",
        "all",
    }:
        if low == "night" or c.narrative:
            return Reading("TIME", f"XXXX-XX-XXT{code}", clock=False)
        return Reading("TIME", f"{part_day(c)}T{code}", clock=False)
    if low in {"nights", "mornings", "evenings", "afternoons"}:
        return Reading("SET", f"XXXX-XX-XXT{code}", clock=False)
    return None


def part_of_date(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "P")
    o = next(k for k in range(n, j) if t.kinds[k] == "O")
    if "M" in t.kinds[o:j]:
        inner = calendar(c, o + 1, j)
    else:
        from .meaning import fallen_day

        inner = fallen_day(c, j - 1, j)
    return inner and Reading("TIME", f"{inner.value}T{PARTS[t.lower[n]]}", edge_of(c, i, o), inner.explicit)


def date_part(c: Context, i: int, j: int) -> Reading | None:
    inner = calendar(c, i, j)
    return inner and Reading("TIME", f"{inner.value}T{PARTS[c.tokens.lower[j - 1]]}", None, inner.explicit)


def date_clock(c: Context, i: int, j: int) -> Reading | None:
    m = next(k for k in range(j - 1, i, -1) if c.tokens.kinds[k] in "Cd")
    inner = calendar(c, i, m)
    return inner and Reading("TIME", inner.value + (clock_value(c, m, j) or ""), None, inner.explicit)


def clock_date(c: Context, i: int, j: int) -> Reading | None:
    """'6 p.m. on Monday', '10:00 GMT on May 3': one time, though annotators often mark two expressions."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "n")
    timed = clock_value(c, i, n)
    if timed is None:
        return None
    if "W" in t.kinds[n:j] and "M" not in t.kinds[n:j]:
        day = weekday_date(c, n + 1, j)
        return Reading("TIME", (day or "XXXX-XX-XX") + timed, last=n, clock=False)
    inner = calendar(c, n + 1, j)
    return inner and Reading("TIME", inner.value + timed, last=n, clock=False)


def eve(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    o = next(k for k in range(i, j) if t.kinds[k] == "O")
    if "Ω" in t.kinds[o:j]:
        from .meaning import holiday

        inner = holiday(c, t.kinds.index("Ω", o), j)
    else:
        inner = calendar(c, o + 1, j)
    stamp = stamp_of(inner.value) if inner else None
    value = moved(stamp, -1, "D") if stamp and stamp.day else None
    return Reading("DATE", value) if value else None


def timely(c: Context, i: int, j: int) -> Reading | None:
    """'at the time', 'that time', 'the same time', 'this period'."""
    t = c.tokens
    low = t.lower[j - 1]
    kinds = t.kinds[i:j]
    before = t.low(i - 1)
    after = t.low(j)
    if c.narrative:
        if "t" in kinds and "s" not in kinds and ((before != "at" and t.kinds[i] != "n") or low == "period"):
            return None
        if c.clock and "t" not in kinds:
            return Reading("DATE", c.clock.value, clock=False)
        return Reading(
            "DATE", "PRESENT_REF" if "s" not in kinds else c.clock.value if c.clock else "PAST_REF", clock=False
        )
    if low == "time" and kinds.endswith("ti") and before == "at" and after != "of":
        return Reading("DATE", "PAST_REF", clock=False)
    if low == "time" and "H" in kinds and before in {"at", "by", "since", "until"}:
        return Reading("DATE", "PAST_REF", clock=False)
    return None


def past(c: Context, i: int, j: int) -> Reading | None:
    """'the past', 'the near future', 'the present'."""
    t = c.tokens
    low = t.lower[j - 1]
    after = t.low(j)
    if (
        after.isalpha()
        and low in {"future", "present", "recent", "current", "former"}
        and after
        not in {"and", "of", "is", "will", "as", "but", "when", "that", "for", "or", "to", "with", "he", "she", "by"}
    ):
        return Reading("DATE", LOOSE[low], first=j - 1, clock=False) if c.narrative or low == "current" else None
    if low == "past":
        return (
            Reading("DATE", "PAST_REF", clock=False)
            if after not in {"the"} and t.kinds[j : j + 1] not in ("U", "w", "Q", "d")
            else None
        )
    if low in {"future", "present"}:
        return Reading("DATE", LOOSE[low], clock=False)
    return None


def loose(c: Context, i: int, j: int) -> Reading | None:
    """'former', 'current', 'at present', 'present-day'."""
    t = c.tokens
    low = t.lower[i]
    if j > i + 1:
        if low == "recent":
            return (
                Reading("DURATION", period(None, unit_of(t.lower[j - 1])), clock=False)
                if t.lower[j - 1].endswith("s")
                else None
            )
        if low == "present":
            return Reading("DATE", "PRESENT_REF", clock=False)
        j = i + 1
    if low == "present":
        return Reading("DATE", "PRESENT_REF", clock=False) if t.low(i - 1) == "at" else None
    if low == "recent":
        return Reading("DATE", "PAST_REF", last=i + 1, clock=False) if c.narrative else None
    if low == "former" and not c.narrative:
        return None
    if low == "future" and not c.narrative and t.low(i - 1) not in {"in", "the"}:
        return None
    return Reading("DATE", LOOSE[low], last=i + 1, clock=False)


def weekend(c: Context, i: int, j: int) -> Reading | None:
    """'over the weekend': the one before or, where the clause looks ahead, the one to come."""
    base = c.today
    if base is None or not base.day or c.tokens.low(j) == "of":
        return None
    weekday = base.date.isoweekday() if base.date else 1
    back = 0 if weekday >= 6 else -1
    value = moved(base, back + (c.ahead(i, j) and back < 0), "WE")
    return Reading("DATE", value, clock=False) if value else None


def the_unit(c: Context, i: int, j: int) -> Reading | None:
    """'in the quarter', 'for the year': where business news means its own period."""
    t = c.tokens
    unit = unit_of(t.lower[j - 1])
    before, after = t.low(i - 1), t.low(j)
    if unit == "WE" and not t.lower[j - 1].endswith("s"):
        return weekend(c, i, j)
    if c.narrative or after == "of" or after.isdigit() or unit not in {"Y", "Q"} or t.lower[j - 1].endswith("s"):
        return None
    if before not in {"for", "in", "during", "of", "this"}:
        return None
    base = c.now if unit == "Q" else c.today
    value = moved(base, 0, unit) if base else None
    return Reading("DATE", value, clock=False) if value else None
