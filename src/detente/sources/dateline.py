"""Datelines: the city, the day and the agency that a dispatch states at its head.

    MOSCOW, Nov. 10 (TASS) -- The deputy secretary ...      at the start of the first paragraph
    Geneva, 14 July 2015 - The parties ...
    November 12, 2011 • 10:35AM                             on a line of its own, under a title

Only the head of the text is looked at, and nothing is taken out of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from .when import DAY, TIME, WEEKDAY, day_of, time_of

HEAD_CHARACTERS = 2_000
HEAD_LINES = 12
LONGEST_TITLE = 200

_DASH = r"(?:\s*(?:--+|[—–―])\s*|\s?-\s+)"
_LOUD_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+"
_PARTICLES = frozenset(("de", "la", "el", "al", "of", "on", "am"))
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_LOUD = rf"{_LOUD_WORD}(?:[ /]{_LOUD_WORD}){{0,3}}"
_NAME = rf"{_WORD}(?:[ /](?:(?:de|del|la|el|al|of|the|and|on|sur|am) )?{_WORD}){{0,3}}"
_REGION = rf"(?:,\s{_WORD}(?:\s{_WORD}){{0,2}})?"
_AGENCY = r"(?:\(\s*(?P<agency>[^()\n]{2,40}?)\s*\)|/\s*(?P<slashed>[^/()\n]{2,40}?)\s*/)"
_DAY = rf"(?i:(?:{WEEKDAY})?(?P<day>{DAY}))"
_OPENING = r"(?=[A-Z0-9“\"'‘«(])"

_AGENCIES = (
    r"AA|AAP|AFP|AKI|ANI|ANSA|AP|Agencies|Anadolu(?: Agency)?|Associated Press|BBC|BNS|BTA|BelTA|Bloomberg|CNA|CNN|"
    r"DPA|EFE|Fars(?: News)?|IANS|IPS|IRIN|IRNA|ISNA|ITAR-T(?:ass|ASS)|Interfax|JTA|KCNA|KUNA|Kyodo(?: News)?|LUSA|"
    r"MENA|MNA|Mehr(?: News)?|NHK|PAP|PTI|Petra|QNA|RFE/RL|RIA(?: Novosti)?|Reuters|SANA|SPA|Sputnik|T(?:ass|ASS)|"
    r"Tasnim(?: News)?|Thomson Reuters|UN News|UNB|UPI|Ukrinform|VOA|WAFA|WAM|Xinhua|Yonhap(?: News)?|dpa"
)
"""Agencies that sign datelines, for places that are not in capitals."""

_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        # MOSCOW, Nov. 10 (TASS) --   Geneva, 14 July 2015 -   MOSCOW, November 10. /TASS/.
        rf"(?P<place>{_NAME}){_REGION}[,.]?\s{_DAY}[.,]?\s*(?:{_AGENCY}[.:]?\s*{_DASH}?|{_DASH}){_OPENING}",
        # Tehran, Nov. 10, IRNA --
        rf"(?P<place>{_NAME}){_REGION},\s{_DAY},\s(?P<agency>{_WORD}(?:\s{_WORD}){{0,2}}){_DASH}",
        # KABUL, Afghanistan (AP) --
        rf"(?P<place>{_LOUD}){_REGION},?\s?{_AGENCY}[.:]?\s*{_DASH}",
        # Kabul (Reuters) --   but not: Angela Merkel (CDU) --
        rf"(?P<place>{_NAME}){_REGION},?\s?\(\s*(?P<agency>{_AGENCIES})\s*\)[.:]?\s*{_DASH}",
        # JUBA (Sudan Tribune) Sept. 13, 2018 -
        rf"(?P<place>{_NAME}){_REGION},?\s?{_AGENCY},?\s{_DAY}[.,]?\s*{_DASH}{_OPENING}",
        # ISLAMABAD: The foreign minister
        rf"(?P<place>(?:NEW |SAN |EL |AL )?[A-ZÀ-ÖØ-Þ]{{4,}}){_REGION}:\s(?=[A-Z“\"'‘«][a-z]*\s)",
        # JERUSALEM --
        rf"(?P<place>{_LOUD}){_REGION}(?:\s--+\s|\s?[—–―]\s?|\s-\s){_OPENING}",
        # (Reuters) -
        rf"{_AGENCY}\s*{_DASH}",
    )
)
_NOT_A_PLACE = re.compile(
    r"(?i:update|breaking|exclusive|analysis|factbox|opinion|editorial|watch|video|photos?|live|news|note|"
    r"statement|transcript|remarks|press|media|for|on|in|at|by|the|corrected|interview|chronology|timeline|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|background|question|question|answer|moderator|he|she|it|they|we|mr|mrs|ms|dr|president|minister|ambassador)\b"
)
_LABEL = r"(?i:(?:(?:first )?published|updated|posted|released?|issued|dated?|press release|press statement|media note|communiqu[eé]|for immediate release)\s*(?:on|at)?\s*[:,–—-]?\s*)?"
_SEPARATOR = r"\s*(?:[,|•·–—/@-]|at\b)?\s*"
_TIME = rf"(?i:{TIME})"
_DATE_LINE = re.compile(
    rf"\s*{_LABEL}(?:(?P<place>{_NAME}){_REGION},\s)?{_DAY}(?:{_SEPARATOR}{_TIME})?\W{{0,3}}(?:[A-Z]{{2,4}})?\W{{0,3}}$"
)
_PLACE_LINE = re.compile(rf"\s*(?P<place>{_NAME}),\s{_WORD}(?:\s{_WORD}){{0,2}}\s*$")
_BYLINE = re.compile(rf"\s*[Bb][Yy]:?\s(?P<author>{_WORD}(?:\s(?:(?:and|de|van|von|al|bin)\s)?{_WORD}){{0,5}})\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a text states; None for what it does not."""

    place: str | None = None
    date: str | None = None
    """ISO day."""
    moment: str | None = None
    """The day, with the time beside it if there is one, of a date that has a line of its own."""
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    """The first line, where the text goes on as it does under a title."""
    yearless: str | None = None
    """A day whose year could not be told, as written."""


def find_dateline(text: str, published: str | None = None) -> Dateline:
    """The dateline of a text. `published` (ISO) gives the year to days that are written without one."""
    lines = _head(text)
    found = Dateline(title=_title(lines))
    for number, line in enumerate(lines):
        if match := _wire_start(line):
            return _with_wire(found, match, published or found.moment)
        if (match := _date_line(line)) and found.moment is None:
            found = _with_date_line(found, match, lines, number, published)
        elif match := _BYLINE.match(line):
            found = replace(found, author=found.author or match["author"])
        elif len(line) > LONGEST_TITLE:
            break
    return found


def _head(text: str) -> list[str]:
    """The first lines that are not blank, cut to what a dateline could take."""
    lines = (line for line in text[:HEAD_CHARACTERS].splitlines() if line.strip())
    return [line.strip()[:400] for line, _ in zip(lines, range(HEAD_LINES), strict=False)]


def _title(lines: list[str]) -> str | None:
    """The first line when it is set like a title: short, no full stop, more below it, no dateline itself."""
    if len(lines) < 2:
        return None
    first = lines[0]
    if len(first) > LONGEST_TITLE or first[-1] in ".,;:" or _wire_start(first) or _date_line(first):
        return None
    below = lines[1]
    stands_apart = len(below) > len(first) or _date_line(below) or _BYLINE.match(below) or _wire_start(below)
    return first if stands_apart and not _BYLINE.match(first) else None


def _wire_start(line: str) -> re.Match[str] | None:
    for pattern in _STARTS:
        match = pattern.match(line[:120])
        if match and not _NOT_A_PLACE.match(match.groupdict().get("place") or ""):
            return match
    return None


def _date_line(line: str) -> re.Match[str] | None:
    return _DATE_LINE.match(line) if len(line) <= 100 and any(c.isdigit() for c in line) else None


def _with_wire(found: Dateline, match: re.Match[str], near: str | None) -> Dateline:
    groups = match.groupdict()
    day = _day(match, near) if groups.get("day") else None
    return replace(
        found,
        place=_proper(groups.get("place")) or found.place,
        date=day or found.date,
        outlet=_agency(groups.get("agency") or groups.get("slashed")) or found.outlet,
        yearless=groups["day"] if groups.get("day") and not day else None,
    )


def _with_date_line(
    found: Dateline, match: re.Match[str], lines: list[str], number: int, published: str | None
) -> Dateline:
    day = _day(match, published)
    if day is None:
        return replace(found, yearless=match["day"])
    place = match["place"] if not _NOT_A_PLACE.match(match["place"] or "") else None
    above = _PLACE_LINE.match(lines[number - 1]) if number > 1 and not place else None
    return replace(
        found,
        place=_proper(place or (above and above["place"])) or found.place,
        date=day,
        moment=day + time_of(match),
    )


def _day(match: re.Match[str], near: str | None) -> str | None:
    """The day of a match, in its own year or in the one that brings it closest to `near`."""
    if day := day_of(match):
        return day
    if near is None or len(near) < 10:
        return None
    there = date.fromisoformat(near[:10])
    days = [day_of(match, year) for year in (there.year - 1, there.year, there.year + 1)]
    known = [date.fromisoformat(day) for day in days if day]
    return min(known, key=lambda day: abs(day - there)).isoformat() if known else None


def _proper(place: str | None) -> str | None:
    """'MOSCOW' as 'Moscow'; 'Washington' as it is."""
    if not place:
        return None
    words = place.strip(" ,.").split()
    return " ".join(w.title() if w.isupper() and (len(w) > 2 or w.lower() in _PARTICLES) else w for w in words)


def _agency(name: str | None) -> str | None:
    """The agency between brackets; None when they hold something else (an age, a party and state)."""
    name = (name or "").strip(" -")
    return name if name == "dpa" or (name[:1].isupper() and not any(c.isdigit() for c in name)) else None
