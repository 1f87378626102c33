"""A run: the parts of some sources read by an engine, checkpointed, and linked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..record.cores import usable_cores
from .engines import ENGINES, Dask, Died, Processes
from .folders import Folder
from .linking import link_parts
from .parts import plan_parts, read_part

if TYPE_CHECKING:
    from ..reading import Reader


@dataclass(slots=True)
class RunReport:
    """What one run came to."""

    parts: int = 0
    parts_known: int = 0
    """That an earlier run had read."""
    careful: int = 0
    """That a worker died of, and that were read again document by document."""
    documents: int = 0
    claims: int = 0
    failures: int = 0
    links: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, object]:
        names = ("parts", "parts_known", "careful", "documents", "claims", "failures", "links")
        return {**{name: getattr(self, name) for name in names}, "seconds": round(self.seconds, 2)}


def read_to_parquet(
    sources: Iterable[str | Path],
    place: str | Path,
    *,
    engine: str = "processes",
    workers: int | None = None,
    address: str | None = None,
    reader: Reader | None = None,
    progress: Callable[[RunReport, int], None] | None = None,
) -> RunReport:
    """Reads `sources` into partitioned Parquet at `place`, a folder or an address in an object store. What an earlier
    run with the same reader read is not read again.

    `address`: a Dask scheduler, whose workers see the same files, those of `reader` too. `progress` is told of each part
    that is done, and how many there are. Raises UsageError for an engine that is not known or not installed.
    """
    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine!r}; choose one of: {', '.join(ENGINES)}")
    began, report = time.monotonic(), RunReport()
    out = Folder.at(place)
    parts = plan_parts(sources, reader)
    report.parts = len(parts)
    known = set(out.names("done", ".json"))
    report.parts_known = sum(f"{part.id}.json" in known for part in parts)
    workers = workers or usable_cores()
    with Dask(workers, address) if engine == "dask" else Processes(workers) as running:
        for part, told in running.run(partial(read_part, out=out, reader=reader), parts):
            if isinstance(told, Died):
                told = read_part(part, out, reader=reader, careful=True)
                report.careful += 1
            for name, count in told.items():
                setattr(report, name, getattr(report, name) + count)
            if progress:
                progress(report, len(parts))
        if parts:
            report.links = link_parts(out, running)
    report.seconds = time.monotonic() - began
    return report
