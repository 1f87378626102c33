"""What the pages on exchange show is run: commands, Python, and R where there is one."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.exchange.compare import REASONS
from detente.exchange.formats import FORMATS
from detente.exchange.watch.searches import load_searches

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, as a reader of the pages has them."""
    place = tmp_path_factory.mktemp("docs")
    (place / "examples").symlink_to(ROOT / "examples")
    files = [f"examples/{name}/dispatch.txt" for name in ("istanbul-2022", "beijing-2023", "salisbury-2018")]
    detente(place, "read", *files, "-r", "examples.detente", "--json")
    return place


def detente(place: Path, *words: str) -> str:
    """A command run in this process, in that folder: starting a program for each would take most of the time."""
    before = Path.cwd()
    os.chdir(place)
    try:
        run = CliRunner().invoke(build_app(), list(words), catch_exceptions=False)
    finally:
        os.chdir(before)
    assert run.exit_code == 0, f"{words}: {run.output}"
    return run.output


def page(name: str) -> str:
    return (HOW_TO / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page(name), re.S | re.M)


def test_the_commands_of_the_pages(place: Path) -> None:
    shown = re.findall(
        r"^    (?:\$ )?detente ((?:export|dataset|import|compare|aggregate) .*)$", page("exchange.md"), re.M
    )
    shown += re.findall(r"^    detente ((?:export|aggregate) .*)$", page("use-in-r-and-python.md"), re.M)
    assert len(shown) >= 7
    for line in shown:
        detente(place, *shlex.split(line))
    assert (place / "ten-dispatches" / "croissant.json").exists() and (place / "panel.parquet").exists()


def test_the_python_of_the_page(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (
        "export events events.parquet",
        'aggregate --by "dyad month" --scale goldstein --one-a-day --out panel.parquet',
    ):
        detente(place, *shlex.split(line), "-r", "examples.detente")
    monkeypatch.chdir(place)
    ran = 0
    for code in blocks("use-in-r-and-python.md", "python"):
        if "duckdb" not in code or find_spec("duckdb"):
            exec(compile(code, "use-in-r-and-python.md", "exec"), {})
            ran += 1
    assert ran >= 4


def test_the_python_of_the_page_on_exchange(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (code,) = blocks("exchange.md", "python")
    exec(compile(code, "exchange.md", "exec"), {})
    assert (place / "2022.export.CSV").stat().st_size > 0


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_the_base_r_of_the_page(place: Path) -> None:
    for line in (
        "export events events.jsonl",
        "export events 20231124.export.CSV",
        'aggregate --by "dyad month" --scale goldstein --out panel.csv',
    ):
        detente(place, *shlex.split(line), "-r", "examples.detente")
    shutil.copy(ROOT / "src" / "detente" / "exchange" / "tables" / "columns.csv", place / "columns.csv")
    plain = [
        code
        for code in blocks("use-in-r-and-python.md", "r")
        if "read_parquet" not in code and "open_dataset" not in code
    ]
    assert len(plain) == 2
    for code in plain:
        if (
            "jsonlite" in code
            and subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True).returncode
        ):
            continue
        run = subprocess.run(["Rscript", "-e", code], cwd=place, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr


def test_the_searches_of_the_page(tmp_path: Path) -> None:
    (code,) = blocks("watch.md", "toml")
    (tmp_path / "s.toml").write_text(code, "utf-8")
    assert len(load_searches(tmp_path / "s.toml")) == 3


def test_every_format_and_reason_is_on_the_page() -> None:
    text = page("exchange.md")
    assert not [name for name in FORMATS if f"`{name}`" not in text]
    assert not [reason for reason in REASONS if reason not in text]


def test_every_option_of_the_watch_is_told() -> None:
    text = page("watch.md") + (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    for option in (
        "--every",
        "--searches",
        "--match",
        "--alerts",
        "--webhook",
        "--atom",
        "--entries-only",
        "--delay",
        "--allow-private",
        "--once",
    ):
        assert option in text, option
