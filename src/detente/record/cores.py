"""Coding on all cores: processes that are fed batch by batch, watched, and replaced when they die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from ..claims import Claims
from ..document import Document
from ..errors import DetenteError, ReadError
from .taking import coder_of

if TYPE_CHECKING:
    from ..reading import Reader

Coded = list[Claims | ReadError]

ALONE = 40_000
"""Characters below which a first batch is coded in this process: others would take longer to start."""

PATIENCE, CHARACTERS_A_SECOND = 120.0, 200.0
"""Seconds after which a process that says nothing about a document is killed, and how many characters give one more."""

GROWTH = 400 * 1024 * 1024
"""Bytes by which a process may grow (words that it has seen stay in the model's vocabulary) before a fresh one
takes its place."""


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Lets Python look for circular garbage a hundred times more rarely, which saves a fifth of the reading: parses
    are many small objects that live for a second and hardly ever point in circles."""
    before = gc.get_threshold()
    gc.set_threshold(70_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Cores:
    """Codes batches in this process, or in `workers` processes, in order.

    A process that dies or hangs is replaced. Its documents are coded again one by one; the one that it dies of once
    more is reported and kept without claims. The reader is loaded when the first document has to be coded, so that a
    read of what is known is quick; a batch so small that starting processes would take longer is coded here.
    `code` may be called from several threads.
    """

    def __init__(self, reader: Reader | None, workers: int, *, alone: int | None = None) -> None:
        self._reader = reader
        self._workers = workers
        self._alone = ALONE if alone is None else alone
        self._threads: ThreadPoolExecutor | None = None
        self._processes: list[Process] = []
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._begun = self._stopped = False
        self.deaths = 0
        """Processes that died or were killed because they hung."""

    def __enter__(self) -> Cores:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def code(self, documents: list[Document]) -> Coded:
        """The claims of each document, or why there are none."""
        with self._lock:
            first, self._begun = not self._begun, True
        if self._workers <= 1 or (first and sum(len(d.text) for d in documents) < self._alone):
            with self._lock, fewer_collections():
                return code_here(self._reader, documents)
        with self._lock:
            self._threads = self._threads or ThreadPoolExecutor(self._workers, thread_name_prefix="detente-core")
        # Twice as many parts as processes: the one that gets the longer texts holds up the others less.
        size = max(4, -(-len(documents) // (2 * self._workers)))
        parts = [documents[i : i + size] for i in range(0, len(documents), size)]
        return [found for part in self._threads.map(self._code_part, parts) for found in part]

    def stop(self) -> None:
        """Ends the processes at once, whatever they are doing."""
        self._stopped = True
        with self._lock:
            for process in self._processes:
                process.kill()
            self._processes.clear()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _code_part(self, documents: list[Document]) -> Coded:
        try:
            return self._asked(documents)
        except ProcessDied:
            return [self._code_again(d) for d in documents]

    def _code_again(self, document: Document) -> Claims | ReadError:
        try:
            return self._asked([document])[0]
        except ProcessDied:
            why = "kept but not coded, because the process that coded it died of it twice, or took too long"
            return ReadError(document.source, "coding-died", why)

    def _asked(self, documents: list[Document]) -> Coded:
        """What this thread's process finds. Raises ProcessDied."""
        if self._stopped:
            raise ProcessDied
        process: Process | None = getattr(self._mine, "process", None)
        if process is None or not process.alive:
            process = self._mine.process = Process(self._reader)
            with self._lock:
                self._processes = [p for p in self._processes if p.alive] + [process]
                if self._stopped:
                    process.kill()
        try:
            return process.ask(documents)
        except ProcessDied:
            self.deaths += not self._stopped
            raise


class ProcessDied(Exception):
    """A process ended before it answered."""


class Process:
    """One process that codes. Used by one thread at a time."""

    def __init__(self, reader: Reader | None) -> None:
        spawn = multiprocessing.get_context("spawn")  # a fork would copy our threads' locks
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(theirs, reader), daemon=True, name="detente-core")
        self._process.start()
        theirs.close()
        self.alive = True

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def ask(self, documents: list[Document]) -> Coded:
        """What it finds in `documents`. Raises ProcessDied, and what keeps the reader from being loaded."""
        patience = PATIENCE + sum(len(d.text) for d in documents) / CHARACTERS_A_SECOND
        try:
            self._ours.send(documents)
            if not self._ours.poll(patience):
                raise EOFError
            found, going_on = self._ours.recv()
        except (EOFError, OSError):
            self.kill()
            raise ProcessDied from None
        if not going_on:
            self.kill()
        if isinstance(found, DetenteError):
            raise found
        coded: Coded = found
        return coded

    def kill(self) -> None:
        self.alive = False
        self._process.kill()
        self._process.join()
        with suppress(OSError):
            self._ours.close()


def serve(pipe: Connection, reader: Reader | None) -> None:
    """The life of a process that codes: until the pipe ends, or until it has grown too much."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    at_rest = 0
    with fewer_collections(), suppress(EOFError, OSError):
        while True:
            documents: list[Document] = pipe.recv()
            try:
                found: Coded | DetenteError = code_here(reader, documents)
            except DetenteError as error:
                found = error
            if not at_rest:
                at_rest = resident_bytes()
                gc.freeze()
            grown = resident_bytes() - at_rest
            pipe.send((found, grown < GROWTH))


def code_here(reader: Reader | None, documents: list[Document]) -> Coded:
    """Codes in this process."""
    from ..reading import default_reader

    return coder_of(reader or default_reader())(documents)


def resident_bytes() -> int:
    """What this process holds in memory; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
