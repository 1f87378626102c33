"""Many sources at once: in order, with several children at work, and never more in memory than a few."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Full, Queue

from ..document import Document
from ..errors import ReadError
from .guard import interrupt
from .inputs import Input, enumerate_inputs
from .limits import Limits
from .reading import At, read_input

_AHEAD = 32
"""Documents that one input may be ahead of the one who takes them."""
_END = None
Found = Document | ReadError


class Meter:
    """How many bytes of all inputs were read, for those who estimate how long the rest takes. Threads may share it."""

    def __init__(self, inputs: Iterable[Input]) -> None:
        sizes = [item.bytes_to_read() for item in inputs]
        self.total: int | None = None if None in sizes else sum(size or 0 for size in sizes)
        self._done = 0
        self._under_way: dict[int, int] = {}
        self._lock = threading.Lock()

    @property
    def read(self) -> int:
        """Bytes that were read, at most `total`."""
        with self._lock:
            return min(self.total or 0, self._done + sum(self._under_way.values()))

    def of(self, item: Input) -> At:
        """What the reader of an input tells how far it is."""
        size, number = item.bytes_to_read() or 0, id(item)

        def at(position: int) -> None:
            with self._lock:
                self._under_way[number] = min(position, size)

        return at

    def end(self, item: Input) -> None:
        """Told when an input is through."""
        with self._lock:
            self._under_way.pop(id(item), None)
            self._done += item.bytes_to_read() or 0


def read_all(
    sources: str | Path | Iterable[str | Path], *, limits: Limits | None = None, workers: int = 1
) -> Iterator[Found]:
    """The documents and errors of all sources, in order. Inputs already enumerated may be given to read_inputs.

    With several workers that many inputs are read at the same time, each in a child of its own where the
    format asks for one; order and content are the same.
    """
    yield from read_inputs(enumerate_inputs(sources), limits=limits, workers=workers)


def read_inputs(
    inputs: Iterable[Input], *, limits: Limits | None = None, workers: int = 1, meter: Meter | None = None
) -> Iterator[Found]:
    """The same for enumerated inputs. `meter` is told how far the reading is."""
    limits = limits or Limits()
    if workers <= 1:
        for item in inputs:
            yield from _metered(item, limits, meter)
        return
    stopped = threading.Event()
    waiting: deque[Queue[Found | None]] = deque()
    threads: set[int] = set()
    coming = iter(inputs)
    with ThreadPoolExecutor(workers, thread_name_prefix="detente-read") as pool:
        try:
            while True:
                while len(waiting) < 2 * workers and (following := next(coming, None)) is not None:
                    waiting.append(Queue(_AHEAD))
                    pool.submit(_fill, waiting[-1], following, limits, stopped, threads, meter)
                if not waiting:
                    return
                while (found := waiting[0].get()) is not _END:
                    yield found
                waiting.popleft()
        finally:
            stopped.set()
            interrupt(threads)


def _metered(item: Input, limits: Limits, meter: Meter | None) -> Iterator[Found]:
    yield from read_input(item, limits=limits, at=meter.of(item) if meter else None)
    if meter:
        meter.end(item)


def _fill(
    queue: Queue[Found | None],
    item: Input,
    limits: Limits,
    stopped: threading.Event,
    threads: set[int],
    meter: Meter | None,
) -> None:
    """Reads one input into its queue, until told to stop."""
    threads.add(threading.get_ident())
    try:
        if stopped.is_set():
            return
        for found in _metered(item, limits, meter):
            if not _put(queue, found, stopped):
                return
    finally:
        _put(queue, _END, stopped)


def _put(queue: Queue[Found | None], found: Found | None, stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            queue.put(found, timeout=0.2)
        except Full:
            continue
        return True
    return False
