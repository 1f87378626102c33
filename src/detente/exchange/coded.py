"""One coded event between two sides, whoever coded it: what the formats of event data have in common.

A claim of ours may have several actors and recipients; the formats have one of each a row. `coded_rows` turns claims
into rows, every format turns such rows into its own columns, and what comes in from others becomes such rows again.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations, product
from typing import Any

from ..claims import ActorRef, Event
from ..record import Entry, Record
from .sides import codes_by_organisation

INTENDED = {"THREATEN": frozenset({"planned", "threatened"}), "AGREE": frozenset({"planned"})}
"""Types that are themselves the saying of what is to come: a promise is made and a threat is uttered now."""


def stands(type: str, status: str) -> bool:
    """Whether event data would tell it: it was done, or it is a promise or a threat that was made."""
    return status == "done" or status in INTENDED.get(type, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who did it, or to whom. '' where it is not known."""

    key: str = ""
    """What sides are compared by: the country, else a registry key, else the name."""
    name: str = ""
    code: str = ""
    """CAMEO-style: 'RUSGOV', 'IGOUNO'."""
    country: str = ""
    """ISO 3166 alpha-3."""
    sectors: tuple[str, ...] = ()
    title: str = ""
    raw: str = ""
    """The words of the text."""
    offset: int = -1
    """Where they stand in the text, in code points."""


NOBODY = Side()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One event between two sides. '' and None where it is not known."""

    id: str = ""
    day: str = ""
    """YYYY-MM-DD: the first day that the date may mean, else the document's."""
    last_day: str = ""
    source: Side = NOBODY
    target: Side = NOBODY
    type: str = ""
    """PLOVER."""
    mode: str = ""
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    quad: int | None = None
    """By PLOVER type."""
    goldstein: float | None = None
    status: str = "done"
    magnitude: str = ""
    place: str = ""
    raw_place: str = ""
    admin1: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    text: str = ""
    document: str = ""
    start: int = -1
    """Of the evidence in the document's text, in code points."""
    sentence: int | None = None
    """From 1."""
    lead: bool = False
    """Whether it stands in the first paragraph."""
    length: int | None = None
    """Of the document, in code points."""
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""
    added: str = ""
    """When the document came on record, ISO 8601, UTC."""
    language: str = ""
    claims: int = 1
    documents: int = 1
    outlets: int = 1
    confidence: float | None = None
    extractor: str = ""


def number_of(id: str) -> int:
    """An id as the number that GDELT and ICEWS want: the first 13 of its hex digits, or of a hash of it. So many fit
    into the 53 bits that R and JavaScript keep of a whole number; a million events share one with odds of 1 to 9,000."""
    digits = id if re.fullmatch(r"[0-9a-f]{16}", id) else hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()
    return int(digits[:13], 16)


# --- from the record --------------------------------------------------------------------------------------


def coded_rows(record: Record, entries: Iterable[Entry]) -> Iterator[Coded]:
    """A row for each pair of sides of each event that stands; no format of event data can tell the others from what
    happened."""
    papers = Papers(record)
    for entry in entries:
        if isinstance(entry.claim, Event) and stands(entry.claim.type, entry.claim.status):
            yield from _rows_of(entry, entry.claim, papers.of(entry.document))


def dyads(event: Event) -> list[tuple[ActorRef | None, ActorRef | None]]:
    """(actor, recipient) for every pair of an event: both ways where it is reciprocal, among the actors where those
    did it together, and one side alone where there is no other."""
    pairs: list[tuple[ActorRef | None, ActorRef | None]] = []
    pairs += [(a, r) for a, r in product(event.actors, event.recipients) if a.key != r.key]
    if event.reciprocal:
        pairs += [(r, a) for a, r in pairs]
    if not event.recipients or (event.reciprocal and len(event.actors) > 1):
        pairs += [(a, b) for a, b in permutations(event.actors, 2) if a.key != b.key]
    if not pairs:
        pairs = [(a, None) for a in event.actors] or [(None, r) for r in event.recipients]
    return list(dict.fromkeys(pairs))


def _rows_of(entry: Entry, event: Event, paper: Paper) -> Iterator[Coded]:
    place = event.place
    sentence = paper.sentence(event.span.start)
    for n, (source, target) in enumerate(dyads(event), 1):
        yield Coded(
            id=entry.id if n == 1 else f"{entry.id}-{n}",
            day=entry.day,
            last_day=entry.day,
            source=_side(source),
            target=_side(target),
            type=event.type,
            mode=event.mode or "",
            contexts=event.contexts,
            cameo=event.cameo or "",
            quad=event.quad,
            goldstein=event.goldstein,
            status=event.status,
            magnitude=event.magnitude or "",
            place=place.name if place else "",
            raw_place=paper.words(place.span.start, place.span.end) if place and place.span else "",
            admin1=(place.admin1 or "") if place else "",
            country=(place.country or "") if place else "",
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            geonameid=place.geonameid if place else None,
            text=entry.text,
            document=entry.document,
            start=(event.trigger or event.span).start,
            sentence=sentence,
            lead=paper.in_lead(event.span.start),
            length=len(paper.text),
            title=entry.title or "",
            outlet=entry.outlet or "",
            published=entry.published or "",
            url=paper.url or entry.source,
            added=paper.added,
            language=paper.language,
            claims=entry.claims,
            documents=entry.documents,
            outlets=entry.outlets,
            confidence=round(event.confidence, 3),
            extractor=event.extractor,
        )


def _side(ref: ActorRef | None) -> Side:
    if ref is None:
        return NOBODY
    return Side(
        key=ref.key,
        name=ref.person or ref.name or ref.text,
        code=_code(ref),
        country=ref.country or "",
        sectors=(ref.role,) if ref.role else (),
        title=ref.office or "",
        raw=ref.text,
        offset=ref.span.start if ref.span else -1,
    )


def _code(ref: ActorRef) -> str:
    """The actor's code; that of the organisation for those who speak for one and have only its kind ('IGO')."""
    code = ref.code or (ref.country or "") + (ref.role or "")
    return codes_by_organisation().get(ref.key, code) if len(code) <= 3 else code


_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W\d_a-z])|\n\s*\n")


_LEAD = re.compile(r"[.!?][\"'”’)\]]*[ \t]*\n\s*\n")


@dataclass(slots=True)
class Paper:
    """What an exported row says of its document. Sentences are counted by punctuation, not by the parser."""

    text: str
    url: str
    added: str
    language: str
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [0, *(m.end() for m in _SENTENCE_END.finditer(self.text))]

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset, from 1."""
        return bisect_right(self.starts, offset)

    def in_lead(self, offset: int) -> bool:
        """Whether an offset stands in the first paragraph that ends like one: headlines and datelines do not."""
        lead = _LEAD.search(self.text)
        return lead is None or offset < lead.end()

    def words(self, start: int, end: int) -> str:
        return self.text[start:end]


class Papers:
    """The documents that rows come from, the last few hundred kept at hand."""

    def __init__(self, record: Record, most: int = 256) -> None:
        self._store = record.store
        self._most = most
        self._kept: OrderedDict[str, Paper] = OrderedDict()

    def of(self, id: str) -> Paper:
        if id in self._kept:
            self._kept.move_to_end(id)
            return self._kept[id]
        row: Any = self._store.row(
            "SELECT d.text, d.url, d.language, ifnull((SELECT min(s.at) FROM sources s WHERE s.document = d.n), '') AS added "
            "FROM documents d WHERE d.id = ?",
            (id,),
        )
        paper = Paper(row["text"], row["url"] or "", row["added"], row["language"]) if row else Paper("", "", "", "")
        self._kept[id] = paper
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return paper
