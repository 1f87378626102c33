"""Which engine runs the parts: plain multiprocessing, our own pool of processes, Dask, Ray.

    python benchmarks/engines.py [--documents 20000] [--engines pool processes dask ray] [--keep]

For each engine: how large it is beside what detente installs anyway, how long it takes to start, what an empty task
costs, what reading `--documents` short documents (60 words, a third of them political, or fewer with `--political`, or
left out with `--triage`) costs in processor seconds of all processes and in seconds by the clock, and, with `--kill`,
whether the result is the same when a worker is killed in the middle. Linking is not among it: it is the same
work on each. Engines that are not installed are passed over. `pool` is `multiprocessing.Pool`, which the others are
measured against; processes that die hang it for good.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kept
import news
from million import children_of

from detente.reading import Reader
from detente.scale import contents_of, plan_parts, read_part
from detente.scale.engines import Dask, Processes
from detente.scale.folders import Folder

CHUNK = 500
NEEDS = {"pool": (), "processes": (), "dask": ("dask", "distributed"), "ray": ("ray",)}


class Pool:
    """Plain multiprocessing."""

    def __init__(self, workers: int) -> None:
        import multiprocessing

        self._pool = multiprocessing.get_context("spawn").Pool(workers)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.terminate()

    def run(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        yield from self._pool.imap_unordered(partial(_with, function), items)


def _with(function: Callable[[Any], Any], item: Any) -> tuple[Any, Any]:
    return item, function(item)


class Ray:
    """Ray on this machine, a task an item, tried three times."""

    def __init__(self, workers: int) -> None:
        import ray

        self._ray = ray
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="ERROR")

    def __enter__(self) -> Ray:
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def run(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        task, shared = self._ray.remote(max_retries=2, num_cpus=1)(_with), self._ray.put(function)
        waiting = [task.remote(shared, item) for item in items]
        while waiting:
            done, waiting = self._ray.wait(waiting)
            yield from self._ray.get(done)


ENGINES: dict[str, Callable[[int], Any]] = {"pool": Pool, "processes": Processes, "dask": Dask, "ray": Ray}


class Processors:
    """Processor seconds of this process and all that it started, and the memory that they hold, looked at five times
    a second."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], float] = {}
        self.most_bytes = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Processors:
        self._before = self._own()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        return self._own() - self._before + sum(self._seen.values())

    def _own(self) -> float:
        used = os.times()
        return used.user + used.system

    def _watch(self) -> None:
        tick = os.sysconf("SC_CLK_TCK")
        while not self._done.wait(0.2):
            held = 0
            for pid in children_of(os.getpid()):
                try:
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                self._seen[pid, int(fields[19])] = (int(fields[11]) + int(fields[12])) / tick
                held += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
            self.most_bytes = max(self.most_bytes, held)


def write_documents(folder: Path, documents: int, words: int, political: float) -> None:
    folder.mkdir()
    for start in range(0, documents, CHUNK):
        lines = []
        for n in range(start, min(start + CHUNK, documents)):
            title, body = news.article(n, words=words, political=political)
            lines.append(
                json.dumps(
                    {"id": str(n), "date": f"2021-{1 + n % 12:02}-05", "title": title, "text": "\n\n".join(body)}
                )
            )
        (folder / f"{start:07}.jsonl").write_text("\n".join(lines), "utf-8")


def nothing(item: int) -> int:
    return item


def size_of(names: Sequence[str]) -> int:
    """Bytes that some distributions and what they need take, beside what detente installs anyway."""
    anyway = _closure(["detente"])
    return sum(_bytes(d) for name, d in _closure(names).items() if name not in anyway)


def _closure(names: Sequence[str]) -> dict[str, metadata.Distribution]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, metadata.Distribution] = {}
    waiting = [canonicalize_name(n) for n in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        for line in found[name].requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(needed.name))
    return found


def _bytes(distribution: metadata.Distribution) -> int:
    files = (Path(str(distribution.locate_file(f))) for f in distribution.files or [])
    return sum(f.stat().st_size for f in files if f.is_file() and f.suffix != ".pyc")


def measure(
    name: str, folder: Path, out: Path, workers: int, documents: int, reader: Reader, *, kill: bool
) -> dict[str, Any]:
    """What one engine costs for `documents` documents in `folder`."""
    parts = plan_parts([folder], reader)
    work = partial(read_part, out=Folder.at(out), reader=reader)
    began = time.monotonic()
    with Processors() as processors, ENGINES[name](workers) as engine:
        list(engine.run(nothing, range(workers)))
        started = time.monotonic() - began
        again = time.monotonic()
        list(engine.run(nothing, range(2_000)))
        task = (time.monotonic() - again) / 2_000
        before, again = processors.seconds, time.monotonic()
        list(engine.run(work, parts))
        clock, used = time.monotonic() - again, processors.seconds - before
    found = {
        "MB installed": round(size_of(NEEDS[name]) / 1e6),
        "seconds to start": round(started, 1),
        "ms an empty task": round(1000 * task, 2),
        "processor ms a document": round(1000 * used / documents, 3),
        "seconds by the clock": round(clock, 1),
        "MiB held by all workers": processors.most_bytes // 2**20,
    }
    if kill and name != "pool":
        found.update(killed(name, parts, out, workers, reader))
    return found


def killed(name: str, parts: Sequence[Any], whole: Path, workers: int, reader: Reader) -> dict[str, Any]:
    """The same on a tenth of the parts with a worker killed in the middle."""
    some = parts[: max(4, len(parts) // 10)]
    results, folder = [], whole.with_name(f"{whole.name}-killed")
    for strike in (False, True):
        out = Folder.at(f"{folder}-{strike}")
        with ENGINES[name](workers) as engine:
            for n, _ in enumerate(engine.run(partial(read_part, out=out, reader=reader), some)):
                if strike and n == 1:
                    _kill_one()
        results.append(contents_of(out.address))
    return {"equal after a kill": results[0] == results[1]}


def compare(found: dict[str, Any], place: Path, engines: Sequence[str]) -> None:
    """Adds what each engine costs above plain multiprocessing, and whether all came to the same."""
    done = [engine for engine in engines if engine in found]
    found["all equal"] = len({contents_of(place / engine) for engine in done}) == 1
    plain = found[done[0]]
    for engine in done[1:]:
        for figure, what in (("processor ms a document", "processor"), ("seconds by the clock", "clock")):
            found[engine][f"overhead, % {what}"] = round(100 * (found[engine][figure] / plain[figure] - 1), 1)


def _kill_one() -> None:
    """Kills the descendant that holds the most memory and is a worker: the one that has loaded the model."""
    sizes = []
    for pid in children_of(os.getpid()):
        try:
            sizes.append((int(Path(f"/proc/{pid}/statm").read_text().split()[1]), pid))
        except OSError:
            continue
    os.kill(max(sizes)[1], signal.SIGKILL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--political", type=float, default=0.33)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engines", nargs="*", choices=sorted(ENGINES), default=list(ENGINES))
    parser.add_argument("--triage", action="store_true", help="leave out what is not political")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--keep", action="store_true", help="keep the figures in benchmarks/results/engines.json")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    reader = Reader(triage=asked.triage)
    found: dict[str, Any] = {
        "documents": asked.documents, "words each": asked.words, "political share": asked.political, "triage": asked.triage,
        "workers": asked.workers,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        write_documents(place / "in", asked.documents, asked.words, asked.political)
        for engine in asked.engines:
            if missing := [need for need in NEEDS[engine] if find_spec(need) is None]:
                print(f"{engine}: not installed ({', '.join(missing)})")
                continue
            found[engine] = measure(
                engine, place / "in", place / engine, asked.workers, asked.documents, reader, kill=asked.kill
            )
            print(engine, json.dumps(found[engine]), flush=True)
            compare(found, place, asked.engines)
            if asked.keep:
                kept.keep("engines", found, load=load)
    for engine in asked.engines:
        if engine in found:
            print(f"{engine:<12} {json.dumps(found[engine])}")
    print(f"results equal: {found.get('all equal')}")


if __name__ == "__main__":
    main()
