"""What coding costs beside the bare parse, measured side by side in one run on one core.

    python benchmarks/coding_speed.py ../shared/gold/events/plv_train.jsonl
    python benchmarks/coding_speed.py                     # on the example dispatches

Prints seconds and tokens a second of the bare parse (every component of the pipeline), of the coding, and of what
comes before it (actors, places, dates, attributions), each best of three, and the ratio of coding to parse.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from detente.actors import find_actors
from detente.document import Document
from detente.events import code_events
from detente.language import Parse, find_dates
from detente.language.pipeline import load_pipeline
from detente.places import find_places


def best_of(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some runs, in seconds, and the last result."""
    times, result = [], None
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="JSON Lines with a text in each record")
    parser.add_argument("--limit", type=int, default=400)
    options = parser.parse_args()
    documents = [Document.from_text(text) for text in texts(options.gold)[: options.limit]]
    pipeline = load_pipeline()
    parsing, docs = best_of(3, lambda: list(pipeline.pipe([d.text for d in documents], batch_size=64)))
    parses = [Parse(document, doc) for document, doc in zip(documents, docs, strict=True)]
    tokens = sum(len(doc) for doc in docs)
    before, context = best_of(3, lambda: [(find_actors(p), find_places(p), find_dates(p)) for p in parses])
    coding, _ = best_of(3, lambda: [code_events(p, *c) for p, c in zip(parses, context, strict=True)])
    print(f"{len(documents)} texts, {tokens} tokens")
    for name, seconds in (("bare parse", parsing), ("actors, places, dates", before), ("coding", coding)):
        print(f"{name:24} {seconds:7.3f} s  {tokens / seconds:9.0f} tokens a second")
    print(f"coding costs {coding / parsing:.1%} of the bare parse (at most 25 % is asked)")


def texts(gold: Path | None) -> list[str]:
    """The texts of a gold file, or of the example dispatches."""
    if gold is not None:
        from detente.evaluation.report import read_jsonl

        return [record["text"] for record in read_jsonl(gold)]
    folder = Path(__file__).parents[1] / "examples"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/dispatch.txt"))]


if __name__ == "__main__":
    main()
