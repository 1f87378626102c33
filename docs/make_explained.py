"""The explained sentences in the documentation, from the coder as it is.

    python docs/make_explained.py            # writes what `detente explain` says under each sentence of the page
    python docs/make_explained.py --check    # exit 1 where the page and the coder differ

Of the sections of `detente explain` the page shows the events, what was left out, and the rows that would code a verb.
Where a row stands in its table is written, and not checked: every row that is added moves those below it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from detente.events.explain import explain_text
from detente.events.ontology import load_ontology

PAGE = Path(__file__).parent / "explanation" / "event-coding.md"
COMMAND = re.compile(r'    \$ detente explain "(.+)"$')
ROW = re.compile(r"(\w+\.csv):\d+")
PROPOSED = ("Verbs that code nothing here", "Verbs that no table knows")


def shown(sentence: str) -> list[str]:
    """The lines under a sentence, indented as code: its events; what was left out; what would code a silent verb."""
    report = explain_text(sentence, load_ontology())
    events = [] if report["Events"] == ["none"] else report["Events"]
    lines = [*events, *(f"left out: {line}" for line in report["Left out"])]
    lines += [line for section in PROPOSED for line in report[section]]
    return [f"      {line}" for line in lines or ["none"]]


def renewed(text: str) -> Iterator[str]:
    """The lines of the page, with what stands under each command made anew."""
    old = False
    for line in text.splitlines():
        command = COMMAND.match(line)
        if command:
            yield from (line, *shown(command[1]))
            old = True
        elif old and line.startswith("      "):
            continue
        else:
            old = False
            yield line


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    new = "\n".join(renewed(text)) + "\n"
    if "--check" in sys.argv:
        return int(ROW.sub(r"\1", new) != ROW.sub(r"\1", text))
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
