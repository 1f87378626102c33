"""Terms that mediators know to go wrong: sums that do not add up, days apart, who judges and prolongs, what ends when."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Plan, Step
from ..vocabulary import RELIEF
from .findings import Finding, Severity
from .reach import Reach


def find_bad_terms(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """All findings of this page, one group of clauses after the other."""
    for step in plan.steps:
        yield from _instalments(step)
        yield from _beneficiaries(plan, step)
    yield from _shares(plan)
    yield from _simultaneous(plan)
    yield from _after_the_end(plan, reach)
    yield from _ladder(plan)
    yield from _excuses(plan)
    yield from _extensions(plan)
    yield from _exits(plan)
    yield from _concerns(plan)


def _finding(
    code: str, severity: Severity, clauses: tuple[str, ...], message: str, scenario: tuple[str, ...], remedy: str
) -> Finding:
    return Finding(code=code, severity=severity, clauses=clauses, message=message, scenario=scenario, remedy=remedy)


def _instalments(step: Step) -> Iterator[Finding]:
    """Instalments are given in all by each day: the last of them has to be the whole."""
    whole = step.amount
    last = step.parts[-1].amount if step.parts else None
    if whole is None or last is None or whole.bound == "at most":
        return
    reached = last.in_unit_of(whole)
    if reached is None or abs(reached - whole.value) <= 1e-9 * abs(whole.value):
        return
    yield _finding(
        "instalments-do-not-add-up",
        "flaw",
        (step.id,),
        f"The instalments come to {last}, the promise is {whole}.",
        (f"all instalments of {step.id} are made, {last} in all", f"the other side counts {whole}", "both are right"),
        "correct the last instalment, which tells how much there has to be in all, or the amount",
    )


def _shares(plan: Plan) -> Iterator[Finding]:
    """Shares of one measure that add to more than all of it."""
    for id in plan.measures:
        given = [
            (step.id, effect.share.value)
            for step in plan.steps
            for effect in step.effect
            if effect.measure == id and effect.verb in RELIEF and effect.share and effect.share.unit == "percent"
        ]
        total = sum(share for _, share in given)
        if total > 100 + 1e-9:
            names = tuple(dict.fromkeys(name for name, _ in given))
            yield _finding(
                "shares-exceed-the-whole",
                "flaw",
                (id, *names),
                f"{', '.join(names)} give {total:g} percent of {id}.",
                (*(f"{name}: {share:g} percent of {id}" for name, share in given), "nothing is left for the last of them"),
                "let the shares add to 100 percent",
            )  # fmt: skip


def _beneficiaries(plan: Plan, step: Step) -> Iterator[Finding]:
    """Relief in return for something, from a measure that is not against those who gave it."""
    pair = plan.pairs[step.pair]
    givers = [w for s in (pair.give if step.side == "get" else pair.get) for w in s.who]
    for effect in step.effect:
        hit = plan.measures[effect.measure].on
        if effect.verb not in RELIEF or not hit or not givers:
            continue
        if any(plan.is_or_belongs(a, b) or plan.is_or_belongs(b, a) for a in givers for b in hit):
            continue
        yield _finding(
            "relief-for-somebody-else",
            "gap",
            (step.id, effect.measure),
            f"{effect.measure} is against {', '.join(hit)}; those who give for it are {', '.join(dict.fromkeys(givers))}.",
            (
                f"{givers[0]} gives what it owes",
                f"{step.id} relieves {', '.join(hit)}",
                f"{givers[0]} has got nothing that it can show at home",
            ),
            "say against whom the measure is, or what the giver gets",
        )


def _simultaneous(plan: Plan) -> Iterator[Finding]:
    """Rows whose two sides are to happen on one day and have different last days."""
    for pair in plan.pairs.values():
        dues = {s.due.text: s.id for s in pair.steps if s.due}
        if pair.exchange == "simultaneous" and len(dues) > 1:
            (one, first), (other, second) = list(dues.items())[:2]
            yield _finding(
                "simultaneous-apart",
                "flaw",
                (first, second),
                f"Both sides of row {pair.id} are to happen at once, by '{one}' and by '{other}'.",
                (f"{first} waits for the other side", f"{second} has until '{other}'", "neither is late, neither begins"),
                "give both sides the same day, or let one come first",
            )  # fmt: skip


def _after_the_end(plan: Plan, reach: Reach) -> Iterator[Finding]:
    """Last days that come when nothing is owed any more."""
    for sunset in plan.sunsets.values():
        end = reach.latest(sunset.date) if sunset.date else float("inf")
        ended = [s for s in plan.steps if {"plan", s.id, s.pair} & set(sunset.ends)]
        for step in (s for s in ended if s.last_due and sunset.unless is None):
            assert step.last_due
            if end < reach.due(step) < float("inf"):
                yield _finding(
                    "due-after-the-end",
                    "flaw",
                    (step.id, sunset.id),
                    f"Its last day, '{step.last_due}', comes after {sunset.id} has ended it.",
                    (
                        f"{', '.join(step.who)} waits",
                        f"{sunset.id} comes: {step.id} is owed no longer",
                        f"'{step.last_due}' passes: nobody is in breach",
                    ),
                    "let the end come after the last day, or the last day before the end",
                )


def _ladder(plan: Plan) -> Iterator[Finding]:
    """A way to settle disputes at whose end nothing binds and nothing opens."""
    ladder = plan.disputes
    if ladder and ladder.rungs and not ladder.opens and not any(r.binding for r in ladder.rungs):
        forums = [r.forum for r in ladder.rungs]
        yield _finding(
            "ladder-leads-nowhere",
            "gap",
            ("disputes",),
            f"Nothing that {' or '.join(forums)} decides binds, and nothing follows.",
            ("one side raises a dispute", *(f"{f}: no agreement" for f in forums), "the dispute stays where it was"),
            "let the last stage bind, or say which power may be used when it has failed",
        )


def _excuses(plan: Plan) -> Iterator[Finding]:
    """Force majeure that those who are excused by it find themselves."""
    for excuse in plan.excuses.values():
        owed = [s for s in plan.steps if {"plan", s.id, s.pair} & set(excuse.covers)]
        judges = [j for j in excuse.by if any(plan.is_or_belongs(w, j) or w == j for s in owed for w in s.who)]
        if judges and set(judges) == set(excuse.by):
            yield _finding(
                "judge-in-own-cause",
                "gap",
                (excuse.id, *(s.id for s in owed)),
                f"{', '.join(judges)} decides alone that '{excuse.what}' excuses it.",
                (f"{judges[0]} does not do {owed[0].id}", f"{judges[0]} finds that it was excused", "nobody can say no"),
                "let a verifier or a body of both sides decide",
            )  # fmt: skip


def _extensions(plan: Plan) -> Iterator[Finding]:
    """Terms that the one who owes can prolong alone, and terms that go on for ever."""
    ways_out = any(p.kind in ("exit", "terminate") or p.ends for p in plan.powers.values())
    for extension in plan.extensions.values():
        owed = [s for s in plan.steps if {s.id, s.pair} & set(extension.of)]
        alone = owed and extension.by and all(all(w in extension.by for w in s.who) for s in owed)
        others = [b for b in extension.by if not any(b in s.who for s in owed)]
        if alone and not others and extension.length is None and len({w for s in owed for w in s.who}) == 1:
            yield _finding(
                "debtor-prolongs",
                "gap",
                (extension.id, *(s.id for s in owed)),
                f"{', '.join(extension.by)} can put off what it owes, by as much as it likes.",
                (f"{owed[0].id} is nearly due", f"{extension.by[0]} prolongs the term", "it is never late"),
                "ask for the consent of the other side, or say by how much and how often",
            )
        if extension.automatic and extension.times is None and not ways_out and not plan.sunsets:
            yield _finding(
                "renews-for-ever",
                "gap",
                (extension.id,),
                "It renews by itself, and nobody has a power to end it.",
                ("the term ends", f"{extension.id}: it begins again", "and so on"),
                "say how often, or who may end it and with what notice",
            )


def _exits(plan: Plan) -> Iterator[Finding]:
    """Ways out without notice, while somebody else gives what cannot be taken back."""
    for power in plan.powers.values():
        stuck = [s for s in plan.steps if s.irreversible and not any(plan.is_or_belongs(w, p) or plan.is_or_belongs(p, w)
                 for w in s.who for p in power.who)]  # fmt: skip
        if power.kind == "exit" and power.after is None and power.when is None and stuck:
            who = ", ".join(power.who) or "anybody"
            yield _finding(
                "exit-without-notice",
                "gap",
                (power.id, *(s.id for s in stuck)),
                f"{who} may leave at once; {', '.join(s.id for s in stuck)} cannot be undone.",
                (f"{stuck[0].id} is done for good", f"{who} leaves the same day", "what was given is lost"),
                "ask for a notice, long enough to stop what is under way",
            )


def _concerns(plan: Plan) -> Iterator[Finding]:
    """Concerns that the plan names and no step allays; only where it says of some steps which they allay."""
    allayed = {c for s in plan.steps for c in s.concerns}
    for id, concern in plan.concerns.items():
        if allayed and id not in allayed:
            yield _finding(
                "concern-unmet",
                "gap",
                (id,),
                f"No step allays it: {concern.what}.",
                ("every step is done", f"{', '.join(concern.by) or 'whoever has the concern'} has it still"),
                "add a step that allays it, or name it in the `concerns` of the step that does",
            )
