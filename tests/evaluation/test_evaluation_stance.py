"""Stance against gold: both forms of file, and errors that say what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.evaluation.stance import Asked, evaluate, macro_f1, score

OWN = Path(__file__).parents[2] / "benchmarks" / "data" / "stance_sentences.tsv"
NEWS = Path(__file__).parents[3] / "shared" / "gold" / "stance" / "newsmtsc_devtest_mt.jsonl"


def value(report: dict, name: str) -> float:
    return next(m["value"] for m in report["measures"] if m["name"] == name)


def test_a_file_of_news_is_scored_and_its_predictions_written(tmp_path: Path) -> None:
    gold, found = tmp_path / "g.jsonl", tmp_path / "p.jsonl"
    rows = [
        ("The board praised Ann for her courage.", [14, 17], "positive"),
        ("Bob was jailed for fraud.", [0, 3], "negative"),
        ("Eve said that the train was on time.", [0, 3], "neutral"),
    ]
    gold.write_text(
        "\n".join(
            json.dumps({"id": str(n), "text": t, "targets": [{"span": s, "polarity": p}]})
            for n, (t, s, p) in enumerate(rows)
        ),
        encoding="utf-8",
    )
    report = evaluate(gold, predictions=found)
    assert value(report, "macro-F1") == 1.0
    assert [json.loads(line)["side"] for line in found.read_text().splitlines()] == ["favour", "oppose", "neutral"]


def test_our_own_sentences_keep_their_floor() -> None:
    report = evaluate(OWN)
    assert value(report, "macro-F1") >= 0.85
    assert {m["name"] for m in report["measures"]} >= {
        "macro-F1: negated",
        "macro-F1: conditional",
        "reader against reader",
    }


@pytest.mark.skipif(not NEWS.is_file(), reason="../shared/gold is not there")
def test_news_sentiment_keeps_its_floor(tmp_path: Path) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text("".join(NEWS.read_text(encoding="utf-8").splitlines(keepends=True)[:240]), encoding="utf-8")
    assert value(evaluate(some), "macro-F1") >= 0.55


def test_macro_f1_is_the_mean_of_three() -> None:
    assert macro_f1([1, 1, 1, 1, 1, 1, 0, 1, 1]) == pytest.approx(2 / 3)
    assert macro_f1([0] * 9) == 0.0


def test_anybodys_predictions_can_be_scored() -> None:
    asked = [Asked("1", "a", (), "favour"), Asked("2", "b", (), "oppose")]
    assert score(asked, ["favour", "favour"]).value("macro-F1") == pytest.approx((2 / 3) / 3)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    table, lines = tmp_path / "t.tsv", tmp_path / "t.jsonl"
    table.write_text("id\tsentence\n1\tx\n", encoding="utf-8")
    lines.write_text('{"id": "1", "text": "x", "targets": [{"span": [0, 1], "polarity": "so-so"}]}\n', encoding="utf-8")
    for file, says in ((table, "kind"), (lines, "polarity"), (tmp_path / "none.tsv", "no such file")):
        with pytest.raises(UsageError, match=says):
            evaluate(file)
