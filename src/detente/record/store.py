"""The file: opening, checking, transactions, and SQLite's errors in words that say what to do."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import RecordError
from . import migrations

BUSY_SECONDS = 60
"""How long a writer waits for another writer: much longer than any of our transactions takes."""


@contextmanager
def transaction(con: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction of a connection in autocommit mode: all of it is on disk when it ends, or nothing of it is."""
    con.execute("BEGIN IMMEDIATE")
    try:
        yield con
        con.execute("COMMIT")
    except BaseException:
        if con.in_transaction:
            con.execute("ROLLBACK")
        raise


class Store:
    """One record file. Each thread gets a connection of its own; all of them see committed data only.

    Raises RecordError when the file cannot be opened, is no record, or was written by a newer detente.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = Path(path)
        self.readonly = False
        self.cache_kb = 32_000
        """Of memory for each connection that is opened from now on."""
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._check_path(create)
        self._prepare()

    @property
    def con(self) -> sqlite3.Connection:
        """This thread's connection."""
        con: sqlite3.Connection | None = getattr(self._local, "con", None)
        if con is None:
            con = self._local.con = self._connect()
            with self._lock:
                self._open.append(con)
        return con

    @staticmethod
    def by_index(index: str) -> str:
        """What follows a table's name to have it read by `index`, where the planner would choose a slower one."""
        return f" INDEXED BY {index}"

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._explained():
            return self.con.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with self._explained():
            found: sqlite3.Row | None = self.con.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first column of the first row of a query, or None."""
        row = self.row(sql, parameters)
        return row[0] if row else None

    def stream(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query as they come, for answers that may not fit in memory."""
        with self._explained():
            cursor = self.con.execute(sql, parameters)
        while True:
            with self._explained():
                rows = cursor.fetchmany(500)
            if not rows:
                return
            yield from rows

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in it is on disk when it ends, or nothing of it is."""
        if self.readonly:
            raise RecordError(f"{self.path} can only be read: its folder or the file is write-protected")
        with self._explained(), transaction(self.con) as con:
            yield con

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            for con in self._open:
                con.close()
            self._open.clear()
        self._local = threading.local()

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

    def _connect(self) -> sqlite3.Connection:
        mode = "?mode=ro&immutable=1" if self.readonly else ""
        with self._explained():
            con = sqlite3.connect(
                f"{self.path.absolute().as_uri()}{mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            con.row_factory = sqlite3.Row
            con.execute("PRAGMA foreign_keys = ON")
            # FULL: a commit has reached the disk, so that what was reported as read survives a power cut
            # as well as a kill; at a commit for every batch of documents it costs milliseconds a second.
            con.execute("PRAGMA synchronous = FULL")
            con.execute("PRAGMA temp_store = MEMORY")
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

    def _set_up(self, con: sqlite3.Connection) -> None:
        with self._explained():
            if self._check_version(con) == migrations.VERSION:
                return
            _use_wal(con)
            with self.writing():
                version = self._check_version(con)  # another process may have been faster
                if version == 0:
                    migrations.create_schema(con)
                elif version < migrations.VERSION:
                    migrations.migrate(con, version)

    def _check_version(self, con: sqlite3.Connection) -> int:
        with self._explained():
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

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explain(error, self.path) from error


class NotARecord(RecordError):
    """The file is something else."""


class NewerRecord(RecordError):
    """The file has a schema that this version does not know."""


def _use_wal(con: sqlite3.Connection) -> None:
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
