"""Powers in use: a notice by somebody who may give it, a delay, and whatever stops it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .days import add
from .model import Power
from .standing import Held
from .truth import NEITHER, Verdict, any_of, truth_of

if TYPE_CHECKING:
    from .world import World

State = tuple[str, Verdict, date | None]


def power_state(world: World, power: Power) -> State:
    """The power's state ('not used', 'pending', 'in effect', 'stopped', 'void', 'withdrawn', 'expired'), whether it is
    in effect, and the day of its effect (of the earliest notice that counts)."""
    notices = [h for h in world.standing.on(power.id, "use") if h.polarity > 0]
    uses = [_use(world, power, notice) for notice in notices]
    if uses:
        order = ("in effect", "pending", "stopped", "void")
        best = min(uses, key=lambda u: (order.index(u[0]), u[2] or date.max))
        return best[0], any_of([u[1] for u in uses]), best[2]
    if any(h.polarity > 0 for h in world.standing.out.get((power.id, "use"), ())):
        return "void", Verdict("no"), None
    if world.standing.on(power.id, "use"):
        return "withdrawn", Verdict("no"), None
    last = world.day_of(power.until)
    if last and world.as_of > last:
        return "expired", Verdict("no", last, True), None
    return "not used", Verdict("no"), None


def _use(world: World, power: Power, notice: Held) -> State:
    """What one notice has come to."""
    why = frozenset({notice.id})
    day = notice.since
    if not _has_standing(world, power, notice.report.by):
        return "void", Verdict("no", why=why), None
    last = world.day_of(power.until)
    if last and day > last:
        return "void", Verdict("no", last, True, why), None
    gate = world.holds(power.when)
    if gate.truth == "no":
        return "void", Verdict("no", why=why | gate.why), None
    effect = add(day, power.after, world.plan.counts) if power.after else day
    stopped = world.holds(power.unless) if power.unless else NEITHER
    if stopped.truth == "yes" and (stopped.since is None or stopped.since <= effect):
        return "stopped", Verdict("no", stopped.since, True, why | stopped.why), None
    if world.as_of < effect:
        return "pending", Verdict("no", why=why), effect
    contested = _contested(world, notice) or gate.truth == "both" or stopped.truth == "both"
    return "in effect", Verdict(truth_of(True, contested), effect, not contested, why | stopped.why), effect


def _has_standing(world: World, power: Power, actor: str) -> bool:
    return not power.who or any(world.plan.is_or_belongs(actor, who) for who in power.who)


def _contested(world: World, notice: Held) -> bool:
    """Whether the viewpoint holds claims that the notice is void, and cannot decide."""
    against = [*world.standing.on(notice.id, "of a claim"), *world.standing.on(notice.clause, "of a claim")]
    told = [h for h in against if h.polarity < 0 and h.report.day >= notice.report.day]
    return notice.label == "undecided" or bool(told)
