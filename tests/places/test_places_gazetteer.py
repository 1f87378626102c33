"""The gazetteer: halving, keys, small tables, and what each row must hold."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import CodebookError
from detente.places import Gazetteer, contested, country_of, default_gazetteer
from detente.places.build import write_sorted
from detente.places.gazetteer import TABLES, SortedLines
from detente.places.keys import key


@given(st.dictionaries(st.text("abcé z", min_size=1), st.text("0123,="), min_size=1), st.text("abcé z"))
def test_every_line_is_found_and_nothing_else(tmp_path_factory, rows, other):
    path = tmp_path_factory.mktemp("lines") / "rows.tsv"
    write_sorted(path, (f"{name}\t{value}" for name, value in rows.items()))
    lines = SortedLines(path)
    for name, value in rows.items():
        assert lines.find(name.encode()) == value.encode()
    assert (lines.find(other.encode()) is not None) == (other in rows)


@given(st.text())
def test_a_key_is_its_own_key(name):
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Sao Paulo", "São Paulo"), ("U.S.", "us"), ("Cote d'Ivoire", "Côte d’Ivoire"), ("Łódź", "lodz")],
)
def test_names_that_differ_in_accents_and_marks_have_one_key(a, b):
    assert key(a) == key(b)


def test_vowel_signs_of_other_scripts_are_kept():
    assert key("दिल्ली") != key("दलल")


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("U.K.", "GB", "PCLI"),
        ("Democratic Republic of the Congo", "CD", "PCLI"),
        ("Darfur", "SD", "RGN"),
        ("Strait of Hormuz", "", "STRT"),
        ("Calif.", "US", "ADM1"),
        ("Москва", "RU", "PPLC"),
        ("北京", "CN", "PPLC"),
        ("طهران", "IR", "PPLC"),
    ],
)
def test_the_first_candidate_is_the_best_known(name, country, feature):
    place = default_gazetteer().candidates(name)[0].place
    assert (place.country, place.feature) == (country, feature)


def test_abbreviations_are_matched_as_written():
    gazetteer = default_gazetteer()
    assert gazetteer.tabled("US")
    assert not gazetteer.tabled("us")
    assert gazetteer.tabled("OR")[0].after_comma
    assert not gazetteer.tabled("or")


def test_a_folder_without_tables_says_how_to_build_them(tmp_path):
    with pytest.raises(CodebookError, match=r"places\.build"):
        Gazetteer(tmp_path)


def test_ids_of_regions_are_those_of_places_in_the_same_spot():
    gazetteer = default_gazetteer()
    with (TABLES / "regions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["geonameid"]]
    known = [(row, place) for row in rows if (place := gazetteer.place(int(row["geonameid"])))]
    assert len(known) > 150
    for row, place in known:
        assert place.country == row["country"], row["name"]
        assert abs(place.lat - float(row["lat"])) < 8, row["name"]


def test_every_alias_and_demonym_has_its_place():
    gazetteer = default_gazetteer()
    assert gazetteer.tabled("Ala.")[0].place.name == "Alabama"
    assert gazetteer.demonym("Chechen").place.name == "Chechnya"
    assert gazetteer.demonym("Cubans").part == "people"
    assert gazetteer.demonym("Table") is None


@pytest.mark.parametrize(
    ("name", "view", "country"),
    [
        ("Crimea", "un", "UKR"),
        ("Crimea", "de-facto", "RUS"),
        ("Crimea", "RUS", "RUS"),
        ("Crimea", "FRA", "UKR"),
        ("Taiwan", "CHN", "CHN"),
        ("Taiwan", "code", "TWN"),
        ("Taiwan", "un", "CHN"),
        ("Kosovo", "code", "XKX"),
        ("Kosovo", "un", "SRB"),
        ("Western Sahara", "de-facto", "MAR"),
        ("Western Sahara", "un", "ESH"),
        ("Kosovo", "SRB", "SRB"),
        ("Golan Heights", "un", "SYR"),
        ("Golan Heights", "ISR", "ISR"),
        ("Jerusalem", "PSE", "PSE"),
        ("Jerusalem", "un", None),
        ("Jerusalem", "code", "ISR"),
    ],
)
def test_both_claims_are_kept_and_the_view_decides(name, view, country):
    gazetteer = default_gazetteer()
    place = next(c.place for c in gazetteer.candidates(name) if contested(c.place))
    found, remark = country_of(place, gazetteer.iso3(place.country), view)
    assert found == country
    assert "contested" in remark


def test_a_table_of_the_users_own_comes_first(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("name,aliases,feature,country,lat,lon,geonameid\nCamp Alfa,Georgia;UK,RGN,NO,60,10,\n")
    gazetteer = Gazetteer(own=own)
    for name in ("Camp Alfa", "Georgia", "UK"):
        assert gazetteer.candidates(name)[0].place.name == "Camp Alfa"
    assert len(gazetteer.candidates("Georgia")) > 1
    with pytest.raises(CodebookError, match="no such table"):
        Gazetteer(own=tmp_path / "none.csv").tabled("Oslo")
    own.write_text("name,aliases\nCamp Alfa\n")
    with pytest.raises(CodebookError, match="line 2"):
        Gazetteer(own=own).tabled("Oslo")


def test_undisputed_places_have_no_remark():
    gazetteer = default_gazetteer()
    assert country_of(gazetteer.candidates("Lisbon")[0].place, "PRT") == ("PRT", "")
