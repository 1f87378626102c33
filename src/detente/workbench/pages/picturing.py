"""The charts as files: SVG, PNG, PDF, and a Vega-Lite specification of those over time."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from ...errors import UsageError
from ..asked import Asked
from ..charts import draw
from ..cite import file_name
from ..desk import Desk
from ..grids import grid
from ..labels import SIGNS
from ..matrix import dyad_matrix, network, stance_matrix
from ..pictures import PICTURES, converted, standalone, vega_lite
from ..safety import PICTURE_CSP
from ..series import Series, events_over_time
from ..worldmap import draw_map
from .atlas import days_of_map, found_spots
from .timeline import series_of, time_asked
from .views import dyads_asked

VEGA_LITE = "application/vnd.vegalite.v5+json"


def chart_file(desk: Desk, request: Request) -> Response:
    """/chart/NAME.ENDING: the picture of a view with its filters."""
    name, _, ending = request.path_params["file"].partition(".")
    if name in OVER_TIME and ending == "vl.json":
        spec = vega_lite(desk.words(request), OVER_TIME[name](desk, request))
        return Response(json.dumps(spec, ensure_ascii=False), media_type=VEGA_LITE)
    if name not in CHARTS or ending not in PICTURES:
        raise UsageError(
            f"chart: there are {', '.join(CHARTS)} as {', '.join(PICTURES)}, and {', '.join(OVER_TIME)} as vl.json"
        )
    t = desk.words(request)
    asked = " · ".join(v for k, v in request.query_params.items() if v and k not in {"by", "from"})
    title = f"{t(f'chart.title_{name}')}{str(t('frame.colon')) + asked if asked else ''}"
    svg = standalone(CHARTS[name](desk, request), title[:110], f"{desk.record.path.name} · detente")
    return as_file(svg, ending, file_name(name))


def as_file(svg: str, ending: str, name: str) -> Response:
    """A picture that may show its own colours and run nothing."""
    headers = {
        "content-security-policy": PICTURE_CSP,
        "content-disposition": f'inline; filename="{name}.{ending}"',
    }
    return Response(converted(svg, ending), media_type=PICTURES[ending], headers=headers)


def _events(desk: Desk, request: Request) -> Series:
    return events_over_time(desk, Asked.of("events", request).filters, request.query_params.get("by", ""))


def _timeline(desk: Desk, request: Request) -> Series:
    return series_of(desk, time_asked(request), request.query_params.get("by", ""))


def _network(desk: Desk, request: Request) -> str:
    asked = dyads_asked(request)
    found = dyad_matrix(desk, asked)
    return network(desk, desk.words(request), found["keys"], found["cells"], asked)


def _dyads(desk: Desk, request: Request) -> str:
    found = dyad_matrix(desk, dyads_asked(request))
    names = [(k, desk.name(desk.words(request), k)) for k in found["keys"]]

    def cell(a: str, b: str) -> tuple[str, str] | None:
        c = found["cells"].get((a, b))
        return (c.shade, f"{c.n:,}") if c else None

    return grid(names, names, cell)


def _stances(desk: Desk, request: Request) -> str:
    t = desk.words(request)
    found = stance_matrix(desk, request.query_params.get("q", "").strip()[:100])

    def cell(holder: str, issue: str) -> tuple[str, str] | None:
        c = found["cells"].get((holder, issue))
        return (f"side-{c.side}", f"{SIGNS[c.side]} {c.n}") if c else None

    return grid([(h, desk.name(t, h)) for h in found["holders"]], [(i, i) for i in found["issues"]], cell)


def _map(desk: Desk, request: Request) -> str:
    asked = days_of_map(request)
    return draw_map(desk.words(request), found_spots(desk, asked), asked)


OVER_TIME: dict[str, Callable[[Desk, Request], Series]] = {"events": _events, "timeline": _timeline}
CHARTS: dict[str, Callable[[Desk, Request], str]] = {
    "events": lambda desk, request: draw(desk.words(request), _events(desk, request), None),
    "timeline": lambda desk, request: draw(desk.words(request), _timeline(desk, request), None),
    "dyads": _dyads,
    "network": _network,
    "stances": _stances,
    "map": _map,
}
