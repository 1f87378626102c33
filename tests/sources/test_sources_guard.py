"""Readers that hang, crash or grow are killed, the rest goes on, and no process is left behind."""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.errors import ReadError
from detente.sources import Limits, read_all, read_bytes
from detente.sources.guard import close_children

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("hostile_corpus", ROOT / "benchmarks" / "hostile_corpus.py")
corpus = importlib.util.module_from_spec(spec)
sys.modules["hostile_corpus"] = corpus
spec.loader.exec_module(corpus)

SLOW = corpus._slow_page()
QUICK = Limits(seconds=0.5)
TOLD = [[corpus.story(random.Random(n))] for n in range(3)]


@pytest.fixture(autouse=True, scope="module")
def _no_children_left():
    yield
    close_children()


def children_of(pid: int) -> list[int]:
    """All living processes below `pid`."""
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
            found += [int(child), *children_of(int(child))]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_within(pids: list[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(map(alive, pids)):
            return True
        time.sleep(0.05)
    return False


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read():
    (error,) = read_bytes(SLOW, name="slow.html", limits=QUICK)
    assert error.reason == "timed-out"
    (document,) = read_bytes(corpus.page(TOLD[0]), name="a.html", limits=QUICK)
    assert "foreign minister" in document.text


def test_a_page_that_needs_too_much_memory_is_given_up():
    page = b"<html><body>" + b"<p>x y</p>" * 90_000
    (error,) = read_bytes(page, name="fat.html", limits=Limits(memory=1024 * 1024))
    assert error.reason in {"out-of-memory", "crashed", "no-text"}
    (document,) = read_bytes(corpus.page(TOLD[0]), name="a.html")
    assert "foreign minister" in document.text


def test_a_warc_is_read_on_behind_a_record_that_hangs():
    pages = [corpus.page(told) for told in TOLD]
    pages.insert(1, SLOW)
    records = [corpus.warc_record(f"https://news.example/{n}", page) for n, page in enumerate(pages)]
    found = list(read_bytes(b"".join(records), name="crawl.warc", limits=QUICK))
    assert [getattr(f, "reason", "read") for f in found] == ["read", "timed-out", "read", "read"]
    assert found[1].source == "crawl.warc#https://news.example/1"
    assert [f.url for f in found if not isinstance(f, ReadError)] == [f"https://news.example/{n}" for n in (0, 2, 3)]


def test_a_worker_killed_from_outside_is_reported_and_replaced():
    close_children()
    others = set(children_of(os.getpid()))  # a database server of other tests, say
    list(read_bytes(corpus.page(TOLD[0]), name="a.html"))
    before = [pid for pid in children_of(os.getpid()) if pid not in others]
    assert before
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert gone_within(before, 5)
    (document,) = read_bytes(corpus.page(TOLD[0]), name="a.html")
    assert "foreign minister" in document.text


def test_two_readings_at_once_do_not_mix():
    warc = corpus.warc([TOLD[0][0], TOLD[1][0]])
    one, two = read_bytes(warc, name="one.warc.gz"), read_bytes(warc, name="two.warc.gz")
    sources = [document.source.partition("#")[0] for pair in zip(one, two, strict=True) for document in pair]
    assert sources == ["one.warc.gz", "two.warc.gz"] * 2


def test_a_reading_left_early_leaves_nothing_behind():
    reading = read_bytes(corpus.warc([TOLD[0][0], TOLD[1][0]]), name="a.warc.gz")
    next(reading)
    reading.close()
    (document,) = read_bytes(corpus.page(TOLD[2]), name="a.html")
    assert document.title.startswith(TOLD[2][0][0].split(":")[0])


def test_a_reading_with_workers_is_left_at_once_although_a_page_hangs(tmp_path):
    (tmp_path / "a.txt").write_text("The talks were resumed in Oslo.")
    (tmp_path / "b.html").write_bytes(SLOW)
    (tmp_path / "c.html").write_bytes(SLOW)
    reading = read_all(tmp_path, limits=Limits(seconds=30), workers=2)
    next(reading)
    time.sleep(2)  # both pages are being read by now
    began = time.monotonic()
    reading.close()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_when_the_parent_is_interrupted_or_killed(tmp_path, number):
    (tmp_path / "slow.html").write_bytes(SLOW)
    command = (
        "import sys; from detente.sources import Limits, read_source; print('go', flush=True); "
        "list(read_source(sys.argv[1], limits=Limits(seconds=1.5)))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", command, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout.readline() == b"go\n"
    until = time.monotonic() + 10
    while len(children := children_of(parent.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(children) == 2, "a keeper and its worker"
    time.sleep(0.2)
    parent.send_signal(number)
    parent.wait(timeout=10)
    parent.stdout.close()
    assert gone_within(children, 10)
