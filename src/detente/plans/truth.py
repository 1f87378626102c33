"""Belnap's four truth values, with since when, how final, and because of which claims.

yes and no are what they are everywhere; *neither* means that nobody has said anything, *both* that the claims that
stand say both. A verdict is *final* when nothing that may still happen changes it (the deadline passed, the act is
done and need not be kept), *provisional* otherwise: the split of runtime verification's RV-LTL (Bauer, Leucker
and Schallhart 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Truth = Literal["yes", "no", "both", "neither"]


@dataclass(frozen=True, slots=True)
class Verdict:
    truth: Truth
    since: date | None = None
    """The first day on which it was so, where that is known."""
    final: bool = False
    why: frozenset[str] = frozenset()
    """The ids of the claims that it rests on."""

    @property
    def told_yes(self) -> bool:
        return self.truth in ("yes", "both")

    @property
    def told_no(self) -> bool:
        return self.truth in ("no", "both")


NEITHER = Verdict("neither")


def truth_of(told_yes: bool, told_no: bool) -> Truth:
    if told_yes:
        return "both" if told_no else "yes"
    return "no" if told_no else "neither"


def join(truths: Sequence[Truth]) -> Truth:
    """What several viewpoints together say: yes and no make both."""
    return truth_of(any(t in ("yes", "both") for t in truths), any(t in ("no", "both") for t in truths))


def negate(verdict: Verdict) -> Verdict:
    return replace(verdict, truth=truth_of(verdict.told_no, verdict.told_yes))


def all_of(parts: Sequence[Verdict]) -> Verdict:
    """Belnap's conjunction. Yes since the last of the parts, no since the first that failed."""
    return at_least(len(parts), parts)


def any_of(parts: Sequence[Verdict]) -> Verdict:
    return at_least(1, parts)


def at_least(k: int, parts: Sequence[Verdict]) -> Verdict:
    """At least `k` of the parts: told yes when k are told yes, told no when so many are told no that k cannot be."""
    if k <= 0:
        return Verdict("yes", None, True)
    yes = [p for p in parts if p.told_yes]
    no = [p for p in parts if p.told_no]
    told_yes, told_no = len(yes) >= k, len(parts) - len(no) < k
    why = frozenset[str]().union(*(p.why for p in parts)) if parts else frozenset[str]()
    dates = sorted(p.since for p in yes if p.since)
    known = len(dates) - (len(yes) - k)
    since = dates[k - 1] if told_yes and len(dates) >= k else dates[-1] if told_yes and dates and known >= 0 else None
    final_yes = sum(1 for p in parts if p.truth == "yes" and p.final) >= k
    final_no = len(parts) - sum(1 for p in parts if p.truth == "no" and p.final) < k
    return Verdict(truth_of(told_yes, told_no), since, final_yes or final_no, why)
