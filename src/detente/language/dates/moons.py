"""Calendars that follow the moon: Easter in both churches, the Islamic and the Jewish year, new moons.

All of it is arithmetic: no table of sighted moons. An Islamic day may therefore differ by one from the day that a
country kept; Easter and the Jewish days are exact.
"""

from __future__ import annotations

import datetime
from math import floor, radians, sin

HIJRI_EPOCH = 227_014
"""The ordinal of the day before 1 Muharram of the year 1 (16 July 622, Julian)."""
HEBREW_EPOCH = -1_373_427
"""The ordinal of 1 Tishri of the year 1, had Python's days begun before the year 1."""


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


def orthodox_easter(year: int) -> datetime.date:
    """Easter Sunday of the churches that reckon by the Julian calendar (Meeus' form), as a Gregorian day."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    behind = year // 100 - year // 400 - 2
    return datetime.date(year, month, day + 1) + datetime.timedelta(behind)


def hijri(year: int, month: int, day: int) -> datetime.date | None:
    """The day of a date of the tabular Islamic calendar (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of 30)."""
    ordinal = HIJRI_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return datetime.date.fromordinal(ordinal) if 1 <= ordinal <= datetime.date.max.toordinal() else None


def hijri_in(year: int, month: int, day: int) -> datetime.date | None:
    """The first such Islamic day of a Gregorian year, which has one or two; None before 622."""
    first = (year - 622) * 33 // 32
    days = (hijri(y, month, day) for y in range(max(1, first - 1), first + 3))
    return next((d for d in days if d is not None and d.year == year), None)


def rosh_hashanah(year: int) -> datetime.date:
    """1 Tishri of the Jewish year that begins in the autumn of a Gregorian one."""
    jewish = year + 3761
    before, here, after = map(_elapsed, (jewish - 1, jewish, jewish + 1))
    late = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return datetime.date.fromordinal(HEBREW_EPOCH + here + late)


def _elapsed(year: int) -> int:
    """Days from the epoch to the molad of Tishri, put off where it would fall on a day that it may not fall on."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12_084 + 13_753 * months) // 25_920
    return days + ((3 * (days + 1)) % 7 < 3)


def passover(year: int) -> datetime.date:
    """15 Nisan, always 163 days before the next 1 Tishri."""
    return rosh_hashanah(year) - datetime.timedelta(163)


def hanukkah(year: int) -> datetime.date:
    """25 Kislev: a day later in years whose Heshvan is full."""
    first = rosh_hashanah(year)
    full = year < 9998 and (rosh_hashanah(year + 1) - first).days % 10 == 5
    return first + datetime.timedelta(83 + full)


def new_moon(start: datetime.datetime, east: float) -> datetime.datetime:
    """The first new moon from `start` on, both in the time of a place `east` hours ahead of Greenwich.

    Meeus, Astronomical Algorithms, chapter 49, the five largest terms: within half an hour in our centuries.
    """
    epoch = datetime.datetime(2000, 1, 1, 12) + datetime.timedelta(hours=east)
    k = floor((start - epoch).total_seconds() / 86_400 / 29.530588861) - 1
    while (moon := epoch + datetime.timedelta(days=_moon_days(k))) < start:
        k += 1
    return moon


def _moon_days(k: int) -> float:
    """Days from noon of 1 January 2000 to new moon number k."""
    sun, moon, node = (
        radians(a + b * k) for a, b in ((2.5534, 29.10535670), (201.5643, 385.81693528), (160.7108, 390.67050284))
    )
    terms = (-0.40720 * sin(moon), 0.17241 * sin(sun), 0.01608 * sin(2 * moon), 0.01039 * sin(2 * node))
    return 5.09766 + 29.530588861 * k + sum(terms) + 0.00739 * sin(moon - sun)


def lunar_new_year(year: int) -> datetime.date:
    """The second new moon after the winter solstice, by Beijing's time; wrong in the rare years with a leap month
    between (2033)."""
    first = new_moon(datetime.datetime(year - 1, 12, 23), 8)
    return new_moon(first + datetime.timedelta(1), 8).date()


def diwali(year: int) -> datetime.date:
    """The evening whose night is the dark one, at the first new moon after the sun has come to Tula, by India's time."""
    moon = new_moon(datetime.datetime(year, 10, 17, 7), 5.5)
    sunset = moon.replace(hour=17, minute=40, second=0, microsecond=0)
    return moon.date() - datetime.timedelta(moon < sunset)
