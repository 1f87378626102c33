"""The commands, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from detente import __version__
from detente.cli import build_app
from detente.record.migrations import VERSION

ROOT = Path(__file__).parents[2]
DETENTE = Path(sys.executable).parent / "detente"
TEXT = (
    'CAIRO, March 3, 2020 - France accused Egypt of breaking the treaty. "We kept every word of it," said a spokesman for Egypt.\n\n'
    "Japan and Brazil signed an agreement on trade in Tokyo on March 2.\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli")
    (place / "a.txt").write_text(TEXT, "utf-8")
    (place / "b.txt").write_text(
        "Norway met Sweden.\x1b[31m A passage with [bold]brackets[/bold] \u202e and controls.", "utf-8"
    )
    run = detente(place, "read", "a.txt", "b.txt", "none.txt")
    assert run.returncode == 1, run.stderr
    assert "2 documents read" in run.stdout and "none.txt" in run.stdout
    return place


def detente(place: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DETENTE, *words],
        cwd=place,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", **environment},
    )


def as_json(place: Path, *words: str) -> list[dict[str, object]]:
    run = detente(place, *words, "--json")
    assert run.returncode == 0, run.stderr
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def test_events(place: Path) -> None:
    shown = detente(place, "events", "--between", "France", "EGY").stdout
    assert "ACCUSE" in shown and "France accused Egypt" in shown
    (row,) = as_json(place, "events", "--actor", "FRA", "--type", "accuse")
    assert (row["actors"], row["recipients"], row["type"]) == (["FRA"], ["EGY"], "ACCUSE")
    assert TEXT[int(row["start"]) : int(row["end"])] == row["text"]  # type: ignore[call-overload]
    assert as_json(place, "events", "--since", "2031") == []


@pytest.mark.parametrize(
    "words", [["statements"], ["stances"], ["agreements"], ["plans"], ["timeline"], ["sources"], ["search", "treaty"]]
)
def test_every_question_answers_on_screen_and_as_json(place: Path, words: list[str]) -> None:
    shown = detente(place, *words)
    assert shown.returncode == 0 and shown.stdout.strip(), shown.stderr
    assert isinstance(as_json(place, *words), list)


def test_show_marks_and_lets_no_control_through(place: Path) -> None:
    shown = detente(place, "show", "b.txt").stdout
    assert "\x1b" not in shown and "\u202e" not in shown and "[bold]brackets[/bold]" in shown
    coloured = detente(place, "show", "a.txt", FORCE_COLOR="1").stdout
    assert "\x1b[" in coloured and "marked:" in coloured
    whole = json.loads(detente(place, "show", "a.txt", "--json").stdout)
    assert whole["document"]["text"] == TEXT
    for claim in whole["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["text"]


def test_deciding(place: Path, tmp_path: Path) -> None:
    record = str(tmp_path / "t.detente")
    detente(place, "read", "a.txt", "-r", record)
    id = str(as_json(place, "events", "--type", "ACCUSE", "-r", record)[0]["id"])
    assert "accepted" in detente(place, "accept", id, "--by", "Ana", "-r", record).stdout
    new = json.loads(
        detente(
            place,
            "correct",
            id,
            "type=REJECT",
            "recipients=EGY,JPN",
            "--by",
            "Ana",
            "--reason",
            "worse",
            "-r",
            record,
            "--json",
        ).stdout
    )
    assert (new["type"], new["recipients"], new["state"]) == ("REJECT", ["EGY", "JPN"], "accepted")
    history = detente(place, "history", str(new["id"]), "-r", record).stdout
    assert "accept" in history and "worse" in history and "Ana" in history
    assert "accepted" in detente(place, "undo", str(new["id"]), "--by", "Ben", "-r", record).stdout
    assert detente(place, "reject", id, "--reason", "x", "-r", record, DETENTE_USER="").returncode == 2
    assert detente(place, "reject", id, "--reason", "x", "-r", record, DETENTE_USER="Eve").returncode == 0


def test_export(place: Path) -> None:
    for ending in ("csv", "jsonl", "parquet"):
        assert detente(place, "export", "events", f"e.{ending}").returncode == 0
    lines = [json.loads(line) for line in (place / "e.jsonl").read_text("utf-8").splitlines()]
    rows = list(csv.DictReader(io.StringIO((place / "e.csv").read_text("utf-8"))))
    from pyarrow import parquet

    assert (
        [r["id"] for r in rows] == [r["id"] for r in lines] == parquet.read_table(place / "e.parquet")["id"].to_pylist()
    )
    assert parquet.read_table(place / "e.parquet").to_pylist() == lines
    piped = detente(place, "export", "documents", "-", "--format", "jsonl").stdout
    assert len(piped.splitlines()) == 2
    wrong = detente(place, "export", "events", "e.doc")
    assert wrong.returncode == 2 and "csv, jsonl, parquet" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["events", "-r", "none.detente"], 3, "detente read"),
        (["events", "-r", "a.txt"], 3, "not a record"),
        (["events", "--since", "soon"], 2, "2011-11-10"),
        (["events", "--status", "perhaps"], 2, "hypothetical"),
        (["show", "no such thing"], 3, "detente sources"),
        (["accept", "0000", "--by", "Ana"], 3, "16 hex digits"),
        (["history", "0000"], 3, "16 hex digits"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_say_what_to_do(place: Path, words: list[str], code: int, says: str) -> None:
    run = detente(place, *words)
    assert run.returncode == code
    assert says in run.stderr
    assert "Traceback" not in run.stderr


def test_the_record_is_chosen_by_the_environment(place: Path, tmp_path: Path) -> None:
    assert detente(tmp_path, "events", DETENTE_RECORD=str(place / "record.detente")).returncode == 0


def test_a_reader_of_a_pipe_may_leave(place: Path) -> None:
    run = subprocess.run(
        f"'{DETENTE}' events --json | head -c 1", shell=True, cwd=place, capture_output=True, text=True
    )
    assert run.stdout == "[" and "Traceback" not in run.stderr


def test_version_and_doctor(place: Path) -> None:
    assert detente(place, "--version").stdout == f"detente {__version__}\n"
    checks = {c["what"]: c for c in as_json(place, "doctor")}
    assert checks["record"]["ok"] and checks["model"]["ok"] and "FTS5 there" in str(checks["sqlite"]["found"])
    facts = json.loads(detente(place, "record", "info", "--json").stdout)
    assert (facts["documents"], facts["schema"]) == (2, VERSION)


def test_help_imports_nothing_heavy() -> None:
    script = "import sys; from detente.cli import build_app; build_app(); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.split())
    assert not loaded & {
        "spacy",
        "numpy",
        "pyarrow",
        "lxml",
        "pandas",
        "trafilatura",
        "sqlite3",
        "detente.record",
        "detente.sources",
    }


def commands(app: typer.Typer) -> dict[str, str]:
    """Every command with its help text: {'events': '...', 'record info': '...'}."""
    found: dict[str, str] = {}

    def walk(group: object, names: list[str]) -> None:
        for name, command in getattr(group, "commands", {}).items():
            if hasattr(command, "commands"):
                walk(command, [*names, name])
            else:
                found[" ".join([*names, name])] = command.help or ""

    walk(get_command(app), [])
    return found


def test_every_command_has_an_example_and_stands_in_the_docs() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    found = commands(build_app())
    assert len(found) > 20
    for name, help in found.items():
        assert f"detente {name}" in help, f"`detente {name} --help` has no example"
        assert f"## detente {name}\n" in reference, (
            f"docs/reference/cli.md lacks {name}; run: python docs/make_cli_reference.py"
        )


def test_the_reference_is_made_from_the_commands() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_cli_reference.py", "--check"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
