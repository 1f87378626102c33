"""Claims of a record, in the few words that a plan needs: who says, of whom, what, when, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..claims import ActorRef, Agreement, Attribution, Claim, Event, PlanProposal, Stance
from ..document import Document, Span
from .days import parse_day
from .naming import actor_id

if TYPE_CHECKING:
    from ..record import Record

KINDS_USED = ("event", "attribution", "stance", "agreement", "plan")
_SIDES = {"favour": "supports", "oppose": "rejected", "neutral": "neutral", "mixed": "neutral"}
_STATUSES = {"done": "done", "denied": "not done"}


_NOT = re.compile(r"\b(?:not|never|refus\w+|fail(?:s|ed|ing)? to|declin\w+|unable|no longer|yet to)\b|n['’]t\b", re.I)
"""An event of not doing: 'refused to lift its sanctions' says of the lifting that it was not done."""


class Testimony(Protocol):
    """Anything that yields claims with the documents that they stand in."""

    def __iter__(self) -> Iterator[tuple[Document, Claim]]: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim of the record as a plan sees it."""

    id: str
    date: str
    """The day of the document: from then on the claim is known."""
    since: str
    """The day that the claim speaks of; '' where it gives none."""
    by: tuple[str, ...]
    """Keys of those who say it; the outlet where it is the outlet's own word."""
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    kind: str
    types: tuple[str, ...]
    topic: str
    words: str
    says: str
    """What it says, in the vocabulary of plans: 'done', 'not done', 'supports', 'rejected', ...; '' where it says
    neither."""
    document: str
    span: Span
    source: str
    confidence: float


def evidence(testimony: Testimony) -> Iterator[Evidence]:
    """The claims that can speak of a plan. A plan proposal gives one piece of evidence a position."""
    for document, claim in testimony:
        if isinstance(claim, Event):
            yield _of_event(document, claim)
        elif isinstance(claim, Attribution):
            words = " ".join(s.of(document.text) for s in claim.content) or claim.span.of(document.text)
            date = claim.date.value if claim.date else ""
            yield _made(document, claim, _keys(claim.speakers), (), (), (), words, words, "", date)
        elif isinstance(claim, Stance):
            date = claim.date.value if claim.date else ""
            holders = _keys(claim.holders)
            yield _made(
                document,
                claim,
                holders,
                holders,
                (),
                (),
                f"{claim.topic} {claim.issue}".strip(),
                "",
                _SIDES[claim.side],
                date,
            )
        elif isinstance(claim, Agreement):
            date = claim.date.value if claim.date else ""
            parties = _keys(claim.parties)
            yield _made(
                document, claim, parties, parties, parties, (), claim.name, "", _STATUSES.get(claim.status, ""), date
            )
        elif isinstance(claim, PlanProposal):
            proposers = _keys(claim.proposed_by)
            for position in claim.positions:
                by = (actor_id(position.party),)
                yield _made(
                    document,
                    claim,
                    by,
                    by,
                    (),
                    (),
                    claim.name,
                    position.evidence.of(document.text),
                    "proposed" if by[0] in proposers and position.side == "favour" else _SIDES[position.side],
                    "",
                )


def _of_event(document: Document, claim: Event) -> Evidence:
    types = tuple(t for t in (claim.type, claim.mode, claim.cameo) if t)
    by = _keys(claim.according_to) or (_outlet(document),)
    date = claim.date.value if claim.date else ""
    words = claim.span.of(document.text)
    says = _STATUSES.get(claim.status, "")
    says = "not done" if says == "done" and _NOT.search(words) else says
    return _made(document, claim, by, _keys(claim.actors), _keys(claim.recipients), types, words, words, says, date)


def _made(
    document: Document,
    claim: Claim,
    by: tuple[str, ...],
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    types: tuple[str, ...],
    topic: str,
    words: str,
    says: str,
    date: str,
) -> Evidence:
    known = document.reference_date or _whole(date) or "0001-01-01"
    return Evidence(
        id=claim.id,
        date=known,
        since=_whole(date),
        by=by or (_outlet(document),),
        actors=actors,
        recipients=recipients,
        kind=claim.kind,
        types=types,
        topic=topic,
        words=words or claim.span.of(document.text),
        says=says,
        document=document.id,
        span=claim.span,
        source=document.source,
        confidence=claim.confidence,
    )


def _keys(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor_id(ref) for ref in refs))


def _outlet(document: Document) -> str:
    return "outlet:" + (re.sub(r"\W+", "-", (document.outlet or "unknown").lower()).strip("-") or "unknown")


def _whole(date: str) -> str:
    try:
        parse_day(date)
    except ValueError:
        return ""
    return date


def from_record(
    path: str | Path, kinds: Sequence[str] = KINDS_USED, *, about: Sequence[str] = (), most: int = 0
) -> Iterator[tuple[Document, Claim]]:
    """The live claims of a record that can speak of a plan. Raises RecordError when it cannot be opened.

    With `about` (keys of actors), only those of the `most` documents that name the most of these actors, later ones
    first: what a page can read of a large record.
    """
    from ..record import Record

    with Record(path, create=False) as record:
        names = naming(record, about, kinds, most) if about else [line.id for line in record.documents()]
        for name in names:
            entries = record.claims_in(name, kinds=kinds)
            if entries:
                document = record.document(name)
                yield from ((document, entry.claim) for entry in entries)


def naming(record: Record, about: Sequence[str], kinds: Sequence[str], most: int) -> list[str]:
    """The ids of the documents whose claims name the most of the actors `about`."""
    actors, sorts = ",".join("?" * len(about)), ",".join("?" * len(kinds))
    rows = record.store.rows(
        "SELECT d.id FROM (SELECT c.document AS n, count(DISTINCT p.key) AS named, max(p.day) AS day "
        f"FROM claim_actors p JOIN claims c ON c.n = p.claim WHERE p.key IN ({actors}) AND p.kind IN ({sorts}) "
        "GROUP BY c.document) AS x JOIN documents d ON d.n = x.n ORDER BY x.named DESC, x.day DESC, d.n LIMIT ?",
        [*about, *kinds, most],
    )
    return [row[0] for row in rows]
