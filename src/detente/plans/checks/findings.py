"""What a check finds: the clause, what is wrong with it, a shortest scenario that shows it, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Plan

Severity = Literal["flaw", "gap", "note"]
"""flaw: the plan cannot work as written, or works otherwise than it says. gap: the text leaves something out that
parties will quarrel about. note: worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found."""

    code: str
    severity: Severity
    clauses: tuple[str, ...]
    message: str
    scenario: tuple[str, ...] = ()
    """A shortest course of events that shows it, a line a move."""
    remedy: str = ""


CODES: dict[str, str] = {
    "circular": "clauses wait for each other in a circle",
    "unreachable-relief": "what a party is promised can never come due",
    "dead-clause": "a clause can never apply",
    "deadlock": "a party can give and then never get, although nobody broke the plan",
    "contradiction": "two clauses, or two parts of one, cannot hold together",
    "clock-conflict": "clocks cannot be met together",
    "ladder-too-long": "a dispute cannot be settled before the plan ends",
    "snapback-nobody-can-trigger": "nobody is able to use the power to return",
    "snapback-nobody-can-stop": "nobody but those who use it can stop the return",
    "ambiguity-decides": "two readings of one clause lead to different outcomes",
    "verifier-is-party": "who promises also verifies",
    "not-the-owner": "the promiser does not own the measure that he promises to lift",
    "impossible-quorum": "a group can never act",
    "instalments-do-not-add-up": "instalments that are not the whole of what is promised",
    "shares-exceed-the-whole": "shares of a measure that add to more than all of it",
    "simultaneous-apart": "two sides that are to happen at once and have different last days",
    "due-after-the-end": "a last day that comes when nothing is owed any more",
    "no-deadline": "a promise without a last day",
    "no-verifier": "a promise that nobody verifies",
    "vague-amount": "a promise of an unstated amount",
    "irreversible-for-reversible": "one side gives for good what the other can take back",
    "non-party": "somebody who promised nothing has to act",
    "start-or-end": "'after' something that takes time: after its start or its end?",
    "verifier-too-slow": "the verifier reports less often than the deadline needs",
    "confidential-gate": "others wait for a clause that they cannot read",
    "best-efforts-gate": "others wait for what is only promised to be tried",
    "relief-for-somebody-else": "relief from a measure that is not against those who give for it",
    "ladder-leads-nowhere": "a way to settle disputes at whose end nothing binds and nothing opens",
    "judge-in-own-cause": "who is excused decides alone that he is",
    "debtor-prolongs": "who owes can put it off alone",
    "renews-for-ever": "a term that renews by itself and that nobody can end",
    "exit-without-notice": "a way out at once, while others give what cannot be undone",
    "concern-unmet": "a concern that no step allays",
    "veto-holders": "relief depends on a body in which single members can say no",
    "single-source": "the text is known from one source",
    "no-dispute-rule": "the text has no way to settle disputes",
    "no-snapback": "the text has no way back",
    "late-dispute": "disputes raised late cannot be settled before the plan ends",
    "restores-the-ended": "a power restores what another clause ends for good",
    "untouched-measure": "no clause acts on a row of the ledger",
}
"""Every check by its code."""

_RANK = {"flaw": 0, "gap": 1, "note": 2}


def sort(findings: Sequence[Finding]) -> list[Finding]:
    """Flaws first, then gaps, then notes; within them in the order of the table of codes."""
    codes = list(CODES)
    return sorted(findings, key=lambda f: (_RANK[f.severity], codes.index(f.code), f.clauses))


def findings_text(plan: Plan, findings: Sequence[Finding]) -> str:
    """The findings as a reader wants them."""
    counts = {s: sum(f.severity == s for f in findings) for s in _RANK}
    lines = [f"{plan.title or plan.plan}: {counts['flaw']} flaws, {counts['gap']} gaps, {counts['note']} notes"]
    for finding in findings:
        lines += [
            "",
            f"{finding.severity.upper()} {finding.code}  [{', '.join(finding.clauses) or 'plan'}]",
            f"  {finding.message}",
        ]
        lines += [f"    {i}. {line}" for i, line in enumerate(finding.scenario, 1)]
        lines += [f"  Way out: {finding.remedy}"] if finding.remedy else []
    return "\n".join(lines)
