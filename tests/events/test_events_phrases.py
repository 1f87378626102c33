"""The words that mean each root of CAMEO, one state doing it to another: `phrases.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from detente.claims import Event
from detente.document import Document
from detente.events.sentences import code_documents

PHRASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))


@cache
def coded() -> dict[tuple[str, str], tuple[Event, ...]]:
    keys = [(root, phrase) for root, phrases in PHRASES.items() for phrase in phrases]
    texts = [
        f"{'Students in Norway' if root == '14' else 'Norway'} {phrase.replace('X', 'Sweden')} on Monday."
        for root, phrase in keys
    ]
    return dict(zip(keys, code_documents(map(Document.from_text, texts), statements=True), strict=True))


@pytest.mark.parametrize("root", PHRASES)
def test_what_means_a_root_is_coded_with_who_does_it_to_whom(root: str) -> None:
    missed = []
    for phrase in PHRASES[root]:
        found = [e for e in coded()[root, phrase] if e.cameo.startswith(root)]
        acts = [e for e in found if "NOR" in {a.key for a in e.actors}]
        if not any("SWE" in {r.key for r in e.recipients} or "X" not in phrase for e in acts):
            missed.append(phrase)
    assert missed == []
