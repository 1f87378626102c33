"""A plan as seen from one viewpoint on one day: what each condition, day, step, measure and power is worth then."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Sequence
from datetime import date

from .conditions import (
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
    Ref,
    Says,
    Shift,
    Tree,
    When,
)
from .days import add
from .doings import Doing, amount_of, claims_verdict, voice, weigh
from .files import under
from .ledger import measure_state
from .model import Day, Plan, Report, Step
from .powers import State as PowerState
from .powers import power_state
from .standing import standing, view_named, with_ids
from .truth import NEITHER, Verdict, all_of, any_of, at_least, negate, truth_of
from .vocabulary import ANYBODY, MEASURE_STATES


class World:
    """Evaluates lazily and remembers; one instance a viewpoint and day. `reports` need no ids."""

    def __init__(self, plan: Plan, reports: Sequence[Report], as_of: date, view: str = "argued") -> None:
        self.as_of = as_of
        self.view = view
        self.base = plan
        self.plan = under(plan, {} if view in ANYBODY else view_named(plan, view).reads)
        self.reports = with_ids(reports)
        self.standing = standing(plan, self.reports, as_of, view)
        self.steps: dict[str, Step] = {s.id: s for s in self.plan.steps}
        self._doing: dict[str, Doing] = {}
        self._busy: set[str] = set()
        self._days: dict[str, Verdict] = {}
        self._measure_states: dict[str, tuple[str, Verdict]] = {}
        self._power_states: dict[str, PowerState] = {}

    def with_only(self, clause: str, speakers: Sequence[str], extra: Sequence[Report]) -> World:
        """The same world where on one clause only `speakers` have spoken, and have said `extra` too.

        Claims on other clauses stand as they stood, so only those on this one are weighed again.
        """
        said = self.standing.earlier
        kept = [r for (about, _), rows in said.items() if about == clause for r in rows if r.by in speakers]
        ids = {r.id for r in kept}
        on_them = [r for (about, _), rows in said.items() if about in ids for r in rows]
        part = standing(self.plan, with_ids([*kept, *on_them, *extra]), self.as_of, self.view)
        other = copy.copy(self)
        other.reports = (*self.reports, *extra)
        other.standing = self.standing.replacing(clause, part)
        other._doing = {id: doing for id, doing in self._doing.items() if id != clause}
        other._busy, other._days = set(), {}
        other._measure_states, other._power_states = {}, {}
        return other

    @property
    def ledger(self) -> dict[str, tuple[str, Verdict]]:
        """Each measure's state and whether it is in force."""
        return {id: self.measure(id) for id in self.plan.measures}

    @property
    def powers(self) -> dict[str, PowerState]:
        """Each power's state, whether it is in effect, and the day on which it takes or took effect."""
        return {id: self.power(id) for id in self.plan.powers}

    def measure(self, id: str) -> tuple[str, Verdict]:
        """The state of a measure and whether it is in force; neither while that is being worked out."""
        if id not in self._measure_states:
            if id in self._busy:
                return "unknown", NEITHER
            self._busy.add(id)
            self._measure_states[id] = measure_state(self, self.plan.measures[id])
            self._busy.discard(id)
        return self._measure_states[id]

    def power(self, id: str) -> PowerState:
        """The state of a power, whether it is in effect, and its day; neither while that is being worked out."""
        if id not in self._power_states:
            if id in self._busy:
                return "not used", NEITHER, None
            self._busy.add(id)
            self._power_states[id] = power_state(self, self.plan.powers[id])
            self._busy.discard(id)
        return self._power_states[id]

    # -- days

    def day_of(self, when: When | Moment | None) -> date | None:
        """The day, or None while it is not known."""
        if when is None:
            return None
        if isinstance(when, Moment):
            return self.day_of(when.when)
        if isinstance(when, Fixed):
            return when.day
        if isinstance(when, Shift):
            base = self.day_of(when.base)
            return add(base, when.by, self.plan.counts, when.sign) if base else None
        if isinstance(when, Pick):
            known = [d for d in map(self.day_of, when.of) if d]
            if when.which == "later":
                return max(known) if len(known) == len(when.of) else None
            return min(known, default=None)
        return self._day_of_name(when)

    def _day_of_name(self, ref: Ref) -> date | None:
        if ref.id in self.plan.days:
            return self.planned(self.plan.days[ref.id])
        if ref.id in self.steps:
            doing = self.doing(ref.id)
            if ref.point == "start":
                return doing.begun or (doing.claimed.since if doing.claimed.told_yes else None)
            return doing.truth.since if doing.truth.told_yes else None
        if ref.id in self.plan.pairs:
            verdict = self.holds(Is(ref.id))
            return verdict.since if verdict.told_yes else None
        if ref.id in self.plan.powers:
            return self.power(ref.id)[2]
        return None

    def planned(self, day: Day) -> date | None:
        """The day on which it came, or is to come as things stand."""
        verdict = self.day(day.id)
        if verdict.told_yes:
            return verdict.since
        return self.day_of(day.date) if verdict.truth == "neither" or not verdict.why else None

    def day(self, id: str) -> Verdict:
        """Whether a named day has come."""
        if id not in self._days:
            if id in self._busy:
                return NEITHER
            self._busy.add(id)
            self._days[id] = self._came(self.plan.days[id])
            self._busy.discard(id)
        return self._days[id]

    def _came(self, day: Day) -> Verdict:
        told = claims_verdict(self.standing.on(day.id))
        if told.truth != "neither":
            return dataclasses.replace(told, final=told.truth == "yes")
        if day.when is not None:
            found = self.holds(day.when)
            if found.told_yes or day.date is None:
                return found
        planned = self.day_of(day.date)
        if planned is None or day.by:
            return NEITHER
        return Verdict("yes", planned, True) if self.as_of >= planned else Verdict("no")

    # -- claims

    def doing(self, id: str) -> Doing:
        """What the claims say of the step `id`."""
        if id not in self._doing:
            self._doing[id] = weigh(self, self.steps[id])
        return self._doing[id]

    # -- conditions

    def holds(self, condition: Condition | Tree | None) -> Verdict:
        """The worth of a condition; None is always true."""
        if condition is None:
            return Verdict("yes", None, True)
        tree = condition.tree if isinstance(condition, Condition) else condition
        return self._holds(tree)

    def _holds(self, tree: Tree) -> Verdict:
        if isinstance(tree, Constant):
            return Verdict("yes" if tree.value else "no", None, True)
        if isinstance(tree, Is):
            return self._is(tree)
        if isinstance(tree, And):
            return all_of([self._holds(p) for p in tree.parts])
        if isinstance(tree, Or):
            return any_of([self._holds(p) for p in tree.parts])
        if isinstance(tree, Not):
            return negate(self._holds(tree.part))
        if isinstance(tree, Count):
            return self._counted(tree)
        if isinstance(tree, Reached):
            day = self.day_of(tree.when)
            return Verdict("yes", day, True) if day and day <= self.as_of else Verdict("no")
        if isinstance(tree, Compare):
            return self._compared(tree)
        if isinstance(tree, Kept):
            return self._kept(tree)
        if isinstance(tree, AsLongAs):
            return all_of([self._holds(tree.part), self._holds(tree.guard)])
        if isinstance(tree, Says):
            return self._says(tree)
        if isinstance(tree, Measures):
            return self._measures(tree)
        raise TypeError(f"not a condition that can be evaluated: {tree}")

    def _counted(self, tree: Count) -> Verdict:
        parts = [self._holds(p) for p in tree.parts]
        if tree.bound == "at least":
            return at_least(tree.k, parts)
        too_many = at_least(tree.k + 1, parts)
        if tree.bound == "at most":
            return negate(too_many)
        return all_of([at_least(tree.k, parts), negate(too_many)])

    def _compared(self, tree: Compare) -> Verdict:
        found, day = self._holds(tree.part), self.day_of(tree.when)
        if day is None:
            return found if tree.relation in ("before", "by") else Verdict("no", why=found.why)
        since = found.since or date.min
        if tree.relation == "after":
            return found if since > day or not found.told_yes else Verdict("no", since, True, found.why)
        last = add(day, tree.length, self.plan.counts) if tree.length else day
        in_time = since < last if tree.relation == "before" else since <= last
        if tree.relation == "within" and since < day:
            in_time = False
        if found.told_yes and in_time:
            return found
        passed = self.as_of >= last if tree.relation == "before" else self.as_of > last
        return (
            Verdict("no", last, True, found.why)
            if passed
            else dataclasses.replace(found, truth="neither" if found.truth == "neither" else "no")
        )

    def _kept(self, tree: Kept) -> Verdict:
        found = self._holds(tree.part)
        if not found.told_yes:
            return found
        end = self.day_of(tree.until)
        if tree.length and found.since:
            end = add(found.since, tree.length, self.plan.counts)
        if end is None or self.as_of < end:
            return Verdict("neither", None, False, found.why)
        return dataclasses.replace(found, since=end)

    def _says(self, tree: Says) -> Verdict:
        reports = [
            h
            for key in ((tree.what, "doing"), (tree.what, "use"), (tree.what, "state"))
            for h in (*self.standing.on(*key), *self.standing.out.get(key, ()))
        ]
        yes = voice(self.plan, tree.who, [h for h in reports if h.polarity > 0])
        no = voice(self.plan, tree.who, [h for h in reports if h.polarity < 0])
        since = min((h.since for h in yes or no), default=None)
        return Verdict(truth_of(bool(yes), bool(no)), since, bool(yes), frozenset(h.id for h in (*yes, *no)))

    def _measures(self, tree: Measures) -> Verdict:
        held = self.standing.on(tree.ref)
        step = self.steps.get(tree.ref)
        told = amount_of(held) if step else next((h.report.amount for h in held if h.report.amount), None)
        why = frozenset(h.id for h in held)
        since = max((h.report.holds_from for h in held), default=None)
        if told is None:
            done = self.doing(tree.ref).truth if step else NEITHER
            return done if tree.quantity.unit == "percent" and done.told_yes else Verdict("neither", None, False, why)
        value = told.in_unit_of(tree.quantity)
        if value is None and tree.quantity.unit == "percent" and step and step.amount:
            part = told.in_unit_of(step.amount)
            value = 100 * part / step.amount.value if part is not None and step.amount.value else None
        if value is None:
            return Verdict("neither", None, False, why)
        return Verdict("yes" if tree.quantity.allows(value) else "no", since, False, why)

    def _is(self, tree: Is) -> Verdict:
        ref, state, plan = tree.ref, tree.state, self.plan
        if ref in plan.pairs:
            return all_of([self._is(Is(s.id, state)) for s in plan.pairs[ref].steps])
        if ref in self.steps:
            return self._step_is(ref, state)
        if ref in plan.measures:
            return self._measure_is(ref, state)
        if ref in plan.days:
            return self.day(ref)
        if ref in plan.powers:
            return self._power_is(ref, state)
        if ref in plan.sunsets:
            day = self.day_of(plan.sunsets[ref].date)
            return Verdict("yes", day, True) if day and self.as_of >= day else Verdict("no")
        return NEITHER

    def _step_is(self, ref: str, state: str | None) -> Verdict:
        doing = self.doing(ref)
        if state in (None, "done", "verified", "met", "kept"):
            return doing.truth
        if state == "claimed":
            return doing.claimed
        if state == "begun":
            begun = doing.begun or (doing.claimed.since if doing.claimed.told_yes else None)
            return Verdict("yes", begun, True, doing.claimed.why) if begun else NEITHER
        if state in ("breached", "reversed"):
            told = state in doing.says or (state == "breached" and doing.claimed.told_no)
            return Verdict(truth_of(told, doing.claimed.told_yes), doing.claimed.since, False, doing.claimed.why)
        if state == "waived":
            return Verdict("yes" if "waived" in doing.says else "no", doing.claimed.since, False, doing.claimed.why)
        if state == "disputed":
            return Verdict(
                "yes" if doing.claimed.truth == "both" else "no", doing.claimed.since, False, doing.claimed.why
            )
        from .steps import step_status

        return Verdict("yes" if step_status(self, self.steps[ref]).state == state else "no")

    def _measure_is(self, ref: str, state: str | None) -> Verdict:
        name, in_force = self.measure(ref)
        if state in (None, "in force"):
            return in_force
        if state == "lifted":
            return negate(in_force)
        if in_force.truth == "both":
            return Verdict("both" if state in MEASURE_STATES else "no", in_force.since, False, in_force.why)
        return Verdict("yes" if name == state else "no", in_force.since, in_force.final, in_force.why)

    def _power_is(self, ref: str, state: str | None) -> Verdict:
        name, effect, day = self.power(ref)
        if state in (None, "in effect"):
            return effect
        if state == "invoked":
            used = claims_verdict(self.standing.on(ref, "use"))
            return used if used.truth != "neither" else Verdict("no")
        return Verdict("yes" if name == state else "no", day, effect.final, effect.why)
