"""Day counts follow the text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.plans.days import DayCount, Duration, add, parse_day, parse_duration
from detente.plans.library import open_plan
from detente.plans.world import World

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "plans" / "day_counts.json"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold/plans is not here")


@needs_gold
def test_the_reference_day_counts_come_out_exactly() -> None:
    rows = json.loads(GOLD.read_text())
    assert len(rows) == 8
    for row in rows:
        if row["from"] == "d0":
            ladder = open_plan("jcpoa-2015").disputes
            assert ladder and sum(d.amount for d in ladder.shortest) == row["days"] == 65
        else:
            assert add(date.fromisoformat(row["from"]), Duration(row["days"])).isoformat() == row["computed"]


@pytest.mark.parametrize(
    ("plan", "step", "last_day"),
    [
        ("six-party-2007", "shut", "2007-04-14"),
        ("colombia-2016", "caches", "2017-05-30"),
        ("doha-2020", "first_cut", "2020-07-13"),
        ("minsk-2-2015", "2.ukr", "2015-03-01"),
        ("minsk-2-2015", "4.rada", "2015-03-14"),
    ],
)
def test_the_plans_of_the_library_count_as_their_texts_do(plan: str, step: str, last_day: str) -> None:
    world = World(open_plan(plan), (), date(2000, 1, 1))
    assert str(world.day_of(world.steps[step].due)) == last_day


def test_adoption_day_is_ninety_days_after_endorsement() -> None:
    world = World(open_plan("jcpoa-2015"), (), date(2015, 8, 1))
    assert str(world.planned(world.plan.days["adoption"])) == "2015-10-18"


def test_working_days_skip_weekends_and_holidays_and_the_first_day_may_count() -> None:
    friday = date(2015, 5, 1)
    assert add(friday, Duration(1, "working day")) == date(2015, 5, 4)
    assert add(friday, Duration(5, "working day"), DayCount(holidays=frozenset({date(2015, 5, 4)}))) == date(
        2015, 5, 11
    )
    assert add(friday, Duration(5, "working day"), DayCount(first_counted=True)) == date(2015, 5, 7)
    assert add(friday, Duration(10), DayCount(first_counted=True)) == date(2015, 5, 10)
    assert add(friday, Duration(2), DayCount(working=True, weekend=frozenset({4, 5}))) == date(2015, 5, 4)


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert add(date(2015, 1, 31), Duration(1, "month")) == date(2015, 2, 28)
    assert add(date(2016, 2, 29), Duration(1, "year")) == date(2017, 2, 28)
    assert add(date(2016, 3, 31), Duration(1, "month"), sign=-1) == date(2016, 2, 29)


def test_days_cut_to_a_month_or_a_year_are_known_at_their_end() -> None:
    assert parse_day("2011-11") == date(2011, 11, 30)
    assert parse_day("2012") == date(2012, 12, 31)
    for text in ("2011-13", "12.11.2011", "", "2011-02-30", "tomorrow"):
        with pytest.raises(ValueError, match="not a"):
            parse_day(text)


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 3000), st.sampled_from(["day", "working day", "week"])
)
def test_counting_there_and_back_comes_home_from_working_days(start: date, amount: int, unit: str) -> None:
    duration = parse_duration(f"{amount} {unit}s")
    end = add(start, duration)
    assert end >= start
    if unit != "working day" or DayCount().is_working(start):
        assert add(end, duration, sign=-1) == start


def test_sums_that_leave_the_calendar_end_at_its_edge() -> None:
    assert add(date(9999, 1, 1), Duration(10, "year")) == date.max
    assert add(date(2, 1, 1), Duration(10, "year"), sign=-1) == date.min
