"""Stance towards a named target: our own sentences, and news sentiment where a gold file is given.

    python benchmarks/stances.py [GOLD.jsonl ...]

The own sentences are `benchmarks/data/stance_sentences.tsv`: each with a target, the kind of sentence and two
independent readings. Gold files are in the form {"text", "targets": [{"span", "polarity", "also"}]}.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from detente.document import Document, Span
from detente.language import parse_many
from detente.statements.judging import Judge
from detente.statements.sentiment import side_towards

OWN = Path(__file__).parent / "data" / "stance_sentences.tsv"
SIDES = ("favour", "neutral", "oppose")
POLARITY = {"positive": "favour", "negative": "oppose", "neutral": "neutral"}
THRESHOLD = 0.15


def own_sentences() -> list[dict[str, str]]:
    with OWN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def side_of_target(doc, span: Span, judge: Judge) -> str:
    """The side that the sentence takes on the phrase at `span`."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    score = judge.of(piece.root).bounded()
    return "favour" if score > THRESHOLD else "oppose" if score < -THRESHOLD else "neutral"


def macro_f1(pairs: Counter) -> float:
    scores = []
    for side in SIDES:
        hit = pairs[side, side]
        found = sum(n for (_, p), n in pairs.items() if p == side)
        gold = sum(n for (g, _), n in pairs.items() if g == side)
        scores.append(2 * hit / (found + gold) if found + gold else 0.0)
    return sum(scores) / len(scores)


def measure_own() -> None:
    rows = own_sentences()
    judge = Judge()
    by_kind: dict[str, Counter] = {}
    readers: Counter = Counter()
    for row, parsed in zip(rows, parse_many(Document.from_text(r["sentence"]) for r in rows), strict=True):
        at = row["sentence"].lower().index(row["target"].lower())
        found = side_of_target(parsed.doc, Span(at, at + len(row["target"])), judge)
        for kind in (row["kind"], "all"):
            by_kind.setdefault(kind, Counter())[row["first_reading"], found] += 1
        if row["second_reading"]:
            readers[row["first_reading"], row["second_reading"]] += 1
        if "-v" in sys.argv and found != row["first_reading"]:
            print(f"  {row['id']}: {row['first_reading']} read as {found}: {row['sentence']} [{row['target']}]")
    for kind, pairs in by_kind.items():
        print(f"own sentences, {kind}: n={sum(pairs.values())} macro-F1 {macro_f1(pairs):.3f}")
    if readers:
        print(f"own sentences, reader against reader: n={sum(readers.values())} macro-F1 {macro_f1(readers):.3f}")


def measure_gold(path: Path) -> None:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    judge, pairs = Judge(), Counter()
    for row, parsed in zip(rows, parse_many(Document.from_text(r["text"]) for r in rows), strict=True):
        for target in row["targets"]:
            spans = [Span(*s) for s in (target["span"], *target.get("also", ()))]
            pairs[POLARITY[target["polarity"]], side_towards(parsed.doc, spans, judge)] += 1
    print(f"{path.name}: n={sum(pairs.values())} macro-F1 {macro_f1(pairs):.3f}")


if __name__ == "__main__":
    measure_own()
    for name in sys.argv[1:]:
        if not name.startswith("-"):
            measure_gold(Path(name))
