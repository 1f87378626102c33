"""Whom phrases mean, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.actors import find_actors
from detente.document import Document
from detente.language import parse


def found(text: str, day: str = "2019-05-20"):
    return find_actors(parse(Document.from_text(text, published=day)))


def at(text: str, word: str, day: str = "2019-05-20"):
    who = found(text, day)
    token = next(t for t in who.parse.doc if t.text == word)
    return who.at(token)


@pytest.mark.parametrize(
    ("text", "name", "office", "body", "country"),
    [
        (
            "Kenyan Foreign Ministry spokeswoman Anna Mwangi spoke.",
            "Anna Mwangi",
            "spokeswoman",
            "Kenyan Foreign Ministry",
            "KEN",
        ),
        (
            "Anna Mwangi, spokeswoman for the Kenyan Foreign Ministry, spoke.",
            "Anna Mwangi",
            "spokeswoman",
            "Kenyan Foreign Ministry",
            "KEN",
        ),
        (
            "They met the head of the Kenyan Foreign Ministry, Anna Mwangi.",
            "Anna Mwangi",
            None,
            "Kenyan Foreign Ministry",
            "KEN",
        ),
        ("Peruvian President Luis Quispe arrived.", "Luis Quispe", "President", None, "PER"),
        (
            "Peruvian Foreign Minister Luis Quispe arrived.",
            "Luis Quispe",
            "Foreign Minister",
            "Peruvian Foreign Ministry",
            "PER",
        ),
    ],
)
def test_persons_with_office_body_and_country(text, name, office, body, country):
    people = {r.person: r for r in found(text).mentions if r.person}
    person = people[name]
    assert person.country == country
    if office:
        assert person.office == office
    if body:
        assert person.body == body


def test_a_surname_means_the_person_named_before():
    text = "Peruvian Foreign Minister Luis Quispe arrived on Monday. Quispe met reporters."
    who = found(text)
    later = [r for r in who.mentions if r.text == "Quispe"]
    assert later
    assert later[0].person == "Luis Quispe"
    assert later[0].country == "PER"


def test_a_capital_is_a_government_only_where_the_sentence_lets_it():
    assert at("Moscow rejected the offer.", "Moscow")[0].country == "RUS"
    assert at("Envoys met in Moscow on Monday.", "Moscow") == ()


def test_an_adjective_belongs_to_its_head():
    (ref,) = at("Kenyan troops crossed the border.", "troops")
    assert (ref.country, ref.role, ref.code) == ("KEN", "MIL", "KENMIL")


def test_several_states_in_one_phrase():
    assert {r.country for r in at("Indian and Chinese generals met.", "generals")} == {"IND", "CHN"}


def test_both_sides_are_the_two_named_before():
    text = "Chile and Peru opened talks. The two sides agreed on a text."
    assert {r.country for r in at(text, "sides")} == {"CHL", "PER"}


def test_outlets_and_organisations_have_their_roles():
    assert at("He told Reuters that he would go.", "Reuters")[0].role == "MED"
    assert at("The IAEA sent inspectors.", "IAEA")[0].role == "IGO"


def test_an_office_holder_is_known_at_the_date_of_the_document():
    (ref,) = {
        (r.person, r.country) for r in found("Prime Minister Theresa May spoke.", "2018-03-14").mentions if r.person
    }
    assert ref == ("Theresa May", "GBR")


def test_the_text_is_believed_before_the_table():
    (ref,) = {
        (r.person, r.country)
        for r in found("Kenyan Prime Minister Theresa May spoke.", "2018-03-14").mentions
        if r.person
    }
    assert ref == ("Theresa May", "KEN")


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_every_mention_points_at_its_words(text):
    for ref in found(text).mentions:
        assert ref.span is not None
        assert ref.span.of(text) == ref.text
