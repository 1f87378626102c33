"""Claims of a record attached to the clauses of a plan: by the plan's rules, and by a person's decision.

What fits no rule is suggested, best first: shared words (rare ones count more), the right actors, the right time.
A person's decision stands whatever the rules say, and is kept in the plan file with name and reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .days import parse_day
from .evidence import Evidence
from .model import Decision, Plan, Power, Report, Rule, Step
from .quantities import Quantity, parse_quantity
from .vocabulary import SAYINGS
from .wording import amount_in

_STOP = frozenset(
    (
        "a an and any are as at be been being but by for from had has have in into is it its no not of on or "
        "other over so such than that the their there these they this those to under until up was were which "
        "while who will with would shall all each said says"
    ).split()
)


_PAST = {
    past: verb
    for row in [
        "withdraw withdrew withdrawn",
        "freeze froze frozen",
        "begin began begun",
        "send sent",
        "keep kept",
        "hold held",
        "give gave given",
        "pay paid",
        "meet met",
        "leave left",
        "break broke broken",
        "build built",
        "bring brought",
        "take took taken",
        "make made",
        "find found",
        "let let",
        "shut shut",
        "cut cut",
        "sell sold",
        "buy bought",
        "ship shipped",
        "lay laid",
        "lead led",
        "say said",
        "speak spoke spoken",
        "rise rose risen",
        "fall fell fallen",
        "shoot shot",
        "strike struck",
        "withhold withheld",
        "forbid forbade forbidden",
        "drop dropped",
        "stop stopped",
        "ban banned",
        "free freed",
        "flee fled",
        "seek sought",
        "undo undid undone",
        "do did done",
        "go went gone",
        "write wrote written",
        "show showed shown",
        "choose chose chosen",
        "hide hid hidden",
        "swear swore sworn",
        "uphold upheld",
        "lose lost",
        "win won",
    ]
    for verb, *pasts in (row.split(),)
    for past in pasts
}
"""Past forms that cutting endings does not bring back to their verb."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A claim of the record and the reports that it makes in the plan."""

    evidence: Evidence
    reports: tuple[Report, ...]
    because: str
    """'rule of 1.give', or 'decision of NAME: reason'."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that may speak of a clause, with how well it fits (0 to 1) and why."""

    evidence: Evidence
    clause: str
    score: float
    because: str


def attach(plan: Plan, found: Iterable[Evidence]) -> tuple[Attached, ...]:
    """The claims that the plan's rules and its decisions attach."""
    decided = {(d.claim, clause): d for d in plan.decisions for clause in d.about}
    rejected_whole = {d.claim for d in plan.decisions if d.verdict == "reject" and not d.about}
    attached = []
    for item in found:
        if item.id in rejected_whole:
            continue
        for clause, rule, reason in _fits(plan, item, decided):
            says = item.says if rule == "as told" else rule
            if says in SAYINGS:
                attached.append(Attached(item, _reports(plan, item, clause, says), reason))
    return tuple(attached)


def _fits(plan: Plan, item: Evidence, decided: dict[tuple[str, str], Decision]) -> list[tuple[str, str, str]]:
    """(clause, what is said, because) for one claim."""
    found = []
    for (claim, clause), decision in decided.items():
        if claim == item.id and decision.verdict == "attach":
            found.append((clause, decision.says, f"decision of {decision.person}: {decision.reason}"))
    for clause, rule in rules(plan):
        if (item.id, clause) not in decided and fits(plan, rule, item):
            found.append((clause, rule.says, f"rule of {clause}"))
            decided[item.id, clause] = _BY_RULE
    told = any(clause == "plan" for clause, _, _ in found) or (item.id, "plan") in decided
    if not told and takes_side_on(plan, item):
        found.append(("plan", "as told", "position on a plan of this name"))
    return found


_BY_RULE = Decision(date="0001-01-01", person="", claim="", verdict="reject", reason="rule")
"""Marks that a rule has attached the claim already, so that a second rule of the clause does not do it again."""


def rules(plan: Plan) -> list[tuple[str, Rule]]:
    """The rules of all clauses."""
    clauses: list[Step | Power] = [*plan.steps, *plan.powers.values()]
    return [(clause.id, rule) for clause in clauses for rule in clause.match]


def fits(plan: Plan, rule: Rule, item: Evidence) -> bool:
    """Whether all that the rule gives fits the claim."""
    text = f"{item.topic} {item.words}".lower()
    return (
        (not rule.kind or rule.kind == item.kind)
        and (not rule.by or _any_of(plan, item.by, rule.by))
        and (not rule.actor or _any_of(plan, item.actors, rule.actor))
        and (not rule.recipient or _any_of(plan, item.recipients, rule.recipient))
        and (not rule.type or bool({t.upper() for t in item.types} & {t.upper() for t in rule.type}))
        and all(stem in stems(text) for stem in stems(rule.topic))
        and (not rule.words or any(word.lower() in text for word in rule.words))
    )


def _any_of(plan: Plan, actors: Sequence[str], groups: Sequence[str]) -> bool:
    return any(plan.is_or_belongs(actor, group) for actor in actors for group in groups)


def takes_side_on(plan: Plan, item: Evidence) -> bool:
    """Whether the claim says where somebody stands on this plan: a position on a plan of its name, or a stance whose
    topic is the plan's own noun ('the roadmap')."""
    if item.kind == "plan":
        return _same_plan(plan, item)
    nouns = stems(plan.title)[-1:]
    return (
        item.kind == "stance"
        and item.says in ("supports", "rejected")
        and bool(nouns)
        and set(stems(item.topic)) == set(nouns)
    )


def _same_plan(plan: Plan, item: Evidence) -> bool:
    mine, theirs = set(stems(f"{plan.plan} {plan.title}")), set(stems(item.topic))
    return bool(theirs) and len(mine & theirs) >= max(1, len(theirs) // 2)


def _reports(plan: Plan, item: Evidence, clause: str, says: str) -> tuple[Report, ...]:
    """One report for each of those who say it. Where the words count fewer than the step asks for, it is done in part."""
    amount = part_of(plan, clause, item) if says == "done" else None
    says = "partly" if amount else says
    since = item.since if item.since and parse_day(item.since) <= parse_day(item.date) else ""
    return tuple(
        Report(
            id=f"{item.id}.{by}" if item.kind == "plan" else item.id if len(item.by) == 1 else f"{item.id}.{i}",
            amount=amount,
            date=item.date,
            since=since if SAYINGS[says].topic == "doing" else "",
            by=by,
            about=(clause,),
            says=says,
            words=item.words,
            document=item.document,
            span=f"{item.span.start}-{item.span.end}",
            source=item.source,
        )
        for i, by in enumerate(item.by)
    )


def part_of(plan: Plan, clause: str, item: Evidence) -> Quantity | None:
    """The number that the words give, where it counts the same as the step's amount and is less; 'the last 28' and
    'another 28' count what is new and say nothing of the whole."""
    promised = next((s.amount for s in plan.steps if s.id == clause and s.amount), None)
    told = amount_in(item.words) if promised else ""
    if not promised or not told or re.search(rf"{_MORE}(?:[A-Za-z-]+ )?\d", item.words, re.I):
        return None
    found = parse_quantity(told)
    same = promised.unit.split()[-1:] == found.unit.split()[-1:]
    return found if same and found.value < promised.value and promised.bound != "at most" else None


_MORE = r"\b(?:last|remaining|final|another|further|more|additional|other)\s+"


# --- suggestions --------------------------------------------------------------------------------------------


def suggest(plan: Plan, found: Sequence[Evidence], *, limit: int = 10) -> tuple[Suggestion, ...]:
    """The claims that may speak of a clause and that nothing attaches or rejects, best first."""
    taken = {(a.evidence.id, r.about[0]) for a in attach(plan, found) for r in a.reports}
    taken |= {(d.claim, clause) for d in plan.decisions for clause in d.about}
    profiles = {s.id: set(stems(_about(plan, s))) for s in plan.steps}
    bags = [(item, set(stems(f"{item.topic} {item.words}"))) for item in found]
    spread = Counter(stem for _, bag in bags for stem in bag)
    spread.update(stem for profile in profiles.values() for stem in profile)
    total = len(bags) + len(profiles) + 1
    weight = {stem: math.log(total / n) + 0.1 for stem, n in spread.items()}
    suggestions = []
    for item, bag in bags:
        if item.kind == "event" and not item.says:
            continue  # what is only planned or threatened says nothing of what was done
        for step in plan.steps:
            if (item.id, step.id) not in taken:
                made = _suggestion(plan, step, item, bag, profiles[step.id], weight)
                if made:
                    suggestions.append(made)
    return tuple(sorted(suggestions, key=lambda s: (-s.score, s.evidence.id, s.clause))[:limit])


def _suggestion(
    plan: Plan, step: Step, item: Evidence, bag: set[str], profile: set[str], weight: dict[str, float]
) -> Suggestion | None:
    shared = bag & profile
    union = sum(weight[s] for s in profile) or 1.0
    words = min(1.0, sum(weight[s] for s in shared) / union)
    acts = _any_of(plan, item.actors, step.who)
    speaks = _any_of(plan, item.by, (*step.verify, *step.who))
    score = 0.6 * words + 0.25 * acts + 0.15 * speaks
    if words < 0.1 or score < 0.2:
        return None
    reasons = ["words: " + ", ".join(sorted(shared))]
    reasons += ["its actor has to do the step"] if acts else []
    reasons += ["said by those concerned"] if speaks else []
    return Suggestion(item, step.id, round(score, 3), "; ".join(reasons))


def _about(plan: Plan, step: Step) -> str:
    measures = [plan.measures[e.measure].what for e in step.effect if e.measure in plan.measures]
    return " ".join([step.does, plan.pairs[step.pair].title, *measures])


def stems(text: str) -> list[str]:
    """Lower-case words cut to their trunk, without the small words; good enough to compare topics by."""
    return [_stem(word) for word in re.findall(r"[^\W_]+", text.lower()) if word not in _STOP and len(word) > 1]


def _stem(word: str) -> str:
    word = _PAST.get(word, word)
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
