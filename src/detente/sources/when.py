"""Dates as sources write them in headers and fields, to ISO 8601 cut to what is known."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
TIME = (
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>Z\b|GMT|UTC)?"
)
DAY = (
    rf"(?:(?P<m1>{MONTH})\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH}),?(?:\s+(?P<y2>\d{{4}}))?"
    r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})[./](?P<m4>\d{1,2})[./](?P<y4>\d{4}))"
)
"""A day as a dateline writes it; groups d1 m1 y1 to d4 m4 y4."""

_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?$",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})Z?)?$")
_WRITTEN = re.compile(rf"(?:{WEEKDAY})?{DAY}(?:\s*(?:,|-|–|\||•|·|at)?\s*{TIME})?(?:\s*(?:,|-|–|\||•|·|at))?\s*$", re.I)
_WRITTEN_MONTH = re.compile(rf"(?P<month>{MONTH}),?\s+(?P<year>\d{{4}})$", re.I)
_TIME_FIRST = re.compile(rf"{TIME}\s*(?:,|-|–|\||•|·|on)?\s*(?:{WEEKDAY})?{DAY}\s*$", re.I)
EARLIEST, LATEST = 1000, 2999


def normal_date(value: object) -> str | None:
    """The ISO form of a date in a header, a meta tag or a JSON field; None when it is no date.

    Times with a zone become UTC ('...Z'); without one they stay as they are. Numbers are seconds or
    milliseconds since 1970, unless they spell a day (20111112). 03/04/2015, which is April for some and
    March for others, is no date; neither is any day of the year 0 or the 30th of February.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    text = " ".join(str(value)[:80].split())
    if text.isdecimal() and len(text) not in {4, 8, 14}:
        return _from_number(int(text))
    for reader in (_from_iso, _from_compact, _from_mail, _from_written):
        if found := reader(text):
            return found
    return None


def iso_day(year: int, month: int, day: int) -> str | None:
    """'2011-11-12', or None when there is no such day."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return datetime(year, month, day).strftime("%Y-%m-%d")
    except ValueError:
        return None


def day_of(match: re.Match[str], year: int | None = None) -> str | None:
    """The day of a match of DAY; `year` is for days that are written without one."""
    for n in "1234":
        if match[f"d{n}"] is None:
            continue
        own = match[f"y{n}"]
        which = int(own) if own else year
        day, month = int(match[f"d{n}"]), MONTHS.get(match[f"m{n}"].lower().rstrip(".")) or int(match[f"m{n}"])
        if n == "4" and "/" in match[0]:
            if max(day, month) <= 12 and day != month:
                return None  # 03/04/2015: the month could be either
            day, month = max(day, month), min(day, month)
        return iso_day(which, month, day) if which else None
    return None


def time_of(match: re.Match[str]) -> str:
    """'T10:35' or 'T10:35:00Z' of a match of TIME, '' when it has none."""
    if match["hour"] is None:
        return ""
    hour, half = int(match["hour"]), (match["half"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02}:{match['minute']}" + (":00Z" if match["zone"] else "")


def _from_number(value: float) -> str | None:
    if value != value or not 10_000_000 <= abs(value) < 4e12:  # NaN is not equal to itself
        return None
    if found := _from_compact(str(int(value))):
        return found
    seconds = value / 1000 if abs(value) > 4e10 else value
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_iso(text: str) -> str | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, clock, zone = match.groups()
    if not month:
        return f"{int(year):04}" if EARLIEST <= int(year) <= LATEST else None
    if not day:
        first = iso_day(int(year), int(month), 1)
        return first and first[:7]
    written = iso_day(int(year), int(month), int(day))
    if written is None or not clock:
        return written
    clock = clock.zfill(5) if clock.count(":") == 1 else clock.zfill(8)
    offset = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00"}.get((zone or "").lower(), zone or "")
    return _in_utc(f"{written}T{clock}{offset}") or written


def _in_utc(stamp: str) -> str | None:
    try:
        moment = datetime.fromisoformat(stamp)
        if moment.tzinfo is None:
            return stamp
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def _from_compact(text: str) -> str | None:
    match = _COMPACT.match(text)
    if not match:
        return None
    written = iso_day(int(match[1]), int(match[2]), int(match[3]))
    if written is None or match[4] is None:
        return written
    return _in_utc(f"{written}T{match[4]}:{match[5]}:{match[6]}+00:00") or written


def _from_mail(text: str) -> str | None:
    if not re.match(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}\s+\d{1,2}:\d{2}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
        if not EARLIEST <= moment.year <= LATEST:
            return None
        if moment.tzinfo is None:
            return moment.strftime("%Y-%m-%dT%H:%M:%S")
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _from_written(text: str) -> str | None:
    for pattern in (_WRITTEN, _TIME_FIRST):
        if match := pattern.match(text):
            day = day_of(match)
            return day and day + time_of(match)
    if match := _WRITTEN_MONTH.match(text):
        first = iso_day(int(match["year"]), MONTHS[match["month"].lower().rstrip(".")], 1)
        return first and first[:7]
    return None
