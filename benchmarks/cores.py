"""The whole reading, web pages in and record out: what a document costs, and what a second process gains.

    python benchmarks/cores.py [--documents 240] [--words 600] [--political 1.0] [--triage] [--keep cores]

Reads made-up pages (news.py) with `detente read --workers 1` and `--workers 2`, one after the other and back, and parses
the text of the same pages with spaCy as it comes. Starting up is taken off by reading a small folder as well. Processor
seconds count all processes: those of the page readers, which the system does not report when they are killed at the
end, are measured by reading the same pages in this process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import kept
import news
import spacy

from detente import Document, Record
from detente.language.pipeline import MODELS
from detente.sources import Limits
from detente.sources.readers import job_for, read_job

SMALL = 40


def write_pages(folder: Path, numbers: Iterable[int], words: int, political: float) -> None:
    folder.mkdir()
    for i in numbers:
        (folder / f"{i:06}.html").write_text(news.page(i, words=words, political=political), "utf-8")


def timed_read(folder: Path, record: Path, workers: int, options: list[str]) -> tuple[float, float]:
    """Processor seconds and seconds by the clock of one `detente read`."""
    began = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "detente",
        "read",
        str(folder),
        "-r",
        str(record),
        "-w",
        str(workers),
        "--json",
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the read failed with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began


def read_here(folder: Path) -> tuple[float, list[str]]:
    """Processor seconds of turning the pages into texts, and the texts."""
    texts, began = [], time.process_time()
    for file in sorted(folder.iterdir()):
        job = job_for(file.read_bytes(), str(file), Limits(), name=file.name)
        texts += [found.text for found in read_job(job) if isinstance(found, Document)]
    return time.process_time() - began, texts


def parse_bare(texts: list[str]) -> float:
    """Processor seconds of spaCy as it comes."""
    nlp = spacy.load(next(m for m in MODELS if spacy.util.is_package(m)))
    for _ in nlp.pipe(texts[:8]):
        pass
    began = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - began


def measure(
    documents: int, words: int, political: float, rounds: int, most: int, *, triage: bool
) -> dict[str, float | bool]:
    options = ["--triage"] if triage else []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        write_pages(place / "many", range(documents), words, political)
        write_pages(place / "few", range(documents, documents + SMALL), words, political)
        read_here(place / "few")
        pages, texts = read_here(place / "many")
        bare = parse_bare(texts[:120]) * len(texts) / len(texts[:120])
        costs: dict[int, list[tuple[float, float]]] = {1: [], most: []}
        for turn in range(rounds):
            for workers in (1, most) if turn % 2 == 0 else (most, 1):
                few = timed_read(place / "few", place / f"few{turn}-{workers}.detente", workers, options)
                many = timed_read(place / "many", place / f"many{turn}-{workers}.detente", workers, options)
                costs[workers].append((many[0] - few[0], many[1] - few[1]))
        hashes = set()
        for record in place.glob("many*.detente"):
            with Record(record) as rec:
                hashes.add(rec.contents_hash())
        count = documents - SMALL
        cpu = min(c for c, _ in costs[1])
        one, several = (min(w for _, w in costs[k]) for k in (1, most))
        return {
            "documents": documents,
            "words each": round(sum(len(t.split()) for t in texts) / len(texts)),
            "political share": political,
            "triage": triage,
            "pages, ms of processor each": round(1000 * pages / documents, 1),
            "bare parse, documents a processor second": round(documents / bare, 1),
            "whole reading, documents a processor second": round(1 / (cpu / count + pages / documents), 1),
            "whole reading over bare parse, times as fast": round((bare / documents) / (cpu / count + pages / documents), 2),
            "one worker, documents a second": round(count / one, 1),
            f"{most} workers, documents a second": round(count / several, 1),
            f"{most} workers over one": round(one / several, 2),
            "records equal": len(hashes) == 1,
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=240)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--political", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--triage", action="store_true", help="leave out what is not political")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", metavar="NAME", help="keep the figures in benchmarks/results/NAME.json")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    result = measure(asked.documents, asked.words, asked.political, asked.rounds, asked.workers, triage=asked.triage)
    if asked.keep:
        kept.keep(asked.keep, result, load=load)
    if asked.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:<52} {value}")


if __name__ == "__main__":
    main()
