"""A document with its claims marked: pieces of text that know which claims they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ..claims import Agreement, Attribution, Claim, DateMention, Event, PlaceMention, PlanProposal, Stance
from ..document import Document, Span
from .table import Entry


@dataclass(frozen=True, slots=True)
class Mark:
    """What a part of a claim is called on screen, where it stands, and whose it is."""

    part: str
    """trigger, actor, recipient, speaker, cue, quote, via, date, place, topic, agreement, plan."""
    span: Span
    claim: str
    """The claim's id."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text over which the same marks lie."""

    text: str
    start: int
    marks: tuple[Mark, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the marks, each once, in order of precedence."""
        return tuple(p for p in PARTS if any(m.part == p for m in self.marks))


PARTS = (
    "trigger",
    "actor",
    "recipient",
    "speaker",
    "cue",
    "via",
    "date",
    "place",
    "topic",
    "quote",
    "agreement",
    "plan",
)
"""In order of precedence, where several lie over one piece."""


def marks_of(id: str, claim: Claim) -> Iterator[Mark]:
    """The parts of a claim that are shown in the text."""
    for part, span in _parts_of(claim):
        if span is not None and len(span):
            yield Mark(part, span, id)


def _parts_of(claim: Claim) -> Iterator[tuple[str, Span | None]]:
    match claim:
        case Event():
            yield "trigger", claim.trigger
            yield from (("actor", a.span) for a in claim.actors)
            yield from (("recipient", a.span) for a in claim.recipients)
        case Attribution():
            yield "cue", claim.cue
            yield from (("speaker", a.span) for a in claim.speakers)
            yield from (("via", a.span) for a in claim.via)
            yield from (("quote", s) for s in claim.content)
        case Stance():
            yield "topic", claim.topic_span
        case Agreement():
            yield from (("agreement", s) for s in claim.spans or (claim.span,))
        case PlanProposal():
            yield from (("plan", s) for s in claim.spans or (claim.span,))
        case DateMention():
            yield "date", claim.span
        case PlaceMention():
            yield "place", claim.span


def pieces_of(text: str, marks: list[Mark], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The text cut wherever a mark begins or ends; joined again it is the text."""
    end = len(text) if end is None else end
    cuts = sorted({start, end, *(p for m in marks for p in (m.span.start, m.span.end) if start < p < end)})
    opening = sorted(marks, key=lambda m: m.span.start)
    active: list[Mark] = []
    i = 0
    for a, b in pairwise(cuts):
        while i < len(opening) and opening[i].span.start <= a:
            active.append(opening[i])
            i += 1
        active = [m for m in active if m.span.end > a]
        yield Piece(text[a:b], a, tuple(active))


@dataclass(frozen=True)
class DocumentView:
    """A document and its claims. In a notebook it shows the text with everything marked."""

    document: Document
    entries: tuple[Entry, ...]

    @property
    def marks(self) -> list[Mark]:
        return [m for e in self.entries for m in marks_of(e.id, e.claim)]

    def pieces(self) -> list[Piece]:
        return list(pieces_of(self.document.text, self.marks))

    def _repr_html_(self) -> str:
        body = "".join(self._html(piece) for piece in self.pieces())
        title = f"<h3>{escape(self.document.title)}</h3>" if self.document.title else ""
        legend = " ".join(f'<mark style="{_style(p)}">{p}</mark>' for p in PARTS)
        about = escape(" · ".join(filter(None, (self.document.outlet, self.document.published, self.document.source))))
        return (
            f'<div class="detente" dir="auto">{title}<p><small>{about}</small></p><p><small>{legend}</small></p>'
            f'<div style="white-space:pre-wrap;line-height:1.6;max-width:50em">{body}</div></div>'
        )

    def _html(self, piece: Piece) -> str:
        if not piece.parts:
            return escape(piece.text)
        what = escape("; ".join(self._says(i) for i in dict.fromkeys(m.claim for m in piece.marks)))
        return f'<mark style="{_style(piece.parts[0])}" title="{what}">{escape(piece.text)}</mark>'

    def _says(self, id: str) -> str:
        entry = next(e for e in self.entries if e.id == id)
        return f"{sentence_of(entry.claim)} ({entry.state}, confidence {entry.claim.confidence:.2f})"


def sentence_of(claim: Claim) -> str:
    """A claim in one short line: 'RUS AGREE with IRN', 'Abbas Baqeri (via IRNA) said'."""
    match claim:
        case Event():
            status = "" if claim.status == "done" else f"{claim.status} "
            who, whom = ("+".join(a.key for a in refs) for refs in (claim.actors, claim.recipients))
            mode = f"/{claim.mode}" if claim.mode else ""
            code = f" {claim.cameo}" if claim.cameo else ""
            return f"{who or '?'} {status}{claim.type}{mode}{code} {whom}".strip()
        case Attribution():
            who = ", ".join(a.person or a.name or a.text for a in claim.speakers) or "nobody named"
            via = f" via {', '.join(a.name or a.text for a in claim.via)}" if claim.via else ""
            return f"{who}{via}: {claim.quote} {claim.mind}"
        case Stance():
            who = ", ".join(a.name or a.key for a in claim.holders) or "?"
            return f"{who} {claim.side}: {claim.issue or claim.topic}"
        case Agreement():
            return f"agreement {claim.name} of {', '.join(a.key for a in claim.parties) or '?'}"
        case PlanProposal():
            return f"plan {claim.name} proposed by {', '.join(a.key for a in claim.proposed_by) or '?'}"
        case DateMention():
            return f"{claim.type} {claim.value}"
        case PlaceMention():
            return f"place {claim.place.name}{f' ({claim.place.country})' if claim.place.country else ''}"
    return claim.kind


_COLOURS = {
    "trigger": "#b45309", "actor": "#1d4ed8", "recipient": "#0e7490", "speaker": "#6d28d9", "cue": "#a21caf", "via": "#be185d",
    "date": "#15803d", "place": "#4d7c0f", "topic": "#b91c1c", "quote": "#6b7280", "agreement": "#92400e", "plan": "#92400e",
}  # fmt: skip


def _style(part: str) -> str:
    # An underline and a faint ground: legible in light and dark notebooks, and not by colour alone.
    colour = _COLOURS[part]
    return f"background:{colour}22;color:inherit;border-bottom:2px solid {colour}"
