"""The lexicon's format: classes, constraints, user folders, errors that name file and line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from detente.document import Document
from detente.errors import CodebookError
from detente.events.lexicon import HERE, load_lexicon
from detente.events.ontology import load_ontology
from detente.events.sentences import code_documents


def test_our_lexicon_is_large_and_loads_fast() -> None:
    load_lexicon.cache_clear()
    start = time.perf_counter()
    lexicon = load_lexicon()
    assert time.perf_counter() - start < 1.0
    assert lexicon.count() >= 3000


def test_a_user_folder_overrides_ours(tmp_path: Path) -> None:
    (tmp_path / "verbs.csv").write_text("words;object;with;code;roles;note\nfrobnicate praise;*;;/111;;\n")
    own = load_lexicon(HERE, tmp_path)
    text = "Norway praised Finland. Norway frobnicated Denmark."
    (events,) = code_documents([Document.from_text(text)], lexicon=own)
    assert "ACCUSE" in {e.type for e in events}
    (ours,) = code_documents([Document.from_text("Norway praised Finland.")])
    assert [e.type for e in ours] == ["SUPPORT"]


@pytest.mark.parametrize(
    "line, words",
    [
        ("praise;@nosuchclass;;/111;;", "no class @nosuchclass"),
        ("praise;;with;/111;;", "preposition:words"),
        ("praise;;;/111;;;;;", "too many fields"),
    ],
)
def test_a_malformed_row_is_named_with_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "verbs.csv").write_text(f"words;object;with;code;roles;note\n{line}\n")
    with pytest.raises(CodebookError, match=r"verbs\.csv:2") as caught:
        load_lexicon(HERE, tmp_path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "operator, code, expected",
    [
        ("agree", "073", "0333"),
        ("refuse", "0841", "1243"),
        ("appeal", "045", "028"),
        ("threaten", "161", "1313"),
        ("halt", "046", "164"),
        ("negate", "190", None),
    ],
)
def test_operators_turn_codes_into_codes(operator: str, code: str, expected: str | None) -> None:
    assert load_lexicon().transform(operator, code) == expected


def test_acled_is_a_second_ontology_made_the_same_way() -> None:
    own = load_ontology("acled")
    texts = {
        "Rebels clashed with the army in Marib.": "BATTLE",
        "Students marched in Lagos against the president.": "PROTEST",
        "A mob burned a shop in Lagos.": "RIOT",
        "Insurgents fired rockets at Basra.": "EXPLOSION/REMOTE VIOLENCE",
        "Gunmen kidnapped a teacher in Kaduna.": "VIOLENCE AGAINST CIVILIANS",
        "Police in Cairo arrested a blogger.": "STRATEGIC DEVELOPMENT",
    }
    documents = [Document.from_text(t) for t in texts]
    for (text, kind), events in zip(
        texts.items(), code_documents(documents, lexicon=own.lexicon, codebook=own.codebook), strict=True
    ):
        assert kind in {e.type for e in events}, text


def test_an_unknown_ontology_is_an_error_that_says_what_to_give() -> None:
    with pytest.raises(CodebookError, match=r"types\.csv"):
        load_ontology("no-such-folder")


def test_domains_of_a_folder_add_to_ours_move_words_and_take_them_out(tmp_path: Path) -> None:
    text = "domain;strong;weak;note\nchess;zugzwang;board;\nchess;;goalkeeper;moved\n-;marathon;;taken out\n"
    (tmp_path / "domains.csv").write_text(text, encoding="utf-8")
    own, ours = load_lexicon(HERE, tmp_path).domains, load_lexicon().domains
    assert (own["zugzwang"], own["board"]) == (("chess", 3), ("chess", 1))
    assert (ours["goalkeeper"], own["goalkeeper"]) == (("sport", 3), ("chess", 1))
    assert "marathon" in ours
    assert "marathon" not in own
    sentence = "Norway attacked Denmark with a zugzwang in the morning."
    for lexicon, told in ((None, True), (load_lexicon(HERE, tmp_path), False)):
        (events,) = code_documents([Document.from_text(sentence)], lexicon=lexicon)
        assert bool(events) is told


def test_a_row_of_domains_without_a_domain_is_refused(tmp_path: Path) -> None:
    (tmp_path / "domains.csv").write_text("domain;strong;weak;note\n;zugzwang;;\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"domains\.csv:2"):
        load_lexicon(HERE, tmp_path)
