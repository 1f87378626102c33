"""From older record files to the current schema, one step a version; `schema.sql` is what they arrive at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files

APPLICATION_ID = 0x64746E74
"""'dtnt' in the header of the file: how we and `file` know a record from other SQLite files."""

Migration = Callable[[sqlite3.Connection], None]


def _index_odd_documents(con: sqlite3.Connection) -> None:
    """1 to 2: what is not coded, and what is a copy, can be counted without reading all documents."""
    con.execute("CREATE INDEX documents_uncoded ON documents (n) WHERE coded = 0")
    con.execute("CREATE INDEX documents_copies ON documents (story) WHERE story <> n")


MIGRATIONS: tuple[Migration, ...] = (_index_odd_documents,)
"""MIGRATIONS[i] takes a file from version i + 1 to i + 2. Never change one that was released; add another."""

VERSION = 1 + len(MIGRATIONS)


def create_schema(con: sqlite3.Connection) -> None:
    """The current schema in an empty file. Runs inside the caller's transaction."""
    _run_script(con, files(__package__).joinpath("schema.sql").read_text("utf-8"))
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute(f"PRAGMA user_version = {VERSION}")


def migrate(con: sqlite3.Connection, version: int) -> None:
    """Takes a file of `version` to the current one. Runs inside the caller's transaction: all steps or none."""
    for step in MIGRATIONS[version - 1 :]:
        step(con)
    con.execute(f"PRAGMA user_version = {VERSION}")


def _run_script(con: sqlite3.Connection, script: str) -> None:
    # Connection.executescript commits the open transaction first, so the statements are run one by one.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            con.execute(statement)
            statement = ""
