"""Who is told to verify a plan: named bodies that stand with a word of inspection as those who inspect, and bodies
without a name ('a joint centre is to inspect all vessels', 'as verified by the commission')."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from ..claims import ActorRef
from .naming import is_body, slug
from .wording import INSPECTION

NOUNS = (
    r"(?:centre|center|commission|committee|mission|monitors?|observers?|inspectors?|surveyors?|peacekeepers?|experts?|auditors?|"
    r"team|panel|board|body|agency|secretariat|tribunal)"
)
NAME = rf"(?:[a-z][\w'-]*\s+){{0,3}}?{NOUNS}"
_MODAL = r"(?:(?:is|are) to|will|would|shall|must|has|have|can)"
_VERBS = r"(?:inspect|verif|monitor|certif|supervis|confirm|attest|observ|overs|audit|check|report)\w*"
ACTIVE = re.compile(
    rf"\b(?:An?|The|Its|Their)\s+(?P<body>{NAME})\b(?:\s+(?!{_MODAL}\b)[^\s,;.]+){{0,7}}?\s+{_MODAL}\s+(?:\w+\s+)?{_VERBS}",
    re.I,
)
PASSIVE = re.compile(rf"\b{_VERBS}\s+(?:\w+\s+)?by\s+(?:an?|the|its|their)\s+(?P<body>{NAME})\b", re.I)
CONFIRMING = re.compile(
    rf"\b(?:once|after|when|until|unless|as soon as)\s+(?:an?|the|its|their)\s+(?P<body>{NAME})\s+(?:has\s+|have\s+)?"
    r"(?:verif|certif|confirm|attest)\w*\s+(?:that|it|this|compliance|completion)\b",
    re.I,
)
BETWEEN = re.compile(
    r"\s+(?:by|of|from|through)\s+(?:(?:the\s+)?[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*(?:,\s+and|,|\s+and)\s+){0,4}"
    r"(?:(?:the|an?|its|experts|inspectors|observers|monitors|officials|staff|teams?|mission|of|from)\s+){0,4}$"
)
"""What may stand between a word of inspection and the one who inspects: 'verified by inspectors of the'."""


def named_checkers(text: str, people: Mapping[str, ActorRef], proposers: Set[str]) -> tuple[str, ...]:
    """The international bodies that the text has inspecting."""
    bodies = {id: {r.text, r.name or r.text} for id, r in people.items() if is_body(r) and id not in proposers}
    sentences = [s for s in re.split(r"(?<=[.;])\s", text) if INSPECTION.search(s)]
    return tuple(id for id, names in bodies.items() if any(inspects(n, s) for n in names for s in sentences))


def inspects(name: str, sentence: str) -> bool:
    """Whether the one named inspects: before the word as its subject, or after it behind 'by' or 'of'."""
    for place in re.finditer(rf"\b{re.escape(name)}\b", sentence):
        for word in INSPECTION.finditer(sentence):
            if place.end() <= word.start():
                between = sentence[place.end() : word.start()]
                if len(between) <= 45 and not re.search(r"[,;:]|\b(?:from|against|to|with|that|which)\b", between):
                    return True
            elif BETWEEN.match(sentence[word.end() : place.start()]):
                return True
    return False


def nameless_checkers(text: str, whole: str) -> Iterator[ActorRef]:
    """The bodies without a name that the text has inspecting, one for each noun; `whole` tells what they are called."""
    seen: set[str] = set()
    for pattern in (ACTIVE, PASSIVE, CONFIRMING):
        for match in pattern.finditer(text):
            noun = match["body"].split()[-1].lower()
            if noun not in seen:
                seen.add(noun)
                yield body_called(match["body"], whole)


def body_called(words: str, whole: str) -> ActorRef:
    """A body by its own words and, where the text says it once, what it is of: 'commission of surveyors'."""
    noun = words.split()[-1]
    full = _introduced(noun).search(whole) or _named(noun).search(whole)
    name = " ".join((full["name"] if full and len(full["name"]) > len(words) else words).split())
    return ActorRef(text=words, name=name, id=f"org:{slug(words)}", role="IGO", reason="a body without a name")


@cache
def _named(noun: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:[Aa]n?|[Tt]he)\s+(?P<name>(?:[A-Z][\w.-]*\s+){{1,4}}{re.escape(noun)})\b")


@cache
def _introduced(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:an?|the)\s+(?P<name>(?:[a-z][\w'-]*\s+){{0,3}}?{re.escape(noun)}\s+(?:of|from|in|headed by|led by)\s+[^,;.]{{2,50}}?)"
        rf"(?=\s+(?:{_MODAL}|was|were|is|are|to|who|that|which)\b|[,;.])",
        re.I,
    )


def body_at(words: str, bodies: Iterable[ActorRef]) -> ActorRef | None:
    """The nameless body that opens the words: 'the commission has certified'."""
    opening = re.match(rf"(?:an?|the|its|their)?\s*(?P<body>{NAME})\b", words, re.I)
    if opening is None:
        return None
    noun = opening["body"].split()[-1].lower()
    return next((b for b in bodies if b.text.split()[-1].lower() == noun), None)
