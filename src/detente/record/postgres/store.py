"""The record on a server: opening, checking, transactions, and PostgreSQL's errors in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from shlex import quote
from typing import Any

import psycopg
from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ...errors import RecordError, UsageError
from .. import migrations
from ..connection import Connection, Parameters, Row
from ..store import BUSY_SECONDS, NewerRecord, NotARecord, Store, path_of
from ..table import Table
from ..words import Hit
from . import errors
from .connection import ServerConnection, prepare
from .dialect import statement
from .words import query_of, search

SCHEMA = "detente"
"""The schema of the database that holds the record, unless the address says `?schema=NAME`."""

_FEW = re.compile(r"\bLIMIT \d{1,3}$")


class ServerStore(Store):
    """One record in one schema of a database.

    One writer at a time: each takes an advisory lock for the length of its transaction, as a file is locked; the
    coding of documents, which takes the time, goes on in as many readers as there are. `old`: open a record of an
    older schema too, to bring it up. Raises RecordError when there is none, or it cannot be had; UsageError for what
    is no address.
    """

    def __init__(self, address: str, *, create: bool = True, old: bool = False) -> None:
        self.url, self.schema = parse_address(address)
        super().__init__(path_of(address), address)
        self.engine = create_engine(self.url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, max_overflow=-1)
        """SQLAlchemy's engine, for questions of one's own: `pandas.read_sql(sql, record.store.engine)`."""
        event.listen(self.engine, "connect", lambda con, _: prepare(con, self.schema))
        self._prepare(create, old)

    @property
    def location_shown(self) -> str:
        """The address without a password."""
        return shown(self.url, self.schema)

    @property
    def role(self) -> str:
        """As whom we are there."""
        return str(self.value("SELECT current_user"))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if self.readonly:
            raise RecordError(errors.only_reads(self.location_shown, self.role))
        # Statements that nobody reads an answer of are sent without waiting for the one before.
        with self.explained(), self.alone() as con, con.driver.pipeline():
            yield con

    @contextmanager
    def alone(self) -> Iterator[ServerConnection]:
        """A transaction in which nobody else writes to this record. Errors are psycopg's."""
        con = self.con
        con.driver.execute(f"BEGIN; SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        try:
            con.execute(
                "SELECT pg_advisory_xact_lock(?::integer, hashtext(?))", (migrations.APPLICATION_ID, self.schema)
            )  # released at the end of the transaction, and when the connection breaks
            yield con
            con.execute("COMMIT")
        except BaseException:
            if con.in_transaction:
                con.execute("ROLLBACK")
            raise

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """See `Store.stream`. A page of rows is fetched at once; more come through a cursor of the server's, in a
        transaction and a connection of its own, so that it sees one state of the record and memory holds 500 rows."""
        if _FEW.search(sql) or self.con.in_transaction:
            yield from self.rows(sql, parameters)
            return
        with self.explained():
            con = ServerConnection(self.engine.raw_connection())
            try:
                with con.driver.transaction(), con.driver.cursor(name="rows") as cursor:
                    cursor.itersize = 500
                    cursor.execute(statement(sql), parameters)
                    yield from cursor
            finally:
                con.close()

    @contextmanager
    def explained(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.Error, SQLAlchemyError) as error:
            user, connected = self.url.username or "you", hasattr(self._local, "con")
            raise errors.explain(error, self.location_shown, user, connected=connected) from error

    @staticmethod
    def by_index(index: str) -> str:
        return ""

    def words_asked(self, typed: str) -> str | None:
        return query_of(typed)

    def search(self, typed: str, limit: int | None) -> Table[Hit]:
        return search(self, typed, limit)

    @property
    def version(self) -> int:
        return int(self.value("SELECT version FROM record_version"))

    @property
    def size(self) -> int:
        sum_of_tables = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = ?::regnamespace"
        return int(self.value(sum_of_tables, (self.schema,)) or 0)

    def damage(self) -> str:
        return "ok"  # the server checks its pages itself

    def copied(self, con: Connection) -> None:
        """New rows are numbered from the last one on, and the planner knows how many there are."""
        for table in ("runs", "documents", "sources", "claims", "actors", "history"):
            con.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'n'), coalesce(max(n), 0) + 1, false) FROM {table}"
            )
        con.execute("ANALYZE")

    @property
    def con(self) -> ServerConnection:
        """This thread's connection; a new one where the server ended it, as it does when it is restarted."""
        con: ServerConnection | None = getattr(self._local, "con", None)
        if con is None or con.driver.closed:
            con = self._local.con = self._connect()
            with self._lock:
                self._open.append(con)
        return con

    def close(self) -> None:
        super().close()
        self.engine.dispose()

    # --- opening ------------------------------------------------------------------------------------------

    def _connect(self) -> ServerConnection:
        with self.explained():
            return ServerConnection(self.engine.raw_connection())

    def _prepare(self, create: bool, old: bool) -> None:
        version = self._check_version()
        if version == 0:
            if not create:
                raise RecordError(
                    f"there is no record in {self.location_shown}; make one with: detente record init -r {quote(self.location_shown)}"
                )
            self.bring_up()
        elif version < migrations.VERSION and not old:
            raise RecordError(
                f"{self.location_shown} has schema {version}, and this detente needs {migrations.VERSION}; its owner brings it "
                f"there with: detente record upgrade -r {quote(self.location_shown)}"
            )
        may_write = "SELECT has_table_privilege('claims', 'INSERT') AND NOT pg_is_in_recovery()"
        self.readonly = not self.value(may_write)

    def bring_up(self) -> tuple[int, int]:
        """Makes the record, or brings it to the current schema: all of it or nothing. Returns the versions before and
        after. Raises RecordError where one may not."""
        with self.explained(), self.alone() as con:
            version = self._check_version()  # another process may have been faster
            if version == 0:
                con.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.schema}"')
                con.driver.execute(files(__package__).joinpath("functions.sql").read_bytes())
                migrations.create_schema(con)
                con.execute("INSERT INTO record_version VALUES (?)", (migrations.VERSION,))
            elif version < migrations.VERSION:
                migrations.migrate(con, version)
                con.execute("UPDATE record_version SET version = ?", (migrations.VERSION,))
        return version, migrations.VERSION

    def _check_version(self) -> int:
        """0 where there is nothing yet. Raises RecordError where there is something else, or something newer."""
        there = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = ?"
        usable = self.value(there, (self.schema,))
        if usable is None:
            return 0
        if not usable:
            raise RecordError(errors.not_let_in(self.location_shown, self.role))
        if self.value("SELECT to_regclass('record_version')") is None:
            some = "SELECT count(*) FROM pg_class WHERE relnamespace = ?::regnamespace"
            if self.value(some, (self.schema,)):
                raise NotARecord(
                    f"the schema {self.schema} of {self.location_shown} holds other tables and no record; name another: ?schema=NAME"
                )
            return 0
        version = self.version
        if version > migrations.VERSION:
            raise NewerRecord(
                f"{self.location_shown} was made by a newer detente (schema {version}, this one knows {migrations.VERSION}); "
                "upgrade with: pip install -U detente"
            )
        return version


def parse_address(address: str) -> tuple[URL, str]:
    """SQLAlchemy's URL and the schema of 'postgresql://user@host/database?schema=name'. Raises UsageError."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"{address!r} is no address; write postgresql://user@host/database") from error
    if not url.database:
        raise UsageError(f"{shown(url, SCHEMA)} names no database; write postgresql://user@host/database")
    schema: Any = url.query.get("schema", SCHEMA)
    if not isinstance(schema, str) or not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema) or schema.startswith("pg_"):
        raise UsageError(f"schema: {schema!r} is no name; write small letters, digits and _, such as ?schema=iran")
    return url.difference_update_query(["schema"]).set(drivername="postgresql+psycopg"), schema


def shown(url: URL, schema: str) -> str:
    """An address as it may be printed: the password is left out."""
    plain = url.set(drivername="postgresql", password=None)
    told = (plain if schema == SCHEMA else plain.update_query_dict({"schema": schema})).render_as_string()
    return told.replace("%2F", "/")  # the folder of a socket
