"""From older record files to the current schema, one step a version; `schema.sql` is what they arrive at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files

from .connection import Connection

APPLICATION_ID = 0x64746E74
"""'dtnt' in the header of the file: how we and `file` know a record from other SQLite files."""

Migration = Callable[[Connection], None]


def _index_odd_documents(con: Connection) -> None:
    """1 to 2: what is not coded, and what is a copy, can be counted without reading all documents."""
    con.execute("CREATE INDEX documents_uncoded ON documents (n) WHERE coded = 0")
    con.execute("CREATE INDEX documents_copies ON documents (story) WHERE story <> n")


_FOR_PAGES = (
    "CREATE INDEX claims_shown ON claims (kind, shown, day, n, last_day, type, quad, goldstein, status)",
    "CREATE INDEX claims_type ON claims (kind, type, shown, day, n, last_day, quad, goldstein, status)",
    "CREATE INDEX claims_facts ON claims (n, kind, shown, day, last_day, type, quad, goldstein, status)",
    "CREATE INDEX claims_issue ON claims (issue, shown, day, n, side, kind, last_day) WHERE issue IS NOT NULL",
    "CREATE INDEX claims_placed ON claims (lower(place), kind, shown, day, n, last_day, place, country, lat, lon, goldstein) "
    "WHERE place IS NOT NULL",
    "CREATE VIRTUAL TABLE claims_words USING fts5 ( words, content = '', tokenize = 'porter unicode61 remove_diacritics 2' )",
    "CREATE INDEX count_pairs_type ON count_pairs (type, month, source, target, n, goldstein)",
    "CREATE TABLE count_claims ( month TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, "
    "PRIMARY KEY (month, kind) ) WITHOUT ROWID",
)


def _index_for_pages(con: Connection) -> None:
    """2 to 3: counting by period, place and words without reading claims or texts."""
    for name in ("claims_shown", "claims_type", "claims_issue"):
        con.execute(f"DROP INDEX {name}")
    for statement in _FOR_PAGES:
        con.execute(statement)
    con.execute(
        "INSERT INTO claims_words (rowid, words) SELECT c.n, substr(d.text, c.start + 1, c.stop - c.start) "
        "FROM claims c JOIN documents d ON d.n = c.document WHERE c.kind IN ('event', 'attribution')"
    )
    con.execute(
        "INSERT INTO count_claims SELECT substr(day, 1, 7), kind, count(*), round(total(goldstein), 6) "
        "FROM claims WHERE shown = 1 GROUP BY 1, 2"
    )


MIGRATIONS: tuple[Migration, ...] = (_index_odd_documents, _index_for_pages)
"""MIGRATIONS[i] takes a file from version i + 1 to i + 2. Never change one that was released; add another."""

VERSION = 1 + len(MIGRATIONS)


def create_schema(con: Connection) -> None:
    """The current schema in an empty file, or on a server. Runs inside the caller's transaction."""
    _run_script(con, files(__package__).joinpath("schema.sql").read_text("utf-8"))


def migrate(con: Connection, version: int) -> None:
    """Takes a record of `version` to the current one. Runs inside the caller's transaction: all steps or none."""
    for step in MIGRATIONS[version - 1 :]:
        step(con)


def _run_script(con: Connection, script: str) -> None:
    # Connection.executescript commits the open transaction first, so the statements are run one by one.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            con.execute(statement)
            statement = ""
