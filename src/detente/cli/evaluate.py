"""`detente evaluate`: check detente on cases or gold data, ours or the user's."""

from __future__ import annotations

import importlib
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

EXIT_BELOW_FLOOR = 1


class Kind(StrEnum):
    """What can be scored against a gold file."""

    events = "events"
    statements = "statements"
    dates = "dates"
    places = "places"
    coref = "coref"
    stance = "stance"
    actors = "actors"


WHAT = {
    Kind.events: "who did what to whom: types, quad classes and actors of coded sentences",
    Kind.statements: "attributions: source, cue and content",
    Kind.dates: "time expressions and their TIMEX3 values",
    Kind.places: "toponyms and where they are",
    Kind.coref: "chains of mentions",
    Kind.stance: "who is spoken of how",
    Kind.actors: "the country of the phrases that a gold file of events gives for its actors",
}

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")]
Floor = Annotated[
    float | None,
    typer.Option("--floor", min=0.0, max=1.0, help="Exit with 1 when the share of what came out right is below it."),
]
Predictions = Annotated[
    Path | None,
    typer.Option("--predictions", help="Write what was found to this file, in the form of the gold file."),
]


def register(app: typer.Typer) -> None:
    """Adds the group of commands `evaluate`."""
    group = typer.Typer(
        name="evaluate",
        help="Check detente on cases or on gold data. Forms: docs/reference/cases.md and gold-formats.md.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
    )
    group.command("cases", help=CASES_HELP)(evaluate_cases)
    for kind, what in WHAT.items():
        group.command(kind.value, help=_gold_help(kind, what))(_gold_command(kind))
    app.add_typer(group)


CASES_HELP = """Read the dispatches of a folder of cases and print what came out as their writers expect.

A case is a folder with `dispatch.txt` (or .html, .md) and `expected.json`.

Examples:

    detente evaluate cases examples

    detente evaluate cases examples/beijing-2023 --misses

    detente evaluate cases my-cases --floor 0.8 --json
"""


def evaluate_cases(
    folder: Annotated[Path, typer.Argument(help="A folder of cases, or one case's folder.")],
    misses: Annotated[bool, typer.Option("--misses", help="List only what did not come out right.")] = False,
    floor: Floor = None,
    as_json: Json = False,
) -> None:
    """`detente evaluate cases DIR`."""
    from ..evaluation import cases
    from ..evaluation.case_report import print_cases

    report = cases.evaluate(folder)
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        print_cases(report, misses_only=misses)
    if floor is not None and (report["share"] or 0.0) < floor:
        typer.echo(f"below the floor: {report['share']} of the expectations are right, {floor} are asked", err=True)
        raise typer.Exit(EXIT_BELOW_FLOOR)


def _gold_help(kind: Kind, what: str) -> str:
    return f"""Score {what}.

    Examples:

        detente evaluate {kind.value} gold.jsonl

        detente evaluate {kind.value} gold.jsonl --predictions found.jsonl --json
    """


def _gold_command(kind: Kind) -> Any:
    def command(
        gold: Annotated[Path, typer.Argument(help="The gold file, JSON Lines.")],
        predictions: Predictions = None,
        as_json: Json = False,
    ) -> None:
        from ..evaluation.report import print_report

        module = importlib.import_module(f"detente.evaluation.{kind.value}")
        print_report(module.evaluate(gold, predictions=predictions), as_json=as_json)

    return command
