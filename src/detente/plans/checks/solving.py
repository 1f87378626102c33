"""Checks by a solver (z3, MIT licence), where looking at one clause after another is weaker.

Two questions, each also answered without a solver as far as that goes:

- *Clocks with alternatives.* `timing` counts with what a step awaits whatever else happens; where it awaits 'any of'
  or '2 of' several, or comes only while something has not been done, whether all last days can be kept is a choice
  as well as a sum. Here each step has a day, and its gate is a formula over days.
- *Conditions with many parts or with numbers.* `logic.satisfiable` tries all values of up to twelve parts; a solver
  takes any number, amounts in units that convert included.

What the plan leaves open (reports, votes, measures) is granted either way, so that 'impossible' is certain and no
finding is a false alarm. Lengths of months and years count by their mean where they hang on a day nobody knows yet.
De Moura and Bjørner, 'Z3: an efficient SMT solver' (2008).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from math import inf
from typing import Any

from ...errors import UsageError
from ..conditions import (
    BEFORE_DONE,
    And,
    AsLongAs,
    Compare,
    Constant,
    Count,
    Is,
    Kept,
    Measures,
    Moment,
    Not,
    Or,
    Pick,
    Reached,
    Ref,
    Shift,
    Tree,
    When,
    references,
)
from ..model import Plan, Step
from ..quantities import Quantity
from .findings import Finding
from .logic import consistent, impossible, is_atom
from .reach import Reach
from .search import negates

FOREVER = 1e7
"""A day after all days, for what may still happen at any time."""


def installed() -> bool:
    return importlib.util.find_spec("z3") is not None


def find_by_solver(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Clocks and conditions that cannot be met. Raises UsageError where no solver is installed."""
    if not installed():
        raise UsageError("no solver is installed; install one with: pip install 'detente[solver]'")
    core = clocks_that_conflict(plan, reach)
    if core:
        yield Finding(
            code="clock-conflict",
            severity="flaw",
            clauses=core,
            message="Whatever course is taken, these last days cannot all be kept.",
            scenario=tuple(_owed(reach.steps[id], reach) for id in core),
            remedy="move one of these deadlines, or let one of these steps wait for less",
        )
    yield from impossible(plan, reach, satisfiable)


def _owed(step: Step, reach: Reach) -> str:
    waits = ", ".join(dict.fromkeys(n for n in reach.needs(step.id) if n in reach.steps and n != step.id))
    return f"{step.id} is due by {step.last_due}" + (f" and waits for {waits}" if waits else "")


# --- clocks -----------------------------------------------------------------------------------------------------


def clocks_that_conflict(plan: Plan, reach: Reach) -> tuple[str, ...]:
    """Steps, as few as the solver finds, whose last days no course keeps together; () when a course keeps all.

    Where nothing is ruled out by something else being done, all steps are taken to be done. Where something is, each
    step is tried on its own: a course in which it is done in time and nobody else misses a day that is owed by then.
    """
    clocks = _Clocks(plan, reach)
    timed = [s for s in clocks.steps.values() if clocks.last_day(s) is not None]
    if not timed:
        return ()
    if not any(negates(reach.gates[id]) for id in clocks.steps):
        return clocks.core(list(clocks.steps.values()))
    return next((core for step in timed if (core := clocks.core([step]))), ())


class _Clocks:
    """The days of a plan as unknowns: for each step whether it is done, and on which day."""

    def __init__(self, plan: Plan, reach: Reach) -> None:
        import z3

        self.z3, self.plan, self.reach = z3, plan, reach
        self.steps = {s.id: s for s in plan.steps if reach.windows[s.id].possible}
        self.day = {id: z3.Real(f"day of {id}") for id in self.steps}
        self.done = {id: z3.Bool(f"done {id}") for id in self.steps}
        self.named = {
            id: z3.Real(f"day {id}") for id in plan.days if id in reach.windows and reach.windows[id].lo < inf
        }

    def core(self, required: list[Step]) -> tuple[str, ...]:
        """The deadlines that cannot be kept together when the required steps are done; () when they can."""
        z3 = self.z3
        solver = z3.Solver()
        solver.set("core.minimize", True)
        for id, day in self.named.items():
            solver.add(day >= self.reach.windows[id].lo)
        for step in self.steps.values():
            solver.add(z3.Implies(self.done[step.id], self.may_be_done(step)))
        for step in required:
            solver.add(self.done[step.id])
        for step in self.steps.values():
            last = self.last_day(step)
            if last is None:
                continue
            known = [self.done[r] for r in self.clock_names(step) if r in self.done]
            if step in required:
                solver.add(*known)
            owed = z3.And(self.holds(self.reach.gates[step.id], FOREVER), *known)
            in_time = z3.And(self.done[step.id], self.day[step.id] <= last)
            solver.assert_and_track(z3.Implies(owed, in_time), step.id)
        if solver.check() != z3.unsat:
            return ()
        names = {str(c) for c in solver.unsat_core()}
        return tuple(id for id in self.steps if id in names)

    def may_be_done(self, step: Step) -> Any:
        """Not before its window opens, and only some days after its gate does."""
        takes = step.takes.mean_days if step.takes else 0.0
        begun = self.day[step.id] - takes
        return self.z3.And(
            self.day[step.id] >= self.reach.windows[step.id].lo,
            self.day[step.id] < FOREVER,
            self.holds(self.reach.gates[step.id], begun),
        )

    def last_day(self, step: Step) -> Any:
        moment = step.last_due
        if moment is None or self.reach.due(step) == inf:
            return None
        grace = step.grace.mean_days if step.grace else 0.0
        if not any(n in self.day or n in self.plan.pairs for n in references(moment.when)):
            return self.z3.RealVal(str(self.reach.due(step)))
        return self.when(moment) + grace

    def clock_names(self, step: Step) -> list[str]:
        moment = step.last_due
        named = list(references(moment.when)) if moment else []
        return [s for n in named for s in ([x.id for x in self.plan.pairs[n].steps] if n in self.plan.pairs else [n])]

    def when(self, when: When | Moment) -> Any:
        """A day as a term."""
        z3 = self.z3
        if isinstance(when, Moment):
            return self.when(when.when)
        if not list(references(when)):
            return z3.RealVal(str(self.reach.earliest(when)))
        if isinstance(when, Shift):
            return self.when(when.base) + when.sign * when.by.mean_days
        if isinstance(when, Pick):
            terms = [self.when(w) for w in when.of]
            best = terms[0]
            for term in terms[1:]:
                better = term > best if when.which == "later" else term < best
                best = z3.If(better, term, best)
            return best
        if isinstance(when, Ref) and when.id in self.plan.pairs:
            return self.when(Pick("later", tuple(Ref(s.id, when.point) for s in self.plan.pairs[when.id].steps)))
        if isinstance(when, Ref) and when.id in self.day:
            step = self.steps[when.id]
            takes = step.takes.mean_days if step.takes and when.point == "start" else 0.0
            return self.day[when.id] - takes
        if isinstance(when, Ref) and when.id in self.named:
            return self.named[when.id]
        return z3.RealVal(str(min(self.reach.earliest(when), FOREVER)))

    def holds(self, tree: Tree, at: Any) -> Any:
        """The condition at a day as a formula; what the plan leaves open is granted."""
        z3 = self.z3
        if isinstance(tree, Constant):
            return z3.BoolVal(tree.value)
        if isinstance(tree, And):
            return z3.And([self.holds(p, at) for p in tree.parts])
        if isinstance(tree, Or):
            return z3.Or([self.holds(p, at) for p in tree.parts])
        if isinstance(tree, Not):
            return self.fails(tree.part, at)
        if isinstance(tree, Count):
            return self._counted(tree, at)
        if isinstance(tree, Reached):
            return at >= self.when(tree.when)
        if isinstance(tree, Kept) and tree.length:
            return self.holds(tree.part, at - tree.length.mean_days)
        if isinstance(tree, AsLongAs):
            return z3.And(self.holds(tree.part, at), self.holds(tree.guard, at))
        if isinstance(tree, Compare):
            return self._compared(tree, at)
        if isinstance(tree, Is):
            return self._is(tree, at)
        return z3.BoolVal(True)

    def fails(self, tree: Tree, at: Any) -> Any:
        """The contrary of the condition at a day; what the plan leaves open is granted here too."""
        z3 = self.z3
        if isinstance(tree, Constant):
            return z3.BoolVal(not tree.value)
        if isinstance(tree, And):
            return z3.Or([self.fails(p, at) for p in tree.parts])
        if isinstance(tree, Or):
            return z3.And([self.fails(p, at) for p in tree.parts])
        if isinstance(tree, Not):
            return self.holds(tree.part, at)
        if isinstance(tree, Count) and tree.bound == "at least":
            return _at_least(z3, len(tree.parts) - tree.k + 1, [self.fails(p, at) for p in tree.parts])
        if isinstance(tree, Reached):
            return at < self.when(tree.when)
        if isinstance(tree, Is) and tree.ref in self.day and tree.state not in BEFORE_DONE:
            return z3.Not(self._is(tree, at))
        return z3.BoolVal(True)

    def _counted(self, tree: Count, at: Any) -> Any:
        enough = _at_least(self.z3, tree.k, [self.holds(p, at) for p in tree.parts])
        few = _at_least(self.z3, len(tree.parts) - tree.k, [self.fails(p, at) for p in tree.parts])
        return {"at least": enough, "at most": few, "exactly": self.z3.And(enough, few)}[tree.bound]

    def _compared(self, tree: Compare, at: Any) -> Any:
        day, now = self.when(tree.when), self.holds(tree.part, at)
        if tree.relation == "after":
            return self.z3.And(now, at >= day)
        length = tree.length.mean_days if tree.length else 0.0
        limit = {"before": day - 1, "by": day, "within": day + length}[tree.relation]
        return self.z3.And(now, self.holds(tree.part, limit))

    def _is(self, tree: Is, at: Any) -> Any:
        z3 = self.z3
        if tree.ref in self.plan.pairs:
            return z3.And([self._is(Is(s.id, tree.state), at) for s in self.plan.pairs[tree.ref].steps])
        if tree.ref in self.reach.steps and tree.ref not in self.day:
            return z3.BoolVal(False)
        if tree.ref in self.day and tree.state not in BEFORE_DONE:
            return z3.And(self.done[tree.ref], self.day[tree.ref] <= at)
        if tree.ref in self.named:
            return self.named[tree.ref] <= at
        return z3.BoolVal(True)


def _at_least(z3: Any, k: int, parts: list[Any]) -> Any:
    if k <= 0:
        return z3.BoolVal(True)
    return z3.PbGe([(p, 1) for p in parts], k) if len(parts) >= k else z3.BoolVal(False)


# --- conditions -------------------------------------------------------------------------------------------------


def satisfiable(tree: Tree) -> bool:
    """Whether some state of affairs makes the condition true, whatever its size."""
    import z3

    amounts: dict[tuple[str, str], Any] = {}
    atoms: dict[object, Any] = {}

    def formula(node: Tree) -> Any:
        if isinstance(node, Constant):
            return z3.BoolVal(node.value)
        if isinstance(node, And | Or):
            return (z3.And if isinstance(node, And) else z3.Or)([formula(p) for p in node.parts])
        if isinstance(node, Not):
            return z3.Not(formula(node.part))
        if isinstance(node, Count):
            parts = [formula(p) for p in node.parts]
            enough = _at_least(z3, node.k, parts)
            few = z3.Not(_at_least(z3, node.k + 1, parts))
            return {"at least": enough, "at most": few, "exactly": z3.And(enough, few)}[node.bound]
        if isinstance(node, Measures):
            value, unit = node.quantity.in_base
            amount = amounts.setdefault((node.ref, unit), z3.Real(f"amount {node.ref} {unit}"))
            return _within(z3, amount, node.quantity, value)
        assert is_atom(node)
        return atoms.setdefault(node, z3.Bool(f"atom {len(atoms)}"))

    solver = z3.Solver()
    solver.add(formula(tree))
    states = [a for a in atoms if isinstance(a, Is)]
    for one in states:
        for two in states:
            if one != two and not consistent({one: True, two: True}):
                solver.add(z3.Not(z3.And(atoms[one], atoms[two])))
    return bool(solver.check() == z3.sat)


def _within(z3: Any, amount: Any, quantity: Quantity, value: float) -> Any:
    if quantity.bound == "at most":
        return amount <= value
    if quantity.bound == "at least":
        return amount >= value
    slack = abs(value) / 20 if quantity.bound == "about" else 0
    return z3.And(amount >= value - slack, amount <= value + slack)
