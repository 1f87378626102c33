"""`plan draw`: dependencies, calendar and exposure as SVG, or as PNG and PDF (see `raster`)."""

from __future__ import annotations

from datetime import date

from ...errors import UsageError
from ..days import parse_day
from ..model import Plan
from ..status import status
from ..world import World
from .curve import exposure
from .gantt import gantt
from .graph import graph

KINDS = ("graph", "gantt", "exposure")


def draw(plan: Plan, kind: str = "graph", *, as_of: str = "", according_to: str = "argued") -> str:
    """One picture as SVG text. Raises UsageError for an unknown kind."""
    if kind not in KINDS:
        raise UsageError(f"there is no picture '{kind}'; draw one of {', '.join(KINDS)}")
    if kind == "exposure":
        return exposure(plan)
    day = parse_day(as_of) if as_of else date.today()
    found = status(plan, as_of=day, according_to=according_to, owed=False)
    if kind == "graph":
        return graph(plan, found)
    return gantt(plan, found, World(plan, plan.claims, day, according_to))
