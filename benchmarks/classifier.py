"""The lexicon alone against the lexicon with a small learned classifier, trained on sentences of this project.

    python benchmarks/classifier.py ../shared/gold/events            # trains, compares, prints the table
    python benchmarks/classifier.py ../shared/gold/events --weights weights.npz

Trains a softmax regression (17 classes: PLOVER's types and 'none') on the codebook's example sentences and on made-up
sentences of `news.py`, over features of the parse and the lexicon; no name is a feature. Compares on gold sets that
neither it nor a sentence of ours was made from: (a) the coder alone; (b1) no event where the classifier says 'none'
with more than the share; (b2) the classifier's type where the coder finds nothing, or nothing that it is sure of; and
the classifier alone. About two minutes.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import news
import numpy as np

from detente.actors import find_actors
from detente.claims import Event
from detente.document import Document
from detente.evaluation.event_export import predictions_of
from detente.evaluation.events import score
from detente.evaluation.report import read_jsonl
from detente.events.codebook import load_codebook
from detente.events.coder import code_events
from detente.events.lexicon import load_lexicon
from detente.events.ontology import EXAMPLES
from detente.language import Parse, find_dates, parse_many
from detente.places import find_places

SETS = ("plv_train", "plover_gsr", "cameo_manual", "conflibert_rounds_a", "case2021_a")
NONE = "none"
SURE = 0.5
"""The coder's confidence below which (b2) lets the classifier speak."""
SHARES = (0.5, 0.7, 0.9)
RIDGE, STEPS, RATE = 1e-3, 300, 0.3
MADE_UP = 600


@dataclass
class Read:
    """One text as the coder sees it."""

    features: list[str]
    events: tuple[Event, ...]


@dataclass
class Model:
    """Weights of the softmax regression: one row a feature, one column a class."""

    index: dict[str, int]
    classes: list[str]
    weights: np.ndarray

    def shares(self, features: Iterable[str]) -> np.ndarray:
        rows = [self.index[f] for f in features if f in self.index] + [len(self.index)]
        total = self.weights[rows].sum(axis=0)
        share = np.exp(total - total.max())
        return share / share.sum()


# --- features ------------------------------------------------------------------------------------------------


def readings(texts: Sequence[str], statements: bool = False) -> Iterator[Read]:
    """Each text parsed and coded, with its features."""
    for parse in parse_many(Document.from_text(t) for t in texts):
        events = code_events(parse, find_actors(parse), find_places(parse), find_dates(parse), statements=statements)
        yield Read(sorted(set(features(parse, events))), events)


def features(parse: Parse, events: Iterable[Event]) -> Iterator[str]:
    """Lemmas, what governs what, classes of the lexicon, kinds of names, and what the coder found."""
    lexicon = load_lexicon()
    for token in parse.doc:
        if token.ent_type_:
            yield f"name={token.ent_type_}"
        if token.pos_ not in {"VERB", "NOUN", "ADJ", "ADP", "AUX"}:
            continue
        yield f"lemma={token.lemma_}"
        yield from (f"class={name}" for name in lexicon.classes_of(token.lemma_))
        if token.dep_ in {"dobj", "pobj", "prt", "prep", "xcomp", "neg", "aux"}:
            yield f"{token.dep_}={token.head.lemma_}+{token.lemma_}"
        if token.dep_ == "ROOT":
            yield f"root={token.lemma_}"
    for event in events:
        yield f"coded={event.type}"
        yield f"coded={event.type} {event.status} {round(event.confidence * 4)}"
    yield f"events={min(3, len(tuple(events)))}"


# --- training ------------------------------------------------------------------------------------------------


def sentences() -> list[tuple[str, str]]:
    """(sentence, type or 'none'): the codebook's examples and made-up news of no politics."""
    book = load_codebook()
    found: dict[str, str] = {}
    for name in ("cameo", "plover", "modes", "none"):
        with (EXAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter=";"):
                if name == "none":
                    found[row["sentence"]] = NONE
                elif row["is"] == "yes":
                    kind = row.get("type") or (row["code"] if row["code"] in book.types else book.type_of(row["code"]))
                    found.setdefault(row["sentence"], kind or NONE)
    dice = random.Random(7)
    for templates in (*news.KINDS.values(), news.AROUND):
        for _ in range(MADE_UP // (len(news.KINDS) + 1)):
            found.setdefault(news.sentence(dice, templates), NONE)
    return list(found.items())


def train(reads: Sequence[Read], labels: Sequence[str]) -> Model:
    """Softmax regression with a ridge penalty, by gradient steps with momentum; features seen once are left out."""
    counts: dict[str, int] = {}
    for read in reads:
        for name in read.features:
            counts[name] = counts.get(name, 0) + 1
    index = {name: k for k, name in enumerate(sorted(n for n, c in counts.items() if c > 1))}
    classes = sorted(set(labels))
    matrix = np.zeros((len(reads), len(index) + 1), np.float32)
    matrix[:, -1] = 1
    for k, read in enumerate(reads):
        matrix[k, [index[f] for f in read.features if f in index]] = 1
    wanted = np.zeros((len(reads), len(classes)), np.float32)
    wanted[np.arange(len(reads)), [classes.index(label) for label in labels]] = 1
    weights = np.zeros((len(index) + 1, len(classes)), np.float32)
    speed = np.zeros_like(weights)
    for _ in range(STEPS):
        total = matrix @ weights
        share = np.exp(total - total.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        gradient = matrix.T @ (share - wanted) / len(reads) + RIDGE * weights
        speed = 0.9 * speed - RATE * gradient
        weights += speed
    return Model(index, classes, weights)


# --- comparing -----------------------------------------------------------------------------------------------

Choose = Callable[[Read, np.ndarray, list[dict[str, str]], str], list[dict[str, str]]]


def alone(read: Read, shares: np.ndarray, rows: list[dict[str, str]], best: str) -> list[dict[str, str]]:
    return rows


def gated(limit: float, none: int) -> Choose:
    def choose(read: Read, shares: np.ndarray, rows: list[dict[str, str]], best: str) -> list[dict[str, str]]:
        return [] if shares[none] > limit else rows

    return choose


def filled(limit: float) -> Choose:
    def choose(read: Read, shares: np.ndarray, rows: list[dict[str, str]], best: str) -> list[dict[str, str]]:
        sure = [e for e in read.events if e.confidence >= SURE]
        if sure or best == NONE or shares.max() <= limit:
            return rows
        actors = rows[0] if rows else {"source": "", "target": ""}
        return [{"source": actors["source"], "code": best, "target": actors["target"]}]

    return choose


def learned(read: Read, shares: np.ndarray, rows: list[dict[str, str]], best: str) -> list[dict[str, str]]:
    return [] if best == NONE else [{"source": "", "code": best, "target": ""}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the gold sets")
    parser.add_argument("--weights", type=Path, help="write the trained weights here")
    options = parser.parse_args()
    own = sentences()
    reads = list(readings([s for s, _ in own]))
    labels = [label for _, label in own]
    model = train(reads, labels)
    held_out = [k for k in range(len(own)) if k % 5 == 0]
    rest = [k for k in range(len(own)) if k % 5]
    fold = train([reads[k] for k in rest], [labels[k] for k in rest])
    right = np.mean([fold.classes[int(fold.shares(reads[k].features).argmax())] == labels[k] for k in held_out])
    size = model.weights.astype(np.float16).nbytes / 1e6
    print(f"{len(own)} sentences, {len(model.index)} features, {len(model.classes)} classes, {size:.2f} MB of weights")
    print(f"right on a held-out fifth of our own sentences: {right:.3f}\n")
    if options.weights:
        np.savez_compressed(options.weights, weights=model.weights.astype(np.float16), names=list(model.index))
    compare(model, options.folder)


def compare(model: Model, folder: Path) -> None:
    """Prints one row a gold set and way of deciding."""
    none = model.classes.index(NONE)
    ways: dict[str, Choose] = {"(a) lexicon alone": alone}
    ways |= {f"(b1) none above {limit}": gated(limit, none) for limit in SHARES}
    ways |= {f"(b2) type above {limit} where unsure": filled(limit) for limit in SHARES}
    ways |= {"classifier alone": learned}
    print(
        "| data | way | root F1 | precision | recall | balanced no-event accuracy |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name in SETS:
        path = folder / f"{name}.jsonl"
        if not path.exists():
            continue
        gold = read_jsonl(path)
        scheme = gold[0]["scheme"]
        reads = list(readings([r["text"] for r in gold], scheme.startswith(("cameo", "acled"))))
        shares = [model.shares(read.features) for read in reads]
        for way, choose in ways.items():
            rows = [
                {
                    "id": r["id"],
                    "events": choose(read, s, predictions_of(read.events, scheme), model.classes[int(s.argmax())]),
                }
                for r, read, s in zip(gold, reads, shares, strict=True)
            ]
            print("| " + " | ".join([f"{name} ({len(gold)})", way, *figures(gold, rows, scheme)]) + " |")


def figures(gold: list[dict[str, Any]], rows: list[dict[str, Any]], scheme: str) -> Iterator[str]:
    if scheme.startswith(("cameo", "acled")):  # both sides in CAMEO's roots
        for row in rows:
            row["events"] = [{**e, "code": ROOTS.get(e["code"], e["code"])} for e in row["events"]]
    values = {m.name: m.value for m in score(gold, rows).measures}
    level = "root(any acceptable)" if scheme == "acled" else "root"
    for what in ("F1", "precision", "recall"):
        yield f"{values[f'{level} {what}'] or 0:.3f}"
    balanced = values.get("balanced no-event accuracy")
    yield "-" if balanced is None else f"{balanced:.3f}"


ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "19",
}  # fmt: skip
"""The CAMEO root that stands for a type where the classifier speaks and the gold has CAMEO's codes."""

if __name__ == "__main__":
    main()
