"""Building the tables: what comes out is what is shipped, where the sources say it otherwise."""

from __future__ import annotations

import csv

import pytest

from detente.places.build import DATA, adjective_of, write_countries


@pytest.mark.parametrize(
    ("words", "name", "adjective"),
    [
        ("Congolese or Congo", "Republic of the Congo", "Congolese"),
        ("Luxembourg", "Luxembourg", "Luxembourg"),
        ("Saudi or Saudi Arabian", "Saudi Arabia", "Saudi or Saudi Arabian"),
        ("", "Nauru", ""),
    ],
)
def test_a_name_is_no_adjective_beside_another(words, name, adjective):
    assert adjective_of(words, name) == adjective


def test_the_rows_of_both_congos_are_built_as_they_are_shipped(tmp_path):
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        shipped = {row["iso2"]: row for row in csv.DictReader(file)}
    sources = [shipped[code] for code in ("CD", "CG", "LU")]
    factbook = {
        row["iso2"]: {k: row[k] for k in ("lat", "lon", "noun", "long")}
        | {"adjective": row["adjective"] + (" or Congo" if row["iso2"] != "LU" else "")}
        for row in sources
    }
    countries = [{k: row[k] for k in ("iso2", "iso3", "name", "capital", "population", "geonameid")} for row in sources]
    write_countries(tmp_path / "countries.csv", countries, factbook)
    with (tmp_path / "countries.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == sources
