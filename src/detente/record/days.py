"""Days on record: from a TIMEX3 value or what a user types to the days that it may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from ..errors import UsageError

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\d)|-WE)?$")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|AU|WI)$")
_YEAR = re.compile(r"(\d{4})$")
_DECADE = re.compile(r"(\d{3})X?$")
_CENTURY = re.compile(r"(\d\d)(?:XX)?$")

_MONTHS_OF = {
    "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12),
    "SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 12),
}  # fmt: skip
"""Northern seasons, as TIMEX3 has them; winter by the year in which it begins."""


def days_of(value: str | None) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 date value, or None where it names no calendar day ('PAST_REF', 'P3D')."""
    try:
        span = _span_of(value or "")
    except ValueError:  # a day that no calendar has
        return None
    return (span[0].isoformat(), span[1].isoformat()) if span else None


def neighbours(day: str) -> tuple[str, str]:
    """The day before and the day after an ISO date, as far as there are any."""
    n = date.fromisoformat(day).toordinal()
    before, after = max(n - 1, date.min.toordinal()), min(n + 1, date.max.toordinal())
    return date.fromordinal(before).isoformat(), date.fromordinal(after).isoformat()


def days_asked(text: str, option: str) -> tuple[str, str]:
    """The same for what a user types. Raises UsageError when it is no date."""
    days = days_of(text.strip().upper())
    if days is None:
        raise UsageError(f"{option}: {text!r} is not a date; write 2011-11-10, 2011-11 or 2011")
    return days


def _span_of(value: str) -> tuple[date, date] | None:
    if m := _DAY.match(value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return day, day
    if m := _MONTH.match(value):
        return _months(int(m[1]), int(m[2]), int(m[2]))
    if m := _WEEK.match(value):
        first = date.fromisocalendar(int(m[1]), int(m[2]), int(m[3] or 1))
        return first, first if m[3] else first + timedelta(days=6)
    if m := _PART.match(value):
        return _months(int(m[1]), *_MONTHS_OF[m[2]])
    if m := _YEAR.match(value):
        return _months(int(m[1]), 1, 12)
    if m := _DECADE.match(value):
        return date(int(m[1]) * 10, 1, 1), date(int(m[1]) * 10 + 9, 12, 31)
    if m := _CENTURY.match(value):
        return date(int(m[1]) * 100, 1, 1), date(int(m[1]) * 100 + 99, 12, 31)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
