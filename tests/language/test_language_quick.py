"""Our own ways of computing three components against spaCy's own, token by token."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from detente.language.pipeline import model_report, use_numpy_blas, use_quick_components

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/dispatch.txt"))
ODD = [
    "",
    " ",
    "\n\n \n",
    "A",
    "Lavrov",
    "Let's go to y'all's, gonna gotta c'mon; it ain't nothin'. There's no one.",
    "🕊️ “Ja,” said the PM\u202e of Türkiye\u200b on 3 May\t2021 ...",
    "New York. The United Nations\n\nSecurity Council met Ban Ki-moon",
]


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    plain, quick = spacy.load(model_report().path), spacy.load(model_report().path)
    use_numpy_blas(plain)
    use_numpy_blas(quick)
    use_quick_components(quick)
    return plain, quick


def analyses(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_, t.is_sent_start)
        for t in doc
    ]


def test_every_token_is_analysed_as_spacy_does(pipelines: tuple[Language, Language]) -> None:
    texts = [f.read_text("utf-8") for f in EXAMPLES] + ODD
    plain, quick = pipelines
    expected = [analyses(doc) for doc in plain.pipe(texts, batch_size=8)]
    assert sum(map(len, expected)) > 1_500
    assert any(token[7] for doc in expected for token in doc)
    for _ in range(2):  # the second time out of memory
        assert [analyses(doc) for doc in quick.pipe(texts, batch_size=8)] == expected
    assert [analyses(quick(text)) for text in texts] == expected


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_odd_text_as_well(pipelines: tuple[Language, Language], text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    plain, quick = pipelines
    assert analyses(quick(text)) == analyses(plain(text))


def test_a_full_memory_is_emptied(pipelines: tuple[Language, Language], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.language.vectors.REMEMBERED", 5)
    monkeypatch.setattr("detente.language.attributes.REMEMBERED", 5)
    plain, quick = pipelines
    for file in EXAMPLES[:3]:
        text = file.read_text("utf-8")
        assert analyses(quick(text)) == analyses(plain(text))
