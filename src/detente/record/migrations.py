"""From older record files to the current schema, one step a version; `schema.sql` is what they arrive at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from importlib.resources import files

from ..claims import identity_of
from .connection import Connection
from .tally import chunks

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


_EACH_ONCE = (
    "CREATE INDEX claims_long ON claims (kind, shown, last_day, day, n, type, quad, goldstein) WHERE last_day > day",
    "DROP TABLE claims_words",
    "CREATE VIRTUAL TABLE claims_words USING fts5 ( words, facets, content = '', "
    "tokenize = 'porter unicode61 remove_diacritics 2' )",
    "INSERT INTO claims_words (rowid, words, facets) SELECT c.n, substr(d.text, c.start + 1, c.stop - c.start), "
    "c.kind || ' y' || substr(c.day, 1, 4) || CASE WHEN substr(c.last_day, 1, 4) > substr(c.day, 1, 4) THEN ' ylong' ELSE '' END "
    "FROM claims c JOIN documents d ON d.n = c.document WHERE c.kind IN ('event', 'attribution')",
    *(
        f"CREATE TABLE {name} ( {one} TEXT NOT NULL, {other} TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL, "
        f"n INTEGER NOT NULL, goldstein REAL NOT NULL, PRIMARY KEY ({one}, {other}, month, type) ) WITHOUT ROWID"
        for name, one, other in (("count_roles", "key", "role"), ("count_dyads", "a", "b"))
    ),
    "INSERT INTO count_roles SELECT p.key, p.part, substr(c.day, 1, 7), c.type, count(*), round(total(c.goldstein), 6) "
    "FROM (SELECT DISTINCT claim, key, part FROM claim_actors WHERE part IN ('actor', 'recipient')) p "
    "JOIN claims c ON c.n = p.claim WHERE c.shown = 1 AND c.kind = 'event' GROUP BY 1, 2, 3, 4",
    "INSERT INTO count_roles SELECT p.key, 'party', substr(c.day, 1, 7), c.type, count(*), round(total(c.goldstein), 6) "
    "FROM (SELECT DISTINCT claim, key FROM claim_actors WHERE part IN ('actor', 'recipient')) p JOIN claims c ON c.n = p.claim "
    "WHERE c.shown = 1 AND c.kind = 'event' GROUP BY 1, 2, 3, 4",
    "INSERT INTO count_dyads SELECT p.a, p.b, substr(c.day, 1, 7), c.type, count(*), round(total(c.goldstein), 6) "
    "FROM (SELECT DISTINCT claim, min(source, target) AS a, max(source, target) AS b FROM pairs WHERE source <> '' AND target <> '') p "
    "JOIN claims c ON c.n = p.claim WHERE c.shown = 1 GROUP BY 1, 2, 3, 4",
    "DELETE FROM count_parts",
    "INSERT INTO count_parts SELECT p.key, c.kind, p.part, substr(c.day, 1, 7), count(*), round(total(c.goldstein), 6) "
    "FROM (SELECT DISTINCT claim, key, part FROM claim_actors) p JOIN claims c ON c.n = p.claim "
    "WHERE c.shown = 1 GROUP BY 1, 2, 3, 4",
    "DELETE FROM count_stances",
    "INSERT INTO count_stances SELECT c.issue, p.key, c.side, substr(c.day, 1, 7), count(*), 0.0 "
    "FROM (SELECT DISTINCT claim, key FROM claim_actors WHERE part = 'holder') p JOIN claims c ON c.n = p.claim "
    "WHERE c.shown = 1 GROUP BY 1, 2, 3, 4",
)


def _count_each_once(con: Connection) -> None:
    """3 to 4: events by actor and by dyad in summaries, everybody counted once a claim; words by kind and year; ids of
    claims made from a shorter way of writing the same fields."""
    for statement in _EACH_ONCE:
        con.execute(statement)
    numbers = [row[0] for row in con.execute("SELECT n FROM claims").fetchall()]
    for some in chunks(numbers):  # the claims of a large record together would not fit in memory
        marks = ",".join("?" * len(some))
        rows = con.execute(f"SELECT n, kind, payload FROM claims WHERE n IN ({marks})", some).fetchall()
        con.executemany(
            "UPDATE claims SET id = ? WHERE n = ?",
            [(identity_of(kind, json.loads(payload)), n) for n, kind, payload in rows],
        )


_IN_GROUPS = (
    "DROP INDEX claims_placed",
    "CREATE INDEX claims_placed ON claims (lower(place), place, country, kind, shown, day, last_day, lat, lon, goldstein) "
    "WHERE place IS NOT NULL",
    "CREATE INDEX count_pairs_target ON count_pairs (target, source, n, goldstein)",
    "CREATE INDEX count_documents_outlet ON count_documents (outlet, language, n)",
)


def _index_in_groups(con: Connection) -> None:
    """4 to 5: places, outlets, and who acts on somebody, are counted in the order of an index."""
    for statement in _IN_GROUPS:
        con.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_index_odd_documents, _index_for_pages, _count_each_once, _index_in_groups)
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
