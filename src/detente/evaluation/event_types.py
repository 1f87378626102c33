"""Coded events against gold that speaks the types of another ontology: ACLED's, or those of a user's folder.

Gold: one object a line with `events`, whose `code` is a type of the ontology ('BATTLE'), 'TYPE/mode', or a label of
its `labels.csv`. A record whose only labels mean nothing in the ontology is left out and counted; one without
events expects none. Most sets hold one label a text, so that precision is a lower bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..claims import Event
from .event_export import actor_code
from .event_keys import Counts, compare
from .events import Record, confusions_of, count_classes, level_measures, no_event_measures
from .report import Measure, Report, class_table, confusion_table

THRESHOLD = 0.4
"""Events of less confidence are left out of a comparison."""
Kind = tuple[str, str]
"""A type and its mode; the mode is '' where the gold or the ontology gives none."""


def typed_predictions(events: Iterable[Event]) -> list[dict[str, str]]:
    """`{"type", "mode", "source", "target"}` of what is told as done, surest first."""
    kept = [e for e in events if e.confidence >= THRESHOLD and e.status == "done" and e.type != "STATEMENT"]
    kept.sort(key=lambda e: -e.confidence)
    found: list[dict[str, str]] = []
    for event in kept:
        sides = (event.actors[0] if event.actors else None, event.recipients[0] if event.recipients else None)
        source, target = map(actor_code, sides)
        row = {"type": event.type, "mode": event.mode or "", "source": source, "target": target}
        if row not in found:
            found.append(row)
    return found


def score_types(
    gold: Sequence[Record], found: Iterable[Record], labels: Mapping[str, Kind], types: Iterable[str], *, name: str = ""
) -> Report:
    """Scores `found` (in the form of `typed_predictions`) against `gold`, by type and by type with mode."""
    by_id = {r["id"]: r for r in found}
    known = set(types)
    levels: dict[str, list[Counts]] = defaultdict(list)
    classes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    modes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    confusions: list[tuple[str, str]] = []
    seen: list[tuple[bool, bool]] = []
    left_out = 0
    for record in gold:
        kinds = {k for e in record["events"] if (k := kind_of(e["code"], labels, known))}
        if record["events"] and not kinds:
            left_out += 1
            continue
        rows = [r for r in by_id.get(record["id"], {}).get("events") or [] if r["type"] in known]
        seen.append((bool(kinds), bool(rows)))
        golds, founds = {k[0] for k in kinds}, {r["type"] for r in rows}
        levels["type"].append(compare(golds, founds))
        count_classes(classes, golds, founds)
        confusions.extend(confusions_of(golds, founds))
        golds, founds = {f"{k}: {m}" for k, m in kinds if m}, {f"{r['type']}: {r['mode']}" for r in rows if r["mode"]}
        levels["type and mode"].append(compare(golds, founds))
        count_classes(modes, golds, founds)
    measures = [m for level in levels for m in level_measures(level, levels[level])]
    measures += no_event_measures(seen)
    measures.append(Measure("records whose labels the ontology lacks, left out", None, n=left_out))
    tables = (
        class_table(classes, title="by type"),
        class_table(modes, title="by type and mode"),
        confusion_table(confusions),
    )
    return Report("events", name, len(gold) - left_out, tuple(measures), tables)


def kind_of(code: str, labels: Mapping[str, Kind], known: set[str]) -> Kind | None:
    """The type and mode that a gold code means, None where the ontology has no such type."""
    if code in labels:
        return labels[code]
    if code in known:
        return code, ""
    kind, _, mode = code.rpartition("/")
    return (kind, mode) if kind in known else None
