"""What an evaluation says: measures with their uncertainty, tables, and how they are shown.

A scorer is a module `evaluation/<kind>.py` with `evaluate(gold, *, predictions=None) -> dict`, which returns
`Report.to_dict()`: {"kind", "gold", "n", "measures": [{"name", "value", "low", "high", "n"}],
"tables": [{"title", "columns", "rows"}]}. Values are shares from 0 to 1 unless the measure's name gives a unit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import UsageError

ROUNDS = 1000
SEED = 2011
"""Intervals are drawn with a fixed seed, so that the same predictions give the same figures."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure; `low` to `high` is its 95 % bootstrap interval over documents, `n` what it counts."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values under named columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that one evaluation of one gold file says; `n` is the number of documents."""

    kind: str
    gold: str
    n: int
    measures: tuple[Measure, ...] = ()
    tables: tuple[Table, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, numbers rounded to four decimals."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)), parse_float=lambda s: round(float(s), 4))
        return plain

    def value(self, name: str) -> float | None:
        """The value of the measure called `name`. Raises KeyError when there is none."""
        for measure in self.measures:
            if measure.name == name:
                return measure.value
        raise KeyError(name)


# --- counting -----------------------------------------------------------------------------------------------


def prf(tp: float, fp: float, fn: float) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; 0 where nothing was found or nothing was to be found."""
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


def f1_of(counts: Sequence[float]) -> float:
    """F1 of (tp, fp, fn): a statistic for `measure_of`."""
    return prf(counts[0], counts[1], counts[2])[2]


def precision_of(counts: Sequence[float]) -> float:
    return prf(counts[0], counts[1], counts[2])[0]


def recall_of(counts: Sequence[float]) -> float:
    return prf(counts[0], counts[1], counts[2])[1]


def share_of(counts: Sequence[float]) -> float:
    """The share of (right, all): a statistic for `measure_of`."""
    return counts[0] / counts[1] if counts[1] else 0.0


def measure_of(
    name: str,
    counts: Sequence[Sequence[float]],
    statistic: Callable[[Sequence[float]], float | None],
    *,
    n: int | None = None,
    rounds: int = ROUNDS,
) -> Measure:
    """A measure that depends on counts summed over documents, with its bootstrap interval.

    `counts` has one row a document (for example tp, fp, fn); `statistic` maps the summed row to the value.
    """
    rows = np.asarray(counts, dtype=float)
    if rows.size == 0:
        return Measure(name, None, n=0)
    low, high = bootstrap(rows, statistic, rounds=rounds)
    return Measure(name, statistic(rows.sum(axis=0)), low, high, len(rows) if n is None else n)


def bootstrap(
    rows: np.ndarray,
    statistic: Callable[[Sequence[float]], float | None],
    *,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> tuple[float | None, float | None]:
    """The 2.5 and 97.5 percentiles of `statistic` when documents (rows) are drawn with replacement.

    Source of the method: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile interval.
    """
    if len(rows) < 2:
        return None, None
    draws = np.random.default_rng(seed).multinomial(len(rows), [1 / len(rows)] * len(rows), size=rounds)
    values = [v for v in map(statistic, draws @ rows) if v is not None]
    if not values:
        return None, None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def class_table(counts: Mapping[str, Sequence[float]], *, title: str = "by class") -> Table:
    """Precision, recall and F1 of each class from its (tp, fp, fn), commonest class first."""
    rows = []
    for name, (tp, fp, fn) in sorted(counts.items(), key=lambda kv: (-kv[1][0] - kv[1][2], kv[0])):
        precision, recall, f1 = (round(x, 4) for x in prf(tp, fp, fn))
        rows.append((name, int(tp + fn), int(tp + fp), precision, recall, f1))
    return Table(title, ("class", "gold", "found", "precision", "recall", "F1"), tuple(rows))


def confusion_table(pairs: Iterable[tuple[str, str]], *, title: str = "gold (rows) against found") -> Table:
    """How often each gold class was found as which, for (gold, found) pairs."""
    counts = Counter(pairs)
    golds = sorted({g for g, _ in counts})
    founds = sorted({f for _, f in counts})
    rows = tuple((g, *(counts[g, f] for f in founds)) for g in golds)
    return Table(title, ("gold", *founds), rows)


# --- files --------------------------------------------------------------------------------------------------


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file. Raises UsageError that names file and line."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; give a gold file in JSON Lines (docs/reference/gold-formats.md)")
    records = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                records.append(_record(path, number, line))
    return records


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}, line {number}: not JSON ({error.msg}); one object a line is needed") from None
    if not isinstance(record, dict) or "id" not in record:
        raise UsageError(f'{path}, line {number}: an object with a key "id" is needed')
    return record


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Writes one record a line."""
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


# --- showing ------------------------------------------------------------------------------------------------


def print_report(report: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Prints what `evaluate` returned, for a reader or (`as_json`) for a program."""
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    console.print(f"[bold]{report['kind']}[/bold] on {report['gold']}: {report['n']} documents", highlight=False)
    if report["measures"]:
        rows = [(m["name"], m["value"], _interval(m), m.get("n")) for m in report["measures"]]
        console.print(_rich(Table("", ("measure", "value", "95 % interval", "n"), tuple(rows))))
    for table in report["tables"]:
        console.print(_rich(Table(table["title"], tuple(table["columns"]), tuple(map(tuple, table["rows"])))))


def _interval(measure: Mapping[str, Any]) -> str:
    low, high = measure.get("low"), measure.get("high")
    return "" if low is None or high is None else f"{low:.3f} to {high:.3f}"


def _rich(table: Table) -> Any:
    from rich.table import Table as RichTable

    shown = RichTable(title=table.title or None, title_justify="left")
    for column in table.columns:
        shown.add_column(column, overflow="fold")
    for row in table.rows:
        shown.add_row(*map(_cell, row))
    return shown


def _cell(value: Any) -> str:
    from rich.markup import escape

    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}"
    return escape(str(value))
