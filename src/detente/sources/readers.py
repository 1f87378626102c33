"""Bytes of one format to documents: which module reads what, the same in this process and in the child."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from ..document import Document
from ..errors import ReadError
from . import warc
from .documents import Draft, to_document
from .jsonlines import Line, read_json, read_json_lines
from .limits import Limits
from .plain import read_plain
from .reasons import read_error
from .sniff import UNSUPPORTED, sniff, unpacked_head
from .unpack import gunzip


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Some bytes, or the path of a file, in a known format."""

    kind: str
    """A format as `sniff` names it."""
    source: str
    limits: Limits
    data: bytes = b""
    path: str | None = None
    """Read instead of `data`: for files with many documents."""
    name: str = ""
    media_type: str | None = None
    declared: str | None = None
    """The encoding that a server or a container states."""
    member: str = ""
    url: str | None = None
    notes: tuple[str, ...] = ()
    nesting: int = 0
    after: int | None = None
    """Offset of the record behind which to go on, in a WARC; number of the row, in Parquet and tables."""


def job_for(data: bytes, source: str, limits: Limits, **facts: object) -> Job:
    """The job of reading some bytes, gzip unpacked. Raises ReadError when their format is not read here."""
    job = Job(kind="", source=source, limits=limits, data=data, **facts)  # type: ignore[arg-type]
    while True:
        job = replace(job, kind=sniff(job.data, job.name or job.source, job.media_type))
        if job.kind != "gzip" or holds_records(job.data):
            return _readable(job)
        if job.nesting >= limits.nesting:
            raise read_error(source, "too-deep", f"more than {limits.nesting} gzip files in each other")
        inner = b"".join(gunzip(io.BytesIO(job.data), source, limits, limits.document_bytes))
        name = (job.name or job.source).removesuffix(".gz")
        job = replace(job, data=inner, name=name, media_type=None, nesting=job.nesting + 1)


def holds_records(packed: bytes) -> bool:
    """Whether a gzip file is a WARC, which is unpacked record by record."""
    return unpacked_head(packed[:4096]).startswith(b"WARC/")


def _readable(job: Job) -> Job:
    if job.kind == "empty":
        raise read_error(job.source, "empty", "there is nothing in it")
    if job.kind == "binary":
        raise read_error(job.source, "binary", "it is not text, and no format that is known here")
    if job.kind in UNSUPPORTED and job.kind != "zip":
        raise read_error(job.source, "unsupported-format", UNSUPPORTED[job.kind])
    if len(job.data) > job.limits.document_bytes and job.kind not in ("warc", "gzip", "jsonl", "parquet", "table"):
        raise too_large(job.source, len(job.data), job.limits.document_bytes)
    return job


def too_large(source: str, size: int, limit: int) -> ReadError:
    return read_error(source, "too-large", f"{size:,} bytes; the limit is {limit:,}; split it or raise the limit")


def read_job(job: Job) -> Iterator[Document | ReadError | warc.Started]:
    """What is in a job's bytes. Yields ReadErrors and raises none."""
    try:
        if job.kind in ("warc", "gzip"):
            yield from _read_warc(job)
        elif job.kind == "jsonl":
            yield from read_json_lines(lines_of(job.data, job.limits), job.source, job.limits)
        elif job.kind in ("parquet", "table"):
            yield from _read_rows(job)
        elif job.kind == "json":
            yield from read_json(job.data, job.source, job.limits)
        elif job.kind == "feed":
            from .feed import read_feed

            yield from read_feed(job.data, job.source, job.limits)
        else:
            yield _whole(job)
    except ReadError as error:
        yield error
    except MemoryError:
        yield read_error(job.source, "out-of-memory", "reading it takes more memory than the limit allows")
    except RecursionError:
        yield read_error(job.source, "too-deep", "its parts are nested too deep to be read")
    except Exception as error:
        # Format libraries raise nearly anything on hostile bytes; one bad document must not end the run.
        yield read_error(job.source, "damaged", f"its {job.kind} reader failed: {type(error).__name__}: {error}"[:200])


def _whole(job: Job) -> Document:
    draft = _draft(job)
    draft.notes = (*job.notes, *draft.notes)
    draft.url = draft.url or job.url
    return to_document(draft, job.data, job.source, job.member, job.limits)


def _draft(job: Job) -> Draft:
    if job.kind == "html":
        from .page import read_page

        return read_page(job.data, job.source, job.limits, declared=job.declared, url=job.url)
    if job.kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(job.data, job.source, job.limits)
    if job.kind in ("docx", "zip"):
        from .docx import read_docx

        return read_docx(job.data, job.source, job.limits)
    if job.kind == "eml":
        from .mail import read_mail

        return read_mail(job.data, job.source, job.limits)
    return read_plain(job.data, declared=job.declared)


def lines_of(data: bytes, limits: Limits) -> Iterator[Line]:
    """The lines of JSON Lines in memory, in whatever encoding."""
    from .encodings import decode

    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:64]:
        data = decode(data).text.encode("utf-8", "surrogatepass")
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), 1):
        yield Line(number, line[: limits.document_bytes], len(line) > limits.document_bytes)


def _read_rows(job: Job) -> Iterator[Document | ReadError | warc.Started]:
    if job.kind == "parquet":
        from .parquet import read_parquet as read
    else:
        from .spreadsheet import read_table as read

    with closing(open(job.path, "rb") if job.path else io.BytesIO(job.data)) as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        yield from read(stream, size, job.source, job.limits, after=job.after)


def _read_warc(job: Job) -> Iterator[Document | ReadError | warc.Started]:
    def read(payload: warc.Payload) -> Iterator[Document | ReadError]:
        notes = (f"fetched on {payload.fetched[:10]}",) if payload.fetched else ()
        where = f"{job.source}#{payload.uri}"
        try:
            part = job_for(
                payload.data,
                where,
                job.limits,
                name=payload.uri,
                media_type=payload.media_type,
                declared=payload.declared,
                member=payload.uri,
                url=payload.uri if payload.uri.startswith(("http://", "https://")) else None,
                notes=notes,
                nesting=job.nesting + 1,
            )
            if part.kind in ("warc", "gzip"):
                raise read_error(where, "too-deep", "a WARC in a WARC")
            for found in read_job(part):
                if not isinstance(found, warc.Started):
                    yield found
        except ReadError as error:
            yield error

    with closing(open(job.path, "rb") if job.path else io.BytesIO(job.data)) as stream:
        yield from warc.read_warc(stream, job.source, job.limits, read, after=job.after)
