"""What the shapes of days and hours mean: 'on Thursday', '9:29 a.m.', 'the night of 3 May', 'yesterday', 'Easter'.

Every function takes the context and the tokens [i, j) that its rule matched, and answers a `Reading`,
or None when the words mean something else.
"""

from __future__ import annotations

from .calendar import Stamp, day_of, moved, unit_of
from .context import Context
from .numbers import ordinal_of
from .reading import Reading, edge_of, today_value
from .words import DEICTIC, NUMBERS, PARTS, WEEKDAYS
from .years import calendar, century_for, fallen_day


def weekday_date(c: Context, i: int, j: int) -> str | None:
    """The day that a weekday means in tokens [i, j)."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "W")
    wanted = WEEKDAYS[t.lower[n]]
    kinds = t.kinds[i:n]
    base = c.now if c.narrative or "f" in kinds or "v" in kinds else c.today
    if base is None or base.date is None or not base.day:
        return None
    today = base.date
    back = (today.isoweekday() - wanted) % 7
    if "L" in kinds or "v" in kinds or "q" in kinds:
        days = -(back or 7)
    elif "N" in kinds or "f" in kinds or "c" in kinds:
        days = (7 - back) if back else 7
    elif "h" in kinds or c.ahead(i, j):
        days = (7 - back) % 7
        if "h" in kinds and not c.ahead(i, j):
            days = -back
    else:
        days = -back
    if not 1 <= today.toordinal() + days <= 3652059:
        return None
    return today.fromordinal(today.toordinal() + days).isoformat()


def weekday(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "W")
    low = t.lower[n]
    if len(low) <= 3 and not t.word(n).endswith("."):
        return None
    value = weekday_date(c, i, j)
    part = next((t.lower[k] for k in range(n, j) if t.kinds[k] == "P"), None)
    if value is None:
        value = f"XXXX-WXX-{WEEKDAYS[low]}"
        return Reading("TIME" if part else "DATE", value + (f"T{PARTS[part]}" if part else ""), clock=False)
    if part:
        return Reading("TIME", f"{value}T{PARTS[part]}")
    clocked = clock_value(c, n + 1, j)
    if clocked:
        return Reading("TIME", value + clocked)
    return Reading("DATE", value, edge_of(c, i, n))


def clock_value(c: Context, i: int, j: int) -> str | None:
    """'T09:29' for the time of day in tokens [i, j); 'T20' where no minutes are said."""
    t = c.tokens
    for n in range(i, j):
        if t.kinds[n] == "C":
            parts = [int(p) for p in t.lower[n].split(":")]
        elif t.kinds[n] in "dw" and t.kinds[n + 1 : n + 2] in ("m", "k", "I"):
            parts = [int(t.lower[n]) if t.lower[n].isdigit() else NUMBERS[t.lower[n]]]
        else:
            continue
        noon = next((t.lower[k] for k in range(n, min(j, n + 3)) if t.kinds[k] == "m"), "")
        hour = parts[0]
        if hour > 24 or any(p > 59 for p in parts[1:]):
            return None
        late = t.kinds[j - 1] == "P" and PARTS[t.lower[j - 1]] in {"AF", "EV", "NI"}
        if (noon.startswith("p") or (late and not noon)) and hour < 12:
            hour += 12
        elif noon.startswith("a") and hour == 12:
            hour = 0
        return "T" + ":".join(f"{p:02d}" for p in [hour, *parts[1:]])
    return None


def clock(c: Context, i: int, j: int) -> Reading | None:
    t = c.tokens
    value = clock_value(c, i, j)
    n = next(k for k in range(i, j) if t.kinds[k] in "Cdw")
    if value is None:
        return None
    marked = any(t.kinds[k] in "mkP" for k in range(i, j))
    if t.kinds[j - 1] == "P" and t.kinds[n] in "dw" and t.kinds[n + 1] == "I" and t.low(i - 1) != "at":
        return None  # 'killed 3 in the afternoon'
    if t.kinds[n] == "C" and not marked:
        parts = t.lower[n].split(":")
        if len(parts) == 3 and t.low(i - 1) in {"in", "of", "time"}:
            h, m, s = (int(p) for p in parts)
            return Reading("DURATION", f"PT{h}H{m}M{s}S", clock=False)
        if t.low(i - 1) not in {
            "at",
            "by",
            "until",
            "from",
            "around",
            "about",
            "before",
            "after",
            "since",
            "to",
            "and",
            "-",
        } and t.low(j) not in {"hr", "hrs", "hours", "gmt", "utc", "est", "local", "edt"}:
            return None
        if len(parts[1]) != 2:
            return None
    on = next((k for k in range(i, j) if t.kinds[k] == "W"), None)
    if on is not None:
        day = weekday_date(c, on - (t.kinds[on - 1] in "LNh"), on + 1)
    elif (on := weekday_behind(c, j)) is not None:
        day = weekday_date(c, on, on + 1)
    elif t.kinds[i - 2 : i - 1] == "J" and t.low(i - 1) in {"at", "around", "about"}:
        said = deictic(c, i - 2, i - 1)
        day = said.value[:10] if said and said.value[:1].isdigit() else None
    else:
        base = c.clock if c.clock and c.clock.day and c.clock_at >= t.sentence(i)[0] else c.today
        day = base.value if base and base.day else None
    return Reading("TIME", (day or today_value(c)) + value, clock=day is not None)


def weekday_behind(c: Context, j: int) -> int | None:
    """The weekday of '1400 GMT on Monday', '9 p.m. (1900 GMT) Monday', whose clock time ends before token j."""
    t = c.tokens
    for n in range(j, j + 7):
        kind = t.kinds[n : n + 1]
        if kind == "W":
            return n
        if kind not in {"n", "C", "m", "Y"} and t.low(n) not in ZONED:
            return None
    return None


ZONED = frozenset("( ) local time gmt utc est edt pst pdt cst cdt et eastern standard daylight bst cet".split())


def numeric(c: Context, i: int, j: int) -> Reading | None:
    word = c.tokens.word(i)
    text = word[:10]
    tail = ""
    if "T" in word:
        tail = word[10:]
    parts = [p for p in text.replace("/", "-").replace(".", "-").split("-") if p]
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return None
    a, b, d = (int(p) for p in parts)
    if len(parts[0]) == 4:
        year, month, day = a, b, d
    elif len(parts[0]) == 3 or len(parts[2]) == 3:
        return None
    else:
        year = d if len(parts[2]) == 4 else century_for(c, d)
        month, day = (b, a) if a > 12 or (b <= 12 and c.day_first) else (a, b)
    if day_of(year, month, day) is None:
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    timed = tail or clock_value(c, i + 1, j) or ""
    return Reading("TIME" if timed else "DATE", value + timed, explicit=True)


def deictic(c: Context, i: int, j: int) -> Reading | None:
    """'today', 'now', 'yesterday morning', 'tonight'."""
    t = c.tokens
    n = next(k for k in range(i, j) if t.kinds[k] == "J")
    kind, value = DEICTIC[t.lower[n]]
    if t.lower[n] == "moment":
        at = (
            t.kinds[n - 1 : n] == "t"
            and t.low(n - 2) in {"at", "for"}
            and j == n + 1
            and t.low(j) not in {"of", "when"}
        )
        return Reading(kind, value, first=n - 1, clock=False) if at else None
    if t.low(n - 1) == "from" and t.low(n + 1) == "on":
        return None  # from now on
    if not value.startswith(("+", "-")):
        return Reading(kind, value, clock=False)
    base = c.today if c.narrative else c.reference or c.today
    part = next((t.lower[k] for k in range(i, j) if t.kinds[k] == "P"), None)
    day = moved(base, int(value[:2]), "D") if base else None
    day = day or today_value(c)
    if value.endswith("TNI") or part:
        return Reading("TIME", f"{day}T{PARTS[part] if part else 'NI'}", clock=False)
    clocked = clock_value(c, n + 1, j)
    return Reading("TIME" if clocked else kind, day + (clocked or ""), clock=False)


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
    if t.kinds[j - 1] == "W":
        if t.lower[j - 2] not in {"noon", "midnight", "midday"} or (day := weekday_date(c, j - 1, j)) is None:
            return None
        return Reading("TIME", f"{day}T{PARTS[t.lower[j - 2]]}")
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
