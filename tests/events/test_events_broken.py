"""What breaks hurts people and attacks nobody; who frees a town takes it; the fallen and wounded of a fight."""

from __future__ import annotations

import pytest

from detente.document import Document
from detente.events.sentences import code_documents


def codes(sentence: str) -> list[str | None]:
    (events,) = code_documents([Document.from_text(sentence)])
    return [event.cameo for event in events if event.status == "done"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine people were killed when a fertiliser plant exploded in Ghana.",
        "Dozens were hurt when a school collapsed in Nairobi.",
        "A gas explosion in a Bolivian hotel killed six guests.",
    ],
)
def test_accidents_attack_nobody(sentence: str) -> None:
    assert codes(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Four Kenyan policemen were killed when a bomb exploded in Mandera.", "190"),
        ("Syrian troops freed several villages from Islamic State militants.", "192"),
        ("Malian soldiers cleared the town of rebels.", "190"),
        ("Scores of insurgents were killed in Mali.", "190"),
        ("Chadian soldiers wounded dozens of Libyan militants.", "190"),
        ("Lebanese police fired tear gas, rubber bullets and water cannon at students.", "175"),
        ("Syria freed a Turkish pilot.", "0841"),
    ],
)
def test_the_deed_is_told_from_what_it_is_done_to(sentence: str, code: str) -> None:
    assert any((c or "").startswith(code) for c in codes(sentence)), codes(sentence)


@pytest.mark.parametrize(
    ("sentence", "events"),
    [
        ("Togolese rebels killed three policemen in an attack on a Togolese convoy.", 1),
        ("Two guards were killed in Mali during a raid.", 1),
        ("Two Malian guards were killed in a raid by Chadian rebels.", 1),
    ],
)
def test_in_what_somebody_was_killed_is_told_once(sentence: str, events: int) -> None:
    assert len(codes(sentence)) == events, codes(sentence)
