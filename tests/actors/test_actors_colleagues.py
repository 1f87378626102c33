"""Several persons under one title: each has the office, and the state that is its own."""

from __future__ import annotations

import pytest

from detente import Document
from detente.actors import find_actors
from detente.language import parse


def who(text: str):
    return find_actors(parse(Document.from_text(text, published="2016-05-04")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The defence ministers of Kenya and Uganda, John Kamau and Peter Okello, signed on Monday.",
            {"John Kamau": ("defence minister", "KEN"), "Peter Okello": ("defence minister", "UGA")},
        ),
        (
            "The French and German foreign ministers, Paul Dubois and Hans Weber, spoke on Monday.",
            {"Paul Dubois": ("foreign minister", "FRA"), "Hans Weber": ("foreign minister", "DEU")},
        ),
        (
            "Polish opposition leaders Adam Nowak and Jan Kowalski left on Monday.",
            {"Adam Nowak": ("opposition leader", "POL"), "Jan Kowalski": ("opposition leader", "POL")},
        ),
        (
            "Generals Ali Diko and Omar Hamdan of Sudan fled on Monday.",
            {"Ali Diko": ("General", "SDN"), "Omar Hamdan": ("General", "SDN")},
        ),
    ],
)
def test_each_has_the_office_in_the_singular_and_a_state(text, expected):
    found = {
        ref.person: (ref.office, ref.country) for ref in who(text).mentions if ref.person and ref.text == ref.person
    }
    assert found == expected


def test_the_title_in_the_plural_means_all_of_them():
    found = who("Presidents Idriss Deby of Chad and Mahamadou Issoufou of Niger met in Accra on Monday.")
    title = next(token for token in found.parse.doc if token.text == "Presidents")
    assert [ref.country for ref in found.at(title)] == ["TCD", "NER"]


def test_a_title_in_the_plural_before_one_person_is_nobodys():
    found = who("Ministers praised Adam Nowak on Monday.")
    assert [ref.office for ref in found.mentions if ref.person] == [None]


def test_a_minister_whose_state_the_table_tells_has_that_states_ministry():
    ref = next(ref for ref in who("Foreign Minister Sergei Lavrov left on Monday.").mentions if ref.person)
    assert (ref.country, ref.body) == ("RUS", "Russian Foreign Ministry")
