"""The dependencies: what waits for what, from left to right, give beside get, each box with its state."""

from __future__ import annotations

from collections import defaultdict

from ..checks.reach import Reach
from ..model import Plan
from ..status import PlanStatus
from .svg import COLOURS, Picture, legend, wrapped

WIDTH, HEIGHT, GAP_X, GAP_Y, TOP = 250, 74, 70, 16, 96
ACROSS, DOWN, BAND = 5, 6, 44
"""At most so many boxes beside each other and under each other, and the room between two bands, in px."""


def graph(plan: Plan, found: PlanStatus) -> str:
    """The picture as SVG: one column for each length of the chain of conditions before a step; a long chain goes on
    in a band below, and many steps that wait for the same stand in several columns."""
    picture = Picture(
        f"{plan.title or plan.plan}: what waits for what",
        f"State as of {found.as_of}. Boxes are steps and days; an arrow leads from what has to come first.",
    )
    picture.words(20, 32, plan.title or plan.plan, kind="head")
    picture.words(20, 52, f"What waits for what, as of {found.as_of}", kind="soft")
    edges = dependencies(plan)
    places, tops = _places(plan, edges)
    for after, befores in edges.items():
        for before in befores:
            if before in places and after in places:
                (x1, y1), (x2, y2) = places[before], places[after]
                start, end = (x1 + WIDTH, y1 + HEIGHT / 2), (x2, y2 + HEIGHT / 2)
                if x2 > x1 and tops[after] == tops[before]:
                    picture.arrow(start, end)
                else:
                    picture.elbow(start, end, tops[after] - BAND / 2)
    legend(picture, TOP - 22, found, [s.id for s in plan.steps], sides=True, days=any(i in plan.days for i in places))
    steps = {s.id: s for s in plan.steps}
    for id, (x, y) in places.items():
        if id in steps:
            _step(picture, plan, found, id, x, y)
        else:
            day = plan.days[id]
            row = found.days[id]
            _box(
                picture,
                id,
                day.what or str(day.date or ""),
                f"{row.state}{f' {row.since}' if row.since else ''}",
                "--day",
                x,
                y,
            )
    return picture.svg()


def _step(picture: Picture, plan: Plan, found: PlanStatus, id: str, x: float, y: float) -> None:
    step = plan.step(id)
    row = found.steps[id]
    edge = "--give" if step.side == "give" else "--get"
    _box(picture, f"{id} · {', '.join(step.who)}", step.does, row.state, edge, x, y)
    picture.box(x + WIDTH - 14, y + 8, 6, HEIGHT - 16, edge=COLOURS[row.state], fill=COLOURS[row.state], tip=row.state)


def _box(picture: Picture, name: str, words: str, state: str, edge: str, x: float, y: float) -> None:
    picture.box(x, y, WIDTH, HEIGHT, edge=edge, tip=f"{name}: {words} ({state})")
    picture.words(x + 10, y + 18, wrapped(name, WIDTH - 30, 1)[0] if name else "", kind="name")
    for i, line in enumerate(wrapped(words, WIDTH - 34, 2)):
        picture.words(x + 10, y + 35 + 15 * i, line)
    picture.words(x + 10, y + HEIGHT - 7, state, kind="soft")


def dependencies(plan: Plan) -> dict[str, list[str]]:
    """For each step and each day with a condition: what it waits for, without what follows from the rest."""
    reach = Reach(plan)
    drawn = {s.id for s in plan.steps} | {d.id for d in plan.days.values() if d.when or d.by}
    direct = {id: [n for n in dict.fromkeys(reach.needs(id)) if n in drawn and n != id] for id in drawn}
    behind: dict[str, set[str]] = {}

    def all_behind(id: str, trail: tuple[str, ...] = ()) -> set[str]:
        if id not in behind:
            found: set[str] = set()
            for other in direct[id]:
                if other not in trail:
                    found |= {other} | all_behind(other, (*trail, id))
            if trail:
                return found
            behind[id] = found
        return behind[id]

    order = [*(d for d in plan.days if d in drawn), *(s.id for s in plan.steps)]
    return {
        id: [
            n
            for n in direct[id]
            if not any(n in all_behind(o) and id not in all_behind(o) for o in direct[id] if o != n)
        ]
        for id in order
    }


def _places(plan: Plan, edges: dict[str, list[str]]) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """Column by the longest chain before it, within a column by the rows before it; and the top of each one's band."""
    columns: dict[str, int] = {}

    def column(id: str, trail: frozenset[str] = frozenset()) -> int:
        if id not in columns:
            before = [n for n in edges.get(id, ()) if n not in trail and n != id]
            depth = 1 + max((column(n, trail | {id}) for n in before), default=-1)
            if trail & set(edges.get(id, ())):
                return depth
            columns[id] = depth
        return columns[id]

    used = {n for befores in edges.values() for n in befores}
    shown = [id for id in edges if id not in plan.days or id in used or edges[id]]
    rows: dict[int, list[str]] = defaultdict(list)
    for id in shown:
        rows[column(id)].append(id)
    places: dict[str, tuple[float, float]] = {}
    tops: dict[str, float] = {}
    top = float(TOP)
    for band in _bands(rows):
        tallest = max(len(strip) for strip in band)
        for column_in_band, strip in enumerate(band):
            middles = {id: _middle(edges[id], places) for id in strip}
            ids = sorted(strip, key=lambda i: (middles[i], shown.index(i)))
            start = top + (tallest - len(ids)) * (HEIGHT + GAP_Y) / 2
            for i, id in enumerate(ids):
                places[id] = (20 + column_in_band * (WIDTH + GAP_X), start + i * (HEIGHT + GAP_Y))
                tops[id] = top
        top += tallest * (HEIGHT + GAP_Y) - GAP_Y + BAND
    return places, tops


def _bands(rows: dict[int, list[str]]) -> list[list[list[str]]]:
    """The columns in bands that fit a page; a column of more boxes than fit under each other is several."""
    strips = [rows[number][i : i + DOWN] for number in sorted(rows) for i in range(0, len(rows[number]), DOWN)]
    return [strips[i : i + ACROSS] for i in range(0, len(strips), ACROSS)]


def _middle(befores: list[str], places: dict[str, tuple[float, float]]) -> float:
    heights = [places[n][1] for n in befores if n in places]
    return sum(heights) / len(heights) if heights else 0.0
