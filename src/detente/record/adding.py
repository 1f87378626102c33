"""Putting a document and its claims on record: all of it or nothing, and never twice."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from ..claims import ActorRef, Claim
from ..document import Document
from ..errors import ReadError
from .connection import Connection, Row
from .days import days_of
from .linking import link_claims, link_document, regroup
from .rows import LONGEST, ClaimRow, fold_names, key_of, row_of
from .tally import Tally, chunks

_CLAIM_COLUMNS = (
    "n", "id", "kind", "document", "start", "stop", "confidence", "extractor", "state", "lead", "day", "last_day", "date",
    "type", "mode", "cameo", "quad", "goldstein", "status", "issue", "side", "place", "country", "lat", "lon",
    "fingerprint", "replaces", "run", "payload",
)  # fmt: skip
_INSERT_CLAIM = (
    f"INSERT INTO claims ({', '.join(_CLAIM_COLUMNS)}) VALUES ({', '.join(':' + c for c in _CLAIM_COLUMNS)})"
)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EMPTY = dict.fromkeys(_CLAIM_COLUMNS) | {"state": "unreviewed"}


def now() -> str:
    """The time as it is written on record."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def storable(document: Document) -> Document:
    """The document as a record can keep it: NUL and lone surrogates, which it cannot, become U+FFFD, one for one, and an
    outlet's name that is none is cut."""
    if len(document.outlet or "") > LONGEST:
        notes = (*document.notes, f"the outlet was cut to {LONGEST} characters")
        return storable(dataclasses.replace(document, outlet=(document.outlet or "")[:LONGEST], notes=notes))
    clean = {
        f.name: _clean(value)
        for f in dataclasses.fields(document)
        if isinstance(value := getattr(document, f.name), str) and _clean(value) != value
    }
    if not clean:
        return document
    notes = (*document.notes, "characters that cannot be stored were replaced by U+FFFD")
    return dataclasses.replace(document, **clean, notes=tuple(_clean(n) for n in notes))


def _clean(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


# --- documents and sources --------------------------------------------------------------------------------


def known_reader(con: Connection, document: str) -> tuple[int, str | None] | None:
    """(n, the reader that looked last) of a document on record, else None."""
    row = con.execute("SELECT n, reader FROM documents WHERE id = ?", (document,)).fetchone()
    return (row["n"], row["reader"]) if row else None


TRIAGED = "+triage"
"""In the name of a reader that leaves out what is not political (`Reader.fingerprint`)."""


def is_compared(found: Iterable[Claim] | ReadError | None, reader: str) -> bool:
    """Whether a document is compared with all others: not what triage left out, which holds nothing to corroborate,
    and is most of a general archive."""
    return isinstance(found, ReadError) or TRIAGED not in reader or (found is not None and any(True for _ in found))


def add_document(
    con: Connection, document: Document, run: int | None, tally: Tally, *, compare: bool = True
) -> tuple[int, bool]:
    """Puts a document on record and finds, with `compare`, those that carry the same dispatch. Returns its number and
    whether it is new."""
    known = known_reader(con, document.id)
    if known:
        if compare:
            _compare(con, known[0], document, tally)
        return known[0], False
    first, _ = days_of(document.reference_date) or ("", "")
    n = con.execute(
        "INSERT INTO documents (id, sha256, source, media_type, title, outlet, author, published, dateline_place, "
        "dateline_date, language, url, notes, day, run, story, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) RETURNING n",
        (
            *(document.id, document.sha256, document.source, document.media_type, document.title, document.outlet),
            *(document.author, document.published, document.dateline_place, document.dateline_date),
            *(document.language, document.url, json.dumps(document.notes), first, run, document.text),
        ),
    ).fetchone()[0]
    con.execute("UPDATE documents SET story = n WHERE n = ?", (n,))
    con.index_documents([(n, document.title, document.text)])
    tally.document(first, document.outlet, document.language)
    if compare:
        _compare(con, n, document, tally)
    return n, True


def _compare(con: Connection, n: int, document: Document, tally: Tally) -> None:
    """Links the dispatch to others, unless that was done before."""
    done = con.execute("SELECT signature IS NOT NULL FROM documents WHERE n = ?", (n,)).fetchone()[0]
    if not done and document.text.strip():
        link_document(con, n, document.text, tally)


def add_source(con: Connection, source: str, document: int, run: int | None) -> None:
    """Notes that a document was read from `source`; what failed there before is mended."""
    con.execute(
        "INSERT INTO sources (source, status, document, run, at) VALUES (?, 'read', ?, ?, ?) ON CONFLICT DO NOTHING",
        (_clean(source), document, run, now()),
    )
    con.execute("UPDATE sources SET status = 'mended' WHERE source = ? AND status = 'failed'", (_clean(source),))


def add_failure(con: Connection, error: ReadError, run: int | None) -> None:
    """Notes what could not be read, and why. The same failure again adds nothing."""
    con.execute(
        "INSERT INTO sources (source, status, reason, message, run, at) VALUES (?, 'failed', ?, ?, ?, ?) "
        "ON CONFLICT (source, ifnull(document, 0), reason) DO UPDATE SET status = 'failed', message = excluded.message",
        (_clean(error.source), error.reason, _clean(error.message), run, now()),
    )


# --- claims -----------------------------------------------------------------------------------------------


def add_claims(
    con: Connection,
    n: int,
    document: Document,
    claims: Iterable[Claim],
    reader: str,
    run: int | None,
    tally: Tally,
) -> tuple[int, int]:
    """Puts the claims that `reader` found in document `n` on record; earlier ones that it did not find again, and
    that nobody decided on, are superseded. Returns how many were added and how many superseded."""
    found = {row.columns["id"]: row for row in (row_of(c, document) for c in claims)}
    before = {
        r["id"]: r
        for r in con.execute("SELECT n, id, state, lead, confidence, extractor FROM claims WHERE document = ?", (n,))
    }
    superseded = [
        _change(con, old, "superseded", "supersede", reader, tally)
        for id, old in before.items()
        if id not in found and old["state"] == "unreviewed"
    ]
    for id in found.keys() & before.keys():
        _found_again(con, before[id], found[id], reader, tally)
    added = insert_claims(con, [row for id, row in found.items() if id not in before], n, run, tally)
    con.execute("UPDATE documents SET coded = 1, reader = ? WHERE n = ?", (reader, n))
    link_claims(con, added, tally)
    return len(added), len(superseded)


def insert_claim(
    con: Connection,
    row: ClaimRow,
    document: int,
    run: int | None,
    tally: Tally,
    *,
    state: str = "unreviewed",
    replaces: int | None = None,
) -> int:
    """One new row of `claims` with its actors, pairs and words."""
    return insert_claims(con, [row], document, run, tally, state=state, replaces=replaces)[0]


def insert_claims(
    con: Connection,
    rows: Sequence[ClaimRow],
    document: int,
    run: int | None,
    tally: Tally,
    *,
    state: str = "unreviewed",
    replaces: int | None = None,
) -> list[int]:
    """New rows of `claims` with their actors, pairs and words, one statement a table. Returns their numbers."""
    first = con.execute("SELECT coalesce(max(n), 0) + 1 FROM claims").fetchone()[0]
    numbers = list(range(first, first + len(rows)))
    same = {"document": document, "run": run, "state": state, "replaces": replaces}
    numbered = list(zip(numbers, rows, strict=True))
    con.executemany(_INSERT_CLAIM, [{**_EMPTY, **row.columns, **same, "n": n, "lead": n} for n, row in numbered])
    actors = _actors(con, (ref for row in rows for _, _, ref in row.actors))
    con.executemany(
        "INSERT INTO claim_actors VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (n, part, i, actors[_what_of(ref)[0]], key_of(ref), row.columns["kind"], row.columns["day"])
            for n, row in numbered
            for part, i, ref in row.actors
        ],
    )
    con.executemany(
        "INSERT INTO pairs VALUES (?, ?, ?, ?)",
        [(s, t, row.columns["day"], n) for n, row in numbered for s, t in sorted(row.pairs)],
    )
    con.index_claims([(n, row.words) for n, row in numbered if row.words])
    for n in numbers:
        tally.added(n)
    return numbers


def write_history(
    con: Connection,
    claim: int,
    by: str,
    action: str,
    before: dict[str, object],
    after: dict[str, object],
    *,
    reason: str = "",
    undoes: int | None = None,
) -> int:
    """One line of the history of a claim."""
    n: int = con.execute(
        "INSERT INTO history (claim, at, by, action, reason, before, after, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
        (claim, now(), by, action, reason, json.dumps(before), json.dumps(after), undoes),
    ).fetchone()[0]
    return n


def _change(con: Connection, old: Row, state: str, action: str, reader: str, tally: Tally) -> int:
    tally.touch(old["n"])
    con.execute("UPDATE claims SET state = ? WHERE n = ?", (state, old["n"]))
    write_history(con, old["n"], f"reader:{reader}", action, {"state": old["state"]}, {"state": state})
    regroup(con, [con.execute("SELECT lead FROM claims WHERE n = ?", (old["n"],)).fetchone()[0]], tally)
    return int(old["n"])


def _found_again(con: Connection, old: Row, row: ClaimRow, reader: str, tally: Tally) -> None:
    """The same claim by newer rules: it stays, what a person decided stays, and a new confidence is written down."""
    if old["state"] == "superseded":
        _change(con, old, "unreviewed", "revive", reader, tally)
    before = {"confidence": old["confidence"], "extractor": old["extractor"]}
    after = {k: row.columns[k] for k in before}
    if before != after:
        con.execute(
            "UPDATE claims SET confidence = ?, extractor = ?, payload = ? WHERE n = ?",
            (after["confidence"], after["extractor"], row.columns["payload"], old["n"]),
        )
        write_history(con, old["n"], f"reader:{reader}", "refresh", before, after)


def _actors(con: Connection, refs: Iterable[ActorRef]) -> dict[str, int]:
    """The numbers of actors by their identity, put on record where they are not."""
    what = dict(map(_what_of, refs))
    known = _numbers_of(con, list(what))
    missing = [identity for identity in what if identity not in known]
    con.executemany(
        "INSERT INTO actors (identity, key, id, name, country, code, role, person, office, body, folded) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(identity, *what[identity]) for identity in missing],
    )
    return known | _numbers_of(con, missing)


def _numbers_of(con: Connection, identities: Sequence[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in chunks(identities):
        marks = ",".join("?" * len(some))
        known |= dict(con.execute(f"SELECT identity, n FROM actors WHERE identity IN ({marks})", some).fetchall())
    return known


def _what_of(ref: ActorRef) -> tuple[str, tuple[str | None, ...]]:
    return _identity_of(
        key_of(ref), ref.id, ref.name, ref.country, ref.code, ref.role, ref.person, ref.office, ref.body, ref.text
    )


@lru_cache(10_000)
def _identity_of(
    key: str,
    id: str | None,
    name: str | None,
    country: str | None,
    code: str | None,
    role: str | None,
    person: str | None,
    office: str | None,
    body: str | None,
    text: str,
) -> tuple[str, tuple[str | None, ...]]:
    what = (key, id, name, country, code, role, person, office, body, fold_names(name, person, body, office, text, id))
    return json.dumps(what), what
