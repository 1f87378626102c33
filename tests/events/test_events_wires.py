"""Single sentences of many styles in our own words: who did what to whom in each, and nothing in those that tell no deed.

The sentences and what is expected of them are in wires.yaml, with those that are not reached yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.claims import ActorRef, Event
from detente.document import Document
from detente.events.sentences import code_documents

DAY = "2024-05-14"
TOLD, SILENT = 0.88, 0.87
"""Shares of the expectations, and of the sentences without an event, that must be right."""


@cache
def wires() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "wires.yaml").read_text(encoding="utf-8"))


@cache
def coded() -> dict[str, tuple[Event, ...]]:
    """The events of every sentence, coded in one go."""
    rows = wires()
    texts = [row["text"] for row in rows["told"]] + rows["nothing"] + rows["open_nothing"]
    documents = [Document.from_text(text, published=DAY) for text in texts]
    return dict(zip(texts, code_documents(documents), strict=True))


def keys(ref: ActorRef) -> set[str]:
    return {ref.country} if ref.country else {ref.id or "", ref.text, *(ref.id or "").split(":")}


def same_side(wanted: str, refs: Iterable[ActorRef]) -> bool:
    """Whether exactly the wanted ones are there; 'A+B' are two, 'A|B' is one of them, '?' anybody."""
    found = [keys(ref) for ref in refs]
    each = [set(part.split("|")) for part in wanted.split("+")]
    return wanted == "?" or (
        all(any(k & w for w in each) for k in found) and all(any(k & w for k in found) for w in each)
    )


def is_told(expectation: str, text: str) -> bool:
    trigger, _, rest = expectation.partition(" = ")
    types, actors, _, recipients, date, *_ = [*rest.split(), ""]
    for event in coded()[text]:
        assert event.trigger is not None
        named = re.search(rf"\b{re.escape(trigger)}\b", event.trigger.of(text)) and event.type in types.split("|")
        dated = not date or (event.date is not None and event.date.value.startswith(date))
        both = (*event.actors, *event.recipients)
        sides = same_side(actors, event.actors) and same_side(recipients, event.recipients)
        if named and dated and (sides or (event.reciprocal and "+" in actors and same_side(actors, both))):
            return True
    return False


def done(text: str) -> list[str]:
    return [f"{e.type} {e.trigger.of(text)}" for e in coded()[text] if e.status == "done" and e.trigger is not None]


@pytest.mark.parametrize("row", wires()["told"], ids=lambda row: row["text"][:40].replace(" ", "-"))
def test_what_a_sentence_tells_is_found(row: dict[str, Any]) -> None:
    missing = [e for e in row.get("events", ()) if not is_told(e, row["text"])]
    assert missing == [], [
        (e.type, [a.key for a in e.actors], [r.key for r in e.recipients]) for e in coded()[row["text"]]
    ]


def test_sentences_without_a_deed_tell_none() -> None:
    assert {text: done(text) for text in wires()["nothing"] if done(text)} == {}


def test_most_expectations_are_reached() -> None:
    rows = wires()
    reached = sum(len(row.get("events", ())) for row in rows["told"])
    still_open = sum(len(row.get("open", ())) for row in rows["told"])
    assert reached >= 262
    assert reached / (reached + still_open) >= TOLD
    assert len(rows["nothing"]) / (len(rows["nothing"]) + len(rows["open_nothing"])) >= SILENT
