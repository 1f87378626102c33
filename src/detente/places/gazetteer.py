"""The gazetteer: names to places, without loading the whole of it.

GeoNames' cities, states and counties lie in two sorted text files that are searched by halving; countries,
regions, waters, abbreviations and demonyms are small tables in `tables/`, read once. The folder of the two
files can be another (DETENTE_PLACES), built with more places by `python -m detente.places.build`.
"""

from __future__ import annotations

import csv
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from ..errors import CodebookError
from .keys import key

HERE = Path(__file__).parent
TABLES = HERE / "tables"
COUNTRY_FEATURES = frozenset({"PCLI", "PCLH", "PCLD"})
OWN = -2_000_000
"""Ids from here down are places of the user's own table."""
AREAS = COUNTRY_FEATURES | {"CONT", "RGN", "ADM1"}


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer. `country` is ISO 3166 alpha-2 or '', `feature` a GeoNames feature code."""

    id: int
    """GeoNames' id; negative when the place has none there."""
    name: str
    feature: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int

    @property
    def geonameid(self) -> int | None:
        return self.id if self.id > 0 else None

    @property
    def is_country(self) -> bool:
        return self.feature in COUNTRY_FEATURES


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `main`: it is the place's own name, not one of its others."""

    place: Place
    main: bool = True
    after_comma: bool = False
    """An abbreviation that is one only in 'Salem, OR'."""


@dataclass(frozen=True, slots=True)
class Demonym:
    """'Turkish' (adj) or 'Turks' (people), and the name that it stands for."""

    place: Place
    part: str


class SortedLines:
    """A file of lines sorted by the bytes before their first tab, searched in place."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise CodebookError(f"{path}: no such table; build it with python -m detente.places.build")
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def find(self, wanted: bytes) -> bytes | None:
        """What follows the tab in the line that begins with `wanted`, or None."""
        data, low, high = self._bytes, 0, len(self._bytes)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            tab = data.find(b"\t", start, end)
            here = data[start:tab]
            if here == wanted:
                return data[tab + 1 : end]
            if here < wanted:
                low = end + 1
            else:
                high = start
        return None


class Gazetteer:
    """Looks names up. Raises CodebookError when its files are missing or a row of a table is malformed."""

    def __init__(self, folder: Path | None = None, own: Path | None = None) -> None:
        """`own` is a table of the user's in the form of regions.csv; its rows come before all others."""
        self.folder = folder or Path(os.environ.get("DETENTE_PLACES") or HERE / "data")
        self.own = own or (Path(named) if (named := os.environ.get("DETENTE_OWN_PLACES")) else None)
        self._names = SortedLines(self.folder / "names.tsv")
        self._places = SortedLines(self.folder / "places.tsv")
        self.place = lru_cache(maxsize=20000)(self._place)
        self._cities = lru_cache(maxsize=20000)(self._look_up)
        self.candidates = lru_cache(maxsize=20000)(self._candidates)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places that may be meant by `name`: countries and regions first, then cities by population."""
        tabled = self.tabled(name)
        known = {candidate.place.id for candidate in tabled}
        return tabled + tuple(c for c in self._cities(key(name)) if c.place.id not in known)

    def tabled(self, name: str) -> tuple[Candidate, ...]:
        """Those of the small tables. Abbreviations are matched as written ('US', 'Ore.'), names by their key."""
        exact = self._abbreviations.get(name)
        found = self._areas.get(key(name), ())
        if exact is None or (found and found[0].place.id <= OWN):
            return found
        return (exact,)

    def demonym(self, word: str) -> Demonym | None:
        """What 'Turkish', 'Turks' or 'South Korean' stand for."""
        return self._demonyms.get(word)

    def admin1(self, country: str, code: str) -> Place | None:
        """The state or province with GeoNames' code, as in ('US', 'TX')."""
        return self._states.get(f"{country}.{code}")

    def country(self, iso2: str) -> Place | None:
        return self._countries.get(iso2)

    def iso3(self, iso2: str) -> str | None:
        """ISO 3166 alpha-3 for alpha-2 ('XKX' for Kosovo); None for ''."""
        return self._alpha3.get(iso2)

    def iso2(self, iso3: str) -> str | None:
        return self._alpha2.get(iso3)

    @cached_property
    def _alpha2(self) -> dict[str, str]:
        return {three: two for two, three in self._alpha3.items()}

    def names_of_country(self, iso3: str) -> frozenset[str]:
        """The names and demonyms of a country: 'China', 'Chinese', 'PRC'."""
        iso2 = self._alpha2.get(iso3)
        named = {n for n, found in self._areas.items() if found[0].place.country == iso2 and found[0].place.is_country}
        called = {word for word, d in self._demonyms.items() if d.place.country == iso2 and d.place.is_country}
        return frozenset(named | called)

    @cached_property
    def _alpha3(self) -> dict[str, str]:
        return {row["iso2"]: row["iso3"] for row in rows_of(self._country_file)}

    def _place(self, number: int) -> Place | None:
        line = self._places.find(str(number).encode())
        if line is None:
            return None
        name, feature, country, admin1, lat, lon, population = line.decode().split("\t")
        return Place(number, name, feature, country, admin1, float(lat), float(lon), int(population))

    def _look_up(self, name: str) -> tuple[Candidate, ...]:
        line = self._names.find(name.encode()) if name else None
        if line is None:
            return ()
        found = [(self.place(int(cell.lstrip(b"="))), cell.startswith(b"=")) for cell in line.split(b",")]
        candidates = [Candidate(place, main) for place, main in found if place]
        return tuple(sorted(candidates, key=lambda c: (not c.main, -c.place.population)))

    # --- the small tables -----------------------------------------------------------------------------------

    @cached_property
    def _countries(self) -> dict[str, Place]:
        rows = (self._country_row(row) for row in rows_of(self._country_file))
        return {place.country: place for place in rows}

    @property
    def _country_file(self) -> Path:
        own = self.folder / "countries.csv"
        return own if own.is_file() else HERE / "data" / "countries.csv"

    @staticmethod
    def _country_row(row: dict[str, str]) -> Place:
        lat, lon = float(row["lat"] or 0), float(row["lon"] or 0)
        number = int(row["geonameid"] or 0)
        return Place(number, row["name"], "PCLI", row["iso2"], "", lat, lon, int(row["population"] or 0))

    @cached_property
    def _states(self) -> dict[str, Place]:
        """Code -> place of every state and province (one pass over the file, 3,900 rows)."""
        found = {}
        for line in (self.folder / "places.tsv").read_bytes().split(b"\n"):
            if b"\tADM1\t" in line:
                number = int(line.split(b"\t", 1)[0])
                place = self.place(number)
                if place:
                    found[f"{place.country}.{place.admin1}"] = place
        corrected = (place for _, place in self._regions if place.feature == "ADM1" and place.admin1)
        return found | {f"{place.country}.{place.admin1}": place for place in corrected}

    @cached_property
    def _regions(self) -> list[tuple[tuple[str, ...], Place]]:
        """Names and place of each row of regions.csv; a row with a GeoNames id puts that place's row right."""
        return [self._region(row, -1_000_000 - n) for n, row in enumerate(rows_of(TABLES / "regions.csv"), 1)]

    @cached_property
    def _own_regions(self) -> list[tuple[tuple[str, ...], Place]]:
        rows = rows_of(self.own) if self.own else []
        return [self._region(row, -2_000_000 - n) for n, row in enumerate(rows, 1)]

    def _region(self, row: dict[str, str], own_id: int) -> tuple[tuple[str, ...], Place]:
        names = (row["name"], *filter(None, row["aliases"].split(";")))
        at = (float(row["lat"]), float(row["lon"]))
        known = self.place(int(row["geonameid"])) if row["geonameid"] else None
        if known:
            return names, replace(known, name=row["name"], lat=at[0], lon=at[1])
        number = int(row["geonameid"] or own_id)
        return names, Place(number, row["name"], row["feature"], row["country"], "", *at, 0)

    @cached_property
    def _areas(self) -> dict[str, tuple[Candidate, ...]]:
        """Key -> countries, states and regions of that name, in this order."""
        found: dict[str, list[Candidate]] = {}

        def add(name: str, place: Place) -> None:
            entries = found.setdefault(key(name), [])
            if all(entry.place.id != place.id for entry in entries):
                entries.append(Candidate(place))

        for names, place in self._own_regions:
            for name in names:
                add(name, place)
        for row in rows_of(self._country_file):
            place = self._countries[row["iso2"]]
            for name in {row["name"], row["long"]} - {"", "none"}:
                add(name, place)
        for row in rows_of(TABLES / "aliases.csv"):
            if not row["rule"] and not _is_abbreviation(row["name"]):
                add(row["name"], self._target(row["target"]))
        for names, place in self._regions:
            for name in names:
                add(name, place)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def _abbreviations(self) -> dict[str, Candidate]:
        return {
            row["name"]: Candidate(self._target(row["target"]), after_comma=row["rule"] == "after a comma")
            for row in rows_of(TABLES / "aliases.csv")
            if row["rule"] or _is_abbreviation(row["name"])
        }

    def _target(self, code: str) -> Place:
        """The place of 'GB', 'US.TX' or of a region's name."""
        place = self._countries.get(code) or self._states.get(code) or self._region_by_name.get(code)
        if place is None:
            cities = self._cities(key(code))
            if not cities:
                raise CodebookError(f"{TABLES}: no country, state or region {code!r}; correct the row that names it")
            place = cities[0].place
        return place

    @cached_property
    def _region_by_name(self) -> dict[str, Place]:
        return {names[0]: place for names, place in self._regions}

    @cached_property
    def _demonyms(self) -> dict[str, Demonym]:
        found = {}
        for row in rows_of(self._country_file):
            for word in _adjectives(row["adjective"]):
                found[word] = Demonym(self._countries[row["iso2"]], "adj")
        for row in rows_of(TABLES / "demonyms.csv"):
            found[row["word"]] = Demonym(self._target(row["place"]), row["part"])
        plurals = {f"{w}s": Demonym(d.place, "people") for w, d in found.items() if w.endswith(("an", "i", "ian"))}
        return plurals | found


def _adjectives(cell: str) -> Iterator[str]:
    for word in cell.replace(" or ", ",").replace(" and ", ",").split(","):
        if word.strip()[:1].isupper():
            yield word.strip()


def _is_abbreviation(name: str) -> bool:
    return "." in name or (name.isupper() and len(name) <= 6)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table. Raises CodebookError that names file and line."""
    if not path.is_file():
        raise CodebookError(f"{path}: no such table")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise CodebookError(f"{path}, line {number}: a cell is missing or too many; compare the heading")
    return rows


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of DETENTE_PLACES, else the one that comes with detente; opened once."""
    return Gazetteer()
