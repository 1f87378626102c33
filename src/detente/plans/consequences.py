"""What a text says of a plan that is not kept, or that goes on: powers and prolongations of a first plan file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..document import Span
from .wording import length_told

BROKEN = "if broken"
"""The tie of steps that tell what happens to those who do not keep the plan (see agreements.mechanism)."""
RESTORES = re.compile(
    r"\b(?:re-?impos\w*|restor\w*|reinstat\w*|snap\w* back|return\w*|resum\w*|revert\w*|back in force)\b", re.I
)
SUSPENDS = re.compile(r"\b(?:suspend\w*|halt\w*|froz\w*|freez\w*|stop\w*|withh\w+|cut off|paus\w*)\b", re.I)
ENDS = re.compile(r"\b(?:collaps\w*|void|lapse\w*|terminat\w*|cancel\w*|fall\w* apart|end(?:s|ed)?|expire\w*)\b", re.I)
PROLONGED = re.compile(
    r"[^.;]*\b(?:will|would|shall|is to|are to|can|could|may)\s+(?:automatically\s+)?be\s+(?:automatically\s+)?(?:extended|renewed|prolonged|rolled over)\b[^.;]*",
    re.I,
)
FOR = re.compile(
    r"\bfor (?:another |a further |up to )?(?P<count>\d+|an?|two|three|four|six|twelve) (?P<unit>day|week|month|year)s?\b",
    re.I,
)


def power(words: str, condition: str, ledger: Mapping[str, Mapping[str, Any]], given: str | None) -> dict[str, Any]:
    """The power that `words` give: what it is, what it does to the ledger, and which step has to be broken before."""
    found: dict[str, Any] = {
        "kind": kind_of(words),
        "does": " ".join(f"{words}, {condition[:1].lower()}{condition[1:]}".split()),
    }
    if RESTORES.search(words):
        touched = [id for id in ledger if re.search(rf"\b{re.escape(id.split('-')[-1].rstrip('s'))}", words, re.I)]
        touched = touched or (list(ledger) if len(ledger) == 1 else [])
        found |= {"effect": [f"restore {id}" for id in touched]} if touched else {}
    return found | ({"when": f"{given} breached"} if given else {})


def kind_of(words: str) -> str:
    if RESTORES.search(words):
        return "reverse"
    if SUSPENDS.search(words):
        return "suspend"
    return "terminate" if ENDS.search(words) else "other"


def prolongation(text: str, start: int, end: int) -> tuple[dict[str, Any], Span] | None:
    """How the text prolongs the plan, with its words: 'will be extended automatically for 120 days unless ...'."""
    match = PROLONGED.search(text, start, end)
    if match is None:
        return None
    words = match[0].strip()
    found: dict[str, Any] = {"of": ["plan"]}
    if "automatic" in words.lower():
        found["automatic"] = "yes"
    length = FOR.search(words)
    if length:
        found["for"] = length_told(length)
    first = match.start() + len(match[0]) - len(match[0].lstrip())
    return found, Span(first, first + len(words))


def last_given(pairs: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]], who: Sequence[str]) -> str | None:
    """The step that is meant when something is not done: the last that those named have to do, else the last at all."""
    found: str | None = None
    own: str | None = None
    for row, pair in pairs.items():
        for side in ("give", "get"):
            steps = pair.get(side, ())
            for number, step in enumerate(steps, 1):
                id = f"{row}.{side}" + (f".{number}" if len(steps) > 1 else "")
                own = id if set(step["who"]) & set(who) else own
                found = id if side == "give" else found
    return own or found
