"""Holidays and named days: fixed ones, those that move with the weekday, Easter's, and those of other calendars."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from .moons import diwali, easter, hanukkah, hijri, hijri_in, lunar_new_year, orthodox_easter, passover, rosh_hashanah

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
ORTHODOX = {"orthodox christmas": "01-07", "orthodox christmas eve": "01-06"}
"""By the Julian calendar, as they have fallen since 1901."""
HEBREW: dict[str, tuple[str, int]] = {
    "rosh hashanah": ("new year", 0), "rosh hashana": ("new year", 0), "yom kippur": ("new year", 9),
    "sukkot": ("new year", 14), "simchat torah": ("new year", 22), "purim": ("passover", -30),
    "passover": ("passover", 0), "shavuot": ("passover", 50), "hanukkah": ("hanukkah", 0), "chanukah": ("hanukkah", 0),
}  # fmt: skip
"""From which feast it is counted, and by how many days."""
ISLAMIC: dict[str, tuple[int, int]] = {
    "ramadan": (9, 0), "ramadhan": (9, 0), "ramzan": (9, 0), "muharram": (1, 0), "ashura": (1, 10), "ashoura": (1, 10),
    "arbaeen": (2, 20), "arba'een": (2, 20), "mawlid": (3, 12), "islamic new year": (1, 1),
    **{f"eid{a}{b}{c}": day
       for a in ("-", " ") for b in ("al-", "ul-", "el-", "al ", "ul ")
       for c, day in (("fitr", (10, 1)), ("adha", (12, 10)), ("azha", (12, 10)))},
}  # fmt: skip
"""Month and day; 0 for the whole month."""
LUNAR = {"lunar new year": lunar_new_year, "chinese new year": lunar_new_year, "seollal": lunar_new_year,
         "tet": lunar_new_year, "diwali": diwali, "deepavali": diwali}  # fmt: skip

NAMES = [
    re.sub(r"(?<=[’'])S\b|\b(?:Of|De|Al|Ul|El)\b", lambda m: m[0].lower(), n.title())
    for n in sorted(
        [*FIXED, *WEEKDAY_OF_MONTH, *FROM_EASTER, *ORTHODOX, "orthodox easter", *HEBREW, *ISLAMIC, *LUNAR],
        key=len,
        reverse=True,
    )
]
"""The names as written, longer ones first."""
HOLIDAY = re.compile(r"\b(?:" + "|".join(map(re.escape, NAMES)) + r")\b")
HOLIDAYS_BEGIN = frozenset(re.split(r"\W", name)[0] for name in NAMES)
"""The first words of their names."""
MOVING = range(700, 9990)
"""The years in which feasts that follow the moon are reckoned."""
HIJRI_YEARS = range(1300, 1501)
"""The years behind the name of an Islamic month or feast that are of its own calendar: 'Ramadan 1432'."""


def holiday_in(name: str, year: int, *, end: bool = False) -> str:
    """The TIMEX3 value of the holiday `name` (small letters) in `year`; the year alone where the day is open.

    A month of fasting has the value of the month in which it begins or, with `end`, ends.
    """
    if name in ISLAMIC and year in HIJRI_YEARS:
        return islamic_value(hijri, year, *ISLAMIC[name], end=end) or f"{year:04d}-XX-XX"
    if name in FIXED or name in ORTHODOX:
        fixed = ORTHODOX.get(name) or FIXED[name]
        return f"{year:04d}-{fixed}" if fixed else f"{year:04d}-XX-XX"
    if name in WEEKDAY_OF_MONTH:
        return weekday_of_month(year, *WEEKDAY_OF_MONTH[name])
    if name in FROM_EASTER:
        return (easter(year) + datetime.timedelta(FROM_EASTER[name])).isoformat()
    if year not in MOVING:
        return f"{year:04d}-XX-XX"
    if name in ISLAMIC:
        return islamic_value(hijri_in, year, *ISLAMIC[name], end=end) or f"{year:04d}-XX-XX"
    return moving_feast(name, year).isoformat()


def weekday_of_month(year: int, month: int, weekday: int, nth: int) -> str:
    """The nth such weekday of a month, the last with -1."""
    if nth > 0:
        first = datetime.date(year, month, 1)
        day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)
    else:
        last = datetime.date(year, month + 1, 1) - datetime.timedelta(1)
        day = last.day - (last.isoweekday() - weekday) % 7
    return f"{year:04d}-{month:02d}-{day:02d}"


def islamic_value(
    reckon: Callable[[int, int, int], datetime.date | None], year: int, month: int, day: int, *, end: bool
) -> str | None:
    """The day, or for a whole month the month in which it begins or ends."""
    date = reckon(year, month, day or 1)
    if date is None:
        return None
    return date.isoformat() if day else (date + datetime.timedelta(28 * end)).isoformat()[:7]


def moving_feast(name: str, year: int) -> datetime.date:
    """Orthodox Easter, the feasts of the Jewish year, and those of a new moon."""
    if name == "orthodox easter":
        return orthodox_easter(year)
    if name in LUNAR:
        return LUNAR[name](year)
    feast, days = HEBREW[name]
    start = {"new year": rosh_hashanah, "passover": passover, "hanukkah": hanukkah}[feast](year)
    return start + datetime.timedelta(days)
