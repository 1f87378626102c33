"""Time: events and statements by day to decade, with what they are about, and a brush to choose a part of it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...errors import UsageError
from ...record.days import days_asked
from ..asked import Asked, rows_of
from ..charts import draw
from ..desk import Desk, address
from ..matrix import checked
from ..series import Series, all_over_time

FILTERS = ("a", "b", "party", "type", "issue", "since", "until")
SHOWN, FACETS = 12, 8
"""Claims of each kind under the picture; rows of each list of what the time is about."""


def time_asked(request: Request) -> dict[str, str]:
    """The filters of the timeline. Raises UsageError for half a dyad, or a span of time that runs backwards."""
    asked = checked({k: request.query_params.get(k, "").strip()[:200] for k in FILTERS})
    if ("a" in asked) != ("b" in asked):
        raise UsageError("between takes two actors: fill in both")
    return asked


def series_of(desk: Desk, asked: dict[str, str], width: str) -> Series:
    return desk.remember(("time", tuple(asked.items()), width), lambda: all_over_time(desk, asked, width))


def timeline_page(desk: Desk, request: Request) -> Response:
    """The picture, its numbers, what the time is about, and the latest of it."""
    asked = time_asked(request)
    series = series_of(desk, asked, request.query_params.get("by", ""))
    t = desk.words(request)

    def href(first: str, last: str) -> str:
        return address("/timeline", **{**asked, "since": first, "until": last})

    return desk.page(
        request,
        "timeline.html",
        asked=asked,
        series=series,
        svg=draw(t, series, href),
        facets=facets(desk, asked, series),
        **_latest(desk, asked),
    )


def _latest(desk: Desk, asked: dict[str, str]) -> dict[str, Any]:
    """The latest claims that the picture counts, by kind, and the lists that hold them all."""
    days = {k: asked[k] for k in ("since", "until") if k in asked}
    found: dict[str, Any] = {"events": None, "statements": None, "stances": None}
    lists = {}
    if "issue" in asked:
        lists["stances"] = days | {"issue": asked["issue"]} | ({"actor": asked["party"]} if "party" in asked else {})
    else:
        lists["events"] = {k: v for k, v in asked.items() if k != "issue"}
        if "type" not in asked and "a" not in asked:
            lists["statements"] = days | ({"speaker": asked["party"]} if "party" in asked else {})
    for what, filters in lists.items():
        one = Asked(what, filters)
        found[what] = (rows_of(one.table(desk.record, limit=SHOWN)), one)
    return found


def facets(desk: Desk, asked: dict[str, str], series: Series) -> dict[str, list[tuple[Any, ...]]]:
    """What the time is about: event types, pairs of actors and issues with their numbers, the most frequent first."""
    first = days_asked(asked["since"], "since")[0][:7] if "since" in asked else ""
    last = days_asked(asked["until"], "until")[1][:7] if "until" in asked else "9999"
    months: tuple[Any, ...] = (first, last)
    found: dict[str, list[tuple[Any, ...]]] = {"types": [], "pairs": [], "issues": []}
    if "issue" not in asked:
        found["types"] = series.types()[:FACETS] if "type" not in asked else []
        if not {"a", "party"} & set(asked):
            of_type = " AND type = ?" if "type" in asked else ""
            rows = desk.record.store.rows(
                f"SELECT a, b, sum(n) FROM count_dyads WHERE month BETWEEN ? AND ?{of_type} "
                f"GROUP BY a, b ORDER BY 3 DESC, a, b LIMIT {FACETS}",
                months + ((asked["type"].upper(),) if of_type else ()),
            )
            found["pairs"] = [tuple(r) for r in rows]
    if not {"issue", "type", "a"} & set(asked):
        rows = desk.record.store.rows(
            "SELECT issue, sum(n) FROM count_stances WHERE month BETWEEN ? AND ?"
            f"{' AND holder = ?' if 'party' in asked else ''} GROUP BY issue ORDER BY 2 DESC, issue LIMIT {FACETS}",
            months + ((asked["party"],) if "party" in asked else ()),
        )
        found["issues"] = [tuple(r) for r in rows]
    return found
