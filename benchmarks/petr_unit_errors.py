"""Why the structure tests of PETRARCH are missed: what is the dictionary's choice of code, and what is structure.

    python benchmarks/petr_unit_errors.py ../shared/gold/events/petr_unit.jsonl
    python benchmarks/petr_unit_errors.py petr_unit.jsonl --verbs PETR.Validate.verbs.txt --discards PETR.Validate.discards.txt
    python benchmarks/petr_unit_errors.py petr_unit.jsonl --show 'wrong sides'

The suite gives its fictional actors and a verb dictionary with codes of its own. Coded with the actors alone, an event
can be right in everything but the code that the suite's dictionary happens to give. Each expected event is therefore put
into one class, from the first that holds:

    right                 its code is found in its sentence (all that exact F1 asks)
    another detail        both sides are right, the code has the same root (051 for 050)
    no code of CAMEO      both sides are right, and CAMEO has no such code (345, 222, 801)
    another family        both sides are right, the suite's dictionary gives the verb another root ('contribute' 070, not 033)
    wrong sides           something is found, with other sides
    nothing found         no event at all

The first four have the structure right; the last two are what constructions can mend.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from detente.evaluation.event_keys import pair_of, same_pair
from detente.evaluation.events import predict, score
from detente.evaluation.report import read_jsonl
from detente.events.codebook import load_codebook
from detente.events.ontology import Ontology, load_ontology

OWN = Path(__file__).parent / "petr_unit"
CLASSES = ("right", "another detail", "no code of CAMEO", "another family", "wrong sides", "nothing found")
STRUCTURE_RIGHT = CLASSES[1:4]


def class_of(event: dict[str, Any], found: list[dict[str, Any]]) -> str:
    """The class of one expected event, given what was found in its sentence."""
    code = event["code"]
    if any(f["code"] == code for f in found):
        return "right"
    same_sides = [f for f in found if same_pair(pair_of(event), pair_of(f))]
    if any(f["code"][:2] == code[:2] for f in same_sides):
        return "another detail"
    if same_sides:
        return "another family" if code in load_codebook().codes else "no code of CAMEO"
    return "wrong sides" if found else "nothing found"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="petr_unit.jsonl")
    parser.add_argument("--verbs", type=Path, nargs="*", default=[], help="the suite's verb dictionary, as it is")
    parser.add_argument("--discards", type=Path, nargs="*", default=[], help="the suite's discard list")
    parser.add_argument("--show", help="print the sentences of this class, coded with actors alone")
    options = parser.parse_args()
    records = read_jsonl(options.gold)
    runs: dict[str, Ontology] = {
        "its actors alone": load_ontology(),
        "its actors, our tables of its verbs": load_ontology(None, [OWN / "lexicon"]),
    }
    if options.verbs:
        runs["its actors and dictionary as they are"] = load_ontology(None, (), options.verbs, options.discards)
    print("| expected events (share) | " + " | ".join(runs) + " |\n" + "| --- " * (len(runs) + 1) + "|")
    counts: dict[str, Counter[str]] = {}
    figures: dict[str, dict[str, float]] = {}
    for name, ontology in runs.items():
        found = list(predict(records, actors=OWN / "actors.txt", ontology=ontology))
        counts[name] = _count(records, found, options.show if name == "its actors alone" else None)
        figures[name] = {m.name: m.value or 0.0 for m in score(records, found).measures}
    for kind in CLASSES:
        print(f"| {kind} | " + " | ".join(_share(counts[name], kind) for name in runs) + " |")
    print(
        "| **structure right** | " + " | ".join(_share(counts[name], "right", *STRUCTURE_RIGHT) for name in runs) + " |"
    )
    print("| found beyond what is expected | " + " | ".join(str(counts[name]["beyond"]) for name in runs) + " |")
    for measure in ("exact F1", "root F1", "quad F1", "actors F1"):
        print(f"| {measure} | " + " | ".join(f"{figures[name][measure]:.3f}" for name in runs) + " |")


def _count(records: list[dict[str, Any]], found: list[dict[str, Any]], show: str | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record, row in zip(records, found, strict=True):
        kinds = [class_of(event, row["events"]) for event in record["events"]]
        counts.update(kinds)
        counts["beyond"] += len({e["code"] for e in row["events"]} - {e["code"] for e in record["events"]})
        if show in kinds:
            print(record["id"], record["text"])
            print("    expected", [(e["source"], e["code"], e["target"]) for e in record["events"]])
            print("    found   ", [(e["source"], e["code"], e["target"]) for e in row["events"]])
    return counts


def _share(counts: Counter[str], *kinds: str) -> str:
    total = sum(counts[kind] for kind in CLASSES)
    number = sum(counts[kind] for kind in kinds)
    return f"{number} ({number / total:.3f})"


if __name__ == "__main__":
    main()
