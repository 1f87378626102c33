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

THRESHOLDS = {"plv": 0.5, "plover": 0.5, "cameo": 0.5, "cameo_root": 0.4, "acled": 0.4}
"""Events of less confidence are left out of a comparison with one-label sentences."""
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
            row["source_text"] = source.text if source else ""
            row["target_text"] = target.text if target else ""
            if row not in found:
                found.append(row)
    return found


def _pairs(event: Event) -> list[tuple[ActorRef | None, ActorRef | None]]:
    actors: tuple[ActorRef | None, ...] = event.actors or (None,)
    recipients: tuple[ActorRef | None, ...] = event.recipients or (None,)
    pairs = [(a, r) for a, r in product(actors, recipients) if a is None or r is None or a.key != r.key]
    if event.reciprocal:
        pairs += [(r, a) for a, r in pairs]
    return pairs or [(actors[0], None)]


def actor_code(ref: ActorRef | None) -> str:
    """The CAMEO-style code of an actor, '' where it was not resolved."""
    if ref is None:
        return ""
    return ref.code or (ref.country or "") + (ref.role or "")
