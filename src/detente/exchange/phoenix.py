"""Phoenix: twenty-six tab-separated columns without a heading, and what PETRARCH-2 itself writes, eight of them.

Sources: the Phoenix codebook of the Open Event Data Alliance; `PETRwriter.py` of petrarch2 (which leaves the address
out where the story has none: seven columns).
"""

from __future__ import annotations

from .coded import Coded, Side, number_of
from .countries import from_cameo
from .delimited import number, real, whole
from .layouts import layout
from .shapes import Cells, Shape, cameo_of, compact, day_of, with_type
from .sides import keyed

PENTA = {root: 0 for root in (1, 2)} | {root: 1 for root in (3, 4, 5)} | {root: 2 for root in (6, 7, 8)}
PENTA |= {root: 3 for root in (9, 10, 11, 12, 13, 16)} | {root: 4 for root in (14, 15, 17, 18, 19, 20)}
NONE, NO_SOURCE = "---", "NULL"


def to_cells(c: Coded) -> Cells:
    """A coded event in Phoenix' columns."""
    day = compact(c.day)
    return {
        "EventID": str(number_of(c.id)),
        "Date": day,
        "Year": day[:4],
        "Month": day[4:6].lstrip("0"),
        "Day": day[6:].lstrip("0"),
        **_side_cells("SourceActor", c.source.code),
        **_side_cells("TargetActor", c.target.code),
        "EventCode": c.cameo,
        "EventRootCode": c.cameo[:2],
        "PentaClass": number(PENTA.get(int(c.cameo[:2]))) if c.cameo[:2].isdigit() else "",
        "GoldsteinScore": number(c.goldstein),
        "Issues": issues(c.contexts),
        "Lat": number(c.lat),
        "Lon": number(c.lon),
        "LocationName": c.place,
        "StateName": c.admin1,
        "CountryCode": c.country,
        "SentenceID": sentence_id(c),
        "URLs": c.url,
        "NewsSources": c.outlet,
    }


def _side_cells(prefix: str, code: str) -> Cells:
    return {
        f"{prefix}Full": code,
        f"{prefix}Entity": code[:3],
        f"{prefix}Role": code[3:6],
        f"{prefix}Attribute": code[6:],
    }


def from_cells(cells: Cells) -> Coded:
    """A row of Phoenix. Raises ValueError where it has no day or no CAMEO code."""
    document, sentence = sentence_of(cells["SentenceID"])
    return with_type(
        Coded(
            id=cells["EventID"],
            day=day_of(cells["Date"]),
            last_day=day_of(cells["Date"]),
            source=side_of(cells["SourceActorFull"]),
            target=side_of(cells["TargetActorFull"]),
            cameo=cameo_of(cells["EventCode"]),
            goldstein=real(cells["GoldsteinScore"]),
            contexts=contexts_of(cells["Issues"]),
            lat=real(cells["Lat"]),
            lon=real(cells["Lon"]),
            place=cells["LocationName"],
            admin1=cells["StateName"],
            country=from_cameo(cells["CountryCode"]),
            document=document,
            sentence=sentence,
            url=cells["URLs"],
            outlet=cells["NewsSources"],
        )
    )


def side_of(code: str) -> Side:
    """The side that a CAMEO actor code names: country, role, and what is left."""
    code = "" if code == NONE else code
    rest = (code[i : i + 3] for i in range(3, len(code), 3))
    return keyed(Side(code=code, country=from_cameo(code[:3]), sectors=tuple(rest)))


def issues(contexts: tuple[str, ...]) -> str:
    return ";".join(f"{context},1" for context in contexts)


def contexts_of(cell: str) -> tuple[str, ...]:
    return tuple(part.rpartition(",")[0] or part for part in cell.split(";") if part)


def sentence_id(c: Coded) -> str:
    return f"{c.document}_{c.sentence}" if c.sentence is not None else c.document


def sentence_of(id: str) -> tuple[str, int | None]:
    """The article and the number of the sentence of 'article_3', of the first of several."""
    document, underscore, sentence = id.partition(";")[0].rpartition("_")
    return (document, whole(sentence)) if underscore and sentence.isdigit() else (id.partition(";")[0], None)


# --- PETRARCH ---------------------------------------------------------------------------------------------


def petrarch_cells(c: Coded) -> Cells:
    """A coded event as PETRARCH-2 writes it."""
    return {
        "date": compact(c.day),
        "source": c.source.code or NONE,
        "target": c.target.code or NONE,
        "code": c.cameo,
        "issues": issues(c.contexts),
        "ids": sentence_id(c),
        "url": c.url,
        "source_name": c.outlet or NO_SOURCE,
    }


def petrarch_from(cells: Cells) -> Coded:
    """A row of PETRARCH-2. Raises ValueError where it has no day or no CAMEO code."""
    document, sentence = sentence_of(cells["ids"])
    outlet = cells["source_name"]
    return with_type(
        Coded(
            id=cells["ids"].partition(";")[0],
            day=day_of(cells["date"]),
            last_day=day_of(cells["date"]),
            source=side_of(cells["source"]),
            target=side_of(cells["target"]),
            cameo=cameo_of(cells["code"]),
            contexts=contexts_of(cells["issues"]),
            document=document,
            sentence=sentence,
            url=cells["url"],
            outlet="" if outlet == NO_SOURCE else outlet,
        )
    )


SHAPE = Shape(name="phoenix", header=False, to_cells=to_cells, from_cells=from_cells)
PETRARCH = Shape(
    name="petrarch",
    header=False,
    optional=frozenset({"url"}),
    to_cells=petrarch_cells,
    from_cells=petrarch_from,
    widths={7: tuple(n for n in layout("petrarch").names if n != "url")},
)
write_events = SHAPE.write
write_petrarch = PETRARCH.write
