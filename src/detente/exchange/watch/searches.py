"""Saved searches: what to be told of.

A TOML file has one `[[search]]` each, with a name, `what` (events, statements, stances, agreements, plans or documents)
and the filters of the command of that name; a document is told of when it holds the words of `text`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...document import Document
from ...errors import UsageError
from ...record import Record
from ...record.view import sentence_of
from ...record.words import match_expression

FILTERS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "events": {
        "between": list, "actor": (str, list), "recipient": (str, list), "party": (str, list), "type": (str, list),
        "cameo": (str, list), "quad": int, "status": str, "place": str, "text": str, "min_confidence": (float, int),
        "since": str, "until": str,
    },
    "statements": {
        "speaker": (str, list), "via": (str, list), "about": str, "kind": str, "mind": str, "addressee": (str, list),
        "min_confidence": (float, int), "since": str, "until": str,
    },
    "stances": {
        "issue": str, "actor": (str, list), "side": str, "min_confidence": (float, int), "since": str, "until": str,
    },
    "agreements": {"party": (str, list), "since": str, "until": str},
    "plans": {"party": (str, list), "since": str, "until": str},
    "documents": {"text": str},
}  # fmt: skip
"""Which filters each kind of search has, and the type of each."""


@dataclass(frozen=True)
class Search:
    """One saved search."""

    name: str
    what: str = "documents"
    filters: dict[str, Any] = field(default_factory=dict)

    def matches(self, record: Record, document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
        """(id, what to tell) for the document, or for each claim of it, that fits."""
        if self.what == "documents":
            if _holds(record, document.id, self.filters["text"]):
                yield document.id, self._told(document, document.title or document.source, document.text[:300])
            return
        for entry in getattr(record, self.what)(**self.filters, merged=False, document=document.id):
            told = self._told(document, sentence_of(entry.claim), entry.text)
            yield entry.id, {**told, "claim": entry.id, "kind": entry.kind, "day": entry.day}

    def _told(self, document: Document, says: str, text: str) -> dict[str, Any]:
        return {
            "search": self.name,
            "says": says,
            "text": text,
            "document": document.id,
            "title": document.title,
            "outlet": document.outlet,
            "published": document.published,
            "url": document.url or document.source,
        }


def _holds(record: Record, id: str, words: str) -> bool:
    expression = record.store.words_asked(words)
    sql = (
        "SELECT 1 FROM documents_words WHERE documents_words MATCH ? AND rowid = (SELECT n FROM documents WHERE id = ?)"
    )
    return expression is not None and record.store.value(sql, (expression, id)) is not None


def load_searches(path: str | Path) -> list[Search]:
    """The searches of a TOML file. Raises UsageError with the search and the key for what cannot be asked."""
    try:
        data = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: no searches can be read from it ({error}); see docs/how-to/watch.md") from error
    tables = data.get("search")
    if not isinstance(tables, list) or not tables:
        raise UsageError(f"{path}: write one [[search]] or more, each with a name; see docs/how-to/watch.md")
    searches = [search_of(table, f"{path}, search {n}") for n, table in enumerate(tables, 1)]
    names = [s.name for s in searches]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{path}: two searches are called {name!r}; give each a name of its own")
    return searches


def search_of(table: Any, where: str) -> Search:
    """One search of a table. Raises UsageError."""
    if not isinstance(table, dict) or not isinstance(table.get("name"), str) or not table["name"].strip():
        raise UsageError(f"{where}: it needs a name")
    what = table.get("what", "documents" if set(table) <= {"name", "text"} else "events")
    if what not in FILTERS:
        raise UsageError(f"{where}: what = {what!r} is none of {', '.join(FILTERS)}")
    filters = {k: v for k, v in table.items() if k not in {"name", "what"}}
    for key, value in filters.items():
        kinds = FILTERS[what].get(key)
        if kinds is None:
            raise UsageError(f"{where}: {what} have no filter {key!r}; there are {', '.join(FILTERS[what])}")
        if not isinstance(value, kinds):
            raise UsageError(f"{where}: {key} = {json.dumps(value, default=str)} is of the wrong kind")
    if what == "documents" and not match_expression(filters.get("text", "")):
        raise UsageError(f'{where}: a search of documents needs the words to look for: text = "sanctions Iran"')
    return Search(table["name"].strip(), what, filters)
