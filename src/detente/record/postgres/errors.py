"""PostgreSQL's errors as ours, with the remedy."""

from __future__ import annotations

import psycopg
from psycopg import errors as server

from ...errors import RecordError
from ..store import BUSY_SECONDS


def only_reads(address: str, role: str) -> str:
    return (
        f"{address} can only be read as {role}. To write to it, ask its owner for: "
        f"detente record grant {role} --role editor -r {address}"
    )


def not_let_in(address: str, role: str) -> str:
    return f"{address} may not be read as {role}; ask its owner for: detente record grant {role} --role reader -r {address}"


_SERVER = ((server.InsufficientPrivilege, "{error}. Reading needs the role reader, reading in and deciding the role editor, and the "
            "schema its owner: detente record roles -r {address}"),
           (server.LockNotAvailable, f"somebody else has been writing to it for over {BUSY_SECONDS} seconds; wait, and run the same "
            "command again"),
           (server.DiskFull, "the server's disk is full. What was reported as read is on record; run the same command again when there "
            "is room, it goes on where it stopped"),
           (server.ReadOnlySqlTransaction, "this server only answers questions (a standby, or set to read only); name the one that "
            "takes writes"),
           (server.InvalidCatalogName, "{error}; make it with: createdb NAME"),
           (server.InvalidPassword, "{error}; say the password in ~/.pgpass or in PGPASSWORD"),
           (server.InvalidAuthorizationSpecification, "{error}; the server does not know this user, or not from here"))  # fmt: skip


def explain(error: Exception, address: str, user: str) -> RecordError:
    """What happened, where, and what to do."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    for kind, remedy in _SERVER:
        if isinstance(cause, kind):
            return RecordError(f"{address}: {remedy.format(error=said, address=address)}")
    if isinstance(cause, psycopg.OperationalError):
        if getattr(cause, "sqlstate", None) is None and "server closed" not in said and "terminat" not in said:
            return RecordError(
                f"{address} cannot be reached as {user}: {said}. See that the server runs and lets you in: psql {address}"
            )
        return RecordError(
            f"{address}: the connection was lost ({said}). What was reported as read is on record; run the same command "
            "again, it goes on where it stopped"
        )
    return RecordError(f"{address}: {said}")
