"""What the record's SQL is run on: a connection to a file or to a server, and rows that go by number and by name.

The SQL of this room is written once. It keeps to what SQLite and PostgreSQL both understand; the little that differs
(`?` for parameters, words, the types of columns) is put into PostgreSQL's words by `postgres.dialect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

Parameters = Sequence[Any] | dict[str, Any]


class Row(Protocol):
    """A row of an answer: `row[0]`, `row["name"]`, `dict(row)`, `tuple(row)`."""

    def __getitem__(self, key: Any, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...

    def keys(self) -> Iterable[str]: ...


class Cursor(Protocol):
    """What a statement gives."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchmany(self, size: int, /) -> list[Any]: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection in autocommit mode, which `Store.writing` takes through transactions."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor: ...

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any: ...

    def close(self) -> None: ...

    def index_documents(self, rows: Iterable[tuple[int, str | None, str]], /) -> None:
        """Makes documents findable by their words: (n, title, text)."""

    def index_claims(self, rows: Iterable[tuple[int, str]], /) -> None:
        """Makes claims findable by the words of their evidence: (n, words)."""
