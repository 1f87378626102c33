"""Stance towards a named target: is the sentence for it, against it, or neither?

Two forms of gold. JSON Lines as made from NewsMTSC: {"id", "text", "targets": [{"span": [start, end], "polarity":
"positive" | "negative" | "neutral", "also": [[start, end], ...]}]}: the light that news throws on a named person or
group. A table with tabs (.tsv) with the columns id, kind, target, first_reading, second_reading, sentence: the side
that a sentence takes on a thing, as `benchmarks/data/stance_sentences.tsv`; rows of one kind are counted apart, and
where there is a second reading the two readers are compared too. The measure is macro-F1 over favour, neutral and
oppose; intervals are drawn over sentences.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..errors import UsageError
from .report import Measure, Report, Table, class_table, confusion_table, measure_of, read_jsonl, write_jsonl

SIDES = ("favour", "neutral", "oppose")
POLARITY = {"positive": "favour", "negative": "oppose", "neutral": "neutral"}
COLUMNS = ("id", "kind", "target", "first_reading", "sentence")
PEERS = (
    ("VADER on the sentence", 0.512, 0.496),
    ("tf-idf and logistic regression, trained on its training half", 0.601, 0.571),
    ("GRU-TSC on RoBERTa, published", 0.831, 0.825),
)
"""Macro-F1 on NewsMTSC's real-world and multi-target test sets, as measured or published (Hamborg and Donnay 2021)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One target of one sentence, and the side that its reader saw."""

    id: str
    text: str
    spans: tuple[Span, ...]
    side: str
    kind: str = ""
    second: str = ""


def evaluate(gold: Path, *, predictions: Path | None = None) -> dict[str, Any]:
    """Reads the sentences of `gold`, finds the sides taken on their targets and scores them.

    With `predictions`, writes {"id", "span", "side"} for every target. Raises UsageError for a file of another form.
    """
    things = gold.suffix == ".tsv"
    asked = read_table(gold) if things else read_news(gold)
    found = predict(asked, things=things)
    if predictions:
        spans = ((a.spans[0].start, a.spans[0].end) for a in asked)
        write_jsonl(
            predictions, ({"id": a.id, "span": s, "side": f} for a, s, f in zip(asked, spans, found, strict=True))
        )
    return score(asked, found, name=str(gold)).to_dict()


def read_news(gold: Path) -> list[Asked]:
    """The targets of a JSON Lines file."""
    asked = []
    for number, row in enumerate(read_jsonl(gold), 1):
        for target in row.get("targets", ()):
            if target.get("polarity") not in POLARITY:
                raise UsageError(f"{gold}, record {number}: polarity must be one of {', '.join(POLARITY)}")
            spans = tuple(Span(*s) for s in (target["span"], *target.get("also", ())))
            asked.append(Asked(row["id"], row["text"], spans, POLARITY[target["polarity"]]))
    return asked


def read_table(gold: Path) -> list[Asked]:
    """The rows of a table with tabs."""
    if not gold.is_file():
        raise UsageError(f"{gold}: no such file")
    with gold.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{gold}: the column {missing[0]!r} is missing; needed are {', '.join(COLUMNS)}")
        return [_asked(gold, number, row) for number, row in enumerate(reader, 2)]


def _asked(gold: Path, number: int, row: dict[str, str]) -> Asked:
    at = row["sentence"].lower().find(row["target"].lower())
    if at < 0 or row["first_reading"] not in SIDES:
        raise UsageError(f"{gold}, line {number}: the target must stand in the sentence, the reading be one of {SIDES}")
    span = Span(at, at + len(row["target"]))
    return Asked(
        row["id"], row["sentence"], (span,), row["first_reading"], row["kind"], row.get("second_reading") or ""
    )


def predict(asked: Sequence[Asked], *, things: bool) -> list[str]:
    """The side that we see on each target: the judgement on a thing, or the light on a person or group."""
    from ..language import parse_many
    from ..statements.judging import Judge, side_of
    from ..statements.sentiment import side_towards

    judge = Judge()
    texts = list(dict.fromkeys(a.text for a in asked))
    parses = dict(zip(texts, parse_many(Document.from_text(t) for t in texts), strict=True))
    if things:
        return [side_of(parses[a.text].doc, a.spans[0], judge) for a in asked]
    return [side_towards(parses[a.text].doc, a.spans) for a in asked]


def score(asked: Sequence[Asked], found: Sequence[str], *, name: str = "gold") -> Report:
    """The report for predictions made by anybody, one side a target in the order of `asked`."""
    pairs = [(a.side, f) for a, f in zip(asked, found, strict=True)]
    measures = [_macro("macro-F1", asked, pairs)]
    for kind in dict.fromkeys(a.kind for a in asked if a.kind):
        chosen = [k for k, a in enumerate(asked) if a.kind == kind]
        measures.append(_macro(f"macro-F1: {kind}", [asked[k] for k in chosen], [pairs[k] for k in chosen]))
    read_twice = [a for a in asked if a.second]
    if read_twice:
        measures.append(_macro("reader against reader", read_twice, [(a.side, a.second) for a in read_twice]))
    classes = {s: _tp_fp_fn(pairs, s) for s in SIDES}
    tables = [class_table(classes, title="by side"), confusion_table(pairs)]
    if not read_twice:
        tables.append(Table("others on NewsMTSC, macro-F1", ("system", "real world", "multi-target"), PEERS))
    return Report("stance", name, len({a.text for a in asked}), tuple(measures), tuple(tables))


def _macro(name: str, asked: Sequence[Asked], pairs: Sequence[tuple[str, str]]) -> Measure:
    """Macro-F1 with one row of counts a sentence: hits, found and gold of each side."""
    rows: dict[str, list[float]] = {}
    for a, (gold, found) in zip(asked, pairs, strict=True):
        row = rows.setdefault(a.text, [0.0] * 9)
        for n, side in enumerate(SIDES):
            row[3 * n] += gold == found == side
            row[3 * n + 1] += found == side
            row[3 * n + 2] += gold == side
    return measure_of(name, list(rows.values()), macro_f1, n=len(pairs))


def macro_f1(counts: Sequence[float]) -> float:
    """The mean over sides of F1, from hits, found and gold of each."""
    scores = [
        2 * counts[n] / (counts[n + 1] + counts[n + 2]) if counts[n + 1] + counts[n + 2] else 0.0 for n in (0, 3, 6)
    ]
    return sum(scores) / len(scores)


def _tp_fp_fn(pairs: Iterable[tuple[str, str]], side: str) -> tuple[int, int, int]:
    pairs = list(pairs)
    right = sum(g == f == side for g, f in pairs)
    return right, sum(f == side != g for g, f in pairs), sum(g == side != f for g, f in pairs)
