"""One input to its documents: opened without waiting, sniffed, and read here or under guard."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from ..document import Document
from ..errors import ReadError
from .documents import printable
from .guard import run_guarded
from .inputs import Input, enumerate_inputs
from .jsonlines import Line, read_json_lines
from .limits import MIB, Limits
from .objects import open_object, said_by
from .readers import Job, holds_records, job_for, read_job, too_large
from .reasons import read_error
from .sniff import GUARDED, HEAD, sniff, unpacked_head
from .unpack import gunzip

CHEAP_BYTES = 4 * MIB
"""Plain text and JSON up to this size are read in this process: their readers go straight through once."""


def read_source(source: str | Path, *, limits: Limits | None = None) -> Iterator[Document | ReadError]:
    """The documents of one path, folder, glob, address or '-', and an error for each that could not be read.

    Nothing is raised for a bad document. Text and JSON are read in this process; formats whose readers can
    hang, crash or blow up are read in a child process, which is started at the first of them.
    """
    limits = limits or Limits()
    for found in enumerate_inputs(source):
        yield from read_input(found, limits=limits)


At = Callable[[int], None]
"""Told how many bytes of an input were read so far, about."""


def read_input(item: Input, *, limits: Limits | None = None, at: At | None = None) -> Iterator[Document | ReadError]:
    """The documents of one enumerated input. `at` is told from time to time how many of its bytes were read."""
    limits = limits or Limits()
    try:
        if item.problem is not None:
            yield item.problem
        elif item.kind == "url":
            yield from _read_address(item.source, limits)
        elif item.kind == "stdin":
            yield from _read_stream(sys.stdin.buffer, "stdin", limits)
        elif item.kind == "object":
            yield from _read_object(item.source, limits, at)
        else:
            yield from _read_file(item.source, limits, at)
    except ReadError as error:
        yield error
    except OSError as error:
        yield _system_error(printable(item.source), error)


def read_bytes(
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    encoding: str | None = None,
    url: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Document | ReadError]:
    """The documents in some bytes. `name` becomes their source; it and `media_type` are hints of the format.

    `encoding` is what a server or a catalogue says of the bytes; they are believed before it.
    """
    limits = limits or Limits()
    try:
        yield from _run(job_for(data, name, limits, name=name, media_type=media_type, declared=encoding, url=url))
    except ReadError as error:
        yield error


def _run(job: Job) -> Iterator[Document | ReadError]:
    if job.kind in GUARDED or job.kind == "gzip" or (job.kind != "jsonl" and len(job.data) > CHEAP_BYTES):
        yield from run_guarded(job)
    else:
        for found in read_job(job):
            if isinstance(found, Document | ReadError):
                yield found


def _read_address(url: str, limits: Limits) -> Iterator[Document | ReadError]:
    from .fetch import fetch

    try:
        page = fetch(url, limits)
    except ReadError as error:
        yield read_error(url, error.reason, error.message)
        return
    yield from read_bytes(
        page.data, name=url, url=page.url, limits=limits, media_type=page.media_type or None, encoding=page.declared
    )


def _read_object(url: str, limits: Limits, at: At | None) -> Iterator[Document | ReadError]:
    try:
        stream = open_object(url)
    except OSError as error:
        reason = "not-found" if isinstance(error, FileNotFoundError) else "unreadable"
        yield read_error(url, reason, f"the store does not give it ({said_by(error)})")
        return
    with stream:
        yield from _read_stream(stream, url, limits, at)


def _read_file(path: str, limits: Limits, at: At | None) -> Iterator[Document | ReadError]:
    # O_NONBLOCK: opening a pipe would wait for its other end.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise read_error(printable(path), "not-a-file", "a folder, pipe, socket or device")
        yield from _read_opened(stream, printable(path), path, status.st_size, limits, at)


def _read_stream(
    stream: IO[bytes], source: str, limits: Limits, at: At | None = None
) -> Iterator[Document | ReadError]:
    """What cannot be gone back in: JSON Lines as they come, anything else kept in a file that is gone when it is
    read."""
    head = stream.read(HEAD)
    if sniff(head, source) == "jsonl":
        yield from _telling(read_json_lines(_lines(stream, head, limits), source, limits), stream, at)
        return
    with tempfile.NamedTemporaryFile(prefix="detente-") as file:
        size = 0
        piece = head
        while piece:
            size += len(piece)
            if size > limits.input_bytes:
                raise too_large(source, size, limits.input_bytes)
            file.write(piece)
            piece = stream.read(MIB)
        file.flush()
        file.seek(0)
        yield from _read_opened(file, source, file.name, size, limits, at)


def _read_opened(
    stream: IO[bytes], source: str, path: str, size: int, limits: Limits, at: At | None
) -> Iterator[Document | ReadError]:
    """Files with many documents go through piece by piece; all others are read whole, if not too large."""
    head = stream.read(HEAD)
    kind = sniff(head, source)
    stream.seek(0)
    if kind == "jsonl":
        yield from _telling(read_json_lines(_lines(stream, b"", limits), source, limits), stream, at)
    elif kind == "gzip" and sniff(unpacked_head(head), source.removesuffix(".gz")) == "jsonl":
        pieces = gunzip(stream, source, limits, limits.input_bytes)
        yield from _telling(_until_damaged(pieces, source, limits), stream, at)
    elif kind in ("warc", "parquet", "table") or (kind == "gzip" and holds_records(head)):
        if size > limits.input_bytes:
            raise too_large(source, size, limits.input_bytes)
        yield from run_guarded(Job(kind=kind, source=source, limits=limits, path=path), at)
    elif size > limits.document_bytes and kind not in ("empty", "binary"):
        raise too_large(source, size, limits.document_bytes)
    else:
        data = head if size <= len(head) else stream.read(limits.document_bytes)
        yield from _run(job_for(data, source, limits, name=source))


def _telling(found: Iterator[Document | ReadError], stream: IO[bytes], at: At | None) -> Iterator[Document | ReadError]:
    """What was found, and how far the stream is."""
    for one in found:
        if at:
            at(stream.tell())
        yield one


def _until_damaged(pieces: Iterable[bytes], source: str, limits: Limits) -> Iterator[Document | ReadError]:
    """The lines of a packed file as far as it can be unpacked, and then why no further."""
    stream = io.BufferedReader(_Pieces(pieces), HEAD)
    yield from read_json_lines(_lines(stream, b"", limits), source, limits)


class _Pieces(io.RawIOBase):
    """A stream of pieces. A ReadError of theirs passes through."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = iter(pieces)
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.rest:
            self.rest = next(self.pieces, b"")
        count = min(len(buffer), len(self.rest))
        buffer[:count] = self.rest[:count]
        self.rest = self.rest[count:]
        return count


def _lines(stream: IO[bytes], head: bytes, limits: Limits) -> Iterator[Line]:
    """Numbered lines, of which an overlong one is cut and its rest passed over."""
    most = limits.document_bytes
    start = io.BufferedReader(_Pieces(_with_head(stream, head)), HEAD) if head else stream
    number = total = 0
    while line := start.readline(most + 1):
        number += 1
        cut = len(line) > most
        while cut and not line.endswith(b"\n") and (line := start.readline(MIB)):
            total += len(line)
        total += len(line)
        yield Line(number, b"" if cut else line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, cut)
        if total > limits.input_bytes:
            raise too_large("input", total, limits.input_bytes)


def _with_head(stream: IO[bytes], head: bytes) -> Iterator[bytes]:
    yield head
    while piece := stream.read(HEAD):
        yield piece


def _system_error(source: str, error: OSError) -> ReadError:
    reason = {
        errno.ENOENT: "not-found",
        errno.ELOOP: "not-found",
        errno.ENAMETOOLONG: "not-found",
        errno.ENOTDIR: "not-found",
        errno.EACCES: "not-permitted",
        errno.EPERM: "not-permitted",
        errno.ENXIO: "not-a-file",
        errno.ENODEV: "not-a-file",
    }.get(error.errno or 0, "unreadable")
    links = " (a link that points nowhere)" if reason == "not-found" and os.path.islink(source) else ""
    return read_error(source, reason, f"{error.strerror or error}{links}")
