"""Issues: what topics mean the same, the user's list, and the commands that use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import detente
from detente.cli import build_app
from detente.document import Document
from detente.errors import CodebookError
from detente.reading import Reader
from detente.statements import load_issues
from detente.statements.issues import issue_of, same_issue

TEXT = (
    "Iran condemned the new sanctions. Brazil's Foreign Minister Celso Amorim said that further sanctions on Iran would "
    "only deepen the quarrel. Norway backed the fuel swap."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sanctions on Iran", "the new sanctions against Iran"),
        ("talks with Turkey", "further negotiations with Turkey"),
        ("Iran's nuclear program", "the nuclear programme of Iran"),
        ("a ceasefire", "the truce"),
    ],
)
def test_what_means_the_same_has_one_name(one: str, other: str) -> None:
    assert issue_of(one) == issue_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran's missile program", "Iran's nuclear program"),
        ("sanctions on Iran", "sanctions on Russia"),
        ("the grain deal", "the prisoner deal"),
    ],
)
def test_what_differs_in_kind_or_actor_is_another_issue(one: str, other: str) -> None:
    assert not same_issue(issue_of(one), issue_of(other))


def test_an_issue_that_says_less_may_be_the_same() -> None:
    assert same_issue("talk: IRN", "nuclear talk: IRN, USA")
    assert not same_issue("talk: IRN", "sanction: IRN")


def test_the_users_names_come_first(tmp_path: Path) -> None:
    file = tmp_path / "issues.yaml"
    file.write_text("Pressure on Tehran:\n- sanctions on Iran\nBarter: fuel swap\n", encoding="utf-8")
    own = load_issues(file)
    assert own.of("further sanctions on Iran", "sanction: IRN") == "Pressure on Tehran"
    assert own.of("the grain deal", "grain agreement") is None
    claims = Reader(issues=file).read(Document.from_text(TEXT))
    assert {s.issue for s in claims.stances} >= {"Pressure on Tehran", "Barter"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "topic,words\nx,y\n", "issue"),
        ("b.csv", "issue,name\n,sanctions\n", "line 2"),
        ("c.yaml", "- just\n- a list\n", "list of names"),
        ("d.yaml", "a: [", "not YAML"),
    ],
)
def test_a_malformed_list_says_what_is_wrong(tmp_path: Path, name: str, text: str, says: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=says):
        load_issues(file)


def test_the_command_shows_sides_by_phrase_and_by_list(tmp_path: Path) -> None:
    source, record, issues = tmp_path / "t.txt", tmp_path / "r.detente", tmp_path / "i.csv"
    source.write_text(TEXT, encoding="utf-8")
    issues.write_text("issue,name\nPressure,sanctions on Iran\n", encoding="utf-8")
    run = CliRunner().invoke
    assert run(build_app(), ["read", str(source), "-r", str(record)]).exit_code == 0
    asked = run(build_app(), ["stances", "-r", str(record), "--issue", "sanctions on Iran", "--json"])
    assert {name for row in json.loads(asked.stdout) for name in row["holder_names"]} == {"Iran", "Celso Amorim"}
    mine = run(build_app(), ["stances", "-r", str(record), "--issues", str(issues), "--json"])
    first = json.loads(mine.stdout)[0]
    assert (first["issue"], first["oppose"], first["holders"]) == ("Pressure", 2, 2)
    longer = tmp_path / "longer.csv"
    longer.write_text("issue,name\nPressure,sanctions on Iran\nSanctions,sanctions\n", encoding="utf-8")
    listed = ["stances", "-r", str(record), "--issues", str(longer), "--json", "--issue"]
    pressure, others = (json.loads(run(build_app(), [*listed, name]).stdout) for name in ("pressure", "Sanctions"))
    # Each stance belongs to the first issue of the list that has its words.
    assert len(pressure) == 2
    assert not {row["id"] for row in pressure} & {row["id"] for row in others}


def test_the_users_cues_win_and_kinds_can_be_left_out(tmp_path: Path) -> None:
    cues, source = tmp_path / "cues.csv", tmp_path / "t.txt"
    cues.write_text(
        "cue,pos,frames,mind,colour\nsay,verb,,statement,\npooh,verb,that,statement,poohs\n", encoding="utf-8"
    )
    source.write_text(
        "Ann said that it rained. Bob doubts that it snowed. Eve claimed that it hailed.", encoding="utf-8"
    )
    run = CliRunner().invoke
    for own in (cues, tmp_path):
        rows = json.loads(run(build_app(), ["attribute", str(source), "--cues", str(own), "--json"]).stdout)
        assert [row["cue"] for row in rows] == ["doubts", "claimed"]
    told = run(build_app(), ["attribute", str(source), "--kinds", "statement", "--json"])
    assert [row["cue"] for row in json.loads(told.stdout)] == ["said", "claimed"]
    assert run(build_app(), ["attribute", str(source)]).stdout.count("belief") == 1


def test_the_stances_of_one_document_have_no_vague_topics() -> None:
    claims = detente.read(Document.from_text("Peru's minister said the past was bad and the situation was terrible."))
    assert claims.stances == ()
