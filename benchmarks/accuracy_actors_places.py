"""Prints the whole table of actors and places: accuracy, speed and memory, with what must be reached and the aim.

    python benchmarks/accuracy_actors_places.py ../shared/gold --cases ../shared/cases examples

Speed is the processor time of finding actors and places over that of the bare parse (the model as spaCy runs it), on
the first texts of statements/polnear_dev, best of three; memory is what the tables of both rooms add to a process that has the parser.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TEXTS = 30
Row = tuple[str, str, float | None, str, str]

MEMORY = """
import resource
from detente.language.pipeline import load_pipeline
load_pipeline()("Iran met Iraq in Oman.")
def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * resource.getpagesize() / 2**20
before = resident()
from detente.actors import default_registry
from detente.places import default_gazetteer
registry = default_registry()
registry.holdings.index
registry.holder("head_of_state", "FRA", "2001-01-01")
gazetteer = default_gazetteer()
gazetteer.candidates("Springfield"), gazetteer.demonym("Chechen")
print(resident() - before)
"""


def memory_of_tables() -> float:
    """MiB that the tables of actors and places add to a process which has loaded the parser (Linux)."""
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="the folder with the folders places, coref, events, statements")
    parser.add_argument("--cases", type=Path, nargs="*", default=[], help="folders of cases for the persons")
    options = parser.parse_args()
    print("| data | measure | reached | must | aim |\n| --- | --- | --- | --- | --- |")
    for data, measure, value, must, aim in rows(options.gold, options.cases):
        print(f"| {data} | {measure} | {'-' if value is None else f'{value:.3f}'} | {must} | {aim} |", flush=True)


def rows(gold: Path, cases: list[Path]) -> Iterator[Row]:
    from detente.evaluation import actors, coref, places

    for name, lines in PLACES.items():
        path = gold / "places" / f"{name}.jsonl"
        if path.exists():
            measures = {m["name"]: m["value"] for m in places.evaluate(path)["measures"]}
            for measure, must, aim in lines:
                yield name, measure, measures[measure], must, aim
    phrases = gold / "events" / "plover_gsr.jsonl"
    if phrases.exists():
        yield "plover_gsr phrases", "right country", actors.evaluate(phrases)["country"], ".91", ".95"
    if (gold / "coref").is_dir():
        figures = coref.evaluate(gold / "coref")
        yield "GUM news, interview, speech", "CoNLL F1", figures["conll_f1"], ".53", ".60"
        yield "the same", "third-person pronouns in a right chain", figures["pronouns_right"], ".50", ".62"
    for folder in cases:
        yield f"persons of {folder.name}", "name, office, body, country right", persons(folder), ".95", "1"
    texts = gold / "statements" / "polnear_dev.jsonl"
    if texts.exists():
        stock, ours = overhead(texts)
        yield "speed", "actors and places over the bare spaCy parse", stock, "at most .10", ".06"
        yield "speed", "the same over detente's own, faster parse", ours, "", ""
    yield "memory", "MiB of the loaded tables", memory_of_tables(), "under 150", ""


PLACES = {
    "tr-news": (
        ("span F1 (exact)", ".85", ".89"),
        ("accuracy@161 km over all gold", ".78", ".84"),
        ("spans given: accuracy@161 km of resolved", ".91", ".93"),
        ("spans given: share resolved", ".88", ".93"),
    ),
    "geovirus": (("span F1 (exact)", ".89", ".92"), ("country over all gold", ".85", ".90")),
}


def persons(folder: Path) -> float | None:
    from detente.evaluation import cases

    for measure in cases.evaluate(folder)["measures"]:
        if measure["name"].startswith("persons"):
            return float(measure["value"])
    return None


def overhead(texts: Path) -> tuple[float, float]:
    """Processor seconds of both rooms over those of the model as spaCy runs it, and over those of our parse.

    Collection of garbage waits, as it does in a read.
    """
    import spacy

    from detente.actors import find_actors
    from detente.document import Document
    from detente.language import Parse, parse_many
    from detente.language.pipeline import model_report
    from detente.places import find_places

    with texts.open(encoding="utf-8") as lines:
        documents = [Document.from_text(json.loads(line)["text"]) for line, _ in zip(lines, range(TEXTS), strict=False)]
    parsed = list(parse_many(documents))
    for room in (find_actors, find_places):
        room(parsed[0])

    def seconds(work: Callable[[], Any]) -> float:
        best = float("inf")
        for _ in range(3):
            gc.collect()
            gc.disable()
            began = time.process_time()
            work()
            best = min(best, time.process_time() - began)
            gc.enable()
        return best

    plain = spacy.load(model_report().path)
    stock = seconds(lambda: list(plain.pipe(d.text for d in documents)))
    bare = seconds(lambda: list(parse_many(documents)))
    fresh = lambda: [Parse(p.document, p.doc) for p in parsed]  # noqa: E731
    both = seconds(lambda: [(find_actors(p), find_places(p)) for p in fresh()])
    return both / stock, both / bare


if __name__ == "__main__":
    main()
