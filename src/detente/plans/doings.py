"""What the claims that stand say of one step: done, confirmed, begun, how much, until when."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .days import parse_day
from .model import Participant, Plan, Step
from .quantities import Quantity
from .standing import Held
from .truth import Verdict, truth_of
from .vocabulary import SAYINGS

if TYPE_CHECKING:
    from .world import World

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
    in_part: frozenset[str] = frozenset()
    """The claims that it was done in part or begun."""


def claims_verdict(held: Sequence[Held]) -> Verdict:
    """Yes, no, both or neither from the claims that stand."""
    yes = [h for h in held if h.polarity > 0]
    no = [h for h in held if h.polarity < 0]
    since = min((h.since for h in (yes or no)), default=None)
    return Verdict(truth_of(bool(yes), bool(no)), since, False, frozenset(h.id for h in (*yes, *no)))


def weigh(world: World, step: Step) -> Doing:
    """What the claims that stand in a world say of a step."""
    held = world.standing.on(step.id) or world.standing.on(step.pair)
    claimed = claims_verdict(held)
    amount = amount_of(held)
    if amount is not None and step.amount and claimed.truth == "neither" and _enough(step.amount, amount):
        whole = [h for h in held if h.report.amount == amount]
        claimed = Verdict("yes", whole[0].since if whole else None, False, frozenset(h.id for h in held))
        held = tuple(h._replace(polarity=1) for h in held if h.report.amount == amount)
    extensions = world.standing.on(step.id, "deadline")
    moved = [h.report for h in extensions if h.report.until]
    said_once = world.standing.earlier.get((step.id, "doing"), ())
    begun = [r.holds_from for r in said_once if r.says in ("begun", "partly")]
    done_days = [r.day for r in said_once if SAYINGS[r.says].polarity > 0]
    return Doing(
        truth=_verified(world.plan, step, held, claimed),
        claimed=claimed,
        says=frozenset(h.report.says for h in held),
        begun=min(begun, default=None),
        last=max(done_days, default=None),
        amount=amount,
        extended=max((parse_day(r.until) for r in moved), default=None),
        in_part=frozenset(h.id for h in held if h.report.says in ("partly", "begun")),
    )


def _verified(plan: Plan, step: Step, held: Sequence[Held], claimed: Verdict) -> Verdict:
    """What counts as done: confirmed by the verifiers where there are any, and by somebody else or in public
    where there are none."""
    if claimed.truth in ("no", "neither"):
        return claimed
    yes = [h for h in held if h.polarity > 0]
    if any(h.report.says == "waived" for h in yes) or step.verify == ("none",):
        return claimed
    if "mutual" in step.verify or not step.verify:
        others = [h for h in yes if not any(plan.is_or_belongs(h.report.by, w) for w in step.who)]
        enough = bool(others) or (not step.verify and step.kind in PUBLIC_ACTS)
        confirmed = others if others and "mutual" in step.verify else yes
        since = min((h.since for h in confirmed), default=None) if enough else None
        return dataclasses.replace(claimed, since=since) if enough else Verdict("neither", why=claimed.why)
    found = [voice(plan, v, yes) for v in step.verify]
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


def voice(plan: Plan, who: str, held: Sequence[Held]) -> list[Held]:
    """The claims by which a body speaks: its own, or those of enough of its members."""
    own = [h for h in held if h.report.by == who or h.report.by.split(":")[0] == who]
    if own:
        return own
    participant = plan.participants.get(who)
    if not participant or not participant.members:
        return []
    speaking = [h for h in held if h.report.by in participant.members]
    return speaking if len({h.report.by for h in speaking}) >= quorum(participant) else []


def amount_of(held: Sequence[Held]) -> Quantity | None:
    given = [h for h in held if h.report.amount is not None]
    return max(given, key=lambda h: (h.report.day, h.id)).report.amount if given else None


def _enough(promised: Quantity, told: Quantity) -> bool:
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
