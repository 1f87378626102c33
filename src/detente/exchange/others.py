"""Other people's events, kept beside the record under the name of who provides them.

They are claims of a black box: they have a row, a file and a line for a source, and no words of a document. So they do
not go into the record, whose every claim points at its words, but into a file of their own: `iran.detente` has its
others in `iran.others.detente`. What is brought in twice is there once; a file that was stopped goes on when it is
brought in again.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import RecordError, UsageError
from ..record.store import path_of, transaction
from ..sources import ReadError
from .coded import Coded
from .delimited import Row
from .shapes import Shape

APPLICATION_ID = 0x64746E6F
"""'dtno' in the header of the file."""
VERSION = 1
BATCH = 5_000
"""Rows a commit."""
MOST_REFUSALS = 1_000
"""Kept with their reasons, a file; the others are counted."""

SHAPES = {
    "gdelt": "gdelt:SHAPE",
    "icews": "icews:SHAPE",
    "polecat": "polecat:SHAPE",
    "acled": "acled:SHAPE",
    "phoenix": "phoenix:SHAPE",
    "petrarch": "phoenix:PETRARCH",
}
"""What can be brought in: the shape of each, 'module:name' in this package."""


def shape_of(format: str) -> Shape:
    """The shape of a format. Raises UsageError for an unknown one."""
    if format not in SHAPES:
        raise UsageError(f"import: {format!r} is none of {', '.join(SHAPES)}")
    module, _, name = SHAPES[format].partition(":")
    shape: Shape = getattr(import_module(f"{__package__}.{module}"), name)
    return shape


def beside(record: str | Path) -> Path:
    """The file of other people's events that belongs to a record."""
    path = path_of(record)
    return path.with_name(f"{path.stem}.others.detente")


@dataclass(slots=True)
class Ledger:
    """What became of one file."""

    path: str
    received: int = 0
    added: int = 0
    had: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    """Why rows were refused: reason to number."""
    stopped: str = ""
    """Why the rest of the file could not be read."""

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Others:
    """The file: `Others(beside("iran.detente"))`. Raises RecordError when it cannot be opened or is something else."""

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = Path(path)
        if not create and not self.path.exists():
            raise RecordError(
                f"there are no events of others beside the record ({self.path}); bring some in with: "
                "detente import gdelt FILE"
            )
        try:
            self.con = sqlite3.connect(self.path, timeout=60, isolation_level=None)
            self.con.row_factory = sqlite3.Row
            self._prepare()
        except sqlite3.Error as error:
            raise RecordError(
                f"{self.path} cannot be used ({error}); see that it is free and may be written"
            ) from error

    def __enter__(self) -> Others:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    # --- bringing in --------------------------------------------------------------------------------------

    def bring_in(
        self, path: str | Path, *, provider: str, format: str, progress: Callable[[int], None] | None = None
    ) -> Ledger:
        """Takes the rows of a file as events of `provider`. Told `progress` after each commit: rows so far.

        Raises UsageError where the file is of another shape, RecordError where ours cannot be written.
        """
        shape = shape_of(format)
        digest = _sha256(Path(path))
        ledger = Ledger(str(path))
        batch: list[tuple[Row, Coded | None, str]] = []
        rows = shape.read(path)
        first = next(rows, None)  # a file of another shape is refused before anything is written
        with self._explained():
            file = self._file(provider, str(path), digest)
            try:
                while first is not None:
                    batch.append(first)
                    if len(batch) >= BATCH:
                        self._commit(file, provider, batch, ledger, progress)
                    first = next(rows, None)
            except ReadError as error:
                ledger.stopped = error.message
            self._commit(file, provider, batch, ledger, progress)
        return ledger

    def _file(self, provider: str, path: str, digest: str) -> int:
        """The number of this file in the ledger. Brought in again, its counts begin anew."""
        with transaction(self.con) as con:
            con.execute(
                "INSERT INTO files (provider, path, sha256, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "at = excluded.at, received = 0, refused = 0, had = 0, added = 0",
                (provider, path, digest, datetime.now(UTC).isoformat(timespec="seconds")),
            )
            n: int = con.execute(
                "SELECT n FROM files WHERE provider = ? AND path = ? AND sha256 = ?", (provider, path, digest)
            ).fetchone()[0]
            con.execute("DELETE FROM refusals WHERE file = ?", (n,))
        return n

    def _commit(
        self,
        file: int,
        provider: str,
        batch: list[tuple[Row, Coded | None, str]],
        ledger: Ledger,
        progress: Callable[[int], None] | None,
    ) -> None:
        added = had = 0
        refused: list[tuple[int, str, int, str]] = []
        with transaction(self.con) as con:
            for row, coded, problem in batch:
                if coded is None:
                    refused.append((file, row.file, row.line, problem))
                    continue
                found = con.execute(_INSERT, _values(provider, file, row, coded)).rowcount
                added += found
                had += 1 - found
            con.executemany(
                "INSERT INTO refusals VALUES (?, ?, ?, ?)", refused[: max(0, MOST_REFUSALS - ledger.refused)]
            )
            con.execute(
                "UPDATE files SET received = received + ?, added = added + ?, had = had + ?, refused = refused + ? "
                "WHERE n = ?",
                (len(batch), added, had, len(refused), file),
            )
        ledger.received += len(batch)
        ledger.added += added
        ledger.had += had
        ledger.refused += len(refused)
        for *_, reason in refused:
            general = re.sub(r"'[^']*'|\d+", "…", reason)
            ledger.reasons[general] = ledger.reasons.get(general, 0) + 1
        batch.clear()
        if progress:
            progress(ledger.received)

    # --- asking -------------------------------------------------------------------------------------------

    def providers(self) -> dict[str, int]:
        """Who provides how many events."""
        rows = self.rows("SELECT provider, count(*) FROM events GROUP BY provider ORDER BY provider")
        return {name: n for name, n in rows}

    def need(self, provider: str) -> None:
        """Raises UsageError where nothing of this provider is here."""
        known = self.providers()
        if provider not in known:
            have = f"there are {', '.join(known)}" if known else "there are none yet"
            raise UsageError(
                f"no events of {provider!r} in {self.path}: {have}; bring them in with: detente import FORMAT FILE --as {provider}"
            )

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._explained():
            return self.con.execute(sql, parameters).fetchall()

    def events(self, provider: str, since: str = "", until: str = "9999") -> Iterator[sqlite3.Row]:
        """The events of a provider by day, both ends included."""
        with self._explained(), closing(self.con.cursor()) as cursor:
            yield from cursor.execute(
                "SELECT * FROM events WHERE provider = ? AND day >= ? AND day <= ? ORDER BY day, n",
                (provider, since, until),
            )

    # --- the file -----------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        application, version = (
            self.con.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version")
        )
        if application == APPLICATION_ID and version == VERSION:
            return
        if application or version or self.con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise RecordError(f"{self.path} is no file of other people's events (or a newer detente's); move it away")
        self.con.execute("PRAGMA journal_mode = WAL")
        with transaction(self.con) as con:
            for statement in files(__package__).joinpath("others.sql").read_text("utf-8").split(";\n"):
                con.execute(statement)
            con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            con.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RecordError(f"{self.path}: {error}; make room or wait, and run the same command again") from error


_INSERT = (
    "INSERT INTO events (provider, file, place, line, row_hash, id, day, last_day, source, target, source_name, target_name, "
    "source_code, target_code, type, mode, cameo, quad, goldstein, where_name, where_country, lat, lon, outlet, url, text, "
    f"documents, outlets) VALUES ({', '.join('?' * 28)}) ON CONFLICT DO NOTHING"
)


def _values(provider: str, file: int, row: Row, c: Coded) -> tuple[Any, ...]:
    digest = hashlib.sha256("\t".join(row.cells).encode("utf-8", "replace")).digest()[:16]
    return (
        *(provider, file, row.file, row.line, digest, c.id, c.day, c.last_day, c.source.key, c.target.key),
        *(c.source.name, c.target.name, c.source.code, c.target.code, c.type, c.mode, c.cameo, c.quad, c.goldstein),
        *(c.place, c.country, c.lat, c.lon, c.outlet, c.url, c.text, c.documents, c.outlets),
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}); name a file that you may read") from error
