"""Where events are told to have happened."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ...record.days import days_asked
from ..desk import Desk
from ..matrix import checked
from ..worldmap import Spot, draw_map, has_shapes, spots_of


def map_page(desk: Desk, request: Request) -> Response:
    """Events as spots on a map, and as a table."""
    asked = days_of_map(request)
    spots = found_spots(desk, asked)
    t = desk.words(request)
    svg = draw_map(t, spots, asked)
    return desk.page(request, "map.html", spots=spots, svg=svg, asked=asked, shapes=has_shapes())


def days_of_map(request: Request) -> dict[str, str]:
    """The filters of the map: since, until. Raises UsageError when they run backwards."""
    return checked({k: request.query_params.get(k, "").strip() for k in ("since", "until")})


def found_spots(desk: Desk, asked: dict[str, str]) -> list[Spot]:
    since = days_asked(asked["since"], "since")[0] if "since" in asked else ""
    until = days_asked(asked["until"], "until")[1] if "until" in asked else ""
    return desk.remember(("spots", since, until), lambda: spots_of(desk, since, until))
