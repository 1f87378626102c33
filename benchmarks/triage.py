"""What is left out before the parse, and what that costs: sentences that can hold no event, documents that are not political.

    python benchmarks/triage.py ../shared/gold/events                              # what the sieve of sentences costs
    python benchmarks/triage.py ../shared/gold/events --news ../shared/gold/places/tr-news.jsonl ...

For each gold set: how many sentences are left out, how many of all coded events stood in them, and the recall with and
without. For each file of news: the share of sentences left out and the time that it takes; with whole documents, how
many are called not political, and which share of all coded events stands in them. Made-up articles (`news.py`) on
politics and on everything else say how well the two are told apart.

    python benchmarks/triage.py ../shared/gold/events --documents [--keep triage]   # what leaving out documents costs

Only what is left out has to be parsed for that: for each gold set the recall that is lost with the records that are called
not political, each taken as a document, which is hard on it, since most are one sentence; and the same in written articles
of every section of a paper (data/mixed_news.jsonl), of which events are known to stand in some.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kept
import news

from detente.document import Document
from detente.evaluation.event_export import predictions_of
from detente.evaluation.events import score
from detente.evaluation.report import read_jsonl
from detente.events.sentences import code_documents
from detente.events.sieve import default_sieve, is_political
from detente.language.triage import rough_sentences

SETS = ("plv_train", "plover_gsr", "cameo_manual", "conflibert_rounds_a", "case2021_a")
ARTICLES = 300
MIXED = Path(__file__).parent / "data" / "mixed_news.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the gold sets of events")
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="JSON Lines with a text in each record")
    parser.add_argument("--documents", action="store_true", help="only what leaving out documents costs")
    parser.add_argument("--keep", metavar="NAME", help="keep that in benchmarks/results/NAME.json")
    options = parser.parse_args()
    if options.documents or options.keep:
        load = os.getloadavg()[0]
        figures = cost_of_documents(options.folder)
        for name, value in figures.items():
            print(f"{name:<52} {value}")
        if options.keep:
            kept.keep(options.keep, figures, load=load)
        return
    print("| gold | sentences | left out | events | in what is left out | recall | recall without | lost |")
    print("| --- " * 8 + "|")
    for name in SETS:
        if (options.folder / f"{name}.jsonl").exists():
            print("| " + " | ".join(gold_row(name, read_jsonl(options.folder / f"{name}.jsonl"))) + " |")
    print("\n| news | sentences | left out | ms a sentence | documents | not political | events in these |")
    print("| --- " * 7 + "|")
    for path in options.news:
        print("| " + " | ".join(news_row(path)) + " |")
    print()
    for what, share in (("on politics", 1.0), ("on something else", 0.0)):
        pages = ["\n\n".join(news.article(n, political=share)[1]) for n in range(ARTICLES)]
        print(f"{sum(map(is_political, pages))} of {ARTICLES} made-up articles {what} are called political")


def cost_of_documents(folder: Path) -> dict[str, float]:
    """Points of recall that go with the gold records called not political; the same for written articles."""
    found: dict[str, float] = {}
    for name in SETS:
        if not (folder / f"{name}.jsonl").exists():
            continue
        records = read_jsonl(folder / f"{name}.jsonl")
        left_out = [r for r in records if not is_political(r["text"])]
        told = [r for r in left_out if r["events"]]
        found[f"{name}, documents left out, %"] = round(100 * len(left_out) / len(records), 1)
        found[f"{name}, points of recall"] = round(100 * recall_in(told) / sum(len(r["events"]) for r in records), 2)
    lost = [value for name, value in found.items() if name.endswith("recall")]
    if lost:
        found["documents left out cost, points of recall"] = round(sum(lost) / len(lost), 2)
    articles = read_jsonl(MIXED)
    events = [a for a in articles if a["event"]]
    others = [a for a in articles if not a["event"]]
    found["mixed news, articles"] = len(articles)
    found["mixed news, events lost, %"] = round(100 * sum(not is_political(a["text"]) for a in events) / len(events), 1)
    found["mixed news, others left out, %"] = round(
        100 * sum(not is_political(a["text"]) for a in others) / len(others), 1
    )
    return found


def recall_in(records: list[dict[str, Any]]) -> float:
    """How many gold events of these records are found when they are read."""
    if not records:
        return 0.0
    scheme = records[0]["scheme"]
    coded = code_documents(
        (Document.from_text(r["text"]) for r in records), statements=scheme.startswith(("cameo", "acled"))
    )
    rows = [{"id": r["id"], "events": predictions_of(f, scheme)} for r, f in zip(records, coded, strict=True)]
    measure = "root(any acceptable) recall" if scheme == "acled" else "root recall"
    return (score(records, rows).value(measure) or 0.0) * sum(len(r["events"]) for r in records)


def gold_row(name: str, records: list[dict[str, Any]]) -> Iterator[str]:
    """The cells of one gold set."""
    scheme = records[0]["scheme"]
    statements = scheme.startswith(("cameo", "acled"))
    sieve = default_sieve(statements)
    coded = code_documents((Document.from_text(r["text"]) for r in records), statements=statements)
    every, kept, sentences, skipped = [], [], 0, 0
    events = lost = 0
    for record, found in zip(records, coded, strict=True):
        passed = []
        start = 0
        for sentence in rough_sentences(record["text"]):
            passes = sieve.passes(sentence)
            sentences += 1
            skipped += not passes
            if passes:
                passed.append(range(start, start + len(sentence)))
            start += len(sentence)
        left = [e for e in found if e.trigger and any(e.trigger.start in span for span in passed)]
        events, lost = events + len(found), lost + len(found) - len(left)
        every.append({"id": record["id"], "events": predictions_of(found, scheme)})
        kept.append({"id": record["id"], "events": predictions_of(left, scheme)})
    measure = "root(any acceptable) recall" if scheme == "acled" else "root recall"
    before, after = (score(records, rows).value(measure) or 0.0 for rows in (every, kept))
    yield from (name, str(sentences), f"{skipped} ({skipped / sentences:.1%})", str(events), str(lost))
    yield from (f"{before:.4f}", f"{after:.4f}", f"{100 * (before - after):.2f} points")


def news_row(path: Path) -> Iterator[str]:
    """The cells of one file of news."""
    texts = [record["text"] for record in read_jsonl(path)]
    sieve = default_sieve()
    sentences = [s for text in texts for s in rough_sentences(text) if not s.isspace()]
    began = time.perf_counter()
    skipped = sum(not sieve.passes(s) for s in sentences)
    spent = time.perf_counter() - began
    political = [is_political(text) for text in texts]
    coded = [len(events) for events in code_documents(map(Document.from_text, texts))]
    lost = sum(n for n, kept in zip(coded, political, strict=True) if not kept)
    yield from (path.stem, str(len(sentences)), f"{skipped / len(sentences):.1%}")
    yield from (f"{1000 * spent / len(sentences):.2f}", str(len(texts)), str(political.count(False)))
    yield f"{lost} of {sum(coded)} ({lost / max(1, sum(coded)):.2%})"


if __name__ == "__main__":
    main()
