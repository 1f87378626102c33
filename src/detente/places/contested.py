"""Contested places: whose they are by whose map. Both claims are kept in the table, the user picks the view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .gazetteer import TABLES, Place, rows_of

View = str
"""'un': as the United Nations count it. 'de-facto': who governs. 'RUS', 'CHN', ...: as that state claims."""


@dataclass(frozen=True, slots=True)
class Contested:
    """A row of contested.csv; countries are ISO alpha-3."""

    area: str
    match: frozenset[str]
    un: str
    de_facto: str
    claimants: tuple[str, ...]
    note: str


def contested(place: Place) -> Contested | None:
    """The dispute that `place` lies in, by its id, its name where it is an area, its state or its country."""
    table = _table()
    marks = [f"={place.id}", f"{place.country}.{place.admin1}"]
    if not place.feature.startswith("PPL"):
        marks.append(place.name)
    marks.append(place.country)
    return next((table[mark] for mark in marks if mark in table), None)


def country_of(place: Place, default: str | None, view: View = "un") -> tuple[str | None, str]:
    """The country of `place` by `view`, and a remark naming the dispute ('' where there is none)."""
    dispute = contested(place)
    if dispute is None:
        return default, ""
    if view == "un":
        country = dispute.un
    elif view == "de-facto":
        country = dispute.de_facto
    else:
        country = view if view in dispute.claimants else dispute.un
    return country, f"contested ({dispute.area}): claimed by {' and '.join(dispute.claimants)}"


@cache
def _table() -> dict[str, Contested]:
    found = {}
    for row in rows_of(TABLES / "contested.csv"):
        marks = frozenset(mark.strip() for mark in row["match"].split("|"))
        entry = Contested(row["area"], marks, row["un"], row["de_facto"], tuple(row["claimants"].split()), row["note"])
        found.update(dict.fromkeys(marks, entry))
    return found
