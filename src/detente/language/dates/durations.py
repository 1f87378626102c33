"""What counts and units mean: 'three days', 'within hours', 'every two weeks', 'the first nine months'.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

from .calendar import SET_OF_UNIT, period, unit_of
from .context import Context
from .numbers import number_of, ordinal_of
from .reading import Reading, unit_at
from .words import LASTING, MONTHS, PARTS, SEASONS, SETS, WEEKDAYS

APPROXIMATE: dict[str, str] = {
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "under": "LESS_THAN", "less than": "LESS_THAN", "fewer than": "LESS_THAN",
    "over": "MORE_THAN", "more than": "MORE_THAN", "at least": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS",
    "up to": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS", "only": "", "just": "",
}  # fmt: skip  # fmt: skip


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
    if t.kinds[i] == "u" and unit in {"CE", "DE"}:
        return Reading("DURATION", "P50Y" if unit == "CE" else "P5Y", clock=False)
    if t.kinds[i] == "e" and n == i + 1 and t.lower[n].endswith("s"):
        count = None  # 'a months-long siege'
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
        return Reading("DURATION", period(None if c.tokens.lower[i].endswith("s") else 1, unit), last=j, clock=False)
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
        return Reading("SET", f"XXXX-{MONTHS[last]:02d}", clock=False)
    words = [t.lower[n] for n in range(i + 1, j - 1)]
    unit = unit_of(last)
    if not words:
        return Reading("SET", set_value(c, unit), clock=False)
    if words[0] == "other":
        return Reading("SET", period(2, unit), clock=False)
    if kind == "U" and t.kinds[i + 1] == "x":
        return Reading("SET", set_value(c, unit), clock=False) if words[0] == "single" else None
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
    if t.lower[i] in LASTING:
        return Reading("DURATION", f"P{LASTING[t.lower[i]]}", clock=False)
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
