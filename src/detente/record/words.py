"""Full text search: what users type, as an FTS5 expression that can never be malformed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .connection import Row
from .store import Store
from .table import Columns, Query, Table

_PIECES = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")


TOKENIZER = "porter unicode61 remove_diacritics 2"
"""What a word is and what its stem is, as in schema.sql."""


def asked_words(typed: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """What must and what must not occur: (words that follow one another, whether the last may go on)."""
    wanted: list[tuple[str, bool]] = []
    unwanted: list[tuple[str, bool]] = []
    for phrase, single in _PIECES.findall(typed.replace("“", '"').replace("”", '"')):
        if words := _WORD.findall(phrase or single):
            (unwanted if single.startswith("-") else wanted).append((" ".join(words), single.endswith("*")))
    return wanted, unwanted


def match_expression(typed: str) -> str | None:
    """All words must occur; "in quotes" as a phrase, `word*` as a beginning, `-word` not. None when nothing is asked.

    >>> match_expression('new sanctions -gas "step by step" nucl*')
    '("new" "sanctions" "step by step" "nucl" *) NOT ("gas")'
    """
    wanted, unwanted = ([f'"{words}"{" *" if star else ""}' for words, star in asked] for asked in asked_words(typed))
    if not wanted:
        return None
    return f"({' '.join(wanted)})" + (f" NOT ({' OR '.join(unwanted)})" if unwanted else "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document in which the words occur, with the best place: the marks stand around the words that were found."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    source: str
    snippet: str
    score: float
    """BM25; the lower, the better."""

    OPEN = "\ue000"
    CLOSE = "\ue001"


MANY = 20_000
SNIPPET = f"snippet({{}}, 1, '{Hit.OPEN}', '{Hit.CLOSE}', '…', 24)"
_SNIPPET = SNIPPET.format("documents_words")
COLUMNS: Columns = {
    "document": str, "title": str, "outlet": str, "published": str, "source": str, "snippet": str, "score": float,
}  # fmt: skip


def search(store: Store, typed: str, limit: int | None) -> Table[Hit]:
    """Documents that hold the words, best first; of words that stand in more than MANY documents, which tells none of
    them from another, what was read last comes first."""
    expression = match_expression(typed)
    counted = (
        f"SELECT count(*) FROM (SELECT 1 FROM documents_words WHERE documents_words MATCH ? LIMIT {MANY}) AS counted"
    )
    if expression and store.value(counted, (expression,)) >= MANY:
        return _latest(store, expression, limit)
    # Sorting by `rank` lets FTS5 sort by itself, so that snippets are made for the rows that are shown alone.
    query = Query(
        f"d.id, d.title, d.outlet, d.published, d.source, documents_words.rank AS score, {_SNIPPET} AS snippet",
        "documents_words JOIN documents d ON d.n = documents_words.rowid",
        ("documents_words MATCH ? AND rank MATCH 'bm25(4.0, 1.0)'",) if expression else ("1 = 0",),
        (expression,) if expression else (),
        "rank" if expression else "",
        limit,
        "documents_words" if expression else None,
    )
    return Table(store, query, _hit, flat_hit, COLUMNS)


def _latest(store: Store, expression: str, limit: int | None) -> Table[Hit]:
    query = Query(
        f"d.id, d.title, d.outlet, d.published, d.source, 0.0 AS score, {_SNIPPET} AS snippet",
        "documents_words JOIN documents d ON d.n = documents_words.rowid",
        ("documents_words MATCH ?",),
        (expression,),
        "documents_words.rowid DESC",
        limit,
        "documents_words",
    )
    return Table(store, query, _hit, flat_hit, COLUMNS)


def _hit(row: Row) -> Hit:
    return Hit(
        row["id"], row["title"], row["outlet"], row["published"], row["source"], row["snippet"] or "", row["score"]
    )


def flat_hit(hit: Hit) -> dict[str, object]:
    return {
        "document": hit.document,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published,
        "source": hit.source,
        "snippet": hit.snippet.replace(Hit.OPEN, "[").replace(Hit.CLOSE, "]"),
        "score": round(hit.score, 4),
    }
