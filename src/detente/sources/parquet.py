"""Parquet: a document for every row with a text, under the same names of columns as the keys of JSON Lines.

Read row group by row group and batch by batch, so that a file of any size takes the memory of one batch. A row that
is no document is an error of that row, a broken row group one of its rows, and the others are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from ..document import Document
from ..errors import ReadError
from .encodings import decode
from .jsonlines import ALIASES, document_of, plain_key
from .limits import MIB, Limits
from .reasons import read_error
from .unpack import HARMLESS
from .warc import Started

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch
    from pyarrow.parquet import ParquetFile

MEDIA_TYPE = "application/vnd.apache.parquet"
BATCH = 64
"""Rows that are unpacked together."""
_KEYS = frozenset(alias for aliases in ALIASES.values() for alias in aliases)


def read_parquet(
    stream: BinaryIO, size: int, source: str, limits: Limits, *, after: int | None = None
) -> Iterator[Document | ReadError | Started]:
    """A document or an error for every row. `size`: bytes of the file. `after`: the first row of a batch behind which
    to go on.

    Raises ReadError for a file that is no Parquet, has no column with a text, or unpacks into too much.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(stream, buffer_size=MIB, pre_buffer=False)
        names = file.schema_arrow.names
        groups = [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)]
    except (ArrowException, OSError, ValueError) as error:
        raise read_error(source, "damaged", f"not to be read as Parquet ({_said(error)})") from None
    columns = [name for name in names if plain_key(name) in _KEYS]
    if not any(plain_key(name) in ALIASES["text"] for name in columns):
        raise read_error(source, "no-text", f"no column named any of: {', '.join(ALIASES['text'][:5])}")
    number = came_out = 0
    for group, rows in enumerate(groups):
        first, number = number, number + rows
        if after is not None and number <= after:
            continue
        row = first
        try:
            for batch in _batches(file, group, columns):
                last, row = row, row + batch.num_rows
                if after is not None and last <= after:
                    continue
                yield Started(f"row {last + 1}", last, size * last // max(1, sum(groups)))
                came_out += batch.nbytes
                for found in _documents(batch, last, source, limits):
                    came_out += len(found.text) if isinstance(found, Document) else 0  # a dictionary's, each time
                    if came_out > HARMLESS and came_out > size * limits.unpack_ratio:
                        raise read_error(source, "bomb", f"unpacks into more than {limits.unpack_ratio} times its size")
                    yield found
        except (ArrowException, OSError, ValueError) as error:
            where = f"rows {row + 1} to {number} are broken ({_said(error)}); what follows is read"
            yield read_error(f"{source}#row {row + 1}", "damaged", where)


def _batches(file: ParquetFile, group: int, columns: list[str]) -> Iterator[RecordBatch]:
    yield from file.iter_batches(batch_size=BATCH, row_groups=[group], columns=columns, use_threads=False)


def _documents(batch: RecordBatch, first: int, source: str, limits: Limits) -> Iterator[Document | ReadError]:
    columns = {name: _convertible(batch.column(n)) for n, name in enumerate(batch.schema.names)}
    for n in range(batch.num_rows):
        place = f"row {first + n + 1}"
        try:
            entry = {name: _value(column[n].as_py()) for name, column in columns.items()}
            entry = {name: value for name, value in entry.items() if value is not None}
            data = json.dumps(entry, sort_keys=True, default=str).encode()
            if len(data) > 2 * limits.document_bytes:
                raise read_error(f"{source}#{place}", "too-large", f"a row of {len(data):,} bytes")
            yield document_of(entry, data, source, place, limits, media_type=MEDIA_TYPE)
        except ReadError as error:
            yield error
        except (ValueError, OverflowError, ArithmeticError) as error:
            yield read_error(f"{source}#{place}", "damaged", f"a value cannot be read ({_said(error)})")


def _convertible(column: Array) -> Array:
    """Times in microseconds and UTC, as Python has them; all else as it is."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us", "UTC" if column.type.tz else None), safe=False)
    return column


def _value(value: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return decode(value).text if isinstance(value, bytes) else value


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:150]
