"""Records into one: what several hold, as if it had been read into one from the start.

Documents, claims and failures are put on record the way a read puts them there, so that duplicates and corroboration
are found across the records; what people decided goes along with its history. Where both decided on one claim, the
later decision counts and both stand in the history.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..claims import KINDS, Claim, Claims, from_dict
from ..document import Document
from ..errors import ReadError
from .adding import insert_claim
from .connection import Connection, Row
from .documents import document_of
from .linking import link_claims, regroup
from .rows import row_of
from .store import Store
from .taking import Arrival, ReadReport, take_in
from .tally import Tally

FIELDS = {"event": "events", "attribution": "attributions", "stance": "stances", "agreement": "agreements",
          "plan": "plans", "actor": "actors", "date": "dates", "place": "places"}  # fmt: skip
"""Which field of `Claims` holds which kind."""
CODING = ("coding-died", "coding-failed")
"""Reasons of failures that belong to a document that is on record all the same."""


def merge(store: Store, other: Store) -> ReadReport:
    """Puts all that `other` holds into `store`. Returns what came of it, as a read does."""
    report = ReadReport()
    readers = [r[0] for r in other.rows("SELECT DISTINCT reader FROM documents ORDER BY reader IS NULL, reader")]
    for reader in readers:
        arrivals = _documents(other, reader)
        added = take_in(store, arrivals, lambda documents: _coded(other, documents), reader=reader or "")
        report.added += added.added
        report.again += added.again
        report.known += added.known
        report.claims += added.claims
        report.seconds += added.seconds
    with store.writing() as con:
        _copy_sources(con, other)
        tally = Tally(con)
        _copy_decisions(con, other, tally)
        tally.flush()
    return report


def claims_of(document: str, rows: Iterable[tuple[str, str]]) -> Claims:
    """The claims of one document from (kind, payload as JSON)."""
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, payload in rows:
        found[FIELDS[kind]].append(from_dict(KINDS[kind], json.loads(payload)))
    return Claims(document, **{name: tuple(claims) for name, claims in found.items()})


def _documents(other: Store, reader: str | None) -> Iterator[Arrival]:
    for row in other.stream("SELECT * FROM documents WHERE coalesce(reader, '') = ? ORDER BY id", (reader or "",)):
        yield document_of(row)


def _coded(other: Store, documents: list[Document]) -> list[Claims | ReadError]:
    """What the rules found, superseded or not; what people added is copied with their decisions."""
    found: list[Claims | ReadError] = []
    for document in documents:
        failed = other.row(
            "SELECT reason, message FROM sources WHERE source = ? AND status = 'failed' AND reason IN (?, ?)",
            (document.source, *CODING),
        )
        if failed is not None:
            found.append(ReadError(document.source, failed["reason"], failed["message"]))
            continue
        rows = other.rows(
            "SELECT c.kind, c.payload FROM claims c JOIN documents d ON d.n = c.document "
            "WHERE d.id = ? AND c.extractor NOT LIKE 'person:%' AND c.state <> 'superseded' ORDER BY c.n",
            (document.id,),
        )
        found.append(claims_of(document.id, [(r["kind"], r["payload"]) for r in rows]))
    return found


def _copy_sources(con: Connection, other: Store) -> None:
    rows = other.rows(
        "SELECT s.source, s.status, s.reason, s.message, s.at, d.id FROM sources s LEFT JOIN documents d ON d.n = s.document"
    )
    for row in rows:
        con.execute(
            "INSERT INTO sources (source, status, reason, message, document, at) "
            "VALUES (?, ?, ?, ?, (SELECT n FROM documents WHERE id = ?), ?) ON CONFLICT DO NOTHING",
            (row["source"], row["status"], row["reason"], row["message"], row["id"], row["at"]),
        )
    con.execute(
        "UPDATE sources SET status = 'mended' WHERE status = 'failed' AND reason NOT IN (?, ?) "
        "AND source IN (SELECT source FROM sources WHERE status = 'read')",
        CODING,
    )


# --- decisions --------------------------------------------------------------------------------------------


def _copy_decisions(con: Connection, other: Store, tally: Tally) -> None:
    """States, corrections and their history, for claims on which somebody or a newer reader decided in `other`."""
    rows = other.rows(
        "SELECT c.*, d.id AS document_id, r.id AS replaces_id FROM claims c JOIN documents d ON d.n = c.document "
        "LEFT JOIN claims r ON r.n = c.replaces "
        "WHERE c.state <> 'unreviewed' OR c.extractor LIKE 'person:%' OR c.n IN (SELECT claim FROM history) ORDER BY c.n"
    )
    numbers = [_claim_here(con, row, tally) for row in rows]
    lines: dict[int, int] = {}
    for row, n in zip(rows, numbers, strict=True):
        _copy_history(con, other, row["n"], n, lines)
        _take_state(con, row, n, tally)


def _claim_here(con: Connection, row: Row, tally: Tally) -> int:
    """The number that the claim has here, put on record if it is not there."""
    there = con.execute("SELECT n FROM claims WHERE id = ?", (row["id"],)).fetchone()
    if there is not None:
        return int(there[0])
    document = con.execute("SELECT * FROM documents WHERE id = ?", (row["document_id"],)).fetchone()
    claim: Claim = from_dict(KINDS[row["kind"]], json.loads(row["payload"]))
    replaced = con.execute("SELECT n FROM claims WHERE id = ?", (row["replaces_id"],)).fetchone()
    replaces = int(replaced[0]) if replaced else None
    made = row_of(claim, document_of(document))
    n = insert_claim(con, made, document["n"], None, tally, state=row["state"], replaces=replaces)
    link_claims(con, [n], tally)
    return n


def _copy_history(con: Connection, other: Store, theirs: int, ours: int, lines: dict[int, int]) -> None:
    """The lines of one claim's history that are not here yet. `lines`: their numbers here, for what undoes them."""
    columns = "at, by, action, reason, before, after"
    for row in other.rows("SELECT * FROM history WHERE claim = ? ORDER BY n", (theirs,)):
        line = (ours, *(row[name] for name in columns.split(", ")))
        there = con.execute(
            "SELECT n FROM history WHERE claim = ? AND at = ? AND by = ? AND action = ? AND reason = ? AND before = ? "
            "AND after = ?",
            line,
        ).fetchone()
        if there is None:
            there = con.execute(
                f"INSERT INTO history (claim, {columns}, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
                (*line, lines.get(row["undoes"])),
            ).fetchone()
        lines[row["n"]] = int(there[0])


def _take_state(con: Connection, row: Row, n: int, tally: Tally) -> None:
    """The state in `other`, unless what was decided here is later."""
    here = con.execute("SELECT state, lead FROM claims WHERE n = ?", (n,)).fetchone()
    if here["state"] == row["state"]:
        return
    last = con.execute("SELECT after FROM history WHERE claim = ? ORDER BY at DESC, n DESC LIMIT 1", (n,)).fetchone()
    state = json.loads(last["after"]).get("state", row["state"]) if last else row["state"]
    if state == here["state"]:
        return
    tally.touch(n)
    con.execute("UPDATE claims SET state = ? WHERE n = ?", (state, n))
    regroup(con, [here["lead"]], tally)
    if state in ("unreviewed", "accepted"):
        link_claims(con, [n], tally)
