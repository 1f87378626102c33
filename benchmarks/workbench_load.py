"""Measures how fast the workbench answers on a large record: p95 of every page with eight readers at once.

    python benchmarks/workbench_load.py --documents 50000          # 100,000 events, 300,000 statements
    python benchmarks/workbench_load.py --record big.detente       # one that `benchmarks/record.py` made
    python benchmarks/workbench_load.py --pause 0 --keep           # the figures of docs/performance.md

First one reader alone asks for each page with several filters, which tells what a page costs the server's processors
whatever else the machine does; then so many readers at once, which tells how long one waits.

Each reader asks for other filters at every turn, so that many answers are not in the server's memory. A reader looks at
a page for a second on the average before asking for the next; with `--pause 0` all ask again at once, which measures how
much one server can do, not how long a reader waits. On a machine that others use, times by the clock are theirs as much
as ours: `chrt --rr 5 python benchmarks/workbench_load.py --pause 0` has the server and its readers served first.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import kept

from detente import Record
from record import CITIES, COUNTRIES, ISSUES, TYPES, WORDS, fill

GOAL_MS, GOAL_MB = 300, 500
LIGHT_KB, CHARTS_KB = 150, 450
"""What a first visit may load: page, style and script; and with the pictures that some pages draw."""
ALONE = 6
"""Requests for each page by one reader, each with other filters."""


def addresses(dice: random.Random, documents: list[str], claims: list[str]) -> dict[str, str]:
    """One address of each page; which filters, the dice say. Actors as frequent as on record."""
    a, b = dice.sample(COUNTRIES[:12], 2)
    year = dice.randint(2000, 2023)
    word = dice.choice(WORDS)
    return {
        "overview": "/",
        "documents": f"/documents?since={year}&until={year}",
        "document": f"/document/{dice.choice(documents)}",
        "claim": f"/claim/{dice.choice(claims)}",
        "events": "/events",
        "events of a year": f"/events?since={year}&until={year}",
        "events of a type": f"/events?type={dice.choice(TYPES)}",
        "events of a dyad": f"/events?a={a}&b={b}",
        "events of an actor": f"/events?party={a}",
        "events at a place": f"/events?place={dice.choice(CITIES)}",
        "events with a word": f"/events?text={word}&since={year}&until={year}",
        "statements": "/statements",
        "statements of a speaker": f"/statements?speaker={a}",
        "statements about": f"/statements?about={word}&since={year}&until={year}",
        "timeline": "/timeline",
        "timeline of a dyad": f"/timeline?a={a}&b={b}",
        "timeline of an actor": f"/timeline?party={a}",
        "timeline of an issue": f"/timeline?issue={dice.choice(ISSUES).replace(' ', '+')}",
        "stances": "/stances",
        "stances on an issue": f"/stances?issue={dice.choice(ISSUES)}",
        "dyads": "/dyads",
        "dyads of a type": f"/dyads?type={dice.choice(TYPES)}&since={year}",
        "actors": "/actors",
        "dossier": f"/actor/{dice.choice(COUNTRIES)}",
        "agreements": "/agreements",
        "plan": "/plan/jpoa-2013?as_of=2014-07-20",
        "map": "/map",
        "map of a year": f"/map?since={year}&until={year}",
        "sources": "/sources?status=read",
        "method": "/method",
        "codebook": "/method/codebook",
        "search": f"/search?q={word}+{dice.choice(WORDS)}{dice.randint(1, 2000)}",
        "search for a frequent word": f"/search?q={word}",
        "feed": f"/feed.atom?type={dice.choice(TYPES)}",
    }


Address = Callable[[random.Random], dict[str, str]]
"""The addresses of all pages, with the filters that the dice say."""


class Reader:
    """A browser as plain as can be, so that it takes little of the processors that it shares with the server."""

    def __init__(self, url: str) -> None:
        self._line = http.client.HTTPConnection(url.split("//")[1].strip("/"), timeout=120)

    def get(self, address: str) -> tuple[float, bytes, bool]:
        """Milliseconds until the answer was there, its bytes as they came, and whether they are packed."""
        start = time.perf_counter()
        self._line.request("GET", quote(address, safe="/?&=+%"), headers={"Accept-Encoding": "gzip"})
        answer = self._line.getresponse()
        body = answer.read()
        took = 1000 * (time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
        return took, body, answer.getheader("Content-Encoding") == "gzip"

    def html(self, address: str) -> str:
        _, body, packed = self.get(address)
        return (gzip.decompress(body) if packed else body).decode()


def measure(url: str, process: int, asked: Address, rounds: int, clients: int, pause: float) -> dict[str, Any]:
    """Figures by page (first answer, processor, median and p95 in ms, bytes of the largest answer), and those of all:
    requests, seconds, ms of the server's processors for each."""
    names = list(asked(random.Random(0)))
    first, cost = alone(Reader(url), process, asked, names)
    began, spent = time.perf_counter(), processor_seconds(process)
    took, size = together(url, asked, rounds, clients, pause)
    seconds, spent = time.perf_counter() - began, processor_seconds(process) - spent
    pages = {}
    for name in names:
        times = sorted(took[name])
        p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
        pages[name] = {
            "first": round(first[name]),
            "processor": round(cost[name], 1),
            "median": round(statistics.median(times)),
            "p95": round(p95),
            "kB": round(size[name] / 1000),
        }
    requests = sum(map(len, took.values()))
    reader = Reader(url)
    style = sum(len(reader.get(path)[1]) for path in sorted(_files(reader.html("/")))) / 1000
    drawn = {name: style + page["kB"] for name, page in pages.items() if "<svg" in reader.html(_first(asked, name))}
    return {
        "pages": pages,
        "requests": requests,
        "seconds": round(seconds, 1),
        "requests a second": round(requests / seconds),
        "processor ms a request": round(1000 * spent / requests, 1),
        "processor ms of the dearest page": max(page["processor"] for page in pages.values()),
        "slowest page, p95": max(page["p95"] for page in pages.values()),
        f"pages over {GOAL_MS} ms": sum(page["p95"] > GOAL_MS for page in pages.values()),
        "first visit, kB": round(style + max((p["kB"] for n, p in pages.items() if n not in drawn), default=0)),
        "first visit with charts, kB": round(max(drawn.values(), default=0)),
        "memory MB": round(memory_mb(process)),
    }


def alone(reader: Reader, process: int, asked: Address, names: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """What a page takes at first, and what it costs the processors then with other filters each time, in ms."""
    first, cost = {name: reader.get(_first(asked, name))[0] for name in names}, {}
    for name in names:
        dice = random.Random(99)
        used = processor_seconds(process)
        for _ in range(ALONE):
            reader.get(asked(dice)[name])  # the first is that of before, the others are new
        cost[name] = 1000 * (processor_seconds(process) - used) / ALONE
    return first, cost


def together(
    url: str, asked: Address, rounds: int, clients: int, pause: float
) -> tuple[dict[str, list[float]], dict[str, int]]:
    """What each page takes while so many readers ask, in ms, and the bytes of its largest answer."""
    took: dict[str, list[float]] = defaultdict(list)
    size: dict[str, int] = defaultdict(int)

    def read(seed: int) -> None:
        dice, reader = random.Random(seed), Reader(url)
        for _ in range(rounds):
            pages = list(asked(dice).items())
            dice.shuffle(pages)
            for name, address in pages:
                took_ms, body, _ = reader.get(address)
                took[name].append(took_ms)
                size[name] = max(size[name], len(body))
                time.sleep(dice.uniform(0, 2 * pause))

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(read, range(clients)))
    return took, size


def show(found: dict[str, Any], clients: int) -> None:
    """Prints the figures of every page, then those of all."""
    print(f"{clients} readers, {found['requests']} requests in {found['seconds']:.0f} s")
    print(f"{'page':<28} {'alone, first':>12} {'processor':>10} {'median':>8} {'p95':>8} ms {'kB':>6}")
    for name, page in found["pages"].items():
        row = f"{name:<28} {page['first']:12} {page['processor']:10.1f} {page['median']:8} {page['p95']:8}"
        print(f"{row}    {page['kB']:6}")
    over = [name for name, page in found["pages"].items() if page["p95"] > GOAL_MS]
    print(f"over {GOAL_MS} ms at p95: {', '.join(over) or 'none'}")
    print(f"{found['requests a second']} requests a second, ", end="")
    print(f"{found['processor ms a request']:.1f} ms of the server's processors for each")
    visits = found["first visit, kB"], found["first visit with charts, kB"]
    print(f"heaviest first visit {visits[0]} kB, with charts {visits[1]} (goal: at most {LIGHT_KB}, {CHARTS_KB})")
    print(f"memory of the server {found['memory MB']} MB (goal: under {GOAL_MB})")


def _first(asked: Address, page: str) -> str:
    return asked(random.Random(99))[page]


def _files(html: str) -> set[str]:
    """The addresses of style sheets, scripts and icons that a page loads."""
    return set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))


def family(process: int) -> list[int]:
    """The process and its children; nothing where the system does not tell."""
    children = Path(f"/proc/{process}/task/{process}/children")
    return [process, *map(int, children.read_text().split())] if children.is_file() else []


def memory_mb(process: int) -> float:
    """Memory of the server's processes in MB, what they share counted once (PSS)."""
    sizes = [re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{p}/smaps_rollup").read_text(), re.M) for p in family(process)]
    return sum(int(found[1]) for found in sizes if found) / 1000


def processor_seconds(process: int) -> float:
    """What the threads of the server's processes have used of the processors so far."""
    nanoseconds = 0
    for one in family(process):
        for thread in Path(f"/proc/{one}/task").iterdir():
            nanoseconds += int((thread / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader looks at a page; 0: none")
    parser.add_argument("--workers", type=int, help="processes of the server; its own choice unless given")
    parser.add_argument("--keep", action="store_true", help="keep the figures in benchmarks/results/workbench.json")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        path = asked.record or Path(place) / "big.detente"
        with Record(path) as record:
            if not len(record.documents(limit=1)):
                fill(record, asked.documents, 1)
            print(record.statistics()["kinds"])
            documents = [d.id for d in record.documents(limit=2000)][::10]
            claims = [e.id for e in record.events(limit=2000)][::10]
        drawn = partial(addresses, documents=documents, claims=claims)
        command = [sys.executable, "-m", "detente", "serve", str(path), "--port", "0", "--no-open"]
        command += ["--workers", str(asked.workers)] if asked.workers else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, "the server did not start"
            try:
                told = measure(found[0], process.pid, drawn, asked.rounds, asked.clients, asked.pause)
            finally:
                process.kill()
    show(told, asked.clients)
    if asked.keep:
        first = hasattr(os, "sched_getscheduler") and os.sched_getscheduler(0) != os.SCHED_OTHER
        kept.keep("workbench", told, load=load, priority="over other programs" if first else "none")


if __name__ == "__main__":
    main()
