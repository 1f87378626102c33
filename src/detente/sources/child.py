"""The process in which readers run that can hang, crash or blow up.

The keeper imports the libraries once and forks a worker, which takes jobs from standard input and
writes what it finds to standard output. A worker that takes too long, needs too much memory or crashes
ends by itself: the system kills it when its timers run out (SIGPROF for processor seconds, SIGALRM for
seconds by the clock), whatever it is doing and whoever is still there to notice. The keeper reports the
death and forks the next worker in milliseconds. When the parent goes away, standard input ends, and
so do both.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import struct
import sys
from typing import Any, BinaryIO

from .readers import Job, read_job
from .warc import Started

HEADER = struct.Struct(">4sQ")
MARK = b"dtnt"
"""Before every message, so that half a message of a killed worker is not taken for one."""

RETIRE_JOBS, RETIRE_GROWTH = 2_000, 150 * 1024 * 1024
"""After so many jobs, or having grown by so many bytes, a worker gives way to a fresh one."""

STARTED, FOUND, DONE, DIED = "started", "found", "done", "died"
_RETIRED = 3


class Exactly:
    """Reads exactly as much as is asked for and no further: what follows may be the next worker's.

    With `patience`, raises EOFError when nothing comes for so many seconds.
    """

    def __init__(self, raw: Any, patience: float | None = None) -> None:
        self.raw = raw
        self.patience = patience

    def read(self, size: int) -> bytes:
        pieces = []
        while size > 0:
            if self.patience is not None:
                poll = select.poll()
                poll.register(self.raw, select.POLLIN)
                if not poll.poll(self.patience * 1000):
                    raise EOFError
            piece = self.raw.read(min(size, 1 << 20))
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def write_message(stream: Any, message: Any) -> None:
    """One pickled message behind its mark and length."""
    body = pickle.dumps(message, protocol=5)
    left = memoryview(HEADER.pack(MARK, len(body)) + body)
    while left:
        left = left[stream.write(left) :]  # an unbuffered pipe may take less than it is given
    stream.flush()


def read_message(stream: Exactly) -> Any:
    """The next message. Raises EOFError at the end and ValueError when what comes is none."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    mark, length = HEADER.unpack(header)
    if mark != MARK:
        raise ValueError("not a message")
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)


def serve() -> None:
    """The keeper: forks a worker, waits for its end, says why it died, and forks the next."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end, and ends our input
    _load_libraries()
    while True:
        worker = os.fork()
        if worker == 0:
            _work_and_exit()
        _, status = os.waitpid(worker, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
            return
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _RETIRED:
            continue
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        try:
            write_message(sys.stdout.buffer, (DIED, number))
        except OSError:
            return


def _load_libraries() -> None:
    """Imported before the fork, so that a fresh worker starts with them. gc.freeze keeps their pages shared."""
    import gc

    import feedparser  # noqa: F401
    import pypdfium2  # noqa: F401
    import trafilatura  # noqa: F401
    from fastwarc.warc import ArchiveIterator  # noqa: F401

    from .languages import language_of

    language_of("Лавров встретился в Женеве с государственным секретарём")
    gc.collect()
    gc.freeze()


def _work_and_exit() -> None:
    """The worker's life. Leaves by os._exit, since what the keeper has buffered is not the worker's to write."""
    code = 1
    try:
        code = _work()
    except (EOFError, OSError, ValueError):
        code = 0
    finally:
        os._exit(code)


def _work() -> int:
    commands = Exactly(os.fdopen(0, "rb", buffering=0, closefd=False))
    results = sys.stdout.buffer
    at_rest = _resident()
    for _ in range(RETIRE_JOBS):
        job: Job = read_message(commands)
        _limit_memory(job.limits.memory)
        _read(job, results)
        if _resident() - at_rest > RETIRE_GROWTH:
            break
    return _RETIRED


def _read(job: Job, results: BinaryIO) -> None:
    """Reads one job with the timers running, and stopped while a result waits for the parent to take it."""
    _set_timers(job)
    for found in read_job(job):
        _stop_timers()
        kind = STARTED if isinstance(found, Started) else FOUND
        write_message(results, (kind, found))
        _set_timers(job)
    _stop_timers()
    write_message(results, (DONE, None))


def _set_timers(job: Job) -> None:
    signal.setitimer(signal.ITIMER_PROF, job.limits.seconds)
    signal.setitimer(signal.ITIMER_REAL, job.limits.wall_seconds)


def _stop_timers() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(extra: int) -> None:
    """Lets the worker's address space grow by `extra` bytes, and no further."""
    with open("/proc/self/statm", "rb") as statm:
        now = int(statm.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = now + extra
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _resident() -> int:
    with open("/proc/self/statm", "rb") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()
