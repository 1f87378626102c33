"""Plans: each as a board of steps with its state on a day and in somebody's view, and as a picture."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...errors import PlanError, UsageError
from ...plans import Plan
from ...plans.asked import reports_of, viewpoint
from ...plans.binding import actors
from ...plans.draw import KINDS, draw
from ...plans.evidence import Evidence, evidence, from_record
from ...plans.library import names, open_plan
from ...plans.status import status, viewpoints
from ..desk import Desk
from ..pictures import PICTURES, converted
from ..safety import PICTURE_CSP

MOST_DOCUMENTS, LARGE = 2000, 200
"""Of a record of more documents the board counts so many, those that name the most of the plan's actors;
`detente plan status` reads them all."""


@cache
def library() -> tuple[tuple[str, str, int, str], ...]:
    """(name, title, steps, parties) of the plans that come with detente."""
    plans = [(name, open_plan(name)) for name in names()]
    return tuple((name, plan.title or name, len(plan.steps), ", ".join(plan.parties)) for name, plan in plans)


@cache
def _plan(name: str) -> Plan:
    return open_plan(name)


def plan_page(desk: Desk, request: Request) -> Response:
    """The board of one plan."""
    name, plan, as_of, view = _asked(request, request.path_params["name"])
    key = ("plan", name, as_of, view)
    return desk.page(request, "plan.html", name_=name, **desk.remember(key, lambda: _board(desk, plan, as_of, view)))


def _asked(request: Request, name: str) -> tuple[str, Plan, str, str]:
    """The plan, on which day, in whose view. Raises PlanError and UsageError."""
    if name not in names():
        raise PlanError(f"there is no plan {name!r} in the library; the page of agreements lists them")
    plan = _plan(name)
    as_of = request.query_params.get("as_of", "").strip() or date.today().isoformat()
    try:
        date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"as of: {as_of!r} is no day; write 2014-07-20") from None
    return name, plan, as_of, viewpoint(plan, request.query_params.get("according_to", "").strip() or "argued")


def _board(desk: Desk, plan: Plan, as_of: str, view: str) -> dict[str, Any]:
    found = _evidence(desk, plan)
    reports = reports_of(plan, found, None)
    result = status(plan, reports, as_of=as_of, according_to=view)
    on_record = {e.id for e in found}
    return {
        "plan": plan,
        "result": result,
        "as_of": as_of,
        "view": view,
        "views": ["argued", "anyone", *viewpoints(plan)],
        "rows": [(step, result.steps[step.id]) for step in plan.steps],
        "on_record": on_record,
        "known": _known(desk, {*actors(plan), *result.stands}),
        "attached": len(reports) - len(plan.claims),
        "of_plan": len(plan.claims),
        "is_part": LARGE if _is_large(desk) else 0,
    }


def _known(desk: Desk, keys: set[str]) -> set[str]:
    """Those of a plan's actors that are on record, so that there is a dossier to go to."""
    asked = sorted(keys)
    marks = ",".join("?" * len(asked)) or "NULL"
    return {row[0] for row in desk.record.store.rows(f"SELECT DISTINCT key FROM actors WHERE key IN ({marks})", asked)}


def _is_large(desk: Desk) -> bool:
    return bool(desk.remember("statistics", desk.record.statistics)["documents"] > MOST_DOCUMENTS)


def _evidence(desk: Desk, plan: Plan) -> list[Evidence]:
    """The claims of the record that can speak of a plan; of a large record those of the documents that are most about
    its actors."""
    place = desk.record.store.location
    if not _is_large(desk):
        return desk.remember("evidence", lambda: list(evidence(from_record(place))))
    about = sorted(actors(plan))
    return desk.remember(("evidence", *about), lambda: list(evidence(from_record(place, about=about, most=LARGE))))


def plan_picture(desk: Desk, request: Request) -> Response:
    """One of the plan's pictures as a file, with a policy of its own: it holds its own style."""
    _, plan, as_of, view = _asked(request, request.path_params["name"])
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise UsageError(f"there is no picture {kind!r}; there are {', '.join(KINDS)}")
    svg = draw(plan, kind, as_of=as_of, according_to=view)
    headers = {"content-security-policy": PICTURE_CSP}
    ending = request.path_params["ending"]
    return Response(converted(svg, ending), media_type=PICTURES[ending], headers=headers)


def board_rows(desk: Desk, request: Request) -> list[dict[str, Any]]:
    """The board as flat rows. `name` in the address says which plan."""
    name = request.query_params.get("name", "")
    _, plan, as_of, view = _asked(request, name)
    board = _board(desk, plan, as_of, view)
    return [
        {
            "step": step.id,
            "side": step.side,
            "who": "; ".join(step.who),
            "does": step.does,
            "state": row.state,
            "truth": str(row.truth),
            "due": str(row.due) if row.due else None,
            "claims": "; ".join(row.claims),
        }
        for step, row in board["rows"]
    ]
