"""ACLED's tables, read only: CSV with a heading, 31 columns (older files lack some).

Source: the ACLED codebook (2024). Its sub-event types become CAMEO codes by `tables/acled.csv`; an actor's country is
what stands in brackets behind its name, else the country of the event for the kinds that have one.
"""

from __future__ import annotations

import csv
import re
from datetime import datetime
from functools import cache

from .coded import Coded, Side
from .countries import from_code, from_name
from .delimited import Style, real, whole
from .layouts import TABLES, layout
from .shapes import Cells, Shape, day_of, with_type
from .sides import keyed

SECTORS = {"1": "GOV", "2": "REB", "3": "REB", "4": "REB", "5": "PRO", "6": "PRO", "7": "CVL", "8": ""}
"""Kinds of actors by number, as CAMEO roles."""
KINDS = {
    "state forces": "1",
    "rebel group": "2",
    "rebel groups": "2",
    "political militia": "3",
    "political militias": "3",
    "identity militia": "4",
    "identity militias": "4",
    "rioters": "5",
    "protesters": "6",
    "civilians": "7",
    "external/other forces": "8",
    "other forces": "8",
}
_BRACKETS = re.compile(r"\(([^()]*)\)\s*(?:\(\d{4}[-–]\d{0,4}\)\s*)?$")
_FORCES = re.compile(r"(?:military|police) forces of (?:the )?([^()]+?)\s*(?:\(|$)", re.I)
_OLD_DAY = re.compile(r"\d{1,2} \w+ \d{4}$")


@cache
def codes() -> dict[str, str]:
    """CAMEO codes by sub-event type, in small letters."""
    with (TABLES / "acled.csv").open(encoding="utf-8", newline="") as file:
        return {row["sub_event_type"].lower(): row["cameo"] for row in csv.DictReader(file, delimiter=";")}


def from_cells(cells: Cells) -> Coded:
    """A row of ACLED. Raises ValueError where it has no day or a kind of event that is not known."""
    kind = cells["sub_event_type"].strip()
    if kind.lower() not in codes():
        raise ValueError(f"{kind[:40]!r} is no sub-event type of ACLED")
    country = from_code("isonumeric", cells["iso"].strip().zfill(3)) or from_name(cells["country"])
    day = _day(cells["event_date"])
    deaths = whole(cells["fatalities"])
    return with_type(
        Coded(
            id=cells["event_id_cnty"],
            day=day if cells["time_precision"] != "3" else day[:7],
            last_day=day,
            source=_side(cells["actor1"], cells["inter1"], country),
            target=_side(cells["actor2"], cells["inter2"], country),
            cameo=codes()[kind.lower()],
            magnitude=f"{deaths} killed" if deaths else "",
            place=cells["location"],
            admin1=cells["admin1"],
            country=country,
            lat=real(cells["latitude"]),
            lon=real(cells["longitude"]),
            text=cells["notes"],
            outlet=cells["source"],
        )
    )


def _day(text: str) -> str:
    if _OLD_DAY.match(text.strip()):
        return datetime.strptime(text.strip(), "%d %B %Y").date().isoformat()
    return day_of(text)


def _side(name: str, kind: str, country: str) -> Side:
    name = name.strip()
    if not name:
        return Side()
    number = KINDS.get(kind.strip().lower(), kind.strip()[:1])
    inside = _BRACKETS.search(name)
    own = from_name(inside[1]) if inside else ""
    if forces := _FORCES.match(name):
        own = from_name(forces[1]) or own
    at_home = country if number in {"1", "2", "3", "4", "5", "6", "7"} else ""
    sector = SECTORS.get(number, "")
    if forces:
        sector = "MIL" if name[0] in "Mm" else "COP"
    code = (own or at_home) + sector
    return keyed(Side(name=name, code=code, country=own or at_home, sectors=(sector,) if sector else ()))


SHAPE = Shape(
    name="acled",
    header=True,
    from_cells=from_cells,
    style=Style(separator=",", quoted=True),
    # All but what happened, when, where and between whom: older files and the API's answers lack some.
    optional=frozenset(layout("acled").names) - {"event_date", "sub_event_type", "actor1", "actor2", "country"},
)
