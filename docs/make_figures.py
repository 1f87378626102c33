"""The tables of accuracy and calibration in the documentation, from the data files that the pages show as well.

    python docs/make_figures.py            # data files -> tables of the documentation
    python docs/make_figures.py --take     # the other way, after somebody changed a table of the documentation
    python docs/make_figures.py --check    # exit 1 where they differ

The data files are `src/detente/workbench/tables/accuracy.csv` and `calibration.csv`.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "src" / "detente" / "workbench" / "tables"


@dataclass(frozen=True)
class Figures:
    """One table: the page that it stands in, the first cell of its heading, its data file and their columns."""

    page: Path
    heading: str
    data: Path
    columns: tuple[str, ...]


ALL = (
    Figures(
        ROOT / "docs" / "accuracy.md",
        "| data |",
        TABLES / "accuracy.csv",
        ("data", "measure", "detente", "must", "peer", "command"),
    ),
    Figures(
        ROOT / "docs" / "explanation" / "event-coding.md",
        "| confidence |",
        TABLES / "calibration.csv",
        ("confidence", "events", "mean", "right"),
    ),
)


def written(figures: Figures) -> tuple[list[str], int, int]:
    """The lines of the page, and where the rows of the table begin and end."""
    lines = figures.page.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(figures.heading)) + 2
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith("|")), len(lines))
    return lines, start, end


def rows_of_page(figures: Figures) -> list[list[str]]:
    lines, start, end = written(figures)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:end]]


def rows_of_data(figures: Figures) -> list[list[str]]:
    with figures.data.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))[1:]


def take(figures: Figures) -> None:
    with figures.data.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([figures.columns, *rows_of_page(figures)])


def give(figures: Figures) -> None:
    lines, start, end = written(figures)
    lines[start:end] = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows_of_data(figures)]
    figures.page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    if "--check" in sys.argv:
        return int(any(rows_of_page(f) != rows_of_data(f) for f in ALL))
    for figures in ALL:
        take(figures) if "--take" in sys.argv else give(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
