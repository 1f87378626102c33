"""All analyses of one plan in one plain dictionary, and that dictionary as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Plan
from .enforcement import enforce, region, remedies
from .exposure import balances, best_order, peaks
from .inputs import Inputs, in_order
from .risk import chance_of, sensitivity, simulate, what_if

GRID = (0.8, 0.9, 0.95, 0.99, 1.0)
"""Discount factors and certification chances for the region of self-enforcement."""


def analyse(
    plan: Plan,
    inputs: Inputs,
    *,
    walk_away: float = 0.0,
    discount: float = 1.0,
    certified: float = 1.0,
    runs: int = 100_000,
    overrides: Mapping[str, Mapping[str, float]] | None = None,
    seed: int = 0,
) -> dict[str, Any]:
    """Exposure, self-enforcement, time and risk. JSON-able."""
    tasks = what_if(inputs.tasks, overrides or {})
    return {
        "plan": plan.plan,
        "assumed": list(inputs.assumed),
        "exposure": exposure_of(plan, inputs),
        "enforcement": enforcement_of(inputs, walk_away, discount, certified),
        "risk": [risk_of(tasks, name, runs, seed) for name in reliefs(plan)] if inputs.tasks else [],
        "what_if": {k: dict(v) for k, v in (overrides or {}).items()},
    }


def exposure_of(plan: Plan, inputs: Inputs) -> dict[str, Any]:
    history = balances(inputs.moves, inputs.parties)
    return {
        "after_each_move": [
            {"move": m.name, "actor": m.actor, "balances": {p: float(v) for p, v in b.items()}}
            for m, b in zip(inputs.moves, history, strict=True)
        ],
        "largest_debt": {p: float(v) for p, v in peaks(inputs.moves, inputs.parties).items()},
        "orders": orders_of(plan, inputs),
    }


def orders_of(plan: Plan, inputs: Inputs) -> list[dict[str, Any]]:
    """For each giver with several rows: the order of rows that keeps its own largest debt smallest."""
    moves = {m.name: m for m in inputs.moves}
    givers = dict.fromkeys(s.who[0] for pair in plan.pairs.values() for s in pair.give if s.who)
    found = []
    for giver in givers:
        rows = [p for p in plan.pairs.values() if any(s.who and s.who[0] == giver for s in p.give)]
        if len(rows) < 2:
            continue
        give = [sum(moves[s.id].cost for s in p.give if s.who and s.who[0] == giver) for p in rows]
        get = [sum(moves[s.id].worth.get(giver, 0) for s in p.get) for p in rows]
        order, peak = best_order(give, get)
        _, fixed = (
            best_order(give, get, [(i, i + 1) for i in range(len(rows) - 1)][:19]) if len(rows) <= 20 else ([], peak)
        )
        found.append(
            {
                "giver": giver,
                "best_order": [rows[i].id for i in order],
                "largest_debt": float(peak),
                "largest_debt_as_written": float(fixed),
            }
        )
    return found


def enforcement_of(inputs: Inputs, walk_away: float, discount: float, certified: float) -> dict[str, Any]:
    result = enforce(inputs.moves, discount, certified)
    worst = result.binding
    return {
        "discount": discount,
        "certified": certified,
        "walk_away": walk_away,
        "needed": float(result.needed),
        "holds": float(result.needed) <= walk_away,
        "binding": None
        if worst is None
        else {
            "move": worst.move,
            "actor": worst.actor,
            "cost": float(worst.cost),
            "continuation": float(worst.continuation),
        },
        "remedies": remedies(inputs.moves, result, walk_away),
        "moves": [{"move": t.move, "actor": t.actor, "needed": float(t.needed)} for t in result.temptations],
        "region": {
            "discounts": list(GRID),
            "certified": list(GRID),
            "holds": region(inputs.moves, walk_away, GRID, GRID),
        },
    }


def reliefs(plan: Plan) -> list[str]:
    """The last step of each row: what the givers are waiting for."""
    return [in_order(pair)[-1].id for pair in plan.pairs.values() if pair.steps]


def risk_of(tasks: Any, name: str, runs: int, seed: int) -> dict[str, Any]:
    sampled = simulate(tasks, [name], runs, seed)[0]
    return {
        "step": name,
        "chance": chance_of(tasks, name),
        "sampled": {"runs": sampled.runs, "share": sampled.share, "error": sampled.error},
        "days": {"mean": sampled.mean_days, **{f"q{q}": v for q, v in sampled.quantiles.items()}},
        "decided_by": [{"step": s, "derivative": d} for s, d in sensitivity(tasks, name)[:5]],
    }


def as_text(result: Mapping[str, Any]) -> str:
    """The same for a reader."""
    lines = [f"Plan {result['plan']}"]
    if result["assumed"]:
        lines += ["", "Assumed, since the plan does not say:"] + [f"  {a}" for a in result["assumed"]]
    lines += ["", "Exposure: what each has got minus given, after each move"]
    for row in result["exposure"]["after_each_move"]:
        money = "  ".join(f"{p} {v:+g}" for p, v in row["balances"].items())
        lines.append(f"  {row['move']:<12} {row['actor']:<8} {money}")
    debts = ", ".join(f"{p} {v:g}" for p, v in result["exposure"]["largest_debt"].items())
    lines.append(f"  largest debt: {debts}")
    for order in result["exposure"]["orders"]:
        lines.append(
            f"  for {order['giver']} the rows in the order {', '.join(order['best_order'])} would keep it at "
            f"{order['largest_debt']:g} (as written {order['largest_debt_as_written']:g})"
        )
    force = result["enforcement"]
    lines += ["", f"Self-enforcement at discount {force['discount']:g}, certified {force['certified']:g}"]
    verdict = "holds" if force["holds"] else "does not hold"
    lines.append(f"  it {verdict}: walking away costs {force['walk_away']:g}, and has to cost {force['needed']:g}")
    if force["binding"] and not force["holds"]:
        lines.append(
            f"  it breaks at {force['binding']['move']}, where {force['binding']['actor']} has to give "
            f"{force['binding']['cost']:g} for {force['binding']['continuation']:g} still to come"
        )
    lines += [f"  would mend it: {r}" for r in force["remedies"]]
    if result["risk"]:
        lines += ["", "Time and risk"]
    for row in result["risk"]:
        days = row["days"]
        spread = f", half of them within {days['q50']:.0f} days" if "q50" in days else ""
        lines.append(
            f"  {row['step']:<12} comes with probability {row['chance']:.3f}{spread}; "
            f"decided most by {row['decided_by'][0]['step']}"
        )
    return "\n".join(lines)
