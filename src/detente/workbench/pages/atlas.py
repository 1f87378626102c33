"""Where events are told to have happened."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ...record.days import days_asked
from ..desk import Desk
from ..matrix import checked
from ..worldmap import draw_map, has_shapes, spots_of


def map_page(desk: Desk, request: Request) -> Response:
    """Events as spots on a map, and as a table."""
    asked = checked({k: request.query_params.get(k, "").strip() for k in ("since", "until")})
    since = days_asked(asked["since"], "since")[0] if "since" in asked else ""
    until = days_asked(asked["until"], "until")[1] if "until" in asked else ""
    spots = desk.remember(("spots", since, until), lambda: spots_of(desk, since, until))
    svg = desk.remember(("map", since, until), lambda: draw_map(spots, asked))
    return desk.page(request, "map.html", spots=spots, svg=svg, asked=asked, shapes=has_shapes())
