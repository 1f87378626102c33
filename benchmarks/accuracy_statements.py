"""Accuracy and cost of attributions: the table for a folder of gold files, by one command.

    python benchmarks/accuracy_statements.py ../shared/gold/statements

Scores every *dev*.jsonl of the folder (or the files given), and measures what finding attributions costs beside
the bare parse of the same texts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from detente.actors import find_actors
from detente.document import Document
from detente.evaluation.report import print_report, read_jsonl
from detente.evaluation.statements import evaluate
from detente.language import find_dates, parse_many
from detente.statements import find_attributions


def gold_files(arguments: list[str]) -> list[Path]:
    """The files given, and the development files of the folders given."""
    found: list[Path] = []
    for argument in map(Path, arguments):
        found += sorted(argument.glob("*dev*.jsonl")) if argument.is_dir() else [argument]
    return found


def measure_cost(gold: Path) -> None:
    """Prints seconds for parse and attributions, both on the same texts in this process."""
    documents = [Document.from_text(r["text"], published=r.get("date")) for r in read_jsonl(gold)]
    list(parse_many(documents[:2]))
    started = time.perf_counter()
    parses = list(parse_many(documents))
    parsing = time.perf_counter() - started
    prepared = [(p, find_actors(p), find_dates(p)) for p in parses]
    started = time.perf_counter()
    found = sum(len(find_attributions(*p)) for p in prepared)
    finding = time.perf_counter() - started
    print(f"{len(documents)} documents, {found} attributions: parse {parsing:.1f} s, attributions {finding:.2f} s")
    print(f"attributions over parse: {finding / parsing:.1%}")


def main() -> None:
    files = gold_files(sys.argv[1:])
    if not files:
        sys.exit("usage: accuracy_statements.py GOLD_FOLDER_OR_FILE ...; no *dev*.jsonl file was found")
    for gold in files:
        print_report(evaluate(gold))
        measure_cost(gold)


if __name__ == "__main__":
    main()
