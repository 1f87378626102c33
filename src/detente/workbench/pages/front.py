"""The overview, the search, what was read and what failed, and what is new."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...record import Entry, Hit, Record
from ...record.rows import fold
from ..asked import PAGE, cut, position_of, rows_of
from ..charts import draw
from ..desk import Desk, address
from ..labels import cameo, event_types
from ..series import events_over_time

A_FEW = 4
"""Claims of each kind that the search shows."""
A_TITLE = 90
"""Characters of a text that stand for its title."""
MOST_WORDS = 140
"""Characters of an example."""


def overview_page(desk: Desk, request: Request) -> Response:
    """What the record holds, who is active, what was added last."""
    series = events_over_time(desk, {})

    def href(first: str, last: str) -> str:
        return address("/timeline", since=first, until=last)

    svg = draw(desk.words(request), series, href, tall=False)
    return desk.page(request, "overview.html", series=series, svg=svg, **_overview(desk))


def _overview(desk: Desk) -> dict[str, Any]:
    record = desk.record
    numbers = record.statistics()
    return {
        "numbers": numbers,
        "latest": rows_of(record.events(limit=8, order="-day")),
        "actors": rows_of(record.actors(limit=10)),
        "examples": _examples(record) if desk.welcome else [],
        "issues": desk.issues()[:8],
        "documents": rows_of(record.documents(limit=6, order="-day")),
        "decisions": _decisions(record),
    }


def _examples(record: Record) -> list[Entry]:
    """Claims that show a newcomer what one is: of the latest sure events the one with most words, and a statement that
    came through an outlet."""
    events = [e for e in record.events(min_confidence=0.75, status="done", limit=40) if _both_sides(e.claim)]
    longest = sorted(events, key=lambda e: (len(e.text) > MOST_WORDS, -len(e.text)))[:1]
    said = record.statements(min_confidence=0.75, limit=40, order="-day")
    return longest + [e for e in said if getattr(e.claim, "via", ())][:1]


def _both_sides(claim: Any) -> bool:
    return bool(claim.actors and claim.recipients)


def _decisions(record: Record) -> list[Any]:
    from ...record.histories import latest_decisions

    return latest_decisions(record.store, limit=5)


def search_page(desk: Desk, request: Request) -> Response:
    """Documents by their words, actors by their names, event codes by their titles: one box for all."""
    asked = request.query_params.get("q", "").strip()[:300]
    found = _search(desk, asked) if asked else {}
    return desk.page(request, "search.html", q=asked, **found)


def _search(desk: Desk, asked: str) -> dict[str, Any]:
    record = desk.record
    hits = rows_of(record.search(asked, limit=30))
    return {
        "hits": [(hit, _snippet(hit.snippet)) for hit in hits],
        "beginnings": beginnings(desk, [hit.document for hit in hits if not hit.title]),
        "events": rows_of(record.events(text=asked, limit=A_FEW, order="-day")),
        "statements": rows_of(record.statements(about=asked, limit=A_FEW, order="-day")),
        "actors": rows_of(record.actors(asked, limit=12)),
        "people": _people_called(record, asked),
        "issues": [i for i in desk.issues() if asked.casefold() in i["issue"].casefold()][:12],
        "codes": _codes(asked),
    }


def _people_called(record: Record, asked: str) -> list[Any]:
    """Persons with these words in their names: id, name, and the key of whom they act for; the most told of first."""
    return record.store.rows(
        "SELECT id, min(person) AS person, min(key) AS key FROM actors WHERE person IS NOT NULL AND id <> key "
        "AND folded LIKE ? GROUP BY id ORDER BY count(*) DESC, id LIMIT 12",
        (f"%{fold(asked)}%",),
    )


def _codes(asked: str) -> list[tuple[str, str, str]]:
    """(kind, code, name) of event types and CAMEO codes that are called so."""
    sought = asked.casefold()
    types = [
        ("type", t, what) for t, what in event_types().items() if sought == t.casefold() or sought in what.casefold()
    ]
    codes = [("cameo", c, row["name"]) for c, row in cameo().items() if sought == c or sought in row["name"].casefold()]
    return (types + codes)[:12]


def _snippet(text: str) -> list[tuple[str, bool]]:
    """(words, found) pieces of a snippet, for a page that marks what was found."""
    pieces = []
    for i, part in enumerate(text.split(Hit.OPEN)):
        found, _, rest = part.partition(Hit.CLOSE) if i else ("", "", part)
        pieces += [(found, True), (rest, False)]
    return [(words, mark) for words, mark in pieces if words]


def documents_page(desk: Desk, request: Request) -> Response:
    """What was read, the newest day first."""
    asked: dict[str, Any] = {
        k: request.query_params.get(k, "").strip() or None for k in ("outlet", "language", "since", "until", "text")
    }
    rows = rows_of(desk.record.documents(**asked, limit=PAGE + 1, order="-day", after=position_of(request)))
    rows, after = cut(rows)
    untitled = beginnings(desk, [d.id for d in rows if not d.title])
    return desk.page(request, "documents.html", rows=rows, after=after, asked=asked, beginnings=untitled)


def beginnings(desk: Desk, ids: list[str]) -> dict[str, str]:
    """How documents begin, to call those by that have no title: more is known from it than from the name of a file."""
    rows = (
        desk.record.store.rows(
            f"SELECT id, substr(text, 1, {3 * A_TITLE}) FROM documents WHERE id IN ({','.join('?' * len(ids))})", ids
        )
        if ids
        else []
    )
    return {id: shorten(text, A_TITLE, placeholder=" …") for id, text in rows}


def sources_page(desk: Desk, request: Request) -> Response:
    """What failed and why, and the readings."""
    status = request.query_params.get("status", "failed")
    after = request.query_params.get("from", "")
    rows = rows_of(desk.record.sources(status or None, limit=PAGE + 1, after=int(after) if after.isdigit() else None))
    following = str(rows[PAGE - 1].n) if len(rows) > PAGE else ""
    return desk.page(
        request,
        "sources.html",
        rows=rows[:PAGE],
        following=following,
        shown=status,
        runs=desk.record.runs()[:20],
        numbers=desk.remember("statistics", desk.record.statistics),
    )


def now_data(desk: Desk, request: Request) -> Response:
    """Whether the record has changed since the page was made: its state, and how many documents there are."""
    row = desk.record.store.row("SELECT max(n) FROM documents")
    return JSONResponse({"state": desk.state(), "documents": row[0] if row and row[0] else 0})
