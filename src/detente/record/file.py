"""A record in a file: SQLite. Opening, checking, transactions, and SQLite's errors in words that say what to do."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import RecordError
from . import migrations
from .connection import Connection
from .store import BUSY_SECONDS, NewerRecord, NotARecord, Store, transaction
from .table import Table
from .words import Hit, match_expression, search

FACETS = "kind || ' y' || substr(day, 1, 4) || CASE WHEN substr(last_day, 1, 4) > substr(day, 1, 4) THEN ' ylong' ELSE '' END"
"""What is indexed beside the words of a claim: see `claims_words` in schema.sql."""


class FileConnection(sqlite3.Connection):
    """SQLite's connection, which puts words into its FTS5 tables."""

    def index_documents(self, rows: Iterable[tuple[int, str | None, str]], /) -> None:
        self.executemany("INSERT INTO documents_words (rowid, title, text) VALUES (?, ?, ?)", rows)

    def index_claims(self, rows: Iterable[tuple[int, str]], /) -> None:
        self.executemany(
            f"INSERT INTO claims_words (rowid, words, facets) SELECT n, ?2, {FACETS} FROM claims WHERE n = ?1", rows
        )


class FileStore(Store):
    """One record file: one writer at a time, and any number of readers meanwhile.

    Raises RecordError when the file cannot be opened, is no record, or was written by a newer detente.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        super().__init__(Path(path), path)
        self._check_path(create)
        self._prepare()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if self.readonly:
            raise RecordError(f"{self.path} can only be read: its folder or the file is write-protected")
        con = self.con
        assert isinstance(con, FileConnection)
        with self.explained(), transaction(con):
            yield con

    @contextmanager
    def explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    @staticmethod
    def by_index(index: str) -> str:
        return f" INDEXED BY {index}"

    def words_asked(self, typed: str) -> str | None:
        return match_expression(typed)

    def words_within(self, expression: str, kinds: Sequence[str], years: Sequence[int]) -> str:
        told = f" AND ({' OR '.join([f'y{year:04d}' for year in years] + ['ylong'])})" if years else ""
        return f"{{words}} : ({expression}) AND {{facets}} : (({' OR '.join(kinds)}){told})"

    def search(self, typed: str, limit: int | None) -> Table[Hit]:
        return search(self, typed, limit)

    @property
    def version(self) -> int:
        return int(self.value("PRAGMA user_version"))

    @property
    def size(self) -> int:
        return sum(p.stat().st_size for p in self.path.parent.glob(f"{self.path.name}*") if p.suffix != ".lock")

    def damage(self) -> str:
        return str(self.value("PRAGMA quick_check(1)"))

    def copied(self, con: Connection) -> None:
        """A file numbers from the highest there is."""

    # --- opening ------------------------------------------------------------------------------------------

    def _check_path(self, create: bool) -> None:
        if self.path.is_dir():
            raise RecordError(f"{self.path} is a folder; name a file in it, such as {self.path / 'record.detente'}")
        if self.path.exists():
            return
        if not create:
            raise RecordError(f"there is no record {self.path}; make one with: detente read FILES -r {self.path}")
        if not self.path.parent.is_dir():
            raise RecordError(
                f"the folder {self.path.parent} does not exist; make it first: mkdir -p {self.path.parent}"
            )

    def _connect(self) -> FileConnection:
        mode = "?mode=ro&immutable=1" if self.readonly else ""
        with self.explained():
            con = sqlite3.connect(
                f"{self.path.absolute().as_uri()}{mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                factory=FileConnection,
            )
            con.row_factory = sqlite3.Row
            con.execute("PRAGMA foreign_keys = ON")
            # FULL: a commit has reached the disk, so that what was reported as read survives a power cut
            # as well as a kill; at a commit a second it costs milliseconds.
            con.execute("PRAGMA synchronous = FULL")
            con.execute("PRAGMA temp_store = MEMORY")
            # A page that many commits change goes into the file once, not once for each of them.
            con.execute("PRAGMA wal_autocheckpoint = 16000")
            con.execute(f"PRAGMA cache_size = -{int(self.cache_kb)}")
        return con

    def _prepare(self) -> None:
        try:
            self._set_up(self.con)
        except RecordError:
            # Write-protected media: the record can still be asked.
            self.close()
            if not self.path.exists() or self.path.stat().st_size == 0:
                raise
            self.readonly = True
            self._check_version(self.con)

    def _set_up(self, con: Connection) -> None:
        with self.explained():
            if self._check_version(con) == migrations.VERSION:
                return
            _use_wal(con)
            with self.writing() as con:
                version = self._check_version(con)  # another process may have been faster
                if version == 0:
                    migrations.create_schema(con)
                    con.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
                else:
                    migrations.migrate(con, version)
                con.execute(f"PRAGMA user_version = {migrations.VERSION}")

    def _check_version(self, con: Connection) -> int:
        with self.explained():
            application, version = (
                con.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version")
            )
            tables = con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application == migrations.APPLICATION_ID:
            if version > migrations.VERSION:
                raise NewerRecord(
                    f"{self.path} was written by a newer detente (schema {version}, this one knows "
                    f"{migrations.VERSION}); upgrade with: pip install -U detente"
                )
            return int(version)
        if application or version or tables:
            raise NotARecord(f"{self.path} is an SQLite file, but no record of detente; choose another name")
        return 0


def _use_wal(con: Connection) -> None:
    """Write-ahead logging: many readers while one writes. Switching needs a moment with no other connection."""
    for attempt in range(50):
        try:
            con.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 49:
                raise
            time.sleep(0.1)


def explain(error: sqlite3.Error, path: Path) -> RecordError:
    """SQLite's error as one of ours, with the file and the remedy."""
    text = str(error)
    if "not a database" in text:
        return NotARecord(f"{path} is not a record of detente (nor an SQLite file); choose another name")
    if "malformed" in text:
        return RecordError(f"{path} is damaged ({text}); restore a copy, or read the documents into a new record")
    if "full" in text or "disk I/O" in text:
        return RecordError(
            f"{path}: the disk is full or cannot be written ({text}). What was reported as read is on record; "
            "make room and run the same command again, it goes on where it stopped"
        )
    if "locked" in text or "busy" in text:
        return RecordError(
            f"{path}: another program has been writing to it for over {BUSY_SECONDS} seconds; "
            "wait for it to end and run the same command again"
        )
    if "readonly" in text or "read-only" in text:
        return RecordError(f"{path} cannot be written: it or its folder is write-protected; copy it elsewhere first")
    if "unable to open" in text:
        return RecordError(f"{path} cannot be opened: see that the folder exists and that you may read and write it")
    return RecordError(f"{path}: {text}")
