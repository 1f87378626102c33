"""The watch's memory: feeds, entries on their way, alerts and who was told. One process at a time."""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Any

from ...errors import RecordError, UsageError
from ...record.store import path_of, transaction

APPLICATION_ID = 0x64746E77
"""'dtnw' in the header of the file."""


def beside(record: str | Path) -> Path:
    """The watch's memory that belongs to a record: `iran.watch.detente` for `iran.detente`."""
    path = path_of(record)
    return path.with_name(f"{path.stem}.watch.detente")


class State:
    """The file, locked for this process. Raises UsageError while another watch has it, RecordError where it cannot be
    used."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            # Closed last: closing any handle of the file would drop SQLite's own locks on it.
            self._lock = self.path.open("ab")
        except OSError as error:
            raise RecordError(f"{self.path} cannot be written ({error.strerror or error})") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise UsageError(f"another detente watch is at work on {self.path}; end it first") from None
        try:
            self.con = sqlite3.connect(self.path, timeout=60, isolation_level=None)
            self.con.row_factory = sqlite3.Row
            self.con.execute("PRAGMA synchronous = FULL")
            self._prepare()
        except sqlite3.Error as error:
            self._lock.close()
            raise RecordError(f"{self.path} cannot be used ({error})") from error

    def close(self) -> None:
        self.con.close()
        self._lock.close()

    def rows(self, sql: str, *parameters: Any) -> list[sqlite3.Row]:
        return self.con.execute(sql, parameters).fetchall()

    def row(self, sql: str, *parameters: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.con.execute(sql, parameters).fetchone()
        return found

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction: all of it is on disk when it ends, or nothing."""
        return transaction(self.con)

    def _prepare(self) -> None:
        known = self.con.execute("PRAGMA application_id").fetchone()[0]
        if known == APPLICATION_ID:
            return
        if known or self.con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise RecordError(f"{self.path} is no memory of detente watch; move it away")
        script = files(__package__).joinpath("state.sql").read_text("utf-8")
        with self.writing() as con:
            for statement in script.split(";\n"):
                con.execute(statement)
            con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
