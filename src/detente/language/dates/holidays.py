"""Holidays and named days: fixed ones, those that move with the weekday, and Easter's."""

from __future__ import annotations

import datetime
import re

FIXED: dict[str, str] = {
    "new year's day": "01-01", "new year's eve": "12-31", "new year’s day": "01-01", "new year’s eve": "12-31",
    "epiphany": "01-06", "valentine's day": "02-14", "valentine’s day": "02-14", "st. patrick's day": "03-17",
    "international women's day": "03-08", "april fools' day": "04-01", "april fool's day": "04-01", "anzac day": "04-25",
    "may day": "05-01", "victory day": "05-09", "bastille day": "07-14", "halloween": "10-31", "all saints' day": "11-01",
    "all souls' day": "11-02", "guy fawkes day": "11-05", "armistice day": "11-11", "veterans day": "11-11",
    "remembrance day": "11-11", "christmas eve": "12-24", "christmas day": "12-25", "christmas": "12-25",
    "boxing day": "12-26", "nowruz": "03-21", "nauruz": "03-21", "juneteenth": "06-19", "canada day": "07-01",
    "fourth of july": "07-04", "independence day": "", "election day": "", "cinco de mayo": "05-05",
    "australia day": "01-26", "groundhog day": "02-02",
}  # fmt: skip
"""Month and day; '' where it depends on the country or the occasion."""

WEEKDAY_OF_MONTH: dict[str, tuple[int, int, int]] = {
    "martin luther king day": (1, 1, 3), "presidents day": (2, 1, 3), "presidents' day": (2, 1, 3),
    "mother's day": (5, 7, 2), "memorial day": (5, 1, -1), "father's day": (6, 7, 3), "labor day": (9, 1, 1),
    "columbus day": (10, 1, 2), "thanksgiving day": (11, 4, 4), "thanksgiving": (11, 4, 4),
}  # fmt: skip
"""Month, ISO weekday, and which of them in the month (-1: the last)."""

FROM_EASTER = {"easter sunday": 0, "easter monday": 1, "easter": 0, "good friday": -2, "palm sunday": -7,
               "ash wednesday": -46, "ascension day": 39, "pentecost": 49, "whit monday": 50}  # fmt: skip

NAMES = [
    n.title().replace("'S", "'s").replace("’S", "’s").replace(" Of ", " of ").replace(" De ", " de ")
    for n in sorted([*FIXED, *WEEKDAY_OF_MONTH, *FROM_EASTER], key=len, reverse=True)
]
"""The names as written, longer ones first."""
HOLIDAY = re.compile(r"\b(?:" + "|".join(map(re.escape, NAMES)) + r")\b")
HOLIDAYS_BEGIN = frozenset(re.split(r"\W", name)[0] for name in NAMES)
"""The first words of their names."""


def holiday_in(name: str, year: int) -> str:
    """The TIMEX3 value of the holiday `name` (small letters) in `year`; the year alone where the day is open."""
    if name in FIXED:
        return f"{year:04d}-{FIXED[name]}" if FIXED[name] else f"{year:04d}-XX-XX"
    if name in FROM_EASTER:
        return (easter(year) + datetime.timedelta(FROM_EASTER[name])).isoformat()
    month, weekday, nth = WEEKDAY_OF_MONTH[name]
    if nth > 0:
        first = datetime.date(year, month, 1)
        day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)
    else:
        last = datetime.date(year, month + 1, 1) - datetime.timedelta(1)
        day = last.day - (last.isoweekday() - weekday) % 7
    return f"{year:04d}-{month:02d}-{day:02d}"


def easter(year: int) -> datetime.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, in Butcher's form)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)
