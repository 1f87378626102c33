"""The pages about plans say what the program does: tables, schema, files and every command with its output."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.plans import loads
from detente.plans.checks import CODES
from detente.plans.schema import json_schema, reference_markdown

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(?P<kind>yaml|text|console)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.M | re.S)
PAGES = ("tutorials/plan.md", "reference/plan-format.md", "reference/plan-checks.md", "explanation/plans.md")


HEX = re.compile(r"\b[0-9a-f]{16}\b")


@pytest.mark.parametrize("page", PAGES)
def test_files_are_plans_and_commands_give_the_output_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the page is run in the page's order. Ids of claims and numbers of claims read are those of this
    version; '...' stands for lines left out."""
    monkeypatch.chdir(tmp_path)
    app = build_app()
    ids: dict[str, str] = {}
    for block in BLOCK.finditer((DOCS / page).read_text()):
        if block["kind"] in ("yaml", "text"):
            if block["file"]:
                Path(block["file"]).write_text(block["body"])
            continue
        command, _, output = block["body"].partition("\n")
        if not command.startswith("$ detente"):
            continue
        told = shlex.split(with_ids(command, ids))[2:]
        if told[0] == "read":
            told += ["--workers", "1"]
        result = CliRunner().invoke(app, told)
        actual = result.output + (
            f"detente: {result.exception}\n"
            if result.exception and not isinstance(result.exception, SystemExit)
            else ""
        )
        ids |= dict(zip(HEX.findall(output), HEX.findall(actual), strict=False))
        if told[0] == "read":
            count = re.compile(r"\d+ (?:documents|plans)")
            assert count.findall(output) == count.findall(actual)[-2:]
            continue
        for part in re.split(r"^\.\.\.$", HEX.sub("ID", output), flags=re.M):
            assert "\n".join(said(part)) in "\n".join(said(HEX.sub("ID", actual))), command
        if "\n...\n" not in f"\n{output}":
            assert len(said(actual)) == len(said(output)), command


def with_ids(command: str, ids: dict[str, str]) -> str:
    """The command with the ids of this version in place of those shown."""
    return HEX.sub(lambda m: ids.get(m[0], m[0]), command)


def said(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def test_the_reference_page_has_the_tables_of_the_model() -> None:
    page = (DOCS / "reference" / "plan-format.md").read_text()
    assert reference_markdown().strip() in page


def test_the_published_schema_is_the_schema() -> None:
    assert json.loads((DOCS / "reference" / "plan.schema.json").read_text()) == json_schema()


def test_every_check_is_documented() -> None:
    page = (DOCS / "reference" / "plan-checks.md").read_text()
    assert [code for code in CODES if f"`{code}`" not in page] == []


def test_every_yaml_block_of_the_format_page_that_is_a_plan_loads() -> None:
    blocks = [
        b["body"]
        for b in BLOCK.finditer((DOCS / "reference" / "plan-format.md").read_text())
        if b["body"].startswith("plan:")
    ]
    assert blocks
    for block in blocks:
        loads(block)
