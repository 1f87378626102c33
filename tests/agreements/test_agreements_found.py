"""Agreements and plan proposals in sentences of our own, and the laws that their spans obey."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.sources import read_bytes


def claims(text: str, day: str = "2019-05-20"):
    return detente.read(detente.Document.from_text(text, published=day))


def keys(refs):
    return {r.key for r in refs}


def test_active_signing_with_names_sectors_and_a_later_sentence():
    text = (
        "Chile and Peru signed a cooperation agreement on Monday. The agreement was concluded in Lima. "
        "It covers fisheries, tourism and energy cooperation."
    )
    (agreement,) = claims(text).agreements
    assert keys(agreement.parties) == {"CHL", "PER"}
    assert set(agreement.sectors) >= {"fisheries", "tourism", "energy"}
    assert agreement.date is not None
    assert agreement.date.value == "2019-05-20"
    assert agreement.status == "done"
    assert all(s.of(text) for s in agreement.spans)


def test_passive_signing_by_persons():
    text = (
        "The treaty was signed in Oslo by Norwegian Foreign Minister Ine Dahl and Swedish Foreign Minister Karl Berg."
    )
    (agreement,) = claims(text).agreements
    assert {s.person for s in agreement.signatories} == {"Ine Dahl", "Karl Berg"}
    assert keys(agreement.parties) == {"NOR", "SWE"}


def test_an_unsigned_agreement_is_not_on_record():
    assert not claims("Chile did not sign the treaty with Peru.").agreements


def test_a_planned_signing_is_planned():
    (agreement,) = claims("Chile and Peru will sign a trade pact next week.").agreements
    assert agreement.status == "planned"


@pytest.mark.parametrize(
    "where, town",
    [("in the Kenyan capital", "Nairobi"), ("in Kenya's capital", "Nairobi"), ("in the parliament", "Kampala")],
)
def test_a_town_that_is_not_named_is_the_capital_or_that_of_the_dateline(where: str, town: str):
    text = f"KAMPALA, May 20 (Reuters) - Uganda and Rwanda signed a treaty on border posts {where} on Monday."
    (document,) = read_bytes(text.encode(), name="wire.txt")
    (agreement,) = detente.read(document).agreements
    assert agreement.place is not None and agreement.place.name == town


def test_two_sides_reach_a_consensus_and_one_alone_does_not():
    (agreement,) = claims("Chad and Niger reached a consensus on fishing in the lake on Friday.").agreements
    assert keys(agreement.parties) == {"TCD", "NER"}
    assert not claims("Consensus is hard to find in politics, the Chadian minister said.").agreements


def test_two_agreements_stay_two():
    text = "Chile and Peru signed a trade pact. Kenya and Uganda concluded a border treaty."
    assert [keys(a.parties) for a in claims(text).agreements] == [{"CHL", "PER"}, {"KEN", "UGA"}]


def test_a_plan_of_steps_with_its_mechanism_and_positions():
    text = (
        "Kenya proposed a phased plan for the border on June 3. Under the plan, Uganda would pull back its troops. "
        "As Uganda withdraws its troops, Kenya would reopen the crossings step by step. Tanzania rejected the plan."
    )
    (plan,) = claims(text, "2019-06-10").plans
    assert keys(plan.proposed_by) == {"KEN"}
    assert [s.of(text) for s in plan.gives] == ["Uganda would pull back its troops", "As Uganda withdraws its troops"]
    assert [len(s.get) for s in plan.steps] == [0, 1]
    assert plan.gets[0].of(text).startswith("Kenya would reopen")
    sides = {p.party.key: p.side for p in plan.positions}
    assert sides["KEN"] == "favour"
    assert sides["TZA"] == "oppose"


@pytest.mark.parametrize("text", ["The plan is to leave at noon.", "We agreed on a plan for dinner.", "He has a plan."])
def test_everyday_plans_are_not_on_record(text):
    assert not claims(text).plans


def test_a_finished_past_is_no_mechanism():
    text = "France and Spain signed a truce two years after the war began."
    assert not claims(text).plans


@given(
    st.lists(
        st.sampled_from(
            [
                "Iran",
                "and",
                "Iraq",
                "signed",
                "a",
                "treaty",
                "plan",
                "step-by-step",
                "the",
                "if",
                "would",
                ",",
                "“",
                "by",
                "\n\n",
            ]
        ),
        max_size=25,
    )
)
@settings(max_examples=40, deadline=None)
def test_spans_point_into_the_text_whatever_it_says(words):
    text = " ".join(words)
    found = claims(text)
    for claim in (*found.agreements, *found.plans):
        assert 0 <= claim.span.start <= claim.span.end <= len(text)
        assert all(s.end <= len(text) for s in claim.spans)
