"""Stance towards a named target: our own sentences, and news sentiment where gold files are given.

    python benchmarks/stances.py [GOLD.jsonl ...]

The same as `detente evaluate stance` on each file, one line a measure. The own sentences are
`benchmarks/data/stance_sentences.tsv`: each with a target, the kind of sentence and two independent readings.
"""

from __future__ import annotations

import sys
from pathlib import Path

from detente.evaluation.stance import evaluate

OWN = Path(__file__).parent / "data" / "stance_sentences.tsv"


def main() -> None:
    for gold in (OWN, *map(Path, sys.argv[1:])):
        report = evaluate(gold)
        for measure in report["measures"]:
            low, high = measure["low"], measure["high"]
            print(f"{gold.name}: {measure['name']} {measure['value']:.3f} ({low:.3f} to {high:.3f}), n={measure['n']}")


if __name__ == "__main__":
    main()
