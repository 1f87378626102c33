"""Many sentences or documents in, their events out: for evaluation and for `detente code`.

The order is kept and memory stays constant: documents are taken in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..actors import Registry, find_actors
from ..claims import Event
from ..document import Document
from ..language import find_dates, parse_many
from ..places import find_places
from .codebook import Codebook
from .coder import code_events
from .lexicon import Lexicon


def code_documents(
    documents: Iterable[Document],
    *,
    actors: Path | None = None,
    lexicon: Lexicon | None = None,
    codebook: Codebook | None = None,
    statements: Callable[[int], bool] | bool = False,
) -> Iterator[tuple[Event, ...]]:
    """The events of each document, in order.

    `actors` is a dictionary file or folder of the user's. `statements` says whether plain statements are coded
    too (CAMEO 01): for all documents, or for the one at a position.
    """
    registry = Registry.load([actors]) if actors is not None else None
    for position, parse in enumerate(parse_many(documents)):
        who = find_actors(parse, registry) if registry is not None else find_actors(parse)
        wanted = statements(position) if callable(statements) else statements
        yield code_events(
            parse, who, find_places(parse), find_dates(parse), lexicon=lexicon, codebook=codebook, statements=wanted
        )
