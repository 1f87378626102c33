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
