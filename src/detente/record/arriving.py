"""From what the user names to documents and their claims: the sources room, the reader, and the cores."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..claims import Claims
from ..document import Document
from ..errors import ReadError
from .store import Store
from .taking import Codes, Progress, ReadReport, coder_of, reader_version, take_in

if TYPE_CHECKING:
    from ..reading import Reader


def read_into(
    store: Store,
    sources: str | Path | Iterable[str | Path],
    *,
    progress: Callable[[Progress], None] | None,
    workers: int,
    reader: Reader | None,
) -> ReadReport:
    """Reads `sources` into the record. See `Record.read`. A reader of the user's own says its `version`."""
    from ..sources import enumerate_inputs, read_inputs

    named = [sources] if isinstance(sources, str | Path) else list(sources)
    inputs = list(enumerate_inputs(named))
    version = reader_version() if reader is None else str(getattr(reader, "version", reader_version()))
    with Cores(reader, workers) as cores:
        return take_in(
            store,
            read_inputs(inputs, workers=workers),
            cores.code,
            reader=version,
            total=len(inputs),
            settings={"sources": [str(s) for s in named], "workers": workers},
            progress=progress,
            width=workers,
        )


class Cores:
    """Codes batches in this process, or in `workers` processes. A process that dies costs at most one document.

    The reader is loaded when the first document has to be coded, so that a read of what is known is quick.
    """

    def __init__(self, reader: Reader | None, workers: int) -> None:
        self._reader = reader
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self.code: Codes = partial(_code_part, reader) if workers <= 1 else self._code

    def __enter__(self) -> Cores:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _code(self, documents: list[Document]) -> list[Claims | ReadError]:
        size = -(-len(documents) // self._workers)
        parts = [documents[i : i + size] for i in range(0, len(documents), size)]
        try:
            return [
                found for part in self._start().map(_code_part, [self._reader] * len(parts), parts) for found in part
            ]
        except BrokenProcessPool:
            self._stop()
            return [self._code_one(d) for d in documents]

    def _code_one(self, document: Document) -> Claims | ReadError:
        try:
            return self._start().submit(_code_part, self._reader, [document]).result()[0]
        except BrokenProcessPool:
            self._stop()
            return ReadError(
                document.source, "coding-died", "kept but not coded, because the process that coded it died"
            )

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _code_part(reader: Reader | None, documents: list[Document]) -> list[Claims | ReadError]:
    from ..reading import default_reader

    return coder_of(reader or default_reader())(documents)
