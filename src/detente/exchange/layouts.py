"""The columns of every table that goes out or comes in: names, order, types and meanings, from `tables/columns.csv`.

The names and orders are those of the published codebooks: GDELT Event Database 2.0 (2015), ICEWS Coded Event Data
(Boschee et al. 2015, Harvard Dataverse doi:10.7910/DVN/28075), Phoenix (Open Event Data Alliance), POLECAT (Halterman
et al. 2023, doi:10.7910/DVN/AJGVIT), PETRARCH-2's writer, ACLED (2024). The meanings are in our own words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout."""

    name: str
    type: str
    """str, int, float, date (YYYY-MM-DD), or list (of str)."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one table, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def cells(self, row: Mapping[str, str]) -> list[str]:
        """The cells of a row in order, '' where it has none. Raises KeyError for a column that the layout lacks."""
        strange = row.keys() - set(self.names)
        if strange:
            raise KeyError(f"{self.name} has no column {', '.join(sorted(strange))}")
        return [row.get(name, "") for name in self.names]


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by name."""
    found: dict[str, list[Column]] = {}
    with (TABLES / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["format"], []).append(Column(row["column"], row["type"], row["meaning"]))
    return {name: Layout(name, tuple(columns)) for name, columns in found.items()}


def layout(name: str) -> Layout:
    return layouts()[name]
