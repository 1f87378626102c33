"""What there is to read: files in folders, files that match a pattern, objects in stores, addresses, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadError
from .objects import PATTERN, is_object_address, list_objects, said_by
from .reasons import read_error

STDIN = "-"
_ADDRESS = re.compile(r"https?://", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)

PASSED_OVER = frozenset(
    [
        ".css",
        ".js",
        ".mjs",
        ".map",
        ".woff",
        ".woff2",
        ".ttf",
        ".ico",
        ".detente",
        ".detente-wal",
        ".detente-shm",
        ".detente-journal",
        ".pyc",
    ]
)
"""Endings of files that a walk through a folder passes over without a word: the parts of saved web pages,
and records. Hidden files and folders are passed over as well. Named by themselves, all are read."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file, address or standard input to read, or why there is none."""

    source: str
    kind: str
    """'file', 'object', 'url', 'stdin' or 'problem'."""
    problem: ReadError | None = None
    size: int | None = None
    """Bytes of an object; None where nobody has looked."""
    version: str = ""
    """What tells an object from another under the same name."""

    def bytes_to_read(self) -> int | None:
        """How many bytes there are to read; None where that cannot be known before."""
        if self.kind != "file":
            return self.size if self.kind == "object" else 0 if self.kind == "problem" else None
        try:
            return os.stat(self.source).st_size
        except OSError:
            return 0


def enumerate_inputs(sources: str | Path | Iterable[str | Path]) -> Iterator[Input]:
    """The inputs that `sources` stand for, in the order given and sorted by name within a folder or pattern.

    Opens no file. Links to folders are followed, each folder once, so that loops end. Stores of objects are asked
    what they hold.
    """
    for source in [sources] if isinstance(sources, str | Path) else sources:
        yield from _inputs_of(str(source))


def _inputs_of(source: str) -> Iterator[Input]:
    if source == STDIN:
        yield Input(STDIN, "stdin")
    elif _ADDRESS.match(source):
        yield Input(source, "url")
    elif is_object_address(source):
        yield from _objects(source)
    elif _SCHEME.match(source):
        yield _problem(source, "address-refused", "only http, https, s3, gs and abfs addresses are read")
    elif "\0" in source:
        yield _problem(source.replace("\0", "\ufffd"), "not-found", "no file name holds a NUL")
    elif os.path.isdir(source):
        yield from _walk(source, set())
    elif os.path.lexists(source):
        yield Input(source, "file")
    elif PATTERN.search(source):
        yield from _matches(source)
    else:
        yield _problem(source, "not-found", "there is no such file or folder")


def _objects(address: str) -> Iterator[Input]:
    try:
        found = list_objects(address)
    except OSError as error:
        yield _problem(address, "unreadable", f"the store does not give it ({said_by(error)})")
        return
    pattern = PATTERN.search(address)
    below = address.rfind("/", 0, pattern.start()) if pattern else len(address.rstrip("/"))
    for one in found:
        inside = one.url[below:] if one.url != address else ""
        hidden = any(part.startswith(".") for part in inside.split("/"))
        if not (inside and (hidden or os.path.splitext(one.url)[1].lower() in PASSED_OVER)):
            yield Input(one.url, "object", size=one.size, version=one.version)
    if not found:
        yield _problem(address, "not-found", "the store has nothing under this name or pattern")


def _matches(pattern: str) -> Iterator[Input]:
    found = sorted(glob.iglob(os.path.expanduser(pattern), recursive=True))
    for path in found:
        if not os.path.isdir(path):
            yield Input(path, "file")
        elif "**" not in pattern:
            yield from _walk(path, set())
    if not found:
        yield _problem(pattern, "not-found", "no file matches the pattern")


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Input]:
    """The files below a folder. Without recursion: a tree may be deeper than Python's stack."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            status = os.stat(current)
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                continue
            seen.add(identity)
            with os.scandir(current) as entries:
                found = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            yield _problem(current, "not-permitted", f"the folder cannot be read ({error.strerror})")
            continue
        folders = []
        for entry in found:
            if _is_folder(entry):
                folders.append(entry.path)
            elif os.path.splitext(entry.name)[1].lower() not in PASSED_OVER:
                yield Input(entry.path, "file")
        waiting.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _problem(source: str, reason: str, message: str) -> Input:
    return Input(source, "problem", read_error(source, reason, message))
