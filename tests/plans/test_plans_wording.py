"""The words of a promise as fields of a plan: kinds, who is acted on, what is done together, who confirms."""

from __future__ import annotations

import pytest

from detente.plans.checkers import nameless_checkers
from detente.plans.wording import BY_QUANTITY, DONE_TO, GRADUAL, TOGETHER, act, kind_of


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("Bangui would in return release 120 detainees", "release 120 detainees"),
        ("Lydia will for its part open the road", "open the road"),
        ("In exchange, Arcadia is to return the boats", "return the boats"),
    ],
)
def test_what_ties_a_promise_is_no_part_of_it(words: str, does: str) -> None:
    assert act(words, has_actor=True) == does


@pytest.mark.parametrize(
    ("does", "kind"),
    [
        ("grant the region autonomy", "act"),
        ("grant a loan of 3 billion dollars", "pay"),
        ("disburse a second tranche", "pay"),
        ("release 40 prisoners", "act"),
        ("release 7 million dollars", "pay"),
        ("refrain from patrols", "forbear"),
    ],
)
def test_granting_is_paying_only_where_money_is_granted(does: str, kind: str) -> None:
    assert kind_of(does) == kind


@pytest.mark.parametrize(
    ("words", "done_to"),
    [
        ("the remaining hostages would be released", True),
        ("the oil embargo will be lifted", True),
        ("the boats are to be returned", True),
        ("Arcadia would be required to withdraw", False),
        ("the rebels would be allowed to register", False),
        ("the weapons will be collected by the mission", False),
        ("Lydia would be ready to talk", False),
        ("Lydia would lift the embargo", False),
    ],
)
def test_who_is_acted_on_is_told_from_who_acts(words: str, done_to: bool) -> None:
    assert bool(DONE_TO.search(words)) == done_to


def test_how_all_of_it_is_to_be_done_is_no_step() -> None:
    assert TOGETHER.search("The steps are to be taken simultaneously, action for action")
    assert not TOGETHER.search("Both sides would simultaneously withdraw their guns")


def test_a_plan_in_phases_does_not_give_everything_little_by_little() -> None:
    assert BY_QUANTITY.search("sanctions would be lifted incrementally")
    assert not BY_QUANTITY.search("a phased settlement, step by step")
    assert GRADUAL.search("paid in two instalments") and GRADUAL.search("withdraw in three stages")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Once the peacekeepers certify that the weapons have been collected, Lydia would open the road.", ["the peacekeepers"]),
        ("After the auditors have confirmed it, the money would flow.", ["the auditors"]),
        ("If the observers certify a fair vote, Lydia would lift the embargo.", []),
        ("Once the experts arrive, Lydia would open the road.", []),
    ],
)  # fmt: skip
def test_whoever_confirms_what_was_given_verifies(text: str, bodies: list[str]) -> None:
    assert [b.text for b in nameless_checkers(text, text)] == [b.removeprefix("the ") for b in bodies]
