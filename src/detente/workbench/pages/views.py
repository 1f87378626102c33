"""The views that are no lists of claims, as tables to take away: what a page shows, with the same filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from ...record.table import Columns
from ..asked import Asked
from ..desk import Desk
from ..matrix import checked, dyad_matrix
from ..series import events_over_time
from .atlas import days_of_map, found_spots
from .planning import board_rows
from .timeline import series_of, time_asked

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True)
class Rows:
    """Flat rows that are at hand, with what exports ask of a table."""

    columns: Columns
    values: list[dict[str, Any]]

    def rows(self) -> Iterator[dict[str, Any]]:
        return iter(self.values)

    def schema(self) -> pyarrow.Schema:
        import pyarrow

        kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
        return pyarrow.schema([(name, kinds[kind]) for name, kind in self.columns.items()])


_PERIOD: Columns = {
    "period": str, "verbal_cooperation": int, "material_cooperation": int, "verbal_conflict": int, "material_conflict": int,
    "events": int, "goldstein_mean": float, "statements": int, "stances_favour": int, "stances_oppose": int,
    "stances_mixed": int, "stances_neutral": int, "documents": int,
}  # fmt: skip


def timeline_rows(desk: Desk, request: Request) -> Rows:
    series = series_of(desk, time_asked(request), request.query_params.get("by", ""))
    return Rows(_PERIOD, [b.row() for b in series.bins])


def bars_rows(desk: Desk, request: Request) -> Rows:
    """The bars above a list of events."""
    series = events_over_time(desk, Asked.of("events", request).filters, request.query_params.get("by", ""))
    return Rows(_PERIOD, [b.row() for b in series.bins])


def dyads_rows(desk: Desk, request: Request) -> Rows:
    """The cells of the heat map."""
    asked = dyads_asked(request)
    cells = desk.remember(("dyads", tuple(asked.items())), lambda: dyad_matrix(desk, asked))["cells"]
    columns: Columns = {"source": str, "target": str, "events": int, "goldstein_mean": float}
    values = [
        {"source": a, "target": b, "events": c.n, "goldstein_mean": c.goldstein} for (a, b), c in sorted(cells.items())
    ]
    return Rows(columns, values)


def dyads_asked(request: Request) -> dict[str, str]:
    """The filters of the heat map: type, since, until."""
    return checked({k: request.query_params.get(k, "").strip() for k in ("type", "since", "until")})


def matrix_rows(desk: Desk, request: Request) -> Rows:
    """Who is on which side of which issue, by month: all of it, not only what fits a page."""
    words = request.query_params.get("q", "").strip().casefold()
    rows = desk.record.store.rows(
        "SELECT holder, issue, side, month, n FROM count_stances ORDER BY issue, holder, month"
    )
    columns: Columns = {"actor": str, "issue": str, "side": str, "month": str, "n": int}
    return Rows(
        columns,
        [
            {"actor": r["holder"], "issue": r["issue"], "side": r["side"], "month": r["month"], "n": r["n"]}
            for r in rows
            if words in r["issue"].casefold()
        ],
    )


def places_rows(desk: Desk, request: Request) -> Rows:
    """The spots of the map."""
    columns: Columns = {
        "place": str,
        "country": str,
        "lat": float,
        "lon": float,
        "events": int,
        "goldstein_mean": float,
    }
    spots = found_spots(desk, days_of_map(request))
    return Rows(
        columns,
        [
            {
                "place": s.place,
                "country": s.country,
                "lat": s.lat,
                "lon": s.lon,
                "events": s.n,
                "goldstein_mean": s.goldstein,
            }
            for s in spots
        ],
    )


def plan_rows(desk: Desk, request: Request) -> Rows:
    """The board of a plan."""
    columns: Columns = {
        "step": str,
        "side": str,
        "who": str,
        "does": str,
        "state": str,
        "truth": str,
        "due": str,
        "claims": str,
    }
    return Rows(columns, board_rows(desk, request))


def actors_table(desk: Desk, request: Request) -> Any:
    return desk.record.actors(request.query_params.get("name", "").strip()[:100] or None)


def documents_table(desk: Desk, request: Request) -> Any:
    asked: dict[str, Any] = {
        k: request.query_params.get(k, "").strip() or None for k in ("outlet", "language", "since", "until", "text")
    }
    return desk.record.documents(**asked)


def sources_table(desk: Desk, request: Request) -> Any:
    return desk.record.sources(request.query_params.get("status", "").strip() or None)


def search_table(desk: Desk, request: Request) -> Any:
    return desk.record.search(request.query_params.get("q", "").strip()[:300], limit=1000)


VIEWS: dict[str, Callable[[Desk, Request], Any]] = {
    "timeline": timeline_rows,
    "bars": bars_rows,
    "dyads": dyads_rows,
    "matrix": matrix_rows,
    "places": places_rows,
    "plan": plan_rows,
    "actors": actors_table,
    "documents": documents_table,
    "sources": sources_table,
    "search": search_table,
}
"""Names in the addresses of exports, and how their tables are made."""
