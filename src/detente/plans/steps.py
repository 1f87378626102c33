"""The state of a step: what it waits for, by when it is due, and what the claims that stand make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from .conditions import TRUE, And, Constant, Count, Is, Reached, Tree
from .days import add
from .model import Pair, Plan, Step
from .truth import Truth, Verdict

if TYPE_CHECKING:
    from .world import Doing, World

State = Literal["not yet due", "due", "claimed", "verified", "disputed", "met", "breached", "lapsed", "reversed"]
IN_FORCE = "in_force"
"""A day of this name, where a plan has it, is the day from which anything is owed."""


@dataclass(frozen=True, slots=True)
class StepStatus:
    """Where one step stands."""

    id: str
    state: State
    truth: Truth
    """Whether it is done, in four values."""
    final: bool
    since: date | None
    due: date | None
    note: str
    claims: tuple[str, ...]
    """The ids of the claims that say so."""


def requires(plan: Plan, step: Step) -> Tree:
    """What must hold before the step is due: its own `when`, else what the row and the order of the plan imply."""
    parts: list[Tree] = []
    pair = plan.pairs[step.pair]
    gate = pair_gate(plan, pair)
    if gate != TRUE:
        parts.append(gate)
    if step.when is not None:
        parts.append(step.when.tree)
    else:
        first = {"give first": "give", "get first": "get"}.get(pair.exchange)
        if first and step.side != first:
            others = tuple(Is(s.id) for s in (pair.give if first == "give" else pair.get))
            parts.extend(others)
    if step.starts is not None:
        parts.append(Reached(step.starts.when))
    if IN_FORCE in plan.days:
        parts.append(Is(IN_FORCE))
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else TRUE


def pair_gate(plan: Plan, pair: Pair) -> Tree:
    """What must hold before a row begins. In a sequential plan: every step of the row before."""
    if pair.when is not None:
        return pair.when.tree
    ids = list(plan.pairs)
    at = ids.index(pair.id)
    if plan.order != "sequential" or at == 0:
        return TRUE
    parts = tuple(Is(s.id) for s in plan.pairs[ids[at - 1]].steps)
    return Count("at least", len(parts), parts, all=True) if parts else Constant(True)


def deadline(world: World, step: Step) -> date | None:
    """The last day, extensions and grace included; None while it is not known."""
    due = world.day_of(step.due)
    if due is None and step.parts and step.parts[-1].due:
        due = world.day_of(step.parts[-1].due)
    moved = world.doing(step.id).extended
    if moved and (due is None or moved > due):
        due = moved
    due = prolonged(world, step, due)
    return add(due, step.grace, world.plan.counts) if due and step.grace else due


def prolonged(world: World, step: Step, end: date | None) -> date | None:
    """The day after the renewals that come by themselves: each time the end is reached and nobody has ended it."""
    for extension in world.plan.extensions.values():
        if not (extension.automatic and extension.length and end and _covers(extension.of, step)):
            continue
        renewals = 0
        while end < world.as_of and (extension.times is None or renewals < extension.times):
            later = add(end, extension.length, world.plan.counts)
            if later <= end:
                break
            end, renewals = later, renewals + 1
    return end


def step_status(world: World, step: Step) -> StepStatus:
    """The state of `step` in this world."""
    doing, due = world.doing(step.id), deadline(world, step)
    gate = world.holds(requires(world.plan, step))
    state, final, note = _state(world, step, doing, due, gate)
    truth = doing.truth.truth if doing.claimed.truth != "both" else "both"
    why = tuple(sorted(doing.claimed.why | doing.truth.why | doing.in_part))
    since = doing.truth.since if doing.truth.told_yes else doing.claimed.since
    return StepStatus(step.id, state, truth, final, since, due, note, why)


def _state(world: World, step: Step, doing: Doing, due: date | None, gate: Verdict) -> tuple[State, bool, str]:
    if world.plan.status_of_text == "proposal" and doing.claimed.truth == "neither":
        return "not yet due", False, "; ".join(filter(None, ("the text is only a proposal", so_far(doing))))
    if "waived" in doing.says:
        return "lapsed", True, "waived"
    if doing.claimed.truth == "both":
        return "disputed", False, "the claims that stand contradict each other"
    if doing.claimed.truth == "no":
        return _undone(world, step, doing, due, gate)
    ended = _ended(world, step)
    if doing.claimed.truth == "yes":
        return _done(world, step, doing, due, ended)
    if ended:
        return "lapsed", True, ended
    return _silent(world, step, doing, due, gate)


def so_far(doing: Doing) -> str:
    """What has been done of a step that is not done: how much, or that it was begun."""
    return f"{doing.amount} so far" if doing.amount else "begun" if doing.begun else ""


def _undone(world: World, step: Step, doing: Doing, due: date | None, gate: Verdict) -> tuple[State, bool, str]:
    if "reversed" in doing.says:
        return "reversed", False, "it was done and undone since"
    late = due is not None and world.as_of > due
    if "breached" in doing.says or step.kind == "forbear" or late:
        return "breached", late and step.kind != "forbear", "past its last day" if late else ""
    return "due" if gate.told_yes else "not yet due", False, so_far(doing) or "not done so far"


def _done(world: World, step: Step, doing: Doing, due: date | None, ended: str) -> tuple[State, bool, str]:
    late = f"late: due {due}" if due and doing.truth.since and doing.truth.since > due else ""
    if not doing.truth.told_yes:
        late_claim = bool(due and doing.claimed.since and doing.claimed.since > due)
        return "claimed", False, "not verified" + (f"; late: due {due}" if late_claim else "")
    if not step.endures:
        return "met", True, late
    last = doing.last or world.as_of
    if step.renews and not ended and world.as_of > add(last, step.renews, world.plan.counts):
        return "lapsed", False, f"it was not renewed after {add(last, step.renews, world.plan.counts)}"
    if step.every:
        return _recurring(world, step, last, ended)
    end = _kept_until(world, step, doing)
    if ended or (end and world.as_of >= end):
        return "met", True, late or ended or f"kept until {end}"
    return "verified", False, late or (f"to be kept until {end}" if end else "to be kept")


def _recurring(world: World, step: Step, last: date, ended: str) -> tuple[State, bool, str]:
    assert step.every is not None
    end = world.day_of(step.until)
    if ended or (end and world.as_of >= end):
        return "met", True, ended or f"kept until {end}"
    following = add(last, step.every, world.plan.counts)
    allowed = add(following, step.grace, world.plan.counts) if step.grace else following
    if world.as_of <= following:
        return "verified", False, f"next due {following}"
    if world.as_of <= allowed:
        return "due", False, f"was due {following}, in grace until {allowed}"
    return "breached", False, f"nothing since {last}, was due {following}"


def _kept_until(world: World, step: Step, doing: Doing) -> date | None:
    if step.until:
        end = world.day_of(step.until)
        return prolonged(world, step, max(filter(None, (end, doing.extended)), default=None))
    start = doing.begun if step.kind == "forbear" and doing.begun else doing.truth.since
    return add(start, step.lasts, world.plan.counts) if step.lasts and start else None


def _silent(world: World, step: Step, doing: Doing, due: date | None, gate: Verdict) -> tuple[State, bool, str]:
    if step.keeps is not None and world.holds(step.keeps).truth == "no":
        return "lapsed", False, f"owed only as long as {step.keeps}"
    if gate.truth == "no" and gate.final:
        return "lapsed", True, "what it waits for can no longer come"
    if not gate.told_yes:
        return "not yet due", False, "waits for what comes before"
    if "excused" in doing.says:
        return "due", False, "excused so far"
    note = so_far(doing)
    other = _one_sided(world, step)
    note = f"{note}; {other}" if note and other else note or other
    end = world.day_of(step.until) if step.endures else None
    if step.kind == "forbear":
        if end and world.as_of >= end:
            return "lapsed", True, "its time ended without a report"
        return "due", False, "to be kept; nothing reported"
    if due and world.as_of > due and not step.effort:
        return "breached", False, f"last day {due}; nobody has reported it done" + (f" ({note})" if note else "")
    return "due", False, note


def _one_sided(world: World, step: Step) -> str:
    """In a row whose sides are due on one day: that the other side has done its part already."""
    pair = world.plan.pairs[step.pair]
    others = [s for s in pair.steps if s.side != step.side]
    if pair.exchange != "simultaneous" or not others or not all(world.doing(s.id).truth.told_yes for s in others):
        return ""
    return f"to be done together with {', '.join(s.id for s in others)}, which is done"


def _ended(world: World, step: Step) -> str:
    """Why the step is no longer owed, or ''."""
    for sunset in world.plan.sunsets.values():
        if _covers(sunset.ends, step):
            day = world.day_of(sunset.date)
            if day and world.as_of >= day and not (sunset.unless and world.holds(sunset.unless).truth == "yes"):
                return f"ended by {sunset.id} on {day}"
    for power in world.plan.powers.values():
        if _covers(power.ends, step) and world.power(power.id)[1].truth == "yes":
            return f"ended by {power.id}"
    return ""


def _covers(ends: tuple[str, ...], step: Step) -> bool:
    return step.id in ends or step.pair in ends or "plan" in ends
