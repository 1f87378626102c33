"""`plan check`: forty checks, each with the clause and a shortest scenario that shows what is wrong.

Fixpoints tell what can happen and how early (`reach`), an exhaustive search over independent components finds
deadlocks (`search`), the rest looks at clauses and clocks. A finding is certain as far as the plan file says what
the agreement says; what can go wrong only if somebody breaks the plan is for `plan analyse`.
"""

from __future__ import annotations

from ..model import Plan
from .clocks import find_clock_conflicts, find_long_ladders, find_slow_verifiers, find_snapback_flaws
from .findings import CODES, Finding, findings_text, sort
from .lint import lint
from .logic import find_circles, find_contradictions, find_deadlocks, find_restored_endings, find_unreachable
from .reach import Reach
from .readings import find_deciding_ambiguities
from .search import components
from .solving import find_by_solver
from .terms import find_bad_terms

__all__ = ["CODES", "Finding", "Reach", "check", "components", "findings_text"]


def check(plan: Plan, *, solver: bool = False) -> list[Finding]:
    """All findings, flaws first. With `solver`, clocks and conditions also go to z3 (see `solving`).

    Raises UsageError when a solver is asked for and none is installed.
    """
    reach = Reach(plan)
    contradictions = list(find_contradictions(plan, reach))
    explained = {c for f in contradictions for c in f.clauses}
    circles = [f for f in find_circles(plan, reach) if not explained & set(f.clauses)]
    unreachable = [f for f in find_unreachable(plan, reach, circles) if not explained & set(f.clauses)]
    found = [
        *contradictions,
        *circles,
        *unreachable,
        *find_deadlocks(plan, reach),
        *find_clock_conflicts(plan, reach),
        *find_long_ladders(plan, reach),
        *find_slow_verifiers(plan, reach),
        *find_snapback_flaws(plan, reach),
        *find_deciding_ambiguities(plan, reach),
        *find_restored_endings(plan, reach),
        *find_bad_terms(plan, reach),
        *lint(plan),
    ]
    if solver:
        known = {c for f in found if f.code in ("clock-conflict", "contradiction") for c in f.clauses}
        found += [f for f in find_by_solver(plan, reach) if not known & set(f.clauses)]
    return sort(found)
