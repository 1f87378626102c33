"""Where a record is kept: connections, questions and transactions, in a file (`file.py`) or on a server (`postgres`)."""

from __future__ import annotations

import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from ..errors import RecordError
from .connection import Connection, Parameters, Row

if TYPE_CHECKING:
    from .table import Table
    from .words import Hit

BUSY_SECONDS = 60
"""How long a writer waits for another writer: much longer than any of our transactions takes."""

File = TypeVar("File", bound=sqlite3.Connection)


@contextmanager
def transaction(con: File) -> Iterator[File]:
    """A transaction of a file in autocommit mode: all of it is on disk when it ends, or nothing of it is."""
    con.execute("BEGIN IMMEDIATE")
    try:
        yield con
        con.execute("COMMIT")
    except BaseException:
        if con.in_transaction:
            con.execute("ROLLBACK")
        raise


class Store(ABC):
    """One record. Each thread gets a connection of its own; all of them see committed data only."""

    def __init__(self, path: Path, location: str | Path) -> None:
        self.path = path
        """The file. Of a record on a server: beside what other files that belong to it lie, named after it."""
        self.location = location
        """What opens this record again."""
        self.readonly = False
        self.cache_kb = 32_000
        """Of memory for each connection that is opened from now on."""
        self.sizes: dict[tuple[Any, ...], int] = {}
        """How many claims sets of filters choose: told once, and again when the record has grown."""
        self._local = threading.local()
        self._open: list[Connection] = []
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What it is called, in titles."""
        return self.path.name

    @property
    def location_shown(self) -> str:
        """The location, as it may be printed."""
        return str(self.location)

    @property
    def con(self) -> Connection:
        """This thread's connection."""
        con: Connection | None = getattr(self._local, "con", None)
        if con is None:
            con = self._local.con = self._connect()
            with self._lock:
                self._open.append(con)
        return con

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query."""
        with self.explained():
            return self.con.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of a query, or None."""
        with self.explained():
            found: Row | None = self.con.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row of a query, or None."""
        row = self.row(sql, parameters)
        return row[0] if row else None

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a query as they come, for answers that may not fit in memory."""
        with self.explained():
            cursor = self.con.execute(sql, parameters)
        while True:
            with self.explained():
                rows = cursor.fetchmany(500)
            if not rows:
                return
            yield from rows

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            for con in self._open:
                con.close()
            self._open.clear()
        self._local = threading.local()

    # --- what files and servers do each in their own way --------------------------------------------------

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, one at a time: everything in it is on disk when it ends, or nothing of it is."""

    @abstractmethod
    def explained(self) -> AbstractContextManager[None]:
        """Within it, errors of the database are RecordErrors that say what to do."""

    @abstractmethod
    def _connect(self) -> Connection: ...

    @staticmethod
    @abstractmethod
    def by_index(index: str) -> str:
        """What follows a table's name to have it read by `index`, where the planner would choose a slower one."""

    @abstractmethod
    def words_asked(self, typed: str) -> str | None:
        """What a user types, as what `... MATCH ?` takes; None when nothing is asked."""

    def words_within(self, expression: str, kinds: Sequence[str], years: Sequence[int]) -> str:
        """The same narrowed down to claims of these kinds that may lie in these years (none: in any), where that finds
        them faster. What it finds is asked for kind and days all the same."""
        return expression

    @abstractmethod
    def search(self, typed: str, limit: int | None) -> Table[Hit]:
        """Documents that hold the words, best first."""

    @property
    @abstractmethod
    def version(self) -> int:
        """Of the schema."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Bytes on disk."""

    @abstractmethod
    def damage(self) -> str:
        """'ok', or what is wrong with it."""

    @abstractmethod
    def copied(self, con: Connection) -> None:
        """Called at the end of the transaction in which a whole record was put here."""


def is_server(location: str | Path) -> bool:
    """Whether a record's name is a server's address and not a file's."""
    return str(location).startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def path_of(location: str | Path) -> Path:
    """The record's file; of a record on a server, the path that names what lies beside it: the database's name in the
    working folder."""
    if not is_server(location):
        return Path(location)
    parts = urlsplit(str(location))
    schema = parse_qs(parts.query).get("schema")
    return Path(".".join([parts.path.strip("/") or "record", *(schema or ()), "detente"]))


def open_store(location: str | Path, *, create: bool = True) -> Store:
    """The store of a record file, or of 'postgresql://user@host/database'. Raises RecordError."""
    if is_server(location):
        from .postgres import ServerStore

        return ServerStore(str(location), create=create)
    from .file import FileStore

    return FileStore(location, create=create)


class NotARecord(RecordError):
    """The file or schema is something else."""


class NewerRecord(RecordError):
    """The record has a schema that this version does not know."""
