"""What is told from the clock: 'two days later', 'last week', 'that year', 'the weekend', 'at the time', 'former'.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

from .calendar import Stamp, moved, period, unit_of, year_value
from .context import Context
from .durations import count_of, qualified
from .numbers import number_of
from .reading import Reading, edge_of, today_value, unit_at
from .words import LOOSE


def ago(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    unit = unit_at(c, i, j)
    if t.kinds[i] == "l" or t.kinds[i] == "U":
        return Reading("DATE", "PAST_REF", clock=False)
    count = count_of(c, i, j - 1)
    base = c.reference or c.today
    first, mod = qualified(c, i)
    return shifted(c, base, count, unit, -1, mod, first)


def hence(c: Context, i: int, j: int) -> Reading | None:
    """'in two weeks' time'."""
    t = c.tokens
    if t.lower[j - 1] != "time" or t.low(i - 1) != "in":
        return None
    first, mod = qualified(c, i)
    return shifted(c, c.reference or c.today, count_of(c, i, j - 2), unit_at(c, i, j), 1, mod, first)


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
    if value is None and not base.day and unit in {"D", "W", "F"}:
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
    if t.kinds[j - 2] == "-":
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
    if t.kinds[i] == "L" and t.low(i - 1) in {"to", "will", "would", "could", "should", "may", "might", "can", "not"}:
        return None  # 'expected to last three months'
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
    if before not in {"for", "in", "during", "throughout"} and not (before == "of" and t.low(i - 2) == "rest"):
        return None
    if unit == "Y" and after in {"to", "ended", "ending", "through"} and t.kinds[j + 1 : j + 2] in ("M", "d", "t"):
        return Reading("DURATION", "P1Y", clock=False)  # 'in the year to May'
    base = c.now if unit == "Q" else c.today
    value = moved(base, 0, unit) if base else None
    return Reading("DATE", value, clock=False) if value else None
