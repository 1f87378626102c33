"""What a format's reader finds, and how it becomes a Document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..document import Document, document_id, sha256_of
from .dateline import find_dateline
from .languages import language_of
from .limits import Limits
from .reasons import read_error

_LINE_ENDS = re.compile(r"\r\n?")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one format's reader finds in some bytes. Dates are ISO already."""

    text: str
    media_type: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


def to_document(draft: Draft, data: bytes, source: str, member: str, limits: Limits) -> Document:
    """The Document of a draft: its text made safe to keep, its dateline and its language found.

    `member` is the part's own name inside a container (an id, a URL), '' when it has none.
    Raises ReadError when there is no text, or too much of it.
    """
    if not draft.text.strip():
        raise read_error(source, "no-text", "it holds no text")
    if len(draft.text) > limits.characters:
        raise read_error(
            source, "too-long", f"{len(draft.text):,} characters; the limit is {limits.characters:,}; split it"
        )
    text, replaced = storable(draft.text)
    head = find_dateline(text, draft.published)
    notes = [*draft.notes]
    if replaced:
        notes.append(f"{replaced} characters that cannot be kept (NUL, lone surrogates) read as U+FFFD")
    if head.yearless and not head.date:
        notes.append(f"dateline without a year: {head.yearless}")
    if head.outlet and draft.outlet and head.outlet.lower() != draft.outlet.lower():
        notes.append(f"agency in the dateline: {head.outlet}")
    digest = sha256_of(data)
    return Document(
        id=document_id(digest, member),
        text=text,
        sha256=digest,
        source=printable(source),
        media_type=draft.media_type,
        title=clean_line(draft.title) or head.title,
        outlet=clean_line(draft.outlet) or head.outlet,
        author=clean_line(draft.author) or head.author,
        published=draft.published or head.moment,
        dateline_place=head.place,
        dateline_date=head.date,
        language=draft.language or language_of(text),
        url=clean_line(draft.url),
        notes=tuple(dict.fromkeys(printable(note) for note in notes)),
    )


def lf(text: str) -> str:
    """The text with CRLF and CR read as LF, as Python's own `open()` reads it."""
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text


def storable(text: str) -> tuple[str, int]:
    """The text with NULs and lone surrogates as U+FFFD, character for character, and how many there were."""
    nuls = text.count("\0")
    text, lone = _SURROGATES.subn("�", text.replace("\0", "�"))
    return text, nuls + lone


def printable(text: str) -> str:
    return storable(text)[0]


def clean_line(value: str | None) -> str | None:
    """A field as one line without doubled spaces; None when nothing is left."""
    return printable(" ".join(value.split()))[:1000] or None if value else None


def join_blocks(blocks: Iterable[str]) -> str:
    """Paragraphs as they are kept: a blank line between them, no empty ones."""
    return "\n\n".join(block for block in (b.strip() for b in blocks) if block)
