"""From what the user names to documents and their claims: the sources room, the reader, and the cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import Document
from ..errors import ReadError
from .store import Store
from .taking import Progress, ReadReport, coder_of, reader_version, take_in

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
    """Reads `sources` into the record. See `Record.read`."""
    from ..reading import default_reader

    named = [sources] if isinstance(sources, str | Path) else list(sources)
    version = reader_version() if reader is None else getattr(reader, "version", reader_version())
    return take_in(
        store,
        _arrivals(named),
        coder_of(reader or default_reader()),
        reader=version,
        settings={"sources": [str(s) for s in named], "workers": workers},
        progress=progress,
    )


def _arrivals(named: list[str | Path]) -> Iterator[Document | ReadError]:
    for name in named:
        path = Path(name)
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            yield Document.from_text(file.read_text("utf-8"), source=str(file), published=None)
