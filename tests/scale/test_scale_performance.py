"""The page of performance has what the kept results have, and the results add up."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import kept  # noqa: E402
import performance  # noqa: E402
from million import all_of  # noqa: E402

RUNS = performance.GOALS["run"]


def test_the_page_has_what_the_results_have() -> None:
    page = performance.PAGE.read_text("utf-8")
    assert performance.written(page) == page, "run: python benchmarks/performance.py --write"


def test_every_goal_names_a_run_and_every_run_a_script_or_test_that_is_there() -> None:
    assert {goal["run"] for goal in performance.GOALS["goal"]} == set(RUNS)
    for about in RUNS.values():
        for word in about["command"].split():
            if word.endswith(".py"):
                assert (ROOT / word).exists(), word


@pytest.mark.parametrize("file", sorted(kept.RESULTS.glob("*.json")), ids=lambda file: file.stem)
def test_results_say_when_how_and_on_what_they_were_taken(file: Path) -> None:
    told = json.loads(file.read_text("utf-8"))
    assert {"at", "command", "machine", "figures"} <= told.keys()
    assert {"cores", "processor", "python", "load"} <= told["machine"].keys()
    assert not any(word in json.dumps(told) for word in ("/work/", "/tmp/", "/root/"))


@pytest.mark.parametrize(
    ("goal", "value", "cells"),
    [
        ({"least": 12}, 12.0, "at least 12 | yes"),
        ({"least": 12}, 11.9, "at least 12 | **no**"),
        ({"most": 0}, 0, "at most 0 | yes"),
        ({"most": 0.5}, 0.51, "at most 0.5 | **no**"),
        ({"is": 1}, 0, "yes | **no**"),
        ({"least": 1}, None, "at least 1 | **no**"),
        ({}, 3, "| |"),
    ],
)
def test_a_goal_is_reached_or_not(goal: dict[str, float], value: float | None, cells: str) -> None:
    about = {"what": "it", "run": "parse", "figure": "x", "shown": "{} times", **goal}
    result = {"at": "2026-11-25T00:00:00Z", "machine": {"load": 1.0}, "figures": {"x": value}}
    assert cells in performance.row_of(about, result)


def test_what_was_not_measured_says_so(tmp_path: Path) -> None:
    table = performance.table(tmp_path)
    goals = sum("least" in g or "most" in g or "is" in g for g in performance.GOALS["goal"])
    assert table.count("**no**") == goals and table.count("not measured") == len(performance.GOALS["goal"])


def test_runs_add_up_and_the_largest_of_what_does_not_is_kept(tmp_path: Path) -> None:
    for seconds, grown in ((240.0, 3), (60.0, 1)):
        kept.add(
            "fuzz", {"seconds": seconds, "findings": 0, "MiB grown": grown}, ("seconds", "findings"), folder=tmp_path
        )
    told = kept.kept("fuzz", tmp_path)
    assert told is not None and told["figures"] == {"seconds": 300.0, "findings": 0, "MiB grown": 3}
    assert len(told["runs"]) == 2


def test_growth_is_from_the_first_runs_to_the_last() -> None:
    runs = [{"documents": 10, "seconds": 1.0, "claims": 1, "failed": 0, "main process MiB": 100 + n, "largest worker MiB": 50,
             "record": 1, "record MiB": n, "documents in the record": 10 * (n + 1)} for n in range(30)]  # fmt: skip
    found = all_of(runs)
    assert (found["documents"], found["documents a second"], found["growth MiB"]) == (300, 10.0, 27)
    assert found["largest process MiB"] == 129
    assert "growth MiB over 100,000 documents" not in found
    for run in runs:
        run["documents"] = 5_000
    assert all_of(runs)["growth MiB over 100,000 documents"] == 27


def test_the_cost_sheet_follows_from_the_rate() -> None:
    cores = kept.kept("cores")
    assert cores is not None
    rate = cores["figures"]["whole reading, documents a processor second"]
    hours = performance.GOALS["cost"]["pages_a_day"] / rate / 3600
    assert f"{hours:,.0f} | {hours / 48:.2f}" in performance.cost_sheet()
