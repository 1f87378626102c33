"""Paragraphs and dispatches in our own words: every event that a careful reader would put on record, and no other.

The expectations are in news.yaml (with the form), dispatches.yaml and newtext.yaml; what they list under `open` and
`open_nothing` is not reached yet, and counts against the share that must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente import read
from detente.claims import ActorRef, Claims, Event
from detente.document import Document
from detente.events.lexicon import HERE as HERE_LEXICON
from detente.events.lexicon import load_lexicon
from detente.events.sentences import code_documents
from detente.language.sentences import after_datelines

HERE = Path(__file__).parent
DAY = "2024-05-14"
FLOOR = 0.94


def paragraphs() -> list[dict[str, Any]]:
    """All paragraphs of the files, texts on one line."""
    found = []
    for name in ("news.yaml", "dispatches.yaml", "newtext.yaml"):
        for row in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            found.append({**row, "text": " ".join(row["text"].split())})
    return found


@cache
def claims_of(text: str, day: str) -> Claims:
    return read(Document.from_text(text, published=day))


def keys(ref: ActorRef) -> set[str]:
    return {ref.country} if ref.country else {ref.id or "", ref.text, *(ref.id or "").split(":")}


def same_side(wanted: str, refs: Iterable[ActorRef]) -> bool:
    """Whether exactly the wanted ones are there; 'A|B' is one of them, '?' anybody, '-' nobody."""
    found = [keys(ref) for ref in refs]
    if wanted in {"?", "-"}:
        return wanted == "?" or not found
    each = [set(part.split("|")) for part in wanted.split("+")]
    return all(any(k & w for w in each) for k in found) and all(any(k & w for k in found) for w in each)


def is_told(expectation: str, text: str, events: Iterable[Event]) -> bool:
    """Whether one of the events is as expected in all that the expectation names."""
    trigger, _, rest = expectation.partition(" = ")
    types, actors, _, recipients, date, status, *_ = [*rest.split(), "", ""]
    for event in events:
        assert event.trigger is not None
        if not re.search(rf"\b{re.escape(trigger)}\b", event.trigger.of(text)):
            continue
        if event.type not in types.split("|") or (status and event.status != status):
            continue
        if date and (event.date is None or not event.date.value.startswith(date)):
            continue
        both = (*event.actors, *event.recipients)
        if event.reciprocal and "+" in actors and same_side(actors, both):
            return True
        if same_side(actors, event.actors) and same_side(recipients, event.recipients):
            return True
    return False


def told_as_done(phrase: str, text: str, events: Iterable[Event]) -> list[str]:
    start = text.index(phrase)
    end = start + len(phrase)
    return [
        f"{e.type} {e.trigger.of(text)}"
        for e in events
        if e.status == "done" and e.trigger is not None and e.trigger.start < end and e.trigger.end > start
    ]


@pytest.mark.parametrize("row", paragraphs(), ids=lambda row: row["about"].replace(" ", "-"))
def test_events_of_a_paragraph(row: dict[str, Any]) -> None:
    text, events = row["text"], claims_of(row["text"], str(row.get("date", DAY))).events
    missing = [e for e in row["events"] if not is_told(e, text, events)]
    assert missing == [], [(e.type, e.status, [a.key for a in e.actors], [r.key for r in e.recipients]) for e in events]
    assert [done for phrase in row["nothing"] for done in told_as_done(phrase, text, events)] == []


def test_most_expectations_are_reached() -> None:
    rows = paragraphs()
    reached = sum(len(row["events"]) for row in rows)
    still_open = sum(len(row.get("open", ())) for row in rows)
    assert reached >= 262
    assert reached / (reached + still_open) >= FLOOR


@pytest.mark.parametrize(
    "text, words",
    [
        ("Norway expelled 23 Chadian diplomats.", "23 Chadian diplomats"),
        ("Tens of thousands of Kenyans protested in Nairobi.", "Tens of thousands of Kenyans"),
        ("The World Bank approved a loan of $150 million to Moldova.", "$150 million"),
        ("Malian rebels attacked a Togolese patrol, killing at least 20 soldiers.", "killing at least 20 soldiers"),
        ("Oman sent 2,000 peacekeepers to Chad.", "2,000 peacekeepers"),
    ],
)
def test_what_is_counted_is_kept_in_the_words_of_the_text(text: str, words: str) -> None:
    events = claims_of(text, DAY).events
    assert [e.magnitude for e in events if e.magnitude] == [words]
    assert all(e.span.of(text).find(e.magnitude) >= 0 for e in events if e.magnitude)


def test_numbers_that_count_nothing_of_the_deed_are_no_magnitude() -> None:
    assert [e.magnitude for e in claims_of("Norway and Chad signed two agreements in 2019.", DAY).events] == [None]


@pytest.mark.parametrize(
    "text, begins",
    [
        ("OSLO, Feb. 2, 2021 (NTB) - Norway met Chad.", "Norway"),
        ("Lima, 14 March 2018 - Peru met Chile.", "Peru"),
        ("NAIROBI (Reuters) -- Kenya met Chad.", "Kenya"),
        ("North Korea - the South said - met Chad.", None),
        ("Lima - a city of ten million - met Chad.", None),
    ],
)
def test_a_report_begins_after_its_dateline(text: str, begins: str | None) -> None:
    starts = after_datelines(text, [])
    assert [text[start:].split()[0] for start in starts] == ([begins] if begins else [])


def test_a_user_folder_adds_nouns_that_echo_an_event(tmp_path: Path) -> None:
    (tmp_path / "echoes.csv").write_text("words;codes;note\nfrobnication;18 19;\n")
    text = "Chad bombed Mali on Monday. Peru condemned the frobnication."
    (plain,) = code_documents([Document.from_text(text, published=DAY)])
    (taught,) = code_documents([Document.from_text(text, published=DAY)], lexicon=load_lexicon(HERE_LEXICON, tmp_path))
    assert [r.key for e in plain if e.type == "ACCUSE" for r in e.recipients] == []
    assert [r.key for e in taught if e.type == "ACCUSE" for r in e.recipients] == ["TCD"]
