"""What is left out before the parse: sentences that can hold no event, documents that are not political."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente.cli import build_app
from detente.document import Document
from detente.events.ontology import EXAMPLES
from detente.events.sentences import code_documents
from detente.events.sieve import default_sieve, is_political
from detente.reading import Reader


def sentences() -> list[str]:
    rows = [
        row
        for name in ("cameo.csv", "plover.csv", "modes.csv", "none.csv")
        for row in csv.DictReader((EXAMPLES / name).read_text(encoding="utf-8").splitlines(), delimiter=";")
    ]
    return sorted({row["sentence"] for row in rows})


def test_no_sentence_of_the_codebook_loses_its_events() -> None:
    texts = sentences()
    coded = code_documents((Document.from_text(t) for t in texts), statements=True)
    lost = [t for t, events in zip(texts, coded, strict=True) if events and not default_sieve(True).passes(t)]
    assert lost == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The soup was too salty.",
        "She plays the violin on Sundays.",
        "prices of tomatoes in the market",
        "It was a long winter, and the roof leaked.",
        "",
        "?!",
    ],
)
def test_sentences_without_a_trigger_or_an_actor_are_left_out(sentence: str) -> None:
    assert not default_sieve().passes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran attacked Iraq.",
        "They broke off the talks.",
        "the two sides met in geneva",
        "Kenya must open its border, Uganda said.",
        "a bomb exploded",
        "Ministers were brought before the tribunal.",
    ],
)
def test_sentences_with_a_trigger_and_an_actor_pass(sentence: str) -> None:
    assert default_sieve().passes(sentence)


def test_plain_statements_pass_only_where_they_are_coded() -> None:
    sentence = "The president said that the bridge was long."
    assert default_sieve(True).passes(sentence)
    assert not default_sieve(False).passes(sentence)


def test_skipping_changes_neither_order_nor_events() -> None:
    texts = ["The soup was too salty.", "Iran attacked Iraq.", "", "Peru praised Chile."] * 40
    full = list(code_documents(map(Document.from_text, texts)))
    assert list(code_documents(map(Document.from_text, texts), skip=True)) == full
    assert [bool(events) for events in full[:4]] == [False, True, False, True]


def test_code_tells_each_record_its_scheme_and_parses_all_when_asked() -> None:
    lines = [
        {"id": "a", "text": "The soup was too salty."},
        {"id": "b", "text": "The Peruvian president said that the soup was salty.", "scheme": "cameo"},
        {"id": "c", "text": "Peru praised Chile."},
    ]
    stdin = "\n".join(map(json.dumps, lines))
    for arguments in (["code", "-"], ["code", "-", "--parse-all"]):
        shown = CliRunner().invoke(build_app(), arguments, input=stdin)
        codes = [[e["code"] for e in json.loads(line)["events"]] for line in shown.stdout.splitlines()]
        assert codes == [[], ["010"], ["SUPPORT"]]


def test_documents_about_politics_are_told_from_others() -> None:
    politics = (
        "The foreign minister of Peru met his Chilean colleague in Lima on Monday. They talked about fishing. "
        "Peru had recalled its ambassador in May."
    )
    kitchen = (
        "Wash the rice twice. Fry the onions in butter until they are golden. Add the stock and let it cook. "
        "A cook from Lima taught me this. Serve it with lemon."
    )
    assert is_political(politics)
    assert is_political("Iran attacked Iraq.")
    assert not is_political(kitchen)
    assert not is_political("")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_odd_texts_are_no_error(text: str) -> None:
    default_sieve().passes(text)
    is_political(text)


def test_a_reader_with_triage_leaves_out_what_is_not_political() -> None:
    reader = Reader(triage=True)
    documents = [Document.from_text("Fry the onions until they are golden."), Document.from_text("Iran attacked Iraq.")]
    assert [bool(claims.events) for _, claims in reader.read_many(documents)] == [False, True]
    assert len(reader.read(documents[0])) == 0
    assert reader.fingerprint == "+triage"
    assert [d for d, _ in reader.read_many(documents * 70)] == documents * 70
