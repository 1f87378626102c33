"""Durations and day counts: how the text of an agreement counts, calendar or working days, first day counted or not.

Months and years keep the day of the month and fall back to the last day of a shorter month (31 January + 1 month
is 28 or 29 February), the convention of most treaties and of ISO 20022's "modified following" without the shift.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["day", "working day", "week", "month", "year"]

_UNITS: dict[str, Unit] = {
    "d": "day",
    "day": "day",
    "days": "day",
    "calendar day": "day",
    "calendar days": "day",
    "wd": "working day",
    "working day": "working day",
    "working days": "working day",
    "business day": "working day",
    "business days": "working day",
    "w": "week",
    "week": "week",
    "weeks": "week",
    "m": "month",
    "month": "month",
    "months": "month",
    "y": "year",
    "year": "year",
    "years": "year",
}
_MEAN_DAYS: dict[Unit, float] = {"day": 1, "working day": 1.4, "week": 7, "month": 30.4375, "year": 365.25}
_DURATION = re.compile(r"^(?:every\s+)?(\d+)\s*([a-z]+(?:\s+days?)?)$", re.I)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as the text gives it: 90 days, 5 working days, 8 years."""

    amount: int
    unit: Unit = "day"

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    @property
    def mean_days(self) -> float:
        """The length in calendar days, on average (a working day is 1.4 calendar days)."""
        return self.amount * _MEAN_DAYS[self.unit]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How days are counted. `first_counted`: the day of the event is day one."""

    first_counted: bool = False
    working: bool = False
    """Plain 'days' mean working days."""
    weekend: frozenset[int] = frozenset({5, 6})
    """Monday is 0."""
    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays


CALENDAR = DayCount()


def parse_duration(text: str) -> Duration:
    """'90 days', '90d', 'every 3 months', '5 working days'. Raises ValueError."""
    match = _DURATION.match(text.strip())
    unit = _UNITS.get(re.sub(r"\s+", " ", match[2].lower())) if match else None
    if not match or not unit:
        raise ValueError(
            f"'{text}' is not a length of time; write a number and days, working days, weeks, months or years"
        )
    return Duration(int(match[1]), unit)


def add(start: date, duration: Duration, rule: DayCount = CALENDAR, sign: int = 1) -> date:
    """The day that lies `duration` after (`sign` = 1) or before (-1) `start` under `rule`.

    Returns date.max or date.min where the sum leaves the calendar.
    """
    try:
        return _add(start, duration, rule, sign)
    except (OverflowError, ValueError):
        return date.max if sign > 0 else date.min


def _add(start: date, duration: Duration, rule: DayCount, sign: int) -> date:
    unit = "working day" if duration.unit == "day" and rule.working else duration.unit
    if unit == "working day":
        return _add_working(start, duration.amount, rule, sign)
    if unit in ("month", "year"):
        months = duration.amount * (12 if unit == "year" else 1)
        end = _add_months(start, sign * months)
    else:
        end = start + timedelta(days=sign * duration.amount * (7 if unit == "week" else 1))
    if rule.first_counted and duration.amount:
        end -= timedelta(days=sign)
    return end


def _add_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _add_working(start: date, amount: int, rule: DayCount, sign: int) -> date:
    left = amount
    day = start
    if rule.first_counted and left and rule.is_working(day):
        left -= 1
    while left:
        day += timedelta(days=sign)
        if rule.is_working(day):
            left -= 1
    return day


@lru_cache(maxsize=1 << 16)
def parse_day(text: str) -> date:
    """An ISO date; of '2011-11' and '2011' the last day, since only then is the whole of it past.

    Raises ValueError.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"'{text}' is not a day of the calendar") from error
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text)
    if not match or int(match[1]) < 1 or (match[2] and not 1 <= int(match[2]) <= 12):
        raise ValueError(f"'{text}' is not a date; write it as 2011-11-12")
    year, month = int(match[1]), int(match[2] or 12)
    return date(year, month, calendar.monthrange(year, month)[1])
