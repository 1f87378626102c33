"""Who acts and who is acted on, by construction; each sentence is our own."""

from __future__ import annotations

import pytest

from detente import Document
from detente.evaluation.event_export import actor_code, predictions_of
from detente.events.sentences import code_documents


def pairs(text: str, root: str) -> set[tuple[str, str]]:
    """(source, target) countries of the events of one sentence whose codes begin with `root`."""
    (events,) = code_documents([Document.from_text(text)])
    return {
        (actor_code(a)[:3], actor_code(r)[:3])
        for e in events
        if (e.cameo or "").startswith(root)
        for a in e.actors or (None,)
        for r in e.recipients or (None,)
    }


@pytest.mark.parametrize(
    ("sentence", "root", "expected"),
    [
        # who did the deed that is condemned or praised comes before where it was done
        ("Hungary condemned an attack by Serbian soldiers in southern Kosovo on Sunday.", "11", ("HUN", "SRB")),
        ("Sudan denounced the raid carried out by Kenya in Somalia.", "11", ("SDN", "KEN")),
        # what is complained of comes before who was told
        ("Israel complained to the United Nations over two Syrian raids.", "11", ("ISR", "SYR")),
        # whom a supply is for
        ("Ghana signed an accord on Monday to supply Togo with rice.", "057", ("GHA", "TGO")),
        # where a thing goes
        ("Soldiers from Chad have blocked the roads leading into Sudan.", "14", ("TCD", "SDN")),
        # whom a verb lets act
        ("Kenya allowed United Nations aircraft to land in Mombasa.", "08", ("KEN", "IGO")),
        # charges name nobody who is punished
        ("Chad arrested five Niger officers on charges of plotting with Libya.", "17", ("TCD", "NER")),
        # whom a rally is against, and who does not hold it
        ("Thousands joined an anti-American rally in Cairo on Monday.", "14", ("EGY", "USA")),
        ("Anti-government protests shook Togo on Monday.", "14", ("", "TGO")),
        # 'their meeting' is of those who act
        ("Kenya and Uganda have postponed their meeting after a storm.", "12", ("KEN", "UGA")),
        ("Kenya and Uganda have postponed their meeting after a storm.", "12", ("UGA", "KEN")),
        ("Cambodia and Thailand accused each other of shelling villages.", "11", ("KHM", "THA")),
        ("Cambodia and Thailand accused each other of shelling villages.", "11", ("THA", "KHM")),
        ("Ecuador and Peru reopened their border on Monday.", "08", ("PER", "ECU")),
        # who brokers a truce is no party to it
        ("The Sudanese army and Chad agreed to a ceasefire brokered by Qatar.", "0356", ("SDN", "TCD")),
        # what marchers want is asked of somebody
        (
            "Bolivian teachers marched in La Paz to demand higher wages from the Spanish government.",
            "14",
            ("BOL", "ESP"),
        ),
        # a note of protest
        ("Uruguay's foreign ministry handed a note of protest to the Argentine ambassador.", "114", ("URY", "ARG")),
        # what is closed leads somewhere
        ("Soldiers from Chad have cordoned off the roads leading into Sudan.", "19", ("TCD", "SDN")),
        # peoples in other lands
        ("Troops clashed with ethnic Albanians in southern Serbia on Friday.", "19", ("SRB", "SRB")),
        # an office beside one that has the nationality
        ("Norwegian media and government warned Libya.", "13", ("NOR", "LBY")),
        # what somebody must stop, drop or begin is demanded of him although the verb alone is no deed
        ("The Norwegian government declared on Monday that Chad must drop barriers to trade.", "10", ("NOR", "TCD")),
    ],
)
def test_roles_by_construction(sentence: str, root: str, expected: tuple[str, str]) -> None:
    assert expected in pairs(sentence, root)


@pytest.mark.parametrize(
    ("sentence", "root", "country"),
    [
        ("Sudanese rebels shelled a village near the Kenyan border on Monday.", "19", "KEN"),
        ("Sweden welcomed four Chadian children held in Libya.", "17", "TCD"),
    ],
)
def test_who_only_stands_near_is_neither_side(sentence: str, root: str, country: str) -> None:
    sides = {side for pair in pairs(sentence, root) for side in pair[: 1 if root == "17" else 2]}
    assert country not in sides


def test_adjectives_and_prisoners_do_not_do_what_is_done_with_them() -> None:
    texts = ("Hungary blocked military aid for Ukraine.", "The rebels freed two pilots in a prisoner swap.")
    for text in texts:
        (events,) = code_documents([Document.from_text(text)])
        assert not {a.text for e in events for a in e.actors} & {"military", "prisoner"}


def test_names_after_anti_and_pro_say_whose_nobody_is() -> None:
    assert "SYR" not in {target for _, target in pairs("An anti-Syrian journalist was shot in Beirut.", "18")}


def test_a_group_that_is_at_home_nowhere_takes_no_country_from_its_victim() -> None:
    assert pairs("Al-Qaeda attacked Italy.", "19") == {("IMG", "ITA")}


def test_an_unnamed_doer_is_of_the_place_in_the_scorers_form() -> None:
    (events,) = code_documents(
        [Document.from_text("Three American soldiers were killed by a bomb in Basra on Monday.")]
    )
    assert ("IRQ", "USA") in {
        (e["source"][:3], e["target"][:3]) for e in predictions_of(events, "cameo", threshold=0.1)
    }


def test_who_restores_ties_acts_and_who_signs_signs_with_the_other() -> None:
    assert pairs("Egypt restored diplomatic ties with Chad on Monday.", "05") == {("EGY", "TCD")}
    assert ("EGY", "TCD") in pairs("Egypt signed a fishing treaty with Chad on Monday.", "057")
