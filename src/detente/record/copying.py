"""A whole record into another place, row by row as it is: from a file to a server, from a server to a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ..errors import RecordError
from .connection import Connection
from .store import Store

TABLES = (
    "runs", "documents", "bands", "sources", "claims", "actors", "claim_actors", "pairs", "links", "groups", "history",
    "count_events", "count_pairs", "count_parts", "count_roles", "count_dyads", "count_stances", "count_kinds",
    "count_claims", "count_documents",
)  # fmt: skip
"""All that schema.sql names but for the words, each after those that it refers to."""
CHUNK = 1000

_DOCUMENTS = "SELECT n, title, text FROM documents ORDER BY n"
_EVIDENCE = (
    "SELECT c.n, substr(d.text, c.start + 1, c.stop - c.start) FROM claims c JOIN documents d ON d.n = c.document "
    "WHERE c.kind IN ('event', 'attribution') ORDER BY c.n"
)


def copy(source: Store, target: Store) -> int:
    """Puts all that `source` holds into `target`, which must be empty: numbers, runs and history as they are, so that
    `contents_hash` is the same. All of it or nothing. Returns the number of documents. Raises RecordError."""
    with target.writing() as con:
        if (
            con.execute("SELECT 1 FROM documents LIMIT 1").fetchone()
            or con.execute("SELECT 1 FROM runs LIMIT 1").fetchone()
        ):
            raise RecordError(
                f"{target.location_shown} holds something already; to put one record into another: detente record merge"
            )
        for table in TABLES:
            _copy_table(source, con, table)
        for chunk in _chunks(source.stream(_DOCUMENTS)):
            con.index_documents([(n, title, text) for n, title, text in chunk])
        for chunk in _chunks(source.stream(_EVIDENCE)):
            con.index_claims([(n, words) for n, words in chunk if words])
        target.copied(con)
        return int(con.execute("SELECT count(*) FROM documents").fetchone()[0])


def _copy_table(source: Store, con: Connection, table: str) -> None:
    rows = source.stream(f"SELECT * FROM {table}" + (" ORDER BY n" if table in {"claims", "history"} else ""))
    for chunk in _chunks(rows):
        names = list(chunk[0].keys())
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        con.executemany(sql, [tuple(row) for row in chunk])


def _chunks(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
