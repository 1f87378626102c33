"""Runs jobs in child processes that can be killed, and turns their deaths into ReadErrors."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..document import Document
from ..errors import ReadError
from .child import DIED, DONE, STARTED, Exactly, read_message, write_message
from .readers import Job
from .reasons import read_error
from .warc import Started

_PATIENCE = 15.0
"""Seconds beyond `wall_seconds` after which a child that says nothing is killed from outside."""


class Child:
    """One keeper with its worker. Not shared: whoever borrows it has it alone."""

    def __init__(self) -> None:
        package_root = str(Path(__file__).resolve().parents[2])
        paths = [package_root, os.environ.get("PYTHONPATH", "")]
        self.process = subprocess.Popen(
            # -P: nothing is imported from the folder that we are in, which may be one of documents.
            [sys.executable, "-P", "-c", "from detente.sources.child import serve; serve()"],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A session of its own, so that the keeper and its worker can be killed together.
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
                "PYTHONWARNINGS": "ignore",
                "OPENBLAS_NUM_THREADS": "1",
                "OMP_NUM_THREADS": "1",
                # Arrow's own allocator sets more address space aside than a worker may have.
                "ARROW_DEFAULT_MEMORY_POOL": "system",
            },
        )

    def send(self, job: Job) -> None:
        """Hands a job over; a child that died in the meantime shows itself when asked for results."""
        with suppress(BrokenPipeError):
            write_message(self.process.stdin, job)

    def receive(self, patience: float) -> Any:
        """The next message. Raises EOFError when the child is gone or says nothing for `patience` seconds."""
        try:
            return read_message(Exactly(self.process.stdout, patience))
        except (ValueError, OSError):
            raise EOFError from None

    def kill(self) -> None:
        """Ends keeper and worker at once."""
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.process.kill()

    def close(self) -> None:
        """Kills, waits and closes the pipes."""
        self.kill()
        self.process.wait()
        self.let_go()

    def let_go(self) -> None:
        """Closes our ends of the pipes without a word to the child: it may be another process' by now."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.process.returncode = self.process.returncode or 0


_idle: list[Child] = []
"""Children without a job. list.append and list.pop are atomic, so that threads may share it."""
_MOST_IDLE = 4
_active: dict[int, Child] = {}
"""The child that each thread waits for, by the thread's number."""


def warm_up() -> None:
    """Starts a child in the background, if none waits, so that it has loaded its libraries when it is needed."""
    if not _idle:
        _idle.append(Child())


def close_children() -> None:
    """Ends the children that wait for jobs; they are started again when needed."""
    while _idle:
        _idle.pop().close()


def run_guarded(job: Job, at: Callable[[int], None] | None = None) -> Iterator[Document | ReadError]:
    """What a job holds, read in a child. Its death is an error of the document at which it died.

    In a WARC the reading goes on behind the record at which it died, in Parquet behind the rows. `at` is told how many
    bytes of such a file were read.
    """
    child = _borrow()
    thread = threading.get_ident()
    _active[thread] = child
    done = False
    try:
        while True:
            started: Started | None = None
            death = None
            child.send(job)
            while death is None:
                kind, found = _next(child, job)
                if kind == DONE:
                    done = True
                    return
                if kind == DIED:
                    death = found
                elif kind == STARTED:
                    started = found
                    if at:
                        at(found.position)
                else:
                    yield found
            yield _obituary(job, started, death)
            if started is None or started.offset == job.after:
                done = child.process.poll() is None
                return
            job = replace(job, after=started.offset)
            if child.process.poll() is not None:
                child.close()
                child = _active[thread] = Child()
    finally:
        _active.pop(thread, None)
        if done and len(_idle) < _MOST_IDLE:
            _idle.append(child)
        else:
            child.close()


def interrupt(threads: Iterable[int]) -> None:
    """Kills the children that these threads wait for, so that the threads wait no longer."""
    for thread in threads:
        if child := _active.get(thread):
            child.kill()


def _borrow() -> Child:
    while _idle:
        child = _idle.pop()
        if child.process.poll() is None:
            return child
        child.close()
    return Child()


def _next(child: Child, job: Job) -> tuple[str, Any]:
    try:
        kind, found = child.receive(job.limits.wall_seconds + _PATIENCE)
        return kind, found
    except EOFError:
        child.kill()
        child.process.wait()
        return DIED, signal.SIGALRM


def _obituary(job: Job, started: Started | None, death: int) -> ReadError:
    """Why the worker died, as an error of what it was reading."""
    where = f"{job.source}#{started.member}" if started else job.source
    if death in (signal.SIGPROF, signal.SIGALRM, signal.SIGXCPU):
        limit = f"{job.limits.seconds:g} s of processor time"
        return read_error(where, "timed-out", f"reading it took more than {limit}; raise Limits.seconds to wait longer")
    if death == signal.SIGKILL or death == 0:
        return read_error(where, "out-of-memory", "reading it took more memory than the limit allows")
    return read_error(where, "crashed", f"the {job.kind} reader crashed ({signal.Signals(death).name})")


def _forget() -> None:
    """In a forked process the children are the parent's: their pipes are closed and they are left alone."""
    while _idle:
        _idle.pop().let_go()


atexit.register(close_children)
os.register_at_fork(after_in_child=_forget)
