"""Whose minister, whose general: persons whose state stands elsewhere in the text, or in the office itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import Document
from detente.actors import find_actors
from detente.language import parse


def person_in(text: str, name: str, place: str | None = None):
    found = find_actors(parse(replace(Document.from_text(text, published="2016-05-04"), dateline_place=place)))
    return next(ref for ref in found.mentions if ref.person == name and ref.text == name)


@pytest.mark.parametrize(
    ("text", "name", "office", "country"),
    [
        ("Assistant Secretary of State Brian Holloway arrived on Monday.", "Brian Holloway", "Assistant Secretary of State", "USA"),
        ("Republican Senator Dale Whitmore promised a bill.", "Dale Whitmore", "Senator", "USA"),
        ("Wing Commander Dilip Sarangi of India was rescued.", "Dilip Sarangi", "Wing Commander", "IND"),
        ("Pakistan's Water Resources Minister Tariq Lodhi resigned.", "Tariq Lodhi", "Water Resources Minister", "PAK"),
        ("Saudi Arabia's minister of state for African affairs, Faris al-Otaibi, left.", "Faris al-Otaibi", "minister of state", "SAU"),
        ("In Moscow, Deputy Speaker Ilya Zharkov said that Washington was wrong.", "Ilya Zharkov", "Deputy Speaker", "RUS"),
        ("Norway's envoy Liv Haugen met Colonel Omar Diko of Chad. His spokesman, Ali Barka, praised Oslo.", "Ali Barka", "spokesman", "TCD"),
    ],
)  # fmt: skip
def test_the_state_is_told_by_the_office_the_scene_or_the_person_before(text, name, office, country):
    person = person_in(text, name)
    assert person.country == country
    assert (person.office or "").lower().startswith(office.lower())


def test_an_unmarked_minister_is_of_the_dateline():
    text = "Transport Secretary Noel Abrera told CNN that Manila would keep its trade with America. Congress in the Philippines approved."
    assert person_in(text, "Noel Abrera", "Manila").country == "PHL"


def test_what_a_state_sends_abroad_is_not_the_home_of_a_governor():
    person = person_in("Iranian missiles hit the city overnight, governor Adnan Fawzi wrote.", "Adnan Fawzi")
    assert person.country != "IRN"


def test_a_namesake_with_another_first_name_is_somebody_else():
    person = person_in("Secretary Ramiro Gaddafi opened the fair.", "Ramiro Gaddafi")
    assert person.country is None


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("NATO forces in Afghanistan killed six fighters.", "NATO forces", "NATO"),
        ("The United Nations Mission in Liberia welcomed the vote.", "United Nations Mission", "UN"),
        ("The EU ambassador to Iran criticised the arrests.", "EU ambassador", "EU"),
    ],
)
def test_what_an_organisation_sends_is_not_of_the_state_where_it_is(text, phrase, key):
    found = find_actors(parse(Document.from_text(text)))
    assert next(ref for ref in found.mentions if ref.text == phrase).id == key


def test_the_two_countries_of_a_minister_are_his_own_and_the_one_named_last():
    text = (
        "Japan protested to Korea. Vietnam had not answered. Chinese Deputy Foreign Minister Wang Lin told a briefing that the two "
        "countries would resume flights."
    )
    found = find_actors(parse(Document.from_text(text)))
    assert {ref.country for ref in found.mentions if ref.text == "countries"} == {"CHN", "VNM"}


def test_an_unmarked_minister_is_of_the_state_whose_doings_were_told():
    text = (
        "Latvia on Monday closed its border with Belarus until Minsk freed the prisoner. Interior Minister Janis Kalnins told a "
        "broadcaster that the step was final."
    )
    assert person_in(text, "Janis Kalnins").country == "LVA"
