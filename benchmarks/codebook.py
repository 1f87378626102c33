"""How the coder does on the codebook's own example sentences, by CAMEO root: python benchmarks/codebook.py

A sentence that is a code is found when it gets the code or a leaf below it; one that looks like it and is not must not
get it. The sentences were written beside the lexicon, so these figures say that the tables agree with each other, and
nothing of accuracy on other people's sentences.
"""

from __future__ import annotations

import csv
from collections import Counter

from detente.document import Document
from detente.events.codebook import load_codebook
from detente.events.ontology import EXAMPLES
from detente.events.sentences import code_documents

COLUMNS = (
    "codes",
    "sentences that are it",
    "code found",
    "root only",
    "neither",
    "look like it and are not",
    "of these coded as it",
)


def main() -> None:
    with (EXAMPLES / "cameo.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    coded = code_documents((Document.from_text(row["sentence"]) for row in rows), statements=True)
    counts: dict[str, Counter[str]] = {}
    for row, events in zip(rows, coded, strict=True):
        code = row["code"]
        codes = {e.cameo or "" for e in events if e.status not in {"hypothetical", "denied"}}
        hit = any(c.startswith(code) for c in codes)
        found = counts.setdefault(code[:2], Counter())
        if row["is"] == "no":
            found.update({COLUMNS[5]: 1, COLUMNS[6]: int(hit)})
        else:
            root = any(c[:2] == code[:2] for c in codes)
            found.update({COLUMNS[1]: 1, COLUMNS[2 if hit else 3 if root else 4]: 1})
    for root, found in counts.items():
        found[COLUMNS[0]] = len({row["code"] for row in rows if row["code"][:2] == root})
    names = load_codebook().codes
    print("| root | " + " | ".join(COLUMNS) + " |\n" + "| --- " * (len(COLUMNS) + 1) + "|")
    for root in sorted(counts):
        print(f"| {root} {names[root].name} | " + " | ".join(str(counts[root][c]) for c in COLUMNS) + " |")
    print("| all | " + " | ".join(str(sum(found[c] for found in counts.values())) for c in COLUMNS) + " |")


if __name__ == "__main__":
    main()
