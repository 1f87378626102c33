"""Holidays of every calendar, the eve of something, days beside an event that the text dates, fiscal years."""

from __future__ import annotations

import datetime

import pytest

from detente.language.dates import find_times
from detente.language.dates.holidays import NAMES, holiday_in
from detente.language.dates.moons import hijri_in, orthodox_easter, passover, rosh_hashanah

READ_ON = "2022-05-11"


def values(text: str) -> dict[str, str]:
    return {t.span.of(text): t.value for t in find_times(text, reference=READ_ON)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bombs fell on the eve of Easter 2010.", {"the eve of Easter 2010": "2010-04-03"}),
        ("They signed on Good Friday in 1998.", {"Good Friday in 1998": "1998-04-10"}),
        ("A truce began at the start of Ramadan in 2015.", {"the start of Ramadan in 2015": "2015-06"}),
        ("Shelling stopped by the end of Ramadan.", {"the end of Ramadan": "2022-05"}),
        ("Aid came during Ramadan 1432.", {"Ramadan 1432": "2011-08"}),
        ("Last Ramadan nobody was freed.", {"Last Ramadan": "2022-04"}),
        ("The Eid al-Adha truce of 2012 broke down.", {"The Eid al-Adha": "2012-10-26", "2012": "2012"}),
        ("Yom Kippur 1973 found them asleep.", {"Yom Kippur 1973": "1973-10-06"}),
        ("The raid of Passover 2002 was answered.", {"Passover 2002": "2002-03-28"}),
        ("Shops shut for Hanukkah 2008.", {"Hanukkah 2008": "2008-12-22"}),
        ("The offensive opened at Tet 1968.", {"Tet 1968": "1968-01-30"}),
        ("Shells flew on Diwali.", {"Diwali": "2021-11-04"}),
        ("A truce was called for Orthodox Christmas.", {"Orthodox Christmas": "2022-01-07"}),
        ("Both churches kept Orthodox Easter.", {"Orthodox Easter": "2022-04-24"}),
        ("The Tet Offensive surprised them.", {}),
        ("The Easter Rising failed.", {}),
    ],
)  # fmt: skip
def test_holidays_of_every_calendar(text: str, found: dict[str, str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "eve", "value"),
    [
        ("On the eve of the ballot on Sunday the border shut.", "the eve", "2022-05-07"),
        ("On the eve of Sunday's ballot the border shut.", "the eve of Sunday", "2022-05-07"),
        ("The ballot is on May 20. On the eve of the ballot all rallies stop.", "the eve", "2022-05-19"),
        ("The May 20 ballot is near. On the eve of the ballot all rallies stop.", "the eve", "2022-05-19"),
        ("The day after the parade on 9 May he resigned.", "The day after", "2022-05-10"),
        ("Two weeks before the ballot on May 22 she withdrew.", "Two weeks before", "2022-05-08"),
    ],
)
def test_counted_from_what_the_text_dates(text: str, eve: str, value: str) -> None:
    assert values(text)[eve] == value


def test_the_eve_of_what_nothing_dates_is_no_date() -> None:
    assert values("On the eve of the ballot the border shut.") == {}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the 2018 fiscal year", "2018"), ("the 2021-22 fiscal year", "2022"), ("the 1999-00 fiscal year", "2000"),
        ("fiscal 2021/22", "2022"), ("FY 2020", "2020"), ("the 2023 financial year", "2023"),
        ("the second fiscal quarter of 2018", "2018-Q2"), ("the fourth quarter of the fiscal year 2017", "2017-Q4"),
        ("the first quarter of fiscal 2019", "2019-Q1"),
    ],
)  # fmt: skip
def test_fiscal_years_and_quarters(words: str, value: str) -> None:
    assert values(f"Exports fell in {words}.") == {words: value}


def test_feasts_of_other_calendars_fall_where_almanacs_have_them() -> None:
    assert [orthodox_easter(y).isoformat() for y in (1975, 2010, 2013, 2021)] == [
        "1975-05-04", "2010-04-04", "2013-05-05", "2021-05-02",
    ]  # fmt: skip
    assert [rosh_hashanah(y).isoformat() for y in (1967, 2000, 2023)] == ["1967-10-05", "2000-09-30", "2023-09-16"]
    assert [passover(y).isoformat() for y in (1996, 2020, 2024)] == ["1996-04-04", "2020-04-09", "2024-04-23"]


def test_islamic_feasts_are_within_a_day_of_the_day_kept() -> None:
    kept = {2006: "2006-10-23", 2012: "2012-08-19", 2018: "2018-06-15", 2021: "2021-05-13"}
    for year, day in kept.items():
        reckoned = hijri_in(year, 10, 1)
        assert reckoned is not None
        assert abs((reckoned - datetime.date.fromisoformat(day)).days) <= 1


@pytest.mark.parametrize("year", [1, 2, 621, 700, 1450, 1999, 9990, 9999])
def test_every_holiday_has_a_value_in_every_year(year: int) -> None:
    for name in NAMES:
        assert len(holiday_in(name.lower(), year)) >= 7
