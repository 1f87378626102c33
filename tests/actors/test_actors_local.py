"""Whose governors, police and rebels: the state of the town or region; names in their whole length; short names of bodies."""

from __future__ import annotations

import pytest

from detente.actors import find_actors
from detente.claims import ActorRef
from detente.document import Document
from detente.language import parse


def actors(text: str, date: str = "2023-05-01") -> list[ActorRef]:
    return list(find_actors(parse(Document.from_text(text, published=date))).mentions)


def actor(text: str, words: str, date: str = "2023-05-01") -> ActorRef:
    return next(ref for ref in actors(text, date) if words in (ref.person, ref.text))


@pytest.mark.parametrize(
    ("text", "who", "country"),
    [
        ("The governor of Vinnytsia, Serhii Borzov, said the bridge was hit.", "Serhii Borzov", "UKR"),
        ("Peshawar police chief Ijaz Khan said six men were held.", "Ijaz Khan", "PAK"),
        ("The mayor of Hiroshima, Kazumi Matsui, laid a wreath.", "Kazumi Matsui", "JPN"),
        ("Kano police arrested forty suspects on Monday.", "Kano police", "NGA"),
        ("Separatists in Aceh laid down their arms.", "Separatists", "IDN"),
        ("Government troops retook the town of Timbuktu on Sunday.", "Government troops", "MLI"),
    ],
)
def test_the_place_says_whose_they_are(text: str, who: str, country: str) -> None:
    assert actor(text, who).country == country


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Federal Minister for Interior, Tahir Khan Sherwani, resigned.", "Tahir Khan Sherwani"),
        ("The first Western delegation met leaders of the new government.", "leaders"),
    ],
)
def test_what_is_a_province_elsewhere_gives_no_state(text: str, who: str) -> None:
    assert all(ref.country is None for ref in actors(text) if who in (ref.person, ref.text))


@pytest.mark.parametrize(
    "name",
    [
        "Abdel Fattah al-Sisi",
        "Ursula von der Leyen",
        "Amir Hossein Rahimi",
        "Luiz Inacio Lula da Silva",
        "Keir Starmer",
    ],
)
def test_names_are_whole_and_without_what_people_are_called_with(name: str) -> None:
    found = {ref.person for ref in actors(f"On Friday Mr {name} met the press in Geneva.")}
    assert name in found


def test_a_body_is_named_again_by_its_last_word() -> None:
    found = actors("The Council of the European Union met in Brussels. The Council renewed the mandate.")
    assert {ref.id for ref in found if "Council" in ref.text} == {"EU:MINISTERS"}


def test_both_halves_of_a_land() -> None:
    found = actors("The presidents of North and South Korea shook hands.", "2018-05-01")
    assert {ref.country for ref in found if ref.text == "presidents"} == {"PRK", "KOR"}


def test_the_north_in_a_text_on_korea() -> None:
    assert actor("South Korea warned the North on Monday. The North did not answer.", "North").country == "PRK"
    assert not [ref for ref in actors("Fighting in the North of Mali went on.") if ref.country == "PRK"]


def test_an_american_of_another_america_is_not_of_the_united_states() -> None:
    assert all(ref.country != "USA" for ref in actors("Five Central American presidents signed the accord."))


def test_what_is_of_foreign_make_is_not_its_makers() -> None:
    assert all(ref.country != "TUR" for ref in actors("A drone of Turkish make struck the depot."))


def test_the_counterpart_has_the_office_of_him_whom_he_meets() -> None:
    found = actor(
        "Interior Minister Paulo Rocha and his Senegalese opposite number, Antoine Faye, signed a protocol.",
        "Antoine Faye",
    )
    assert (found.office, found.country) == ("Interior Minister", "SEN")


def test_the_head_of_an_organisation_named_just_before() -> None:
    found = actor("Bolivia criticised the OAS and its head, Marta Oviedo.", "Marta Oviedo")
    assert found.id == "OAS"


def test_the_long_name_of_a_committee() -> None:
    found = actor(
        "Almaz Sadykov, chairman of the State Committee for National Security of Kyrgyzstan, spoke.", "Almaz Sadykov"
    )
    assert (found.body, found.country) == ("State Committee for National Security", "KGZ")


def test_those_who_head_the_services_of_two_states() -> None:
    found = actors("The heads of the security services of Kenya and Uganda signed a protocol.")
    assert {ref.country for ref in found if ref.text == "heads"} == {"KEN", "UGA"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Soldiers captured a town in eastern Congo.", "COD"),
        ("Strikes closed the port of Pointe-Noire and the airport of Brazzaville, and Congo lost revenue.", "COG"),
        ("The Republic of Congo held a vote. Congo has 5 million people.", "COG"),
    ],
)
def test_which_congo_is_meant(text: str, country: str) -> None:
    assert [ref.country for ref in actors(text) if ref.text == "Congo"][-1] == country


def test_a_party_of_a_common_name_is_not_that_of_a_land_which_is_not_named() -> None:
    found = actor(
        "The National Democratic Party rejected the result in Tbilisi. Georgia votes again.",
        "National Democratic Party",
    )
    assert found.country != "EGY"
    egypt = actor("Egypt's National Democratic Party won.", "National Democratic Party")
    assert egypt.country == "EGY"


def test_the_secretary_general_without_a_name() -> None:
    assert actor("The Secretary-General condemned the attack.", "Secretary-General").id in {
        "UN",
        "person:antonio-guterres",
    }


def test_the_authorities_of_the_scene_before() -> None:
    text = "In Kinshasa, protesters burned tyres. The authorities have banned further rallies."
    assert actor(text, "authorities").country == "COD"


def test_two_ministers_are_persons() -> None:
    text = (
        "Foreign Minister Paulo Rocha of Angola met Kenyan minister Grace Otieno. The two ministers condemned al-Qaeda."
    )
    assert {ref.country for ref in actors(text) if ref.text == "ministers"} == {"AGO", "KEN"}


def test_who_is_arrested_is_a_person_whatever_the_model_sees() -> None:
    assert "Yohannes Tekle Haile" in {ref.person for ref in actors("Police arrested Yohannes Tekle Haile on Friday.")}
