"""Lists of claims with their filters: events on a timeline, statements, agreements and proposed plans."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...record.sums import statements_summed
from ..asked import PAGE, Asked, cut, position_of, rows_of
from ..charts import draw
from ..desk import Desk
from ..series import events_over_time, number_of
from .planning import library

COUNTED = 1000
"""So far statements are counted; more are shown as so many and more."""


def events_page(desk: Desk, request: Request) -> Response:
    """Events by period and type, and one by one."""
    asked = Asked.of("events", request)
    series = events_over_time(desk, asked.filters, request.query_params.get("by", ""))

    def href(first: str, last: str) -> str:
        return asked.address(since=first, until=last)

    svg = draw(desk.words(request), series, href, tall=False)
    return desk.page(request, "events.html", series=series, svg=svg, **_listed(desk, request, asked))


def statements_page(desk: Desk, request: Request) -> Response:
    """Who said what, through whom."""
    return desk.page(request, "statements.html", **_listed(desk, request, Asked.of("statements", request)))


def agreements_page(desk: Desk, request: Request) -> Response:
    """What was agreed, and which plans somebody proposed."""
    asked = Asked.of("agreements", request)
    plans = rows_of(desk.record.plans(party=asked.filters.get("party"), limit=PAGE, order="-day"))
    return desk.page(request, "agreements.html", proposals=plans, library=library(), **_listed(desk, request, asked))


def _listed(desk: Desk, request: Request, asked: Asked) -> dict[str, Any]:
    found, following = cut(rows_of(asked.table(desk.record, limit=PAGE + 1, after=position_of(request))))
    total, at_least = desk.remember(("total", asked.what, asked.address()), lambda: _total(desk, asked))
    return {
        "rows": found,
        "after": following,
        "asked": asked,
        "filters": asked.filters,
        "total": total,
        "more_than": at_least,
    }


def _total(desk: Desk, asked: Asked) -> tuple[int, bool]:
    """How many there are, and whether it is more than that: where no summary tells, claims are counted as far as COUNTED."""
    if not asked.filters and asked.merged:
        kind = {"events": "event", "statements": "attribution", "agreements": "agreement"}[asked.what]
        shown = "SELECT ifnull(sum(n), 0) FROM count_kinds WHERE shown = 1 AND kind = ?"
        return int(desk.record.store.value(shown, (kind,))), False
    if asked.what == "events" and asked.merged:
        return number_of(desk, asked.filters), False
    if asked.what == "statements" and asked.merged:
        summed = statements_summed(desk.record, asked.filters)
        if summed:
            return summed.total(), False
    counted = len(asked.table(desk.record, limit=COUNTED + 1))
    return min(counted, COUNTED), counted > COUNTED
