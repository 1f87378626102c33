"""Who may do what with a record on a server: PostgreSQL's own roles and grants, which hold for every program.

A reader asks. An editor also reads documents in and decides on claims, and can do no more than these need: texts,
payloads and the history can be added to and never changed or deleted. The owner, who made the record, changes the
schema and says who is what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...errors import RecordError, UsageError
from ..copying import TABLES
from .store import ServerStore

ROLES = ("reader", "editor")

CHANGED = {
    "runs": "ended, added, known, failed",
    "documents": "coded, reader, story, signature",
    "sources": "status, message",
    "claims": "state, shown, lead, confidence, extractor, payload",
    "groups": "claims, documents, stories, outlets",
    **{table: "n, goldstein" for table in TABLES if table.startswith("count_")},
}
"""Which columns an editor may change; in the other tables none."""
DELETED = tuple(table for table in CHANGED if table == "groups" or table.startswith("count_"))
"""From where an editor may delete: what is counted anew from the claims."""
WORDS = ("documents_words", "claims_words")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may ask the record or write to it."""

    name: str
    role: str
    """owner, editor or reader."""


def grant(store: ServerStore, name: str, role: str, *, create: bool = False) -> None:
    """Makes `name`, a role of the server, a reader or an editor of the record, and nothing more than that. With
    `create`, a role that is not there is made, which may log in. Raises UsageError, and RecordError for who may not."""
    if role not in ROLES:
        raise UsageError(f"role: {role!r} is none of {', '.join(ROLES)}")
    with store.explained(), store.alone() as con:
        there = con.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)).fetchone()
        who = _quoted(store, name)
        if there is None and not create:
            raise RecordError(
                f"{store.location_shown}: the server has no role {name}; make it with: --create, or CREATE ROLE {who} LOGIN"
            )
        _may(store, con)
        if there is None:
            con.execute(f"CREATE ROLE {who} LOGIN")
        for sql in (*_taken(store, who), *_given(store, who, role)):
            con.execute(sql)


def revoke(store: ServerStore, name: str) -> None:
    """Takes all rights to the record from `name`. Raises RecordError where it is no role, and for who may not."""
    with store.explained(), store.alone() as con:
        if con.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)).fetchone() is None:
            raise RecordError(f"{store.location_shown}: the server has no role {name}")
        _may(store, con)
        for sql in _taken(store, _quoted(store, name)):
            con.execute(sql)


def members(store: ServerStore) -> list[Member]:
    """Who may ask the record or write to it, but for the server's superusers."""
    rows = store.rows(
        "SELECT DISTINCT g.grantee AS name, CASE WHEN g.grantee = t.tableowner THEN 'owner' "
        "WHEN EXISTS (SELECT 1 FROM information_schema.role_table_grants i WHERE i.table_schema = g.table_schema "
        "AND i.table_name = 'claims' AND i.grantee = g.grantee AND i.privilege_type = 'INSERT') THEN 'editor' ELSE 'reader' END AS role "
        "FROM information_schema.role_table_grants g JOIN pg_tables t ON t.schemaname = g.table_schema AND t.tablename = 'claims' "
        "WHERE g.table_schema = ? AND g.table_name = 'claims' AND g.privilege_type = 'SELECT' ORDER BY 1",
        (store.schema,),
    )
    return [Member(row["name"], row["role"]) for row in rows]


def grant_anew(store: ServerStore) -> None:
    """After the schema was brought up: everybody's rights, to new tables and columns too."""
    for member in members(store):
        if member.role != "owner":
            grant(store, member.name, member.role)


def _may(store: ServerStore, con: Any) -> None:
    """Raises RecordError unless we are the owner: PostgreSQL only warns of a grant that it did not make."""
    owner = con.execute(
        "SELECT tableowner, pg_has_role(tableowner::name, 'MEMBER') FROM pg_tables WHERE schemaname = ? AND tablename = 'claims'",
        (store.schema,),
    ).fetchone()
    if not owner[1]:
        raise RecordError(f"{store.location_shown}: only its owner, {owner[0]}, says who may read and write it")


def _taken(store: ServerStore, who: str) -> list[str]:
    columns = [f"REVOKE UPDATE ({columns}) ON {table} FROM {who}" for table, columns in CHANGED.items()]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {store.schema} FROM {who}",
        f"REVOKE ALL ON SCHEMA {store.schema} FROM {who}",
        *columns,
    ]


def _given(store: ServerStore, who: str, role: str) -> list[str]:
    reading = [
        f"GRANT USAGE ON SCHEMA {store.schema} TO {who}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {store.schema} TO {who}",
    ]
    if role == "reader":
        return reading
    return [
        *reading,
        f"GRANT INSERT ON {', '.join((*TABLES, *WORDS))} TO {who}",
        *(f"GRANT UPDATE ({columns}) ON {table} TO {who}" for table, columns in CHANGED.items()),
        f"GRANT DELETE ON {', '.join(DELETED)} TO {who}",
    ]


def _quoted(store: ServerStore, name: str) -> str:
    return str(store.value("SELECT quote_ident(?)", (name,)))
