"""Many sentences or documents in, their events out: for evaluation and for `detente code`.

The order is kept and memory stays constant: documents are taken in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..actors import find_actors, registry_of
from ..claims import Event
from ..document import Document
from ..language import find_dates, parse_many
from ..places import View, find_places
from .codebook import Codebook
from .coder import code_events
from .lexicon import Lexicon, load_lexicon
from .sieve import Sieve

BLOCK = 64
"""Documents that are looked through before those of them that can hold an event are parsed."""


def code_documents(
    documents: Iterable[Document],
    *,
    actors: Path | Sequence[Path] | None = None,
    view: View = "code",
    lexicon: Lexicon | None = None,
    codebook: Codebook | None = None,
    statements: Callable[[int], bool] | bool = False,
    skip: bool = False,
) -> Iterator[tuple[Event, ...]]:
    """The events of each document, in order.

    `actors` are dictionary files or folders of the user's, `view` whose map counts for contested areas. `statements`
    says whether plain statements are coded too (CAMEO 01): for all documents, or for the one at a position. With
    `skip`, documents of which no sentence can hold an event are not parsed.
    """
    registry = registry_of((actors,) if isinstance(actors, Path) else tuple(actors or ()), view)
    sieves = {wanted: Sieve(lexicon or load_lexicon(), statements=wanted) for wanted in (False, True)} if skip else {}
    stream = enumerate(documents)
    while block := list(islice(stream, BLOCK)):
        wanted = {n: statements(n) if callable(statements) else statements for n, _ in block}
        kept = [(n, d) for n, d in block if not skip or sieves[wanted[n]].passes_any(d.text)]
        coded: dict[int, tuple[Event, ...]] = {}
        for (n, _), parse in zip(kept, parse_many(d for _, d in kept), strict=True):
            who, where, clock = find_actors(parse, registry), find_places(parse, view=registry.view), find_dates(parse)
            coded[n] = code_events(parse, who, where, clock, lexicon=lexicon, codebook=codebook, statements=wanted[n])
        for n, _ in block:
            yield coded.get(n, ())
