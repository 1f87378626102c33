"""Which words are places, and which places they are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.document import Document, Span
from detente.language import parse
from detente.places import find_places


def found(text: str, **options) -> dict[str, tuple[str, str | None, str | None]]:
    where = find_places(parse(Document.from_text(text)), **options)
    return {m.span.of(text): (m.place.name, m.place.country, m.place.admin1) for m in where.mentions}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The fire began near Paris, Texas, on Monday.", "Paris", ("Paris", "USA", "Texas")),
        ("The ministers will meet in Paris on Monday.", "Paris", ("Paris", "FRA", "Île-de-France")),
        ("A court in Salem, Ore., freed the man.", "Ore.", ("Oregon", "USA", "Oregon")),
        ("Soldiers crossed into South Ossetia at dawn.", "South Ossetia", ("South Ossetia", "GEO", None)),
        ("Tankers passed the Strait of Hormuz.", "Strait of Hormuz", ("Strait of Hormuz", None, None)),
        ("Cholera spread in Guinea-Bissau.", "Guinea-Bissau", ("Guinea-Bissau", "GNB", None)),
        ("Turkish police arrested three men.", "Turkish", ("Turkey", "TUR", None)),
        ("Floods hit Travis County in Texas.", "Travis County", ("Travis County", "USA", "Texas")),
        ("Shells fell on the Donbas again.", "Donbas", ("Donbas", "UKR", None)),
    ],
)
def test_a_place_is_found_and_resolved(text, name, expected):
    assert found(text)[name] == expected


@pytest.mark.parametrize(
    "text",
    [
        "President Jordan praised the team.",
        "Georgia Stevens won. Her father thanked Georgia.",
        "The New York Times reported the deal.",
        "Two cases of West Nile virus were confirmed.",
        "He spoke French with the Turks.",
        "She will arrive in August.",
        "He teaches at the University of Chicago.",
    ],
)
def test_other_names_are_no_places(text):
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Flights to Orlando, Charlotte and Atlanta were late.", "Orlando", "USA"),
        ("Oil jobs fell in Midland, Odessa and Big Spring, Texas.", "Midland", "USA"),
    ],
)
def test_a_name_inside_a_list_holds_none_of_the_others(text, name, country):
    assert found(text)[name][1] == country


def test_a_name_taken_for_a_person_is_a_town_of_the_state_that_is_told_of():
    text = "Dallas, Texas, will pay. A man from Bonham was taken to the Dallas jail after a chase."
    assert found(text)["Bonham"][2] == "Texas"


@pytest.mark.parametrize("name", ["Bowling Green", "Falls Church"])
def test_two_words_that_are_no_name_of_a_person_are_a_town_of_the_state_that_is_told_of(name):
    text = "Owensboro, Ky., and Reston, Va., lost. The Kentucky prize went to Bowling Green and Virginia's to Falls Church."
    assert name in found(text)


def test_a_small_place_of_a_land_of_which_nothing_is_told_is_not_meant():
    text = "Ontario police closed roads in Brantford, Kitchener, Guelph and Oshawa. A bus broke down at Dundas, Toronto said."
    assert found(text)["Dundas"][1] == "CAN"


def test_one_name_is_one_place_in_a_document():
    text = "A school in Athens, Ohio, was closed. Athens has had three such days this year."
    where = find_places(parse(Document.from_text(text)))
    states = {m.place.admin1 for m in where.mentions if m.span.of(text) == "Athens"}
    assert states == {"Ohio"}


def test_neighbours_and_states_named_elsewhere_decide():
    text = "Police in Eugene and Portland searched the river. The men had come from Salem, far from Bend, Oregon."
    assert found(text)["Portland"] == ("Portland", "USA", "Oregon")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Aid went to Niger and Chad. Nigeria sent troops; Nigerian jets flew.", "Niger", ("Niger", "NER", None)),
        ("Voters in Georgia and Alabama chose judges.", "Georgia", ("Georgia", "USA", "Georgia")),
        ("Voters in Georgia and Armenia chose deputies.", "Georgia", ("Georgia", "GEO", None)),
        ("In Kentucky, Bell and Leslie counties lost power.", "Leslie", ("Leslie County", "USA", "Kentucky")),
        ("Rockets hit Ashkelon and Sderot in Israel.", "Sderot", ("Sderot", "ISR", "Southern District")),
    ],
)
def test_a_list_says_of_what_kind_its_members_are(text, name, expected):
    assert found(text)[name] == expected


def test_the_view_changes_the_country_and_keeps_the_claims():
    text = "Voters in Crimea went to the polls."
    parsed = parse(Document.from_text(text))
    (un,) = find_places(parsed).mentions
    (russian,) = find_places(parsed, view="RUS").mentions
    assert (un.place.country, russian.place.country) == ("UKR", "RUS")
    assert "claimed by UKR and RUS" in un.place.reason
    assert "claimed by UKR and RUS" in russian.place.reason


def test_towns_keep_the_spelling_of_the_document():
    text = "Troops left Jenin. JENIN was calm. The U.S. thanked Bombay."
    names = [m.place.name for m in find_places(parse(Document.from_text(text))).mentions]
    assert names[0] == "Jenin"
    assert names[1:] == ["Janīn", "United States", "Bombay"]


def test_a_capital_that_acts_is_marked():
    text = "Moscow rejected the offer. The talks were held in Moscow."
    first, second = find_places(parse(Document.from_text(text))).mentions
    assert "government" in first.why
    assert "government" not in second.why


def test_given_spans_are_resolved_as_they_stand():
    text = "xMinskx and Minsk"
    where = find_places(parse(Document.from_text(text)), spans=[Span(1, 6), Span(12, 17)])
    assert [m.span for m in where.mentions] == [Span(1, 6), Span(12, 17)]
    assert {m.place.country for m in where.mentions} == {"BLR"}


def test_unknown_names_take_what_the_text_says():
    text = "Rebels burned the village of Qzarbund, Syria, on Friday."
    where = find_places(parse(Document.from_text(text)))
    unknown = next(m for m in where.mentions if m.span.of(text) == "Qzarbund")
    assert unknown.place.country == "SYR"
    assert unknown.place.geonameid is None
    assert unknown.confidence <= 0.5


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["Paris", ",", "Texas", "U.S.", "the", "in", "“", "'s", "\n\n", "Turkish", "🙂", "مصر", "OR", "-"]
        )
    )
)
def test_spans_are_exact_and_never_overlap(words):
    text = " ".join(words)
    mentions = find_places(parse(Document.from_text(text))).mentions
    ends = 0
    for mention in mentions:
        assert mention.span.start >= ends
        ends = mention.span.end
        assert mention.span.of(text).strip() == mention.span.of(text) != ""
