"""Kills a read at random moments, reads again, and compares the record with that of an undisturbed read.

    python benchmarks/kill9.py --kills 50
    python benchmarks/kill9.py --kills 50 --server postgresql://me@/scratch?host=/run/postgresql

Prints how many kills there were, how many documents were reported as read when they struck, how many of these were
lost (must be 0), and whether the records are equal. Exit code 1 when they are not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import detente

SIDES = ("Norland", "France", "Egypt", "Japan", "Brazil", "Kenya", "Turkey", "India")
SENTENCES = (
    "The foreign minister of {a} met the president of {b} in {c} on {d} January.",
    "{a} accused {b} of breaking the ceasefire and said that it would answer.",
    '"We will sign the agreement with {b} next week," a spokesman for {a} told reporters.',
    "{a} lifted sanctions on {b}, and {c} welcomed the step.",
    "Soldiers of {a} fired at a patrol of {b} near the border with {c}.",
)


def write_documents(folder: Path, count: int, seed: int) -> None:
    """Short dispatches of their own kind, some of them copies under another name, one that cannot be read."""
    dice = random.Random(seed)
    for i in range(count):
        lines = [
            dice.choice(SENTENCES).format(d=dice.randint(1, 28), **dict(zip("abc", dice.sample(SIDES, 3), strict=True)))
            for _ in range(6)
        ]
        (folder / f"{i:04}.txt").write_text(f"PARIS, January {1 + i % 28}, 2020 - " + "\n\n".join(lines), "utf-8")
        if i % 10 == 9:
            (folder / f"{i:04}b.txt").write_text("(Agency)\n\n" + "\n\n".join(lines), "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")


def read_in_child(folder: Path, record: Path | str) -> tuple[int, int]:
    """Starts a read in a process of its own. Returns its id and a pipe on which it reports each commit."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        with detente.Record(record) as rec:
            rec.read(folder, progress=lambda p: os.write(into, f"{p.added}\n".encode()))
        os._exit(0)
    os.close(into)
    return child, out


def last_reported(pipe: int) -> int:
    """How many documents the read had reported as added before it ended."""
    with os.fdopen(pipe) as lines:
        told = [int(line) for line in lines if line.endswith("\n")]
    return told[-1] if told else 0


def count_documents(record: Path | str) -> int:
    try:
        with detente.Record(record, create=False) as rec:
            return len(rec.documents())
    except detente.errors.RecordError as error:
        if "there is no record" not in str(error):
            raise
        return 0


def run(kills: int, documents: int, seed: int, server: str = "") -> dict[str, object]:
    """`server`: an address; each killed read gets a schema of its own there."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "dispatches"
        folder.mkdir()
        write_documents(folder, documents, seed)
        detente.read(detente.Document.from_text("France met Egypt."))  # load the model before forking
        began = time.monotonic()
        child, pipe = read_in_child(folder, Path(place) / "whole.detente")
        last_reported(pipe)
        os.waitpid(child, 0)
        duration = time.monotonic() - began
        with detente.Record(Path(place) / "whole.detente") as rec:
            whole, total = rec.contents_hash(), len(rec.documents())
        struck = in_the_middle = lost = reported = runs = unequal = 0
        while struck < kills:
            runs += 1
            record: Path | str = Path(place) / f"killed{runs}.detente"
            if server:
                record = f"{server}{'&' if '?' in server else '?'}schema=killed{os.getpid()}_{runs}"
            ended = False
            while not ended:
                before = count_documents(record)
                child, pipe = read_in_child(folder, record)
                if struck < kills:
                    time.sleep(dice.uniform(0, duration * 0.6))
                    os.kill(child, signal.SIGKILL)
                told = last_reported(pipe)
                _, status = os.waitpid(child, 0)
                after = count_documents(record)
                ended = not os.WIFSIGNALED(status)
                struck += not ended
                in_the_middle += not ended and 0 < after < total
                reported += told
                lost += max(0, before + told - after)
            with detente.Record(record) as rec:
                unequal += rec.contents_hash() != whole
                damaged = not server and rec.store.value("PRAGMA integrity_check") != "ok"
                unequal += damaged
        return {
            "kills": struck,
            "with part of the documents on record": in_the_middle,
            "documents": total,
            "reads": runs,
            "reported": reported,
            "lost": lost,
            "unequal": unequal,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", default="", help="a database to kill reads into: postgresql://user@host/database")
    asked = parser.parse_args()
    result = run(asked.kills, asked.documents, asked.seed, asked.server)
    print(json.dumps(result, indent=2))
    sys.exit(1 if result["lost"] or result["unequal"] else 0)


if __name__ == "__main__":
    main()
