"""What the text leaves out or leaves to others: deadlines, verifiers, owners, vetoes, amounts, readings, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..conditions import Ref, references, walk
from ..doings import PUBLIC_ACTS
from ..model import Measure, Participant, Plan, Power, Step
from ..steps import requires
from ..vocabulary import RELIEF
from .findings import Finding, Severity

_VAGUE = re.compile(
    r"\b(some|a number of|several|various|significant (?:portion|part|share)|substantial(?:ly)?|adequate(?:ly)?|appropriate|"
    r"reasonable|sufficient(?:ly)?|as soon as (?:possible|practicable)|in due course|where possible|a portion of|part of)\b",
    re.I,
)


def lint(plan: Plan) -> Iterator[Finding]:
    """All findings that a look at single clauses gives."""
    ended = {clause for sunset in plan.sunsets.values() for clause in sunset.ends}
    for step in plan.steps:
        yield from _promise(plan, step, ended)
        yield from _owners(plan, step)
        yield from _others(plan, step)
    for pair in plan.pairs.values():
        yield from _reversibility(plan, pair.give, pair.get)
        yield from _reversibility(plan, pair.get, pair.give)
    for participant in (*plan.parties.values(), *plan.verifiers.values(), *plan.others.values()):
        yield from _quorums(participant)
    yield from _gates(plan)
    yield from _vetoes(plan)
    yield from _whole(plan)


def _promise(plan: Plan, step: Step, ended: set[str]) -> Iterator[Finding]:
    limits = (step.due, step.until, step.lasts, step.every, step.keeps, *(p.due for p in step.parts))
    owned = {"plan", step.id, step.pair} & ended
    if not any(limits) and not (step.kind == "forbear" and owned):
        yield _finding(
            "no-deadline",
            "gap",
            step,
            "It has no last day.",
            (f"{step.id} is due", "a year passes", f"{step.id} is still only due: nobody has broken anything"),
            "give a last day, or a length of time",
        )
    if not step.verify and step.kind not in PUBLIC_ACTS:
        yield _finding(
            "no-verifier",
            "gap",
            step,
            "The text does not say who verifies it.",
            (
                f"{', '.join(step.who)} says that it is done",
                "the other side says that it is not",
                "nobody has the last word",
            ),
            "name a verifier, 'mutual', or say 'none' knowingly",
        )
    yield from _self_verified(plan, step)
    if _VAGUE.search(step.does) and step.amount is None and not step.parts:
        word = _VAGUE.search(step.does)
        assert word
        yield _finding(
            "vague-amount",
            "gap",
            step,
            f"'{word[0]}' is no amount.",
            (
                f"{', '.join(step.who)} does the least that the words allow",
                "the other side had expected more",
                "both are right",
            ),
            "state a number and a unit",
        )


def _self_verified(plan: Plan, step: Step) -> Iterator[Finding]:
    """Verifiers that promise the step themselves, or cannot find against a promiser without its consent."""
    for id in step.verify:
        body = plan.participants.get(id)
        same = [w for w in step.who if w == id or plan.is_or_belongs(id, w)]
        inside = [w for w in step.who if body and w in body.members and body.acts in ("consensus", "all")]
        if id in ("none", "mutual") or not (same or inside):
            continue
        who = (same or inside)[0]
        how = (
            f"{who} does not agree in {id}, which finds by consensus" if not same else f"{id} certifies that it is done"
        )
        message = f"{id} promises it and verifies it." if same else f"{id} finds by consensus, and {who} sits in it."
        course = (f"{who} does nothing", how, "nobody can say that it is not done")
        yield _finding("verifier-is-party", "flaw", step, message, course, "let somebody else verify it", id)


def _finding(
    code: str, severity: Severity, step: Step, message: str, scenario: tuple[str, ...], remedy: str, *more: str
) -> Finding:
    words = f"{', '.join(step.who)}: {step.does}. {message}"
    return Finding(
        code=code, severity=severity, clauses=(step.id, *more), message=words, scenario=scenario, remedy=remedy
    )


def _owners(plan: Plan, step: Step) -> Iterator[Finding]:
    for effect in step.effect:
        measure = plan.measures[effect.measure]
        if effect.verb not in RELIEF or not measure.by:
            continue
        missing = [owner for owner in measure.by if not _covers(plan, step, owner)]
        if missing and not set(missing) <= set(step.through):
            yield _finding(
                "not-the-owner",
                "flaw",
                step,
                f"{measure.id} belongs to {', '.join(missing)}, who promised nothing here.",
                (
                    f"{', '.join(step.who)} owes: {effect}",
                    f"only {', '.join(missing)} can do that",
                    "what is owed is not done, and the promiser says that he did all he could",
                ),
                f"let {', '.join(missing)} promise it, or promise to propose it",
                measure.id,
            )


def _covers(plan: Plan, step: Step, owner: str) -> bool:
    return any(plan.is_or_belongs(owner, who) or (plan.is_or_belongs(who, owner) and who == owner) for who in step.who)


def _others(plan: Plan, step: Step) -> Iterator[Finding]:
    strangers = [
        w
        for w in (*step.who, *step.through)
        if w not in plan.parties and not any(w in p.members for p in plan.parties.values()) and w not in plan.verifiers
    ]
    if strangers:
        yield _finding(
            "non-party",
            "gap",
            step,
            f"{', '.join(strangers)} is no party to the plan.",
            (
                f"{step.id} is due",
                f"{', '.join(strangers)} declines: it has promised nothing",
                "the step is not done, and no party has broken its word",
            ),
            "make them a party, or say what a party does to bring it about",
            *strangers,
        )


def _reversibility(plan: Plan, gives: tuple[Step, ...], gets: tuple[Step, ...]) -> Iterator[Finding]:
    """One finding for each step that is for good, with all that comes in return and can be taken back."""
    loose = [s for s in gets if s.undo is not None and not s.irreversible]
    for give in (s for s in gives if s.irreversible and loose):
        names = ", ".join(s.id for s in loose)
        yield Finding(
            code="irreversible-for-reversible",
            severity="gap",
            clauses=(give.id, *(s.id for s in loose)),
            message=f"{give.id} cannot be undone; {names} can, {loose[0].id} within {loose[0].undo}.",
            scenario=(
                f"{give.id} is done",
                f"{names} follow",
                f"{', '.join(loose[0].who)} undoes {loose[0].id} within {loose[0].undo}",
                f"{', '.join(give.who)} cannot take back what it gave",
            ),
            remedy="cut the irreversible side into parts, or give a bond",
        )


def _quorums(participant: Participant) -> Iterator[Finding]:
    match = re.fullmatch(r"(\d+) of (\d+)", participant.acts)
    needed, total = (int(match[1]), int(match[2])) if match else (0, 0)
    if match and (needed > total or (participant.members and needed > len(participant.members))):
        yield Finding(
            code="impossible-quorum",
            severity="flaw",
            clauses=(participant.id,),
            message=f"{participant.id} acts by {participant.acts} and has {len(participant.members) or total} members.",
            scenario=("all members agree", f"{needed} votes are needed", "no decision is taken"),
            remedy="correct the number",
        )


def _gates(plan: Plan) -> Iterator[Finding]:
    """What others wait for, and cannot read, or cannot tell the end of, or is only to be tried."""
    steps = {s.id: s for s in plan.steps}
    for step in plan.steps:
        moments = [m.when for m in (step.starts, step.due) if m]
        needed = dict.fromkeys(r for r in references(requires(plan, step)) if r in steps)
        for id in needed:
            if steps[id].confidential:
                yield _finding(
                    "confidential-gate",
                    "gap",
                    step,
                    f"It waits for {id}, whose text is not public.",
                    (f"{id} is said to be done", f"nobody outside can tell whether {step.id} is due"),
                    "publish what has to be found",
                    id,
                )
            if steps[id].effort:
                yield _finding(
                    "best-efforts-gate",
                    "gap",
                    step,
                    f"It waits for {id}, which is only promised to be tried.",
                    (
                        f"{', '.join(steps[id].who)} tries {id} and fails",
                        f"{step.id} never comes due, and nobody broke the plan",
                    ),
                    "make it a promise, or let the wait end on a day",
                    id,
                )
        for ref in (n for m in moments for n in walk(m) if isinstance(n, Ref)):
            found = steps.get(ref.id)
            text = " ".join(m.text for m in (step.starts, step.due) if m)
            if (
                found
                and ref.point == "done"
                and (found.mode == "gradual" or found.parts or found.takes or found.lasts)
                and not re.search(rf"\b(start|end) of {re.escape(ref.id)}\b", text)
            ):
                yield _finding(
                    "start-or-end",
                    "gap",
                    step,
                    f"'{text}': {ref.id} takes time; is its start meant or its end?",
                    (
                        f"{ref.id} begins",
                        f"one side: the clock of {step.id} runs",
                        f"the other side: it runs only when {ref.id} has ended",
                    ),
                    f"write 'start of {ref.id}' or 'end of {ref.id}'",
                    ref.id,
                )


def _vetoes(plan: Plan) -> Iterator[Finding]:
    relieved = {e.measure for s in plan.steps for e in s.effect if e.verb in RELIEF}
    for id in relieved:
        measure: Measure = plan.measures[id]
        for owner in measure.by:
            body = plan.participants.get(owner)
            holders = body.veto or (body.members if body.acts == "consensus" else ()) if body else ()
            if len(holders) > 1:
                yield Finding(
                    code="veto-holders",
                    severity="note",
                    clauses=(id, owner),
                    message=f"Relief from {id} takes {owner}, where each of {', '.join(holders)} can say no.",
                    scenario=("all conditions are met", f"{holders[0]} says no in {owner}", f"{id} stays in force"),
                    remedy="let relief come by itself unless the body decides otherwise",
                )


def _whole(plan: Plan) -> Iterator[Finding]:
    if plan.known_from.lower().startswith(("one source", "single source")):
        yield _plan_note(
            "single-source", f"The text is known from {plan.known_from}.", "mark what a second source confirms"
        )
    if plan.disputes is None and plan.pairs:
        yield _plan_note(
            "no-dispute-rule",
            "The text has no way to settle disputes.",
            "add stages with clocks, and what follows at the end",
        )
    lifts = any(e.verb in RELIEF and plan.measures[e.measure].kind == "sanction" for s in plan.steps for e in s.effect)
    if lifts and not any(p.kind in ("snapback", "suspend", "reverse") for p in plan.powers.values()):
        yield _plan_note(
            "no-snapback",
            "Relief is given, and the text has no way back after a breach.",
            "add a power to suspend or to return",
        )
    clauses: list[Step | Power] = [*plan.steps, *plan.powers.values()]
    acted = {e.measure for c in clauses for e in c.effect} | {x for s in plan.sunsets.values() for x in s.ends}
    mentioned = {r for s in plan.steps for r in references(requires(plan, s))}
    for id in plan.measures:
        if id not in acted and id not in mentioned and "plan" not in acted:
            yield Finding(
                code="untouched-measure",
                severity="note",
                clauses=(id,),
                message=f"No clause acts on {id}.",
                remedy="say which step lifts it, or take it out of the ledger",
            )


def _plan_note(code: str, message: str, remedy: str) -> Finding:
    return Finding(code=code, severity="note", clauses=(), message=message, remedy=remedy)
