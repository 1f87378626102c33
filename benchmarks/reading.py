"""How fast documents are read, and what reading costs beyond the bare parse of the same text, in one run.

    python benchmarks/reading.py                       # generated dispatches
    python benchmarks/reading.py FILE_OR_FOLDER...     # your own

Bare parse: `spacy.load(model).pipe(texts)` as spaCy comes. Reading: `Record.read` from files to a record on disk. Both
in this process, one after the other and back, on the same texts; the ratio is of the processor seconds. Goal: 1.35.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from detente import Document, Record, read
from detente.language.pipeline import MODELS
from detente.sources import read_all

PEOPLE = (
    "Foreign Minister Anna Lindqvist",
    "President Omar Haddad",
    "spokesman Kenji Mori",
    "Deputy Minister Rosa Alves",
)
STATES = ("France", "Egypt", "Japan", "Brazil", "Kenya", "Turkey", "India", "Norway", "Canada", "Poland")
SENTENCES = (
    "{p} of {a} said on Tuesday that the talks with {b} in Geneva had been useful, but that the hardest questions remained open.",
    '"We do not accept that {b} alone decides on the pipeline," {p} told reporters after the session.',
    "{a} accused {b} of moving troops towards the river, which {b} denied, calling the report a fabrication.",
    "The two governments signed an agreement on trade, energy and water on March {d} in Vienna.",
    "According to the ministry, {a} will lift its sanctions step by step once inspectors have reported to the agency.",
    "The harvest was poor for the second year, and the price of bread rose by a tenth in the towns of the south.",
    "Observers believe that the parliament of {b} will vote against the treaty, although nothing has been published.",
    "{b} expelled two diplomats of {a} last week and threatened to close the consulate in the port city.",
)


def dispatches(count: int, seed: int) -> list[str]:
    """Texts of about 450 words, a third of the sentences without politics."""
    dice = random.Random(seed)
    texts = []
    for _ in range(count):
        lines = []
        for _ in range(22):
            a, b = dice.sample(STATES, 2)
            lines.append(dice.choice(SENTENCES).format(a=a, b=b, p=dice.choice(PEOPLE), d=dice.randint(1, 28)))
        texts.append("GENEVA, March 9, 2021 - " + "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, 22, 3)))
    return texts


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Processor and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        result = measure(asked.sources or write(Path(place), asked.documents), asked.rounds, Path(place))
    if asked.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:<44} {value}")


def write(place: Path, count: int) -> list[str]:
    folder = place / "in"
    folder.mkdir()
    for i, text in enumerate(dispatches(count, 1)):
        (folder / f"{i:04}.txt").write_text(text, "utf-8")
    return [str(folder)]


def measure(sources: list[str], rounds: int, place: Path) -> dict[str, float]:
    documents = [d for d in read_all(sources) if isinstance(d, Document) and d.language in {"en", "und"}]
    texts = [d.text for d in documents]
    bare = spacy.load(next(m for m in MODELS if spacy.util.is_package(m)))
    sentences = sum(len(list(doc.sents)) for doc in bare.pipe(texts))
    read(documents[0])  # load everything once
    parsing: list[tuple[float, float]] = []
    reading: list[tuple[float, float]] = []

    def parse_all() -> None:
        for _ in bare.pipe(texts):
            pass

    for i in range(rounds):
        with Record(place / f"{i}.detente") as record:
            order = [(parsing, parse_all), (reading, lambda record=record: record.read(sources))]
            for found, work in order if i % 2 else reversed(order):
                found.append(timed(work))  # type: ignore[arg-type]
    parse_cpu, read_cpu = min(p[0] for p in parsing), min(r[0] for r in reading)
    return {
        "documents": len(documents),
        "sentences": sentences,
        "words": sum(len(t.split()) for t in texts),
        "bare parse, documents a processor second": round(len(documents) / parse_cpu, 1),
        "reading, documents a processor second": round(len(documents) / read_cpu, 1),
        "reading, sentences a processor second": round(sentences / read_cpu, 1),
        "reading, documents a second": round(len(documents) / min(r[1] for r in reading), 1),
        "reading to bare parse, processor seconds": round(read_cpu / parse_cpu, 2),
    }


if __name__ == "__main__":
    main()
