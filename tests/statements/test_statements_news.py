"""Natural news paragraphs of our own: speaker, outlet, content, kind and side as a careful reader puts them on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import detente
from detente.document import Document
from detente.evaluation import case_scores

PARAGRAPHS = [
    row
    for name in ("news_paragraphs.yaml", "news_paragraphs_2.yaml", "news_articles.yaml")
    if (path := Path(__file__).with_name(name)).is_file()
    for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
]


def expectations(says: list[list[Any]]) -> list[dict[str, Any]]:
    """In the form of a case; of several pieces the longest stands for the content."""
    expected = []
    for speaker, via, content, kind, *sides in says:
        stances = [{"topic": topic, "stance": side} for topic, side in (sides[0] if sides else {}).items()]
        content = max(content.split(" / "), key=len)
        expected.append({"speaker": speaker, "via": via, "content": content, "kind": kind, "stances": stances})
    return expected


@pytest.mark.parametrize("row", PARAGRAPHS, ids=[row["id"] for row in PARAGRAPHS])
def test_a_paragraph_is_read_as_a_careful_reader_reads_it(row: dict[str, Any]) -> None:
    document = Document.from_text(row["text"], published=str(row["date"]))
    claims = detente.read(document)
    if not row["says"]:
        assert claims.attributions == ()
    items = case_scores.score_statements(expectations(row["says"]), document, claims)
    wrong = [f"{i.kind} {i.expected}: {i.found}" for i in items if not i.right or not i.parts.get("kind", True)]
    assert wrong == []


def test_there_are_many_paragraphs_and_each_stands_once() -> None:
    assert len(PARAGRAPHS) >= 60
    assert len({row["text"] for row in PARAGRAPHS}) == len(PARAGRAPHS)
