"""Laws of the table of terms of office: dates that are dates, ends after beginnings, one holder at a time, a source for each row."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise

from detente.actors.lookup import rows

TERMS = list(rows("terms.csv"))
STATES = {row["iso3"] for row in rows("states.csv")} | {row["id"] for row in rows("historical.csv")}
SHARED = {
    ("BIH", "head_of_state"): "a presidency of three",
    ("CHN", "leader"): "Deng led without the highest office",
    ("CIV", "head_of_state"): "two claimants after the vote of 2010",
    ("KHM", "head_of_government"): "two prime ministers from 1993 to 1997",
    ("LBY", "head_of_government"): "rival governments in Tripoli and Tobruk",
    ("MDA", "head_of_government"): "a week of two governments in June 2019",
    ("MDG", "head_of_state"): "two claimants in 2002",
    ("VEN", "head_of_state"): "the two days of April 2002",
}
"""Offices that two persons held, or claimed, at once."""
ONE_HOLDER = {
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "leader",
    "supreme_leader",
    "secretary_general",
}


def first_day(date: str) -> str:
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def last_day(date: str) -> str:
    return date + "-12-31" if len(date) == 4 else date + "-31" if len(date) == 7 else date


def test_every_row_has_a_person_a_place_an_office_and_a_source() -> None:
    organisations = {row["id"] for table in ("organisations.csv", "groups.csv") for row in rows(table)}
    for row in TERMS:
        assert row["person"] and row["office"] and row["source"] and row["role"], row
        assert row["country"] in STATES | organisations, row


def test_dates_are_dates_and_terms_end_after_they_begin() -> None:
    for row in TERMS:
        for day in (row["since"], row["until"]):
            assert not day or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", day), row
        if row["since"] and row["until"]:
            assert last_day(row["until"]) > first_day(row["since"]), row


def test_no_term_stands_twice() -> None:
    counts = Counter((r["person"], r["country"], r["kind"], r["office"], r["since"]) for r in TERMS)
    assert [term for term, n in counts.items() if n > 1] == []


def test_an_office_has_one_holder_at_a_time() -> None:
    by_office = defaultdict(list)
    for row in TERMS:
        if row["kind"] in ONE_HOLDER and row["since"]:
            by_office[row["country"], row["kind"]].append(row)
    both = set()
    for office, held in by_office.items():
        held.sort(key=lambda r: (first_day(r["since"]), first_day(r["until"]) if r["until"] else "9999"))
        for one, other in pairwise(held):
            ends = first_day(one["until"]) if one["until"] else "9999"
            if ends > last_day(other["since"]) and one["person"] != other["person"]:
                both.add(office)
    assert both == SHARED.keys()


def test_large_states_have_a_head_of_government_or_state_on_every_day_since_1990() -> None:
    leading = {"USA": "head_of_state", "RUS": "head_of_state", "FRA": "head_of_state", "GBR": "head_of_government",
               "DEU": "head_of_government", "IND": "head_of_government", "ITA": "head_of_government",
               "CAN": "head_of_government", "JPN": "head_of_government", "AUS": "head_of_government",
               "BRA": "head_of_state", "MEX": "head_of_state", "TUR": "head_of_government"}  # fmt: skip
    for country, kind in leading.items():
        held = sorted((r for r in TERMS if (r["country"], r["kind"]) == (country, kind)), key=lambda r: r["since"])
        late = [r for r in held if not r["until"] or r["until"] >= "1990"]
        assert late[0]["since"] <= "1990-01" or country == "RUS", late[0]
        for one, other in pairwise(late):
            assert other["since"][:7] <= (one["until"] or "9999")[:7] or _days(one["until"], other["since"]) < 45, (
                one,
                other,
            )


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(first_day(other)) - date.fromisoformat(first_day(one))).days


def test_the_table_is_plain_csv_with_its_heading() -> None:
    text = files("detente.actors").joinpath("tables", "terms.csv").read_text(encoding="utf-8")
    read = csv.reader(text.splitlines())
    heading = next(read)
    assert heading == ["person", "aliases", "country", "kind", "office", "since", "until", "role", "source"]
    assert all(len(row) == len(heading) for row in read)
