"""Kills coding processes at random moments while documents are coded, and compares with an undisturbed coding.

    python benchmarks/kill_workers.py --kills 1000 [--seconds 3600] [--keep]

Every strike is a SIGKILL of one of two processes. Documents must all come back, in order, with the claims that they have
without kills, or as a failure that says that the process died twice of them. Exit code 1 when one is lost or differs.
With --keep the run is added to those before (benchmarks/results/kill_workers.json), and other moments are struck than in
those.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import threading
import time

import kept
import news

from detente import Document
from detente.errors import ReadError
from detente.record.cores import Cores


def strike(
    cores: Cores, dice: random.Random, pause: float, most: int, struck: list[int], stop: threading.Event
) -> None:
    while len(struck) < most and not stop.wait(dice.uniform(0.2, 1.8) * pause):
        alive = [p.pid for p in cores._processes if p.alive and p.pid]
        if alive:
            pid = dice.choice(alive)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            struck.append(pid)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two kills, about")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--documents", type=int, default=64)
    parser.add_argument("--seed", type=int, help="1, or with --keep the number of the run")
    parser.add_argument("--keep", action="store_true", help="add the run to those that are kept")
    asked = parser.parse_args()
    load, seed = os.getloadavg()[0], kept.seed_of("kill_workers", asked.seed, keep=asked.keep)
    documents = []
    for i in range(asked.documents):
        title, paragraphs = news.article(i, words=80)
        documents.append(Document.from_text("\n\n".join(paragraphs), source=f"{i}.txt", title=title))
    struck: list[int] = []
    stop, until = threading.Event(), time.monotonic() + asked.seconds
    rounds = lost = different = reported = 0
    with Cores(None, 1) as alone:
        whole = alone.code(documents)
    with Cores(None, 2, alone=0) as cores:
        striker = threading.Thread(
            target=strike, args=(cores, random.Random(seed), asked.pause, asked.kills, struck, stop)
        )
        striker.start()
        while (striker.is_alive() and time.monotonic() < until) or rounds == 0:
            found = cores.code(documents)
            rounds += 1
            lost += len(documents) - len(found)
            for one, right in zip(found, whole, strict=False):
                reported += isinstance(one, ReadError)
                different += not isinstance(one, ReadError) and one != right
        stop.set()
        striker.join()
        result = {"kills": len(struck), "deaths noticed": cores.deaths, "documents coded": rounds * len(documents), "lost": lost,
                  "different": different, "lost or different": lost + different, "reported as died twice": reported}  # fmt: skip
    print(json.dumps(result))
    if asked.keep:
        print("all runs:", json.dumps(kept.add("kill_workers", result, result, load=load)))
    sys.exit(1 if lost or different else 0)


if __name__ == "__main__":
    main()
