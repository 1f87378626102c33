"""What reports suggest and what somebody agreed had happened is told, and neither promised nor threatened."""

from __future__ import annotations

import pytest

from detente.document import Document
from detente.events.sentences import code_documents


def told(sentence: str) -> list[tuple[str, str | None]]:
    (events,) = code_documents([Document.from_text(sentence)])
    return [(event.type, event.cameo) for event in events]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The evidence suggests that Serbian forces shelled a Bosnian village.", "194"),
        ("First reports suggest militants lobbed a grenade at a Kenyan police post.", "194"),
        ("Chad agreed that its troops had attacked Libya.", "190"),
    ],
)
def test_a_deed_that_is_over_stays_the_deed(sentence: str, code: str) -> None:
    assert [c for _, c in told(sentence)] == [code]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Chad agreed to attack Libya.", "THREATEN"),
        ("Chad suggested that Libya withdraw its troops.", "REQUEST"),
        ("Chad agreed that it would release the Libyan sailors.", "AGREE"),
        ("The European Commission proposed that member states cut their quotas by ten percent.", "AGREE"),
    ],
)
def test_what_is_still_to_come_is_promised_asked_or_threatened(sentence: str, kind: str) -> None:
    assert kind in {t for t, _ in told(sentence)}
