"""What the documentation shows of statements and sides is what the commands print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from detente.cli import build_app

ROOT = Path(__file__).parents[2]


def test_the_ten_hard_sentences_are_what_explain_prints() -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_hard_sentences.py", "--check"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr


def test_the_matrix_shows_the_words_that_take_the_side(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "OSLO, May 4, 2021 - Norway rejected further sanctions on Chad. Denmark said that it welcomed new sanctions against "
        "Chad, which had been asked for by the opposition in a letter that was read out in the course of a long debate on "
        "the budget and on many other things that day.\n",
        encoding="utf-8",
    )
    record = str(tmp_path / "r.detente")
    runner = CliRunner()
    assert runner.invoke(build_app(), ["read", str(folder), "-r", record]).exit_code == 0
    shown = runner.invoke(build_app(), ["stances", "-r", record, "--issue", "sanctions on Chad"])
    assert shown.exit_code == 0
    flat = " ".join(shown.output.split())
    assert "favour" in flat and "oppose" in flat
    assert "Norway rejected" in flat
    assert "many other things" not in flat
