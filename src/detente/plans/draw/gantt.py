"""The calendar: when each step can begin, when it is due, how long it has to be kept, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import inf

from ..checks.reach import Reach
from ..days import DayCount, add
from ..model import Plan, Step
from ..status import PlanStatus
from ..world import World
from .svg import COLOURS, Picture, legend, wrapped

LEFT, ROW, WIDTH, TOP = 380, 26, 820, 120


def gantt(plan: Plan, found: PlanStatus, world: World) -> str:
    """The picture as SVG. Bars go from the day a step began (or can first begin) to its last day; steps without a
    day of the calendar are named and left without a bar."""
    reach = Reach(plan)
    bars = {s.id: _bar(world, reach, found, s) for s in plan.steps}
    days = [d for bar in bars.values() if bar for d in bar] + [r.since for r in found.days.values() if r.since]
    picture = Picture(f"{plan.title or plan.plan}: calendar", f"State as of {found.as_of}.")
    picture.words(20, 32, plan.title or plan.plan, kind="head")
    picture.words(20, 52, f"Calendar, as of {found.as_of}", kind="soft")
    if not days:
        picture.words(20, 84, "The plan names no day of the calendar: no clock runs.")
    first = min(days, default=found.as_of)
    last = max([*days, first + timedelta(days=30)])
    scale = WIDTH / max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + min(max((day - first).days, 0), (last - first).days) * scale

    bottom = TOP + ROW * len(plan.steps)
    _axis(picture, first, last, x, bottom)
    legend(picture, TOP - 22, found, bars)
    for i, step in enumerate(plan.steps):
        _row(picture, step, found, bars[step.id], TOP + i * ROW, x)
    if days and first <= found.as_of <= last:
        picture.line([(x(found.as_of), TOP - 8), (x(found.as_of), bottom + 22)], colour="--bad", dashed=True)
        picture.words(x(found.as_of), bottom + 34, f"as of {found.as_of}", kind="soft", anchor="middle")
        picture.reach(x(found.as_of), bottom + 38)
    for sunset in plan.sunsets.values():
        end = world.day_of(sunset.date)
        if end and first <= end <= last:
            picture.line([(x(end), TOP - 6), (x(end), bottom)], colour="--day", dashed=True)
            picture.words(x(end), bottom + 50, f"{sunset.id} {end}", kind="soft", anchor="middle")
            picture.reach(x(end) + 80, bottom + 54)
    return picture.svg()


def _bar(world: World, reach: Reach, found: PlanStatus, step: Step) -> tuple[date, date] | None:
    row = found.steps[step.id]
    begun = world.doing(step.id).begun or row.since
    lo = reach.windows[step.id].lo
    start = begun or (date.fromordinal(int(lo)) if 1000 < lo < inf else None)
    end = world.day_of(step.until) or row.due
    if end is None and step.lasts and start:
        end = add(start, step.lasts, plan_counts(world))
    if start is None and end is None:
        return None
    start, end = start or end, end or start
    assert start and end
    return min(start, end), max(start, end)


def plan_counts(world: World) -> DayCount:
    """How the plan counts days."""
    return world.plan.counts


def _axis(picture: Picture, first: date, last: date, x: Callable[[date], float], bottom: float) -> None:
    span = (last - first).days
    step = next((m for m in (1, 3, 6, 12, 24, 60, 120) if span / (30 * m) <= 10), 240)
    month = first.year * 12 + first.month - 1
    month += -month % step
    labelled = -100.0
    while date(month // 12, month % 12 + 1, 1) <= last:
        day = date(month // 12, month % 12 + 1, 1)
        at = x(day)
        if day >= first:
            picture.line([(at, TOP - 6), (at, bottom)], width=0.75)
        if at - labelled > 56 and day >= first:
            picture.words(
                at, bottom + 16, day.strftime("%Y-%m") if step < 12 else str(day.year), kind="soft", anchor="middle"
            )
            labelled = at
        month += step
    picture.reach(LEFT + WIDTH + 30, bottom + 20)


def _row(
    picture: Picture, step: Step, found: PlanStatus, bar: tuple[date, date] | None, y: float, x: Callable[[date], float]
) -> None:
    row = found.steps[step.id]
    label = f"{step.id} · {', '.join(step.who)}: {step.does}"
    picture.words(20, y + 15, wrapped(label, LEFT - 30, 1)[0], tip=label)
    if bar is None:
        picture.words(LEFT + 6, y + 15, f"no day of the calendar ({row.state})", kind="soft")
        return
    start, end = (x(d) for d in bar)
    tip = f"{step.id}: {bar[0]} to {bar[1]}, {row.state}"
    picture.box(start, y + 4, max(end - start, 5), ROW - 10, edge=COLOURS[row.state], fill=COLOURS[row.state], tip=tip)
