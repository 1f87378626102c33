"""`detente serve`, `demo` and `publish`: the workbench on a record, on the examples, and as a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, open_record, print_json

if TYPE_CHECKING:
    from ..workbench import Served

Host = Annotated[str, typer.Option(help="The address to listen on. Any but this machine's own takes a token.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")]

SERVE_HELP = (
    "Look at a record, check it and correct it in the browser.\n\nThe server answers this machine only, unless --host says "
    "otherwise; then it prints an address with a random token, and answers nobody without it. Stop it with Ctrl-C."
    + examples(
        "detente serve iran.detente",
        "detente serve iran.detente --port 9000 --no-open",
        "detente serve iran.detente --host 0.0.0.0",
    )
)
DEMO_HELP = (
    "Read the example dispatches and look at them in the browser.\n\nThey are read into a record of their own, which stays: "
    "a second demo starts at once." + examples("detente demo", "detente demo --record tryout.detente --no-open")
)
PUBLISH_HELP = (
    "Write the record as a folder of HTML files, to be read without detente.\n\nThe files open from disk and on any web "
    "server; they hold no script and load nothing from elsewhere."
    + examples("detente publish site -r iran.detente", "detente publish site --most 500 --json")
)


def register(app: typer.Typer) -> None:
    """Adds `serve`, `demo` and `publish`."""
    app.command("serve", help=SERVE_HELP)(serve)
    app.command("demo", help=DEMO_HELP)(demo)
    app.command("publish", help=PUBLISH_HELP)(publish)


def serve(
    record: Annotated[
        str,
        typer.Argument(
            metavar="[RECORD]",
            envvar="DETENTE_RECORD",
            help="The record: a file, or postgresql://user@host/database.",
        ),
    ] = DEFAULT_RECORD,
    host: Host = "127.0.0.1",
    port: Port = 8181,
    workers: Annotated[
        int | None, typer.Option(min=1, max=16, help="Processes (on Linux); two where there are two cores.")
    ] = None,
    open: Open = True,
) -> None:
    from ..workbench import serve as run

    run(record, host=host, port=port, workers=workers, ready=lambda served: _tell(served, open))


def demo(
    record: Annotated[Path, typer.Option("--record", "-r", help="The record to read the examples into.")] = Path(
        "examples.detente"
    ),
    port: Port = 8181,
    open: Open = True,
) -> None:
    from ..workbench import serve as run

    folder = examples_folder()
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    dispatches = sorted(shown.glob("*/dispatch.txt"))
    print(f"Reading {len(dispatches)} example dispatches into {record} ...", flush=True)
    with open_record(record, create=True) as rec:
        rec.read(dispatches)
    run(record, port=port, welcome=True, ready=lambda served: _tell(served, open))


def examples_folder() -> Path:
    """The example dispatches: inside an installed package, or at the root of the repository.

    Raises UsageError where neither is there.
    """
    from ..errors import UsageError

    package = Path(__file__).parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if any(folder.glob("*/dispatch.txt")):
            return folder
    raise UsageError("the example dispatches did not come with this copy; read some text of yours: detente read FILE")


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one that publish made before.")],
    record: RecordFile = DEFAULT_RECORD,
    most: Annotated[
        int, typer.Option("--most", min=1, help="At most so many pages, nearest to the overview first.")
    ] = 20_000,
    language: Annotated[str, typer.Option("--language", help="Of the pages: en, fr.")] = "en",
    json: Json = False,
) -> None:
    from ..workbench.publish import publish as write

    with open_record(record) as rec:
        done = write(rec, folder, most=most, language=language)
    if json:
        print_json({"index": str(done.index), "pages": done.pages, "left_out": done.left_out})
        return
    more = f"; {done.left_out} addresses were left out" if done.left_out else ""
    console().print(f"{done.pages} pages written, open {done.index}{more}", markup=False)


def _tell(served: Served, open: bool) -> None:
    print(f"The workbench is at {served.url} (stop it with Ctrl-C)", flush=True)
    if open:
        import webbrowser

        webbrowser.open(served.url)
