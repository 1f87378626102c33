"""The shared vocabulary of claims: what a document says, and where it says it.

A claim belongs to one document, keeps the exact spans that it came from, and has a confidence: the share of
such claims that we expect to be right. Claims are values: frozen, comparable, and turned into plain
dictionaries by `to_dict` and back by `from_dict`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, ClassVar, Literal, TypeVar, Union

import msgspec

from .document import Span

Status = Literal["done", "planned", "threatened", "denied", "hypothetical"]
Side = Literal["favour", "oppose", "neutral", "mixed"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Mind = Literal["statement", "belief", "intention", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """Who a phrase means: one argument of a claim, resolved as far as the text and the tables allow."""

    text: str
    span: Span | None = None
    """None only where the actor is understood from elsewhere (then `reason` says from where)."""
    id: str | None = None
    """Registry key: 'RUS', 'IAEA', 'WEST', 'RUS:foreign-ministry', 'person:sergei-lavrov', 'outlet:tass'."""
    name: str | None = None
    country: str | None = None
    """ISO 3166 alpha-3, or None for IGOs, collectives and the unknown."""
    code: str | None = None
    """CAMEO-style code: 'RUSGOV', 'IGOUNOIAE'."""
    role: str | None = None
    """PLOVER/CAMEO sector: GOV, MIL, OPP, REB, LEG, MED, IGO, NGO, ..."""
    person: str | None = None
    office: str | None = None
    body: str | None = None
    reason: str = ""
    confidence: float = 1.0

    @property
    def key(self) -> str:
        """What actors are compared by: the country, else the registry key of the body, else the words."""
        return self.country or self.id or self.name or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRef:
    """When: a TIMEX3 value ('2011-11-10', '2011-11', '2011-W46', 'PAST_REF'), and where it was said."""

    value: str
    span: Span | None = None
    reason: str = ""
    """'in the sentence', 'narrative clock', 'document date', 'same visit, later sentence', ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """Where: a resolved toponym. Coordinates are WGS 84 degrees."""

    name: str
    span: Span | None = None
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    reason: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What all claims share."""

    kind: ClassVar[str] = "claim"
    document: str
    """The id of the document."""
    span: Span
    """The whole evidence: a reader who sees these words sees why the claim is on record."""
    confidence: float = 0.5
    extractor: str = ""
    """Which part made it, with version: 'events/1'."""
    why: str = ""
    """One sentence for the reader: which construction, which table row."""

    @property
    def id(self) -> str:
        """16 hex digits: the same claim found again in the same place by the same rules has the same id."""
        cls: Any = type(self)
        return identity_of(self.kind, {name: getattr(self, name) for name in _field_names(cls)})


_NOT_IDENTITY = {"confidence", "extractor", "why"}
_COMPACT, _SORTED = msgspec.json.Encoder(), msgspec.json.Encoder(order="sorted")


def identity_of(kind: str, fields: dict[str, Any]) -> str:
    """What `Claim.id` gives, from the fields of a claim or from what `to_dict` made of them."""
    same = {"kind": kind, **{name: value for name, value in fields.items() if name not in _NOT_IDENTITY}}
    try:
        text = _SORTED.encode(same)
    except UnicodeEncodeError:  # lone surrogates, which JSON can only write as escapes
        text = json.dumps({name: to_dict(value) for name, value in same.items()}, sort_keys=True).encode()
    return hashlib.sha256(text).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """Who did what to whom, in the terms of PLOVER 2.0 and CAMEO."""

    kind: ClassVar[str] = "event"
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    goldstein: float | None = None
    actors: tuple[ActorRef, ...] = ()
    recipients: tuple[ActorRef, ...] = ()
    reciprocal: bool = False
    status: Status = "done"
    trigger: Span | None = None
    date: DateRef | None = None
    place: PlaceRef | None = None
    magnitude: str | None = None
    """What the text counts: '12 killed', '$50 million'."""
    according_to: tuple[ActorRef, ...] = ()
    """Who vouches for it, outermost first, where the text reports it as somebody's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Claim):
    """Who said, believes or wants what, in which words, through whom."""

    kind: ClassVar[str] = "attribution"
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    speakers: tuple[ActorRef, ...] = ()
    quote: QuoteKind = "indirect"
    mind: Mind = "statement"
    colour: str | None = None
    """What the cue adds: 'claims', 'admits', 'insists', 'denies'; None when it is neutral."""
    via: tuple[ActorRef, ...] = ()
    """The outlets or bodies that it passed through, nearest the speaker first."""
    addressees: tuple[ActorRef, ...] = ()
    parent: str | None = None
    """The id of the attribution inside whose content this one stands."""
    date: DateRef | None = None
    balanced: bool = True
    """False when a quotation mark of the content has no partner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(Claim):
    """Who takes which side on which topic."""

    kind: ClassVar[str] = "stance"
    holders: tuple[ActorRef, ...] = ()
    topic: str = ""
    """The topic as the text has it, cleaned of articles."""
    topic_span: Span | None = None
    issue: str = ""
    """The group of topics that it belongs to ('sanctions on IRN')."""
    side: Side = "neutral"
    strength: float = 0.5
    words: tuple[Span, ...] = ()
    """The words that show it."""
    conditional: bool = False
    basis: str | None = None
    """The id of the attribution or event in which it is taken."""
    date: DateRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Claim):
    """Something agreed between parties."""

    kind: ClassVar[str] = "agreement"
    name: str = ""
    parties: tuple[ActorRef, ...] = ()
    bodies: tuple[str, ...] = ()
    signatories: tuple[ActorRef, ...] = ()
    sectors: tuple[str, ...] = ()
    date: DateRef | None = None
    place: PlaceRef | None = None
    status: Status = "done"
    about: tuple[str, ...] = ()
    """The ids of attributions about it."""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a party stands on a plan, and the words that show it."""

    party: ActorRef
    side: Side
    evidence: Span
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody is to do under a plan, in the text's words."""

    span: Span
    by: tuple[ActorRef, ...] = ()
    """Who has to do it; () where the text does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of a plan as the text tells it: what is given and, where the text says so, what is got for it."""

    give: tuple[Promise, ...] = ()
    get: tuple[Promise, ...] = ()
    stage: int | None = None
    """The number of the stage or phase that the text puts it in, from 1; None where it names none."""
    tie: str = ""
    """The words that tie one to the other: 'in return', 'once', 'for every', 'then'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal(Claim):
    """A step-by-step plan that the text says somebody proposed."""

    kind: ClassVar[str] = "plan"
    name: str = ""
    proposed_by: tuple[ActorRef, ...] = ()
    announced_by: tuple[ActorRef, ...] = ()
    announced_on: DateRef | None = None
    parties: tuple[ActorRef, ...] = ()
    gives: tuple[Span, ...] = ()
    """What has to be done, in the text's words."""
    gets: tuple[Span, ...] = ()
    """What is given in return."""
    steps: tuple[PlanStep, ...] = ()
    """The same, each give beside what is got for it, in the order of the text."""
    mechanism: str = ""
    positions: tuple[Position, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention(Claim):
    """A phrase that means an actor; for persons with office, body and country where the text gives them."""

    kind: ClassVar[str] = "actor"
    actor: ActorRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Claim):
    """A time expression and its TIMEX3 value."""

    kind: ClassVar[str] = "date"
    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    value: str = ""
    mod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention(Claim):
    """A toponym and what it was resolved to."""

    kind: ClassVar[str] = "place"
    place: PlaceRef


KINDS: dict[str, type[Claim]] = {
    c.kind: c for c in (Event, Attribution, Stance, Agreement, PlanProposal, ActorMention, DateMention, PlaceMention)
}


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one reading of one document put on record."""

    document: str
    events: tuple[Event, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    stances: tuple[Stance, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    plans: tuple[PlanProposal, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()

    def __iter__(self) -> typing.Iterator[Claim]:
        for field in dataclasses.fields(self)[1:]:
            yield from getattr(self, field.name)

    def __len__(self) -> int:
        return sum(1 for _ in self)


# --- plain dictionaries, both ways ------------------------------------------------------------------------


def to_dict(value: Any) -> Any:
    """Plain lists, dictionaries, strings and numbers; a Span becomes [start, end]."""
    cls = type(value)
    if cls in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [to_dict(v) for v in value]
    if not dataclasses.is_dataclass(cls):
        return value
    return {name: to_dict(getattr(value, name)) for name in _field_names(cls)}


def to_json(claim: Claim) -> str:
    """What `to_dict` gives, as compact JSON."""
    try:
        return _COMPACT.encode(claim).decode()
    except UnicodeEncodeError:
        return json.dumps(to_dict(claim), separators=(",", ":"))


_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    """Kept a class, since a document has hundreds of claims."""
    return tuple(f.name for f in dataclasses.fields(cls))


T = TypeVar("T")


def from_dict(cls: type[T], data: dict[str, Any]) -> T:
    """The inverse of `to_dict` for one of the classes above. Unknown keys are ignored (newer files)."""
    readers = _readers(typing.cast(Any, cls))
    values = {}
    for name, value in data.items():
        if name in readers:
            read = readers[name]
            values[name] = value if read is None or value is None else read(value)
    return cls(**values)


@cache
def _readers(cls: type) -> dict[str, Callable[[Any], Any] | None]:
    """How each field of a class is made from its plain value; None for those that are plain themselves. Worked out
    once a class, since a page of a record has hundreds of such fields."""
    hints = typing.get_type_hints(cls)
    return {f.name: _reader(hints[f.name]) for f in dataclasses.fields(typing.cast(Any, cls))}


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        return _reader(next(a for a in typing.get_args(hint) if a is not type(None)))
    if origin is tuple:
        inner = _reader(typing.get_args(hint)[0])
        if inner is None:
            return tuple
        return lambda values: tuple([None if v is None else inner(v) for v in values])
    if hint is Span:
        return lambda value: Span(*value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return partial(from_dict, hint)
    return None
