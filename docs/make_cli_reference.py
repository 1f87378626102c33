"""Makes docs/reference/cli.md from the commands themselves.

python docs/make_cli_reference.py            # write it
python docs/make_cli_reference.py --check    # exit 1 when it is not up to date
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from detente.cli import build_app

PAGE = Path(__file__).parent / "reference" / "cli.md"
HEAD = """# Commands

*Reference. Made from the commands by `python docs/make_cli_reference.py`; do not edit.*

All commands that ask a record take `--record FILE` (`-r`), else the environment's `DETENTE_RECORD`, else `record.detente` in the
current folder. All print JSON for a program with `--json`. Decisions take the name of who decides from `--by`, else `DETENTE_USER`.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | done, but some documents failed or some checks did not hold |
| 2 | asked wrongly: an unknown option, a value that cannot be; the message says how to put it |
| 3 | not done: no such record, disk full, no such claim; the message says what to do |
| 130 | stopped with Ctrl-C; what was reported is on record, the same command goes on |

"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(
        section for name, command in sorted(commands(get_command(build_app()))) for section in entry(name, command)
    )


def commands(group: Any, prefix: str = "detente") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def entry(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}\n"
    yield re.sub(r"\n{3,}", "\n\n", (command.help or "").strip()) + "\n"
    rows = [row for parameter in command.params if (row := describe(parameter))]
    if rows:
        yield "| | | |\n| --- | --- | --- |"
        yield from rows
        yield ""


def describe(parameter: Any) -> str | None:
    if getattr(parameter, "hidden", False) or parameter.name == "help":
        return None
    help = (getattr(parameter, "help", "") or "").replace("|", "\\|").replace("\n", " ")
    if parameter.param_type_name == "argument":
        return f"| `{(parameter.metavar or parameter.name).upper()}` | | {help} |"
    names = ", ".join(f"`{n}`" for n in [*parameter.opts, *parameter.secondary_opts])
    default = parameter.default
    told = "" if default in (None, False, "", (), []) or callable(default) else f"`{default}`"
    return f"| {names} | {told} | {help} |"


def main() -> None:
    text = page().rstrip() + "\n"
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != text:
        sys.exit("docs/reference/cli.md is not what the commands say; run: python docs/make_cli_reference.py")


if __name__ == "__main__":
    main()
