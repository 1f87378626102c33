"""Prints the accuracy table of event coding for a folder of gold sets, one command for all figures.

    python benchmarks/accuracy_events.py ../shared/gold/events
    python benchmarks/accuracy_events.py ../shared/gold/events --classes    # and P, R, F1 of each class

Columns: what we reach with its 95 % bootstrap interval, what must be reached, what is aimed at, and two earlier
coders where the folder has their output in `peers/`. The rule is that of the scorer beside the data. `petr_unit` is
coded with the dictionaries of `benchmarks/petr_unit`, those of its own suite in our format, and again without its
verbs; with `--verbs` and `--discards` by that suite's own files, too (`petr_unit_errors.py` tells why events are
missed). ACLED's types are scored on `case2021_a`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.evaluation.event_types import score_types
from detente.evaluation.events import NEGATED_OR_MODAL, predict, score
from detente.evaluation.report import Report, read_jsonl
from detente.events.ontology import labels_of, load_ontology

PEERS = {"petrarch2": "PETRARCH2", "universalpetrarch": "UniversalPetrarch"}


@dataclass(frozen=True)
class Line:
    """One figure of the table."""

    data: str
    measure: str
    must: float
    aim: float
    shown: str = ""
    subset: bool = False
    found: str = ""
    """Whose output is scored, where it is not that of the set itself."""


OWN = Path(__file__).parent / "petr_unit"
LINES = (
    Line("plv_train", "root F1", 0.64, 0.72),
    Line("plv_train", "quad F1", 0.77, 0.84),
    Line("plover_gsr", "root F1", 0.64, 0.72),
    Line("plover_gsr", "actors F1", 0.68, 0.76),
    Line("plover_gsr", "root+actors F1", 0.46, 0.56),
    Line("cameo_manual", "exact F1", 0.34, 0.42),
    Line("cameo_manual", "root F1", 0.62, 0.70),
    Line("conflibert_rounds_a", "root F1", 0.50, 0.60),
    Line("conflibert_rounds_a", "balanced no-event accuracy", 0.80, 0.87),
    Line("case2021_a", "root(any acceptable) F1", 0.72, 0.80),
    Line("petr_unit", "exact F1", 0.80, 0.90, "petr_unit, its suite's actors and verbs"),
    Line("petr_unit", "exact F1", 0.80, 0.90, "petr_unit, its suite's actors only", found="actors only"),
    Line("petr_unit", "exact F1", 0.80, 0.90, "petr_unit, its suite's dictionaries as they are", found="dictionaries"),
    Line("plv_train", "root F1", 0.52, 0.62, "plv_train, negated and modal sentences", subset=True),
    Line("plover_gsr", "root F1", 0.52, 0.62, "plover_gsr, negated and modal sentences", subset=True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the gold sets")
    parser.add_argument("--actors", type=Path, default=OWN / "actors.txt", help="the fictional actors of petr_unit")
    parser.add_argument("--lexicon", type=Path, default=OWN / "lexicon", help="lexicon folder for petr_unit")
    parser.add_argument("--verbs", type=Path, nargs="*", default=[], help="petr_unit's own verb dictionary, as it is")
    parser.add_argument("--discards", type=Path, nargs="*", default=[], help="petr_unit's own discard list")
    parser.add_argument("--classes", action="store_true", help="print precision, recall and F1 of each class, too")
    options = parser.parse_args()
    sets = {line.data for line in LINES if (options.folder / f"{line.data}.jsonl").exists()}
    gold = {name: read_jsonl(options.folder / f"{name}.jsonl") for name in sorted(sets)}
    ours = {}
    for name, records in gold.items():
        own = name == "petr_unit"
        lexicons = [options.lexicon] if own and options.lexicon else []
        ours[name] = list(
            predict(records, actors=options.actors if own else None, ontology=load_ontology(None, lexicons))
        )
    if "petr_unit" in gold:
        ours["actors only"] = list(predict(gold["petr_unit"], actors=options.actors))
    if "petr_unit" in gold and options.verbs:
        theirs = load_ontology(None, (), options.verbs, options.discards)
        ours["dictionaries"] = list(predict(gold["petr_unit"], actors=options.actors, ontology=theirs))
    print("| data | measure | reached | 95 % interval | must | aim | " + " | ".join(PEERS.values()) + " |")
    print("| --- " * (6 + len(PEERS)) + "|")
    for line in LINES:
        if line.data in gold and (line.found or line.data) in ours:
            print(_row(line, gold[line.data], ours[line.found or line.data], options.folder))
    if "case2021_a" in gold:
        _print_acled(gold["case2021_a"])
    if options.classes:
        for name, records in gold.items():
            _print_classes(name, score(records, ours[name]))


def _print_acled(records: list[dict[str, Any]]) -> None:
    """ACLED's types and sub-events on conflict snippets, by the ontology that we ship."""
    acled = load_ontology("acled")
    found = predict(records, ontology=acled)
    report = score_types(records, found, labels_of("acled"), acled.codebook.types)
    for name in ("type F1", "type recall", "type and mode F1", "balanced no-event accuracy"):
        value, low, high = _figure(report, name)
        print(
            f"| case2021_a ({report.n}), ACLED's types | {name} | {value:.3f} | {low:.3f} to {high:.3f} | - | - | - | - |"
        )


def _print_classes(name: str, report: Report) -> None:
    for table in report.tables[:1]:
        print(f"\n{name}\n\n| " + " | ".join(table.columns) + " |\n" + "| --- " * len(table.columns) + "|")
        for row in table.rows:
            print("| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")


def _row(line: Line, records: list[dict[str, Any]], found: list[dict[str, Any]], folder: Path) -> str:
    if line.subset:
        records = [r for r in records if NEGATED_OR_MODAL.search(r["text"])]
    value, low, high = _figure(score(records, found), line.measure)
    peers = []
    for stem in PEERS:
        path = next(iter(sorted(folder.glob(f"peers/{stem}*__{line.data}.jsonl"))), None)
        peers.append(f"{_figure(score(records, read_jsonl(path)), line.measure)[0]:.3f}" if path else "-")
    mark = "aim" if value >= line.aim else "reached" if value >= line.must else "not reached"
    name = f"{line.shown or line.data} ({len(records)})"
    cells = [
        name,
        line.measure,
        f"{value:.3f} ({mark})",
        f"{low:.3f} to {high:.3f}",
        f"{line.must:.2f}",
        f"{line.aim:.2f}",
    ]
    return "| " + " | ".join(cells + peers) + " |"


def _figure(report: Report, name: str) -> tuple[float, float, float]:
    for measure in report.measures:
        if measure.name == name:
            return measure.value or 0.0, measure.low or 0.0, measure.high or 0.0
    return 0.0, 0.0, 0.0


if __name__ == "__main__":
    main()
