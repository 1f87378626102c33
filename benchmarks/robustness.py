"""What a read does when the disk is full, the folder read-only, the clock wrong, or another read at work.

    python benchmarks/robustness.py [--keep]

Each case runs `detente read` in a process of its own and says what it printed, how it ended, and whether the record is
whole afterwards: the same command, run again without the hindrance, must give the record of an undisturbed read.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kept
import news

from detente import Record

DETENTE = [sys.executable, "-m", "detente"]
CLOCK = """
import sys, itertools
from datetime import UTC, datetime, timedelta
import detente.record.adding as adding, detente.record.taking as taking
back = itertools.count()
def now():
    return (datetime(2020, 1, 1, tzinfo=UTC) - timedelta(hours=next(back))).isoformat(timespec="seconds")
adding.now = taking.now = now
from detente.cli import main
main()
"""


def read(
    folder: Path, record: Path, *, words: list[str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    command = [*(words or DETENTE), "read", str(folder), "-r", str(record), "-w", "1", "--json"]
    return subprocess.run(command, capture_output=True, text=True, timeout=500, check=False, **more)  # type: ignore[call-overload, no-any-return]


def hash_of(record: Path) -> str:
    with Record(record, create=False) as rec:
        assert rec.store.value("PRAGMA integrity_check") == "ok"
        return rec.contents_hash()


def cases(place: Path, folder: Path) -> dict[str, dict[str, object]]:
    read(folder, place / "whole.detente")
    whole = hash_of(place / "whole.detente")
    found: dict[str, dict[str, object]] = {}

    def note(name: str, ended: subprocess.CompletedProcess[str], record: Path) -> None:
        told = ended.stderr.strip().splitlines()
        read(folder, record)
        found[name] = {"exit code": ended.returncode, "said": (told[-1] if told else "")[:240].replace(str(place), ""),
                       "traceback": "Traceback" in ended.stderr, "equal after reading again": hash_of(record) == whole}  # fmt: skip

    size = (place / "whole.detente").stat().st_size
    limit: Callable[[], None] = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 3, size // 3))  # noqa: E731
    note("disk full (RLIMIT_FSIZE)", read(folder, place / "full.detente", preexec_fn=limit), place / "full.detente")
    if os.getuid() == 0 and shutil.which("setpriv"):
        locked = place / "locked"
        locked.mkdir(mode=0o555)
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *DETENTE]
        ended = read(folder, locked / "r.detente", words=nobody, env={**os.environ, "HOME": "/nonexistent"})
        note("read-only folder (as nobody)", ended, locked / "r.detente")
    note(
        "clock going backwards",
        read(folder, place / "clock.detente", words=[sys.executable, "-c", CLOCK]),
        place / "clock.detente",
    )
    two = [subprocess.Popen([*DETENTE, "read", str(folder), "-r", str(place / "two.detente"), "-w", "1", "--json"], stdout=subprocess.PIPE, text=True)
           for _ in range(2)]  # fmt: skip
    added = [json.loads(process.communicate()[0])["added"] for process in two]
    found["two reads at once"] = {"exit code": max(p.returncode for p in two), "said": f"added {added[0]} and {added[1]}",
                                  "traceback": False, "equal after reading again": hash_of(place / "two.detente") == whole}  # fmt: skip
    stopped = subprocess.Popen([*DETENTE, "read", str(folder), "-r", str(place / "term.detente"), "-w", "1"], stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True)  # fmt: skip
    until = time.monotonic() + 60
    while not (place / "term.detente-wal").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(2)
    stopped.terminate()
    said = stopped.communicate()[1]
    note("SIGTERM", subprocess.CompletedProcess([], stopped.returncode, "", said), place / "term.detente")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--keep", action="store_true", help="keep what was found in benchmarks/results/robustness.json")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        folder = place / "in"
        folder.mkdir()
        for i in range(asked.documents):
            (folder / f"{i:04}.txt").write_text("\n\n".join(news.article(i, words=60)[1]), "utf-8")
        found = cases(place, folder)
    for case, told in found.items():
        print(f"{case:<32} {told}")
    good = sum(not told["traceback"] and bool(told["equal after reading again"]) for told in found.values())
    if asked.keep:
        kept.keep("robustness", {"cases in order": good, "cases": found}, load=load)
    sys.exit(good < len(found))


if __name__ == "__main__":
    main()
