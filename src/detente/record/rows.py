"""Claims as rows: the columns that filters need, and who plays which part."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..claims import (
    ActorMention,
    ActorRef,
    Agreement,
    Attribution,
    Claim,
    DateMention,
    DateRef,
    Event,
    PlaceMention,
    PlaceRef,
    PlanProposal,
    Stance,
    to_json,
)
from ..document import Document
from .days import days_of

_WORD = re.compile(r"\w+")
LONGEST = 300
"""Characters of what claims are found by. What is longer is no name but rubbish that a page holds, and a server could
not index it; the claim itself keeps it all."""

PARTS: dict[str, dict[str, str]] = {
    "event": {"actors": "actor", "recipients": "recipient", "according_to": "according_to"},
    "attribution": {"speakers": "speaker", "via": "via", "addressees": "addressee"},
    "stance": {"holders": "holder"},
    "agreement": {"parties": "party", "signatories": "signatory"},
    "plan": {"proposed_by": "proposed_by", "announced_by": "announced_by", "parties": "party"},
    "actor": {"actor": "mention"},
}
"""Which field of which kind of claim gives which part in `claim_actors`."""


@dataclass(slots=True)
class ClaimRow:
    """One claim, ready for the table `claims` and those that hang on it."""

    columns: dict[str, Any]
    actors: list[tuple[str, int, ActorRef]] = field(default_factory=list)
    """(part, position, actor)"""
    pairs: set[tuple[str, str]] = field(default_factory=set)
    """(source key, target key); '' where one is missing."""
    words: str = ""
    """The evidence of what can be looked for by its words: events and statements."""


def row_of(claim: Claim, document: Document) -> ClaimRow:
    """The row of one claim. `document` gives the words, and the day where the claim has none."""
    columns: dict[str, Any] = {
        "id": claim.id,
        "kind": claim.kind,
        "start": claim.span.start,
        "stop": claim.span.end,
        "confidence": float(claim.confidence),
        "extractor": claim.extractor,
        "payload": to_json(claim),
        **_columns_of(claim, document),
    }
    for name in ("type", "issue", "place"):
        if len(columns.get(name) or "") > LONGEST:
            columns[name] = columns[name][:LONGEST]
    return ClaimRow(
        columns,
        list(_actors_of(claim)),
        _pairs_of(claim) if isinstance(claim, Event) else set(),
        claim.span.of(document.text) if isinstance(claim, Event | Attribution) else "",
    )


def key_of(ref: ActorRef) -> str:
    """What actors are compared by on record."""
    return ref.key[:LONGEST]


def fold(text: str) -> str:
    """Lower case without accents or punctuation, single spaces: for looking names up and comparing words."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.casefold()))


def fold_names(*names: str | None) -> str:
    """Every name of an actor, folded and fenced by '|'."""
    folded = dict.fromkeys(fold(n) for n in names if n)
    return "|" + "|".join(n for n in folded if n) + "|"


def _columns_of(claim: Claim, document: Document) -> dict[str, Any]:
    match claim:
        case Event():
            return {
                **_when(claim.date, document),
                **_where(claim.place),
                "type": claim.type,
                "mode": claim.mode,
                "cameo": claim.cameo,
                "quad": claim.quad,
                "goldstein": claim.goldstein,
                "status": claim.status,
            }
        case Attribution():
            words = " ".join(s.of(document.text) for s in claim.content)
            return {
                **_when(claim.date, document),
                "type": claim.quote,
                "mode": claim.mind,
                "fingerprint": _print("said", words, [a.key for a in claim.speakers], at_least=4),
            }
        case Stance():
            who = [a.key for a in claim.holders]
            return {
                **_when(claim.date, document),
                "issue": claim.issue or claim.topic,
                "side": claim.side,
                "fingerprint": _print(f"{claim.issue}|{claim.side}", claim.span.of(document.text), who, at_least=4),
            }
        case Agreement():
            parties = [a.key for a in claim.parties]
            day = claim.date.value if claim.date and len(claim.date.value) >= 10 else ""
            same = (
                f"agreed on {day} {' '.join(claim.sectors)}"
                if day and len(parties) > 1
                else claim.span.of(document.text)
            )
            return {
                **_when(claim.date, document),
                **_where(claim.place),
                "type": claim.name or None,
                "status": claim.status,
                "fingerprint": _print("agreement", same, parties, at_least=2),
            }
        case PlanProposal():
            by = [a.key for a in claim.proposed_by]
            return {
                **_when(claim.announced_on, document),
                "type": claim.name or None,
                "fingerprint": _print("plan", claim.name or claim.span.of(document.text), by, at_least=2),
            }
        case DateMention():
            return {**_when(DateRef(value=claim.value), document), "type": claim.type}
        case PlaceMention():
            return {**_when(None, document), **_where(claim.place)}
    return _when(None, document)


def _when(date: DateRef | None, document: Document) -> dict[str, Any]:
    days = days_of(date.value) if date else None
    first, last = days or days_of(document.reference_date) or ("", "")
    return {"date": date.value if date else None, "day": first, "last_day": last}


def _where(place: PlaceRef | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {"place": place.name, "country": place.country, "lat": place.lat, "lon": place.lon}


def _print(what: str, words: str, who: list[str], *, at_least: int) -> str | None:
    """A hash that is equal where the same people say the same in the same words; None for too few words."""
    folded = fold(words)
    if folded.count(" ") + 1 < at_least:
        return None
    return hashlib.sha256(f"{what}|{'|'.join(sorted(who))}|{folded}".encode()).hexdigest()[:16]


def _actors_of(claim: Claim) -> Iterator[tuple[str, int, ActorRef]]:
    if isinstance(claim, ActorMention):
        yield "mention", 0, claim.actor
        return
    for name, part in PARTS.get(claim.kind, {}).items():
        for position, ref in enumerate(getattr(claim, name)):
            yield part, position, ref


def _pairs_of(event: Event) -> set[tuple[str, str]]:
    sources = [key_of(a) for a in event.actors] or [""]
    targets = [key_of(a) for a in event.recipients] or [""]
    pairs = {(s, t) for s in sources for t in targets if (s or t) and s != t}
    if event.reciprocal or not event.recipients:
        pairs |= {(s, t) for s in sources for t in sources if s != t}
    if event.reciprocal:
        pairs |= {(t, s) for s, t in pairs if s and t}
    if not pairs:
        pairs = {(s, "") for s in sources if s}
    real = {(s, t) for s, t in pairs if s and t}
    return real or pairs
