"""Arithmetic on TIMEX3 values. Everything here answers None, never an error, when a date would leave years 1 to 9999."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from .words import UNITS


class Stamp(NamedTuple):
    """A date as far as it is known: month and day are 0 when they are not."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def value(self) -> str:
        """'2011', '2011-11' or '2011-11-10'."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text

    @property
    def date(self) -> datetime.date | None:
        """The day itself, or the first day of the month or year; None when there is no such day."""
        return day_of(self.year, self.month or 1, self.day or 1)


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def stamp_of(value: str | None) -> Stamp | None:
    """The stamp of a value that begins with a whole year; None for all others."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?!\d)(?:-(\d\d))?)?", value or "")
    if not match or match[1] == "0000":
        return None
    stamp = Stamp(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    return stamp if stamp.date else Stamp(stamp.year)


def moved(stamp: Stamp, count: int, unit: str) -> str | None:
    """The TIMEX3 value of the day, week, month, ... that lies `count` units after `stamp`, as precise as the unit
    and the stamp allow."""
    if unit == "Y":
        return year_value(stamp.year + count)
    if unit == "DE":
        return f"{(stamp.year + 10 * count) // 10:03d}" if 10 <= stamp.year + 10 * count <= 9999 else None
    if unit == "CE":
        return f"{(stamp.year + 100 * count) // 100:02d}" if 100 <= stamp.year + 100 * count <= 9999 else None
    if unit == "ML":
        return year_value(stamp.year + 1000 * count)
    if unit in {"M", "Q"}:
        if not stamp.month:
            return None
        months = stamp.year * 12 + stamp.month - 1 + count * (3 if unit == "Q" else 1)
        year, month = divmod(months, 12)
        if not 1 <= year <= 9999:
            return None
        return f"{year:04d}-{month + 1:02d}" if unit == "M" else f"{year:04d}-Q{month // 3 + 1}"
    if not stamp.day:
        return f"{stamp.value}-XX" if unit == "D" and stamp.month else None
    days = {"D": 1, "W": 7, "F": 14, "WE": 7}.get(unit)
    if days is None:
        return None
    day = plus_days(stamp, days * count)
    if day is None:
        return None
    return day.isoformat() if unit == "D" else week_value(day, "-WE" if unit == "WE" else "")


def plus_days(stamp: Stamp, days: int) -> datetime.date | None:
    date = stamp.date
    if date is None or not 1 <= date.toordinal() + days <= datetime.date.max.toordinal():
        return None
    return date + datetime.timedelta(days)


def year_value(year: int) -> str | None:
    """'0079', '2011'; None for the year 0, which never was, and for years before it or after 9999."""
    return f"{year:04d}" if 1 <= year <= 9999 else None


def week_value(day: datetime.date, tail: str = "") -> str:
    """The ISO week of a day: '2011-W46'."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}{tail}"


def period(count: float | None, unit: str) -> str:
    """The value of a duration: 'P3D', 'PT2H', 'PXM' when the count is vague, 'P2.5Y'."""
    if unit == "F":
        unit, count = "W", None if count is None else count * 2
    if count is None or count > 10**9:
        number = "X"
    else:
        number = str(int(count)) if float(count).is_integer() else f"{count:g}"
    return f"PT{number}{unit[1]}" if unit in {"TH", "TM", "TS"} else f"P{number}{unit}"


def unit_of(word: str) -> str:
    """The TIMEX3 letter of a unit's name."""
    return UNITS.get(word, "D")


SET_OF_UNIT = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX"}
"""How WikiWars writes 'every day', 'a year'; TimeML's guidelines write P1D, P1Y."""
