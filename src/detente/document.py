"""Document and Span: what was read, and where in it.

Offsets count Unicode code points of `Document.text`, which never changes after reading, so that
`document.text[span.start:span.end]` is always exactly what a reader sees.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from operator import itemgetter

_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ].*)?)?)?$")


class Span(tuple[int, int]):
    """A half-open interval [start, end) of code points in one document's text; `len` counts its code points.

    A pair underneath, since one reading makes tens of thousands: it is made and compared at the speed of tuples, and
    written to JSON as [start, end]. Raises ValueError when start is negative or end is before start.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Span:
        if start < 0 or end < start:
            raise ValueError(f"not a span: [{start}, {end})")
        return tuple.__new__(cls, (start, end))

    start: int = property(itemgetter(0))  # type: ignore[assignment]
    end: int = property(itemgetter(1))  # type: ignore[assignment]

    def __getnewargs__(self) -> tuple[int, int]:
        return self[0], self[1]

    def __repr__(self) -> str:
        return f"Span(start={self[0]}, end={self[1]})"

    def of(self, text: str) -> str:
        """The words that the span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self[1] - self[0]


def cover(*spans: Span) -> Span:
    """The smallest span that holds all of `spans`. Raises ValueError when there are none."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as read, with where it came from.

    Dates are ISO 8601 strings cut to what is known ('2011', '2011-11', '2011-11-12',
    '2011-11-12T10:35:00Z'); None where the document does not say.
    """

    id: str
    """16 hex digits made from the sha256 of the bytes and the member's name inside a container."""
    text: str
    sha256: str
    """Of the bytes as read (of the member's bytes inside a feed, a JSON Lines file or a WARC)."""
    source: str
    """The path or URL, with '#member' for a part of a container."""
    media_type: str = "text/plain"
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    language: str = "en"
    """ISO 639-1; 'und' when it could not be told."""
    url: str | None = None
    notes: tuple[str, ...] = field(default=())
    """What the reader had to guess or leave out ('encoding guessed: windows-1252')."""

    @property
    def reference_date(self) -> str | None:
        """The day against which 'today' and 'on Thursday' are read: dateline first, then publication; None where what
        the document has is no ISO 8601 date."""
        date = self.dateline_date or self.published
        return date[:10] if date and _ISO_DATE.match(date) else None

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        source: str = "text",
        published: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        language: str = "en",
    ) -> Document:
        """A document made from a string, for the notebook and for tests. The text is kept as it is.

        A `published` that is no ISO 8601 date ('2011', '2011-11', '2011-11-12' or with a time) is kept and dates nothing.
        """
        digest = sha256_of(text.encode("utf-8", "surrogatepass"))
        return cls(
            id=document_id(digest, ""),
            text=text,
            sha256=digest,
            source=source,
            published=published,
            outlet=outlet,
            title=title,
            language=language,
        )


def document_id(sha256: str, member: str) -> str:
    """The identity of a document: the same bytes in the same member are the same document."""
    return sha256_of(f"{sha256}\n{member}".encode("utf-8", "surrogatepass"))[:16]
