"""What an expression is read against: the reference date, the narrative's own clock, and the habits of the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .calendar import Stamp, stamp_of
from .tense import looks_ahead
from .tokens import Tokens

_CALENDAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:T|$)")

SAME_BREATH = 12
"""Words within which a month without a year takes the year told before it in the sentence ('in 1990, when in August')."""

MONTH_FIRST_OUTLETS = re.compile(
    r"associated press|\bap\b|new york|washington|wall street|los angeles|cnn|fox|nbc|cbs|abc news|npr|usa|upi|politico|"
    r"bloomberg|chicago|boston|voice of america|state department|white house|\.us\b", re.I,
)  # fmt: skip


@dataclass(slots=True)
class Context:
    """Read from left to right: `clock` is where the narrative stands."""

    tokens: Tokens
    reference: Stamp | None
    narrative: bool
    """True for histories, whose months and weekdays belong to the story and not to the day of publication."""
    day_first: bool
    clock: Stamp | None = None
    clock_at: int = -1
    """The token after which the clock was set."""
    year_at: tuple[int, int] = field(default=(-1, 0))
    """The last whole year in the text: token and year."""

    @property
    def today(self) -> Stamp | None:
        """What 'today' and 'this year' are counted from."""
        return (self.clock if self.narrative else None) or self.reference or self.clock

    @property
    def now(self) -> Stamp | None:
        """What 'the following day' and 'a week later' are counted from."""
        return self.clock or self.reference

    def ahead(self, i: int, j: int) -> bool:
        return looks_ahead(self.tokens, i, j)

    def set_clock(self, value: str, i: int, j: int, explicit: bool) -> None:
        """Moves the clock to a date that was read in tokens [i, j)."""
        stamp = stamp_of(value)
        if stamp is None:
            return
        coarse = not _CALENDAR.match(value)
        if (
            not explicit
            and (coarse or not stamp.month)
            and (not self.narrative or (self.clock or stamp).year == stamp.year)
        ):
            return  # 'the week after' and 'last year' leave the day where it is
        if explicit:
            self.year_at = (j, stamp.year)
        if self.narrative and self.clock is not None:
            if aside(self.tokens, i, stamp, self.clock):
                return
            if not stamp.month and stamp.year == self.clock.year and not heads_paragraph(self.tokens, i):
                return
        self.clock, self.clock_at = stamp, j

    def year_for(self, month: int, day: int, i: int, j: int) -> int | None:
        """The year that a month (and day) without one belongs to."""
        if self.narrative:
            return self.story_year(month, i)
        at, year = self.year_at
        today = self.reference
        if today is None:
            return year or None
        near = at >= 0 and i - at <= SAME_BREATH and at >= self.tokens.sentence(i)[0]
        if near and year != today.year and not self.ahead(i, j):
            return year
        return self.year_by_tense(today, month, day, i, j)

    def story_year(self, month: int, i: int) -> int | None:
        """The year in which a story goes on: the clock's, or the next when the year has just turned."""
        now = self.clock or self.reference
        if now is None:
            return None
        if now.month >= 10 and month <= 3 and now.month - month >= 7:
            return now.year + 1
        return now.year

    def year_by_tense(self, today: Stamp, month: int, day: int, i: int, j: int) -> int:
        """The nearest such month behind or, where the clause looks ahead, before us."""
        here, there = (today.month or 12, today.day or 31), (month, day or (today.day if month == today.month else 15))
        if there == here:
            return today.year
        if self.ahead(i, j):
            # 'will ... in November', read in December, is eleven months off; a sentence about last month is likelier.
            return today.year if there >= here else today.year + 1
        if there <= here:
            return today.year
        # A few days ahead with no sign of the future is more likely this year than a year ago ('talks on 3 May').
        date = Stamp(today.year, month, day or 15).date
        now = today.date
        near = date is not None and now is not None and (date - now).days <= (31 if day else 0)
        return today.year if near else today.year - 1


def aside(tokens: Tokens, i: int, stamp: Stamp, clock: Stamp) -> bool:
    """Whether a date of a narrative leaves the story's time, so that the story does not go on from it."""
    jump = stamp.year - clock.year
    if jump > 8 or jump < -8:
        return not heads_paragraph(tokens, i)
    if not stamp.month and jump < 0 and not heads_paragraph(tokens, i):
        return True
    # 'the 1919 attack', 'since 1938': the year names something, or where something began.
    return not stamp.month and tokens.low(i - 1) in {"since", "the", "a", "an", "of"} and not heads_paragraph(tokens, i)


def heads_paragraph(tokens: Tokens, i: int) -> bool:
    """Whether token i is among the first five of its paragraph."""
    return i < 5 or any(tokens.fresh[max(0, i - 4) : i + 1])


def is_narrative(tokens: Tokens, reference: Stamp | None) -> bool:
    """Whether the text is a history: many whole years long before its reference date, few words of the day's news."""
    kinds = tokens.kinds
    if reference is None:
        return kinds.count("W") + kinds.count("J") <= kinds.count("Y") // 2 and kinds.count("Y") >= 3
    years = [int(tokens.lower[n]) for n in places(kinds, "Y")]
    old = sum(1 for year in years if 1000 < year <= reference.year - 3)
    daily = kinds.count("W") + sum(1 for n in places(kinds, "J") if tokens.lower[n] not in {"now", "moment"})
    quoted = tokens.text.count("said")
    return old >= 3 and old > 3 * daily + 2 * quoted and 2 * old > len(years)


def places(kinds: str, wanted: str) -> Iterator[int]:
    """Where the letters of `wanted` stand in `kinds`, in order."""
    return (m.start() for m in re.finditer(f"[{wanted}]", kinds))


def opening_of(tokens: Tokens, reference: Stamp | None) -> Stamp | None:
    """The year with which a history begins: its first whole year that is well before its reference date."""
    latest = reference.year - 3 if reference else 9999
    for n in places(tokens.kinds, "Y"):
        if 1000 < int(tokens.lower[n]) <= latest:
            return Stamp(int(tokens.lower[n]))
    return None


def prefers_day_first(tokens: Tokens, outlet: str | None) -> bool:
    """How 03/04/2011 is to be read: by other dates of the same text, then by the outlet; month first if nothing tells."""
    votes = 0
    for n in places(tokens.kinds, "XM"):
        if tokens.kinds[n] == "X":
            parts = [int(p) for p in re.split(r"[/.-]", tokens.lower[n][:10]) if p.isdigit()]
            if len(parts) == 3 and parts[0] <= 31:
                votes += 5 * ((parts[0] > 12) - (parts[1] > 12)) + ("." in tokens.lower[n])
        elif tokens.kinds[n + 1 : n + 2] in ("d", "Y"):
            after = tokens.kinds[n + 1] == "d"
            before = tokens.kinds[n - 1 : n] == "d"
            votes += (before and not after) - (after and not before)
    if votes:
        return votes > 0
    return bool(outlet) and not MONTH_FIRST_OUTLETS.search(outlet or "")


def reference_of(value: str | None, tokens: Tokens) -> Stamp | None:
    """The reference date of the document, or where it has none the first whole day in the text's head."""
    stamp = stamp_of(value)
    if stamp is not None:
        return stamp
    head = tokens.text[:400]
    return stated_date(head)


_WORDED = re.compile(
    r"\b(?:(?P<m1>[A-Z][a-z]{2,8})\.? (?P<d1>\d{1,2})(?:st|nd|rd|th)?,? (?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)? (?P<m2>[A-Z][a-z]{2,8})\.?,? (?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))\b"
)


def stated_date(head: str) -> Stamp | None:
    """The first whole date of `head`; None when it has none."""
    from .words import MONTHS

    for match in _WORDED.finditer(head):
        year = int(match["y1"] or match["y2"] or match["y3"])
        day = int(match["d1"] or match["d2"] or match["d3"])
        month = int(match["m3"]) if match["m3"] else MONTHS.get((match["m1"] or match["m2"]).lower(), 0)
        stamp = Stamp(year, month, day)
        if month and day and isinstance(stamp.date, datetime.date):
            return stamp
    return None
