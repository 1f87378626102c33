"""`detente evaluate KIND GOLD`."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.cli.evaluate import WHAT
from detente.errors import UsageError

GOLD = {"id": "a", "text": "Oslo is calm.", "toponyms": [{"span": [0, 4], "lat": 59.9, "lon": 10.7, "country": "NO"}]}


@pytest.mark.parametrize("kind", ["cases", *(kind.value for kind in WHAT)])
def test_every_command_shows_examples(kind):
    result = CliRunner().invoke(build_app(), ["evaluate", kind, "--help"])
    assert result.exit_code == 0
    assert f"detente evaluate {kind}" in result.output


def test_a_gold_file_is_scored_and_predictions_are_written(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(json.dumps(GOLD))
    args = ["evaluate", "places", str(gold), "--predictions", str(out)]
    shown = CliRunner().invoke(build_app(), args)
    assert shown.exit_code == 0, shown.output
    assert "span F1 (exact)" in shown.output
    assert json.loads(out.read_text())["toponyms"][0]["span"] == [0, 4]
    report = json.loads(CliRunner().invoke(build_app(), [*args, "--json"]).output)
    assert report["kind"] == "places"
    assert report["n"] == 1


def test_a_missing_gold_file_is_named(tmp_path):
    result = CliRunner().invoke(build_app(), ["evaluate", "places", str(tmp_path / "none.jsonl")])
    assert isinstance(result.exception, UsageError)
    assert "none.jsonl" in str(result.exception)
