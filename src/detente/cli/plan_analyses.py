"""`detente plan analyse` and `detente plan simulate`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import UsageError

FILE = Annotated[Path, typer.Argument(help="A plan file, or the name of one in the library.")]
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]


def add_commands(app: typer.Typer) -> None:
    """Adds the two commands to the group `detente plan`."""
    app.command("analyse", help=ANALYSE)(analyse)
    app.command("simulate", help=SIMULATE)(simulate)


ANALYSE = """Who is exposed when, whether the plan enforces itself, and how likely and how soon relief comes.

Numbers that the plan does not give are assumed and listed.

Examples:

    detente plan analyse step-by-step-2011

    detente plan analyse my.plan.yaml --walk-away 2 --discount 0.95 --certified 0.9

    detente plan analyse my.plan.yaml --what-if 2.give.chance=0.5 --what-if 2.give.days=30 --json
"""

SIMULATE = """Plays the plan out with parties that keep their promises, act by advantage, or act by chance.

Examples:

    detente plan simulate step-by-step-2011 --start 2012-01-01

    detente plan simulate my.plan.yaml --party IRN=strategic --walk-away 2

    detente plan simulate my.plan.yaml --script 2.give=refused --json
"""


def analyse(
    file: FILE,
    walk_away: Annotated[float, typer.Option(help="What walking away costs a party, in the plan's values.")] = 0.0,
    discount: Annotated[float, typer.Option(help="What the next move is worth today, 0 to 1.")] = 1.0,
    certified: Annotated[float, typer.Option(help="Chance that a true step is certified, 0 to 1.")] = 1.0,
    runs: Annotated[int, typer.Option(help="Runs of the Monte Carlo.")] = 100_000,
    what_if: Annotated[list[str] | None, typer.Option(help="STEP.NUMBER=VALUE; repeat for several.")] = None,
    in_time: Annotated[bool, typer.Option("--in-time", help="A step that misses its last day does not come.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 0,
    as_json: JSON = False,
) -> None:
    from ..plans.analyses import report
    from ..plans.analyses.inputs import inputs_of
    from ..plans.library import open_plan

    plan = open_plan(str(file))
    result = report.analyse(
        plan,
        inputs_of(plan, in_time=in_time),
        walk_away=walk_away,
        discount=discount,
        certified=certified,
        runs=runs,
        overrides=overrides_of(what_if or []),
        seed=seed,
    )
    typer.echo(json.dumps(result, indent=2) if as_json else report.as_text(result))


def simulate(
    file: FILE,
    start: Annotated[str, typer.Option(help="First day, YYYY-MM-DD; today when left out.")] = "",
    party: Annotated[list[str] | None, typer.Option(help="PARTY=keeps|strategic|chance; repeat for several.")] = None,
    script: Annotated[list[str] | None, typer.Option(help="STEP=done|late|refused|cheated; repeat.")] = None,
    walk_away: Annotated[float, typer.Option(help="What walking away costs a strategic party.")] = 0.0,
    discount: Annotated[float, typer.Option(help="What the next move is worth today, 0 to 1.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same play.")] = 0,
    as_json: JSON = False,
) -> None:
    from ..plans.analyses.inputs import inputs_of
    from ..plans.analyses.play import play
    from ..plans.library import open_plan

    plan = open_plan(str(file))
    inputs = inputs_of(plan)
    turns = play(
        plan,
        inputs,
        start=day_of(start),
        behaviours=pairs_of(party or [], "PARTY=keeps"),
        script=pairs_of(script or [], "STEP=refused"),
        walk_away=walk_away,
        discount=discount,
        seed=seed,
    )
    if as_json:
        typer.echo(json.dumps([turn_dict(t) for t in turns], indent=2))
        return
    for turn in turns:
        money = "  ".join(f"{p} {v:+g}" for p, v in turn.balances.items())
        typer.echo(f"{turn.day}  {turn.what:<12} {turn.actor:<8} {turn.outcome:<8} {turn.why}  [{money}]")
    if inputs.assumed:
        typer.echo("assumed: " + "; ".join(inputs.assumed))


def overrides_of(texts: list[str]) -> dict[str, dict[str, float]]:
    """'2.give.chance=0.5' for each number to replace. Raises UsageError when it is not of that form."""
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        left, _, value = text.partition("=")
        step, _, number = left.rpartition(".")
        try:
            found.setdefault(step, {})[number] = float(value)
        except ValueError as error:
            raise UsageError(f"--what-if takes STEP.NUMBER=VALUE, such as 2.give.chance=0.5, not '{text}'") from error
    return found


def pairs_of(texts: list[str], example: str) -> dict[str, Any]:
    for text in texts:
        if "=" not in text:
            raise UsageError(f"'{text}' is not of the form {example}")
    return {left: right for left, _, right in (t.partition("=") for t in texts)}


def day_of(text: str) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--start takes a day such as 2012-01-31, not '{text}'") from error


def turn_dict(turn: Any) -> dict[str, Any]:
    return {
        "day": turn.day.isoformat(),
        "what": turn.what,
        "actor": turn.actor,
        "outcome": turn.outcome,
        "why": turn.why,
        "balances": dict(turn.balances),
    }
