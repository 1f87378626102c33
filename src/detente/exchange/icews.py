"""ICEWS Coded Event Data: twenty tab-separated columns with a heading.

Source: E. Boschee et al., "ICEWS Coded Event Data", Harvard Dataverse, doi:10.7910/DVN/28075.
"""

from __future__ import annotations

from ..events.codebook import load_codebook
from .coded import Coded, Side, number_of
from .countries import code_in, from_name
from .delimited import number, real, whole
from .shapes import Cells, Shape, cameo_of, day_of, unquoted, with_type
from .sides import keyed


def to_cells(c: Coded) -> Cells:
    """A coded event in ICEWS' columns."""
    code = load_codebook().nearest(c.cameo)
    return {
        "Event ID": str(number_of(c.id)),
        "Event Date": c.day,
        **_side_cells("Source", c.source),
        "Event Text": code.name if code else "",
        "CAMEO Code": c.cameo,
        "Intensity": number(c.goldstein),
        **_side_cells("Target", c.target),
        "Story ID": c.document,
        "Sentence Number": number(c.sentence),
        "Publisher": c.outlet,
        "City": c.place,
        "Province": c.admin1,
        "Country": code_in("name", c.country),
        "Latitude": number(c.lat),
        "Longitude": number(c.lon),
    }


def _side_cells(prefix: str, side: Side) -> Cells:
    return {
        f"{prefix} Name": side.name,
        f"{prefix} Sectors": ",".join(side.sectors),
        f"{prefix} Country": code_in("name", side.country),
    }


def from_cells(cells: Cells) -> Coded:
    """A row of ICEWS. Raises ValueError where it has no day or no CAMEO code."""
    cells = {k: "" if v == "NULL" else v for k, v in unquoted(cells).items()}
    return with_type(
        Coded(
            id=cells["Event ID"],
            day=day_of(cells["Event Date"]),
            last_day=day_of(cells["Event Date"]),
            source=_side("Source", cells),
            target=_side("Target", cells),
            cameo=cameo_of(cells["CAMEO Code"]),
            goldstein=real(cells["Intensity"]),
            document=cells["Story ID"],
            sentence=whole(cells["Sentence Number"]),
            outlet=cells["Publisher"],
            place=cells["City"],
            admin1=cells["Province"],
            country=from_name(cells["Country"]),
            lat=real(cells["Latitude"]),
            lon=real(cells["Longitude"]),
        )
    )


def _side(prefix: str, cells: Cells) -> Side:
    sectors = tuple(s for s in cells[f"{prefix} Sectors"].split(",") if s)
    return keyed(Side(name=cells[f"{prefix} Name"], sectors=sectors, country=from_name(cells[f"{prefix} Country"])))


SHAPE = Shape(name="icews", header=True, to_cells=to_cells, from_cells=from_cells)
write_events = SHAPE.write
