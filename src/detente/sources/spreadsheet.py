"""CSV and other tables with a delimiter: a document for every row with a text, under the same names of columns as the
keys of JSON Lines. What a spreadsheet saves and what news archives export.

Read row by row, so that a file of any size takes the memory of its longest row.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from ..document import Document
from ..errors import ReadError
from .encodings import decode
from .jsonlines import ALIASES, document_of, plain_key
from .limits import MIB, Limits
from .reasons import read_error
from .warc import Started

MEDIA_TYPE = "text/csv"
DELIMITERS = "\t;,|"
BATCH = 64
"""Rows between two that reading can go on behind, should the process die."""
LINES = 20
"""Lines that a table without a telling name is known by."""
COLUMNS = 6
"""So many columns must they all have: prose with tabs has them here and there."""


def delimiter_of(line: str) -> str | None:
    """What parts the cells of a line, None where nothing does. A tab goes before what sentences hold too."""
    counts = {mark: line.count(mark) for mark in DELIMITERS}
    if counts["\t"]:
        return "\t"
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def is_table(text: str) -> bool:
    """Whether every one of the first lines of a text has the same number of tabs, as an exported table has."""
    lines = text.split("\n", LINES + 1)
    whole = [line for line in lines[:-1] if line.strip()][:LINES] or [text]
    tabs = {line.count("\t") for line in whole}
    return len(tabs) == 1 and tabs.pop() >= COLUMNS - 1


def read_table(
    stream: BinaryIO, size: int, source: str, limits: Limits, *, after: int | None = None
) -> Iterator[Document | ReadError | Started]:
    """A document or an error for every row. `size`: bytes of the file. `after`: the first row of a batch behind which
    to go on; rows are counted from 0 below the heading.

    Raises ReadError for a table without a column with a text.
    """
    decoded = decode(stream.read(MIB))
    stream.seek(0)
    csv.field_size_limit(limits.document_bytes)
    text = io.TextIOWrapper(stream, decoded.encoding, "replace", newline="")
    try:
        delimiter = delimiter_of(decoded.text.split("\n", 1)[0]) or ","
        rows = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
        names = [name.strip("\ufeff \t") for name in next(rows, [])]
        if not any(plain_key(name) in ALIASES["text"] for name in names):
            known = ", ".join(ALIASES["text"][:5])
            raise read_error(
                source, "no-text", f"a table with no column named any of: {known}; tables of events: detente import"
            )
        yield from _documents(rows, names, stream, source, limits, -1 if after is None else after)
    finally:
        text.detach()


def _documents(
    rows: Iterator[list[str]], names: list[str], stream: BinaryIO, source: str, limits: Limits, after: int
) -> Iterator[Document | ReadError | Started]:
    number = -1
    while True:
        number += 1
        place = f"row {number + 1}"
        behind = number // BATCH * BATCH > after
        if number % BATCH == 0 and behind:
            yield Started(place, number, stream.tell())
        try:
            cells = next(rows, None)
            if cells is None:
                return
            if behind and any(cell.strip() for cell in cells):
                entry = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
                yield document_of(
                    entry, json.dumps(entry, sort_keys=True).encode(), source, place, limits, media_type=MEDIA_TYPE
                )
        except ReadError as error:
            yield error
        except csv.Error as error:
            yield read_error(
                f"{source}#{place}", "too-large", f"not to be read as a row ({error}): a quote is missing?"
            )
