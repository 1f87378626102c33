"""What can happen at all, and how early: least fixpoints over the clauses of a plan.

Everybody is taken to do each step as soon as it is due. For each clause that gives the earliest day on which it can
come about and the latest on which its condition still can; a clause whose earliest day is never, or later than its
latest, cannot come about. The functions are superior in Knuth's sense (1977) but for negation, which is granted
(something that is not forced can be left undone), so every "never" is certain and no finding is a false alarm of
the approximation. Days are ordinals; 0 stands for before everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import inf

from ..conditions import (
    BEFORE_DONE,
    And,
    AsLongAs,
    Compare,
    Condition,
    Constant,
    Count,
    Fixed,
    Is,
    Kept,
    Measures,
    Moment,
    Not,
    Or,
    Pick,
    Reached,
    Says,
    Shift,
    Tree,
    When,
    references,
)
from ..days import Duration, add
from ..model import Day, Plan, Power, Step
from ..steps import requires
from ..vocabulary import MEASURE_STATES, VERBS

MAX_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Window:
    """The earliest day on which something can come about, and the latest."""

    lo: float = 0.0
    hi: float = inf

    @property
    def possible(self) -> bool:
        return self.lo <= self.hi and self.lo < inf


NEVER = Window(inf, -inf)


@dataclass
class Reach:
    """The fixpoint of one plan: the window of every step, day and power."""

    plan: Plan
    windows: dict[str, Window] = field(default_factory=dict)
    rounds: int = 0

    def __post_init__(self) -> None:
        self.steps: dict[str, Step] = {s.id: s for s in self.plan.steps}
        self.gates: dict[str, Tree] = {s.id: requires(self.plan, s) for s in self.plan.steps}
        self.base = self._base()
        names = (*self.steps, *self.plan.days, *self.plan.powers)
        self.windows = dict.fromkeys(names, NEVER)
        users = self._users()
        queue = dict.fromkeys(names)
        while queue and self.rounds < MAX_ROUNDS + 50 * len(names):
            name = next(iter(queue))
            del queue[name]
            self.rounds += 1
            found = self._window(name)
            if found.lo < self.windows[name].lo or (
                found.lo == self.windows[name].lo and found.hi > self.windows[name].hi
            ):
                self.windows[name] = found
                queue.update(dict.fromkeys(users.get(name, ())))

    def _base(self) -> float:
        """The first day of the calendar that the plan names: before it nothing is owed."""
        days = [self.latest(d.date) for d in self.plan.days.values() if d.date and not d.by]
        return min((d for d in days if 1 <= d < inf), default=0.0)

    def _users(self) -> dict[str, list[str]]:
        """Who has to be looked at again when a clause changes."""
        users: dict[str, list[str]] = {}
        for name in self.windows:
            for used in self.needs(name):
                users.setdefault(used, []).append(name)
        return users

    def needs(self, name: str) -> Iterator[str]:
        """The clauses that a clause mentions, groups spelled out."""
        mentioned: list[str] = []
        if name in self.steps:
            step = self.steps[name]
            mentioned += references(self.gates[name])
            for moment in (step.starts, step.due, *(p.due for p in step.parts)):
                mentioned += references(moment.when) if moment else ()
        elif name in self.plan.days:
            day = self.plan.days[name]
            mentioned += references(day.date.when) if day.date else ()
            mentioned += references(day.when.tree) if day.when else ()
        else:
            power = self.plan.powers[name]
            mentioned += references(power.when.tree) if power.when else ()
            mentioned += references(power.until.when) if power.until else ()
        for ref in mentioned:
            yield from self._spelled(ref)

    def _spelled(self, ref: str) -> Iterator[str]:
        if ref in self.plan.pairs:
            yield from (s.id for s in self.plan.pairs[ref].steps)
        elif ref in self.plan.measures:
            yield from (s.id for s in self.plan.steps if any(e.measure == ref for e in s.effect))
            yield from (p.id for p in self.plan.powers.values() if any(e.measure == ref for e in p.effect))
        elif ref in self.windows:
            yield ref

    # -- windows of clauses

    def _window(self, name: str) -> Window:
        if name in self.steps:
            return self._of_step(self.steps[name])
        if name in self.plan.days:
            return self._of_day(self.plan.days[name])
        return self._of_power(self.plan.powers[name])

    def _of_step(self, step: Step) -> Window:
        gate = self.window(self.gates[step.id])
        if not gate.possible:
            return NEVER
        return Window(self._after(max(gate.lo, self.base), step.takes), inf)

    def _of_day(self, day: Day) -> Window:
        if day.when is not None:
            found = self.window(day.when)
            planned = self.earliest(day.date) if day.date else inf
            return Window(min(found.lo, planned), inf) if found.possible or planned < inf else NEVER
        if day.date is not None:
            lo = self.earliest(day.date)
            return Window(lo, inf) if lo < inf else NEVER
        return Window(self.base)

    def _of_power(self, power: Power) -> Window:
        gate = self.window(power.when)
        last = self.earliest(power.until) if power.until else inf
        if not gate.possible or gate.lo > last:
            return NEVER
        return Window(self._after(max(gate.lo, self.base), power.after), inf)

    def due(self, step: Step) -> float:
        """The earliest that the last day of a step can be; infinity where it has none (or it can never be known)."""
        moment = step.last_due
        if moment is None:
            return inf
        return self._after(self.earliest(moment), step.grace)

    def _after(self, day: float, length: Duration | None, sign: int = 1) -> float:
        if length is None or day == inf:
            return day
        if day < 1:
            return day + sign * length.mean_days
        return (
            float(add(date.fromordinal(int(day)), length, self.plan.counts, sign).toordinal())
            if day < 3_000_000
            else day
        )

    # -- windows of conditions

    def window(self, condition: Condition | Tree | None) -> Window:
        """When a condition can first be true, and until when it still can become so."""
        if condition is None:
            return Window()
        tree = condition.tree if isinstance(condition, Condition) else condition
        if isinstance(tree, Constant):
            return Window() if tree.value else NEVER
        if isinstance(tree, And):
            return _all([self.window(p) for p in tree.parts])
        if isinstance(tree, Or):
            return _k_of(1, [self.window(p) for p in tree.parts])
        if isinstance(tree, Count):
            return Window() if tree.bound == "at most" else _k_of(tree.k, [self.window(p) for p in tree.parts])
        if isinstance(tree, Not):
            return self._negated(tree.part)
        if isinstance(tree, Reached):
            lo = self.earliest(tree.when)
            return Window(lo, inf) if lo < inf else NEVER
        if isinstance(tree, Compare):
            return self._compared(tree)
        if isinstance(tree, Kept):
            part = self.window(tree.part)
            lo = (
                self._after(part.lo, tree.length)
                if tree.length
                else max(part.lo, self.earliest(tree.until) if tree.until else 0)
            )
            return Window(lo, inf) if part.possible and lo < inf else NEVER
        if isinstance(tree, AsLongAs):
            return _all([self.window(tree.part), self.window(tree.guard)])
        return self._atom(tree)

    def _atom(self, tree: Tree) -> Window:
        if isinstance(tree, Is):
            return self._is(tree)
        if isinstance(tree, Says):
            return self._named(tree.what)
        if isinstance(tree, Measures):
            return self._named(tree.ref)
        return Window()

    def _is(self, tree: Is) -> Window:
        if tree.ref in self.plan.pairs:
            return _all([self._is(Is(s.id, tree.state)) for s in self.plan.pairs[tree.ref].steps])
        if tree.ref in self.plan.measures:
            return self._measure(tree.ref, tree.state)
        if tree.ref in self.steps and tree.state in BEFORE_DONE:
            gate = self.window(self.gates[tree.ref])
            return Window(gate.lo, inf) if gate.possible else NEVER
        return self._named(tree.ref)

    def _named(self, name: str) -> Window:
        return self.windows.get(name, Window())

    def _measure(self, id: str, state: str | None) -> Window:
        measure = self.plan.measures[id]
        wanted = state or "in force"
        if measure.state == wanted or (
            wanted == "lifted" and measure.state not in ("in force", "restored", "eased", "not delivered")
        ):
            return Window()
        ways = (
            [Window()]
            if any(id in s.ends for s in self.plan.sunsets.values()) and wanted in ("terminated", "lifted")
            else []
        )
        clauses: list[Step | Power] = [*self.plan.steps, *self.plan.powers.values()]
        for clause in clauses:
            for effect in clause.effect:
                becomes = VERBS[effect.verb]
                fits = becomes == wanted or (wanted == "lifted" and not MEASURE_STATES[becomes])
                fits = fits or (wanted == "in force" and MEASURE_STATES[becomes])
                if effect.measure == id and fits:
                    ways.append(self.windows.get(clause.id, NEVER))
        return _k_of(1, ways)

    def _negated(self, tree: Tree) -> Window:
        """Something can be left undone unless it is a day of the calendar, which comes by itself."""
        if isinstance(tree, Constant):
            return NEVER if tree.value else Window()
        if isinstance(tree, Not):
            return self.window(tree.part)
        if isinstance(tree, Reached):
            return Window(0, self.earliest(tree.when) - 1)
        if isinstance(tree, And):
            return _k_of(1, [self._negated(p) for p in tree.parts])
        if isinstance(tree, Or):
            return _all([self._negated(p) for p in tree.parts])
        if isinstance(tree, Is) and tree.ref in self.plan.days and is_calendar(self.plan, tree.ref):
            return Window(0, self.windows[tree.ref].lo - 1)
        return Window()

    def _compared(self, tree: Compare) -> Window:
        part, day = self.window(tree.part), self.earliest(tree.when)
        if not part.possible:
            return NEVER
        if tree.relation == "after":
            return Window(max(part.lo, day), inf) if day < inf else NEVER
        if tree.relation == "within":
            lo, hi = max(part.lo, day), self._after(day, tree.length)
            return Window(lo, min(hi, part.hi)) if day < inf else NEVER
        last = self.latest(tree.when)
        return Window(part.lo, min(part.hi, last - 1 if tree.relation == "before" else last))

    # -- days

    def earliest(self, when: When | Moment | None) -> float:
        if when is None:
            return inf
        if isinstance(when, Moment):
            return self.earliest(when.when)
        if isinstance(when, Fixed):
            return float(when.day.toordinal())
        if isinstance(when, Shift):
            return self._after(self.earliest(when.base), when.by, when.sign)
        if isinstance(when, Pick):
            found = [self.earliest(w) for w in when.of]
            return max(found) if when.which == "later" else min(found)
        if when.id in self.steps and when.point == "start":
            return self.window(self.gates[when.id]).lo
        if when.id in self.plan.pairs:
            return max((self.windows[s.id].lo for s in self.plan.pairs[when.id].steps), default=0.0)
        return self.windows.get(when.id, Window()).lo

    def latest(self, when: When | Moment) -> float:
        """The latest that a day can be: known for days of the calendar, else not bounded."""
        if isinstance(when, Moment):
            return self.latest(when.when)
        if isinstance(when, Fixed):
            return float(when.day.toordinal())
        if isinstance(when, Shift):
            return self._after(self.latest(when.base), when.by, when.sign)
        if isinstance(when, Pick):
            found = [self.latest(w) for w in when.of]
            return max(found) if when.which == "later" else min(found)
        day = self.plan.days.get(when.id)
        return self.latest(day.date) if day and day.date and not day.by and not day.when else inf


def is_calendar(plan: Plan, id: str) -> bool:
    """Whether a named day comes by itself."""
    day = plan.days[id]
    return bool(day.date and not day.by and not day.when and not list(references(day.date.when)))


def _all(parts: list[Window]) -> Window:
    if not parts:
        return Window()
    found = Window(max(p.lo for p in parts), min(p.hi for p in parts))
    return found if all(p.possible for p in parts) and found.possible else NEVER


def _k_of(k: int, parts: list[Window]) -> Window:
    """At least k of the parts: as early as the k-th of those that are possible."""
    if k <= 0:
        return Window()
    possible = sorted((p for p in parts if p.possible), key=lambda p: p.lo)
    if len(possible) < k:
        return NEVER
    return Window(possible[k - 1].lo, max(p.hi for p in possible) if k == 1 else min(p.hi for p in possible[:k]))
