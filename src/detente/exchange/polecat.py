"""POLECAT: forty tab-separated columns with a heading, PLOVER types, 'None' where there is nothing.

Source: A. Halterman et al., "POLECAT Weekly Data", Harvard Dataverse, doi:10.7910/DVN/AJGVIT.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .coded import Coded, Side
from .countries import code_in, from_cameo, from_name
from .delimited import cell, number, real, whole
from .shapes import Cells, Shape, day_of, quad_of, unquoted
from .sides import keyed

QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE = "None"


def to_cells(c: Coded) -> Cells:
    """A coded event in POLECAT's columns."""
    cells = {
        "Event ID": c.id,
        "Event Date": c.day,
        "Event Type": c.type,
        "Event Mode": c.mode,
        "Intensity": number(c.goldstein),
        "Quad Code": QUADS.get(quad_of(c.type) or 0, ""),
        "Contexts": ";".join(c.contexts),
        **_side_cells("Actor", c.source),
        **_side_cells("Recipient", c.target),
        "Placename": c.place,
        "City": c.place,
        "Province": c.admin1,
        "Country": c.country,
        "Latitude": number(c.lat),
        "Longitude": number(c.lon),
        "GeoNames ID": number(c.geonameid),
        "Raw Placename": c.raw_place,
        "Source": c.outlet,
        "Publication Date": c.published[:10],
        "Language": c.language,
        "Version": c.extractor,
    }
    return {name: cell(cells.get(name, "")) or NONE for name in SHAPE.layout.names}


def _side_cells(prefix: str, side: Side) -> Cells:
    return {
        f"{prefix} Name": side.name,
        f"{prefix} Country": side.country,
        f"{prefix} COW": code_in("cow", side.country),
        f"Primary {prefix} Sector": next(iter(side.sectors), ""),
        f"{prefix} Sectors": ";".join(side.sectors),
        f"{prefix} Title": side.title,
        f"{prefix} Name Raw": side.raw,
    }


def from_cells(cells: Cells) -> Coded:
    """A row of POLECAT. Raises ValueError where it has no day or no type of PLOVER."""
    cells = {k: "" if v == NONE else v for k, v in unquoted(cells).items()}
    type = cells["Event Type"].strip().upper()
    if quad_of(type) is None:
        raise ValueError(f"{type[:20]!r} is no PLOVER type")
    return Coded(
        id=cells["Event ID"],
        day=day_of(cells["Event Date"]),
        last_day=day_of(cells["Event Date"]),
        source=_side("Actor", cells),
        target=_side("Recipient", cells),
        type=type,
        mode=cells["Event Mode"],
        contexts=_listed(cells["Contexts"]),
        quad=quad_of(type),
        goldstein=real(cells["Intensity"]),
        place=cells["Placename"],
        raw_place=cells["Raw Placename"],
        admin1=cells["Province"],
        country=_country(cells["Country"]),
        lat=real(cells["Latitude"]),
        lon=real(cells["Longitude"]),
        geonameid=whole(cells["GeoNames ID"]),
        outlet=cells["Source"],
        published=cells["Publication Date"],
        language=cells["Language"],
        extractor=cells["Version"],
    )


def _side(prefix: str, cells: Cells) -> Side:
    side = Side(
        name=cells[f"{prefix} Name"],
        country=_country(cells[f"{prefix} Country"]),
        sectors=_listed(cells[f"{prefix} Sectors"]) or _listed(cells[f"Primary {prefix} Sector"]),
        title=cells[f"{prefix} Title"],
        raw=cells[f"{prefix} Name Raw"],
    )
    return replace(keyed(side), code=side.country + "".join(side.sectors[:1]))


def _country(cell: str) -> str:
    """POLECAT has codes of three letters, people who edit its files write names."""
    return from_cameo(cell.strip()) or from_name(cell)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[;,]", text) if part.strip())


SHAPE = Shape(
    name="polecat",
    header=True,
    to_cells=to_cells,
    from_cells=from_cells,
    takes=lambda coded: bool(coded.day) and quad_of(coded.type) is not None,
    also={"event intensity": "Intensity"},
    optional=frozenset({"Event ID", "Version", "Feature Type", "Actor COW", "Recipient COW"}),
)
write_events = SHAPE.write
