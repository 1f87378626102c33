"""`detente serve`: the workbench on a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._shared import DEFAULT_RECORD, examples

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


def register(app: typer.Typer) -> None:
    """Adds `serve`."""
    app.command("serve", help=SERVE_HELP)(serve)


def serve(
    record: Annotated[
        Path, typer.Argument(metavar="[RECORD]", envvar="DETENTE_RECORD", help="The record file.")
    ] = DEFAULT_RECORD,
    host: Host = "127.0.0.1",
    port: Port = 8181,
    open: Open = True,
) -> None:
    from ..workbench import serve as run

    run(record, host=host, port=port, ready=lambda served: _tell(served, open))


def _tell(served: Served, open: bool) -> None:
    print(f"The workbench is at {served.url} (stop it with Ctrl-C)", flush=True)
    if open:
        import webbrowser

        webbrowser.open(served.url)
