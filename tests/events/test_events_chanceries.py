"""What chanceries and armies do to each other, in our own words: who does it to whom, whether it is done, and when.

The sentences and what is expected of them are in chanceries.yaml, with those that are not reached yet.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.claims import ActorRef, Event
from detente.document import Document
from detente.events.sentences import code_documents

DAY = "2024-05-14"


@cache
def sentences() -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load((Path(__file__).parent / "chanceries.yaml").read_text(encoding="utf-8"))


@cache
def coded() -> dict[str, tuple[Event, ...]]:
    """The events of every sentence, coded in one go."""
    texts = [row["text"] for row in sentences()["told"]]
    return dict(zip(texts, code_documents(Document.from_text(t, published=DAY) for t in texts), strict=True))


def keys(ref: ActorRef) -> set[str]:
    return {ref.country} if ref.country else {ref.id or "", ref.text}


def same_side(wanted: str, refs: tuple[ActorRef, ...]) -> bool:
    """Whether exactly the wanted ones are there; 'A+B' are two, 'A|B' is one of them, '?' anybody, '-' nobody known."""
    if wanted == "-":
        return not any(ref.country or ref.id for ref in refs)
    found = [keys(ref) for ref in refs]
    each = [set(part.split("|")) for part in wanted.split("+")]
    return wanted == "?" or (
        all(any(k & w for w in each) for k in found) and all(any(k & w for k in found) for w in each)
    )


def told_by(trigger: str, text: str) -> list[Event]:
    return [e for e in coded()[text] if e.trigger and re.search(rf"\b(?:{trigger})\b", e.trigger.of(text))]


def is_told(expectation: str, text: str) -> bool:
    trigger, _, rest = expectation.partition(" = ")
    types, actors, _, recipients, status, *_ = [*rest.split(), "done"]
    return any(
        event.type in types.split("|")
        and event.status == status
        and (
            (same_side(actors, event.actors) and same_side(recipients, event.recipients))
            or (event.reciprocal and "+" in actors and same_side(actors, (*event.actors, *event.recipients)))
        )
        for event in told_by(trigger, text)
    )


@pytest.mark.parametrize("row", sentences()["told"], ids=lambda row: row["text"][:40].replace(" ", "-"))
def test_who_does_what_to_whom_and_when(row: dict[str, Any]) -> None:
    text = row["text"]
    missing = [e for e in row.get("events", ()) if not is_told(e, text)]
    missing += [
        f"{trigger} on {day}"
        for trigger, day in row.get("dates", {}).items()
        if not any(e.date and e.date.value.startswith(day) for e in told_by(trigger, text))
    ]
    missing += [word for word in row.get("nothing", ()) if any(e.status == "done" for e in told_by(word, text))]
    assert missing == [], [
        (e.type, [a.key for a in e.actors], [r.key for r in e.recipients], e.status) for e in coded()[text]
    ]
