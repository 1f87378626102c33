"""Parsing only what is worth it: offsets stay, kept sentences are read as before, quotations are never left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.language import parse
from detente.language.triage import rough_sentences, runs, worth_parsing

STEMS = frozenset(["sanction", "attack", "talk", "said"])
TEXT = (
    "Rain over the hills\n\nIt rained all day in town. Gen. Amir attacked the port on Nov. 10. The river rose by a metre. "
    "Shops closed early. Buses stood still. Trees fell in the park. The two sides held talks in Cairo."
)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [("New sanctions followed.", True), ("It rained.", False), ("He called it “sad”.", True), ("It was 'over'.", True),
     ("The members' hall was full.", False), ("", False)],
)  # fmt: skip
def test_what_is_worth_it(sentence: str, kept: bool) -> None:
    assert worth_parsing(sentence, STEMS) is kept


def test_only_kept_sentences_are_parsed() -> None:
    document = detente.Document.from_text(TEXT)
    doc = parse(document, stems=STEMS).doc
    assert doc.text == TEXT
    full = parse(document).doc
    by_word = {t.text: t for t in doc}
    assert by_word["rained"].pos_ == "X"
    assert by_word["fell"].pos_ == "X"
    for word in ("attacked", "held", "talks", "Cairo"):
        same = next(t for t in full if t.text == word)
        assert (by_word[word].pos_, by_word[word].dep_, by_word[word].idx) == (same.pos_, same.dep_, same.idx)
    assert [t.idx for t in doc] == [t.idx for t in full]


def test_sentences_beside_a_quotation_are_kept() -> None:
    text = "The envoy was tired. “We go home.” That was all she gave them. The rain went on. It was cold."
    kept = "".join(run for run, keep in runs(text, STEMS) if keep)
    assert kept == "The envoy was tired. “We go home.” That was all she gave them. "


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="abA. \n\"'“!?", max_size=200)))
def test_runs_join_to_the_text(text: str) -> None:
    assert "".join(run for run, _ in runs(text, STEMS)) == text
    assert "".join(rough_sentences(text)) == text


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet='abtalk. \n"A', max_size=120))
def test_offsets_hold_whatever_is_left_out(text: str) -> None:
    assert parse(detente.Document.from_text(text), stems=STEMS).doc.text == text
