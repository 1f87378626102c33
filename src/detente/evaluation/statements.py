"""Attributions: which cues, sources and contents are found, and which belong together.

Gold and predictions: one object a line, {"id", "text", "attributions": [{"source": [start, end] or null, "cue":
[start, end] or null, "content": [[start, end], ...]}]}. F1 is micro-averaged over documents. The measures are
those for PolNeAR (Newell, Margolin and Ruths, LREC 2018) in ../shared/gold: a cue counts with one shared token,
a source with its head, a pair with the source's head and half of the content's tokens, a triple with the cue too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..document import Document, Span
from .attribution_scores import score_document
from .report import Measure, Report, Table, f1_of, measure_of, prf, read_jsonl, share_of, write_jsonl

MEASURES = ("cue", "source head", "content tokens", "source+content pair", "whole triple")
KINDS = (
    "direct",
    "indirect",
    "mixed",
    "nested",
    "pronoun speaker",
    "nominal speaker",
    "no speaker",
    "several sentences",
    "several pieces",
)


def evaluate(gold: Path, *, predictions: Path | None = None) -> dict[str, Any]:
    """Reads the texts of `gold`, finds their attributions and scores them; writes them to `predictions`."""
    records = read_jsonl(gold)
    found = predict(records)
    if predictions:
        write_jsonl(predictions, found)
    return score(records, found, name=str(gold)).to_dict()


def predict(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What detente finds, in the form of the gold file."""
    from ..actors import find_actors
    from ..language import find_dates, parse_many
    from ..statements import find_attributions

    documents = [Document.from_text(r["text"], published=r.get("date") or None) for r in records]
    found = []
    for record, parsed in zip(records, parse_many(documents), strict=True):
        claims = find_attributions(parsed, find_actors(parsed), find_dates(parsed))
        plainly = [plain(c.source, c.cue, c.content) | {"nested": bool(c.parent)} for c in claims]
        found.append({"id": record["id"], "attributions": plainly})
    return found


def plain(source: Span | None, cue: Span | None, content: Iterable[Span]) -> dict[str, Any]:
    """One attribution in the form of the gold file."""
    return {
        "source": [source.start, source.end] if source else None,
        "cue": [cue.start, cue.end] if cue else None,
        "content": [[c.start, c.end] for c in content],
    }


def score(gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], *, name: str = "gold") -> Report:
    """The report for predictions made by anybody, in the form of the gold file."""
    by_id = {record["id"]: record["attributions"] for record in found}
    scored = [score_document(r["text"], r["attributions"], by_id.get(r["id"], [])) for r in gold]
    counts = [c for c, _, _ in scored]
    measures = _f1_measures(counts, "F1")
    measures += [_kind_measure(kind, [(r, k) for _, r, k in scored]) for kind in KINDS]
    measures += _outer_measures(gold, by_id)
    return Report("statements", name, len(gold), tuple(measures), (_table(counts),))


def _outer_measures(gold: Sequence[Mapping[str, Any]], by_id: Mapping[str, Any]) -> list[Measure]:
    """The same without what was found inside other statements, for gold whose annotators did not look there."""
    outer = {name: [a for a in found if not a.get("nested")] for name, found in by_id.items()}
    if sum(map(len, outer.values())) == sum(map(len, by_id.values())):
        return []
    counts = [score_document(r["text"], r["attributions"], outer.get(r["id"], []))[0] for r in gold]
    return _f1_measures(counts, "F1, nested ones left out")


def _f1_measures(counts: Sequence[Mapping[str, tuple[int, int, int]]], what: str) -> list[Measure]:
    return [
        measure_of(f"{m} {what}", [_counts(c[m]) for c in counts], f1_of, n=sum(c[m][2] for c in counts))
        for m in MEASURES
    ]


def _counts(triple: tuple[int, int, int]) -> tuple[int, int, int]:
    right, found, gold = triple
    return right, found - right, gold - right


def _kind_measure(kind: str, rows: Sequence[tuple[Counter[str], Counter[str]]]) -> Measure:
    """The share of the gold pairs of one kind that are found."""
    counts = [(right[kind], all_[kind]) for right, all_ in rows]
    total = sum(n for _, n in counts)
    if not total:
        return Measure(f"pair recall: {kind}", None, n=0)
    return measure_of(f"pair recall: {kind}", counts, share_of, n=total)


def _table(counts: Sequence[Mapping[str, tuple[int, int, int]]]) -> Table:
    """Precision and recall beside F1."""
    rows = []
    for measure in MEASURES:
        right, found, gold = (sum(c[measure][k] for c in counts) for k in range(3))
        precision, recall, f1 = (round(x, 4) for x in prf(right, found - right, gold - right))
        rows.append((measure, gold, found, precision, recall, f1))
    return Table("precision and recall", ("measure", "gold", "found", "precision", "recall", "F1"), tuple(rows))
