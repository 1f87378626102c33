"""A million made-up documents of 100 words read through to a record: rate, memory, size of the file, as it grows.

    python benchmarks/million.py --documents 1000000 --record million.detente --results million.json

Documents come in JSON Lines files of `--chunk` documents, each read by one `Record.read` on all cores and deleted
afterwards. After each, a line is added to the results, so that a run that was stopped tells how far it came; the same
command goes on where it stopped. `--minutes` ends it between two files. A third of the documents are political.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from threading import Event, Thread

import news

from detente import Record
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


def size_of(record: Path) -> int:
    return sum(p.stat().st_size for p in record.parent.glob(record.name + "*") if p.suffix != ".lock")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--political", type=float, default=0.33)
    parser.add_argument("--chunk", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--workers", type=int, default=usable_cores())
    parser.add_argument("--record", type=Path, default=Path("million.detente"))
    parser.add_argument("--results", type=Path, default=Path("million.json"))
    asked = parser.parse_args()
    told: list[dict[str, float]] = json.loads(asked.results.read_text()) if asked.results.exists() else []
    done, spent, began = int(told[-1]["documents"]) if told else 0, 0.0, time.monotonic()
    with Record(asked.record) as record:
        while done < asked.documents and time.monotonic() - began < 60 * asked.minutes:
            numbers = range(done, min(done + asked.chunk, asked.documents))
            file = asked.record.with_suffix(f".{done}.jsonl")
            write_chunk(file, numbers, asked.words, asked.political)
            with Memory() as memory:
                report = record.read(file, workers=asked.workers)
            file.unlink()
            done, spent = numbers.stop, spent + report.seconds
            told.append({
                "documents": done, "documents a second": round(len(numbers) / report.seconds, 1), "claims": report.claims,
                "failed": report.failed, "main process MiB": memory.own // MIB, "largest worker MiB": memory.largest_child // MIB,
                "record MiB": size_of(asked.record) // MIB,
                "workers": asked.workers, "at": int(time.time()),
            })  # fmt: skip
            asked.results.write_text(json.dumps(told, indent=1))
            print(told[-1], flush=True)


if __name__ == "__main__":
    main()
