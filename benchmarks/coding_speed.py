"""What coding costs beside the parse, measured side by side in one run on one core, in processor seconds.

    python benchmarks/coding_speed.py ../shared/gold/events/plv_train.jsonl
    python benchmarks/coding_speed.py                     # on the example dispatches

Prints seconds and tokens a second of the bare spaCy parse (every component of the pipeline as it comes), of the same
parse as detente sets it up, of what comes before coding (actors, places, dates), of the coding, and of looking for
sentences that can hold no event, each best of three; then the ratios of coding to both parses.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from detente.actors import find_actors
from detente.document import Document
from detente.events import code_events
from detente.events.sieve import default_sieve
from detente.language import Parse, find_dates
from detente.language.pipeline import load_pipeline, model_report
from detente.places import find_places


def best_of(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some runs, in seconds, and the last result."""
    times, result = [], None
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="JSON Lines with a text in each record")
    parser.add_argument("--limit", type=int, default=400)
    options = parser.parse_args()
    documents = [Document.from_text(text) for text in texts(options.gold)[: options.limit]]
    pipeline = load_pipeline()
    sentences = [d.text for d in documents]
    plain = spacy.load(model_report().path)
    bare, _ = best_of(3, lambda: list(plain.pipe(sentences, batch_size=64)))
    parsing, docs = best_of(3, lambda: list(pipeline.pipe(sentences, batch_size=64)))
    parses = [Parse(document, doc) for document, doc in zip(documents, docs, strict=True)]
    tokens = sum(len(doc) for doc in docs)
    before, context = best_of(3, lambda: [(find_actors(p), find_places(p), find_dates(p)) for p in parses])
    coding, _ = best_of(3, lambda: [code_events(p, *c) for p, c in zip(parses, context, strict=True)])
    sifting, passed = best_of(3, lambda: [default_sieve().passes_any(text) for text in sentences])
    print(f"{len(documents)} texts, {tokens} tokens, {passed.count(False)} of them can hold no event")
    for name, seconds in (
        ("bare spaCy parse", bare),
        ("our parse", parsing),
        ("actors, places, dates", before),
        ("coding", coding),
        ("sieve", sifting),
    ):
        print(f"{name:24} {seconds:7.3f} s  {tokens / seconds:9.0f} tokens a second")
    print(
        f"coding costs {coding / bare:.1%} of the bare spaCy parse (at most 25 % is asked), {coding / parsing:.1%} of ours"
    )


def texts(gold: Path | None) -> list[str]:
    """The texts of a gold file, or of the example dispatches."""
    if gold is not None:
        from detente.evaluation.report import read_jsonl

        return [record["text"] for record in read_jsonl(gold)]
    folder = Path(__file__).parents[1] / "examples"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/dispatch.txt"))]


if __name__ == "__main__":
    main()
