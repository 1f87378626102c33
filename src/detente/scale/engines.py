"""Who runs the parts: processes of this machine, or Dask on this machine or a cluster.

Dask was chosen over Ray for its size: it is pure Python and installs in 16 MB, Ray in 201 MB. What each costs a part,
and how Ray comes back from a killed worker, has not been measured.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from ..errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

TRIES = 3
"""How often an item is given out whose worker died."""


class Died(Exception):
    """The worker died of an item, as often as it was tried."""


class Engine(Protocol):
    """Runs a function on many items, in whatever order."""

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | Died]]:
        """Each item with what came of it, as they are done. What `function` raises is raised."""


class Processes:
    """Processes of this machine. A pool of which a process died is made anew for what was not done."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | Died]]:
        left, tries = dict(enumerate(items)), dict.fromkeys(range(len(items)), 0)
        while left:
            # After a death one at a time, so that the one to blame is known.
            alone = any(tries.values())
            together = dict([next(iter(left.items()))]) if alone else dict(left)
            pool = self._begun()
            died = False
            numbers: dict[Future[Result], int] = {}
            try:
                numbers = {pool.submit(function, item): n for n, item in together.items()}
                for future in as_completed(numbers):
                    n = numbers[future]
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        died = True
                        continue
                    yield left.pop(n), result
            except BrokenProcessPool:  # while they were being handed over
                died = True
            finally:
                for future in numbers:
                    future.cancel()
            if died:
                self._end()
                first = min(left)
                tries[first] += 1
                if tries[first] >= TRIES:
                    yield left.pop(first), Died()
                    tries = dict.fromkeys(tries, 0)
            elif alone:
                tries = dict.fromkeys(tries, 0)

    def _begun(self) -> ProcessPoolExecutor:
        self._pool = self._pool or ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


QUIET_DASK = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.validate": False,
}
"""What Dask's workers would watch about themselves a hundred times a second, and what nobody asks here."""

WORKER_ENVIRONMENT = "distributed.nanny.pre-spawn-environ"
TRIMMING = "MALLOC_TRIM_THRESHOLD_"
"""Dask has its workers give memory back at every 64 kB, which costs a parse, with its many arrays of that size, a third
of its time."""


class Dask:
    """Dask: a cluster of processes on this machine, or the one whose scheduler listens at `address`.

    Raises UsageError when Dask is not installed.
    """

    def __init__(self, workers: int, address: str | None = None) -> None:
        try:
            from dask import config
            from distributed import Client, LocalCluster
        except ImportError:
            raise UsageError(
                "the engine dask is not installed; install it with: pip install 'detente[cluster]'"
            ) from None
        self._cluster: Any = None
        environment = {k: v for k, v in config.get(WORKER_ENVIRONMENT, {}).items() if k != TRIMMING}
        config.set({**QUIET_DASK, WORKER_ENVIRONMENT: environment})
        if address is None:
            self._cluster = LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", memory_limit=0
            )
        self.client: Any = Client(self._cluster or address)

    def __enter__(self) -> Dask:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result | Died]]:
        from distributed import as_completed as as_done
        from distributed.scheduler import KilledWorker

        futures = {
            f.key: (f, item) for f, item in zip(self.client.map(function, items, pure=False), items, strict=True)
        }
        for future in as_done([f for f, _ in futures.values()]):
            _, item = futures.pop(future.key)
            try:
                result = future.result()
            except KilledWorker:
                result = Died()
            yield item, result


ENGINES = ("processes", "dask")
