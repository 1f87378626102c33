"""How many documents a second the search for dates reads: python benchmarks/dates.py [GOLD.jsonl]

Without a gold file, reads the dispatches of examples/. Prints processor seconds, which other work on the machine
disturbs less than the clock on the wall.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from detente.language.dates import find_times

ROUNDS = 5
EXAMPLES = Path(__file__).parent.parent / "examples"


def texts_of(arguments: list[str]) -> list[tuple[str, str | None]]:
    """Texts with their reference dates."""
    if arguments:
        with open(arguments[0], encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
        return [(record["text"], record.get("reference_date")) for record in records]
    found = []
    for file in sorted(EXAMPLES.glob("*/dispatch.txt")):
        expected = json.loads(file.with_name("expected.json").read_text(encoding="utf-8"))
        found.append((file.read_text(encoding="utf-8"), expected.get("reference_date")))
    return found


def main() -> None:
    texts = texts_of(sys.argv[1:])
    size = sum(len(text) for text, _ in texts)
    best = float("inf")
    count = 0
    for _ in range(ROUNDS):
        started = time.process_time()
        count = sum(len(find_times(text, reference=reference)) for text, reference in texts)
        best = min(best, time.process_time() - started)
    print(f"{len(texts)} documents of {size // len(texts)} characters on average, {count} time expressions")
    print(f"{len(texts) / best:.0f} documents a processor second, {size / best / 1e6:.2f} million characters a second")
    print(f"that is {size / best / 2000:.0f} documents a second of 2,000 characters (about 330 words)")


if __name__ == "__main__":
    main()
