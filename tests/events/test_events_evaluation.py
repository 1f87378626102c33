"""Our scorer against the scorer beside the gold data, and the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.evaluation.events import score
from detente.evaluation.report import read_jsonl

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "events"
SETS = ("plv_train", "plover_gsr", "cameo_manual", "conflibert_rounds_a", "case2021_a")
NAMES = {"F1": "F1", "P": "precision", "R": "recall"}


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold/events is not there")
@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("peer", ["petrarch2", "universalpetrarch"])
def test_our_figures_are_those_of_the_gold_scorer(name: str, peer: str) -> None:
    gold, found = GOLD / f"{name}.jsonl", GOLD / "peers" / f"{peer}__{name}.jsonl"
    printed = subprocess.run(
        [sys.executable, str(GOLD / "score.py"), str(gold), str(found), "--json"], capture_output=True, check=True
    ).stdout
    theirs = json.loads(printed)
    ours = {m.name: m.value for m in score(read_jsonl(gold), read_jsonl(found)).measures}
    for level, values in theirs["levels"].items():
        if level.startswith("text") or level == "binary":
            continue
        for short, long in NAMES.items():
            assert ours[f"{level} {long}"] == pytest.approx(values[short], abs=1e-4), level
    if theirs["no_event"]["balanced"] is not None:
        assert ours["balanced no-event accuracy"] == pytest.approx(theirs["no_event"]["balanced"])


def test_scores_of_a_small_gold_by_hand() -> None:
    gold = [
        {"id": "a", "scheme": "plover", "events": [{"source": "FRA", "code": "AID", "target": "MLI"}]},
        {"id": "b", "scheme": "plover", "events": []},
    ]
    found = [
        {"id": "a", "events": [{"source": "FRA", "code": "072", "target": "MLI"}, {"source": "", "code": "CONSULT"}]},
        {"id": "b", "events": []},
    ]
    values = {m.name: m.value for m in score(gold, found).measures}
    assert values["root precision"] == 0.5
    assert values["root recall"] == 1.0
    assert values["balanced no-event accuracy"] == 1.0


def run(*arguments: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(build_app(), list(arguments), input=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_code_keeps_order_and_takes_plain_lines_and_records() -> None:
    lines = '{"id": "x", "text": "Peru praised Chile.", "scheme": "cameo"}\nGhana arrested two reporters.\n'
    first, second = (json.loads(line) for line in run("code", "-", stdin=lines).splitlines())
    assert first["id"] == "x"
    assert [e["code"] for e in first["events"]] == ["051"]
    assert [e["code"] for e in second["events"]] == ["COERCE"]


def test_explain_names_the_row_and_the_reason() -> None:
    shown = run("explain", "Kenya will not lift the curfew.")
    assert "REJECT 1241" in shown
    assert "verbs.csv:" in shown
    report = json.loads(run("explain", "--json", "An earthquake killed two people in Gansu."))
    assert report["Events"] == ["none"]


def test_codebook_shows_codes_and_types() -> None:
    assert "joint" in run("codebook", "COOPERATE").lower()
    assert json.loads(run("codebook", "0333", "--json"))["Goldstein"] == 5.2


GOLD_LINES = [
    {
        "id": "a",
        "scheme": "plover",
        "text": "Ruritania praised Norway.",
        "events": [{"source": "RUR", "code": "SUPPORT", "target": "NOR"}],
    },
    {"id": "b", "scheme": "plover", "text": "Rain fell on Norway.", "events": []},
]


def gold_file(tmp_path: Path, rows: list[dict[str, object]]) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def figures(*arguments: str) -> dict[str, float | None]:
    return {m["name"]: m["value"] for m in json.loads(run("evaluate", "events", *arguments, "--json"))["measures"]}


def test_evaluate_events_takes_a_dictionary_of_fictional_actors(tmp_path: Path) -> None:
    gold = str(gold_file(tmp_path, GOLD_LINES))
    actors = tmp_path / "actors.txt"
    actors.write_text("RURITANIA_ [RUR]\n", encoding="utf-8")
    assert figures(gold, "--actors", str(actors))["root+actors F1"] == 1.0
    assert figures(gold)["root+actors F1"] == 0.0


def test_evaluate_events_takes_lexicon_folders(tmp_path: Path) -> None:
    gold = str(gold_file(tmp_path, GOLD_LINES))
    (tmp_path / "lex").mkdir()
    (tmp_path / "lex" / "verbs.csv").write_text(
        "words;object;with;code;roles;note\npraise;*;;/111;;\n", encoding="utf-8"
    )
    assert figures(gold)["root F1"] == 1.0
    assert figures(gold, "--lexicon", str(tmp_path / "lex"))["root F1"] == 0.0


def test_evaluate_events_scores_the_output_of_another_coder(tmp_path: Path) -> None:
    gold = str(gold_file(tmp_path, GOLD_LINES))
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "b", "events": [{"source": "", "code": "CONSULT", "target": ""}]}\n', encoding="utf-8")
    values = figures(gold, "--found", str(other))
    assert values["detection"] == values["no-event specificity"] == 0.0


def test_evaluate_events_shows_classes_and_confusions(tmp_path: Path) -> None:
    shown = run("evaluate", "events", str(gold_file(tmp_path, GOLD_LINES)))
    assert "by class" in shown
    assert "gold (rows) against found" in shown


def test_evaluate_events_speaks_another_ontology(tmp_path: Path) -> None:
    texts = {
        "ARMED_CLASH": "Rebels clashed with the army in Marib.",
        "PROTEST": "Students marched in Lagos against the president.",
        "RIOT/mob violence": "A mob burned a shop in Lagos.",
        "NO_SUCH_LABEL": "It was a long day.",
    }
    rows = [
        {"id": code, "scheme": "acled", "text": text, "events": [{"source": "", "code": code, "target": ""}]}
        for code, text in texts.items()
    ]
    report = json.loads(run("evaluate", "events", str(gold_file(tmp_path, rows)), "--ontology", "acled", "--json"))
    values = {m["name"]: (m["value"], m["n"]) for m in report["measures"]}
    assert report["n"] == 3
    assert values["records whose labels the ontology lacks, left out"] == (None, 1)
    assert values["type recall"][0] == values["type and mode recall"][0] == 1.0


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold/events is not there")
def test_acled_on_conflict_snippets_keeps_its_floor(tmp_path: Path) -> None:
    some = gold_file(tmp_path, read_jsonl(GOLD / "case2021_a.jsonl")[::4])
    assert (figures(str(some), "--ontology", "acled")["type recall"] or 0) > 0.6
