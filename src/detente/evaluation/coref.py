"""Coreference against gold chains: MUC, B-cubed, CEAF-e and their mean, exact spans, summed over documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .report import Measure, Report

Chain = frozenset[tuple[int, int]]
THIRD_PERSON = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves".split()
)


def evaluate(gold: Path, *, predictions: Path | None = None) -> dict[str, Any]:
    """Scores of our chains, or of a file of predictions ({"id", "clusters": [[[start, end], ...], ...]} a line).

    `gold` is a file or a folder of files with {"id", "text", "ontogum_clusters"} a line. Gives precision, recall and F1
    of 'mention', 'muc', 'b3' and 'ceafe', their mean 'conll_f1', and 'pronouns_right': the share of third-person
    pronouns of the gold chains that we put in a chain with a phrase, no pronoun, of their gold chain.
    """
    records = [json.loads(line) for path in _files(gold) for line in path.read_text("utf-8").splitlines() if line]
    found = _read(predictions) if predictions else _predict(records)
    figures = score(records, found)
    measures = [Measure("CoNLL F1", figures["conll_f1"])]
    measures += [Measure(f"{name} F1", figures[name]["f"]) for name in ("muc", "b3", "ceafe", "mention")]
    measures.append(Measure("third-person pronouns in a right chain", figures["pronouns_right"], n=figures["pronouns"]))
    return {**Report("coref", str(gold), len(records), tuple(measures)).to_dict(), **figures}


def _files(gold: Path) -> list[Path]:
    return sorted(gold.glob("*.jsonl")) if gold.is_dir() else [gold]


def _read(path: Path) -> dict[str, list[Any]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)
    return {row["id"]: row["clusters"] for row in rows}


def _predict(records: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    from ..document import Document
    from ..language import parse
    from ..language.coreference import find_chains

    return {r["id"]: find_chains(parse(Document.from_text(r["text"])).doc).spans() for r in records}


def chains_of(clusters: Iterable[Iterable[Sequence[int]]]) -> list[Chain]:
    chains = (frozenset((int(s), int(e)) for s, e in cluster) for cluster in clusters)
    return [chain for chain in chains if len(chain) > 1]


def score(records: Sequence[dict[str, Any]], found: dict[str, list[Any]]) -> dict[str, Any]:
    """The figures over all records; a record without prediction counts as one without chains."""
    totals = {name: np.zeros(4) for name in ("mention", "muc", "b3", "ceafe")}
    right = pronouns = 0
    for record in records:
        gold, ours = chains_of(record["ontogum_clusters"]), chains_of(found.get(record["id"], []))
        for name, counts in counts_of(gold, ours).items():
            totals[name] += counts
        got, of = pronouns_right(record["text"], gold, ours)
        right, pronouns = right + got, pronouns + of
    figures: dict[str, Any] = {name: _prf(counts) for name, counts in totals.items()}
    figures["conll_f1"] = round(sum(figures[n]["f"] for n in ("muc", "b3", "ceafe")) / 3, 4)
    figures["pronouns_right"] = round(right / pronouns, 4) if pronouns else 0.0
    figures["pronouns"] = pronouns
    figures["documents"] = len(records)
    return figures


def counts_of(gold: Sequence[Chain], ours: Sequence[Chain]) -> dict[str, tuple[float, float, float, float]]:
    """By measure: right and all for precision, right and all for recall."""
    in_gold = {m: i for i, chain in enumerate(gold) for m in chain}
    in_ours = {m: i for i, chain in enumerate(ours) for m in chain}
    shared = len(in_gold.keys() & in_ours.keys())
    similarity = _aligned(gold, ours)
    return {
        "mention": (shared, len(in_ours), shared, len(in_gold)),
        "muc": (*_muc(ours, in_gold), *_muc(gold, in_ours)),
        "b3": (_b3(in_ours, ours, in_gold, gold), len(in_ours), _b3(in_gold, gold, in_ours, ours), len(in_gold)),
        "ceafe": (similarity, len(ours), similarity, len(gold)),
    }


def _muc(chains: Sequence[Chain], other: dict[tuple[int, int], int]) -> tuple[float, float]:
    kept = total = 0
    for chain in chains:
        parts = len({("in", other[m]) if m in other else ("alone", m) for m in chain})
        kept, total = kept + len(chain) - parts, total + len(chain) - 1
    return kept, total


def _b3(
    of: dict[tuple[int, int], int], chains: Sequence[Chain], other: dict[tuple[int, int], int], others: Sequence[Chain]
) -> float:
    return sum(len(chains[c] & others[other[m]]) / len(chains[c]) for m, c in of.items() if m in other)


def _aligned(gold: Sequence[Chain], ours: Sequence[Chain]) -> float:
    """The greatest sum of similarities (phi 4) over one-to-one pairs of chains."""
    if not gold or not ours:
        return 0.0
    table = np.array([[2 * len(g & o) / (len(g) + len(o)) for o in ours] for g in gold])
    return _assignment(table if len(gold) <= len(ours) else table.T)


def _assignment(table: np.ndarray) -> float:
    """The weight of the best assignment of all rows to columns (rows <= columns), by Kuhn and Munkres."""
    rows, columns = table.shape
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    partner, way = np.zeros(columns + 1, dtype=int), np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        partner[0], column = row, 0
        least, used = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            cost = -table[partner[column] - 1] - u[partner[column]] - v[1:]
            better = ~used[1:] & (cost < least[1:])
            least[1:][better], way[1:][better] = cost[better], column
            open_columns = np.where(~used[1:])[0] + 1
            following = int(open_columns[np.argmin(least[open_columns])])
            delta = least[following]
            u[partner[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            column = following
            if partner[column] == 0:
                break
        while column:
            partner[column], column = partner[way[column]], int(way[column])
    return float(sum(table[partner[j] - 1, j - 1] for j in range(1, columns + 1) if partner[j]))


def pronouns_right(text: str, gold: Sequence[Chain], ours: Sequence[Chain]) -> tuple[int, int]:
    """How many third-person pronouns share one of our chains with a phrase of their gold chain, and of how many."""
    by_mention = {m: chain for chain in ours for m in chain}
    right = total = 0
    for chain in gold:
        phrases = {m for m in chain if not _is_pronoun(text, m)}
        for mention in chain:
            if text[mention[0] : mention[1]].lower() in THIRD_PERSON and phrases:
                total += 1
                right += bool(by_mention.get(mention, frozenset()) & phrases)
    return right, total


def _is_pronoun(text: str, mention: tuple[int, int]) -> bool:
    words = text[mention[0] : mention[1]].lower()
    return words in THIRD_PERSON or words in {"i", "me", "my", "we", "us", "our", "you", "your", "this", "that"}


def _prf(counts: np.ndarray) -> dict[str, float]:
    p = counts[0] / counts[1] if counts[1] else 0.0
    r = counts[2] / counts[3] if counts[3] else 0.0
    return {
        "p": round(float(p), 4),
        "r": round(float(r), 4),
        "f": round(float(2 * p * r / (p + r)), 4) if p + r else 0.0,
    }
