"""Events in the form of the scorer: which of them count, and under which name, in each annotation scheme.

The gold sets follow different manuals. What the manuals have in common: a reported intention is an event
(AGREE, THREATEN), a refusal is an event (REJECT), what is merely imagined or denied is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from ..claims import ActorRef, Event
from ..events.codebook import load_codebook
from ..events.homes import is_border_crossing

THRESHOLDS = {"plv": 0.5, "plover": 0.5, "cameo": 0.5, "cameo_root": 0.4, "acled": 0.4}
"""Events of less confidence are left out of a comparison with one-label sentences."""
DOMESTIC = frozenset({"03", "05", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"})
"""CAMEO roots whose events are domestic where only one country is named."""
FORCE = frozenset({"17", "18", "19", "20"})
"""Of these, an unnamed doer is at home where it happened: a bomb in Basra that kills foreign soldiers is of Iraq."""
SCHEME_OF = {"plover": "plover2018", "plv": "plv"}


def predictions_of(events: Iterable[Event], scheme: str, *, threshold: float | None = None) -> list[dict[str, str]]:
    """`{"source", "code", "target", "source_text", "target_text"}` for each pair of actors of each event."""
    book = load_codebook()
    least = THRESHOLDS.get(scheme, 0.4) if threshold is None else threshold
    kept = [e for e in events if e.confidence >= least and e.cameo and e.status not in {"hypothetical", "denied"}]
    kept.sort(key=lambda e: -e.confidence)
    statements = [e for e in kept if e.cameo and e.cameo[:2] == "01"]
    deeds = [e for e in kept if e not in statements]
    if scheme != "acled":
        deeds = [e for e in deeds if e.actors or e.recipients]
    if scheme == "cameo":
        kept = deeds or statements
    elif scheme == "cameo_root":
        kept = deeds + statements
    elif scheme == "acled":
        kept = deeds + [e for e in statements if e.cameo in {"015", "016"}]
    else:
        kept = deeds
    found: list[dict[str, str]] = []
    for event in kept:
        code = book.type_of(event.cameo or "", SCHEME_OF.get(scheme, "cameo"))
        if code is None:
            continue
        for source, target in _pairs(event):
            row: dict[str, Any] = {"source": actor_code(source), "code": code, "target": actor_code(target)}
            if event.cameo and event.cameo[:2] in DOMESTIC:
                row["source"], row["target"] = _at_home(row["source"], row["target"], source, target)
                if source is None and event.cameo[:2] in FORCE and event.place is not None and event.place.country:
                    row["source"] = event.place.country
            row["source_text"] = source.text if source else ""
            row["target_text"] = target.text if target else ""
            if row not in found:
                found.append(row)
    return found


def _pairs(event: Event) -> list[tuple[ActorRef | None, ActorRef | None]]:
    actors: tuple[ActorRef | None, ...] = event.actors or (None,)
    recipients: tuple[ActorRef | None, ...] = event.recipients or (None,)
    pairs = [(a, r) for a, r in product(actors, recipients) if a is None or r is None or not _same(a, r)]
    if event.reciprocal:
        pairs += [(r, a) for a, r in pairs if a is not None and r is not None]
    return pairs or [(actors[0], None)]


def _at_home(source: str, target: str, one: ActorRef | None, other: ActorRef | None) -> tuple[str, str]:
    """The gold sets give both sides a country: an unnamed or countryless side is at home with the other."""
    if one is not None and one.country and (other is None or not (other.country or is_body(other))):
        return source, one.country + (other.role or "" if other else "")
    if other is not None and other.country and (one is None or not (one.country or is_body(one))):
        return other.country + (one.role or "" if one else ""), target
    return source, target


def is_body(ref: ActorRef) -> bool:
    return ref.role in {"IGO", "NGO"} or (ref.code or "").startswith(("IGO", "NGO")) or is_border_crossing(ref)


def _same(one: ActorRef, other: ActorRef) -> bool:
    """One actor twice; a government and its own people are two."""
    return one.key == other.key and actor_code(one) == actor_code(other)


def actor_code(ref: ActorRef | None) -> str:
    """The CAMEO-style code of an actor, '' where it was not resolved."""
    if ref is None:
        return ""
    if is_border_crossing(ref):
        return "IMG" + (ref.role or "")  # CAMEO's international militant groups
    return ref.code or (ref.country or "") + (ref.role or "")
