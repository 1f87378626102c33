"""The user's own files of actors and of terms of office, read and checked: CSV, YAML; PETRARCH is in `petrarch.py`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import CodebookError

USER_COLUMNS = ("id", "name", "aliases", "kind", "country", "code", "role", "since", "until")
TERM_COLUMNS = ("person", "aliases", "country", "kind", "office", "since", "until", "role", "source")
"""A CSV with a column 'person' holds terms of office, as our own `terms.csv` does."""
SUFFIXES = frozenset({".csv", ".yaml", ".yml", ".txt", ".actors", ".agents"})


def files_of(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files themselves; of a folder those that can be tables of actors, in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            yield path


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, checked. Raises CodebookError with file, row and remedy."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path}: cannot be read as UTF-8 CSV ({error})") from error
    return [_checked(row, path, number) for number, row in enumerate(found, 2)]


def yaml_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a YAML file: a list of objects with the columns as keys; lists are joined."""
    import yaml

    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodebookError(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise CodebookError(f"{path}: write a list of actors, each with at least 'name' and 'country' or 'code'")
    plain = [{str(k): ";".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in row.items()} for row in data]
    return [_checked(row, path, number) for number, row in enumerate(plain, 1)]


def _checked(row: dict[str, Any], path: Path, number: int) -> dict[str, str]:
    clean = {k: (v or "").strip() for k, v in row.items() if k and isinstance(v, str | None)}
    if clean.get("person"):
        if not clean.get("country"):
            raise CodebookError(f"{path}, row {number}: no 'country'; the columns are {', '.join(TERM_COLUMNS)}")
        return {column: clean.get(column, "") for column in TERM_COLUMNS}
    if not clean.get("name"):
        raise CodebookError(
            f"{path}, row {number}: no 'name'; the columns are {', '.join(USER_COLUMNS)}, or for terms of office "
            f"{', '.join(TERM_COLUMNS)}"
        )
    return clean
