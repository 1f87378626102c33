"""WARC by FastWARC: a document for every page that was fetched well; also packed as .warc.gz."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from ..document import Document
from ..errors import ReadError
from .limits import Limits
from .reasons import read_error
from .when import normal_date

MEDIA_TYPE = "application/warc"
_READ_TYPES = re.compile(r"text/(?:html|plain)|application/(?:xhtml\+xml|pdf|json)|^$")

_BEGINNING = re.compile(rb"(?<=\n)WARC/1\.[01]\r?\n|\x1f\x8b\x08[\x00-\x1f]")
MOST_BREAKS = 1_000
PIECE = 1024 * 1024


class Started(NamedTuple):
    """Sent before a record is read, so that reading can go on behind it should it fail."""

    member: str
    offset: int
    """Where the record begins, in bytes of the file as stored; in Parquet and tables the number of the row, from 0."""
    position: int = 0
    """How many bytes of the file were read before, about."""


class Payload(NamedTuple):
    """One record's content and what its headers say."""

    data: bytes
    uri: str
    media_type: str
    declared: str | None
    fetched: str | None


ReadPayload = Callable[[Payload], Iterator[Document | ReadError]]


def read_warc(
    stream: BinaryIO, source: str, limits: Limits, read: ReadPayload, *, after: int | None = None
) -> Iterator[Document | ReadError | Started]:
    """What `read` makes of each record that holds a page. `after` is the offset of a record to go on behind.

    Other records (requests, robots.txt, redirects, errors, pictures) are no documents and are passed over.
    Behind a broken stretch, which is reported, reading goes on at the next record that can be found.
    """
    records = 0
    for offset, record in _records(stream, after or 0):
        if isinstance(record, Exception):
            yield read_error(source, "damaged", f"broken after byte {offset:,} ({record}); what follows is read"[:200])
            records += 1
        elif offset != after:
            records += 1
            uri = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            yield Started(uri, offset, offset)
            yield from _read_record(record, uri, source, limits, read)
    if records == 0 and after is None:
        yield read_error(source, "no-text", "no record with a page in the WARC")


def _records(stream: BinaryIO, start: int) -> Iterator[tuple[int, Any]]:
    """Records, or the error where there is a broken stretch, each with its offset in the file."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for _ in range(MOST_BREAKS):
        stream.seek(start)
        last = start
        try:
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=False, fsspec_args=False):
                last = record.stream_pos
                yield last, record
            return
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            yield last, error
        found = _next_record(stream, last + 1)
        if found is None:
            return
        start = found


def _next_record(stream: BinaryIO, position: int) -> int | None:
    """Where the next record may begin: a line 'WARC/1.x', or the head of a gzip member."""
    stream.seek(position)
    before = b""
    while piece := stream.read(PIECE):
        if match := _BEGINNING.search(before + piece):
            return position - len(before) + match.start()
        position += len(piece)
        before = (before + piece)[-16:]
    return None


def _read_record(
    record: Any, uri: str, source: str, limits: Limits, read: ReadPayload
) -> Iterator[Document | ReadError]:
    where = f"{source}#{uri}"
    try:
        if record.is_http:
            record.parse_http()
        headers = record.http_headers
        if headers is not None and headers.status_code is not None and headers.status_code != 200:
            return
        media_type = (record.http_content_type if headers is not None else record.headers.get("Content-Type")) or ""
        media_type = media_type.split(";")[0].strip().lower()
        if not _READ_TYPES.search(media_type) or uri.endswith("/robots.txt"):
            return
        length = record.content_length
        data = record.reader.read(limits.document_bytes + 1)
        charset = record.http_charset if headers is not None else None
    except (OSError, ValueError, RuntimeError) as error:
        yield read_error(where, "damaged", f"a broken record ({error})"[:200])
        return
    if len(data) > limits.document_bytes:
        yield read_error(where, "bomb", f"a record of more than {limits.document_bytes:,} bytes")
        return
    if len(data) < length or not (data or uri):
        yield read_error(where, "damaged", f"a record of {length:,} bytes of which {len(data):,} are there")
        return
    fetched = normal_date(record.headers.get("WARC-Date"))
    yield from read(Payload(data, uri, media_type, charset, fetched))
