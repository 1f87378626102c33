"""PLOVER events as JSON Lines: one event a line with all its actors and recipients, its place, dates and evidence.

PLOVER has a manual and no fixed JSON; this follows the names that its coders use (event_type, event_mode, contexts,
ACTOR, RECIP, LOC, DATE) and adds where each was read. It holds the whole claim, so it reads back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..claims import ActorRef, DateRef, Event, PlaceRef
from ..document import Span
from ..record import Entry, Record, Table
from .delimited import Row, Style, read_table


def write_events(record: Record, table: Table[Any], out: IO[bytes]) -> int:
    """The events of a table, one JSON object a line. Returns the number of events; other claims are passed over."""
    n = 0
    for entry in table:
        if isinstance(entry.claim, Event):
            n += 1
            out.write(json.dumps(event_json(entry), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return n


def event_json(entry: Entry) -> dict[str, Any]:
    """One event on record as PLOVER JSON."""
    event = entry.claim
    assert isinstance(event, Event)
    return {
        "id": entry.id,
        "event_type": event.type,
        "event_mode": event.mode,
        "contexts": list(event.contexts),
        "event_date": entry.day or None,
        "status": event.status,
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "reciprocal": event.reciprocal,
        "magnitude": event.magnitude,
        "attributes": {
            "ACTOR": [_actor(a) for a in event.actors],
            "RECIP": [_actor(a) for a in event.recipients],
            "SOURCE": [_actor(a) for a in event.according_to],
            "LOC": _place(event.place) if event.place else None,
            "DATE": {"value": event.date.value, "span": _span(event.date.span), "why": event.date.reason}
            if event.date
            else None,
        },
        "text": entry.text,
        "evidence": {"document": event.document, "span": _span(event.span), "trigger": _span(event.trigger)},
        "publication": {
            "title": entry.title,
            "outlet": entry.outlet,
            "published": entry.published,
            "source": entry.source,
        },
        "confidence": event.confidence,
        "coder": event.extractor,
        "why": event.why,
        "corroboration": {"documents": entry.documents, "outlets": entry.outlets, "state": entry.state},
    }


def event_from(value: dict[str, Any]) -> Event:
    """The event of what `event_json` gives. Raises ValueError where it is none."""
    try:
        attributes, evidence = value["attributes"], value["evidence"]
        date, place = attributes["DATE"], attributes["LOC"]
        span = _span_of(evidence["span"])
        if span is None:
            raise ValueError("no span")
        return Event(
            document=evidence["document"],
            span=span,
            trigger=_span_of(evidence["trigger"]),
            type=value["event_type"],
            mode=value["event_mode"],
            contexts=tuple(value["contexts"]),
            cameo=value["cameo"],
            quad=value["quad"],
            goldstein=value["goldstein"],
            actors=tuple(map(_actor_of, attributes["ACTOR"])),
            recipients=tuple(map(_actor_of, attributes["RECIP"])),
            according_to=tuple(map(_actor_of, attributes["SOURCE"])),
            reciprocal=value["reciprocal"],
            status=value["status"],
            date=DateRef(value=date["value"], span=_span_of(date["span"]), reason=date["why"]) if date else None,
            place=_place_of(place) if place else None,
            magnitude=value["magnitude"],
            confidence=value["confidence"],
            extractor=value["coder"],
            why=value["why"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an event: {error!r}") from error


def read_events(path: str | Path) -> Iterator[tuple[Row, Event | None, str]]:
    """(line, event, why there is none) of each line of a file. Raises UsageError where it cannot be opened."""
    for row in read_table(path, Style(separator="\0")):
        try:
            yield row, event_from(json.loads(row.cells[0])), ""
        except (ValueError, IndexError) as error:
            yield row, None, row.problem or str(error)


def _actor(ref: ActorRef) -> dict[str, Any]:
    return {
        "text": ref.text,
        "span": _span(ref.span),
        "name": ref.name,
        "id": ref.id,
        "country": ref.country,
        "code": ref.code,
        "sector": ref.role,
        "person": ref.person,
        "office": ref.office,
        "body": ref.body,
        "why": ref.reason,
        "confidence": ref.confidence,
    }


def _actor_of(value: dict[str, Any]) -> ActorRef:
    names = ("text", "name", "id", "country", "code", "person", "office", "body", "confidence")
    return ActorRef(
        **{name: value[name] for name in names},
        span=_span_of(value["span"]),
        role=value["sector"],
        reason=value["why"],
    )


def _place(ref: PlaceRef) -> dict[str, Any]:
    names = ("name", "country", "admin1", "geonameid", "lat", "lon", "confidence")
    return {**{name: getattr(ref, name) for name in names}, "span": _span(ref.span), "why": ref.reason}


def _place_of(value: dict[str, Any]) -> PlaceRef:
    names = ("name", "country", "admin1", "geonameid", "lat", "lon", "confidence")
    return PlaceRef(**{name: value[name] for name in names}, span=_span_of(value["span"]), reason=value["why"])


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span_of(value: list[int] | None) -> Span | None:
    return Span(*value) if value else None
