"""`detente actors` on a real record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "galwan-2020" / "dispatch.txt"


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "detente", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_actors_are_listed_for_people_and_for_programs(tmp_path):
    record = str(tmp_path / "r.detente")
    run("read", str(EXAMPLE), "--record", record)
    shown = run("actors", "--record", record)
    assert "acted on" in shown
    assert "China" in shown
    rows = json.loads(run("actors", "--record", record, "--json"))
    assert {"CHN", "IND"} <= {row["key"] for row in rows}
