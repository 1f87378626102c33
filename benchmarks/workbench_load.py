"""Measures how fast the workbench answers on a large record: p95 of every page with eight readers at once.

    python benchmarks/workbench_load.py --documents 50000          # 100,000 events, 300,000 statements
    python benchmarks/workbench_load.py --record big.detente       # one that `benchmarks/record.py` made

First one reader alone asks for each page with several filters, which tells what a page costs the server's processors
whatever else the machine does; then so many readers at once, which tells how long one waits.

Each reader asks for other filters at every turn, so that many answers are not in the server's memory. A reader looks at
a page for a second on the average before asking for the next; with `--pause 0` all ask again at once, which measures how
much one server can do, not how long a reader waits.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

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


def measure(
    url: str, process: int, documents: list[str], claims: list[str], rounds: int, clients: int, pause: float
) -> None:
    """Prints median and p95 of every page, the bytes of the largest answer, and the memory of the server."""
    took: dict[str, list[float]] = defaultdict(list)
    size: dict[str, int] = defaultdict(int)
    names = list(addresses(random.Random(0), documents, claims))
    cost: dict[str, float] = {}
    with httpx.Client(base_url=url, timeout=120) as client:
        for name in names:
            dice = random.Random(99)
            start = time.perf_counter()
            client.get(addresses(dice, documents, claims)[name])
            took[f"{name} (first)"].append(1000 * (time.perf_counter() - start))
            used = processor_seconds(process)
            for _ in range(ALONE):
                client.get(addresses(dice, documents, claims)[name])
            cost[name] = 1000 * (processor_seconds(process) - used) / ALONE
    began, spent = time.perf_counter(), processor_seconds(process)
    took_alone = dict(took)
    took.clear()

    def read(seed: int) -> None:
        dice = random.Random(seed)
        with httpx.Client(base_url=url, timeout=120) as client:
            for _ in range(rounds):
                asked = list(addresses(dice, documents, claims).items())
                dice.shuffle(asked)
                for name, address in asked:
                    start = time.perf_counter()
                    answer = client.get(address)
                    took[name].append(1000 * (time.perf_counter() - start))
                    assert answer.status_code == 200, (address, answer.status_code)
                    size[name] = max(size[name], answer.num_bytes_downloaded)
                    time.sleep(dice.uniform(0, 2 * pause))

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(read, range(clients)))
    print(f"{clients} readers, {sum(map(len, took.values()))} requests in {time.perf_counter() - began:.0f} s")
    print(f"{'page':<28} {'alone, first':>12} {'processor':>10} {'median':>8} {'p95':>8} ms {'kB':>6}")
    over = []
    for name in names:
        times = sorted(took[name])
        p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
        over += [name] if p95 > GOAL_MS else []
        first = took_alone[f"{name} (first)"][0]
        row = f"{name:<28} {first:12.0f} {cost[name]:10.0f} {statistics.median(times):8.0f} {p95:8.0f}"
        print(f"{row}    {size[name] / 1000:6.0f}")
    print(f"over {GOAL_MS} ms at p95: {', '.join(over) or 'none'}")
    requests = sum(map(len, took.values()))
    print(f"{requests / (time.perf_counter() - began):.0f} requests a second, ", end="")
    print(f"{1000 * (processor_seconds(process) - spent) / requests:.1f} ms of the server's processors for each")
    with httpx.Client(base_url=url, timeout=120) as client:
        files = sum(client.get(path).num_bytes_downloaded for path in sorted(_files(client.get("/").text)))
    print(
        f"style and script {files / 1000:.0f} kB; heaviest first visit {(files + max(size.values())) / 1000:.0f} kB ",
        end="",
    )
    print(f"(goal: at most {LIGHT_KB} without charts, {CHARTS_KB} with)")
    print(f"memory of the server {memory_mb(process):.0f} MB (goal: under {GOAL_MB})")


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
    """What the server's processes have used of the processors so far."""
    ticks = 0
    for one in family(process):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader looks at a page; 0: none")
    parser.add_argument("--workers", type=int, help="processes of the server; its own choice unless given")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        path = asked.record or Path(place) / "big.detente"
        with Record(path) as record:
            if not len(record.documents(limit=1)):
                fill(record, asked.documents, 1)
            print(record.statistics()["kinds"])
            documents = [d.id for d in record.documents(limit=2000)][::10]
            claims = [e.id for e in record.events(limit=2000)][::10]
        command = [sys.executable, "-m", "detente", "serve", str(path), "--port", "0", "--no-open"]
        command += ["--workers", str(asked.workers)] if asked.workers else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, "the server did not start"
            try:
                measure(found[0], process.pid, documents, claims, asked.rounds, asked.clients, asked.pause)
            finally:
                process.kill()


if __name__ == "__main__":
    main()
