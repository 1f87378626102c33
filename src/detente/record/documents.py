"""Documents on record: rows back to Documents, lists of them, and where each was read from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..document import Document
from ..errors import RecordError, UsageError
from .connection import Row
from .days import days_asked
from .store import Store
from .table import Columns, Query, Table


def document_of(row: Row) -> Document:
    """The Document of a row of `documents`."""
    return Document(
        id=row["id"],
        text=row["text"],
        sha256=row["sha256"],
        source=row["source"],
        media_type=row["media_type"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=row["published"],
        dateline_place=row["dateline_place"],
        dateline_date=row["dateline_date"],
        language=row["language"],
        url=row["url"],
        notes=tuple(json.loads(row["notes"])),
    )


def find_document(store: Store, name: str) -> Document:
    """The document that a user means: by id, the beginning of an id, path or URL, file name, or words of its title.

    Raises RecordError when there is none, or when several fit.
    """
    like = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for condition, value in (
        ("id = ?", name),
        ("source = ?", name),
        ("n IN (SELECT document FROM sources WHERE source = ?)", name),
        ("id LIKE ? ESCAPE '\\'", f"{like}%" if len(name) >= 4 else name),
        ("source LIKE ? ESCAPE '\\'", f"%/{like}"),
        ("source LIKE ? ESCAPE '\\'", f"%{like}%"),
        ("title LIKE ? ESCAPE '\\'", f"%{like}%"),
    ):
        rows = store.rows(f"SELECT * FROM documents WHERE {condition} ORDER BY n LIMIT 6", (value,))
        if len(rows) == 1:
            return document_of(rows[0])
        if rows:
            some = "\n".join(f"  {r['id']}  {r['source']}" for r in rows[:5])
            raise RecordError(
                f"{name!r} fits {'more than five' if len(rows) > 5 else len(rows)} documents:\n{some}\nname one by its id"
            )
    raise RecordError(f"no document {name!r} on record; `detente sources` lists what was read")


# --- lists ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list: all but the text."""

    n: int
    id: str
    day: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    dateline_place: str | None
    dateline_date: str | None
    language: str
    coded: bool
    source: str
    url: str | None
    media_type: str
    characters: int
    events: int
    statements: int
    copies: int
    """In how many documents the same dispatch is on record, this one included."""
    notes: tuple[str, ...]

    @property
    def position(self) -> tuple[str, int]:
        """Give it as `after=` to get the next page."""
        return self.day, self.n


_DOCUMENT_COLUMNS: Columns = {
    "id": str, "day": str, "title": str, "outlet": str, "author": str, "published": str, "dateline_place": str,
    "dateline_date": str, "language": str, "coded": int, "source": str, "url": str, "media_type": str, "characters": int,
    "events": int, "statements": int, "copies": int, "notes": list,
}  # fmt: skip


def list_documents(
    store: Store,
    *,
    outlet: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    coded: bool | None = None,
    text: str | None = None,
    limit: int | None = None,
    order: str = "day",
    after: tuple[str, int] | None = None,
) -> Table[DocumentLine]:
    """Documents by day. See `Record.documents`."""
    where: list[str] = []
    parameters: list[Any] = []

    def add(condition: str, *values: Any) -> None:
        where.append(condition)
        parameters.extend(values)

    if outlet is not None:
        add("lower(d.outlet) = lower(?)", outlet)
    if language is not None:
        add("d.language = ?", language)
    if coded is not None:
        add("d.coded = ?", int(coded))
    if since:
        add("d.day >= ?", days_asked(since, "since")[0])
    if until:
        add("d.day <= ? AND d.day <> ''", days_asked(until, "until")[1])
    if text is not None:
        asked = store.words_asked(text)
        found = "d.n IN (SELECT rowid FROM documents_words WHERE documents_words MATCH ?)"
        add(found, asked) if asked else add("1 = 0")
    if order not in {"day", "-day"}:
        raise UsageError(f"order: {order!r} is none of day, -day")
    back = order.startswith("-")
    if after is not None:
        add(f"(d.day, d.n) {'<' if back else '>'} (?, ?)", *after)
    direction = " DESC" if back else ""
    count = "(SELECT count(*) FROM claims c WHERE c.document = d.n AND c.kind = '{}' AND c.state IN ('unreviewed', 'accepted'))"
    query = Query(
        "d.n, d.id, d.day, d.title, d.outlet, d.author, d.published, d.dateline_place, d.dateline_date, d.language, d.coded, "
        "d.source, d.url, d.media_type, length(d.text) AS characters, d.notes, "
        f"{count.format('event')} AS events, {count.format('attribution')} AS statements, "
        "(SELECT count(*) FROM documents o WHERE o.story = d.story) AS copies",
        "documents d",
        tuple(where),
        tuple(parameters),
        f"d.day{direction}, d.n{direction}",
        limit,
    )
    return Table(store, query, _line, _flat_line, _DOCUMENT_COLUMNS)


def _line(row: Row) -> DocumentLine:
    values = dict(row)
    return DocumentLine(**{**values, "coded": bool(row["coded"]), "notes": tuple(json.loads(row["notes"]))})


def _flat_line(line: DocumentLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in _DOCUMENT_COLUMNS}
    return {**values, "day": line.day or None, "coded": int(line.coded), "notes": list(line.notes)}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A place that was read, or could not be."""

    n: int
    source: str
    status: str
    """read, failed, or mended (failed once, read since)."""
    reason: str
    message: str
    document: str | None
    language: str | None
    at: str


_SOURCE_COLUMNS: Columns = {
    "source": str, "status": str, "reason": str, "message": str, "document": str, "language": str, "at": str,
}  # fmt: skip


def list_sources(
    store: Store, *, status: str | None = None, limit: int | None = None, after: int | None = None
) -> Table[SourceLine]:
    """What was read and what failed. See `Record.sources`."""
    where, parameters = [], []
    if status is not None:
        if status not in {"read", "failed", "mended"}:
            raise UsageError(f"status: {status!r} is none of read, failed, mended")
        where.append("s.status = ?")
        parameters.append(status)
    if after is not None:
        where.append("s.n > ?")
        parameters.append(str(after))
    query = Query(
        "s.n, s.source, s.status, s.reason, s.message, d.id AS document, d.language, s.at",
        "sources s LEFT JOIN documents d ON d.n = s.document",
        tuple(where),
        tuple(parameters),
        "s.n",
        limit,
    )
    return Table(
        store,
        query,
        lambda row: SourceLine(**dict(row)),
        lambda line: {name: getattr(line, name) for name in _SOURCE_COLUMNS},
        _SOURCE_COLUMNS,
    )
