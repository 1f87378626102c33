"""A plan as seen from one viewpoint on one day: what each condition, day, step, measure and power is worth then."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
from .files import under
from .model import Day, Participant, Plan, Report, Step
from .quantities import Quantity
from .standing import Held, standing, view_named, with_ids
from .truth import NEITHER, Verdict, all_of, any_of, at_least, negate, truth_of
from .vocabulary import ANYBODY, MEASURE_STATES, SAYINGS

PUBLIC_ACTS = frozenset({"lift", "decide", "notify", "pay"})
"""Kinds of step that are done in public: where the text names no verifier, the word of those who do it will do."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the claims that stand say of one step."""

    truth: Verdict
    """Whether it is done; where the step has a verifier, whether it is verified."""
    claimed: Verdict
    """Whether somebody says that it is done, verified or not."""
    says: frozenset[str]
    begun: date | None = None
    last: date | None = None
    """The day of the last claim that it is done."""
    amount: Quantity | None = None
    extended: date | None = None


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

    @cached_property
    def ledger(self) -> dict[str, tuple[str, Verdict]]:
        """Each measure's state and whether it is in force."""
        from .ledger import measures

        return measures(self)

    @cached_property
    def powers(self) -> dict[str, tuple[str, Verdict, date | None]]:
        """Each power's state, whether it is in effect, and the day on which it takes or took effect."""
        from .powers import powers

        return powers(self)

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
            return self.powers[ref.id][2]
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
        told = self.claims_verdict(self.standing.on(day.id))
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

    def claims_verdict(self, held: Sequence[Held]) -> Verdict:
        """Yes, no, both or neither from the claims that stand."""
        yes = [h for h in held if h.polarity > 0]
        no = [h for h in held if h.polarity < 0]
        since = min((h.since for h in (yes or no)), default=None)
        return Verdict(truth_of(bool(yes), bool(no)), since, False, frozenset(h.id for h in (*yes, *no)))

    def doing(self, id: str) -> Doing:
        """What the claims say of the step `id`."""
        if id not in self._doing:
            self._doing[id] = self._weigh(self.steps[id])
        return self._doing[id]

    def _weigh(self, step: Step) -> Doing:
        held = self.standing.on(step.id) or self.standing.on(step.pair)
        claimed = self.claims_verdict(held)
        amount = self._amount(step, held)
        if amount is not None and step.amount and claimed.truth == "neither" and self._enough(step.amount, amount):
            whole = [h for h in held if h.report.amount == amount]
            claimed = Verdict("yes", whole[0].since if whole else None, False, frozenset(h.id for h in held))
            held = tuple(dataclasses.replace(h, polarity=1) for h in held if h.report.amount == amount)
        extensions = self.standing.on(step.id, "deadline")
        moved = [h.report for h in extensions if h.report.until]
        said_once = self.standing.earlier.get((step.id, "doing"), ())
        begun = [r.holds_from for r in said_once if r.says in ("begun", "partly")]
        done_days = [r.day for r in said_once if SAYINGS[r.says].polarity > 0]
        return Doing(
            truth=self._verified(step, held, claimed),
            claimed=claimed,
            says=frozenset(h.report.says for h in held),
            begun=min(begun, default=None),
            last=max(done_days, default=None),
            amount=amount,
            extended=max((Report.day.fget(dataclasses.replace(r, date=r.until)) for r in moved), default=None),  # type: ignore[attr-defined]
        )

    def _verified(self, step: Step, held: Sequence[Held], claimed: Verdict) -> Verdict:
        """What counts as done: confirmed by the verifiers where there are any, and by somebody else or in public
        where there are none."""
        if claimed.truth in ("no", "neither"):
            return claimed
        yes = [h for h in held if h.polarity > 0]
        if any(h.report.says == "waived" for h in yes) or step.verify == ("none",):
            return claimed
        if "mutual" in step.verify or not step.verify:
            others = [h for h in yes if not any(self.plan.is_or_belongs(h.report.by, w) for w in step.who)]
            enough = bool(others) or (not step.verify and step.kind in PUBLIC_ACTS)
            confirmed = others if others and "mutual" in step.verify else yes
            since = min((h.since for h in confirmed), default=None) if enough else None
            return dataclasses.replace(claimed, since=since) if enough else Verdict("neither", why=claimed.why)
        found = [self._voice(v, yes) for v in step.verify]
        enough = all(found) if step.verified_by == "all" else any(found)
        if not enough:
            return (
                dataclasses.replace(claimed, truth="both")
                if claimed.truth == "both"
                else Verdict("neither", why=claimed.why)
            )
        days = [min(h.since for h in f) for f in found if f]
        since = max(days) if step.verified_by == "all" else min(days)
        return dataclasses.replace(claimed, since=since)

    def _voice(self, who: str, held: Sequence[Held]) -> list[Held]:
        """The claims by which a body speaks: its own, or those of enough of its members."""
        own = [h for h in held if h.report.by == who or h.report.by.split(":")[0] == who]
        if own:
            return own
        participant = self.plan.participants.get(who)
        if not participant or not participant.members:
            return []
        speaking = [h for h in held if h.report.by in participant.members]
        return speaking if len({h.report.by for h in speaking}) >= quorum(participant) else []

    def _amount(self, step: Step, held: Sequence[Held]) -> Quantity | None:
        given = [h for h in held if h.report.amount is not None]
        return max(given, key=lambda h: (h.report.day, h.id)).report.amount if given else None

    def _enough(self, promised: Quantity, told: Quantity) -> bool:
        value = (
            100.0
            if told.unit == "percent" and promised.unit != "percent" and told.value >= 100
            else told.in_unit_of(promised)
        )
        if told.unit == "percent" and promised.unit != "percent":
            return told.value >= 100
        if value is None:
            return False
        return value >= promised.value if promised.bound == "exactly" else promised.allows(value)

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
        yes = self._voice(tree.who, [h for h in reports if h.polarity > 0])
        no = self._voice(tree.who, [h for h in reports if h.polarity < 0])
        since = min((h.since for h in yes or no), default=None)
        return Verdict(truth_of(bool(yes), bool(no)), since, bool(yes), frozenset(h.id for h in (*yes, *no)))

    def _measures(self, tree: Measures) -> Verdict:
        held = self.standing.on(tree.ref)
        step = self.steps.get(tree.ref)
        told = self._amount(step, held) if step else next((h.report.amount for h in held if h.report.amount), None)
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
            return Verdict(truth_of(told, doing.claimed.truth == "yes"), doing.claimed.since, False, doing.claimed.why)
        if state == "waived":
            return Verdict("yes" if "waived" in doing.says else "no", doing.claimed.since, False, doing.claimed.why)
        if state == "disputed":
            return Verdict(
                "yes" if doing.claimed.truth == "both" else "no", doing.claimed.since, False, doing.claimed.why
            )
        from .steps import step_status

        return Verdict("yes" if step_status(self, self.steps[ref]).state == state else "no")

    def _measure_is(self, ref: str, state: str | None) -> Verdict:
        if ref in self._busy:
            return NEITHER
        self._busy.add(ref)
        name, in_force = self.ledger[ref]
        self._busy.discard(ref)
        if state in (None, "in force"):
            return in_force
        if state == "lifted":
            return negate(in_force)
        if in_force.truth == "both":
            return Verdict("both" if state in MEASURE_STATES else "no", in_force.since, False, in_force.why)
        return Verdict("yes" if name == state else "no", in_force.since, in_force.final, in_force.why)

    def _power_is(self, ref: str, state: str | None) -> Verdict:
        if ref in self._busy:
            return NEITHER
        self._busy.add(ref)
        name, effect, day = self.powers[ref]
        self._busy.discard(ref)
        if state in (None, "in effect"):
            return effect
        if state == "invoked":
            used = self.claims_verdict(self.standing.on(ref, "use"))
            return used if used.truth != "neither" else Verdict("no")
        return Verdict("yes" if name == state else "no", day, effect.final, effect.why)


def quorum(participant: Participant) -> int:
    """How many members have to act for the group to have acted."""
    count = len(participant.members)
    if participant.acts == "any":
        return 1
    if participant.acts == "majority":
        return count // 2 + 1
    if " of " in participant.acts:
        return int(participant.acts.split(" ")[0])
    return count
