"""Turns of phrase of wires and headlines: who did what to whom, or that nobody did anything."""

from __future__ import annotations

from functools import cache

import pytest

from detente.claims import Event
from detente.document import Document
from detente.events.sentences import code_documents

DONE = {
    # headlines of which the parser makes one long name
    "Zambia police fire tear gas at bus drivers": ("COERCE", "ZMB", ""),
    "Gambia police arrest exiled lawyer": ("COERCE", "GMB", ""),
    "Peru, Ecuador ink border pact": ("AGREE", "PER", "PER"),
    "Syrian shells slam into Turkish village": ("ASSAULT", "SYR", ""),
    "Greek teachers strike over pay cuts": ("PROTEST", "GRC", ""),
    "Oman, Yemen ministers meet in Muscat": ("CONSULT", "OMN", "YEM"),
    # a verb that was taken for an adjective between two names
    "Latvia's President Janis Ozols phoned Vytautas Kazlauskas and pledged support.": ("CONSULT", "LVA", ""),
    # what a law does
    "The Togolese president signed a decree that bans the union.": ("COERCE", "TGO", ""),
    # what crowds of no office do
    "Farmers kept a bridge near Beira closed for two days.": ("PROTEST", "MOZ", ""),
    "Striking teachers occupied two bridges in Asuncion.": ("PROTEST", "PRY", ""),
    "Villagers torched two army trucks in Assam.": ("PROTEST", "IND", ""),
    "Malawi and Zambia ended eight years of war.": ("AGREE", "MWI", "ZMB"),
    "A Lebanese chemist was assassinated outside Sidon.": ("ASSAULT", "", "LBN"),
    # what is used against crowds is no attack
    "Malian police fired tear gas to break up a sit-in outside the ministry.": ("COERCE", "MLI", ""),
    # the infinitive of who does not shrink from it, and of who is the third to do so
    "Oman became the fourth country to recognise Kosovo.": ("SUPPORT", "OMN", "XKX"),
    # what was hung elsewhere
    "Chad set free eleven Sudanese truckers who had strayed over the frontier.": ("RETREAT", "TCD", "SDN"),
    "Two Bolivian herders died when Chilean guards opened fire near a ford.": ("ASSAULT", "CHL", "BOL"),
    "Algerian aircraft bombed what Rabat described as a supply depot inside Morocco.": ("ASSAULT", "DZA", "MAR"),
    "Sofia protested to Skopje over the jailing of Bulgarian students.": ("ACCUSE", "BGR", "MKD"),
    "Tunis summoned the Libyan chargé d'affaires.": ("ACCUSE", "TUN", "LBY"),
    # a predicate that blames
    '"The Eritreans are behind this massacre," Ethiopia\'s foreign minister said.': ("ACCUSE", "ETH", "ERI"),
    # who travels in a craft
    "A plane carrying the Kenyan foreign minister landed in Kampala.": ("CONSULT", "KEN", "UGA"),
    # what is asked by 'insist', and what is not
    "Togo insisted that Benin withdraw its gunboats.": ("REQUEST", "TGO", "BEN"),
    "Togo insisted on the withdrawal of Benin's gunboats.": ("REQUEST", "TGO", "BEN"),
    # kinds of bans and of gangs
    "The EU imposed a ban on Belarusian timber.": ("SANCTION", "EU", "BLR"),
    "Portuguese police smashed a ring of gunrunners.": ("COERCE", "PRT", ""),
    "The pontiff praised Uruguay's bishops.": ("SUPPORT", "VAT", "URY"),
    "Niger branded the accord a sell-out.": ("ACCUSE", "NER", ""),
    "Indian fighters forced a Burmese cargo plane to land.": ("COERCE", "IND", "MMR"),
}

OTHERWISE = {
    "Burundi will not hesitate to attack Rwanda.": ("THREATEN", "planned"),
    "Burundi's denial that it had attacked Rwanda convinced nobody.": ("ASSAULT", "denied"),
    "Laos insisted it would not sign the treaty with Thailand.": ("REJECT", "planned"),
    "The Hmong leader walked out of the talks rather than sit down with the Laotian general.": ("SANCTION", "done"),
}

NOTHING = [
    "The night flight from Lusaka landed in Windhoek.",
    "The communique was met with scorn in Skopje.",
    "Asked by reporters whether he was ill, the premier smiled.",
    "Asked about the missiles, a Dutch spokesman said he had no details.",
    "The envoy would neither confirm nor deny the story.",
    "Bern insists that the bank is sound.",
    # what is told of, and what falls
    "The novel retells the story of the siege of Vukovar.",
    "Three shoppers were hurt when a crane fell on a market in Seville.",
    "Officers appealed for witnesses to a burglary in Leeds.",
]


@cache
def coded() -> dict[str, tuple[Event, ...]]:
    texts = [*DONE, *OTHERWISE, *NOTHING]
    return dict(zip(texts, code_documents(map(Document.from_text, texts)), strict=True))


@pytest.mark.parametrize("text", DONE)
def test_who_did_what_to_whom(text: str) -> None:
    kind, actor, recipient = DONE[text]
    told = [
        ({a.key for a in e.actors}, {r.key for r in e.recipients})
        for e in coded()[text]
        if e.type == kind and e.status == "done"
    ]
    assert any(
        (not actor or actor in actors) and (not recipient or recipient in recipients) for actors, recipients in told
    ), told


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_is_not_simply_done(text: str) -> None:
    assert {(e.type, e.status) for e in coded()[text]} == {OTHERWISE[text]}


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_told(text: str) -> None:
    assert coded()[text] == ()


def test_we_are_those_for_whom_the_speaker_speaks() -> None:
    text = '"We shall shell every port," the Yemeni defence minister said.'
    (events,) = code_documents([Document.from_text(text)])
    assert [(e.type, a.text, a.key) for e in events for a in e.actors] == [("THREATEN", "We", "YEM")]
