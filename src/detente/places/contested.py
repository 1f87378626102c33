"""Contested places: whose they are by whose map. Every claim is kept in one table, the user picks the view.

The views: 'code' (the default) counts an area by its own code in ISO 3166-1 where it has one (TWN, ESH; XKX is
user-assigned), else to the state that the United Nations count it to; 'un' goes by resolutions and lists of the United
Nations alone; 'de-facto' by who held it on the day; the alpha-3 code of a claimant by that claimant.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from .gazetteer import Place

View = str
"""'code', 'un', 'de-facto', or 'RUS', 'CHN', ...: as that state claims."""
VIEWS = ("code", "un", "de-facto")


@dataclass(frozen=True, slots=True)
class Contested:
    """A row of contested.csv; countries are ISO alpha-3."""

    area: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    match: frozenset[str]
    """What marks a place of the gazetteer as lying in it: a name, 'CC', 'CC.admin1' or '=geonameid'."""
    code: str
    """Its own code, where it has one; else ''."""
    un: str
    """Whose it is for the United Nations; '' where they leave it open."""
    de_facto: str
    claimants: tuple[str, ...]
    since: str
    until: str
    """`de_facto` held it from `since` to `until`, half open; '' where unknown or still so."""
    note: str

    def of(self, view: View, date: str | None = None) -> str | None:
        """The country under a view on a day; None where that view leaves it open.

        A claimant that is none of this area's has no say: then the default counts.
        """
        view = view.replace("_", "-")
        if view in self.claimants:
            return view
        if view == "un":
            return self.un or None
        if view == "de-facto" and self.held(date):
            return self.de_facto or None
        return self.code or self.un or None

    def held(self, date: str | None) -> bool:
        """Whether `date` lies in the time for which the holder is given; without a date, whether it does today."""
        if not date:
            return not self.until
        return not (self.since and date[: len(self.since)] < self.since[: len(date)]) and not (
            self.until and date >= self.until
        )

    @property
    def remark(self) -> str:
        return f"contested ({self.area}): claimed by {' and '.join(self.claimants)}"


def check_view(view: View) -> View:
    """`view` in its plain form. Raises UsageError for one that is neither a view nor a code of three letters."""
    plain = view.strip().replace("_", "-")
    if plain.lower() in VIEWS:
        return plain.lower()
    if len(plain) == 3 and plain.isalpha():
        return plain.upper()
    raise UsageError(f"--view {view!r} is none of {', '.join(VIEWS)} or a claimant's code such as UKR, CHN or MAR")


def contested(place: Place) -> Contested | None:
    """The dispute that `place` lies in, by its id, its name where it is an area, its state or its country."""
    table = _by_mark()
    marks = [f"={place.id}", f"{place.country}.{place.admin1}"]
    if not place.feature.startswith("PPL"):
        marks.append(place.name)
    marks.append(place.country)
    return next((table[mark] for mark in marks if mark in table), None)


def country_of(
    place: Place, default: str | None, view: View = "code", date: str | None = None
) -> tuple[str | None, str]:
    """The country of `place` by `view`, and a remark naming the dispute ('' where there is none)."""
    dispute = contested(place)
    if dispute is None:
        return default, ""
    return dispute.of(view, date), dispute.remark


@cache
def disputes() -> tuple[Contested, ...]:
    """All rows of contested.csv."""
    text = files(__package__).joinpath("tables", "contested.csv").read_text(encoding="utf-8")
    return tuple(
        Contested(
            area=row["area"],
            names=(row["area"], *_listed(row["names"])),
            demonyms=_listed(row["demonyms"]),
            match=frozenset(mark for mark in row["match"].split("|") if mark),
            code=row["code"],
            un=row["un"],
            de_facto=row["de_facto"],
            claimants=_listed(row["claimants"]),
            since=row["since"],
            until=row["until"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def _by_mark() -> dict[str, Contested]:
    return {mark: row for row in disputes() for mark in row.match}
