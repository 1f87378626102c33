"""`detente plan validate`, `sources`, `convert`, `schema` and `list`: plan files themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..plans import Plan

PlanFile = Annotated[
    str, typer.Argument(metavar="PLAN", help="A plan file (YAML, CSV, XLSX) or a name from `plan list`.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]


def plan_list(as_json: Json = False) -> None:
    from ..plans.library import names, open_plan

    plans = [(name, open_plan(name)) for name in names()]
    if as_json:
        print_json(
            [{"name": n, "title": p.title, "steps": len(p.steps), "status_of_text": p.status_of_text} for n, p in plans]
        )
        return
    from ..plans.render import table

    typer.echo("\n".join(table([(n, f"{len(p.steps)} steps", p.status_of_text, p.title) for n, p in plans], indent=0)))


def plan_sources(
    plan: Annotated[
        str, typer.Argument(metavar="[PLAN]", help="A plan file or name; the whole library without one.")
    ] = "",
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Only what is marked uncertain or rests on a fact nobody compared.")
    ] = False,
    as_json: Json = False,
) -> None:
    from ..plans.grounds import grounds
    from ..plans.library import names, open_plan
    from ..plans.render import as_json as plain
    from ..plans.render import table

    plans = [(p, grounds(p)) for p in map(open_plan, [plan] if plan else names())]
    found = [g for _, resting in plans for g in resting if g.unchecked or not unchecked]
    if as_json:
        print_json([{**plain(g), "unchecked": g.unchecked} for g in found])
        return
    for each, resting in plans:
        rows = [g for g in resting if g.unchecked or not unchecked]
        title = each.title or each.plan
        typer.echo(f"{title}: {len(rows)} of {len(resting)} rows" if unchecked else title)
        typer.echo(
            "\n".join(table([(g.sort, g.clause, g.why if unchecked else g.source or "no source") for g in rows]))
        )
    if unchecked:
        typer.echo(f"{len(found)} rows rest on something unchecked")


def plan_validate(plan: PlanFile, as_json: Json = False) -> None:
    from ..plans.library import path_of
    from ..plans.render import as_json as plain
    from ..plans.source import PlanFileError

    try:
        found = open_named(plan)
    except PlanFileError as error:
        if not as_json:
            raise
        print_json({"file": error.name, "valid": False, "problems": [plain(p) for p in error.problems]})
        raise typer.Exit(1) from error
    if as_json:
        print_json({"file": str(path_of(plan)), "valid": True, "problems": []})
        return
    typer.echo(
        f"{path_of(plan)}: a valid plan: {len(found.pairs)} rows, {len(found.steps)} steps, {len(found.measures)} measures, "
        f"{len(found.powers)} powers, {len(found.claims)} claims, {len(found.scenarios)} scenarios"
    )


def plan_schema(
    output: Output = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="The tables of the reference page instead.")] = False,
) -> None:
    from ..plans.schema import json_schema, reference_markdown

    write(reference_markdown() if markdown else json.dumps(json_schema(), indent=2) + "\n", output)


def plan_convert(
    plan: PlanFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write: .yaml, .csv, .xlsx or .json.")],
) -> None:
    from ..errors import UsageError
    from ..plans import dumps, to_dict
    from ..plans.tables import write_csv, write_xlsx

    found = open_named(plan)
    suffix = output.suffix.lower()
    if suffix == ".xlsx":
        write_xlsx(found, output)
    elif suffix in (".yaml", ".yml", ".csv", ".json"):
        text = {".csv": write_csv, ".json": lambda p: json.dumps(to_dict(p), indent=2, ensure_ascii=False) + "\n"}.get(
            suffix, dumps
        )(found)
        output.write_text(text, encoding="utf-8")
    else:
        raise UsageError(f"{output}: name the file .yaml, .csv, .xlsx or .json")
    typer.echo(f"{output}: written")


def open_named(name: str) -> Plan:
    from ..plans.library import open_plan

    return open_plan(name)


def write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"{output}: written")
    else:
        typer.echo(text, nl=not text.endswith("\n"))


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


COMMANDS: tuple[tuple[Any, str], ...] = (
    (
        plan_validate,
        "Say whether a plan file is well formed; else name every problem with line, key and remedy.\n\n"
        "Example: `detente plan validate my.plan.yaml`",
    ),
    (
        plan_sources,
        "On what each clause of a plan rests; with --unchecked only what is uncertain or not compared with any text.\n\n"
        "Example: `detente plan sources jcpoa-2015`\n\nExample: `detente plan sources --unchecked`",
    ),
    (
        plan_convert,
        "Turn a plan file into YAML, CSV, XLSX or JSON; nothing but comments is lost.\n\n"
        "Example: `detente plan convert jcpoa-2015 -o jcpoa.xlsx`",
    ),
    (plan_schema, "Print the JSON Schema of plan files.\n\nExample: `detente plan schema -o plan.schema.json`"),
    (plan_list, "List the plans of the library.\n\nExample: `detente plan list`"),
)
