"""From what the user names to documents and their claims: the sources room, the reader, and the cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .cores import Cores, fewer_collections, usable_cores
from .store import Store
from .taking import Progress, ReadReport, reader_version, take_in

if TYPE_CHECKING:
    from ..reading import Reader


AHEAD = 8
"""Batches that are being coded while earlier ones are written: enough for the processes to be busy through a transaction."""


def read_into(
    store: Store,
    sources: str | Path | Iterable[str | Path],
    *,
    progress: Callable[[Progress], None] | None,
    workers: int | None,
    reader: Reader | None,
) -> ReadReport:
    """Reads `sources` into the record. See `Record.read`. A reader of the user's own says its `version`."""
    from ..sources import enumerate_inputs, read_inputs
    from ..sources.many import Meter

    workers = workers or usable_cores()
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    inputs = list(enumerate_inputs(named))
    meter = Meter(inputs) if progress else None
    own = reader_version() + str(getattr(reader, "fingerprint", ""))
    version = str(getattr(reader, "version", own))
    with Cores(reader, workers) as cores, fewer_collections():
        report = take_in(
            store,
            read_inputs(inputs, workers=workers, meter=meter),
            cores.code,
            reader=version,
            total=len(inputs),
            settings={"sources": [str(s) for s in named], "workers": workers},
            progress=progress,
            width=workers,
            ahead=0 if workers == 1 else AHEAD,
            meter=meter,
        )
        report.deaths = cores.deaths
    return report
