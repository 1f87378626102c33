"""GDELT 2.0: the event table (61 columns) and the mention table (16), tab-separated, without a heading.

Source: K. Leetaru, "The GDELT Event Database: Data Format Codebook V2.0" (2015).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from ..events.codebook import load_codebook
from ..record import Record, Table
from .coded import Coded, Side, coded_rows, number_of
from .countries import code_in, from_cameo, from_code
from .delimited import number, real, whole, write_tabs
from .layouts import layout
from .shapes import Cells, Shape, cameo_of, compact, day_of, with_type
from .sides import keyed

COUNTRY_PLACE, US_PLACE, WORLD_PLACE = "1", "3", "4"


def to_cells(c: Coded) -> Cells:
    """A coded event in GDELT's columns; what we do not measure is left out."""
    day = compact(c.day)
    return {
        "GLOBALEVENTID": str(number_of(c.id)),
        "SQLDATE": day,
        "MonthYear": day[:6],
        "Year": day[:4],
        "FractionDate": f"{int(day[:4]) + (30 * (int(day[4:6]) - 1) + int(day[6:])) / 365:.4f}" if day else "",
        **_side_cells("Actor1", c.source),
        **_side_cells("Actor2", c.target),
        "IsRootEvent": str(int(c.lead)),
        "EventCode": c.cameo,
        "EventBaseCode": c.cameo[:3],
        "EventRootCode": c.cameo[:2],
        "QuadClass": number(load_codebook().quad_of(c.cameo, "cameo")),
        "GoldsteinScale": number(c.goldstein),
        "NumMentions": str(c.claims),
        "NumSources": str(c.outlets),
        "NumArticles": str(c.documents),
        **_place_cells(c),
        "DATEADDED": moment(c.added),
        "SOURCEURL": c.url,
    }


def _side_cells(prefix: str, side: Side) -> Cells:
    return {
        f"{prefix}Code": side.code,
        f"{prefix}Name": side.name.upper(),
        f"{prefix}CountryCode": side.country,
        f"{prefix}KnownGroupCode": side.code[3:6] if side.code.startswith(("IGO", "NGO")) else "",
        **{f"{prefix}Type{n}Code": sector for n, sector in enumerate(side.sectors[:3], 1)},
    }


def _place_cells(c: Coded) -> Cells:
    if not c.place and not c.country and c.lat is None and c.lon is None and c.geonameid is None:
        return {"ActionGeo_Type": "0"}
    kind = US_PLACE if c.country == "USA" else WORLD_PLACE
    return {
        "ActionGeo_Type": COUNTRY_PLACE if c.place == code_in("name", c.country) else kind,
        "ActionGeo_FullName": c.place,
        "ActionGeo_CountryCode": code_in("fips", c.country),
        "ActionGeo_Lat": number(c.lat),
        "ActionGeo_Long": number(c.lon),
        "ActionGeo_FeatureID": number(c.geonameid),
    }


def from_cells(cells: Cells) -> Coded:
    """A row of the event table. Raises ValueError where it has no day or no CAMEO code."""
    return with_type(
        Coded(
            id=cells["GLOBALEVENTID"],
            day=day_of(cells["SQLDATE"]),
            last_day=day_of(cells["SQLDATE"]),
            source=_side("Actor1", cells),
            target=_side("Actor2", cells),
            cameo=cameo_of(cells["EventCode"]),
            goldstein=real(cells["GoldsteinScale"]),
            place=cells["ActionGeo_FullName"],
            country=from_code("fips", cells["ActionGeo_CountryCode"]),
            lat=real(cells["ActionGeo_Lat"]),
            lon=real(cells["ActionGeo_Long"]),
            geonameid=whole(cells["ActionGeo_FeatureID"]),
            lead=cells["IsRootEvent"] == "1",
            claims=whole(cells["NumMentions"]) or 1,
            documents=whole(cells["NumArticles"]) or 1,
            outlets=whole(cells["NumSources"]) or 1,
            added=_iso(cells["DATEADDED"]),
            url=cells["SOURCEURL"],
        )
    )


def _side(prefix: str, cells: Cells) -> Side:
    types = (cells[f"{prefix}Type{n}Code"] for n in (1, 2, 3))
    return keyed(
        Side(
            code=cells[f"{prefix}Code"],
            name=cells[f"{prefix}Name"],
            country=from_cameo(cells[f"{prefix}CountryCode"]),
            sectors=tuple(t for t in types if t),
        )
    )


def moment(iso: str) -> str:
    """An ISO 8601 moment, cut to what is known, as YYYYMMDDHHMMSS; '' where not even the day is known."""
    digits = "".join(ch for ch in iso[:19] if ch.isdigit())
    return digits.ljust(14, "0") if len(digits) >= 8 else ""


def _iso(digits: str) -> str:
    if len(digits) == 8:
        return day_of(digits)
    if len(digits) != 14 or not digits.isdigit():
        return ""
    return f"{day_of(digits[:8])}T{digits[8:10]}:{digits[10:12]}:{digits[12:]}"


def _version_1(*, url: bool) -> tuple[str, ...]:
    """The columns of GDELT 1.0: no second-order divisions, and no addresses before April 2013."""
    names = tuple(n for n in layout("gdelt").names if "ADM2" not in n)
    return names if url else names[:-1]


SHAPE = Shape(
    name="gdelt",
    header=False,
    to_cells=to_cells,
    from_cells=from_cells,
    widths={58: _version_1(url=True), 57: _version_1(url=False)},
    optional=frozenset({"SOURCEURL", *(n for n in layout("gdelt").names if "ADM2" in n)}),
)
write_events = SHAPE.write


# --- mentions ---------------------------------------------------------------------------------------------


def write_mentions(record: Record, table: Table[Any], out: IO[bytes]) -> int:
    """The mention table of the same events: one row for each document that tells an event."""
    columns = layout("gdelt-mentions")
    return write_tabs(out, (columns.cells(mention_cells(c, first)) for c, first in _mentions(record, table)))


def _mentions(record: Record, table: Table[Any]) -> Iterator[tuple[Coded, Coded]]:
    """(mention, the event that it mentions): the event's own document first, then the others that tell the same."""
    for entry in table:
        own = list(coded_rows(record, [entry]))
        others = record.corroboration(entry.id) if entry.claims > 1 else []
        told = [list(coded_rows(record, [other])) for other in others if other.id != entry.id]
        for first in own:
            yield first, first
            for rows in told:
                same = [r for r in rows if (r.source.key, r.target.key) == (first.source.key, first.target.key)]
                yield from ((r, first) for r in same[:1])


def mention_cells(c: Coded, event: Coded) -> Cells:
    """One mention of an event."""
    return {
        "GLOBALEVENTID": str(number_of(event.id)),
        "EventTimeDate": moment(event.added),
        "MentionTimeDate": moment(c.published) or moment(c.added),
        "MentionType": "1" if c.url.startswith(("http://", "https://")) else "2",
        "MentionSourceName": c.outlet,
        "MentionIdentifier": c.url,
        "SentenceID": number(c.sentence),
        "Actor1CharOffset": str(c.source.offset),
        "Actor2CharOffset": str(c.target.offset),
        "ActionCharOffset": str(c.start),
        "InRawText": "1",
        "Confidence": "" if c.confidence is None else str(round(100 * c.confidence)),
        "MentionDocLen": number(c.length),
    }


def mention_from(cells: Cells) -> tuple[str, Coded]:
    """(number of the event, what the row tells of the article) of a row of the mention table."""
    share = real(cells["Confidence"])
    return cells["GLOBALEVENTID"], Coded(
        source=Side(offset=int(cells["Actor1CharOffset"] or -1)),
        target=Side(offset=int(cells["Actor2CharOffset"] or -1)),
        start=int(cells["ActionCharOffset"] or -1),
        published=_iso(cells["MentionTimeDate"]),
        outlet=cells["MentionSourceName"],
        url=cells["MentionIdentifier"],
        sentence=whole(cells["SentenceID"]),
        confidence=None if share is None else share / 100,
        length=whole(cells["MentionDocLen"]),
    )
