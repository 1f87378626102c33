"""Renews what `detente explain` prints under each of the ten hard sentences of docs/explanation/attribution.md.

python docs/make_hard_sentences.py            # write it
python docs/make_hard_sentences.py --check    # exit 1 when it is not up to date
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from typer.testing import CliRunner

from detente.cli import build_app

PAGE = Path(__file__).parent / "explanation" / "attribution.md"
BLOCK = re.compile(r"^   ```\n   (?P<sentence>\S.*)\n(?P<told>(?:     .*\n)*)   ```$", re.M)
"""A sentence, and under it, further in, what is told of it."""


def renewed(page: str) -> str:
    """The page with the lines under each sentence as the command prints them now."""
    return BLOCK.sub(
        lambda m: f"   ```\n   {m['sentence']}\n{textwrap.indent(told(m['sentence']), ' ' * 5)}   ```", page
    )


def told(sentence: str) -> str:
    """The lines under 'Statements' of `detente explain`, without their margin."""
    out = CliRunner().invoke(build_app(), ["explain", sentence], catch_exceptions=False).output
    lines = out.partition("\nStatements\n")[2].splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.startswith("  "))


def main() -> None:
    page = PAGE.read_text("utf-8")
    new = renewed(page)
    if "--check" not in sys.argv:
        PAGE.write_text(new, "utf-8")
    elif new != page:
        sys.exit(
            "docs/explanation/attribution.md is not what the command prints; run: python docs/make_hard_sentences.py"
        )


if __name__ == "__main__":
    main()
