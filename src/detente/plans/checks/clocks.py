"""Clocks that cannot be met together, ladders longer than what they serve, verifiers too slow for a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import inf

from ..model import Plan, Power, Step
from .findings import Finding
from .reach import Reach
from .timing import conflicting


def day_words(day: float) -> str:
    """An ordinal as a date; days of plans without a calendar are counted from their beginning."""
    if day == inf:
        return "never"
    return date.fromordinal(int(day)).isoformat() if day > 365 * 500 else f"day {int(day)}"


def find_clock_conflicts(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Steps whose last day no course of events can keep."""
    hopeless = conflicting(plan, reach)
    for step in plan.steps:
        window = reach.windows[step.id]
        if not window.possible:
            continue
        due = reach.due(step)
        if step.id in hopeless:
            yield _conflict(
                step.id,
                f"It is due by {day_words(due)} and cannot be done before {day_words(window.lo)}."
                if window.lo > due
                else f"Its last day cannot be kept together with that of {_others(hopeless, step.id)}.",
                _course(reach, step),
            )
        starts = reach.earliest(step.starts) if step.starts else 0.0
        until = reach.earliest(step.until) if step.until else inf
        if until < max(starts, window.lo):
            yield _conflict(
                step.id,
                f"It has to be kept until {day_words(until)} and begins on {day_words(max(starts, window.lo))}.",
                _course(reach, step),
            )
        if step.lasts and step.until and reach._after(window.lo, step.lasts) > until:
            yield _conflict(
                step.id,
                f"It has to be kept for {step.lasts}, which its last day {day_words(until)} leaves no room for.",
                _course(reach, step),
            )
        yield from _parts(reach, step)
    yield from _ends_too_early(plan, reach)


def _others(hopeless: frozenset[str], id: str) -> str:
    return ", ".join(sorted(hopeless - {id})) or "what it waits for"


def _conflict(clause: str, message: str, scenario: tuple[str, ...]) -> Finding:
    return Finding(
        code="clock-conflict",
        severity="flaw",
        clauses=(clause,),
        message=message,
        scenario=scenario,
        remedy="move the deadline, or shorten what comes before it",
    )


def _course(reach: Reach, step: Step) -> tuple[str, ...]:
    """The fastest course up to the step: what it waits for, each with its earliest day."""
    lines = [
        (reach.windows[n].lo, n)
        for n in dict.fromkeys(reach.needs(step.id))
        if n in reach.windows and reach.windows[n].possible
    ]
    rows = [f"{name} at the earliest on {day_words(lo)}" for lo, name in sorted(lines) if lo < inf]
    return (
        *rows,
        f"{step.id} at the earliest on {day_words(reach.windows[step.id].lo)}, last day {day_words(reach.due(step))}",
    )


def _parts(reach: Reach, step: Step) -> Iterator[Finding]:
    for one, two in zip(step.parts, step.parts[1:], strict=False):
        days = (reach.earliest(one.due) if one.due else 0, reach.earliest(two.due) if two.due else inf)
        more = one.amount and two.amount and (two.amount.in_unit_of(one.amount) or 0) < one.amount.value
        if days[0] > days[1] or more:
            yield _conflict(
                step.id,
                "Its instalments do not follow each other.",
                (f"{one.amount} by {day_words(days[0])}", f"{two.amount} by {day_words(days[1])}"),
            )


def _ends_too_early(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Sunsets that end a clause before it can begin."""
    for sunset in plan.sunsets.values():
        end = reach.earliest(sunset.date) if sunset.date else inf
        for clause in sunset.ends:
            window = reach.windows.get(clause)
            if window and window.possible and window.lo > end:
                yield Finding(
                    code="dead-clause",
                    severity="flaw",
                    clauses=(clause, sunset.id),
                    message=f"{sunset.id} ends it on {day_words(end)}, before it can begin on {day_words(window.lo)}.",
                    scenario=(f"{day_words(end)}: {sunset.id}", f"{day_words(window.lo)}: {clause} would begin"),
                    remedy="move the sunset",
                )


def find_long_ladders(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Disputes that cannot be settled, and the return that follows used, before all ends."""
    if plan.disputes is None:
        return
    power = plan.powers.get(plan.disputes.opens)
    ends = [
        reach.earliest(s.date)
        for s in plan.sunsets.values()
        if s.date and ({"plan", plan.disputes.opens} & set(s.ends) or power is None)
    ]
    ends += [reach.earliest(power.until)] if power and power.until else []
    ends = [e for e in ends if 1 <= e < inf]
    if not ends:
        return
    end = min(ends)
    length = sum(d.mean_days for d in plan.disputes.shortest)
    begin = reach.base or end
    clocks = " + ".join(str(d) for d in plan.disputes.shortest)
    last = end - length
    if begin + length > end:
        yield Finding(
            code="ladder-too-long",
            severity="flaw",
            clauses=("disputes",),
            message=f"Settling a dispute takes {clocks}, at least {length:.0f} days; the plan ends on {day_words(end)}, {end - begin:.0f} days after it begins.",
            scenario=(
                f"{day_words(begin)}: a dispute is raised on the first day",
                f"{day_words(begin + length)}: the last stage ends",
                f"{day_words(end)}: all has ended before",
            ),
            remedy="shorten the stages, or let the end wait for disputes that are open",
        )
    else:
        yield Finding(
            code="late-dispute",
            severity="note",
            clauses=("disputes",),
            message=f"Settling a dispute takes {clocks}, at least {length:.0f} days: one raised after {day_words(last)} is not settled before the end on {day_words(end)}.",
            scenario=(
                f"{day_words(last + 1)}: a dispute is raised",
                f"{day_words(end)}: all ends",
                f"{day_words(last + 1 + length)}: the last stage would end",
            ),
            remedy="let the end wait for disputes that are open",
        )


def find_slow_verifiers(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Deadlines within which the verifier need not report once."""
    for step in plan.steps:
        window, due = reach.windows[step.id], reach.due(step)
        if not window.possible or due == inf:
            continue
        for id in step.verify:
            verifier = plan.verifiers.get(id)
            gate = max(reach.window(reach.gates[step.id]).lo, reach.base)
            if (
                verifier
                and verifier.reports
                and verifier.reports.mean_days > max(due - gate, 0) + 0.5
                and due >= window.lo
            ):
                yield Finding(
                    code="verifier-too-slow",
                    severity="gap",
                    clauses=(step.id, id),
                    message=f"It is due within {due - gate:.0f} days, and {id} reports every {verifier.reports}: nobody may know in time whether it was done.",
                    scenario=(
                        f"{id} reports",
                        f"{step.id} becomes due the day after",
                        f"{day_words(due)}: its last day",
                        f"{id} reports again only later",
                    ),
                    remedy="ask for a report on the last day",
                )


def find_snapback_flaws(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Returns that nobody can set off, or that only those who set them off can stop."""
    for power in plan.powers.values():
        if power.kind == "snapback":
            yield from _trigger(plan, reach, power)
            yield from _stop(plan, reach, power)


def _trigger(plan: Plan, reach: Reach, power: Power) -> Iterator[Finding]:
    reasons = []
    if not power.who:
        reasons.append("the text names nobody who may use it")
    elif all(_blocks_itself(plan, power, who) for who in power.who):
        reasons.append("it takes the consent of those against whom it is meant")
    window = reach.window(power.when)
    last = reach.earliest(power.until) if power.until else inf
    if not window.possible:
        reasons.append("what must hold before it may be used can never hold")
    elif window.lo > last or (last < inf and last < _first_relief(plan, reach, power)):
        reasons.append(f"it ends on {day_words(last)}, before there is anything to return to")
    if reasons:
        yield Finding(
            code="snapback-nobody-can-trigger",
            severity="flaw",
            clauses=(power.id,),
            message=f"Nobody can use it: {'; '.join(reasons)}.",
            scenario=("a party breaks the plan", f"{power.id} cannot be used: {reasons[0]}", "relief goes on"),
            remedy="name parties who can each use it alone, and a condition that a breach fulfils",
        )


def _first_relief(plan: Plan, reach: Reach, power: Power) -> float:
    measures = {e.measure for e in power.effect}
    days = [reach.windows[s.id].lo for s in plan.steps if any(e.measure in measures for e in s.effect)]
    return min(days, default=0.0)


def _blocks_itself(plan: Plan, power: Power, who: str) -> bool:
    """Whether using it takes the consent of a party that the returning measures are against."""
    participant = plan.participants.get(who)
    targets = {t for e in power.effect for t in plan.measures[e.measure].on}
    if who in targets:
        return True
    return bool(
        participant
        and participant.members
        and participant.acts in ("consensus", "all")
        and targets & set(participant.members)
    )


def _stop(plan: Plan, reach: Reach, power: Power) -> Iterator[Finding]:
    if power.unless is None:
        yield _unstoppable(
            power,
            "nothing in the text stops it once it is set off",
            (f"{power.id} is used on a pretext", "no vote or ruling is foreseen", "the measures return"),
        )
        return
    if not reach.window(power.unless).possible:
        yield _unstoppable(
            power,
            "what should stop it can never hold",
            (f"{power.id} is used", f"'{power.unless}' can never hold", "the measures return"),
        )
        return
    deciders = {b for ref in _named_days(plan, power) for b in plan.days[ref].by}
    vetoes = set(power.veto) | {v for b in deciders if b in plan.participants for v in plan.participants[b].veto}
    both = [who for who in power.who if who in vetoes or set(plan.members(who)) & vetoes]
    if both:
        body = ", ".join(sorted(deciders)) or "whoever decides"
        yield _unstoppable(
            power,
            f"{', '.join(both)} may use it and may also veto what would stop it",
            (
                f"{both[0]} gives notice",
                f"{body} votes on '{power.unless}'",
                f"{both[0]} votes no: the veto is reversed",
                "the measures return, whatever the others hold",
            ),
        )


def _named_days(plan: Plan, power: Power) -> list[str]:
    from ..conditions import references

    return [r for r in references(power.unless.tree) if r in plan.days] if power.unless else []


def _unstoppable(power: Power, why: str, scenario: tuple[str, ...]) -> Finding:
    return Finding(
        code="snapback-nobody-can-stop",
        severity="flaw",
        clauses=(power.id,),
        message=f"Nobody can stop it against the will of those who use it: {why}.",
        scenario=scenario,
        remedy="let a body stop it in which those who use it have no veto, or a finding of the verifier",
    )
