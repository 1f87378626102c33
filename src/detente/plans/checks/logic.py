"""Circles, relief out of reach, dead clauses, deadlocks and contradictions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..conditions import And, Constant, Count, Is, Measures, Not, Or, Tree, references, walk
from ..model import Plan, Step
from ..quantities import Quantity
from ..vocabulary import RELIEF, VERBS
from .findings import Finding
from .reach import Reach
from .search import stuck_states

MAX_ATOMS = 12


def find_circles(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Clauses that cannot come about because they wait for each other: one finding a circle."""
    dead = {n for n, w in reach.windows.items() if not w.possible}
    for circle in _circles(reach, dead):
        names = [n for n in circle if n in reach.steps] or list(circle)
        lines = tuple(f"{a} waits for {b}" for a, b in zip(circle, (*circle[1:], circle[0]), strict=True))
        who = ", ".join(dict.fromkeys(w for n in names if n in reach.steps for w in reach.steps[n].who))
        yield Finding(
            code="circular",
            severity="flaw",
            clauses=tuple(names),
            message=f"These wait for each other, so none can begin ({who or 'days'}).",
            scenario=(*lines, "nobody can move"),
            remedy="let one of them come first, cut it into smaller parts, or make them simultaneous",
        )


def _circles(reach: Reach, dead: set[str]) -> list[tuple[str, ...]]:
    """A shortest circle for each knot of clauses that block each other."""
    blocked = {n: [m for m in dict.fromkeys(reach.needs(n)) if m in dead] for n in dead}
    found: list[tuple[str, ...]] = []
    covered: set[str] = set()
    for start in reach.windows:
        if start in dead and start not in covered:
            circle = _shortest_circle(start, blocked)
            if circle and not covered & set(circle):
                found.append(circle)
                covered |= set(circle)
    return found


def _shortest_circle(start: str, edges: dict[str, list[str]]) -> tuple[str, ...]:
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for at in queue:
        for following in edges[at]:
            if following == start:
                return paths[at]
            if following not in paths:
                paths[following] = (*paths[at], following)
                queue.append(following)
    return ()


def find_unreachable(plan: Plan, reach: Reach, circles: list[Finding]) -> Iterator[Finding]:
    """What can never come due: relief first, then other clauses, each with what it waits for."""
    in_circle = {c for f in circles for c in f.clauses}
    for step in plan.steps:
        if reach.windows[step.id].possible or step.id in in_circle:
            continue
        relief = step.side == "get" or any(e.verb in RELIEF for e in step.effect)
        yield Finding(
            code="unreachable-relief" if relief else "dead-clause",
            severity="flaw",
            clauses=(step.id,),
            message=f"{', '.join(step.who)}: {step.does}. It can never come due.",
            scenario=_why_not(reach, step.id),
            remedy="change what it waits for, or take it out",
        )
    for power in plan.powers.values():
        if not reach.windows[power.id].possible and power.id not in in_circle and power.kind != "snapback":
            yield Finding(
                code="dead-clause",
                severity="flaw",
                clauses=(power.id,),
                message=f"The power can never be used: {power.does or power.kind}.",
                scenario=_why_not(reach, power.id),
                remedy="change its condition or its last day",
            )


def _why_not(reach: Reach, name: str) -> tuple[str, ...]:
    """The chain of what it waits for, down to what cannot be."""
    lines, seen = [], {name}
    while True:
        waits = [n for n in reach.needs(name) if n in reach.windows and not reach.windows[n].possible and n not in seen]
        if not waits:
            gate = reach.gates.get(name)
            lines.append(f"{name}: its condition cannot hold" + ("" if gate is None else f" ({describe(gate)})"))
            return tuple(lines)
        lines.append(f"{name} waits for {waits[0]}")
        name = waits[0]
        seen.add(name)


def describe(tree: Tree) -> str:
    """What a condition mentions, in short."""
    return "; ".join(dict.fromkeys(references(tree))) or "never"


def find_deadlocks(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Courses in which everybody keeps to the plan and somebody has given for nothing."""
    for stuck in stuck_states(plan, reach):
        yield Finding(
            code="deadlock",
            severity="flaw",
            clauses=(stuck.given, stuck.lost),
            message=f"{stuck.given} is done, and {stuck.lost} can never come due any more, although nobody broke the plan.",
            scenario=(*(f"{m} is done" for m in stuck.moves), f"{stuck.lost} stays closed for ever"),
            remedy="let what closes it wait until it is done, or give it another way to come due",
        )


def find_contradictions(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Conditions that no state satisfies, and clauses that ask the same party for opposites at one time."""
    yield from impossible(plan, reach, satisfiable)
    steps = [s for s in plan.steps if reach.windows[s.id].possible]
    for one, two in _near(steps):
        opposed = _opposed(plan, one, two)
        if opposed and _together(reach, one, two):
            yield Finding(
                code="contradiction",
                severity="flaw",
                clauses=(one.id, two.id),
                message=opposed,
                scenario=(
                    f"{one.id} is due: {one.does}",
                    f"{two.id} is due at the same time: {two.does}",
                    "whoever does one breaks the other",
                ),
                remedy="let one of them end before the other begins",
            )


def _near(steps: list[Step]) -> list[tuple[Step, Step]]:
    """Pairs of steps that say the same in other respects or act on the same measure: others cannot contradict."""
    buckets: dict[object, list[Step]] = {}
    for step in steps:
        for name in (_bare(step.does), *(e.measure for e in step.effect)):
            buckets.setdefault(name, []).append(step)
    found = {(a.id, b.id): (a, b) for bucket in buckets.values() for a, b in itertools.combinations(bucket, 2)}
    return list(found.values())


def impossible(plan: Plan, reach: Reach, satisfiable: Callable[[Tree], bool]) -> Iterator[Finding]:
    """The conditions that no state satisfies, as far as `satisfiable` can tell."""
    for name, tree in _conditions(plan, reach):
        if not satisfiable(tree):
            yield Finding(
                code="contradiction",
                severity="flaw",
                clauses=(name,),
                message="Its condition asks for something and for its contrary.",
                scenario=(f"whatever happens, the condition of {name} is false",),
                remedy="drop one of the two",
            )


def _conditions(plan: Plan, reach: Reach) -> Iterator[tuple[str, Tree]]:
    for step in plan.steps:
        yield step.id, reach.gates[step.id]
    for power in plan.powers.values():
        if power.when:
            yield power.id, power.when.tree
    for day in plan.days.values():
        if day.when:
            yield day.id, day.when.tree


def satisfiable(tree: Tree) -> bool:
    """Whether some assignment of its atoms makes the condition true; measures are in one state at a time.

    Conditions with more than MAX_ATOMS atoms are taken to be satisfiable here; `solving.satisfiable` takes any number.
    """
    atoms = list(dict.fromkeys(n for n in walk(tree) if is_atom(n)))
    opposing = any(isinstance(n, Not | Measures) or (isinstance(n, Is) and n.state) or _limits(n) for n in walk(tree))
    if len(atoms) > MAX_ATOMS or not opposing or Constant(False) in walk(tree):
        return True
    for values in itertools.product((True, False), repeat=len(atoms)):
        world = dict(zip(atoms, values, strict=True))
        if consistent(world) and _true(tree, world):
            return True
    return False


def _limits(node: object) -> bool:
    return isinstance(node, Count) and node.bound != "at least"


_OPPOSITE = {"suspended": "in force", "terminated": "in force", "lifted": "in force", "restored": "suspended"}


def consistent(world: Mapping[Any, bool]) -> bool:
    """Whether the atoms can have these values together: a measure is in one state, an amount is one number."""
    true = {(a.ref, a.state) for a, v in world.items() if v and isinstance(a, Is)}
    if any((ref, _OPPOSITE.get(state or "", "-")) in true for ref, state in true):
        return False
    told: dict[tuple[str, str], list[tuple[Quantity, bool]]] = {}
    for atom, value in world.items():
        if isinstance(atom, Measures):
            told.setdefault((atom.ref, atom.quantity.in_base[1]), []).append((atom.quantity, value))
    return all(_some_amount(bounds) for bounds in told.values())


def _some_amount(bounds: list[tuple[Quantity, bool]]) -> bool:
    """Whether some number keeps all the bounds that hold and none of those that do not: tried at their ends, between
    them and beyond them."""
    quantities = [(Quantity(q.in_base[0], "", q.bound), wanted) for q, wanted in bounds]
    ends = sorted({q.value * f for q, _ in quantities for f in ((0.95, 1, 1.05) if q.bound == "about" else (1,))})
    tried = [*ends, *((a + b) / 2 for a, b in itertools.pairwise(ends)), ends[0] - 1, ends[-1] + 1]
    return any(all(q.allows(x) == wanted for q, wanted in quantities) for x in tried)


def is_atom(node: object) -> bool:
    return not isinstance(node, And | Or | Not | Count | Constant) and type(node).__name__ in (
        "Is",
        "Says",
        "Measures",
        "Reached",
        "Compare",
        "Kept",
        "AsLongAs",
    )


def _true(tree: Tree, world: Mapping[Any, bool]) -> bool:
    if isinstance(tree, Constant):
        return tree.value
    if isinstance(tree, And):
        return all(_true(p, world) for p in tree.parts)
    if isinstance(tree, Or):
        return any(_true(p, world) for p in tree.parts)
    if isinstance(tree, Not):
        return not _true(tree.part, world)
    if isinstance(tree, Count):
        count = sum(_true(p, world) for p in tree.parts)
        return (
            count >= tree.k
            if tree.bound == "at least"
            else count <= tree.k
            if tree.bound == "at most"
            else count == tree.k
        )
    return world[tree]


_NEGATION = re.compile(
    r"\b(no|not|never|refrain from|refrains from|without|cease|ceases|stop|stops|abstain from|neither)\b", re.I
)


def _opposed(plan: Plan, one: Step, two: Step) -> str:
    """Why two steps cannot be kept together, or ''."""
    if not any(plan.is_or_belongs(a, b) or plan.is_or_belongs(b, a) for a in one.who for b in two.who):
        return ""
    for first in one.effect:
        for second in two.effect:
            if first.measure == second.measure and {first.verb in RELIEF, second.verb in RELIEF} == {True, False}:
                return f"The same party has to {first} and to {second}."
    if _bare(one.does) == _bare(two.does):
        if bool(_NEGATION.search(one.does)) != bool(_NEGATION.search(two.does)):
            return "The same party has to do something and to refrain from it."
        if one.amount and two.amount and _apart(one, two):
            return f"The same party has to keep {one.amount} and {two.amount} of the same thing."
    return ""


def _bare(does: str) -> tuple[str, ...]:
    from ..attach import stems

    return tuple(sorted(set(stems(_NEGATION.sub(" ", does)))))


def _apart(one: Step, two: Step) -> bool:
    """Whether no amount satisfies both."""
    assert one.amount and two.amount
    other = two.amount.in_unit_of(one.amount)
    if other is None:
        return False
    low, high = sorted(((one.amount.bound, one.amount.value), (two.amount.bound, other)), key=lambda p: p[1])
    return (
        low[1] < high[1] and low[0] in ("at most", "exactly", "about") and high[0] in ("at least", "exactly", "about")
    )


def _together(reach: Reach, one: Step, two: Step) -> bool:
    """Whether both can be owed on one day: neither waits for the other, and their times overlap."""
    if two.id in _behind(reach, one.id) or one.id in _behind(reach, two.id):
        return False
    return _begins(reach, one) <= _ends(reach, two) and _begins(reach, two) <= _ends(reach, one)


def _behind(reach: Reach, name: str) -> set[str]:
    """All that a clause waits for, directly or not."""
    seen: set[str] = set()
    queue = [name]
    while queue:
        for needed in reach.needs(queue.pop()):
            if needed not in seen:
                seen.add(needed)
                queue.append(needed)
    return seen


def _begins(reach: Reach, step: Step) -> float:
    return reach.windows[step.id].lo


def _ends(reach: Reach, step: Step) -> float:
    if step.until:
        return reach.earliest(step.until)
    if step.lasts:
        return reach._after(reach.windows[step.id].lo, step.lasts)
    return reach.due(step)


def find_restored_endings(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """A power that restores what a step ends for good: after that step the power is empty."""
    for power in plan.powers.values():
        for effect in power.effect:
            if VERBS[effect.verb] == "restored":
                enders = [
                    s
                    for s in plan.steps
                    if any(e.verb == "terminate" and e.measure == effect.measure for e in s.effect)
                ]
                for step in enders:
                    yield Finding(
                        code="restores-the-ended",
                        severity="note",
                        clauses=(power.id, step.id),
                        message=f"{step.id} ends {effect.measure} for good; from then on {power.id} can restore nothing.",
                        scenario=(f"{step.id} is done", f"{power.id} is used", f"{effect.measure} stays terminated"),
                        remedy="suspend instead of terminate, or say that the power ends then",
                    )


def outcome_of(plan: Plan, reach: Reach) -> dict[str, object]:
    """What decides the course of a plan: what can happen, what must come before what, who may use which power.

    Two readings with the same outcome make no difference.
    """
    found: dict[str, object] = {}
    for step in plan.steps:
        window = reach.windows[step.id]
        found[step.id] = (
            window.possible,
            frozenset(n for n in _behind(reach, step.id) if n in reach.steps) if window.possible else frozenset(),
            window.lo if window.lo >= 1 else 0,
            reach.due(step) if reach.due(step) >= 1 else 0,
            describe(reach.gates[step.id]),
            step.who,
        )
    for power in plan.powers.values():
        found[power.id] = (
            reach.windows[power.id].possible,
            power.who,
            str(power.unless),
            str(power.when),
            str(power.until),
        )
    return found
