"""Exhaustive search of the orders in which steps can be done, one independent component at a time.

A state is the set of steps done. Conditions that only ask for things to be done can never be spoilt, so a component
in which nothing is negated needs no search: the fixpoint of `reach` is exact for it. What is left is small.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from ..conditions import (
    And,
    AsLongAs,
    Compare,
    Constant,
    Count,
    Is,
    Kept,
    Measures,
    Not,
    Or,
    Reached,
    Says,
    Tree,
    references,
    walk,
)
from ..model import Plan, Step
from ..steps import requires
from ..vocabulary import MEASURE_STATES, VERBS
from .reach import Reach

MAX_STATES = 200_000


@dataclass(frozen=True, slots=True)
class Stuck:
    """Moves, in order, after which `given` is done and `lost` can never come due."""

    moves: tuple[str, ...]
    given: str
    lost: str


def components(plan: Plan) -> list[list[Step]]:
    """The steps in groups that do not mention each other: pairs, and whatever their conditions name."""
    parent = {s.id: s.id for s in plan.steps}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    reach_names = _Mentions(plan)
    for pair in plan.pairs.values():
        for step in pair.steps[1:]:
            parent[root(step.id)] = root(pair.steps[0].id)
    for step in plan.steps:
        for other in reach_names.of(requires(plan, step)):
            parent[root(step.id)] = root(other)
    groups: dict[str, list[Step]] = {}
    for step in plan.steps:
        groups.setdefault(root(step.id), []).append(step)
    return list(groups.values())


class _Mentions:
    """The steps behind what a condition mentions: of pairs, measures and days too."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.steps = {s.id for s in plan.steps}

    def of(self, tree: Tree, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        for ref in references(tree):
            if ref in self.steps:
                yield ref
            elif ref in self.plan.pairs:
                yield from (s.id for s in self.plan.pairs[ref].steps)
            elif ref in self.plan.measures:
                yield from (s.id for s in self.plan.steps if any(e.measure == ref for e in s.effect))
            elif ref in self.plan.days and ref not in seen:
                condition = self.plan.days[ref].when
                if condition:
                    yield from self.of(condition.tree, seen | {ref})


def negates(tree: Tree) -> bool:
    """Whether doing something can make the condition false."""
    for node in walk(tree):
        if isinstance(node, Not) and not isinstance(node.part, Reached | Constant):
            return True
        if isinstance(node, Count) and node.bound != "at least":
            return True
        if isinstance(node, Compare) and node.relation == "before" and any(True for _ in references(node.when)):
            return True
        if isinstance(node, Is) and node.state in MEASURE_STATES:
            return True
    return False


def stuck_states(plan: Plan, reach: Reach) -> Iterator[Stuck]:
    """For each component, the shortest courses after which somebody has given and can never get."""
    for steps in components(plan):
        gates = {s.id: reach.gates[s.id] for s in steps}
        if any(negates(g) for g in gates.values()) or any(s.effect and _undone_by_others(plan, s) for s in steps):
            yield from _search(plan, steps, reach)


def _undone_by_others(plan: Plan, step: Step) -> bool:
    return False if not step.effect else any(negates(requires(plan, s)) for s in plan.steps if s.id != step.id)


def _search(plan: Plan, steps: list[Step], reach: Reach) -> Iterator[Stuck]:
    possible = [s for s in steps if reach.windows[s.id].possible]
    found: set[tuple[str, str]] = set()
    came_from: dict[frozenset[str], tuple[frozenset[str], str] | None] = {frozenset(): None}
    queue = deque([frozenset[str]()])
    while queue and len(came_from) < MAX_STATES:
        state = queue.popleft()
        enabled = [s for s in possible if s.id not in state and holds(plan, reach.gates[s.id], state)]
        for step in enabled:
            following = state | {step.id}
            if following not in came_from:
                came_from[following] = (state, step.id)
                queue.append(following)
        if not enabled:
            for given, lost in _losses(plan, possible, state):
                if (given, lost) not in found:
                    found.add((given, lost))
                    yield Stuck(_path(came_from, state), given, lost)


def _losses(plan: Plan, steps: list[Step], state: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(given, lost): in rows where one side is all done, and the other side can never come due."""
    for pair in plan.pairs.values():
        for mine, theirs in ((pair.give, pair.get), (pair.get, pair.give)):
            if mine and theirs and all(s.id in state for s in mine):
                for step in theirs:
                    if step in steps and step.id not in state:
                        yield mine[0].id, step.id


def _path(came_from: dict[frozenset[str], tuple[frozenset[str], str] | None], state: frozenset[str]) -> tuple[str, ...]:
    moves: list[str] = []
    at = came_from[state]
    while at is not None:
        moves.append(at[1])
        at = came_from[at[0]]
    return tuple(reversed(moves))


def holds(plan: Plan, tree: Tree, done: frozenset[str]) -> bool:
    """Whether a condition holds when exactly `done` is done; days have come, and what others may say is said."""
    if isinstance(tree, Constant):
        return tree.value
    if isinstance(tree, And):
        return all(holds(plan, p, done) for p in tree.parts)
    if isinstance(tree, Or):
        return any(holds(plan, p, done) for p in tree.parts)
    if isinstance(tree, Not):
        if isinstance(tree.part, Reached | Says) or (
            isinstance(tree.part, Is) and not _is_tracked(plan, tree.part.ref)
        ):
            return True
        return not holds(plan, tree.part, done)
    if isinstance(tree, Count):
        count = sum(holds(plan, p, done) for p in tree.parts)
        return (
            count >= tree.k
            if tree.bound == "at least"
            else count <= tree.k
            if tree.bound == "at most"
            else count == tree.k
        )
    if isinstance(tree, Compare):
        late = tree.relation == "before" and any(
            _done(plan, r, done) for r in references(tree.when) if _is_tracked(plan, r)
        )
        return holds(plan, tree.part, done) and not late
    if isinstance(tree, Kept):
        return holds(plan, tree.part, done)
    if isinstance(tree, AsLongAs):
        return holds(plan, tree.part, done) and holds(plan, tree.guard, done)
    if isinstance(tree, Measures):
        return _done(plan, tree.ref, done)
    if isinstance(tree, Is):
        return _measure_is(plan, tree, done) if tree.ref in plan.measures else _done(plan, tree.ref, done)
    return True


def _is_tracked(plan: Plan, ref: str) -> bool:
    day = plan.days.get(ref)
    return ref not in plan.powers and not (day and not day.when)


def _done(plan: Plan, ref: str, done: frozenset[str]) -> bool:
    if ref in plan.pairs:
        return all(s.id in done for s in plan.pairs[ref].steps)
    day = plan.days.get(ref)
    if day is not None:
        return holds(plan, day.when.tree, done) if day.when else True
    return ref in done or (ref not in {s.id for s in plan.steps})


def _measure_is(plan: Plan, tree: Is, done: frozenset[str]) -> bool:
    state = plan.measures[tree.ref].state
    for step in plan.steps:
        if step.id in done and state != "terminated":
            state = next((VERBS[e.verb] for e in step.effect if e.measure == tree.ref), state)
    wanted = tree.state or "in force"
    if wanted == "lifted":
        return not MEASURE_STATES[state]
    return state == wanted or (wanted == "in force" and MEASURE_STATES[state])
