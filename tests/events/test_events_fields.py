"""Who acts and on whom, where nouns, passives and possessives tell it, and what only looks like a deed."""

from __future__ import annotations

import pytest

from detente.claims import Event
from detente.document import Document
from detente.events.sentences import code_documents

Expected = tuple[str, set[str], set[str]]

TOLD: dict[str, Expected] = {
    "The release of three Omani divers by Yemen was announced on Monday.": ("RETREAT", {"YEM"}, {"OMN"}),
    "The Belgian withdrawal from Mali was completed in June.": ("RETREAT", {"BEL"}, {"MLI"}),
    "A buildup of Eritrean troops was under way on Sunday.": ("MOBILIZE", {"ERI"}, set()),
    "Troops from Benin were sent to Niger.": ("MOBILIZE", {"BEN"}, {"NER"}),
    "Algeria massed tanks along the Moroccan border.": ("MOBILIZE", {"DZA"}, {"MAR"}),
    "A swap of prisoners was agreed between Oman and Yemen.": ("AGREE", {"OMN", "YEM"}, {"OMN", "YEM"}),
    "Gabon lashed out at Togo over its report.": ("ACCUSE", {"GAB"}, {"TGO"}),
    "Malawi complained about Zambia's suit against Angola.": ("ACCUSE", {"MWI"}, {"ZMB"}),
    "Ghana held Togo responsible.": ("ACCUSE", {"GHA"}, {"TGO"}),
    "Mali set free two Ghanaian drivers.": ("RETREAT", {"MLI"}, {"GHA"}),
    "Estonia closed its consulate in Minsk.": ("SANCTION", {"EST"}, {"BLR"}),
    "Malta intercepted a dinghy carrying Tunisian migrants.": ("COERCE", {"MLT"}, {"TUN"}),
    "Peru put off a visit to Quito by its trade minister.": ("REJECT", {"PER"}, {"ECU"}),
    "Demonstrators in Dakar demanded that the vote be annulled.": ("PROTEST", {"SEN"}, set()),
}
NOBODY = (
    "Air raids are seldom decisive.",
    "Chadian rebels were not invited to the talks.",
    "Nepalese troops stood ready to help.",
    "Lions attacked a herd of goats in Namibia.",
    "Latvia beat Finland in a shootout.",
)


def done(*texts: str) -> list[tuple[Event, ...]]:
    coded = code_documents(map(Document.from_text, texts), statements=False)
    return [tuple(e for e in events if e.status == "done") for events in coded]


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[Event, ...]]:
    return dict(zip(TOLD, done(*TOLD), strict=True))


@pytest.mark.parametrize("text", TOLD)
def test_who_does_it_to_whom(text: str, told: dict[str, tuple[Event, ...]]) -> None:
    kind, actors, recipients = TOLD[text]
    found = [
        ({a.key for a in e.actors}, {r.key for r in e.recipients}) for e in told[text] if e.type == kind and e.actors
    ]
    assert any(a == actors and (not recipients or r == recipients) for a, r in found), told[text]


def test_what_nobody_did_is_no_event() -> None:
    assert {text: events for text, events in zip(NOBODY, done(*NOBODY), strict=True) if events} == {}


def test_those_who_took_somebody_are_asked_to_let_go() -> None:
    (events,) = done("Uganda arrested two Kenyan nurses. Kenya demanded their release.")
    (asked,) = [e for e in events if e.type == "REQUEST"]
    assert [r.key for r in asked.recipients] == ["UGA"]


def test_a_town_in_the_title_of_a_treaty_is_no_party() -> None:
    ((event,),) = done("Gambia signed the Paris Agreement.")
    assert event.type == "AGREE" and event.recipients == ()


def test_citizens_told_to_leave_a_country_are_not_deported() -> None:
    (events,) = done("Kuwait instructed its citizens in Lebanon to leave at once.")
    assert "COERCE" not in {e.type for e in events}
