"""The map: events as spots on shapes of the world, or on a net of meridians where the shapes are not installed.

The shapes are Natural Earth's at 1:110 million (npm world-atlas), fetched when the package is built. They serve for
looking only; nothing is computed from them. Projection: plate carrée, 60° south to 84° north.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ..record.periods import by_place
from .desk import HERE, Desk, address
from .words import Words

SHAPES = HERE / "static" / "vendor" / "world-atlas" / "countries-110m.json"
SCALE, NORTH, SOUTH = 2.5, 84.0, -60.0
WIDE, HIGH = 360 * SCALE, (NORTH - SOUTH) * SCALE
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Events at one place."""

    place: str
    country: str | None
    lat: float
    lon: float
    n: int
    goldstein: float | None


def spots_of(desk: Desk, since: str = "", until: str = "", limit: int = 250) -> list[Spot]:
    """The places with most events; days are ISO dates or ''."""
    rows = by_place(desk.record.store, since, until, limit)
    return [Spot(r["place"], r["country"], r["lat"], r["lon"], r["n"], r["goldstein"]) for r in rows]


def draw_map(t: Words, spots: list[Spot], asked: dict[str, str]) -> str:
    """The map as SVG. Small spots are drawn last, so that none hides under another."""
    most = max((s.n for s in spots), default=1)
    parts = [_graticule(), *_land(), *_disputes(), *(_spot(t, s, most, asked) for s in spots), *_labels(spots, most)]
    return (
        f'<svg class="world" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" role="group" '
        f"aria-label={quoteattr(t.plain('map.label'))}>{''.join(parts)}</svg>"
    )


def project(lon: float, lat: float) -> Point:
    """Degrees to pixels."""
    return (lon + 180) * SCALE, (NORTH - lat) * SCALE


def _spot(t: Words, spot: Spot, most: int, asked: dict[str, str]) -> str:
    x, y = project(spot.lon, spot.lat)
    mean = "–" if spot.goldstein is None else t.number(spot.goldstein)
    tip = t("map.tip", place=spot.place, n=spot.n, mean=mean)
    href = escape(address("/events", place=spot.place, **asked))
    return (
        f'<a href="{href}" aria-label="{tip}"><title>{tip}</title>'
        f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="{_radius(spot, most):.1f}"/></a>'
    )


def _radius(spot: Spot, most: int) -> float:
    """Pixels; the area grows with the number of events."""
    return 2.5 + 9 * math.sqrt(spot.n / most)


def _labels(spots: list[Spot], most: int) -> Iterator[str]:
    """Names of the largest spots, where they do not run into one that is there already."""
    taken: list[tuple[float, float, float]] = []
    for spot in spots[:40]:
        x, y = project(spot.lon, spot.lat)
        aside, wide = _radius(spot, most) + 2.5, 5.4 * len(spot.place)
        for left in (x + aside, x - aside - wide):
            free = all(abs(y - v) > 10 or left > u + w or u > left + wide for u, v, w in taken)
            if free and left >= 0 and left + wide <= WIDE:
                taken.append((left, y, wide))
                yield f'<text class="place" x="{left:.1f}" y="{y + 3.5:.1f}">{escape(spot.place[:24])}</text>'
                break


def _graticule() -> str:
    lines = [f"M{project(lon, NORTH)[0]:.0f} 0V{HIGH:.0f}" for lon in range(-150, 180, 30)]
    lines += [f"M0 {project(0, lat)[1]:.0f}H{WIDE:.0f}" for lat in range(-30, 90, 30)]
    return f'<path class="graticule" d="{"".join(lines)}"/>'


@cache
def _disputes() -> tuple[str, ...]:
    """Rings around the areas of the table of disputes: whatever the shapes say, these are contested."""
    path = Path(__file__).parent / "tables" / "disputed_areas.csv"
    rings = []
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(line for line in handle if not line.startswith("#")):
            x, y = project(float(row["lon"]), float(row["lat"]))
            tip = f"{row['area']}: {row['note']}"
            rings.append(
                f'<circle class="contested" cx="{x:.1f}" cy="{y:.1f}" r="{float(row["radius"]) * SCALE:.1f}"><title>{escape(tip)}</title></circle>'
            )
    return tuple(rings)


# --- shapes -----------------------------------------------------------------------------------------------


@cache
def _land() -> tuple[str, ...]:
    """One path for each country; none where the shapes are not installed."""
    if not SHAPES.is_file():
        return ()
    world = json.loads(SHAPES.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, world["transform"]) for arc in world["arcs"]]
    paths = []
    for shape in world["objects"]["countries"]["geometries"]:
        groups = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        rings = "".join(_ring(indexes, arcs) for group in groups for indexes in group)
        if rings:
            paths.append(f'<path class="land" d="{rings}"/>')
    return tuple(paths)


def has_shapes() -> bool:
    """Whether the shapes of countries came with the package."""
    return bool(_land())


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """TopoJSON's quantised differences as degrees (TopoJSON specification, 2.1.3)."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _ring(indexes: list[int], arcs: list[list[Point]]) -> str:
    """A ring as path data. One that crosses the 180th meridian is drawn on both edges of the map; one that goes
    around the pole is closed along the edge."""
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    whole = unwrapped(points)
    if abs(whole[-1][0] - whole[0][0]) > 180:
        pole = -90.0 if whole[0][1] < 0 else 90.0
        whole = [*whole, (whole[-1][0], pole), (whole[0][0], pole)]
    low, high = min(p[0] for p in whole), max(p[0] for p in whole)
    shifts = [0.0] + ([360.0] if low < -180 else []) + ([-360.0] if high > 180 else [])
    return "".join(_path([(lon + by, lat) for lon, lat in whole]) for by in shifts)


def unwrapped(points: list[Point]) -> list[Point]:
    """The same ring with longitudes that go on beyond 180° instead of jumping to the other side."""
    whole = [points[0]]
    turns = 0.0
    for (before, _), (lon, lat) in itertools.pairwise(points):
        if lon - before > 180:
            turns -= 360
        elif lon - before < -180:
            turns += 360
        whole.append((lon + turns, lat))
    return whole


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (project(*p) for p in points)) + "Z"
