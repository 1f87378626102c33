"""The scorer of attributions: our own small cases, and equality with the scorer beside the gold data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.evaluation.statements import evaluate, score

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "statements"
TEXT = 'Ann said: "We leave at noon." Bo Lund, who drove, denied that the car was full.'
RECORD = {
    "id": "a",
    "text": TEXT,
    "attributions": [
        {"source": [0, 3], "cue": [4, 8], "content": [[10, 29]]},
        {"source": [30, 48], "cue": [49, 55], "content": [[56, 78]]},
    ],
}


def value(report: dict, name: str) -> float:
    return next(m["value"] for m in report["measures"] if m["name"] == name)


def test_the_gold_itself_scores_one() -> None:
    report = score([RECORD], [RECORD]).to_dict()
    assert value(report, "whole triple F1") == 1.0
    assert value(report, "pair recall: direct") == 1.0


def test_a_wrong_speaker_breaks_the_pair_and_not_the_cue() -> None:
    wrong = {"id": "a", "attributions": [{**RECORD["attributions"][0], "source": [30, 33]}]}
    report = score([RECORD], [wrong]).to_dict()
    assert value(report, "source+content pair F1") == 0.0
    assert value(report, "cue F1") == pytest.approx(2 / 3, abs=1e-4)


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    def with_content(end: int) -> dict:
        return {"id": "a", "attributions": [{**RECORD["attributions"][1], "content": [[56, end]]}]}

    assert value(score([RECORD], [with_content(72)]).to_dict(), "whole triple F1") > 0
    assert value(score([RECORD], [with_content(64)]).to_dict(), "whole triple F1") == 0


@pytest.mark.skipif(not GOLD.is_dir(), reason="the development data ../shared/gold/statements is not here")
def test_figures_equal_those_of_the_scorer_beside_the_gold(tmp_path: Path) -> None:
    lines = (GOLD / "polnear_dev.jsonl").read_text(encoding="utf-8").split("\n")[:6]
    records = [json.loads(line) for line in lines]
    gold, found, out = tmp_path / "gold.jsonl", tmp_path / "found.jsonl", tmp_path / "out.json"
    gold.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    ours = evaluate(gold, predictions=found)
    subprocess.run([sys.executable, GOLD / "score_statements.py", gold, found, "--json", out], check=True)
    theirs = json.loads(out.read_text(encoding="utf-8"))
    names = {
        "cue": "cue F1",
        "source_head": "source head F1",
        "content_tok": "content tokens F1",
        "pair": "source+content pair F1",
        "triple": "whole triple F1",
    }
    for key, name in names.items():
        assert value(ours, name) == pytest.approx(theirs[key]["F1"], abs=1e-4)
    for kind, key in (("direct", "direct"), ("indirect", "indirect"), ("pronoun speaker", "src:pronoun")):
        right, all_ = theirs["pair_recall_by_type"][key]
        assert value(ours, f"pair recall: {kind}") == pytest.approx(right / all_, abs=1e-4)
