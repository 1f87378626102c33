"""The exposure curve: what each party has gained or lost, in its own values, after each step."""

from __future__ import annotations

from ..analyses.exposure import balances
from ..analyses.inputs import inputs_of
from ..model import Plan
from .svg import Picture

LEFT, TOP, WIDTH, HEIGHT = 70, 90, 760, 300
PALETTE = ("--give", "--get", "--day", "--claimed", "--bad", "--due")


def exposure(plan: Plan) -> str:
    """The picture as SVG; says which values the plan file does not give and had to be assumed."""
    inputs = inputs_of(plan)
    rows = balances(inputs.moves, inputs.parties)
    curves = {p: [0.0, *(float(row[p]) for row in rows)] for p in inputs.parties}
    picture = Picture(
        f"{plan.title or plan.plan}: exposure", "What each party has gained or lost after each step, in its own values."
    )
    picture.words(20, 32, plan.title or plan.plan, kind="head")
    picture.words(
        20, 52, "What each party has gained (above) or given without return (below) after each step", kind="soft"
    )
    values = [v for curve in curves.values() for v in curve] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    count = max(len(inputs.moves), 1)

    def place(i: int, value: float) -> tuple[float, float]:
        return LEFT + i * WIDTH / count, TOP + (high - value) / span * HEIGHT

    for mark in _marks(low, high):
        y = place(0, mark)[1]
        picture.line([(LEFT, y), (LEFT + WIDTH, y)], width=1.5 if mark == 0 else 0.6)
        picture.words(LEFT - 10, y + 4, f"{mark:g}", kind="soft", anchor="end")
    every = max(1, count // 14)
    for i, move in enumerate(inputs.moves):
        if i % every == 0:
            picture.words(place(i + 1, 0)[0], TOP + HEIGHT + 22, move.name, kind="soft", anchor="middle")
    for (party, curve), colour in zip(curves.items(), PALETTE * len(curves), strict=False):
        points = [place(0, curve[0])]
        for i, value in enumerate(curve[1:], 1):
            points += [(place(i, value)[0], points[-1][1]), place(i, value)]
        picture.line(points, colour=colour, width=2.5)
        y = TOP + HEIGHT + 48 + 20 * list(curves).index(party)
        picture.line([(LEFT, y - 4), (LEFT + 28, y - 4)], colour=colour, width=3)
        worst = min(curve)
        picture.words(
            LEFT + 36,
            y,
            f"{party}: {'never exposed' if worst >= 0 else f'largest exposure {-worst:g}'}, ends at {curve[-1]:g}",
        )
    if inputs.assumed:
        y = TOP + HEIGHT + 56 + 20 * len(curves)
        text = "Assumed: " + "; ".join(inputs.assumed)
        picture.words(LEFT, y, text if len(text) < 130 else text[:129] + "…", kind="soft", tip=text)
    picture.reach(LEFT + WIDTH + 20, TOP + HEIGHT + 40)
    return picture.svg()


def _marks(low: float, high: float) -> list[float]:
    span = high - low or 1.0
    size = next(s for k in range(-6, 12) for s in (10.0**k, 2 * 10.0**k, 5 * 10.0**k) if span / s <= 8)
    first = int(low // size)
    return [round(i * size, 9) for i in range(first, int(high // size) + 2) if low - 1e-9 <= i * size <= high + 1e-9]
