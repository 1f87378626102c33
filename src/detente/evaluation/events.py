"""Coded events against gold: the rule of the scorer beside the gold data, with intervals, classes and confusions.

Gold: one object a line, {"id", "text", "scheme", "events": [{"source", "code", "target", ...}]}, no events where
none is expected; `scheme` is 'plover', 'plv', 'cameo', 'cameo_root' or 'acled' (with "roots_ok"). Most sets hold
one label a sentence, so that precision is a lower bound.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document import Document
from .event_export import predictions_of
from .event_keys import (
    Counts,
    code_of,
    compare,
    is_cameo,
    match,
    pair_of,
    quad_of,
    root_of,
    same_pair,
    unique,
)
from .report import (
    Measure,
    Report,
    class_table,
    confusion_table,
    f1_of,
    measure_of,
    precision_of,
    read_jsonl,
    recall_of,
    share_of,
    write_jsonl,
)

if TYPE_CHECKING:
    from ..events.ontology import Ontology

Record = Mapping[str, Any]
LEVELS = ("exact", "exact3", "root", "root(any acceptable)", "quad", "actors", "source", "target", "root+actors")
NEGATED_OR_MODAL = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|without|will|would|may|might|could|can|should|must|shall)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Sentences in which a negation or a modal verb stands: where earlier coders collapse."""


def evaluate(
    gold: Path,
    *,
    predictions: Path | None = None,
    found: Path | None = None,
    actors: Path | None = None,
    scheme: str | None = None,
    lexicons: Sequence[Path] = (),
    verbs: Sequence[Path] = (),
    discards: Sequence[Path] = (),
    ontology: str | None = None,
    negated_or_modal: bool = False,
) -> dict[str, Any]:
    """Codes the sentences of `gold` and scores what was found.

    `predictions` is written with what was found; `found` is scored instead of coding anew (another coder's output);
    `actors` is a dictionary of actors of the user's (PETRARCH format or a registry table); `lexicons` are lexicon
    folders of the user's, `verbs` and `discards` PETRARCH dictionaries; `ontology` is another codebook, by name or folder; `scheme` overrides the records' own;
    `negated_or_modal` keeps only sentences with a negation or a modal verb.
    Raises UsageError where a file cannot be read and CodebookError where a table is malformed.
    """
    from ..events.ontology import labels_of, load_ontology

    records = read_jsonl(gold)
    if negated_or_modal:
        records = [r for r in records if NEGATED_OR_MODAL.search(r["text"])]
    if scheme:
        records = [{**r, "scheme": scheme} for r in records]
    own = load_ontology(ontology, lexicons, verbs, discards)
    rows = read_jsonl(found) if found else list(predict(records, actors=actors, ontology=own))
    if predictions:
        write_jsonl(predictions, rows)
    if own.name == "plover":
        return score(records, rows, name=str(gold)).to_dict()
    from .event_types import score_types

    return score_types(records, rows, labels_of(str(ontology)), own.codebook.types, name=str(gold)).to_dict()


def predict(
    records: Iterable[Record], *, actors: Path | None = None, ontology: Ontology | None = None
) -> Iterator[dict[str, Any]]:
    """What the coder finds in each record's text, in the scorer's form and in order."""
    from ..events.ontology import load_ontology
    from ..events.sentences import code_documents
    from .event_types import typed_predictions

    own = ontology or load_ontology()
    pairs = [(Document.from_text(r["text"], published=r.get("date") or None), r) for r in records]
    coded = code_documents(
        (d for d, _ in pairs),
        actors=actors,
        lexicon=own.lexicon,
        codebook=own.codebook,
        statements=lambda i: pairs[i][1].get("scheme", "cameo").startswith(("cameo", "acled")),
    )
    for (_, record), events in zip(pairs, coded, strict=True):
        if own.name == "plover":
            yield {"id": record["id"], "events": predictions_of(events, record.get("scheme", "cameo"))}
        else:
            yield {"id": record["id"], "events": typed_predictions(events)}


def score(gold: Sequence[Record], found: Iterable[Record], *, name: str = "") -> Report:
    """Scores `found` (ids that are missing count as 'no event found') against `gold`."""
    by_id = {r["id"]: r for r in found}
    codes = [code_of(e) for r in by_id.values() for e in r.get("events") or []]
    any_plover = any(c and not is_cameo(c) and not re.fullmatch(r"PENTA\d", c) for c in codes)
    levels: dict[str, list[Counts]] = defaultdict(list)
    classes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    seen: list[tuple[bool, bool]] = []
    confusions: list[tuple[str, str]] = []
    first: list[tuple[float, float]] = []
    for record in gold:
        events = [e for e in by_id.get(record["id"], {}).get("events") or [] if code_of(e)]
        scheme = record.get("scheme", "cameo")
        space = scheme if scheme in {"plover", "plv"} else "plover" if any_plover and scheme != "penta" else "cameo"
        for level, counts in compare_record(record, events, scheme, space):
            levels[level].append(counts)
        golds = {root_of(code_of(e), space) for e in record["events"]} - {None}
        founds = {root_of(code_of(e), space) for e in events} - {None}
        if scheme not in {"acled", "penta", "binary"}:
            count_classes(classes, golds, founds)
            confusions.extend(confusions_of(golds, founds))
        if scheme in {"plover", "plv"} and record["events"]:
            best = next((k for e in events if (k := root_of(code_of(e), space))), None)
            first.append((float(best == root_of(code_of(record["events"][0]), space)), 1.0))
        seen.append(_has_events(record, events, scheme, space))
    measures = [m for level in LEVELS if level in levels for m in level_measures(level, levels[level])]
    measures += no_event_measures(seen)
    if first:
        measures.append(measure_of("first event: root accuracy", first, share_of))
    tables = (class_table({str(k): v for k, v in classes.items()}), confusion_table(confusions)) if classes else ()
    return Report("events", name, len(gold), tuple(measures), tables)


def compare_record(
    record: Record, events: Sequence[Mapping[str, Any]], scheme: str, space: str
) -> Iterator[tuple[str, Counts]]:
    """The counts of one record at every level that its scheme has."""
    golds = record["events"]
    if scheme == "cameo":
        yield "exact", compare(map(code_of, golds), map(code_of, events))
        yield "exact3", compare((code_of(e)[:3] for e in golds), (code_of(e)[:3] for e in events))
    if scheme == "acled":
        accepted = set(record.get("roots_ok") or [])
        roots = {root_of(code_of(e), "cameo") for e in events} - {None}
        if golds and accepted:
            hit = int(bool(accepted & roots))
            yield "root(any acceptable)", (hit, len(roots - accepted), 1 - hit)
    elif scheme not in {"penta", "binary"}:
        yield "root", compare((root_of(code_of(e), space) for e in golds), (root_of(code_of(e), space) for e in events))
    if scheme not in {"acled", "binary"}:
        yield (
            "quad",
            compare((quad_of(e, scheme, gold=True) for e in golds), (quad_of(e, scheme, gold=False) for e in events)),
        )
    yield from _compare_actors(golds, events, scheme, space)


def _compare_actors(
    golds: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]], scheme: str, space: str
) -> Iterator[tuple[str, Counts]]:
    gold_pairs = [p for p in unique(map(pair_of, golds)) if any(p)]
    if not gold_pairs and (golds or scheme not in {"cameo", "plover"}):
        return
    found_pairs = unique(map(pair_of, events))
    yield "actors", match(gold_pairs, found_pairs, same_pair)
    for side, name in enumerate(("source", "target")):
        wanted = {p[side] for p in gold_pairs} - {""}
        if wanted or not golds:
            yield name, compare(wanted, {p[side] for p in found_pairs} - {""})
    if scheme in {"cameo", "plover", "plv", "cameo_root"}:
        triples = [t for t in unique((root_of(code_of(e), space), *pair_of(e)) for e in golds) if t[0] and any(t[1:])]
        others = [t for t in unique((root_of(code_of(e), space), *pair_of(e)) for e in events) if t[0]]
        yield "root+actors", match(triples, others, lambda g, f: g[0] == f[0] and same_pair(g[1:], f[1:]))


def _has_events(record: Record, events: Sequence[Mapping[str, Any]], scheme: str, space: str) -> tuple[bool, bool]:
    """(gold has an event, an event was found); in PLOVER's terms statements are none."""
    found_root = any(root_of(code_of(e), space) for e in events)
    if scheme in {"plover", "plv"}:
        return bool(record["events"]), found_root
    if scheme == "cameo" and space == "plover":
        return any(root_of(code_of(e), space) for e in record["events"]), found_root
    return bool(record["events"]), bool(events)


def level_measures(level: str, counts: Sequence[Counts]) -> list[Measure]:
    return [
        measure_of(f"{level} F1", counts, f1_of),
        measure_of(f"{level} precision", counts, precision_of),
        measure_of(f"{level} recall", counts, recall_of),
    ]


def no_event_measures(seen: Sequence[tuple[bool, bool]]) -> list[Measure]:
    """Detection, specificity, the share of records that are right in this, and the mean of the first two."""
    rows = [(g and f, g, not g and not f, not g) for g, f in seen]
    found = [measure_of("detection", [r[:2] for r in rows if r[1]], share_of)]
    if any(not g for g, _ in seen):
        found.append(measure_of("no-event specificity", [r[2:] for r in rows if r[3]], share_of))
        found.append(measure_of("no-event accuracy", [(float(g == f), 1.0) for g, f in seen], share_of))
        found.append(measure_of("balanced no-event accuracy", rows, _balanced))
    return found


def _balanced(row: Sequence[float]) -> float | None:
    if not row[1] or not row[3]:
        return None
    return (row[0] / row[1] + row[2] / row[3]) / 2


def count_classes(classes: dict[str, list[int]], golds: set[Any], founds: set[Any]) -> None:
    for slot, keys in enumerate((golds & founds, founds - golds, golds - founds)):
        for key in keys:
            classes[key][slot] += 1


def confusions_of(golds: set[Any], founds: set[Any]) -> Iterator[tuple[str, str]]:
    """Right ones with themselves, missed ones with what was found in their place, or with 'none'."""
    for key in golds & founds:
        yield key, key
    for key in golds - founds:
        for other in founds - golds or {"none"}:
            yield key, other
    if not golds:
        for other in founds or {"none"}:
            yield "none", other
