"""`detente actors`: who is on record, whom a phrase means and why, the user's own actors."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._shared import (
    DEFAULT_RECORD,
    ActorFiles,
    Json,
    Limit,
    RecordFile,
    View,
    examples,
    open_record,
    print_json,
    print_rows,
    shown_limit,
)

if TYPE_CHECKING:
    from ..places.contested import Contested


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Who is on record, whom a phrase means and why, and actors of your own.",
        invoke_without_command=True,
        rich_markup_mode="markdown",
    )

    @group.callback(
        epilog=None, help="List the actors on a record." + examples("detente actors", "detente actors --json")
    )
    def actors(
        context: typer.Context, record: RecordFile = DEFAULT_RECORD, limit: Limit = None, json: Json = False
    ) -> None:
        if context.invoked_subcommand is None:
            _list(record, limit, json)

    @group.command(
        help="Say whom a phrase means on a date, and why."
        + examples(
            'detente actors explain "Russian Security Council Deputy Secretary Yevgeny Lukyanov" --date 2011-11-12',
            'detente actors explain "the Turkish president" --date 2009-05-01',
            'detente actors explain "Crimea" --view de-facto',
        )
    )
    def explain(
        phrase: Annotated[str, typer.Argument(help="A name, a title with a name, a nominal phrase, or a sentence.")],
        date: Annotated[str | None, typer.Option(help="The day on which it was said: 2011-11-12.")] = None,
        view: View = "code",
        actors: ActorFiles = None,
        json: Json = False,
    ) -> None:
        _explain(phrase, date, view, actors or [], json)

    @group.command(
        help="Add an actor to your own file (CSV), which is made where it is absent."
        + examples('detente actors add "Ruritanian Front" --country RUR --role REB --file my-actors.csv')
    )
    def add(
        name: Annotated[str, typer.Argument(help="The name as texts have it.")],
        country: Annotated[str, typer.Option(help="ISO 3166 alpha-3 code, or one of your own.")] = "",
        role: Annotated[str, typer.Option(help="GOV, MIL, REB, OPP, ...")] = "",
        code: Annotated[str, typer.Option(help="The whole code, where it is not country and role.")] = "",
        aliases: Annotated[str, typer.Option(help="Other names, with semicolons between them.")] = "",
        file: Annotated[Path, typer.Option("--file", "-f", help="Your file of actors.")] = Path("actors.csv"),
    ) -> None:
        row = {"name": name, "country": country, "role": role, "code": code, "aliases": aliases}
        _add(row, file)

    @group.command(
        help="Fetch terms of office from Wikidata into a folder of your own tables (needs a network).\n\nHeads of state and "
        "government and foreign ministers, with first and last day. Use the folder with `--actors FOLDER`, or for good with "
        "the environment variable DETENTE_ACTORS."
        + examples(
            "detente actors update",
            "detente actors update --country IRN --country IRQ --since 2000 --folder my-tables",
        )
    )
    def update(
        folder: Annotated[
            Path | None,
            typer.Option(help="Where the table goes; else your data folder (XDG_DATA_HOME/detente/actors)."),
        ] = None,
        country: Annotated[list[str] | None, typer.Option(help="Only these states: ISO 3166 alpha-3 codes.")] = None,
        since: Annotated[int, typer.Option(help="Only terms that began in this year or later.")] = 1990,
        endpoint: Annotated[str | None, typer.Option(help="Another SPARQL service with Wikidata's data.")] = None,
        json: Json = False,
    ) -> None:
        _update(folder, country or [], since, endpoint, json)

    app.add_typer(group, name="actors")


COLUMNS = [
    ("key", "key"),
    ("name", "name"),
    ("role", "role"),
    ("events", "acts"),
    ("received", "acted on"),
    ("statements", "statements"),
    ("stances", "stances"),
    ("agreements", "agreements"),
    ("mentions", "mentions"),
]


def _list(path: str, limit: int | None, json: bool) -> None:
    limit = shown_limit(limit, json)
    table = open_record(path).actors(limit=limit)
    print_rows(table, COLUMNS, json=json, title="Actors", empty="Nobody is on record yet.", limit=limit)


def _explain(phrase: str, date: str | None, view: str, files: list[Path], json: bool) -> None:
    from ..actors import Registry, find_actors
    from ..claims import to_dict
    from ..document import Document
    from ..language import parse

    registry = Registry.load(files, view=view)
    refs = find_actors(parse(Document.from_text(phrase, published=date)), registry).mentions
    dispute = registry.dispute(phrase)
    if json:
        contested = {**vars_of(dispute), "country": registry.view_of(phrase, date=date)} if dispute else None
        print_json({"phrase": phrase, "actors": to_dict(refs), "contested": contested})
        return
    for ref in refs:
        print(ref.text)
        for name in ("name", "office", "body", "country", "code", "role", "reason", "confidence"):
            value = getattr(ref, name)
            if value not in (None, ""):
                print(f"  {name:<10} {value}")
    if dispute:
        country = registry.view_of(phrase, date=date) or "left open"
        print(
            f"{dispute.area}: {country} in the view '{registry.view}'; un: {dispute.un or 'left open'}; de facto: "
            f"{dispute.de_facto or 'divided'}; claimed by {', '.join(dispute.claimants)}. {dispute.note}"
        )
    if not refs and not dispute:
        print("No actor found. Add one of your own with: detente actors add NAME --country CODE --role ROLE")
        raise typer.Exit(1)


def vars_of(dispute: Contested) -> dict[str, object]:
    """The claims of a contested area for a program."""
    return {name: getattr(dispute, name) for name in ("area", "un", "de_facto", "claimants", "since", "until", "note")}


def _update(folder: Path | None, countries: list[str], since: int, endpoint: str | None, json: bool) -> None:
    from ..actors.wikidata import ENDPOINT, Asked, update

    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    asked = Asked(countries=tuple(countries), since=since)
    path, rows = update(folder or data / "detente" / "actors", asked, endpoint=endpoint or ENDPOINT)
    if json:
        print_json({"file": str(path), "rows": rows})
    else:
        print(f"{rows} terms of office written to {path}; use them with --actors {path.parent}")


def _add(row: dict[str, str], file: Path) -> None:
    from ..actors.user_files import USER_COLUMNS
    from ..errors import UsageError

    if not (row["country"] or row["code"]):
        raise UsageError(f"{row['name']}: give --country or --code, so that events can be counted by it")
    fresh = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, USER_COLUMNS, restval="")
        if fresh:
            writer.writeheader()
        writer.writerow(row)
    print(f"{row['name']} added to {file}; use it with --actors {file}")
