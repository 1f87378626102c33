"""Reading into a record: documents come in, claims go on record, batch by batch, and nothing is read twice."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..claims import Claims
from ..document import Document
from ..errors import ReadError
from .adding import add_claims, add_document, add_failure, add_source, is_compared, known_reader, now, storable
from .store import Store
from .tally import Tally

if TYPE_CHECKING:
    from ..reading import Reader
    from ..sources.many import Meter

BATCH = 100
"""Documents that are coded together at the most, by one process."""
ASKING = 4
"""Batches whose documents are handed out at a time."""
COMMIT_SECONDS = 1.0
"""What was coded in so long is written in one transaction. A kill loses at most that, none of it reported as read."""
BATCH_CHARACTERS = 100_000
CODED_LANGUAGES = {"en", "und"}
_ROOMS = ("language", "actors", "places", "events", "statements", "agreements")


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after each commit: all that it counts is on disk."""

    done: int
    """Documents and failures so far."""
    total: int | None
    """How many files there are to read; None when it cannot be known (feeds, standard input)."""
    added: int
    known: int
    failed: int
    source: str
    """The last one."""
    bytes_read: int | None = None
    """Of `bytes_total`, for estimates of the time left; a little ahead of what is done."""
    bytes_total: int | None = None
    """Of all files; None when it cannot be known (addresses, standard input)."""


@dataclass(slots=True)
class ReadReport:
    """What one `read` came to."""

    added: int = 0
    """Documents that are new on record."""
    known: int = 0
    """Documents that were there already, read by this very reader."""
    again: int = 0
    """Documents that were there, and were read again because the reader is newer."""
    uncoded: int = 0
    """New documents that are kept and not coded, because they are not in English."""
    claims: int = 0
    superseded: int = 0
    failures: list[ReadError] = field(default_factory=list)
    seconds: float = 0.0
    deaths: int = 0
    """Coding processes that died and were replaced."""

    @property
    def failed(self) -> int:
        return len(self.failures)

    def to_dict(self) -> dict[str, object]:
        return {
            **{
                k: getattr(self, k)
                for k in ("added", "known", "again", "uncoded", "claims", "superseded", "failed", "deaths")
            },
            "failures": [{"source": e.source, "reason": e.reason, "message": e.message} for e in self.failures],
            "seconds": round(self.seconds, 2),
        }


Arrival = Document | ReadError
Codes = Callable[[list[Document]], list[Claims | ReadError]]


def take_in(
    store: Store,
    arrivals: Iterable[Arrival],
    code: Codes,
    *,
    reader: str,
    total: int | None = None,
    settings: dict[str, object] | None = None,
    progress: Callable[[Progress], None] | None = None,
    width: int = 1,
    ahead: int = 0,
    meter: Meter | None = None,
) -> ReadReport:
    """Puts what arrives on record, coded by `code`, and reports. What is on record by the same reader is not
    coded. `width`: how many coders work at once, so that each gets a full batch. `ahead`: so many batches are coded,
    in threads, while an earlier one is written; they are written in the order in which they arrived. `meter` knows how
    many bytes of the sources were read."""
    report, began = ReadReport(), time.monotonic()
    with store.writing() as con:
        run = con.execute(
            "INSERT INTO runs (started, reader, settings) VALUES (?, ?, ?) RETURNING n",
            (now(), reader, json.dumps(settings or {})),
        ).fetchone()[0]
    for batch, claims in _gathered(_coded(_batches(arrivals, store, reader, width), store, code, reader, ahead)):
        _commit(store, batch, claims, reader, run, report)
        if progress:
            done = report.added + report.known + report.again + report.failed
            sizes = (meter.read, meter.total) if meter and meter.total is not None else (None, None)
            progress(Progress(done, total, report.added, report.known, report.failed, batch[-1].source, *sizes))
    report.seconds = time.monotonic() - began
    with store.writing() as con:
        con.execute(
            "UPDATE runs SET ended = ?, added = ?, known = ?, failed = ? WHERE n = ?",
            (now(), report.added, report.known + report.again, report.failed, run),
        )
    return report


def coder_of(reader: Reader) -> Codes:
    """How `reader` codes a batch: what is not English gets no claims, and a document on which the rules fail is
    reported and does not stop the others."""

    def code(documents: list[Document]) -> list[Claims | ReadError]:
        wanted = [d for d in documents if d.language in CODED_LANGUAGES and d.text.strip()]
        try:
            found: dict[str, Claims | ReadError] = {d.id: claims for d, claims in reader.read_many(wanted)}
        except Exception:  # one of them is at fault; which one is found out below
            found = {d.id: _code_alone(reader, d) for d in wanted}
        return [found.get(d.id) or Claims(d.id) for d in documents]

    return code


def _code_alone(reader: Reader, document: Document) -> Claims | ReadError:
    try:
        return reader.read(document)
    except Exception as error:  # whatever a rule may raise on odd text; the document is kept and the run goes on
        return ReadError(
            document.source,
            "coding-failed",
            f"kept but not coded, because a rule failed on it ({type(error).__name__}: {error}); please report it",
        )


@cache
def reader_version() -> str:
    """The version of detente's own reader, with a fingerprint of its rules and tables: 'detente/0.1.0+1f2e3d4c'."""
    root, digest = Path(__file__).parents[1], hashlib.sha256()
    files = [root / "reading.py", *(p for room in _ROOMS for p in (root / room).rglob("*"))]
    for path in sorted(
        p for p in files if p.suffix in {".py", ".csv", ".toml", ".yaml", ".yml", ".json", ".txt", ".tsv"}
    ):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"detente/{__version__}+{digest.hexdigest()[:8]}"


def _batches(arrivals: Iterable[Arrival], store: Store, reader: str, width: int) -> Iterator[list[Arrival]]:
    """Runs of arrivals that are coded together."""
    batch: list[Arrival] = []
    size, begun = 0, time.monotonic()
    for arrival in arrivals:
        batch.append(arrival)
        if isinstance(arrival, Document) and not _is_known(store, arrival, reader):
            size += max(len(arrival.text), BATCH_CHARACTERS // BATCH)
        if size >= width * BATCH_CHARACTERS or len(batch) >= 50 * BATCH or time.monotonic() - begun > 2.0:
            yield batch
            batch, size, begun = [], 0, time.monotonic()
    if batch:
        yield batch


Found = dict[str, Claims | ReadError]
"""What was found in the documents that are not known yet, by their ids."""


def _coded(
    batches: Iterator[list[Arrival]], store: Store, code: Codes, reader: str, ahead: int
) -> Iterator[tuple[list[Arrival], Found]]:
    """Each batch with what was found in it, while the next ones are being coded."""

    def fresh(batch: list[Arrival]) -> list[Document]:
        documents = {d.id: d for d in batch if isinstance(d, Document) and not _is_known(store, d, reader)}
        return list(documents.values())

    def found(documents: list[Document]) -> Found:
        return dict(zip((d.id for d in documents), code(documents), strict=True)) if documents else {}

    stored = ([storable(a) if isinstance(a, Document) else a for a in batch] for batch in batches)
    if not ahead:
        yield from ((batch, found(fresh(batch))) for batch in stored)
        return
    threads = ThreadPoolExecutor(min(ahead, ASKING), thread_name_prefix="detente-code")
    waiting: deque[tuple[list[Arrival], Future[Found]]] = deque()
    try:
        for batch in stored:
            waiting.append((batch, threads.submit(found, fresh(batch))))
            while len(waiting) > ahead or (waiting and waiting[0][1].done()):
                first, coming = waiting.popleft()
                yield first, coming.result()
        while waiting:
            first, coming = waiting.popleft()
            yield first, coming.result()
    finally:  # whoever stopped us ends the processes that the threads wait for
        threads.shutdown(wait=False, cancel_futures=True)


def _gathered(coded: Iterator[tuple[list[Arrival], Found]]) -> Iterator[tuple[list[Arrival], Found]]:
    """Batches for one transaction each: an index page that many documents change is then written once for all of them."""
    together: list[Arrival] = []
    found: Found = {}
    begun = time.monotonic()
    for batch, claims in coded:
        together += batch
        found |= claims
        if time.monotonic() - begun >= COMMIT_SECONDS:
            yield together, found
            together, found, begun = [], {}, time.monotonic()
    if together:
        yield together, found


def _is_known(store: Store, document: Document, reader: str) -> bool:
    known = known_reader(store.con, document.id)
    return known is not None and known[1] == reader


def _commit(store: Store, batch: list[Arrival], claims: Found, reader: str, run: int, report: ReadReport) -> None:
    """Writes a batch in one transaction. `report` counts what is on disk."""
    documents = [a for a in batch if isinstance(a, Document)]
    done = ReadReport()
    with store.writing() as con:
        tally = Tally(con)
        for arrival in batch:
            if isinstance(arrival, ReadError):
                add_failure(con, arrival, run)
                done.failures.append(arrival)
        for document in documents:
            found = claims.get(document.id)
            n, new = add_document(con, document, run, tally, compare=is_compared(found, reader))
            add_source(con, document.source, n, run)
            known = known_reader(con, document.id)
            if found is None or (known and known[1] == reader):  # another process may have been faster
                done.known += 1
                continue
            done.added += new
            done.again += not new
            if isinstance(found, ReadError):
                add_failure(con, found, run)
                done.failures.append(found)
            elif document.language not in CODED_LANGUAGES:
                con.execute("UPDATE documents SET reader = ? WHERE n = ?", (reader, n))
                done.uncoded += 1
            else:
                added, superseded = add_claims(con, n, document, found, reader, run, tally)
                done.claims += added
                done.superseded += superseded
        tally.flush()
    for name in ("added", "known", "again", "uncoded", "claims", "superseded"):
        setattr(report, name, getattr(report, name) + getattr(done, name))
    report.failures += done.failures
