"""What the registry holds: actors, and the offices that persons hold at bodies from one day to another.

The shapes are those of Popolo (Person, Membership, Post, Organization) and of FollowTheMoney (Person,
Occupancy, Position), cut to what reading news needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal[
    "state", "body", "igo", "ngo", "group", "party", "company", "person", "outlet", "grouping", "people"
]
"""'people' are ethnic and religious groups; 'grouping' is a set of states without a charter (P5+1, the West)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, body, organisation, group, outlet or person. Dates are ISO 8601 cut to what is known.

    `since` is the first day, `until` the first day on which it was no more (half open), '' where unknown.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    """ISO 3166 alpha-3, today's or the historical one ('SUN'); None for what belongs to no state."""
    code: str | None = None
    """CAMEO-style code."""
    role: str | None = None
    since: str = ""
    until: str = ""
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    source: str = ""
    """The word or file that the row comes from."""
    codes: tuple[tuple[str, str, str], ...] = ()
    """Codes by date, from PETRARCH dictionaries: (code, since, until), in the order of the file."""

    def code_on(self, date: str | None) -> str | None:
        """The code in force on `date`: the first dated one that fits, else the one without dates."""
        for code, since, until in self.codes:
            if date and (since or until) and within(date, since, until):
                return code
        for code, since, until in self.codes:
            if not since and not until:
                return code
        return self.codes[0][0] if self.codes and not date else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person in an office at a body, from the first day to the day on which it ended ('' where it goes on)."""

    person: str
    """Registry key of the person."""
    office: str
    kind: str
    """What the office is, whatever its title: 'head_of_state', 'head_of_government', 'foreign_minister', ..."""
    country: str | None
    body: str = ""
    since: str = ""
    until: str = ""
    role: str = "GOV"
    """What holders of such an office are in an event: GOV, OPP, REB, LEG, ..."""
    source: str = ""

    def at(self, date: str | None) -> bool:
        return within(date, self.since, self.until)


def within(date: str | None, since: str, until: str) -> bool:
    """Whether `date` is in [since, until); dates cut short ('2011') are compared as far as both go."""
    if not date:
        return True
    if since and _before(date, since):
        return False
    return not (until and not _before(date, until))


def _before(date: str, limit: str) -> bool:
    size = min(len(date), len(limit))
    return date[:size] < limit[:size]
