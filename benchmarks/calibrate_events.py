"""Fits the confidence of events on development gold and prints the calibration curve.

    python benchmarks/calibrate_events.py ../shared/gold/events           # print the curve only
    python benchmarks/calibrate_events.py ../shared/gold/events --write   # and write tables/confidence.csv
    python benchmarks/calibrate_events.py ../shared/gold/events --figure docs/images/calibration-events.svg

A logistic regression over the features of `detente.events.confidence`, with a ridge penalty; the curve comes from
five folds over records, so that no event is judged by weights that saw its record. An event counts as right when
its root (CAMEO's first two digits, or the PLOVER type) is one of the record's. Most sets hold one label a sentence,
so that true confidence is somewhat higher than shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from detente.actors import find_actors
from detente.document import Document
from detente.evaluation.event_export import SCHEME_OF
from detente.evaluation.event_keys import root_of
from detente.evaluation.report import read_jsonl
from detente.events.codebook import load_codebook
from detente.events.coder import Coding, candidates_of
from detente.events.confidence import TABLE, features
from detente.events.lexicon import load_lexicon
from detente.language import find_dates, parse_many
from detente.places import find_places

SETS = {"plv_train": 1.0, "plover_gsr": 1.0, "cameo_manual": 1.0, "case2021_a": 1.0, "conflibert_rounds_a": 4.0}
"""Gold set to weight: natural news counts fourfold, since it is what users read and there is little of it."""
RIDGE = 2.0
FOLDS = 5
Example = tuple[list[str], bool, float, int]
"""Features, whether it is right, weight, fold."""


def examples(folder: Path) -> Iterator[Example]:
    """One example for each event found in the gold sets of `folder`."""
    for name, weight in SETS.items():
        path = folder / f"{name}.jsonl"
        if path.exists():
            records = read_jsonl(path)
            parses = parse_many(Document.from_text(r["text"]) for r in records)
            for number, (record, parse) in enumerate(zip(records, parses, strict=True)):
                for names, right in _of_record(record, parse):
                    yield names, right, weight, number % FOLDS


def _of_record(record: dict[str, Any], parse: Any) -> Iterator[tuple[list[str], bool]]:
    scheme = record["scheme"]
    space = scheme if scheme in {"plover", "plv"} else "cameo"
    accepted = set(record.get("roots_ok") or []) or {root_of(e["code"], space) for e in record["events"]}
    book = load_codebook()
    where = find_places(parse)
    coding = Coding(parse, find_actors(parse), load_lexicon(), book, where)
    for found in candidates_of(coding, where, find_dates(parse), (), scheme == "cameo_root"):
        code = book.type_of(found.event.cameo or "", SCHEME_OF.get(scheme, "cameo"))
        statement = (found.event.cameo or "").startswith("01") and scheme != "cameo_root"
        alone = not found.event.actors and not found.event.recipients and scheme != "acled"
        if code is not None and not statement and not alone:
            yield list(features(coding, found.candidate, found.roles)), root_of(code, space) in accepted


def fit(matrix: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights of the ridge logistic regression by Newton's method; the last column is the intercept."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], RIDGE)
    penalty[-1] = 0.01
    for _ in range(30):
        share = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (weight * (share - right)) + penalty * weights
        curvature = (matrix * (weight * share * (1 - share))[:, None]).T @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the gold sets")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    parser.add_argument("--figure", type=Path, help="draw the curve here, as SVG")
    options = parser.parse_args()
    rows = list(examples(options.folder))
    names = sorted({name for row in rows for name in row[0]})
    index = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, -1] = 1
    for k, row in enumerate(rows):
        matrix[k, [index[name] for name in row[0]]] = 1
    right = np.array([row[1] for row in rows], float)
    weight = np.array([row[2] for row in rows])
    fold = np.array([row[3] for row in rows])
    shares = np.zeros(len(rows))
    for k in range(FOLDS):
        weights = fit(matrix[fold != k], right[fold != k], weight[fold != k])
        shares[fold == k] = 1 / (1 + np.exp(-matrix[fold == k] @ weights))
    print("Cross-validated, weights fitted anew:\n")
    print_curve(shares, right)
    print("\nThe weights that ship, on all of it:\n")
    print_curve(1 / (1 + np.exp(-matrix @ shipped(names))), right)
    if options.figure:
        options.figure.write_text(drawn(shares, right), encoding="utf-8")
    if options.write:
        weights = fit(matrix, right, weight)
        lines = ["feature;weight", f"bias;{weights[-1]:.3f}", *(f"{n};{weights[index[n]]:.3f}" for n in names)]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shipped(names: list[str]) -> np.ndarray:
    """The weights in `TABLE` in the order of `names`, the intercept last; 0 for features that the table lacks."""
    rows = dict(line.rsplit(";", 1) for line in TABLE.read_text("utf-8").splitlines()[1:])
    return np.array([float(rows.get(name, 0)) for name in [*names, "bias"]])


def print_curve(shares: np.ndarray, right: np.ndarray) -> None:
    """Ten bands of confidence, how many events each holds, and which share of them is right."""
    print("| confidence | events | mean confidence | right |\n| --- | --- | --- | --- |")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        band = (shares >= low) & (shares < low + 0.1)
        if band.any():
            mean, true = shares[band].mean(), right[band].mean()
            error += band.mean() * abs(mean - true)
            print(f"| {low:.1f} to {low + 0.1:.1f} | {band.sum()} | {mean:.2f} | {true:.2f} |")
    print(f"\nexpected calibration error {error:.3f}, events {len(right)}, right {right.mean():.3f}")


def drawn(shares: np.ndarray, right: np.ndarray) -> str:
    """The curve as SVG: for each band of confidence a dot as large as its events are many, and the line of perfect ones."""
    size, edge = 320, 50
    dots = []
    for low in np.arange(0, 1, 0.1):
        band = (shares >= low) & (shares < low + 0.1)
        if band.any():
            x, y = edge + size * shares[band].mean(), edge + size * (1 - right[band].mean())
            label = f"{band.sum()} events of confidence {low:.1f} to {low + 0.1:.1f}: {right[band].mean():.2f} right"
            radius = 3 + 12 * np.sqrt(band.mean())
            dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{label}</title></circle>')
    ticks = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = size * tick
        ticks.append(f'<text x="{edge + at:.0f}" y="{edge + size + 18}" text-anchor="middle">{tick:g}</text>')
        ticks.append(f'<text x="{edge - 8}" y="{edge + size - at + 4:.0f}" text-anchor="end">{tick:g}</text>')
    whole = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" '
        'role="img" font-family="sans-serif" font-size="12"><title>Calibration of event confidence</title>'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
        f'<path d="M{edge} {edge + size}L{edge + size} {edge}" stroke="#999" stroke-dasharray="4 4"/>'
        f'<path d="M{edge} {edge}V{edge + size}H{edge + size}" fill="none" stroke="#333"/>'
        f'<g fill="#1f6f8b" fill-opacity=".75">{"".join(dots)}</g><g fill="#333">{"".join(ticks)}'
        f'<text x="{edge + size / 2}" y="{whole - 10}" text-anchor="middle">confidence</text>'
        f'<text transform="translate(14 {edge + size / 2}) rotate(-90)" text-anchor="middle">share that is right</text>'
        "</g></svg>\n"
    )


if __name__ == "__main__":
    main()
