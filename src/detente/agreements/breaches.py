"""What a text says will happen to those who do not keep a plan."""

from __future__ import annotations

import re

BROKEN = "if broken"
"""The tie of a step that says what happens to those who do not keep the plan."""
_BROKEN = (
    r"(?:fail(?:s|ed|ure)?|not|n['’]t|violat\w+|breach\w*|breaks?|broken?|reneg\w+|default\w*|non-?compliance|cheat\w*|flout\w*|"
    r"miss(?:es|ed)?|withdraws?|no (?:agreement|deal|progress|compliance))"
)
IF_BROKEN = re.compile(
    rf"(?P<give>\b(?:if|should|in case|in the event|failing)\b[^,;]*?\b{_BROKEN}\b[^,;]*),\s*(?P<get>[^;]+?)\W*$",
    re.I | re.S,
)
BROKEN_AFTER = re.compile(
    rf"(?P<get>[^;,]*\b(?:would|will|shall|can|could|may|are to|is to)\b[^;,]*?),?\s+"
    rf"(?P<give>(?:if|should|in case of|in the event of)\b[^;]*?\b{_BROKEN}\b[^;]*?)\W*$",
    re.I | re.S,
)
UNDONE = re.compile(
    r"(?P<give>\bif\b[^,;]*?\b(?:restart\w*|resum\w*|relaunch\w*|rebuil\w+|rearm\w*|return(?:s|ed)? to|stop\w*|halt\w*|ceas\w+)\b[^,;]*),\s*"
    r"(?P<get>[^;]*?\b(?:again|re-?impos\w+|reinstat\w+|restor\w+|revert\w*|snap\w* back|return\w*)\b[^;]*?)\W*$"
    r"|(?P<get2>[^;,]*\b(?:would|will|shall|must)\s+(?:cease|stop|halt|end|be (?:stopped|halted|suspended|cut off|withdrawn|reimposed|restored))\b[^;,]*?),?\s+"
    r"(?P<give2>if\b[^;]*?\b(?:restart\w*|resum\w*|relaunch\w*|rebuil\w+|rearm\w*|return(?:s|ed)? to|expel\w*)\b[^;]*?)\W*$",
    re.I | re.S,
)
"""One side undoes what it did, and the other does the same: 'if they stop withdrawing, the roads would be closed again'."""
RESTORED = re.compile(
    r"(?P<give>\b(?:if|should|in case|in the event)\b[^,;]*),\s*"
    r"(?P<get>[^;,]*?\b(?:would|will|shall|is to|are to) be (?:automatically )?(?:restored|re-?imposed|reinstated|revoked|rescinded|cancelled|canceled|voided)\b"
    r"[^;]*?)\W*$",
    re.I | re.S,
)
"""What was given is taken back: 'should A exceed the quota, the ban would be restored'."""
OTHERWISE = re.compile(r"(?:^|[;,]\s*)(?P<give>otherwise|if not|failing that)\b,?\s+(?P<get>[^;]+?)\W*$", re.I | re.S)
STOPPED = re.compile(
    r"(?P<give>\bif\b[^,;]*),\s*(?P<get>(?:(?:the|all|any|further|its|these)\s+)*(?:payments?|disbursements?|talks|aid|funds?|funding|transfers|"
    r"deliveries|loans?|tranches|programme|program|agreement|deal|ceasefire|truce|withdrawals?|relief|releases|subsidies)\b[^;,]*?"
    r"\b(?:would|will|shall|is to|are to) be (?:suspended|frozen|halted|stopped|cancelled|canceled|withheld|cut off|interrupted|broken off)\b[^;]*?)\W*$",
    re.I | re.S,
)
"""What is got under the plan stops: 'if the deficit exceeds five per cent, payments will be suspended'."""
MAY_BREAK = frozenset("if should case event otherwise failing".split())


def breach_in(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where a sentence says what counts as not keeping the plan, and what follows; None where it says neither."""
    match = (
        OTHERWISE.search(text)
        or IF_BROKEN.search(text)
        or BROKEN_AFTER.search(text)
        or UNDONE.search(text)
        or STOPPED.search(text)
        or RESTORED.search(text)
    )
    if match is None:
        return None
    give, get = ("give2", "get2") if match.re is UNDONE and match["give"] is None else ("give", "get")
    if match[get].lstrip().lower().startswith(("if ", "and if ")):
        return None
    return match.span(give), match.span(get)
