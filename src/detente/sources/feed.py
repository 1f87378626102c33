"""RSS and Atom files by feedparser: one document an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ..document import Document
from ..errors import ReadError
from .blocks import text_of_snippet
from .documents import Draft, to_document
from .limits import Limits
from .reasons import read_error
from .when import normal_date

MEDIA_TYPE = "application/feed+xml"
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_ENTITY_WIDE = re.compile("<!ENTITY".encode("utf-16-le") + b"|" + "<!ENTITY".encode("utf-16-be"))


def read_feed(data: bytes, source: str, limits: Limits) -> Iterator[Document | ReadError]:
    """A document or an error for every entry. Raises ReadError: entities, too-large, damaged, no-text."""
    import feedparser

    if _ENTITY.search(data) or _ENTITY_WIDE.search(data):
        raise read_error(source, "entities", "the feed declares XML entities, as no real feed does")
    if len(data) > limits.html_bytes:
        raise read_error(source, "too-large", f"a feed of {len(data):,} bytes; the limit is {limits.html_bytes:,}")
    # A stream, since feedparser takes a string for an address or a file name and would open it.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        broken = found.get("bozo_exception")
        reason = "damaged" if found.bozo else "no-text"
        raise read_error(source, reason, f"no entry in the feed{f' ({broken})' if broken else ''}"[:200])
    for number, entry in enumerate(found.entries, 1):
        member = str(entry.get("id") or entry.get("link") or "")
        where = f"{source}#{member or f'entry {number}'}"
        try:
            draft = _draft(entry, found.feed)
            yield to_document(draft, _own_bytes(entry), where, member, limits)
        except ReadError as error:
            yield error


def _draft(entry: Any, feed: Any) -> Draft:
    text = text_of_snippet(_body(entry))
    title = text_of_snippet(str(entry.get("title") or ""))
    written = entry.get("published") or entry.get("updated") or entry.get("date")
    published = normal_date(written)
    notes = [] if published or not written else [f"date not understood: {str(written)[:60]}"]
    if not text and title:
        text = title
        notes.append("the feed has the title only")
    return Draft(
        text=text,
        media_type=MEDIA_TYPE,
        title=title,
        outlet=text_of_snippet(str((entry.get("source") or {}).get("title") or feed.get("title") or "")),
        author=entry.get("author"),
        published=published,
        url=entry.get("link"),
        notes=tuple(notes),
    )


def _body(entry: Any) -> str:
    """The longest of what the entry has for a text."""
    values = [part.get("value") or "" for part in entry.get("content") or []]
    return max([*values, str(entry.get("summary") or "")], key=len)


def _own_bytes(entry: Any) -> bytes:
    """What identifies an entry's content: id, link, title, date and body, a line each, in UTF-8."""
    fields = [entry.get(key) or "" for key in ("id", "link", "title", "published")]
    return "\n".join([*map(str, fields), _body(entry)]).encode("utf-8", "surrogatepass")
