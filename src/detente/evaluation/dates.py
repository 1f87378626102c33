"""Time expressions: which words are one, of which type, and with which TIMEX3 value.

Gold and predictions: one object a line, {"id", "text", "reference_date", "timexes": [{"span": [start, end],
"value", "type"}]}. Matching as in TempEval-3 (UzZaman et al., SemEval 2013, task 1): strict is the same tokens,
relaxed at least one token in common, one to one, largest overlap first; a type or value counts on relaxed matches.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .report import (
    Measure,
    Report,
    Table,
    f1_of,
    measure_of,
    precision_of,
    read_jsonl,
    recall_of,
    share_of,
    write_jsonl,
)

Timex = Mapping[str, Any]
TYPES = ("DATE", "TIME", "DURATION", "SET")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def evaluate(gold: Path, *, predictions: Path | None = None) -> dict[str, Any]:
    """Finds the time expressions of the texts of `gold` against their reference dates, and scores them.

    With `predictions`, writes what was found there, in the form of the gold file. Raises UsageError when `gold`
    cannot be read.
    """
    records = read_jsonl(gold)
    for _ in predict([{"id": "", "text": ""}]):  # so that what is imported is not timed
        pass
    started = time.process_time()
    found = list(predict(records))
    spent = time.process_time() - started
    if predictions:
        write_jsonl(predictions, found)
    report = score(records, found, name=str(gold))
    speed = Measure("documents a processor second", len(records) / spent if spent else None, n=len(records))
    return Report(report.kind, report.gold, report.n, (*report.measures, speed), report.tables).to_dict()


def predict(records: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """What we find in each record's text, as `read` finds it."""
    from ..language.dates import find_times

    for record in records:
        times = find_times(
            record.get("text") or "", reference=record.get("reference_date"), outlet=record.get("outlet")
        )
        yield {
            "id": record["id"],
            "timexes": [
                {
                    "span": [t.span.start, t.span.end],
                    "value": t.value,
                    "type": t.type,
                    **({"mod": t.mod} if t.mod else {}),
                }
                for t in times
            ],
        }


def score(records: Sequence[Mapping[str, Any]], found: Iterable[Mapping[str, Any]], *, name: str = "") -> Report:
    """Scores predictions, ours or anybody's, against gold records. Nested gold expressions are left out."""
    by_id = {prediction["id"]: prediction for prediction in found}
    names = ("strict", "relaxed", "type", "value")
    counts: dict[str, list[tuple[float, float, float]]] = {n: [] for n in names}
    days: list[tuple[float, float]] = []
    classes: Counter[tuple[str, str]] = Counter()
    for record in records:
        tokens = [m.span() for m in _TOKEN.finditer(record["text"])]
        gold = [(t, touched(tokens, t["span"])) for t in record.get("timexes", ()) if not t.get("nested")]
        ours = [(t, touched(tokens, t["span"])) for t in by_id.get(record["id"], {}).get("timexes", ())]
        ours = [(t, ts) for t, ts in ours if ts]
        pairs = [(gold[i][0], ours[j][0]) for i, j in matches([ts for _, ts in gold], [ts for _, ts in ours])]
        strict = sum((Counter(ts for _, ts in gold) & Counter(ts for _, ts in ours)).values())
        typed = sum(g["type"] == f.get("type") for g, f in pairs)
        valued = sum(bool(g.get("value")) and g["value"] == f.get("value") for g, f in pairs)
        for key, right in zip(names, (strict, len(pairs), typed, valued), strict=True):
            counts[key].append((right, len(ours) - right, len(gold) - right))
        whole = [g for g, _ in gold if _DAY.fullmatch(g.get("value") or "")]
        right_days = sum(
            bool(_DAY.fullmatch(g.get("value") or "")) and (f.get("value") or "")[:10] == g["value"] for g, f in pairs
        )
        days.append((right_days, len(whole)))
        for g, _ in gold:
            classes[g["type"], "gold"] += 1
        for f, _ in ours:
            classes[f.get("type", ""), "found"] += 1
        for g, f in pairs:
            classes[g["type"], "relaxed"] += 1
            classes[g["type"], "value"] += bool(g.get("value")) and g["value"] == f.get("value")
    return Report("dates", name, len(records), tuple(measures(counts, days)), (type_table(classes),))


def measures(
    counts: Mapping[str, Sequence[tuple[float, float, float]]], days: Sequence[tuple[float, float]]
) -> Iterable[Measure]:
    """Precision, recall and F1 of each way of matching, and the share of whole days that are right."""
    for name, rows in counts.items():
        n = int(sum(tp + fn for tp, _, fn in rows))
        for part, statistic in (("F1", f1_of), ("precision", precision_of), ("recall", recall_of)):
            yield measure_of(f"{name} {part}", rows, statistic, n=n)
    yield measure_of("whole days right", days, share_of, n=int(sum(n for _, n in days)))


def type_table(classes: Mapping[tuple[str, str], int]) -> Table:
    """For each gold type: how many there are, how many were met, and how many of those have the right value."""
    rows = tuple(
        (kind, classes[kind, "gold"], classes[kind, "found"], classes[kind, "relaxed"], classes[kind, "value"])
        for kind in TYPES
    )
    return Table("by type of the gold", ("type", "gold", "found", "met", "right value"), rows)


def touched(tokens: Sequence[tuple[int, int]], span: Sequence[int]) -> frozenset[int]:
    """The numbers of the tokens that `span` touches."""
    return frozenset(n for n, (start, end) in enumerate(tokens) if end > span[0] and start < span[1])


def matches(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """One-to-one pairs that share a token, by the largest share in common, then by place."""
    candidates = sorted(
        (-len(g & f) / len(g | f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
