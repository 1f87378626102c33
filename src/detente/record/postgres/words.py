"""Full text search on the server: PostgreSQL's tsvector, with words cut and stemmed by SQLite's FTS5.

Each server has its own idea of what a word is (`U.N.`, `step-by-step`, `1,000`) and of its stem. So that a record
finds the same documents wherever it is kept, the words come from the tokenizer of the record file, in a database in
memory; the server keeps, finds and ranks them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator

from .. import words as shared
from ..store import Store
from ..table import Query, Table
from ..words import COLUMNS, SNIPPET, TOKENIZER, Hit, asked_words, flat_hit, match_expression

FIRST_OF_TEXT = 8
"""How many positions lie between title and text, so that no phrase goes over."""
LAST_POSITION, POSITIONS, LONGEST, FULL = 16_383, 250, 2_000, 1_000_000
"""PostgreSQL's limits of a tsvector: the highest position that it tells from others, how many a word may have, bytes
of a word, and bytes of all of them (a little under each)."""


class Words:
    """FTS5's tokenizer, in a database in memory. Used by one thread at a time."""

    def __init__(self) -> None:
        self._con = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._con.execute(f"CREATE VIRTUAL TABLE cut USING fts5(title, text, content = '', tokenize = '{TOKENIZER}')")
        self._con.execute("CREATE VIRTUAL TABLE word USING fts5vocab(cut, instance)")
        self._con.execute(f"CREATE VIRTUAL TABLE shown USING fts5(title, text, tokenize = '{TOKENIZER}')")

    def vectors(self, rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
        """(number, tsvector) of each (number, title, text)."""
        for n, title, text in rows:
            yield n, vector_of(self.cut(title, text))

    def cut(self, title: str, text: str) -> Iterator[tuple[str, bool, int]]:
        """(stem, whether it stands in the title, which word of it that is), by stem."""
        self._con.execute("INSERT INTO cut (cut) VALUES ('delete-all')")
        self._con.execute("INSERT INTO cut (rowid, title, text) VALUES (1, ?, ?)", (title, text))
        for stem, column, offset in self._con.execute("SELECT term, col, offset FROM word"):
            yield stem, column == "title", offset

    def stems(self, words: str) -> list[str]:
        """The stems of words, in order."""
        return [stem for stem, _, _ in sorted(self.cut("", words), key=lambda found: found[2])]

    def snippet(self, expression: str, title: str, text: str) -> str:
        """The best place of a text, as the record file shows it."""
        self._con.execute("DELETE FROM shown")
        self._con.execute("INSERT INTO shown (title, text) VALUES (?, ?)", (title, text))
        sql = f"SELECT {SNIPPET.format('shown')} FROM shown WHERE shown MATCH ?"
        row = self._con.execute(sql, (expression,)).fetchone()
        return str(row[0]) if row else ""


_mine = threading.local()


def words_here() -> Words:
    """This thread's tokenizer."""
    words: Words | None = getattr(_mine, "words", None)
    if words is None:
        words = _mine.words = Words()
    return words


def vector_of(cut: Iterable[tuple[str, bool, int]]) -> str:
    """The words as a tsvector: the title's weigh more. What goes beyond its limits is left out, positions first."""
    places: dict[str, list[str]] = {}
    found = list(cut)
    after_title = max((offset + 1 + FIRST_OF_TEXT for _, title, offset in found if title), default=0)
    for stem, title, offset in found:
        position = offset + 1 + (0 if title else after_title)
        mine = places.setdefault(stem, [])
        if position <= LAST_POSITION and len(mine) < POSITIONS:
            mine.append(f"{position}A" if title else f"{position}")
    parts, size = [], 0
    for stem, mine in places.items():
        length = len(stem.encode())
        size += length + 4 + 2 * len(mine)
        if size > FULL:
            break
        if length <= LONGEST:
            parts.append(_quoted(stem) + (":" + ",".join(mine) if mine else ""))
    return " ".join(parts)


def query_of(typed: str) -> str | None:
    """What a user types as a tsquery; None when nothing is asked. Means what `match_expression` means."""
    wanted, unwanted = asked_words(typed)
    if not wanted:
        return None
    stems = words_here().stems
    must = [p for p in (_phrase(stems(words), star) for words, star in wanted) if p]
    must_not = [p for p in (_phrase(stems(words), star) for words, star in unwanted) if p]
    if not must:
        return ""
    return " & ".join(must) + "".join(f" & !({p})" for p in must_not)


def _phrase(stems: list[str], star: bool) -> str:
    parts = [_quoted(s) for s in stems]
    if parts and star:
        parts[-1] += ":*"
    return f"({' <-> '.join(parts)})" if len(parts) > 1 else "".join(parts)


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def search(store: Store, typed: str, limit: int | None) -> Table[Hit]:
    """See `Store.search`. The score is PostgreSQL's rank, turned round: the lower, the better."""
    query = query_of(typed)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM documents_words WHERE documents_words MATCH ? LIMIT {shared.MANY}) AS counted"
    many = bool(query) and store.value(counted, (query,)) >= shared.MANY
    # Weights as the file's search has them: a word in the title counts four times; longer texts count less.
    rank = "0.0" if many else "-ts_rank('{0.25, 0.25, 0.25, 1.0}', w.words, q.asked, 1)::double precision"
    found = Query(
        f"d.id, d.title, d.outlet, d.published, d.source, d.text, {rank} AS score",
        "(SELECT ?::tsquery AS asked) AS q JOIN documents_words w ON w.words @@ q.asked JOIN documents d ON d.n = w.rowid",
        ("1 = 1",) if query else ("1 = 0",),
        (query or "",),
        "d.n DESC" if many else "score, d.n",
        limit,
        "(SELECT ?::tsquery AS asked) AS q JOIN documents_words w ON w.words @@ q.asked",
    )
    expression = match_expression(typed) or ""

    def hit(row: dict[str, str]) -> Hit:
        snippet = words_here().snippet(expression, row["title"] or "", row["text"])
        return Hit(
            row["id"], row["title"], row["outlet"], row["published"], row["source"], snippet, float(row["score"])
        )

    return Table(store, found, hit, flat_hit, COLUMNS)  # type: ignore[arg-type]
