"""Explaining tells which row to change: the row that it proposes codes the sentence, and reasons name table and word."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.events.explain import explain_text
from detente.events.ontology import load_ontology

VERBS = "words;object;with;code;roles;note\n"


def explained(sentence: str, *folders: Path) -> dict[str, list[str]]:
    return explain_text(sentence, load_ontology(None, folders))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway put the screws on Sweden.",
        "Norway set its sights on Sweden.",
        "Norway trumpeted the victory over Sweden.",
        "Norway looked askance at Sweden.",
        "Norway replied to Sweden.",
    ],
)
def test_the_row_that_is_proposed_codes_the_sentence(sentence: str, tmp_path: Path) -> None:
    before = explained(sentence)
    assert before["Events"] == ["none"]
    (line,) = before["Verbs that code nothing here"] + before["Verbs that no table knows"]
    row = line.split("add ")[1].split(" to verbs.csv")[0]
    (tmp_path / "verbs.csv").write_text(VERBS + row.replace("CODE", "111") + "\n", encoding="utf-8")
    assert explained(sentence, tmp_path)["Events"][0] == "ACCUSE 111, done: Norway (NOR) -> Sweden (SWE)"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The storm forced Norway to expel a Swedish captain.", "@disaster in classes.csv has storm"),
        ("Norway did not threaten Sweden.", "a row negate;130;CODE; in transforms.csv would change that"),
        ("The Norwegian goalkeeper attacked Sweden.", "domains.csv has goalkeeper"),
        ("A boiler in Norway exploded.", "is no event in this sense"),
        ("Officials in Norway say that Sweden is late.", "a plain statement, no event but in the scheme cameo"),
        ("A factory in Norway exploded and killed four.", "a building or a vehicle acts, not an actor"),
    ],
)
def test_what_is_left_out_names_table_and_word(sentence: str, reason: str) -> None:
    shown = explained(sentence)
    assert shown["Events"] == ["none"]
    assert any(reason in line for line in shown["Left out"]), shown["Left out"]


def test_what_speaks_against_an_unsure_event_is_told_with_its_weight() -> None:
    unsure = explained("Norway replaced Sweden as host, and a Dane struck a Swede.")["Events"]
    assert any(line.startswith("    less sure for (confidence.csv): no conflict near -0.") for line in unsure)
    sure = explained("Norway condemned Sweden.")["Events"]
    assert not any("less sure" in line for line in sure)


def test_auxiliaries_are_no_near_misses() -> None:
    shown = explained("Norway has yet to reply to Sweden.")
    lines = explained("Norway has not answered Sweden.")["Rows whose word is there and whose constraints do not hold"]
    assert not any(line.startswith("'has'") for line in lines)
    assert shown["Events"] == ["none"]
