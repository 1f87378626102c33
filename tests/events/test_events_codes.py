"""Every example of the codebook is coded as its row says: codes, types and modes."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from detente.claims import Event
from detente.document import Document
from detente.events.codebook import TABLES, load_codebook
from detente.events.ontology import EXAMPLES
from detente.events.sentences import code_documents

Told = dict[str, list[Event]]


def rows_of(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


CODES, TYPES, MODES = rows_of("cameo.csv"), rows_of("plover.csv"), rows_of("modes.csv")


@pytest.fixture(scope="module")
def told() -> Told:
    """Sentence to its events that are told as done, planned or threatened."""
    sentences = sorted({row["sentence"] for row in (*CODES, *TYPES, *MODES)})
    documents = (Document.from_text(s) for s in sentences)
    return {
        sentence: [e for e in events if e.status not in {"hypothetical", "denied"}]
        for sentence, events in zip(sentences, code_documents(documents, statements=True), strict=True)
    }


def is_coded(row: dict[str, str], told: Told) -> bool:
    """Whether the code of the row, or a leaf below it, is among the codes of its sentence."""
    return any((e.cameo or "").startswith(row["code"]) for e in told[row["sentence"]])


@pytest.mark.parametrize("root", sorted({row["code"][:2] for row in CODES}))
def test_sentences_that_are_a_code_get_it_and_those_that_look_like_it_do_not(root: str, told: Told) -> None:
    rows = [row for row in CODES if row["code"][:2] == root and not row["found"]]
    assert [row for row in rows if is_coded(row, told) != (row["is"] == "yes")] == []


def test_where_the_code_is_not_found_yet_its_root_is(told: Told) -> None:
    only_root = [row for row in CODES if row["found"] == "root"]
    assert len(only_root) < len(CODES) / 50
    for row in only_root:
        assert any((e.cameo or "")[:2] == row["code"][:2] for e in told[row["sentence"]]), row


def test_sentences_that_are_a_type_get_it_and_those_that_look_like_it_do_not(told: Told) -> None:
    assert [r for r in TYPES if any(e.type == r["code"] for e in told[r["sentence"]]) != (r["is"] == "yes")] == []


def test_sentences_that_are_a_mode_get_it_and_those_that_look_like_it_do_not(told: Told) -> None:
    def shown(row: dict[str, str]) -> bool:
        return any((e.type, e.mode) == (row["type"], row["mode"]) for e in told[row["sentence"]])

    assert [row for row in MODES if shown(row) != (row["is"] == "yes")] == []


def test_sport_stories_weather_markets_stars_accidents_and_disasters_give_nothing() -> None:
    rows = rows_of("none.csv")
    coded = code_documents(Document.from_text(row["sentence"]) for row in rows)
    assert {r["sentence"]: events for r, events in zip(rows, coded, strict=True) if events} == {}
    assert len(rows) >= 60
    assert min(Counter(row["class"] for row in rows).values()) >= 8


def test_each_code_type_and_mode_has_three_examples_and_two_that_are_not() -> None:
    book = load_codebook()
    with (TABLES / "modes.csv").open(encoding="utf-8", newline="") as handle:
        modes = {(r["type"], r["mode"]) for r in csv.DictReader(handle, delimiter=";")}
    for rows, names in (
        ([(r["code"], r["is"]) for r in CODES], set(book.codes)),
        ([(r["code"], r["is"]) for r in TYPES], set(book.types)),
        ([((r["type"], r["mode"]), r["is"]) for r in MODES], modes),
    ):
        counts = Counter(rows)
        short = [name for name in names if counts[name, "yes"] < 3 or counts[name, "no"] < 2]
        assert short == []


def test_every_code_has_a_definition_a_name_and_a_way_into_plover() -> None:
    book = load_codebook()
    assert len(book.codes) >= 290
    for code, entry in book.codes.items():
        assert entry.name and entry.definition.endswith("."), code
        if code[:2] not in {"01"}:
            assert book.type_of(code) in book.types, code


def test_goldstein_values_stay_within_the_scale() -> None:
    book = load_codebook()
    assert all(-10 <= entry.goldstein <= 10 for entry in book.codes.values())
    assert book.goldstein("057") == 8.0
    assert book.goldstein("190") == -10.0


def test_modes_of_the_crosswalk_are_defined() -> None:
    with (TABLES / "modes.csv").open(encoding="utf-8") as handle:
        defined = {(r["type"], r["mode"]) for r in csv.DictReader(handle, delimiter=";")}
    with (TABLES / "contexts.csv").open(encoding="utf-8") as handle:
        contexts = {r["context"] for r in csv.DictReader(handle, delimiter=";")}
    for code, crossing in load_codebook().crossings.items():
        if crossing.mode:
            assert (crossing.types["plover"], crossing.mode) in defined, code
        assert set(crossing.contexts) <= contexts, code


def test_the_tables_lie_inside_the_package() -> None:
    assert (Path(TABLES) / "lexicon" / "verbs.csv").is_file()
