"""The pipeline: checked weights, identical analyses, texts of any length, sentences that end where they should."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.errors import DetenteError
from detente.language import paragraphs, parse, parse_many
from detente.language import pipeline as module

HARD = (
    'The U.S. envoy said: "We have not been told; nobody\'s asked us." Gen. Amir met 3,000 troops on Nov. 10 in Kabul.'
)


def sentences(text: str) -> list[str]:
    return [s.text.strip() for s in parse(detente.Document.from_text(text)).sentences]


def test_the_model_is_the_published_one() -> None:
    report = module.model_report()
    assert report.problem == ""
    assert all(report.weights.values())
    assert len(report.weights) >= 8


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "en_core_web_sm"
    package.mkdir()
    monkeypatch.setattr(module, "package_folder", lambda name: package)
    report = module.model_report.__wrapped__()
    assert "pip install" in report.problem
    assert "ner/model" in report.problem
    monkeypatch.setattr(module, "model_report", lambda: report)
    with pytest.raises(DetenteError, match="pip install"):
        module.load_pipeline.__wrapped__()


def test_numpy_blas_changes_no_analysis() -> None:
    plain = spacy.load(module.model_report().path)
    quick = spacy.load(module.model_report().path)
    module.use_numpy_blas(quick)
    for a, b in zip(plain(HARD), quick(HARD), strict=True):
        assert (a.tag_, a.dep_, a.head.i, a.ent_type_, a.lemma_) == (b.tag_, b.dep_, b.head.i, b.ent_type_, b.lemma_)


def test_a_headline_does_not_run_into_the_body() -> None:
    found = sentences(
        "Two States Sign a Pact\nNovember 12, 2011\n\nThe ministers met Gen. Amir on Nov. 10 in Cairo. They left."
    )
    assert found == [
        "Two States Sign a Pact",
        "November 12, 2011",
        "The ministers met Gen. Amir on Nov. 10 in Cairo.",
        "They left.",
    ]


def test_wrapped_lines_are_one_sentence() -> None:
    text = "The two delegations that had come to the capital\nfor the first round of the talks left the city on\nTuesday. They met again."
    assert len(paragraphs(text)) == 1
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "x", "\ud800 lone \x00", "a" * 20_000, '"' * 2_000, "a-" * 2_000, "\n" * 5_000, "‏ایران حمله کرد. " * 20,
     "Iran met Iraq. " * 5_000, "Iran and Iraq " * 5_000],
)  # fmt: skip
def test_any_text_keeps_its_offsets(text: str) -> None:
    parsed = parse(detente.Document.from_text(text))
    assert len(parsed.doc.text) == len(text)
    assert parsed.doc.text == text.replace("\ud800", "\ufffd")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. \n", max_size=400), st.integers(min_value=2, max_value=50))
def test_pieces_join_to_the_text(text: str, limit: int) -> None:
    found = list(module.pieces(text, limit))
    assert "".join(found) == text
    assert all(len(piece) <= limit for piece in found)


def test_many_documents_in_order_and_as_one_by_one() -> None:
    texts = [HARD, "", "Iran met Iraq. " * 6_000, "The talks ended."]
    documents = [detente.Document.from_text(t) for t in texts]
    found = list(parse_many(documents, batch_size=2))
    assert [p.document for p in found] == documents
    assert [p.doc.text for p in found] == texts
    assert [t.dep_ for t in found[3].doc] == [t.dep_ for t in parse(documents[3]).doc]
