"""The right country for the phrase of an actor, on event gold with `source_text` and `target_text`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..actors import Who, find_actors
from ..actors.phrases import Atoms
from ..actors.registry import Registry, default_registry
from ..claims import ActorRef
from ..document import Document
from ..language import parse_many
from ..places import find_places
from .report import Measure, Report, measure_of, read_jsonl, share_of

NO_COUNTRY = frozenset({"IGO", "NGO", "IMG", "MNC", "NGM"})
"""First letters of codes that stand for no state: right when we find an actor of no state there."""


def evaluate(gold: Path, *, predictions: Path | None = None, actors: Iterable[Path] = ()) -> dict[str, Any]:
    """The share of actor phrases whose country is that of the gold code's first three letters.

    A phrase stands at its first place in the text; the country is that of the actor which covers most of it, else that
    of a nationality, capital or other place named in it. Phrases
    that do not stand in the text word by word are left out and counted. `actors` are the user's dictionaries.
    """
    registry = Registry.load(actors) if actors else default_registry()
    right = total = missing = 0
    rows: list[dict[str, Any]] = []
    for record, who in _read(read_jsonl(gold), registry):
        for phrase, code in dict.fromkeys(phrases_of(record)):
            start = record["text"].find(phrase)
            if start < 0:
                missing += 1
                continue
            found = country_at(who, start, start + len(phrase)) or country_named(who, registry, start, phrase)
            good = found == ("" if code[:3] in NO_COUNTRY else code[:3])
            right, total = right + good, total + 1
            rows.append({"id": record["id"], "phrase": phrase, "code": code, "found": found, "right": good})
    if predictions:
        predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    counts = [(float(row["right"]), 1.0) for row in rows]
    measure = measure_of("right country for the actor phrase", counts, share_of, n=total)
    left_out = Measure("phrases that do not stand in their text", float(missing))
    report = Report("actors", str(gold), len({row["id"] for row in rows}), (measure, left_out)).to_dict()
    country = round(right / total, 4) if total else 0.0
    return {**report, "phrases": total, "right": right, "country": country, "missing": missing}


def _read(records: list[dict[str, Any]], registry: Registry) -> Iterator[tuple[dict[str, Any], Who]]:
    documents = (Document.from_text(r["text"], published=r.get("date")) for r in records)
    for record, parsed in zip(records, parse_many(documents), strict=True):
        yield record, find_actors(parsed, registry)


def phrases_of(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(phrase, code) of every side of every event that has both."""
    for event in record["events"]:
        for side in ("source", "target"):
            if event.get(f"{side}_text") and event.get(side):
                yield event[f"{side}_text"], event[side]


def country_named(who: Who, registry: Registry, start: int, phrase: str) -> str | None:
    """The country that the phrase names without meaning its government: 'Iraqi towns', 'a street in Amman'."""
    for hit in registry.lookup.names.find(Atoms(phrase.split())):
        for entry in hit.values:
            if entry.kind in {"state", "demonym", "capital"}:
                return entry.country
    if country_at(who, start, start + len(phrase)) == "" and not _unsettled(who, start, phrase):
        return ""
    where = find_places(who.parse)
    for token in who.parse.doc:
        if start <= token.idx < start + len(phrase):
            mention = where.at(token)
            if mention is not None and mention.place.country:
                return mention.place.country
    return country_at(who, start, start + len(phrase))


def _unsettled(who: Who, start: int, phrase: str) -> bool:
    """Whether the actors in the phrase are persons or groups without a state, not organisations of no state."""
    doc = who.parse.doc
    inside = [r for i, refs in who.by_token.items() if start <= doc[i].idx < start + len(phrase) for r in refs]
    return not any((r.code or "")[:3] in NO_COUNTRY for r in inside)


def country_at(who: Who, start: int, end: int) -> str | None:
    """The country of the actor in [start, end): '' for an actor of no state, None where no actor was found.

    The actor is the one at the phrase's head, and of several there ('U.S. and Russian negotiators') the one that the
    phrase itself names; where nobody is known at the head, the one that covers most of the phrase.
    """
    doc = who.parse.doc
    words = doc.char_span(start, end, alignment_mode="expand")
    at_head = who.at(words.root) if words is not None else ()
    inside = {r.country for t in words or () for r in who.at(t) if t.i != words.root.i}  # type: ignore[union-attr]
    for ref in sorted(at_head, key=lambda r: r.country not in inside):
        return ref.country or ""
    best: ActorRef | None = None
    size = 0
    for i in sorted(who.by_token):
        token = doc[i]
        if token.idx < start or token.idx >= end:
            continue
        for ref in who.by_token[i]:
            shared = min(ref.span.end, end) - max(ref.span.start, start) if ref.span else 0
            if (ref.country and (best is None or not best.country)) or shared > size:
                best, size = ref, shared
    if best is None:
        return None
    return best.country or ""
