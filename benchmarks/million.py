"""A million made-up documents of 100 words read through to a record: rate, memory, size of the file, as it grows.

    python benchmarks/million.py --documents 1000000 --minutes 60
    python benchmarks/million.py --political 0.1 --triage --keep million-mixed --minutes 60   # mixed news

Documents come in JSON Lines files of `--chunk` documents, each read by one `Record.read` on all cores and deleted
afterwards. After each, a run is added to benchmarks/results/NAME.json (`--keep`), so that one that was stopped tells how
far it came. The same command goes on with the next numbers, whatever became of the record: into it where it is still
there, into a new one where it is not, so that many short runs add up. `--minutes` ends it between two files.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

import kept
import news

from detente import Record
from detente.reading import Reader
from detente.record.cores import usable_cores

MIB = 1024 * 1024


def write_chunk(file: Path, numbers: range, words: int, political: float) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for i in numbers:
            title, paragraphs = news.article(i, words=words, political=political)
            entry = {"id": str(i), "title": title, "date": f"2021-{1 + i % 12:02}-{1 + i % 28:02}", "source": f"Paper {i % 40}",
                     "text": "\n\n".join(paragraphs)}  # fmt: skip
            lines.write(json.dumps(entry) + "\n")


class Memory:
    """The most that this process, and the largest of its descendants, hold while it is watched."""

    def __init__(self) -> None:
        self.own = self.largest_child = 0
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(1.0):
            self.own = max(self.own, resident(os.getpid()))
            self.largest_child = max([self.largest_child, *(resident(pid) for pid in children_of(os.getpid()))])


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def children_of(pid: int) -> list[int]:
    """All that a process started and that still runs."""
    try:
        own = [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        own += [
            int(n)
            for t in Path(f"/proc/{pid}/task").iterdir()
            if t.name != str(pid)
            for n in (t / "children").read_text().split()
        ]
    except OSError:
        return []
    return own + [grandchild for child in own for grandchild in children_of(child)]


def all_of(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """What all runs came to. Growth is that of the largest process, from the first tenth of the runs to the last, among
    runs of the same record and as many workers."""
    largest = [max(run["main process MiB"], run["largest worker MiB"]) for run in runs]
    tenth = max(1, len(runs) // 10)
    read = sum(run["documents"] for run in runs)
    grown = round(statistics.median(largest[-tenth:]) - statistics.median(largest[:tenth]))
    whole = [run for run in runs if run["documents in the record"]]
    return {
        "documents": read,
        "documents a second": round(read / sum(run["seconds"] for run in runs), 1),
        "claims": sum(run["claims"] for run in runs),
        "failed": sum(run["failed"] for run in runs),
        "largest process MiB": max(largest),
        "growth MiB": grown,
        **({"growth MiB over 100,000 documents": grown} if read >= 100_000 else {}),
        "largest record MiB": max(run["record MiB"] for run in runs),
        "record KiB a document": round(1024 * whole[-1]["record MiB"] / whole[-1]["documents in the record"], 1),
        "records": len({run["record"] for run in runs}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--political", type=float, default=0.33)
    parser.add_argument("--triage", action="store_true", help="leave out what is not political")
    parser.add_argument("--chunk", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--workers", type=int, default=usable_cores())
    parser.add_argument("--record", type=Path, default=Path("million.detente"))
    parser.add_argument("--keep", default="million", metavar="NAME", help="results in benchmarks/results/NAME.json")
    parser.add_argument("--results", type=Path, default=kept.RESULTS, help="the folder of results")
    asked = parser.parse_args()
    reader = Reader(triage=True) if asked.triage else None
    runs: list[dict[str, Any]] = (kept.kept(asked.keep, asked.results) or {}).get("runs", [])
    done, began, load = sum(run["documents"] for run in runs), time.monotonic(), os.getloadavg()[0]
    fresh = not asked.record.exists()
    number = max((run["record"] for run in runs), default=0) + fresh or 1
    with Record(asked.record) as record:
        while done < asked.documents and time.monotonic() - began < 60 * asked.minutes:
            numbers = range(done, min(done + asked.chunk, asked.documents))
            file = asked.record.with_suffix(f".{done}.jsonl")
            write_chunk(file, numbers, asked.words, asked.political)
            with Memory() as memory:
                report = record.read(file, workers=asked.workers, reader=reader)
            file.unlink()
            done = numbers.stop
            runs.append({
                "at": kept.now(), "documents": len(numbers), "seconds": round(report.seconds, 1), "claims": report.claims,
                "failed": report.failed, "main process MiB": memory.own // MIB, "largest worker MiB": memory.largest_child // MIB,
                "record": number, "record MiB": record.store.size // MIB,
                "documents in the record": record.statistics()["documents"], "workers": asked.workers,
            })  # fmt: skip
            kept.keep(asked.keep, all_of(runs), load=load, folder=asked.results, runs=runs)
            print(runs[-1], flush=True)
    print(json.dumps(all_of(runs)) if runs else "nothing was read")


if __name__ == "__main__":
    main()
