"""A connection to the server that takes the record's SQL, and rows that go by number and by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from psycopg.adapt import Loader
from psycopg.pq import TransactionStatus

from .dialect import statement
from .words import words_here


class Row(tuple[Any, ...]):
    """A row as SQLite's are: `row[0]`, `row["name"]`, `dict(row)`."""

    places: dict[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.places[key] if isinstance(key, str) else key)

    def keys(self) -> Iterable[str]:
        return self.places.keys()


def rows_of(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    """The row factory of psycopg: a class a statement, which knows the names of its columns."""
    places = {column.name: i for i, column in enumerate(cursor.description or ())}
    return type("Row", (Row,), {"places": places, "__slots__": ()})


class Number(Loader):
    """NUMERIC, which sums of whole numbers and means are on the server, as int or float."""

    def load(self, data: Any) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


def prepare(con: psycopg.Connection[Any], schema: str) -> None:
    """Makes a new connection one of the record in `schema`."""
    con.row_factory = rows_of
    con.adapters.register_loader("numeric", Number)
    con.execute("SELECT set_config('search_path', quote_ident(%s), false)", (schema,))


class ServerConnection:
    """Takes the record's SQL to psycopg. `lent` is what the pool takes back at the end."""

    def __init__(self, lent: Any) -> None:
        self._lent = lent
        self.driver: psycopg.Connection[Any] = lent.driver_connection

    @property
    def in_transaction(self) -> bool:
        return self.driver.info.transaction_status != TransactionStatus.IDLE

    def execute(self, sql: str, parameters: Any = (), /) -> psycopg.Cursor[Any]:
        return self.driver.execute(statement(sql), parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        with self.driver.cursor() as cursor:
            cursor.executemany(statement(sql), list(parameters))

    def index_documents(self, rows: Iterable[tuple[int, str | None, str]], /) -> None:
        found = words_here().vectors((n, title or "", text) for n, title, text in rows)
        self.executemany("INSERT INTO documents_words VALUES (?, ?::tsvector)", found)

    def index_claims(self, rows: Iterable[tuple[int, str]], /) -> None:
        found = words_here().vectors((n, "", words) for n, words in rows)
        self.executemany("INSERT INTO claims_words VALUES (?, ?::tsvector)", found)

    def close(self) -> None:
        self._lent.close()
