"""`detente plan ...` as a user types it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.plans import loads
from detente.plans.draw import KINDS, draw
from detente.plans.library import names, open_plan

run = CliRunner()
APP = build_app()


def plan(*arguments: str, code: int = 0) -> str:
    result = run.invoke(APP, ["plan", *arguments])
    if code == 0 and result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_every_command_has_help_with_an_example() -> None:
    listed = plan("--help")
    for name in (
        "validate",
        "status",
        "decide",
        "check",
        "test",
        "diff",
        "draft",
        "draw",
        "schema",
        "convert",
        "list",
        "analyse",
        "simulate",
    ):
        assert name in listed
        assert name == "list" or "xample" in plan(name, "--help")


def test_the_library_is_listed() -> None:
    rows = json.loads(plan("list", "--json"))
    assert [r["name"] for r in rows] == list(names())
    assert "jcpoa-2015" in plan("list")


def test_status_tells_states_claims_and_what_is_owed() -> None:
    text = plan("status", "jcpoa-2015", "--as-of", "2016-03-01")
    assert "un_sanctions" in text and "suspended" in text
    assert "IAEA 2016-01-16: verified" in text
    data = json.loads(plan("status", "jcpoa-2015", "--as-of", "2025-09-28", "-a", "anyone", "--json"))
    assert data["measures"]["un_sanctions"]["truth"] == "both"


def test_status_takes_more_claims_from_a_file(tmp_path: Path) -> None:
    claims = tmp_path / "claims.yaml"
    claims.write_text("- {date: 2012-02-01, by: IRN, about: 4.give, says: rejected}\n".replace("rejected", "done"))
    data = json.loads(plan("status", "step-by-step-2011", "--as-of", "2012-03-01", "--claims", str(claims), "--json"))
    assert data["steps"]["4.give"]["state"] == "claimed"


def test_an_unknown_viewpoint_is_refused_with_a_hint() -> None:
    result = run.invoke(APP, ["plan", "status", "jcpoa-2015", "-a", "IRAN"])
    assert result.exit_code != 0
    assert "did you mean" in str(result.exception)


def test_diff_tells_what_changed() -> None:
    assert "un_sanctions: in force -> suspended" in plan("diff", "jcpoa-2015", "--between", "2016-01-10", "2016-01-20")
    assert "un_sanctions: restored -> terminated" in plan(
        "diff", "jcpoa-2015", "--views", "E3", "IRN_RUS_CHN", "--as-of", "2025-10-19"
    )


def test_a_bad_file_is_told_line_by_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.plan.yaml"
    bad.write_text("plan: bad\nparties: {A: a}\npairs:\n  1: {give: {who: B, does: x}}\n")
    data = json.loads(plan("validate", str(bad), "--json", code=1))
    assert data["problems"][0]["line"] == 4
    assert "declare it" in data["problems"][0]["remedy"]
    assert "a valid plan" in plan("validate", "inf-1987")


def test_check_and_test_exit_with_one_when_something_is_wrong(tmp_path: Path) -> None:
    assert "snapback-nobody-can-stop" in plan("check", "jcpoa-2015", code=1)
    assert json.loads(plan("check", "inf-1987", "--json"))["plan"] == "inf-1987"
    assert "16 of 16 scenarios hold" in plan("test", "jcpoa-2015")
    wrong = tmp_path / "wrong.plan.yaml"
    wrong.write_text(
        "plan: w\nparties: {A: a}\npairs:\n  1: {give: {who: A, does: x}}\nscenarios:\n  - {name: n, as_of: 2020-01-01, expect: {1.give: met}}\n"
    )
    assert "expected met, found not yet due" in plan("test", str(wrong), code=1)


def test_convert_there_and_back(tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "json", "yaml"):
        path = tmp_path / f"p.{suffix}"
        plan("convert", "minsk-2-2015", "-o", str(path))
        if suffix != "json":
            assert "a valid plan" in plan("validate", str(path))


def test_decisions_are_kept_in_the_file_with_name_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("# mine\nplan: p\nparties: {A: a}\npairs:\n  1:\n    give: {who: A, does: x}\n")
    plan(
        "decide",
        str(path),
        "--claim",
        "abc",
        "--clause",
        "1.give",
        "--by",
        "A. Reader",
        "--reason",
        "plain words",
        "--date",
        "2020-01-01",
    )
    assert path.read_text().startswith("# mine\n")
    (decision,) = loads(path.read_text()).decisions
    assert (decision.person, decision.reason, decision.about) == ("A. Reader", "plain words", ("1.give",))


def test_the_schema_is_json_and_the_tables_are_markdown() -> None:
    assert json.loads(plan("schema"))["required"] == ["plan"]
    assert "| `who` |" in plan("schema", "--markdown")


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_well_formed_and_hold_every_step(name: str, kind: str) -> None:
    found = open_plan(name)
    svg = draw(found, kind, as_of="2012-01-01")
    root = ElementTree.fromstring(svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert "prefers-color-scheme: dark" in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    if kind != "exposure":
        words = "".join(root.itertext())
        assert all(step.id in words for step in found.steps)
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.get("x", 0)) + float(box.attrib["width"]) <= width
        assert float(box.get("y", 0)) + float(box.attrib["height"]) <= height


def test_an_arrow_leads_from_what_has_to_come_first_and_what_follows_is_left_out() -> None:
    from detente.plans.draw.graph import dependencies

    text = "plan: p\nparties: {A: a}\npairs:\n" + "".join(f"  {i}:\n    give: {{who: A, does: x}}\n" for i in (1, 2, 3))
    assert dependencies(loads(text)) == {"1.give": [], "2.give": ["1.give"], "3.give": ["2.give"]}
    both = text.replace("  3:\n", "  3:\n    when: 1 and 2\n")
    assert dependencies(loads(both))["3.give"] == ["2.give"]


@pytest.mark.parametrize("kind", ["graph", "gantt", "exposure"])
@pytest.mark.parametrize(("ending", "head"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg")])
def test_pictures_in_three_formats(kind: str, ending: str, head: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"plan.{ending}"
    arguments = ["plan", "draw", "inf-1987", "--kind", kind, "--as-of", "1990-01-01", "-o", str(file)]
    assert run.invoke(APP, arguments).exit_code == 0
    assert file.read_bytes().startswith(head)
    assert file.stat().st_size > 2000


def test_words_and_colours_of_a_png_are_there() -> None:
    """A renderer that reads no variables draws black boxes; one without fonts draws no words."""
    from detente.plans.draw.raster import plain

    picture = '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="var(--give)"/></svg>'
    assert "var(" not in plain(picture)
    assert "#2f6db3" in plain(picture)


def test_another_ending_is_refused_with_what_to_do() -> None:
    result = run.invoke(APP, ["plan", "draw", "inf-1987", "-o", "x.gif"])
    assert "name the picture .svg, .png or .pdf" in str(result.exception)
