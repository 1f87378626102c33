"""The text of a document cut into pieces for the page, each with its marks, its claim and its anchors.

All offsets are code points and stay on the server; the browser is given finished pieces and never counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..claims import DateMention, Event, PlaceMention
from ..document import Document, Span
from ..record import Entry
from ..record.view import PARTS, Mark, marks_of, pieces_of
from .phrases import in_words
from .words import Words

CARDS = ("event", "attribution", "stance", "agreement", "plan")
"""Kinds of claim that get a card beside the text; dates and places are marked in it and listed below."""


@dataclass(frozen=True, slots=True)
class Part:
    """One run of text on the page."""

    text: str
    classes: str = ""
    """Names of the marks that lie over it, space-separated; '' for plain text."""
    claims: str = ""
    """Ids of the claims that the marks belong to, space-separated."""
    target: str = ""
    """The claim that a click leads to."""
    tip: str = ""
    anchors: tuple[str, ...] = ()
    """Claims whose first mark begins here."""


def parts_of(t: Words, document: Document, entries: list[Entry]) -> list[Part]:
    """The whole text in parts; joined, their texts are the document's text."""
    marks = [m for e in entries for m in (list(marks_of(e.id, e.claim)) or [_whole(e)])]
    marks = [m for m in marks if m.span.end <= len(document.text)]
    first: dict[str, int] = {}
    for m in marks:
        first[m.claim] = min(m.span.start, first.get(m.claim, m.span.start))
    by_id = {e.id: e for e in entries}
    anchored: set[str] = set()
    parts = []
    for piece in pieces_of(document.text, marks):
        if not piece.marks:
            parts.append(Part(piece.text))
            continue
        best = min(piece.marks, key=lambda m: (PARTS.index(m.part), len(m.span)))
        ids = tuple(dict.fromkeys(m.claim for m in piece.marks))
        here = tuple(i for i in ids if first[i] == piece.start and i not in anchored)
        anchored.update(here)
        parts.append(
            Part(
                piece.text,
                " ".join(f"m-{p}" for p in piece.parts),
                " ".join(ids),
                best.claim,
                _tip(t, best, by_id, len(ids)),
                here,
            )
        )
    return parts


def _whole(entry: Entry) -> Mark:
    """A mark for a claim of which no single part has a place in the text."""
    return Mark("topic" if entry.kind == "stance" else "trigger", entry.claim.span, entry.id)


def _tip(t: Words, mark: Mark, by_id: dict[str, Entry], claims: int) -> str:
    claim = by_id[mark.claim].claim
    key = "document.tip_more" if claims > 1 else "document.tip"
    part, sure = t.plain(f"part.{mark.part}"), f"{claim.confidence:.2f}"
    return t.plain(key, part=part, claim=in_words(t, claim), confidence=sure, more=claims - 1)


def evidence_parts(entry: Entry, text: str, around: int = 240) -> list[Part]:
    """The evidence of one claim with its parts marked, and up to `around` code points of the text before and after."""
    span = entry.claim.span
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    marks = [m for m in marks_of(entry.id, entry.claim) if start <= m.span.start and m.span.end <= end]
    marks.append(Mark("evidence", Span(span.start, min(span.end, end)), entry.id))
    pieces = pieces_of(text, [m for m in marks if len(m.span)], start, end)
    return [Part(p.text, " ".join(dict.fromkeys(f"m-{m.part}" for m in p.marks))) for p in pieces]


def short_facts(entry: Entry) -> list[tuple[str, str]]:
    """(key of the label, value) of what a card shows beside the sentence."""
    claim = entry.claim
    match claim:
        case Event():
            facts = [("cameo", claim.cameo or ""), ("status", claim.status)]
            facts += [
                ("date", claim.date.value if claim.date else ""),
                ("place", claim.place.name if claim.place else ""),
            ]
            facts += [("according_to", ", ".join(a.person or a.name or a.text for a in claim.according_to))]
            facts += [("counts", claim.magnitude or "")]
        case DateMention():
            facts = [("value", claim.value)]
        case PlaceMention():
            facts = [("country", claim.place.country or "")]
        case _:
            date = getattr(claim, "date", None) or getattr(claim, "announced_on", None)
            facts = [("date", date.value if date else "")]
            facts += [("cue", getattr(claim, "colour", None) or ""), ("topic", getattr(claim, "topic", ""))]
            facts += [("sectors", ", ".join(getattr(claim, "sectors", ())))]
    return [(label, value) for label, value in facts if value]
