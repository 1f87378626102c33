"""`detente evaluate`: check detente on cases or gold data, ours or the user's."""

from __future__ import annotations

import importlib
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ._shared import DiscardFiles, LexiconFolders, VerbFiles

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
        command = evaluate_events if kind is Kind.events else _gold_command(kind)
        group.command(kind.value, help=EVENTS_HELP if kind is Kind.events else _gold_help(kind, what))(command)
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


EVENTS_HELP = """Score who did what to whom: roots, quad classes, codes and actors, per class, with confusions.

The rule is that of the gold file's scheme (docs/reference/gold-formats.md); intervals are 95 % bootstrap intervals
over records.

Examples:

    detente evaluate events gold.jsonl

    detente evaluate events petr_unit.jsonl --actors fictional.txt --lexicon my-lexicon

    detente evaluate events petr_unit.jsonl --actors fictional.txt --verbs PETR.Validate.verbs.txt

    detente evaluate events case2021_a.jsonl --ontology acled

    detente evaluate events gold.jsonl --found other-coder.jsonl --json
"""


def evaluate_events(
    gold: Annotated[Path, typer.Argument(help="The gold file, JSON Lines.")],
    actors: Annotated[
        Path | None,
        typer.Option("--actors", help="A dictionary of actors of yours: PETRARCH format or a registry table."),
    ] = None,
    lexicon: LexiconFolders = None,
    verbs: VerbFiles = None,
    discards: DiscardFiles = None,
    ontology: Annotated[
        str | None, typer.Option("--ontology", help="A codebook folder, or the name of one that we ship: acled.")
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            "--scheme", help="plover, plv, cameo, cameo_root, penta, acled or binary; each record's own if left."
        ),
    ] = None,
    negated_or_modal: Annotated[
        bool, typer.Option("--negated-or-modal", help="Keep only sentences with a negation or a modal verb.")
    ] = False,
    found: Annotated[
        Path | None, typer.Option("--found", help="Score this output, in the form of --predictions; code nothing.")
    ] = None,
    predictions: Predictions = None,
    as_json: Json = False,
) -> None:
    """`detente evaluate events GOLD`."""
    from ..evaluation import events
    from ..evaluation.report import print_report

    report = events.evaluate(
        gold,
        predictions=predictions,
        found=found,
        actors=actors,
        scheme=scheme,
        lexicons=lexicon or [],
        verbs=verbs or [],
        discards=discards or [],
        ontology=ontology,
        negated_or_modal=negated_or_modal,
    )
    print_report(report, as_json=as_json)


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
