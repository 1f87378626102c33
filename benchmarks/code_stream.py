"""Order and memory of `detente code --jsonl` over many lines: python benchmarks/code_stream.py [--lines 200000]

The lines are made from the codebook's own examples; each gets a place name that no other line has, the worst that can
happen to a program that remembers words. They go into the command through a pipe; what comes out is compared with what
went in, line by line, and the process is asked for its memory on the way. `--once` sends each example without a name of
its own, as archives of templates would.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from detente.events.ontology import EXAMPLES

PARTS = ("ba", "de", "gi", "ko", "lu", "ma", "ne", "ri", "so", "tu", "va", "ze")


def lines(count: int, named: bool) -> Iterator[str]:
    """The lines that go in, each with its number as id."""
    with (EXAMPLES / "cameo.csv").open(encoding="utf-8", newline="") as handle:
        sentences = [row["sentence"].rstrip(".") for row in csv.DictReader(handle, delimiter=";")]
    names = ("".join(parts).capitalize() for parts in itertools.product(PARTS, repeat=5))
    for number, sentence, name in zip(range(count), itertools.cycle(sentences), names, strict=False):
        yield json.dumps({"id": number, "text": f"{sentence} near {name}." if named else f"{sentence}."})


def resident(process: int) -> float:
    """Memory of a running process in MiB, as the system counts it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--once", action="store_true", help="no name of its own for each line")
    options = parser.parse_args()
    command = [sys.executable, "-c", "from detente.cli import main; main()", "code", "--jsonl", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as coder:
        assert coder.stdin is not None and coder.stdout is not None
        threading.Thread(target=feed, args=(coder.stdin, options.lines, not options.once), daemon=True).start()
        print("| lines out | MiB |\n| --- | --- |")
        events = out = 0
        wrong = 0
        step = max(1, options.lines // 10)
        for out, line in enumerate(coder.stdout, 1):
            record = json.loads(line)
            wrong += record["id"] != out - 1
            events += len(record["events"])
            if out % step == 0:
                print(f"| {out:,} | {resident(coder.pid):.0f} |", flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{out:,} of {options.lines:,} lines came out, {wrong} out of order, with {events:,} events")
    print(f"{used.ru_utime + used.ru_stime:.0f} processor seconds, at most {used.ru_maxrss / 1024:.0f} MiB")
    return int(wrong > 0 or out != options.lines or coder.returncode != 0)


def feed(stream: IO[str], count: int, named: bool) -> None:
    """Writes the lines and closes the pipe."""
    with stream:
        for line in lines(count, named):
            stream.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
