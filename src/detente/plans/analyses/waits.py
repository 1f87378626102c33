"""From the conditions of a plan to what each of its steps waits for.

Only what some step brings about can be waited for. The rest (that somebody declares a day, that nothing is broken, that a
term is kept) is taken to hold and named, so that a chance says of what it is the chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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
    Pick,
    Reached,
    Ref,
    Says,
    Shift,
    Tree,
    When,
)
from ..model import Plan, Step
from ..steps import requires
from ..vocabulary import MEASURE_STATES, VERBS
from .gates import ALWAYS, NEVER, AtLeast, Gate, all_of, any_of

_UNDOING = frozenset({"breached", "reversed", "disputed", "lapsed"})
"""States that come about when somebody does not keep the plan: no step brings them."""


@dataclass
class Waits:
    """What the steps of one plan wait for; `granted` names what is taken to hold."""

    plan: Plan
    granted: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.steps = {s.id for s in self.plan.steps}
        self.asked: list[str] = []
        """The days whose conditions are being looked at, so that a circle of days ends."""

    def of(self, step: Step) -> Gate:
        return self.gate(requires(self.plan, step))

    def allowed(self, step: Step) -> float | None:
        """How many days the step has from when it may begin; None where its last day counts from something else."""
        when = step.due.when if step.due else None
        if not isinstance(when, Shift) or self._day(when.base) != self.of(step):
            return None
        return when.sign * when.by.mean_days

    def gate(self, tree: Tree) -> Gate:
        """What has to come before the condition can hold."""
        if isinstance(tree, Constant):
            return ALWAYS if tree.value else NEVER
        if isinstance(tree, And):
            return all_of([self.gate(p) for p in tree.parts])
        if isinstance(tree, Or):
            return any_of([self.gate(p) for p in tree.parts])
        if isinstance(tree, Count):
            return self._count(tree)
        if isinstance(tree, Not):
            return self._grant("not " + " ".join(_named(tree.part)))
        if isinstance(tree, Reached):
            return self._day(tree.when)
        if isinstance(tree, Compare):
            later = self._day(tree.when) if tree.relation in ("after", "within") else ALWAYS
            return all_of([self.gate(tree.part), later])
        if isinstance(tree, Kept | AsLongAs):
            return self.gate(tree.part)
        return self._atom(tree)

    def _count(self, tree: Count) -> Gate:
        parts = [self.gate(p) for p in tree.parts]
        if tree.bound == "at most":
            return self._grant(f"at most {tree.k} of {' '.join(_named(tree))}")
        if tree.k == len(parts):
            return all_of(parts)
        return any_of(parts) if tree.k == 1 else AtLeast(tree.k, tuple(parts))

    def _atom(self, tree: Tree) -> Gate:
        if isinstance(tree, Is):
            return self._is(tree)
        if isinstance(tree, Measures) and tree.ref in (*self.steps, *self.plan.pairs):
            return self._is(Is(tree.ref))
        if isinstance(tree, Says) and tree.what in self.steps:
            return tree.what
        return self._grant(" ".join(_named(tree)))

    def _is(self, tree: Is) -> Gate:
        if tree.ref in self.plan.pairs:
            return all_of([self._is(Is(s.id, tree.state)) for s in self.plan.pairs[tree.ref].steps])
        if tree.ref in self.steps:
            return self._grant(f"{tree.ref} {tree.state}") if tree.state in _UNDOING else tree.ref
        if tree.ref in self.plan.measures:
            return self._measure(tree.ref, tree.state or "in force")
        if tree.ref in self.plan.days:
            return self._named_day(tree.ref)
        return self._grant(f"{tree.ref} {tree.state or ''}".strip())

    def _measure(self, id: str, wanted: str) -> Gate:
        """Any of the steps that put the measure into the state; granted where only time or a power does."""

        def fits(state: str) -> bool:
            if wanted in ("lifted", "in force"):
                return MEASURE_STATES[state] == (wanted == "in force")
            return state == wanted

        if fits(self.plan.measures[id].state):
            return ALWAYS
        ways = [s.id for s in self.plan.steps if any(e.measure == id and fits(VERBS[e.verb]) for e in s.effect)]
        return any_of(list(ways)) if ways else self._grant(f"{id} {wanted}")

    def _day(self, when: When) -> Gate:
        if isinstance(when, Shift):
            return self._day(when.base)
        if isinstance(when, Pick):
            parts = [self._day(w) for w in when.of]
            return any_of(parts) if when.which == "earlier" else all_of(parts)
        if not isinstance(when, Ref):
            return ALWAYS
        return self._named_day(when.id) if when.id in self.plan.days else self._is(Is(when.id))

    def _named_day(self, id: str) -> Gate:
        day = self.plan.days[id]
        if id in self.asked:
            return NEVER
        self.asked.append(id)
        ways = [self.gate(day.when.tree)] if day.when else []
        ways += [self._day(day.date.when)] if day.date else []
        self.asked.pop()
        return any_of(ways) if ways else self._grant(id)

    def _grant(self, what: str) -> Gate:
        self.granted[what] = None
        return ALWAYS


def _named(tree: Tree) -> Iterator[str]:
    """The names in a condition, with their states."""
    if isinstance(tree, Is):
        yield f"{tree.ref} {tree.state or ''}".strip()
    elif isinstance(tree, Says):
        yield f"{tree.who} says {tree.what}"
    elif isinstance(tree, Measures):
        yield f"{tree.ref} {tree.quantity}"
    elif isinstance(tree, Reached):
        yield "a day that comes"
    elif isinstance(tree, And | Or | Count):
        for part in tree.parts:
            yield from _named(part)
    elif isinstance(tree, Not | Compare | Kept | AsLongAs):
        yield from _named(tree.part)
