"""Who against what and who upon whom, as grids of numbers that the pages show as tables of links."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from ..errors import UsageError
from ..record.days import days_asked
from .desk import Desk, address
from .words import Words

ACTORS, ISSUES = 18, 10
"""Rows and columns on a page; more could not be read."""


@dataclass(slots=True)
class StanceCell:
    """One actor on one issue."""

    sides: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The first and the last month of each side."""

    @property
    def side(self) -> str:
        """favour, oppose, neutral; mixed where somebody is on record on both sides."""
        if self.sides["mixed"] or (self.sides["favour"] and self.sides["oppose"]):
            return "mixed"
        return next((s for s in ("favour", "oppose") if self.sides[s]), "neutral")

    @property
    def moved(self) -> str:
        """'▼ → ▲' where the first and the last month with a side differ; '' where they do not."""
        from .labels import SIGNS

        if not self.sides["favour"] or not self.sides["oppose"]:
            return ""
        (first, last), (first_against, last_against) = self.months["favour"], self.months["oppose"]
        if first <= first_against and last < last_against:
            return f"{SIGNS['favour']} → {SIGNS['oppose']}"
        if first_against <= first and last_against < last:
            return f"{SIGNS['oppose']} → {SIGNS['favour']}"
        return ""

    @property
    def n(self) -> int:
        return sum(self.sides.values())


def stance_matrix(desk: Desk, words: str = "", first_issue: int = 0) -> dict[str, Any]:
    """Actors by issues: the issues on which most take sides, or those with `words` in their names."""
    issues = [i for i in desk.issues() if words.casefold() in i["issue"].casefold()]
    shown = [i["issue"] for i in issues[first_issue : first_issue + ISSUES]]
    marks = ",".join("?" * len(shown)) or "NULL"
    rows = desk.record.store.rows(
        "SELECT holder, issue, side, sum(n) AS n, min(month) AS first, max(month) AS last FROM count_stances "
        f"WHERE issue IN ({marks}) GROUP BY issue, holder, side",
        shown,
    )
    cells: dict[tuple[str, str], StanceCell] = defaultdict(StanceCell)
    for row in rows:
        cell = cells[row["holder"], row["issue"]]
        cell.sides[row["side"]] += row["n"]
        cell.months[row["side"]] = row["first"], row["last"]
    weight: dict[str, int] = defaultdict(int)
    for (holder, _), cell in cells.items():
        weight[holder] += cell.n + 3
    holders = sorted(weight, key=lambda h: (-weight[h], h))[: ACTORS + 6]
    return {
        "issues": shown,
        "holders": holders,
        "cells": dict(cells),
        "more": first_issue + ISSUES if len(issues) > first_issue + ISSUES else 0,
        "all_issues": len(issues),
    }


@dataclass(frozen=True, slots=True)
class PairCell:
    """How often one acts on another, and how kindly."""

    n: int
    goldstein: float

    @property
    def shade(self) -> str:
        """The class of the cell: p1 to p3 for cooperation, n1 to n3 for conflict, by the mean Goldstein value."""
        strength = min(3, 1 + int(abs(self.goldstein) / 2.5))
        return f"{'p' if self.goldstein >= 0 else 'n'}{strength}"


def dyad_matrix(desk: Desk, asked: dict[str, str]) -> dict[str, Any]:
    """Who acts on whom: counts and mean Goldstein values between the most active. `asked`: type, since, until."""
    where, parameters = ["source <> '' AND target <> ''"], []
    for option, sign in (("since", ">="), ("until", "<=")):
        if asked.get(option):
            where.append(f"month {sign} ?")
            parameters.append(days_asked(asked[option], option)[option == "until"][:7])
    if asked.get("type"):
        where.append("type = ?")
        parameters.append(asked["type"].upper())
    condition = " AND ".join(where)
    rows = desk.record.store.rows(
        f"SELECT source, target, sum(n) AS n, sum(goldstein) AS g FROM count_pairs WHERE {condition} GROUP BY source, target",
        parameters,
    )
    active: dict[str, int] = defaultdict(int)
    for source, target, n, _ in rows:
        active[source] += n
        active[target] += n
    keys = sorted(active, key=lambda key: (-active[key], key))[:ACTORS]
    shown = set(keys)
    cells = {(a, b): PairCell(n, round(g / n, 2)) for a, b, n, g in rows if n and a in shown and b in shown}
    return {"keys": keys, "cells": cells}


def heat_map(
    desk: Desk, t: Words, keys: list[str], cells: dict[tuple[str, str], PairCell], asked: dict[str, str]
) -> Markup:
    """The rows of the table, put together by plain formatting: there may be more than three hundred cells."""
    names = {key: str(escape(desk.name(t, key))) for key in keys}
    rest = address("", **asked)[1:]
    since = f"&amp;{escape(rest)}" if rest else ""
    part = {key: address("", a=key)[3:] for key in keys}
    rows = []
    for a in keys:
        row = [f'<tr><th scope="row"><a href="{address("/actor", a)}">{_shortened(desk.name(t, a))}</a></th>']
        for b in keys:
            cell = cells.get((a, b))
            if cell is None:
                row.append('<td class="self"></td>' if a == b else "<td></td>")
                continue
            tip = t.filled("dyads.cell", a=names[a], b=names[b], n=t.number(cell.n), mean=t.number(cell.goldstein))
            row.append(
                f'<td class="{cell.shade}"><a href="/events?actor={part[a]}&amp;recipient={part[b]}{since}" '
                f'aria-label="{tip}" title="{tip}">{t.number(cell.n)}</a></td>'
            )
        rows.append("".join(row) + "</tr>")
    return Markup("\n".join(rows))


def _shortened(name: str, most: int = 28) -> str:
    return str(escape(name if len(name) <= most + 5 else f"{name[: most - 3].rsplit(' ', 1)[0]}..."))


def network(
    desk: Desk, t: Words, keys: list[str], cells: dict[tuple[str, str], PairCell], asked: dict[str, str]
) -> str:
    """The same as a picture: actors on a circle, both directions of a pair as one curve, thicker for more events."""
    if len(keys) < 2:
        return ""
    centre_x, centre_y, radius = 450.0, 270.0, 205.0
    at = {}
    for i, key in enumerate(keys):
        angle = 2 * math.pi * i / len(keys) - math.pi / 2
        at[key] = (centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle))
    both: dict[tuple[str, str], list[PairCell]] = defaultdict(list)
    for (source, target), cell in cells.items():
        if source != target:
            both[min(source, target), max(source, target)].append(cell)
    most = max((sum(c.n for c in pair) for pair in both.values()), default=1)
    parts = [_edge(desk, t, at, a, b, pair, most, asked, (centre_x, centre_y)) for (a, b), pair in sorted(both.items())]
    parts += [_node(desk, t, key, at[key], centre_x) for key in keys]
    label = quoteattr(t.plain("dyads.network_label"))
    return f'<svg class="net" viewBox="0 0 900 540" role="group" aria-label={label}>{"".join(parts)}</svg>'


def _edge(
    desk: Desk,
    t: Words,
    at: dict[str, tuple[float, float]],
    a: str,
    b: str,
    pair: list[PairCell],
    most: int,
    asked: dict[str, str],
    centre: tuple[float, float],
) -> str:
    n = sum(c.n for c in pair)
    mean = sum(c.n * c.goldstein for c in pair) / n
    (x1, y1), (x2, y2) = at[a], at[b]
    bend_x, bend_y = (x1 + x2 + 1.2 * centre[0]) / 3.2, (y1 + y2 + 1.2 * centre[1]) / 3.2
    tip = t.plain("dyads.edge", a=desk.name(t, a), b=desk.name(t, b), n=n, mean=t.number(round(mean, 1)))
    href = quoteattr(address("/events", a=a, b=b, **asked))
    kind = "good" if mean >= 0 else "bad"
    width = 1 + 7 * math.sqrt(n / most)
    return (
        f"<a href={href} aria-label={quoteattr(tip)}><title>{escape(tip)}</title>"
        f'<path class="edge {kind}" stroke-width="{width:.1f}" d="M{x1:.0f} {y1:.0f} Q{bend_x:.0f} {bend_y:.0f} {x2:.0f} {y2:.0f}"/></a>'
    )


def _node(desk: Desk, t: Words, key: str, at: tuple[float, float], centre: float) -> str:
    x, y = at
    side = "middle" if abs(x - centre) < 40 else "start" if x > centre else "end"
    dx = 0 if side == "middle" else 10 if side == "start" else -10
    dy = 4 if side != "middle" else (-12 if y < 270 else 20)
    name = escape(desk.name(t, key)[:28])
    href = quoteattr(address("/actor", key))
    return (
        f'<a href={href}><circle class="node" cx="{x:.0f}" cy="{y:.0f}" r="5"/>'
        f'<text class="place" x="{x + dx:.0f}" y="{y + dy:.0f}" text-anchor="{side}">{name}</text></a>'
    )


def checked(asked: dict[str, str]) -> dict[str, str]:
    """The filters that are set. Raises UsageError when the span of time runs backwards."""
    given = {k: v for k, v in asked.items() if v}
    if "since" in given and "until" in given:
        first, last = days_asked(given["since"], "since")[0], days_asked(given["until"], "until")[1]
        if first > last:
            raise UsageError(f"since {given['since']} is later than until {given['until']}; exchange them")
    return given
