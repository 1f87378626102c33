"""Bodies that every state has, named without it: 'the navy', 'parliament', 'the junta'; and whom 'the general' means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import Document
from detente.actors import find_actors
from detente.language import parse


def means(text: str, word: str, place: str | None = None):
    document = replace(Document.from_text(text, published="2016-05-04"), dateline_place=place)
    found = find_actors(parse(document))
    token = [t for t in found.parse.doc if t.text == word][-1]
    return [ref.person or ref.country or ref.id for ref in found.at(token)]


@pytest.mark.parametrize(
    ("text", "word", "place", "expected"),
    [
        ("Ghana's president spoke to envoys of Mali, Togo and Benin. The navy fired a salute.", "navy", "Accra", ["GHA"]),
        ("Peru, Chile and Bolivia were named. Peruvian President Luis Quispe told the nation that the army was ready.", "army", None, ["PER"]),
        ("Fighting went on in Chad, and Niger sent aid to Chad. France froze its help for the junta.", "junta", "N'Djamena", ["TCD"]),
        ("Thousands marched in Caracas, as Brazil, Cuba and Peru looked on. The police detained forty people.", "police", None, ["VEN"]),
    ],
)  # fmt: skip
def test_a_body_that_every_state_has_is_at_home_in_the_story(text, word, place, expected):
    assert means(text, word, place) == expected


def test_a_given_name_that_is_a_land_elsewhere_is_not_counted():
    text = "Generals seized power in Chile. President Salvador Alarcon was killed, radio said. The navy backed them."
    assert means(text, "navy") == ["CHL"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Nigerian Defence Minister General Sule Bako closed the border. The general gave no reason.", "general", ["Sule Bako"]),
        ("Congo Party president Daniel Mbeki met Zambian Foreign Minister Ruth Banda. The Zambian minister smiled.", "minister", ["Ruth Banda"]),
        ("Prince Karim Saleh of Jordan met Foreign Minister Adel Nasser. The prince, who had flown in, smiled.", "prince", ["Karim Saleh"]),
        ("Finance Minister Jan Novak of Slovakia met Foreign Minister Eva Horak. The finance minister left.", "minister", ["Jan Novak"]),
    ],
)  # fmt: skip
def test_who_is_called_so_is_the_one_with_such_a_rank_or_office_named_before(text, word, expected):
    assert means(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenya, Uganda, Rwanda and Burundi closed a deal. The four states will lower tariffs.", "states", ["KEN", "UGA", "RWA", "BDI"]),
        ("Chile and Peru opened talks. The delegations will meet again.", "delegations", ["CHL", "PER"]),
        ("Chile and Peru opened talks. The two foreign ministers smiled.", "ministers", ["CHL", "PER"]),
        ("Chile closed its port. The delegations will meet again.", "delegations", []),
    ],
)  # fmt: skip
def test_those_named_before_by_their_number(text, word, expected):
    assert means(text, word) == expected


def person_in(text: str, name: str):
    found = find_actors(parse(Document.from_text(text, published="2016-05-04")))
    return next(ref for ref in found.mentions if ref.person == name)


def test_an_ambassador_is_not_of_the_state_to_which_he_is_sent():
    person = person_in("Oslo recalled its ambassador to Laos, Liv Haugen, on Monday.", "Liv Haugen")
    assert person.country == "NOR"


def test_its_speaker_is_that_of_the_body_before():
    person = person_in("The Knesset voted on Monday. Its speaker, Dan Adler, said Iran was watching.", "Dan Adler")
    assert (person.country, person.office) == ("ISR", "speaker")


def test_a_ministry_spokesman_is_that_of_the_ministry_before():
    text = "Peru's interior ministry blamed a gang. A ministry spokesman, Luis Quispe, gave no details."
    assert person_in(text, "Luis Quispe").body == "interior ministry"


def test_the_militants_are_the_armed_group_before():
    text = "Kenya bombed al-Shabaab on Monday. The militants fled."
    found = find_actors(parse(Document.from_text(text, published="2016-05-04")))
    assert [r.name for r in found.mentions if r.text == "militants"] == ["al-Shabaab"]


@pytest.mark.parametrize(
    ("text", "name", "office", "country"),
    [
        ("Hamas deputy Karim Nasser spoke in Gaza on Monday.", "Karim Nasser", "deputy", "PSE"),
        ("Peru said on Monday that Chile's Permanent Representative, Rosa Fuentes, had left.", "Rosa Fuentes", "Permanent Representative", "CHL"),
    ],
)  # fmt: skip
def test_an_office_behind_a_comma_makes_a_person_of_capital_words(text, name, office, country):
    person = person_in(text, name)
    assert (person.office, person.country) == (office, country)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Oslo criticised Togo on Monday. Togo sent an envoy.", "envoy", ["TGO"]),
        ("Chile and Peru signed a text on Monday, and each of the two sides claimed a victory.", "sides", ["CHL", "PER"]),
        ("The Ministerial Council of ECOWAS met in Lome. Its Secretary General, Koffi Mensah, spoke. The Council praised Togo.", "Council", ["ECOWAS"]),
        ("President Ayub Malik of Pakistan landed on Monday. Ayub thanked his hosts.", "Ayub", ["Ayub Malik"]),
    ],
)  # fmt: skip
def test_those_sent_joined_or_named_in_short(text, word, expected):
    assert means(text, word) == expected


def test_he_who_begins_a_sentence_is_whom_the_sentence_before_was_about():
    text = "Opposition leader Daniel Okafor was sworn in after soldiers had forced out Peter Adeyemi. He closed the border."
    assert means(text, "He") == ["Daniel Okafor"]
