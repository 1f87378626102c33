"""Kings and popes, who are called by a given name: whose they are on a day is for the table of thrones to say."""

from __future__ import annotations

import pytest

from detente import Document
from detente.actors import find_actors
from detente.language import parse


def person_in(text: str, day: str, name: str):
    found = find_actors(parse(Document.from_text(text, published=day)))
    return next(ref for ref in found.mentions if ref.person == name)


@pytest.mark.parametrize(
    ("title", "name", "day", "country"),
    [
        ("King", "Mohammed", "2012-05-03", "MAR"),
        ("King", "Faisal", "1957-05-03", "IRQ"),
        ("King", "Faisal", "1970-05-03", "SAU"),
        ("Pope", "Paul", "1970-05-03", "VAT"),
        ("Queen", "Juliana", "1962-05-03", "NLD"),
        ("Sultan", "Qaboos", "1999-05-03", "OMN"),
    ],
)
def test_a_given_name_behind_a_royal_title_is_whoever_sat_on_such_a_throne(title, name, day, country):
    person = person_in(f"{title} {name} opened the fair on Monday.", day, name)
    assert person.country == country


def test_of_two_kings_of_one_name_the_one_whose_state_is_named():
    assert person_in("King Abdullah said Jordan would send water.", "2009-05-03", "Abdullah").country == "JOR"
    assert person_in("King Abdullah opened the fair.", "2009-05-03", "Abdullah").country is None


def test_a_sheikh_whose_state_nobody_names_may_be_anyone():
    assert person_in("Sheikh Khalifa opened the fair.", "2009-05-03", "Khalifa").country is None


def test_a_king_without_a_throne_is_nobody_of_the_table():
    assert person_in("King Bartholomew opened the fair.", "2012-05-03", "Bartholomew").country is None
