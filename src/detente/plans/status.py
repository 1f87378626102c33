"""Where a plan stands on a day, in a viewpoint: states, ledger, powers, positions, and what is owed now."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .days import parse_day
from .doings import quorum
from .model import Plan, Report, Step
from .standing import Held
from .steps import StepStatus, requires, step_status
from .truth import Truth, join
from .world import World


@dataclass(frozen=True, slots=True)
class ThingStatus:
    """Where a measure, a power or a named day stands. `truth`: in force, in effect, come."""

    id: str
    state: str
    truth: Truth
    final: bool
    since: date | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a party stands on the plan itself."""

    party: str
    state: str
    since: date | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody has to do now, until when, and which steps its doing would open."""

    step: str
    who: tuple[str, ...]
    does: str
    until: date | None
    overdue: bool
    unlocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """The whole answer. `reports` are the claims that it rests on, by id."""

    plan: str
    as_of: date
    view: str
    steps: Mapping[str, StepStatus]
    measures: Mapping[str, ThingStatus]
    powers: Mapping[str, ThingStatus]
    days: Mapping[str, ThingStatus]
    stands: Mapping[str, Stand]
    owed: tuple[Owed, ...]
    reports: Mapping[str, Report]

    def state(self, name: str) -> str:
        """The state of anything by name: '1.give', 'un_part', 'snapback', 'plan.IRN'. Raises KeyError."""
        if name.startswith("plan."):
            stand = self.stands.get(name.removeprefix("plan."))
            return stand.state if stand else "silent"
        for table in (self.steps, self.measures, self.powers, self.days):
            if name in table:
                return table[name].state
        raise KeyError(name)

    def truth(self, name: str) -> Truth:
        """Yes, no, both or neither, of anything by name. Raises KeyError."""
        for table in (self.steps, self.measures, self.powers, self.days):
            if name in table:
                return table[name].truth
        raise KeyError(name)


def status(
    plan: Plan,
    reports: Sequence[Report] | None = None,
    *,
    as_of: date | str,
    according_to: str = "argued",
    owed: bool = True,
) -> PlanStatus:
    """Where `plan` stands on `as_of`. `reports` default to the plan's own claims.

    `according_to` is an actor, a view of the plan, 'argued' (what stands after weighing by authority) or 'anyone'
    (all claims side by side: what one viewpoint affirms and another denies is *both*).
    """
    day = parse_day(as_of) if isinstance(as_of, str) else as_of
    claims = plan.claims if reports is None else reports
    world = World(plan, claims, day, according_to)
    found = _status(world, owed)
    if according_to != "anyone":
        return found
    others = [_status(World(plan, claims, day, view), False) for view in viewpoints(plan)]
    return _joined(found, others)


def viewpoints(plan: Plan) -> tuple[str, ...]:
    """The views that the plan names; where it names none, the parties' and the verifiers'."""
    return tuple(plan.views) or (*plan.parties, *plan.verifiers)


def _status(world: World, with_owed: bool) -> PlanStatus:
    steps = {id: step_status(world, step) for id, step in world.steps.items()}
    things = {
        "measures": {
            id: ThingStatus(id, state, v.truth, v.final, v.since, tuple(sorted(v.why)))
            for id, (state, v) in world.ledger.items()
        },
        "powers": {
            id: ThingStatus(id, state, v.truth, v.final, day, tuple(sorted(v.why)))
            for id, (state, v, day) in world.powers.items()
        },
        "days": {id: _day_status(world, id) for id in world.plan.days},
    }
    return PlanStatus(
        plan=world.plan.plan,
        as_of=world.as_of,
        view=world.view,
        steps=steps,
        stands=stands(world),
        owed=owed_now(world, steps) if with_owed else (),
        reports={r.id: r for r in world.reports},
        **things,
    )


def _day_status(world: World, id: str) -> ThingStatus:
    verdict = world.day(id)
    planned = world.planned(world.plan.days[id])
    state = "disputed" if verdict.truth == "both" else "come" if verdict.told_yes else "not come"
    return ThingStatus(id, state, verdict.truth, verdict.final, planned, tuple(sorted(verdict.why)))


def stands(world: World) -> dict[str, Stand]:
    """Each party's latest word on the plan; a group's from its members where it has not spoken as one."""
    latest: dict[str, Held] = {}
    for held in world.standing.on("plan", "stance"):
        if held.report.by not in latest or held.report.day > latest[held.report.by].report.day:
            latest[held.report.by] = held
    found = {by: Stand(by, held.report.says, held.since, (held.id,)) for by, held in latest.items()}
    for id, participant in world.plan.parties.items():
        if id in found or not participant.members:
            continue
        members = [found[m] for m in participant.members if m in found]
        favour = [m for m in members if m.state in ("proposed", "supports", "agreed", "signed")]
        against = [m for m in members if m.state in ("rejected", "withdrew")]
        claims = tuple(sorted(c for m in members for c in m.claims))
        if len(favour) >= quorum(participant):
            found[id] = Stand(id, "supports", max(m.since for m in favour if m.since), claims)
        elif len(participant.members) - len(against) < quorum(participant):
            found[id] = Stand(id, "rejected", max(m.since for m in against if m.since), claims)
        elif members:
            found[id] = Stand(id, "divided", None, claims)
    order = list(world.plan.participants)
    return dict(sorted(found.items(), key=lambda i: (order.index(i[0]) if i[0] in order else len(order), i[0])))


def owed_now(world: World, steps: Mapping[str, StepStatus]) -> tuple[Owed, ...]:
    """What is due or overdue, soonest first, and what each would unlock."""
    rows = []
    waiting = [s for s in world.steps.values() if steps[s.id].state == "not yet due"]
    for id, found in steps.items():
        step = world.steps[id]
        open_breach = found.state == "breached" and not found.final and found.truth != "yes"
        if found.state == "due" or open_breach:
            late = bool(found.due and world.as_of > found.due)
            rows.append(Owed(id, step.who, step.does, found.due, late, unlocks(world, step, waiting)))
        elif found.state == "claimed" and step.needs_verifier:
            does = f"verify: {step.does}"
            rows.append(Owed(id, step.verify, does, found.due, False, unlocks(world, step, waiting)))
    return tuple(sorted(rows, key=lambda o: o.until or date.max))


def unlocks(world: World, step: Step, waiting: Sequence[Step]) -> tuple[str, ...]:
    """The steps that would become due if this one were done and verified today."""
    if not waiting:
        return ()
    supposed = suppose_done(world, step)
    return tuple(
        s.id
        for s in waiting
        if supposed.holds(requires(supposed.plan, s)).told_yes and not world.holds(requires(world.plan, s)).told_yes
    )


def suppose_done(world: World, step: Step) -> World:
    """The same world with everybody concerned agreeing that the step is done today."""
    day = world.as_of.isoformat()
    verifiers = [v for v in step.verify if v not in ("none", "mutual")]
    counterparts = [p for p in world.plan.parties if p not in step.who]
    speakers = (*step.who, *verifiers, *(counterparts if "mutual" in step.verify or not step.verify else ()))
    says = "verified" if verifiers else "done"
    extra = [Report(id=f"if:{by}:{step.id}", date=day, by=by, about=(step.id,), says=says) for by in speakers]
    return world.with_only(step.id, speakers, extra)


def _joined(found: PlanStatus, others: Sequence[PlanStatus]) -> PlanStatus:
    """What all viewpoints together say of each thing."""
    return dataclasses.replace(
        found,
        measures=_join_rows(found.measures, [o.measures for o in others]),
        powers=_join_rows(found.powers, [o.powers for o in others]),
        days=_join_rows(found.days, [o.days for o in others]),
    )


def _join_rows(rows: Mapping[str, ThingStatus], others: Sequence[Mapping[str, ThingStatus]]) -> dict[str, ThingStatus]:
    joined = {}
    for id, row in rows.items():
        seen = [o[id] for o in others] or [row]
        truth = join([s.truth for s in seen])
        states = sorted({s.state for s in seen})
        state = "disputed" if truth == "both" else row.state if row.state in states else states[0]
        joined[id] = dataclasses.replace(row, truth=truth, state=state, final=row.final and truth != "both")
    return joined
