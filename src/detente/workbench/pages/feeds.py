"""A saved search as an Atom feed."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from ...errors import UsageError
from ...record import Entry, Hit
from ..asked import Asked
from ..desk import Desk, address
from ..phrases import in_words
from ..words import Words

FEED = 50
"""Entries of a feed."""


def feed(desk: Desk, request: Request) -> Response:
    """Documents that hold words (q), or events, statements or stances with their filters."""
    base = str(request.base_url).rstrip("/")
    t = desk.words(request)
    words = request.query_params.get("q", "").strip()[:300]
    what = request.query_params.get("what", "events")
    if words:
        title, entries = f"{words} · {desk.record.path.name}", [_hit(base, h) for h in desk.record.search(words, FEED)]
    elif what in {"events", "statements", "stances"}:
        asked = Asked.of(what, request)
        shown = " ".join(asked.filters.values())
        title = f"{t(f'nav.{what}')} {shown} · {desk.record.path.name}"
        entries = [_claim(t, base, e) for e in asked.table(desk.record, limit=FEED, order="-day")]
    else:
        raise UsageError("feed: what is events, statements or stances")
    newest = desk.record.store.value("SELECT at FROM sources ORDER BY n DESC LIMIT 1") or "1970-01-01T00:00:00+00:00"
    own = base + request.url.path + (f"?{request.url.query}" if request.url.query else "")
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{_xml(title)}</title><id>{_xml(own)}</id><updated>{newest}</updated>"
        f'<link rel="self" href={quoteattr(own)}/><author><name>detente</name></author>{"".join(entries)}</feed>\n'
    )
    return Response(body, media_type="application/atom+xml")


def _claim(t: Words, base: str, entry: Entry) -> str:
    words = f"{entry.text}\n— {entry.outlet or entry.source}"
    return _entry(base + address("/claim", entry.id), in_words(t, entry.claim), words, entry.day)


def _hit(base: str, hit: Hit) -> str:
    words = hit.snippet.replace(Hit.OPEN, "").replace(Hit.CLOSE, "")
    return _entry(base + address("/document", hit.document), hit.title or hit.source, words, hit.published or "")


def _entry(link: str, title: str, words: str, day: str) -> str:
    updated = f"{day[:10]}T00:00:00Z" if len(day) >= 10 else "1970-01-01T00:00:00Z"
    return (
        f"<entry><id>{_xml(link)}</id><link href={quoteattr(link)}/><title>{_xml(title)}</title>"
        f'<updated>{updated}</updated><content type="text">{_xml(words)}</content></entry>'
    )


def _xml(text: str) -> str:
    """Text for XML, without the control characters that XML cannot hold."""
    return escape("".join(c for c in text if c >= " " or c in "\n\t"))
