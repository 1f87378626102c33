"""Sides composed over the parse, one construction at a time, on sentences of our own."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.document import Document, Span
from detente.errors import CodebookError
from detente.language import parse
from detente.statements.judging import Judge
from detente.statements.polarity import default_polarity, load_polarity
from detente.statements.sentiment import sentiment_towards, side_towards

SENTENCES = Path(__file__).resolve().parents[2] / "benchmarks" / "data" / "stance_sentences.tsv"


def score(sentence: str, target: str) -> float:
    doc = parse(Document.from_text(sentence)).doc
    at = sentence.index(target)
    return Judge().of(doc.char_span(at, at + len(target)).root).bounded()


@pytest.mark.parametrize(
    ("sentence", "target", "sign"),
    [
        ("Norway rejected the offer.", "the offer", -1),
        ("Norway did not reject the offer.", "the offer", 1),
        ("Norway welcomed the offer.", "the offer", 1),
        ("The offer was dismissed as absurd.", "The offer", -1),
        ("The tax will not solve the crisis.", "The tax", -1),
        ("The tax will solve the crisis.", "The tax", 1),
        ("Lifting the ban would help the economy.", "the ban", -1),
        ("The minister wants to end the blockade.", "the blockade", -1),
        ("The move is incompatible with the treaty of peace.", "The move", -1),
        ("Nobody in Oslo opposed the pact.", "the pact", 1),
        ("Rome no longer supports the mission.", "the mission", -1),
        ("If the bill passes, farmers will suffer.", "the bill", -1),
        ("If the bill passes, farmers will prosper.", "the bill", 1),
        ("Talks are better than threats.", "Talks", 1),
        ("Talks are better than threats.", "threats", -1),
        ("Chile called for a truce.", "a truce", 1),
        ("Chile warned against the strike.", "the strike", -1),
        ("The court will sit in May.", "The court", 0),
    ],
)
def test_constructions(sentence, target, sign):
    found = score(sentence, target)
    assert (found > 0) - (found < 0) == sign, found


@pytest.mark.parametrize("verb", ["condemned", "praised", "opposed", "endorsed"])
def test_negation_turns_the_side(verb):
    base = {"condemned": "condemn", "praised": "praise", "opposed": "oppose", "endorsed": "endorse"}[verb]
    assert score(f"Peru {verb} the law.", "the law") * score(f"Peru did not {base} the law.", "the law") < 0


def test_the_measured_sentences_keep_their_floor():
    """A fall below the floor means that a change broke a construction; `benchmarks/stances.py -v` says which."""
    pairs: Counter = Counter()
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) >= 400
    assert sum(r["kind"] != "plain" for r in rows) * 2 >= len(rows)
    for row in rows:
        at = row["sentence"].lower().index(row["target"].lower())
        found = score(row["sentence"], row["sentence"][at : at + len(row["target"])])
        side = "favour" if found > 0.15 else "oppose" if found < -0.15 else "neutral"
        pairs[row["first_reading"] == side] += 1
    assert pairs[True] / sum(pairs.values()) >= 0.8


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_judged(text):
    doc = parse(Document.from_text(text)).doc
    for token in doc:
        assert -1 <= Judge().of(token).bounded() <= 1


@given(st.text(max_size=80), st.integers(0, 90), st.integers(0, 90))
@settings(max_examples=30, deadline=None)
def test_sentiment_takes_any_span(text, a, b):
    doc = parse(Document.from_text(text)).doc
    assert side_towards(doc, [Span(min(a, b), max(a, b))]) in {"favour", "oppose", "neutral"}


def test_sentiment_leans_with_what_is_said():
    doc = parse(Document.from_text("The senator was praised for her courage, the mayor was jailed for fraud.")).doc
    assert sentiment_towards(doc, [Span(4, 11)]) > sentiment_towards(doc, [Span(45, 50)])


@pytest.mark.parametrize(
    ("sentence", "target", "side"),
    [
        ("Okafor, who once served in the navy, declined to comment.", "Okafor", "neutral"),
        ("Okafor did not respond to a request for comment.", "Okafor", "neutral"),
        ("The report cleared Okafor of wrongdoing.", "Okafor", "favour"),
        ("Agents of the Bureau foiled a plot to blow up the station.", "the Bureau", "favour"),
        ("Thousands filled the streets to demand that the president step down.", "the president", "oppose"),
        ("Okafor has been dogged by questions about the contract.", "Okafor", "oppose"),
        ("Okafor denied the allegations of fraud.", "Okafor", "oppose"),
        ("Okafor's critics say the plan came late.", "Okafor", "oppose"),
        ("Okafor finished a distant third in the primary.", "Okafor", "oppose"),
        ("Investors gave her no credit, but gave the envoy praise.", "the envoy", "favour"),
    ],
)
def test_set_phrases_of_political_news(sentence, target, side):
    doc = parse(Document.from_text(sentence)).doc
    at = sentence.index(target)
    assert side_towards(doc, [Span(at, at + len(target))]) == side


def test_a_users_words_win_over_ours(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('neutral = "crisis"\n[worth.good]\nnouns = "war"\n', encoding="utf-8")
    mine = load_polarity(own)
    assert mine.nouns["war"] == 1
    assert "crisis" not in mine.nouns
    assert default_polarity().nouns["war"] == -1


def test_a_malformed_list_names_the_file(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("[worth", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"bad\.toml"):
        load_polarity(bad)
