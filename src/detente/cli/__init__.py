"""The command line: one module a group of commands, each with a function `register(app)`.

Modules here import nothing heavy at the top, so that `detente --help` answers at once.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys
from typing import Annotated

import typer

from .. import __version__
from ..errors import DetenteError, UsageError

EXIT_OK, EXIT_PARTLY, EXIT_USAGE, EXIT_FAILED = 0, 1, 2, 3
"""0: done. 1: done, but some documents failed or some checks did not hold. 2: asked wrongly. 3: not done."""


def build_app() -> typer.Typer:
    """The application with the commands of every module of this package."""
    app = typer.Typer(
        name="detente",
        help="Reads diplomatic and political news and keeps a sourced record of who did and said what.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def detente(
        version: Annotated[
            bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
        ] = False,
    ) -> None:
        pass

    for module in pkgutil.iter_modules(__path__):
        register = getattr(importlib.import_module(f"{__name__}.{module.name}"), "register", None)
        if register:
            register(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"detente {__version__}")
        raise typer.Exit()


def main() -> None:
    """Entry point of the command `detente`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a text may hold what the terminal's encoding cannot
            stream.reconfigure(errors="backslashreplace")
    try:
        build_app()()
    except UsageError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:  # `detente events | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_OK)
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(EXIT_FAILED)
