"""A folder of 200 documents, 20 of them broken in 20 ways, read to its end within 1 GiB."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIB_KB = 1024 * 1024

READ_AND_REPORT = """
import collections, json, os, sys, threading, time
from detente.sources import Limits, read_all

def memory_of_all():
    # Proportional set size: pages that keeper and worker share count once.
    total, waiting = 0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        try:
            for task in os.listdir(f'/proc/{pid}/task'):
                waiting += map(int, open(f'/proc/{pid}/task/{task}/children').read().split())
            lines = open(f'/proc/{pid}/smaps_rollup').read().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith('Pss:'))
        except OSError:
            pass
    return total

peak = 0
def watch():
    global peak
    while True:
        peak = max(peak, memory_of_all())
        time.sleep(0.02)

threading.Thread(target=watch, daemon=True).start()

good, bad = collections.Counter(), {}
for found in read_all(sys.argv[1], limits=Limits(seconds=1.5), workers=int(sys.argv[2])):
    name = os.path.relpath(found.source.split('#')[0], sys.argv[1])
    if hasattr(found, 'text'):
        good[name] += 1
    else:
        bad.setdefault(name, []).append(found.reason)
print(json.dumps({'good': good, 'bad': bad, 'peak_kb': peak}))
"""


def hostile_corpus():
    spec = importlib.util.spec_from_file_location("hostile_corpus", ROOT / "benchmarks" / "hostile_corpus.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_corpus"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("workers", [1, 2])
def test_every_good_document_is_read_and_every_broken_one_is_reported(tmp_path, workers):
    expected = hostile_corpus().write_corpus(tmp_path / "corpus")
    assert sum(expected.good.values()) == 180 and len(expected.broken) == 20
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_REPORT, str(tmp_path / "corpus"), str(workers)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["good"] == expected.good
    assert report["bad"] == {name: [reason] for name, reason in expected.broken.items()}
    print(f"{workers} workers, {report['peak_kb'] // 1024} MiB at most")
    assert 20_000 < report["peak_kb"] < GIB_KB


def test_the_twenty_ways_have_reasons_of_the_closed_list():
    from detente.sources import REASONS

    assert {reason for reason, _ in hostile_corpus().BROKEN.values()} <= set(REASONS)
