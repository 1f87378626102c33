"""Which places a document names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from ..claims import PlaceMention, PlaceRef
from ..document import Span
from ..language import Parse
from .contested import View, country_of
from .event_place import place_of_event
from .gazetteer import Candidate, Gazetteer, Place, default_gazetteer
from .mentions import Found, Kind, find_mentions
from .metonyms import may_stand_for_government
from .resolve import Resolved, resolve

EXTRACTOR = "places/1"


@dataclass
class Where:
    """The places of one parse, found once and asked by token."""

    parse: Parse
    mentions: tuple[PlaceMention, ...] = ()
    by_token: dict[int, PlaceMention] = field(default_factory=dict)
    view: View = "code"

    def at(self, token: Token) -> PlaceMention | None:
        """The place that `token` is part of, if any."""
        return self.by_token.get(token.i)

    def place_of(self, token: Token) -> PlaceRef | None:
        """Where what the verb or noun `token` tells took place: by its own words, else by the dateline.

        The dateline counts for the first sentences of a report only, and `reason` says so.
        """
        return place_of_event(token, self.by_token, self.dateline)

    @property
    def dateline(self) -> PlaceRef | None:
        """The place of the document's dateline, resolved."""
        name = self.parse.document.dateline_place
        if not name:
            return None
        for mention in self.mentions:
            if mention.span.of(self.parse.document.text).casefold() == name.casefold():
                return mention.place
        candidates = default_gazetteer().candidates(name)
        date = self.parse.document.reference_date
        place = candidates[0].place if candidates else None
        return _ref_of(place, "in the dateline", 0.6, view=self.view, date=date) if place else None


def find_places(
    parse: Parse,
    who: object = None,
    *,
    view: View = "code",
    gazetteer: Gazetteer | None = None,
    spans: Sequence[Span] | None = None,
) -> Where:
    """Finds and resolves the toponyms of `parse`, or resolves those at `spans`.

    `view` says whose map counts for contested places: 'code' (the default), 'un', 'de-facto', or an ISO alpha-3 code
    for that state's own claims (see `contested.py`). Demonyms before nouns are toponyms too; their reason begins with 'demonym'.
    """
    gazetteer = gazetteer or default_gazetteer()
    doc = parse.doc
    found = find_mentions(doc, gazetteer, parse.grid) if spans is None else given_mentions(doc, spans, gazetteer)
    where = Where(parse, view=view)
    resolved = resolve(doc, found, gazetteer, dateline=parse.document.dateline_place)
    where.mentions = tuple(_mention(parse, r, gazetteer, view) for r in resolved)
    for result, mention in zip(resolved, where.mentions, strict=True):
        for i in range(result.found.start, result.found.end):
            where.by_token[i] = mention
    return where


def given_mentions(doc: Doc, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Found]:
    """The mentions at `spans`, for those who know where the toponyms are and ask what they mean."""
    found, source = [], doc.text
    for span in sorted(spans):
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None:
            continue
        text = span.of(source)
        demonym = gazetteer.demonym(text)
        if demonym and not source.startswith(",", span.end):  # 'Canadian, Texas' is a town
            kind: Kind = "demonym"
            candidates: tuple[Candidate, ...] = (Candidate(demonym.place),)
        else:
            candidates = gazetteer.candidates(text)
            kind = "name" if candidates else "unknown"
        found.append(Found(tokens.start, tokens.end, text, kind, candidates, offset=span.start))
    return found


def _mention(parse: Parse, resolved: Resolved, gazetteer: Gazetteer, view: View) -> PlaceMention:
    found = resolved.found
    span = Span(found.offset, found.offset + len(found.text))
    ref = _ref(resolved, span, gazetteer, view, parse.document.reference_date)
    why = ref.reason
    if may_stand_for_government(parse.doc, found, resolved.place):
        why += "; here it may stand for its government"
    return PlaceMention(
        document=parse.document.id,
        span=span,
        place=ref,
        confidence=ref.confidence,
        extractor=EXTRACTOR,
        why=why,
    )


def _ref(resolved: Resolved, span: Span, gazetteer: Gazetteer, view: View, date: str | None) -> PlaceRef:
    place = resolved.place
    if place is None:
        state = gazetteer.admin1(resolved.country, resolved.admin1)
        return PlaceRef(
            name=resolved.found.text,
            span=span,
            country=gazetteer.iso3(resolved.country),
            admin1=state.name if state else None,
            lat=resolved.lat,
            lon=resolved.lon,
            reason=resolved.reason,
            confidence=resolved.confidence,
        )
    ref = _ref_of(place, resolved.reason, resolved.confidence, gazetteer, view=view, date=date)
    return replace(ref, span=span, name=_readable(resolved.found.text, place))


def _readable(text: str, place: Place) -> str:
    """The name of a town as the document spells it ('Jenin', not 'Janīn'), of other places the gazetteer's."""
    return text if place.feature.startswith("PPL") and text.isascii() and not text.isupper() else place.name


def _ref_of(
    place: Place,
    reason: str,
    confidence: float,
    gazetteer: Gazetteer | None = None,
    *,
    view: View,
    date: str | None,
) -> PlaceRef:
    gazetteer = gazetteer or default_gazetteer()
    country, dispute = country_of(place, gazetteer.iso3(place.country), view, date)
    state = gazetteer.admin1(place.country, place.admin1) if place.admin1 else None
    return PlaceRef(
        name=place.name,
        country=country,
        admin1=state.name if state else None,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        reason=f"{reason}; {dispute}" if dispute else reason,
        confidence=confidence,
    )
