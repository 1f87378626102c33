"""Tables of text, one row a line and one cell between two tabs or commas: writing them, and reading other people's.

Tab-separated event data has no way to write a tab or a line end in a cell: they are written as blanks. Files come as
they are, packed by gzip, or in a zip; nothing is unpacked to disk, and a bomb never goes off.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from ..errors import UsageError
from ..sources import Limits, ReadError
from ..sources.limits import MIB
from ..sources.unpack import gunzip

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LONE = re.compile("[\ud800-\udfff]")
MOST_BYTES = 8 * 1024 * MIB
"""Of one file, after unpacking."""
MOST_LINE = 4 * MIB
csv.field_size_limit(MOST_LINE)


def cell(text: str) -> str:
    """The text as one cell of tab-separated data can hold it: one line, single blanks."""
    return _LONE.sub("\ufffd", _BREAKS.sub(" ", text)).strip()


def number(value: float | int | None) -> str:
    """A number in the fewest digits that give the same number back; '' for None."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


def whole(text: str) -> int | None:
    """A whole number of a cell, None where there is none."""
    value = real(text)
    return int(value) if value is not None else None


def real(text: str) -> float | None:
    """A number of a cell, None where there is none or it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def write_tabs(out: IO[bytes], rows: Iterable[Sequence[str]], header: Sequence[str] | None = None) -> int:
    """Writes rows of cells, UTF-8, lines ending in LF. Returns how many, the header not counted."""
    if header is not None:
        out.write("\t".join(header).encode() + b"\n")
    n = 0
    for row in rows:
        n += 1
        out.write("\t".join(map(cell, row)).encode("utf-8", "replace") + b"\n")
    return n


# --- reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it came: where it stood, and its cells. `problem` says why it cannot be used."""

    file: str
    """The path; for a member of a zip 'path#member'."""
    line: int
    """Where it begins, from 1."""
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a provider's tables are written."""

    separator: str = "\t"
    quoted: bool = False
    """Whether a cell may stand in quotation marks and hold line ends, as in CSV. The separator is then the semicolon
    where the first line has more of these."""


def read_table(path: str | Path, style: Style, limits: Limits | None = None) -> Iterator[Row]:
    """The rows of a file, of a gzip file, or of every table in a zip, with their places.

    A row too long to be one is yielded with its `problem`. Raises UsageError where the file cannot be opened, and
    ReadError where it is damaged or a bomb; what came before was yielded.
    """
    limits = limits or Limits()
    for name, lines in _streams(Path(path), limits):
        yield from _rows(name, lines, style)


def _rows(name: str, lines: Iterator[tuple[int, str, bool]], style: Style) -> Iterator[Row]:
    if not style.quoted:
        for n, line, cut in lines:
            if cut:
                yield Row(name, n, (), f"the line is longer than {MOST_LINE:,} bytes")
            elif line.strip():
                yield Row(name, n, tuple(line.split(style.separator)))
        return
    last = 0

    def text() -> Iterator[str]:
        nonlocal last
        for n, line, cut in lines:
            last = n
            yield ("" if cut else line) + "\n"

    first = next(lines, (0, "", False))
    separator = ";" if first[1].count(";") > first[1].count(style.separator) else style.separator
    lines = chain([first], lines) if first[0] else lines
    reader = csv.reader(text(), delimiter=separator)
    begin = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(name, begin, (), f"not CSV: {error}")
            begin = last + 1
            continue
        if any(cells):
            yield Row(name, begin, tuple(cells))
        begin = last + 1


def _streams(path: Path, limits: Limits) -> Iterator[tuple[str, Iterator[tuple[int, str, bool]]]]:
    """Name and numbered lines of every table in the file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            stream.seek(0)
            if head[:2] == b"\x1f\x8b":
                pieces = gunzip(stream, str(path), limits, MOST_BYTES)
                yield str(path), _lines(io.BufferedReader(_Joined(pieces), MIB))
            elif head == b"PK\x03\x04":
                yield from _members(stream, path, limits)
            else:
                yield str(path), _lines(stream)
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder; name the files in it: {path}/*.csv") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}); name a file that you may read") from error


def _members(stream: IO[bytes], path: Path, limits: Limits) -> Iterator[tuple[str, Iterator[tuple[int, str, bool]]]]:
    """The tables of a zip. Members are read where they are: their names lead nowhere, whatever they say."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                if member.is_dir() or not re.search(r"\.(csv|tsv|tab|txt)$", member.filename, re.I):
                    continue
                where = f"{path}#{cell(member.filename)}"
                if member.flag_bits & 1:
                    raise ReadError(where, "encrypted", "a password is needed; unpack it first")
                if member.file_size > max(4 * MIB, member.compress_size * limits.unpack_ratio):
                    raise ReadError(where, "bomb", f"says that it unpacks to {member.file_size:,} bytes")
                with archive.open(member) as content:
                    yield where, _lines(_Capped(content, member.file_size, where))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise ReadError(str(path), "damaged", f"the zip file cannot be read ({error}); get it again") from error


class _Joined(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


class _Capped(io.RawIOBase):
    """A member of a zip that may not give more than it says."""

    def __init__(self, stream: IO[bytes], most: int, where: str) -> None:
        self._stream, self._left, self._where = stream, most, where

    def readline(self, size: int | None = -1, /) -> bytes:
        try:
            line = self._stream.readline(-1 if size is None else size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ReadError(self._where, "damaged", f"the zip file is corrupt ({error}); get it again") from error
        self._left -= len(line)
        if self._left < 0:
            raise ReadError(self._where, "bomb", "unpacks into more than it says")
        return line


def _lines(stream: IO[bytes] | io.RawIOBase) -> Iterator[tuple[int, str, bool]]:
    """(number, text without its end, whether it is too long) of each line. What is not UTF-8 is read as Windows-1252,
    a line at a time."""
    n = 0
    while line := stream.readline(MOST_LINE + 1):
        n += 1
        cut = len(line) > MOST_LINE
        while cut and not line.endswith(b"\n") and (line := stream.readline(MOST_LINE)):
            pass
        yield n, "" if cut else _decoded(line.removeprefix(b"\xef\xbb\xbf") if n == 1 else line), cut


def _decoded(line: bytes) -> str:
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
