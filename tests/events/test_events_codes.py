"""Every example of the codebook is coded as its row says: three sides of the same table."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from detente.document import Document
from detente.events.codebook import TABLES, load_codebook
from detente.events.ontology import EXAMPLES
from detente.events.sentences import code_documents

Example = tuple[str, bool, str]


def rows_of(name: str) -> list[Example]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as handle:
        return [(r["code"], r["is"] == "yes", r["sentence"]) for r in csv.DictReader(handle, delimiter=";")]


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[set[str], set[str]]]:
    """Sentence to (CAMEO codes, PLOVER types) of the events told as done, planned or threatened."""
    sentences = sorted({row[2] for name in ("cameo.csv", "plover.csv") for row in rows_of(name)})
    found = {}
    for sentence, events in zip(
        sentences, code_documents((Document.from_text(s) for s in sentences), statements=True), strict=True
    ):
        real = [e for e in events if e.status not in {"hypothetical", "denied"}]
        found[sentence] = ({e.cameo or "" for e in real}, {e.type for e in real})
    return found


@pytest.mark.parametrize("name, column", [("cameo.csv", 0), ("plover.csv", 1)])
def test_examples_come_out_as_their_rows_say(
    name: str, column: int, told: dict[str, tuple[set[str], set[str]]]
) -> None:
    wrong = [row for row in rows_of(name) if (row[0] in told[row[2]][column]) is not row[1]]
    assert wrong == []


def test_each_plover_type_has_three_examples_and_two_that_are_not() -> None:
    yes = Counter(code for code, right, _ in rows_of("plover.csv") if right)
    no = Counter(code for code, right, _ in rows_of("plover.csv") if not right)
    for name in load_codebook().types:
        assert yes[name] >= 3, name
        assert no[name] >= 2, name


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
