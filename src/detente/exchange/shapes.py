"""A shape: how one format of event data writes a coded event in its columns, and how it is read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from ..record import Record, Table
from .coded import Coded, coded_rows
from .delimited import Row, Style, read_table, write_tabs
from .layouts import Layout, layout

Cells = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One format of event data."""

    name: str
    header: bool
    from_cells: Callable[[Cells], Coded]
    """Raises ValueError, with the reason, for a row that is no event."""
    to_cells: Callable[[Coded], Cells] | None = None
    """None for a format that is only read."""
    takes: Callable[[Coded], bool] = lambda coded: bool(coded.day) and coded.cameo[:2].isdigit()
    """Which events it can hold: without a day or a code that it knows a row would be none."""
    style: Style = field(default_factory=Style)
    optional: frozenset[str] = frozenset()
    """Columns that older files lack."""
    also: dict[str, str] = field(default_factory=dict)
    """Other headings of columns, in small letters, and the columns that they head."""
    widths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Column names of older files without a heading, by how many columns they have."""

    @property
    def layout(self) -> Layout:
        return layout(self.name)

    def write(self, record: Record, table: Table[Any], out: IO[bytes]) -> int:
        """The events of a table in this shape. Returns the number of rows."""
        return self.write_coded(coded_rows(record, table), out)

    def write_coded(self, rows: Iterable[Coded], out: IO[bytes]) -> int:
        """Coded events in this shape."""
        to_cells = self.to_cells
        assert to_cells is not None, self.name
        header = self.layout.names if self.header else None
        return write_tabs(out, (self.layout.cells(to_cells(row)) for row in rows if self.takes(row)), header)

    def read(self, path: str | Path) -> Iterator[tuple[Row, Coded | None, str]]:
        """(row, event, why there is none) of each row of a file. Raises UsageError where it has other columns."""
        names: tuple[str, ...] | None = None
        file = None
        for row in read_table(path, self.style):
            if row.file != file:
                file, names = row.file, None
            if row.problem:
                yield row, None, row.problem
                continue
            if names is None:
                names = self._names(row)
                if self._is_header(row):
                    continue
            yield self._coded(row, names)

    def _coded(self, row: Row, names: tuple[str, ...]) -> tuple[Row, Coded | None, str]:
        if len(row.cells) != len(names):
            return row, None, f"{len(row.cells)} cells instead of {len(names)}"
        try:
            missing = dict.fromkeys(self.optional, "")
            return row, self.from_cells(missing | dict(zip(names, row.cells, strict=True))), ""
        except ValueError as error:
            return row, None, str(error)

    def _is_header(self, row: Row) -> bool:
        known = {name.lower() for name in self.layout.names} | self.also.keys()
        return sum(_plain(c) in known for c in row.cells) > len(row.cells) // 2

    def _names(self, row: Row) -> tuple[str, ...]:
        """The columns of a file by its first row."""
        ours = self.layout.names
        if self._is_header(row):
            by_name = {name.lower(): name for name in ours} | self.also
            names = tuple(by_name.get(_plain(c), _plain(c)) for c in row.cells)
            missing = [n for n in ours if n not in names and n not in self.optional]
            if missing:
                raise UsageError(f"{row.file} is no {self.name} table: it lacks the column {', '.join(missing[:5])}")
            return names
        if not self.header and len(row.cells) == len(ours):
            return ours
        if not self.header and len(row.cells) in self.widths:
            return self.widths[len(row.cells)]
        if self.header:
            raise UsageError(
                f"{row.file} is no {self.name} table: its first line has to name the columns "
                f"({', '.join(ours[:4])}, ...); see docs/reference/data-dictionary.md"
            )
        raise UsageError(
            f"{row.file} is no {self.name} table: it has {len(row.cells)} columns where {len(ours)} are expected; "
            "see docs/reference/data-dictionary.md"
        )


def _plain(heading: str) -> str:
    return heading.strip().strip('"').removeprefix("#!").strip().lower()


def unquoted(cells: Cells) -> Cells:
    """The cells without the quotation marks that some archives put around each text."""
    return {k: v[1:-1].replace('""', '"') if len(v) > 1 and v[0] == v[-1] == '"' else v for k, v in cells.items()}


@lru_cache(maxsize=4096)
def day_of(text: str) -> str:
    """YYYYMMDD or YYYY-MM-DD as YYYY-MM-DD. Raises ValueError where it is no day."""
    from datetime import date

    digits = text.strip()[:10].replace("-", "")
    if len(digits) != 8 or not digits.isdigit():
        raise ValueError(f"{text[:20]!r} is no day")
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()


def compact(day: str) -> str:
    """YYYY-MM-DD as YYYYMMDD."""
    return day.replace("-", "")


DENIALS = {"016": "REJECT"}
"""CAMEO counts a denial among statements; our lexicon codes it as PLOVER's REJECT."""


def with_type(coded: Coded) -> Coded:
    """The PLOVER type, quad class and Goldstein value that a CAMEO code stands for, where the row has none."""
    from ..events.codebook import load_codebook

    book = load_codebook()
    type = coded.type or book.type_of(coded.cameo) or DENIALS.get(coded.cameo, "")
    crossing = book.crossing(coded.cameo)
    return replace(
        coded,
        type=type,
        mode=coded.mode or (crossing.mode if crossing and crossing.mode else ""),
        quad=quad_of(type),
        goldstein=coded.goldstein if coded.goldstein is not None else book.goldstein(coded.cameo),
    )


def quad_of(type: str) -> int | None:
    """The quad class of a PLOVER type."""
    from ..events.codebook import QUADS

    return QUADS["plover"].get(type)


@lru_cache(maxsize=4096)
def cameo_of(code: str) -> str:
    """A CAMEO code as the codebook has it: '41' for '041' is what spreadsheets leave. Raises ValueError for none."""
    from ..events.codebook import load_codebook

    code = code.strip().strip("[]: ")
    if code not in load_codebook().codes and f"0{code}" in load_codebook().codes:
        code = f"0{code}"
    if not code[:2].isdigit() or not 1 <= int(code[:2]) <= 20:
        raise ValueError(f"{code[:20]!r} is no CAMEO code")
    return code
