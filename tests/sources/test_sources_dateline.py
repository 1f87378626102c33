"""Datelines and dates: city, day, agency and title from the head of a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources.dateline import find_dateline
from detente.sources.when import normal_date


@pytest.mark.parametrize(
    ("text", "place", "date", "outlet"),
    [
        ("OSLO, March 3, 2020 (Reuters) - Norland said it would.", "Oslo", "2020-03-03", "Reuters"),
        ("OSLO, March 3 (NWA) -- Norland said it would.", "Oslo", "2020-03-03", "NWA"),
        ("MINSK, 12 December. /TASS/. The envoy left.", "Minsk", "2019-12-12", "TASS"),
        ("Geneva, 14 July 2015 - The parties have met.", "Geneva", "2015-07-14", None),
        ("KABUL, Afghanistan (AP) — A convoy was hit.", "Kabul", None, "AP"),
        ("Cairo (Reuters) - The talks went on.", "Cairo", None, "Reuters"),
        ("JERUSALEM — The cabinet met.", "Jerusalem", None, None),
        ("UNITED NATIONS, Sept 3, 2013 (IPS) - The council met.", "United Nations", "2013-09-03", "IPS"),
        ("WASHINGTON, D.C. — The senate voted.", "Washington", None, None),
        ("Tehran, Nov 10, IRNA - The ministry denied it.", "Tehran", "2019-11-10", "IRNA"),
        ("RIO DE JANEIRO (AFP) - The summit opened.", "Rio De Janeiro", None, "AFP"),
        ("(Reuters) - The ministry denied it.", None, None, "Reuters"),
        ("JUBA (Nile Post) Sept. 12, 2018 - The army left.", "Juba", "2018-09-12", "Nile Post"),
        ("LAHORE: The minister left the town.", "Lahore", None, None),
    ],
)
def test_wire_datelines(text, place, date, outlet):
    found = find_dateline(text, published="2020-01-20")
    assert (found.place, found.date, found.outlet) == (place, date, outlet)


@pytest.mark.parametrize(
    "text",
    [
        "Angela Berg (SPD) - who leads the party - said no.",
        "Iran and Norland - old rivals - met on March 3.",
        "In March 2014 - the year of the talks - they met.",
        "UPDATE 1 - Talks broken off",
        "EXCLUSIVE — The minister resigns",
        "He (Reuters) - no.",
        "",
        "\n\n\n",
        "-" * 2000,
    ],
)
def test_what_is_no_dateline(text):
    found = find_dateline(text, published="2020-01-20")
    assert (found.place, found.outlet) == (None, None)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("November 12, 2011 • 10:35AM", "2011-11-12T10:35"),
        ("Published: 12 November 2011 22:35 GMT", "2011-11-12T22:35:00Z"),
        ("Monday, 14 July 2015", "2015-07-14"),
        ("Press release, March 20, 2014", "2014-03-20"),
        ("2011-11-12", "2011-11-12"),
        ("12.11.2011", "2011-11-12"),
    ],
)
def test_a_date_on_a_line_of_its_own_under_a_title(line, moment):
    found = find_dateline(
        f"Talks in Oslo end without result\n{line}\n\nThe envoys of both states left on the same day."
    )
    assert (found.moment, found.date) == (moment, moment[:10])
    assert found.title == "Talks in Oslo end without result" and found.place is None


def test_a_press_release_with_city_and_day_on_two_lines():
    found = find_dateline("Remarks on Norland\nJane Roe\nWashington, DC\nApril 13, 2017\n\nToday we announce a visit.")
    assert (found.place, found.date) == ("Washington", "2017-04-13")


def test_a_day_without_a_year_takes_the_year_that_brings_it_closest():
    assert find_dateline("OSLO, Dec. 30 (NWA) -- X", published="2020-01-02").date == "2019-12-30"
    assert find_dateline("OSLO, Dec. 30 (NWA) -- X").yearless == "Dec. 30"
    assert find_dateline("OSLO, Feb. 30 (NWA) -- X", published="2020-01-02").date is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20111112", "2011-11-12"), (20111112, "2011-11-12"), (1321093800, "2011-11-12T10:30:00Z"),
        (1321093800000, "2011-11-12T10:30:00Z"), ("2011-11-12T10:35:00.5+03:00", "2011-11-12T07:35:00Z"),
        ("Nov 2011", "2011-11"), ("2011", "2011"), ("13/04/2015", "2015-04-13"), ("04/13/2015", "2015-04-13"),
        ("03/04/2015", None), ("0000-00-00", None), ("0000", None), ("2011-02-30", None), ("soon", None), (None, None),
        (float("nan"), None), (1e300, None), (True, None), ("9999-12-31T23:59:59-05:00", None), ("٢٠١١", "2011"), ("²²²²²²²²²", None),
    ],
)  # fmt: skip
def test_dates_as_sources_write_them(written, iso):
    assert normal_date(written) == iso


@given(st.text(max_size=200) | st.integers() | st.floats() | st.dates().map(str) | st.datetimes().map(str))
@settings(deadline=None, max_examples=300)
def test_any_value_is_a_date_of_four_forms_or_none(value):
    found = normal_date(value)
    assert found is None or len(found) in {4, 7, 10, 16, 19, 20}
    find_dateline(str(value), found)


@pytest.mark.parametrize(
    "piece", ["A-", "AA-", "A ", "A/", "A, A ", "Aa-Aa ", "(a", "Jan ", "12 ", "By A-a ", "A. ", "1 May 20 "]
)
def test_no_head_of_a_text_takes_long(piece):
    began = time.process_time()
    for ending in ("", "1", " 1\n", "\n", "("):
        find_dateline((piece * 60 + ending) * 20)
    assert time.process_time() - began < 0.5
