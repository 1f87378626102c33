"""Countries by the codes that other formats use: ISO 3166, FIPS 10-4, Correlates of War, ICEWS' names.

`tables/countries.csv`: ISO and FIPS from GeoNames (CC BY 4.0), numbers of the Correlates of War state list.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from .layouts import TABLES

OLDER = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "KOS": "XKX", "BUR": "MMR", "PAL": "PSE", "SSN": "SSD"}
"""Codes of CAMEO's and GDELT's lists that ISO 3166 has changed since or writes otherwise."""


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the table; '' where a list lacks the country."""

    iso3: str
    isonumeric: str
    fips: str
    cow: str
    name: str


@cache
def countries() -> dict[str, Country]:
    """By ISO 3166 alpha-3."""
    with (TABLES / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: Country(**row) for row in csv.DictReader(file, delimiter=";")}


@cache
def _by(column: str) -> dict[str, str]:
    return {value: c.iso3 for c in countries().values() if (value := getattr(c, column))}


def code_in(column: str, iso3: str) -> str:
    """The code that a list ('fips', 'cow', 'isonumeric', 'name') has for a country; '' where it has none."""
    country = countries().get(iso3)
    return getattr(country, column) if country else ""


def from_code(column: str, code: str) -> str:
    """The alpha-3 code of a country by the code of another list; '' where there is none."""
    return _by(column).get(code, "")


def from_cameo(code: str) -> str:
    """The alpha-3 code of a country by the three letters that CAMEO has; '' for IGO, NGO and the regions."""
    code = OLDER.get(code, code)
    return code if code in countries() else ""


SHORT = {"US": "USA", "UK": "GBR", "UAE": "ARE", "USA": "USA", "DRC": "COD", "PRC": "CHN", "ROK": "KOR"}
"""What countries are called in two or three letters. Any other word as short is a code, and may as well be a party's."""


@cache
def from_name(name: str) -> str:
    """The alpha-3 code of a country by its name; '' where it is none."""
    name = name.strip()
    if len(name) < 4:
        return SHORT.get(name, "")
    known = from_code("name", name)
    if known:
        return known
    import countrynames

    try:
        return countrynames.to_code_3(name) or ""
    except KeyError:  # a code that has no alpha-3 in the library
        return ""
