"""`detente plan`: step-by-step agreements as files that are validated, tracked, checked, drawn and simulated."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .plan_analyses import add_commands
from .plan_files import COMMANDS as FILE_COMMANDS
from .plan_files import Json, Output, PlanFile, open_named, print_json, write

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="The day, as 2011-11-12; today where it is not given.")
]
Record = Annotated[
    str | None,
    typer.Option(
        "--record",
        "-r",
        metavar="RECORD",
        help="A record, a file or postgresql://user@host/database: its claims count beside the plan's own.",
    ),
]
ClaimsFile = Annotated[
    Path | None, typer.Option("--claims", help="A YAML file with more claims (a list, or `claims:`).")
]
According = Annotated[
    str,
    typer.Option("--according-to", "-a", metavar="WHO", help="An actor, a view of the plan, anyone, or argued."),
]


def register(app: typer.Typer) -> None:
    """Adds the group of commands `plan`."""
    group = typer.Typer(
        name="plan",
        help="Step-by-step agreements as files: write, check, track, compare, draw, simulate. "
        "Format: docs/reference/plan-format.md.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
    )
    for function, help in (*FILE_COMMANDS[:1], *COMMANDS, *FILE_COMMANDS[1:]):
        group.command(function.__name__.removeprefix("plan_"), help=help)(function)
    add_commands(group)
    app.add_typer(group)


def plan_status(
    plan: PlanFile,
    record: Record = None,
    claims: ClaimsFile = None,
    as_of: AsOf = "",
    according_to: According = "argued",
    suggest: Annotated[
        int, typer.Option("--suggest", help="Also list this many claims that no rule attaches, best first.")
    ] = 0,
    as_json: Json = False,
) -> None:
    from ..plans.asked import evidence_of, reports_of, suggestions_of, today, viewpoint
    from ..plans.render import as_json as plain
    from ..plans.render import status_text
    from ..plans.status import status

    found = open_named(plan)
    evidence = evidence_of(record)
    reports = reports_of(found, evidence, claims)
    day = as_of or today()
    result = status(found, reports, as_of=day, according_to=viewpoint(found, according_to))
    suggestions = suggestions_of(found, evidence, suggest, day)
    if as_json:
        print_json({**plain(result), "suggestions": [plain(s) for s in suggestions]})
        return
    typer.echo(status_text(found, result))
    if suggest:
        typer.echo("\nClaims that no rule attaches, best first (settle one with: detente plan decide)")
        for s in suggestions:
            typer.echo(
                f'  {s.score:.2f}  {s.clause}  {s.evidence.id}  {s.evidence.date}  "{s.evidence.words[:100]}"  ({s.because})'
            )


def plan_decide(
    plan: PlanFile,
    claim: Annotated[str, typer.Option("--claim", help="The id of the claim in the record.")],
    person: Annotated[str, typer.Option("--by", help="Your name.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    clause: Annotated[str, typer.Option("--clause", help="The step, measure or power that it speaks of.")] = "",
    reject: Annotated[
        bool, typer.Option("--reject", help="It does not speak of the clause (or, without one, of the plan).")
    ] = False,
    says: Annotated[
        str, typer.Option("--says", help="What it says of the clause: done, not done, breached, ...")
    ] = "as told",
    on: Annotated[str, typer.Option("--date", help="The day of the decision; today where it is not given.")] = "",
) -> None:
    from ..errors import UsageError
    from ..plans import loads
    from ..plans.asked import today
    from ..plans.library import path_of
    from ..plans.source import rewrite

    path = path_of(plan)
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(
            f"{path}: decisions are kept in YAML plan files; make one with: detente plan convert {plan} -o plan.yaml"
        )
    if not clause and not reject:
        raise UsageError("name the clause with --clause, or say --reject")
    row = {"date": on or today(), "person": person, "claim": claim, "verdict": "reject" if reject else "attach"}
    row |= {"about": clause} if clause else {}
    row |= {"says": says} if says != "as told" else {}
    row |= {"reason": reason}
    text = rewrite(path.read_text(encoding="utf-8"), lambda tree: tree.setdefault("decisions", []).append(row))
    loads(text, name=str(path))
    path.write_text(text, encoding="utf-8")
    typer.echo(f"{path}: decision of {person} on {claim} kept")


def plan_check(
    plan: PlanFile,
    as_json: Json = False,
    notes: Annotated[
        bool, typer.Option("--notes/--no-notes", help="Also list what is worth knowing but no flaw.")
    ] = True,
    solver: Annotated[
        bool, typer.Option("--solver", help="Also ask z3 about clocks and conditions: pip install 'detente[solver]'.")
    ] = False,
) -> None:
    from ..plans.checks import check, findings_text
    from ..plans.render import as_json as plain

    found = open_named(plan)
    findings = [f for f in check(found, solver=solver) if notes or f.severity == "flaw"]
    if as_json:
        print_json({"plan": found.plan, "findings": [plain(f) for f in findings]})
    else:
        typer.echo(findings_text(found, findings))
    if any(f.severity == "flaw" for f in findings):
        raise typer.Exit(1)


def plan_test(plan: PlanFile, as_json: Json = False) -> None:
    from ..plans.render import as_json as plain
    from ..plans.render import outcomes_text
    from ..plans.scenarios import run

    found = open_named(plan)
    outcomes = run(found)
    held = sum(o.holds for o in outcomes)
    if as_json:
        print_json({"plan": found.plan, "held": held, "of": len(outcomes), "outcomes": [plain(o) for o in outcomes]})
    else:
        typer.echo(outcomes_text(outcomes))
        typer.echo(f"{held} of {len(outcomes)} scenarios hold")
    if held < len(outcomes):
        raise typer.Exit(1)


def plan_diff(
    plan: PlanFile,
    other: Annotated[
        str, typer.Argument(metavar="[OTHER]", help="Another version of the plan, to compare the texts.")
    ] = "",
    between: Annotated[tuple[str, str], typer.Option("--between", help="Two days.")] = ("", ""),
    views: Annotated[tuple[str, str], typer.Option("--views", help="Two viewpoints.")] = ("", ""),
    as_of: AsOf = "",
    according_to: According = "argued",
    record: Record = None,
    claims: ClaimsFile = None,
    as_json: Json = False,
) -> None:
    from ..errors import UsageError
    from ..plans.asked import evidence_of, reports_of, today, viewpoint
    from ..plans.comparing import compare_findings, compare_plans, compare_status
    from ..plans.render import as_json as plain
    from ..plans.render import changes_text
    from ..plans.status import status

    found = open_named(plan)
    known: Any = {}
    if other:
        second = open_named(other)
        changes = (*compare_plans(found, second), *compare_findings(found, second))
    elif between[0] or views[0]:
        days = between if between[0] else (as_of or today(),) * 2
        sides = views if views[0] else (according_to,) * 2
        reports = reports_of(found, evidence_of(record), claims)
        one, two = (
            status(found, reports, as_of=d, according_to=viewpoint(found, v), owed=False)
            for d, v in zip(days, sides, strict=True)
        )
        changes, known = compare_status(one, two), two.reports
    else:
        raise UsageError("say what to compare: --between DAY DAY, --views WHO WHO, or a second plan file")
    if as_json:
        print_json([plain(c) for c in changes])
    else:
        typer.echo(changes_text(changes, known))


def plan_draft(
    source: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT",
            help="A text that tells of a plan, or a record: a file or postgresql://user@host/database.",
        ),
    ],
    number: Annotated[int, typer.Option("--number", help="Which plan, where the text tells of several.")] = 1,
    published: Annotated[str, typer.Option("--published", help="The day of a text that does not say it.")] = "",
    output: Output = None,
) -> None:
    from ..errors import UsageError
    from ..plans import dumps
    from ..plans.asked import testimony
    from ..plans.draft import actors_in, dates_in, draft, proposals

    claims = testimony(source, published)
    found = proposals(claims)
    if not found:
        raise UsageError(f"{source} tells of no step-by-step plan; begin with an empty one: docs/tutorials/plan.md")
    if not 1 <= number <= len(found):
        raise UsageError(f"{source} tells of {len(found)} plan(s); --number has to be between 1 and {len(found)}")
    document, proposal = found[number - 1]
    write(dumps(draft(document, proposal, actors_in(claims, document), dates_in(claims, document))), output)


def plan_draw(
    plan: PlanFile,
    kind: Annotated[str, typer.Option("--kind", help="graph, gantt or exposure.")] = "graph",
    as_of: AsOf = "",
    according_to: According = "argued",
    output: Output = None,
) -> None:
    from ..errors import UsageError
    from ..plans.draw import draw

    suffix = output.suffix.lower() if output else ".svg"
    if suffix not in (".svg", ".png", ".pdf"):
        raise UsageError(f"{output}: name the picture .svg, .png or .pdf")
    picture = draw(open_named(plan), kind, as_of=as_of, according_to=according_to)
    if output and suffix != ".svg":
        from ..plans.draw.raster import pdf, png

        output.write_bytes((png if suffix == ".png" else pdf)(picture))
        typer.echo(f"{output}: written")
        return
    write(picture, output)


COMMANDS: tuple[tuple[Any, str], ...] = (
    (
        plan_status,
        "Where each step, measure and power stands on a day, in a viewpoint, and who owes what.\n\n"
        "Example: `detente plan status jcpoa-2015 --as-of 2025-09-28 --according-to E3`\n\n"
        "Example: `detente plan status my.plan.yaml --record iran.detente --as-of 2011-11-12 --suggest 5`",
    ),
    (
        plan_decide,
        "Keep a person's decision that a claim of the record speaks of a clause, or does not.\n\n"
        "Example: `detente plan decide my.plan.yaml --claim 0123456789abcdef --clause 1.give --by 'A. Analyst' --reason 'names the site'`",
    ),
    (
        plan_check,
        "Look for flaws: relief that cannot be reached, circles, deadlocks, clocks that cannot be met, ...\n\n"
        "Exits with 1 when there is a flaw. Example: `detente plan check minsk-2-2015`\n\n"
        "Example: `detente plan check my.plan.yaml --solver`",
    ),
    (
        plan_test,
        "Run the scenarios of a plan file. Exits with 1 when one does not hold.\n\nExample: `detente plan test jcpoa-2015`",
    ),
    (
        plan_diff,
        "What changed between two days, two viewpoints, or two versions of a plan.\n\n"
        "Example: `detente plan diff jcpoa-2015 --between 2016-01-15 2016-01-17`\n\n"
        "Example: `detente plan diff jcpoa-2015 --views E3 IRN_RUS_CHN --as-of 2025-10-19`",
    ),
    (
        plan_draft,
        "Write a first plan file from a text (or a record) that tells of a plan, marking what it does not say.\n\n"
        "Example: `detente plan draft dispatch.txt -o first.plan.yaml`\n\n"
        "Example: `detente plan draft postgresql://ana@db.example/news --number 2`",
    ),
    (
        plan_draw,
        "Draw the dependencies, the calendar or the exposure of a plan as SVG, PNG or PDF.\n\n"
        "Example: `detente plan draw jcpoa-2015 --kind gantt -o jcpoa.svg`\n\n"
        "Example: `detente plan draw minsk-2-2015 --as-of 2015-06-01 -o minsk.png`",
    ),
)
