"""The summary tables: brought up to date in the same transaction as the claims that they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .connection import Connection, Row

Delta = dict[tuple[Any, ...], list[float]]

_TABLES = {
    "count_events": ("month", "type", "status"),
    "count_pairs": ("source", "target", "month", "type"),
    "count_parts": ("key", "kind", "part", "month"),
    "count_roles": ("key", "role", "month", "type"),
    "count_dyads": ("a", "b", "month", "type"),
    "count_stances": ("issue", "holder", "side", "month"),
    "count_kinds": ("kind", "state", "shown"),
    "count_claims": ("month", "kind"),
    "count_documents": ("month", "outlet", "language"),
}


_ROLES = {"actor": ("actor", "party"), "recipient": ("recipient", "party")}
"""The roles of `count_roles` that a part in an event is counted under."""


class Tally:
    """Remembers how claims were counted when they were first touched, and counts the difference at the end."""

    def __init__(self, con: Connection) -> None:
        self._con = con
        self._before: dict[int, tuple[str, int] | None] = {}
        self._deltas: dict[str, Delta] = {table: defaultdict(lambda: [0, 0.0]) for table in _TABLES}

    def added(self, claim: int) -> None:
        """A claim that was not there before."""
        self._before[claim] = None

    def touch(self, claim: int) -> None:
        """Must be called before the state or `shown` of a claim is changed."""
        if claim not in self._before:
            row = self._con.execute("SELECT state, shown FROM claims WHERE n = ?", (claim,)).fetchone()
            self._before[claim] = (row["state"], row["shown"])

    def document(self, day: str, outlet: str | None, language: str) -> None:
        """A document that was not there before."""
        self._add("count_documents", (day[:7], outlet or "", language), 1, 0.0)

    def flush(self) -> None:
        """Writes the differences."""
        for claims in chunks(sorted(self._before)):
            self._count(claims)
        self._before.clear()
        for table, delta in self._deltas.items():
            self._write(table, delta)
            delta.clear()

    def _add(self, table: str, key: tuple[Any, ...], n: int, goldstein: float) -> None:
        cell = self._deltas[table][key]
        cell[0] += n
        cell[1] += goldstein

    def _count(self, claims: Sequence[int]) -> None:
        marks = ",".join("?" * len(claims))
        changed: dict[int, int] = {}
        rows = self._con.execute(
            f"SELECT n, kind, state, shown, day, type, status, goldstein, issue, side FROM claims WHERE n IN ({marks})",
            claims,
        ).fetchall()
        for row in rows:
            before, after = self._before[row["n"]], (row["state"], row["shown"])
            if before == after:
                continue
            for counted, sign in ((before, -1), (after, 1)):
                if counted is not None:
                    self._add("count_kinds", (row["kind"], *counted), sign, 0.0)
            changed[row["n"]] = row["shown"] - (before[1] if before else 0)
        signs = {n: sign for n, sign in changed.items() if sign}
        if not signs:
            return
        by_n = {row["n"]: row for row in rows}
        for n, sign in signs.items():
            self._count_shown(by_n[n], sign)
        # Somebody with two persons in one claim still plays the part once.
        parts, pairs = (
            {tuple(row) for row in self._con.execute(f"SELECT {columns} WHERE claim IN ({marks})", claims)}
            for columns in ("claim, key, part FROM claim_actors", "claim, source, target FROM pairs")
        )
        roles = {(n, key, role) for n, key, part in parts for role in _ROLES.get(part, ())}
        dyads = {(n, min(pair), max(pair)) for n, *pair in pairs if all(pair)}
        for found, count in (
            (parts, self._count_part),
            (roles, self._count_role),
            (pairs, self._count_pair),
            (dyads, self._count_dyad),
        ):
            for n, one, other in sorted(found):
                if n in signs:
                    count(by_n[n], one, other, signs[n])

    def _count_shown(self, claim: Row, sign: int) -> None:
        month, goldstein = claim["day"][:7], sign * (claim["goldstein"] or 0.0)
        self._add("count_claims", (month, claim["kind"]), sign, goldstein)
        if claim["kind"] == "event":
            self._add("count_events", (month, claim["type"], claim["status"]), sign, goldstein)

    def _count_part(self, claim: Row, key: str, part: str, sign: int) -> None:
        month, goldstein = claim["day"][:7], sign * (claim["goldstein"] or 0.0)
        self._add("count_parts", (key, claim["kind"], part, month), sign, goldstein)
        if part == "holder":
            self._add("count_stances", (claim["issue"], key, claim["side"], month), sign, 0.0)

    def _count_role(self, claim: Row, key: str, role: str, sign: int) -> None:
        if claim["kind"] == "event":
            self._count_event("count_roles", claim, key, role, sign)

    def _count_pair(self, claim: Row, source: str, target: str, sign: int) -> None:
        self._count_event("count_pairs", claim, source, target, sign)

    def _count_dyad(self, claim: Row, a: str, b: str, sign: int) -> None:
        self._count_event("count_dyads", claim, a, b, sign)

    def _count_event(self, table: str, claim: Row, one: str, other: str, sign: int) -> None:
        key = (one, other, claim["day"][:7], claim["type"])
        self._add(table, key, sign, sign * (claim["goldstein"] or 0.0))

    def _write(self, table: str, delta: Delta) -> None:
        keys = _TABLES[table]
        self._con.executemany(
            f"INSERT INTO {table} VALUES ({','.join('?' * (len(keys) + 2))}) ON CONFLICT ({','.join(keys)}) "
            f"DO UPDATE SET n = {table}.n + excluded.n, goldstein = round({table}.goldstein + excluded.goldstein, 6)",
            [(*key, int(n), round(goldstein, 6)) for key, (n, goldstein) in delta.items() if n or goldstein],
        )
        if any(n < 0 for n, _ in delta.values()):
            self._con.execute(f"DELETE FROM {table} WHERE n <= 0")


def chunks(items: Sequence[Any], size: int = 400) -> Iterator[Sequence[Any]]:
    """So many at a time: a statement takes only so many parameters."""
    for i in range(0, len(items), size):
        yield items[i : i + size]


def recount(con: Connection) -> None:
    """Makes all summaries anew from the claims: after a migration, and to check them in tests."""
    for table in _TABLES:
        con.execute(f"DELETE FROM {table}")
    tally = Tally(con)
    for row in con.execute("SELECT day, outlet, language FROM documents"):
        tally.document(row["day"], row["outlet"], row["language"])
    claims: Iterable[Row] = con.execute("SELECT n FROM claims").fetchall()
    for row in claims:
        tally.added(row["n"])
    tally.flush()
