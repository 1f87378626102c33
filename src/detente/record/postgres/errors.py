"""PostgreSQL's errors as ours, with the remedy."""

from __future__ import annotations

from shlex import quote

import psycopg
from psycopg import errors as server

from ...errors import RecordError
from ..store import BUSY_SECONDS

_GO_ON = "What was reported as read is on record; run the same command again, it goes on where it stopped"
_REMEDIES: tuple[tuple[type[Exception], str], ...] = (
    (
        server.InsufficientPrivilege,
        "{said}. Asking needs the role reader, reading in and deciding the role editor, the rest its owner; see: "
        "detente record roles -r ADDRESS",
    ),
    (
        server.LockNotAvailable,
        f"somebody else has been writing to it for over {BUSY_SECONDS} seconds; wait, and run the same command again",
    ),
    (server.DiskFull, f"the server's disk is full ({{said}}); make room. {_GO_ON}"),
    (server.ProgramLimitExceeded, "a value is longer than the server can index ({said})"),
    (
        server.ReadOnlySqlTransaction,
        "this server only answers questions (a standby, or set to read only); name the one that takes writes",
    ),
)


def only_reads(address: str, role: str) -> str:
    return (
        f"{address} can only be read as {role}; ask its owner for: detente record grant {role} --role editor -r ADDRESS"
    )


def not_let_in(address: str, role: str) -> str:
    return f"{address} may not be read as {role}; ask its owner for: detente record grant {role} -r ADDRESS"


def explain(error: Exception, address: str, user: str, *, connected: bool) -> RecordError:
    """What happened, where, and what to do."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    for kind, remedy in _REMEDIES:
        if isinstance(cause, kind):
            return RecordError(f"{address}: {remedy.format(said=said)}")
    if isinstance(cause, psycopg.OperationalError) and not connected:
        return RecordError(
            f"{address} cannot be reached as {user}: {said}. See whether the server runs and lets you in: psql {quote(address)}"
        )
    if isinstance(cause, psycopg.OperationalError):
        return RecordError(f"{address}: the connection was lost ({said}). {_GO_ON}")
    return RecordError(f"{address}: {said}")
