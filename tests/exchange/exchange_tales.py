"""Values and records that the tests of the formats share."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from detente import ActorRef, DateRef, Document, Event, PlaceRef, Record, Span
from detente.exchange.coded import Coded, Side
from detente.exchange.countries import countries
from detente.exchange.shapes import with_type

CAMEO = ("0355", "042", "057", "061", "071", "0841", "1014", "112", "120", "131", "1411", "154", "163", "173", "190")
words = st.text(max_size=30) | st.sampled_from(
    ["", " ", "a\tb", "a\nb", "\r\n", "=1+1", "'=x", "-", "«Qom»", "北京", "مسقط", "O'Neil \"Bob\"", "None", "NULL", "---", "\x00", "\ud800x", "x; y"]
)  # fmt: skip
tokens = st.from_regex(r"[A-Z]{3}", fullmatch=True)
days = st.dates().map(lambda d: d.isoformat()).filter(lambda d: d >= "1000")
numbers = st.floats(-180, 180, allow_nan=False, allow_subnormal=False)
lands = st.sampled_from(["", *(c for c, row in countries().items() if row.fips and c not in {"XKX"})])


@st.composite
def sides(draw: st.DrawFn) -> Side:
    country = draw(lands)
    sectors = tuple(draw(st.lists(tokens.filter(lambda t: t not in countries()), max_size=3)))
    return Side(
        name=draw(words),
        country=country,
        code=(country or draw(st.sampled_from(["", "IGOUNO", "NGO"]))) + "".join(sectors),
        sectors=sectors,
        title=draw(words),
        raw=draw(words),
        offset=draw(st.integers(-1, 10_000)),
    )


@st.composite
def coded_events(draw: st.DrawFn) -> Coded:
    """A coded event with anything in its words, and codes and numbers that can be."""
    cameo = draw(st.sampled_from(CAMEO))
    row = Coded(
        id=draw(st.from_regex(r"[0-9a-f]{16}(-\d)?", fullmatch=True)),
        day=draw(days),
        source=draw(sides()),
        target=draw(sides()),
        cameo=cameo,
        goldstein=draw(st.floats(-10, 10, allow_nan=False, allow_subnormal=False)),
        contexts=tuple(
            draw(st.lists(st.sampled_from(["diplomatic", "cyber", "human_rights"]), max_size=2, unique=True))
        ),
        place=draw(words),
        raw_place=draw(words),
        admin1=draw(words),
        country=draw(lands),
        lat=draw(st.none() | numbers),
        lon=draw(st.none() | numbers),
        geonameid=draw(st.none() | st.integers(1, 10**7)),
        document=draw(st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
        start=draw(st.integers(0, 10_000)),
        sentence=draw(st.none() | st.integers(1, 500)),
        lead=draw(st.booleans()),
        length=draw(st.integers(0, 10**6)),
        outlet=draw(words),
        published=draw(days),
        url=draw(words),
        added=draw(days) + "T10:11:12",
        language=draw(st.sampled_from(["en", "und"])),
        claims=draw(st.integers(1, 99)),
        documents=draw(st.integers(1, 99)),
        outlets=draw(st.integers(1, 99)),
        confidence=draw(st.integers(0, 100)) / 100,
        extractor="events/1",
    )
    return with_type(row)


def as_dict(row: Coded) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


TEXT = (
    "TOKYO, 3 March 2020 - Talks go on.\n\nJapan and Brazil signed a treaty in Tokyo on Tuesday. Chile warned Peru.\n\n"
    "Nobody knows what Kenya wants."
)


def tale(path: Path, texts: int = 1) -> Record:
    """A record of documents that tell the same two events."""
    record = Record(path)
    for n in range(texts):
        document = Document.from_text(
            TEXT + "\n" * n, source=f"wire-{n}.txt", published="2020-03-03", outlet=f"Wire {n}", title="Treaty\tsigned"
        )
        record.add(document, [treaty(document), warning(document)])
    return record


def actor(name: str, code: str, at: int = -1) -> ActorRef:
    span = Span(at, at + len(name)) if at >= 0 else None
    return ActorRef(
        text=name, span=span, id=code, name=name, country=code, code=code + "GOV", role="GOV", confidence=0.9
    )


def treaty(document: Document) -> Event:
    at = document.text.index("Japan")
    return Event(
        document=document.id, span=Span(at, at + 40), trigger=Span(at + 17, at + 23), type="AGREE", cameo="057", quad=1,
        goldstein=8.0, contexts=("diplomatic", "economic"), actors=(actor("Japan", "JPN", at), actor("Brazil", "BRA", at + 10)),
        recipients=(actor("Japan", "JPN", at), actor("Brazil", "BRA", at + 10)), reciprocal=True,
        date=DateRef(value="2020-03-03"), confidence=0.8, extractor="events/1", why="'signed' is 057",
        place=PlaceRef(name="Tokyo", country="JPN", lat=35.6895, lon=139.69171, geonameid=1850147, admin1="Tokyo"),
    )  # fmt: skip


def warning(document: Document) -> Event:
    at = document.text.index("Chile")
    return Event(
        document=document.id, span=Span(at, at + 18), trigger=Span(at + 6, at + 12), type="THREATEN", cameo="130", quad=3,
        goldstein=-4.4, actors=(actor("Chile", "CHL", at),), recipients=(actor("Peru", "PER", at + 13),), status="threatened",
        confidence=0.6, extractor="events/1",
    )  # fmt: skip
