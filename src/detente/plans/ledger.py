"""The ledger of measures: what steps, powers, sunsets and their owners did to each, in order of time.

A terminated measure is never restored: whoever wants it back has to impose a new one. Where the claims that stand
disagree on whether an entry happened, the ledger is drawn up both ways, and a measure that is in force in one of
them and not in the other is in force *both* yes and no.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .model import Effect, Measure, Step
from .truth import Verdict, truth_of
from .vocabulary import MEASURE_STATES, VERBS

if TYPE_CHECKING:
    from .world import World

MAX_OPEN = 8
"""How many contested entries of one measure are drawn up in all combinations (256 ledgers); beyond, all or none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """On this day this happened to the measure."""

    day: date
    state: str
    share: float
    """Per cent of the measure: gradual relief adds up."""
    open: bool
    """Whether the claims that stand disagree on it."""
    why: frozenset[str]
    final: bool = False
    rank: int = 1
    """Order within a day: endings before returns, so that a return on the day of a sunset meets an ended measure."""


def measure_state(world: World, measure: Measure) -> tuple[str, Verdict]:
    """The measure's state and whether it binds."""
    return balance(measure, tuple(entries(world, measure)), world.as_of)


def entries(world: World, measure: Measure) -> Iterator[Entry]:
    """All that happened to a measure up to the day of the world, unsorted."""
    for step in world.steps.values():
        for effect in step.effect:
            if effect.measure == measure.id:
                yield from _of_step(world, step, effect, measure)
    for power in world.plan.powers.values():
        for effect in power.effect:
            if effect.measure == measure.id:
                _, verdict, day = world.power(power.id)
                if verdict.told_yes and day:
                    yield Entry(day, VERBS[effect.verb], 100, verdict.truth == "both", verdict.why)
    for sunset in world.plan.sunsets.values():
        if measure.id in sunset.ends or "plan" in sunset.ends:
            day = world.day_of(sunset.date)
            kept = world.holds(sunset.unless) if sunset.unless else Verdict("no")
            if day and day <= world.as_of and kept.truth != "yes":
                yield Entry(day, "terminated", 100, kept.truth == "both", kept.why, True, 0)
    held = world.standing.on(measure.id, "state")
    opposed = len({h.polarity for h in held if h.polarity}) > 1
    for claim in held:
        yield Entry(claim.since, claim.report.says, 100, opposed, frozenset({claim.id}))


def _of_step(world: World, step: Step, effect: Effect, measure: Measure) -> Iterator[Entry]:
    doing = world.doing(step.id)
    state, share = VERBS[effect.verb], _share(effect, measure)
    if doing.truth.told_yes and doing.truth.since:
        yield Entry(doing.truth.since, state, share, doing.truth.truth == "both", doing.truth.why, step.irreversible)
    elif doing.amount is not None and doing.claimed.truth == "neither" and step.amount:
        part = doing.amount.value if doing.amount.unit == "percent" else None
        if part is None:
            told = doing.amount.in_unit_of(step.amount)
            part = 100 * told / step.amount.value if told is not None and step.amount.value else 0
        yield Entry(doing.last or doing.begun or world.as_of, state, share * part / 100, False, doing.claimed.why)
    elif "reversed" in doing.says:
        done = [r.holds_from for r in world.standing.earlier.get((step.id, "doing"), ()) if r.says != "reversed"]
        since = doing.claimed.since or world.as_of
        if state == "terminated" and done:
            yield Entry(min(done), state, share, False, doing.claimed.why, True)
        else:
            yield Entry(since, "restored", 100, doing.claimed.truth == "both", doing.claimed.why)


def _share(effect: Effect, measure: Measure) -> float:
    if effect.share is None:
        return 100
    if effect.share.unit == "percent":
        return effect.share.value
    whole = effect.share.in_unit_of(measure.amount) if measure.amount else None
    return 100 * whole / measure.amount.value if whole is not None and measure.amount and measure.amount.value else 100


def balance(measure: Measure, found: Sequence[Entry], as_of: date) -> tuple[str, Verdict]:
    """The state of a measure after its entries up to `as_of`, in order of time; order of `found` is of no account."""
    ordered = sorted(
        (e for e in found if e.day <= as_of), key=lambda e: (e.day, e.rank, e.state, e.share, sorted(e.why))
    )
    open_entries = [i for i, e in enumerate(ordered) if e.open]
    choices: Iterator[tuple[bool, ...]]
    if len(open_entries) <= MAX_OPEN:
        choices = itertools.product((True, False), repeat=len(open_entries))
    else:
        choices = iter([(True,) * len(open_entries), (False,) * len(open_entries)])
    outcomes: list[tuple[str, Entry | None]] = []
    for choice in choices:
        happened = dict(zip(open_entries, choice, strict=True))
        outcomes.append(_run(measure, [e for i, e in enumerate(ordered) if happened.get(i, True)]))
    binds = {MEASURE_STATES[state] for state, _ in outcomes}
    state, last = outcomes[0]
    why = frozenset[str]().union(*(e.why for e in ordered)) if ordered else frozenset[str]()
    truth = truth_of(True in binds, False in binds)
    return (
        "disputed" if truth == "both" else state,
        Verdict(truth, last.day if last else None, bool(last and last.final) or state == "terminated", why),
    )


def _run(measure: Measure, ordered: Sequence[Entry]) -> tuple[str, Entry | None]:
    state, last, relieved = measure.state, None, 0.0
    for entry in ordered:
        if state == "terminated":
            break
        binds = MEASURE_STATES[entry.state]
        if binds or entry.state == "terminated":
            relieved = 0.0
            if entry.state == "terminated" and entry.share < 100:
                relieved = entry.share
                state, last = "eased", entry
                continue
            if entry.state in ("restored", "in force") and state in ("restored", "in force"):
                continue
            state, last = entry.state, entry
        else:
            relieved += entry.share
            full = relieved >= 99.999
            state, last = (entry.state if full else "eased" if entry.state != "delivered" else "not delivered"), entry
    return state, last
