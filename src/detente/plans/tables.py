"""Plans as spreadsheets: one CSV file, or one XLSX workbook with a sheet a section; nothing but comments is lost.

A CSV has the columns `section`, `id` and every key in use. A workbook has a sheet `plan` (key, value) and one a
section. A step is a row of its own: its `pair` and `side` say where it stands. Cells hold text; a cell that
begins with '[' or '{' holds a list or a table in JSON, and a text that begins so is written in JSON quotes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ..errors import PlanError
from .files import to_dict
from .model import Plan

Row = dict[str, str]
NAMED = (
    "parties",
    "verifiers",
    "others",
    "concerns",
    "measures",
    "days",
    "pairs",
    "powers",
    "sunsets",
    "extensions",
    "excuses",
    "views",
)
LISTED = ("claims", "decisions", "scenarios")


def write_csv(plan: Plan) -> str:
    """The whole plan as one table."""
    rows = list(_rows(to_dict(plan)))
    columns = list(dict.fromkeys(["section", "id", "pair", "side", *(k for row in rows for k in row)]))
    out = StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_xlsx(plan: Plan, path: str | Path) -> None:
    """The whole plan as a workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    sections: dict[str, list[Row]] = {}
    for row in _rows(to_dict(plan)):
        sections.setdefault(row["section"], []).append({k: v for k, v in row.items() if k != "section"})
    for section, rows in sections.items():
        sheet = book.create_sheet(section)
        columns = list(dict.fromkeys(k for row in rows for k in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(c, "") for c in columns])
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.data_type = "s"
        sheet.freeze_panes = "A2"
    book.save(path)


def read_table(path: Path) -> dict[str, Any]:
    """The plain dictionaries of a plan from a CSV or XLSX file. Raises PlanError."""
    try:
        rows = _read_xlsx(path) if path.suffix.lower() == ".xlsx" else _read_csv(path.read_text(encoding="utf-8-sig"))
    except (OSError, KeyError, ValueError, csv.Error, BadZipFile) as error:
        raise PlanError(
            f"{path}: cannot be read as a table of a plan: {error}; write one with `detente plan convert`"
        ) from error
    return from_rows(rows, str(path))


def from_rows(rows: list[Row], name: str = "plan") -> dict[str, Any]:
    """The plain dictionaries of a plan from its rows. Raises PlanError."""
    data: dict[str, Any] = {}
    for number, row in enumerate(rows, start=2):
        section = row.get("section", "")
        cells = {k: _value(v) for k, v in row.items() if v != "" and k not in ("section", "pair", "side") and k}
        if section == "plan":
            data[str(row.get("id"))] = _value(row.get("value", ""))
        elif section == "steps":
            pair = data.setdefault("pairs", {}).setdefault(row.get("pair", ""), {})
            pair.setdefault(row.get("side", "give"), []).append(cells)
        elif section in NAMED:
            name = str(cells.pop("id", ""))
            data.setdefault(section, {}).setdefault(name, {}).update(cells)
        elif section in LISTED:
            data.setdefault(section, []).append(cells)
        else:
            raise PlanError(
                f"{name}: row {number}, column section: there is no section '{section}'; "
                f"use plan, steps, {', '.join((*NAMED, *LISTED))}"
            )
    return data


def _rows(data: dict[str, Any]) -> Iterator[Row]:
    for key, value in data.items():
        if key == "pairs":
            for name, pair in value.items():
                own = {k: v for k, v in pair.items() if k not in ("give", "get")}
                yield _row("pairs", {"id": name, **own})
            for name, pair in value.items():
                for side in ("give", "get"):
                    steps = pair.get(side, [])
                    for step in steps if isinstance(steps, list) else [steps]:
                        yield {**_row("steps", step), "pair": name, "side": side}
        elif key in NAMED:
            for name, row in value.items():
                yield _row(key, {"id": name, **row})
        elif key in LISTED:
            for row in value:
                yield _row(key, row)
        else:
            yield _row("plan", {"id": key, "value": value})


def _row(section: str, cells: dict[str, Any]) -> Row:
    return {"section": section, **{k: _cell(v) for k, v in cells.items()}}


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if value[:1] in ("[", "{", '"', "=") else value
    return json.dumps(value, ensure_ascii=False)


def _value(cell: str) -> Any:
    """A cell that merely begins like JSON is read as text, so that a person may type '[sic]'."""
    if cell[:1] in ("[", "{", '"'):
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell


def _read_csv(text: str) -> list[Row]:
    return [{k: v or "" for k, v in row.items() if k is not None} for row in csv.DictReader(StringIO(text))]


def _read_xlsx(path: Path) -> list[Row]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows: list[Row] = []
    for sheet in book.worksheets:
        lines = sheet.iter_rows(values_only=True)
        columns = [str(c or "") for c in next(lines, ())]
        for line in lines:
            cells = {c: _as_text(v) for c, v in zip(columns, line, strict=False) if c and v is not None}
            if cells:
                rows.append({"section": sheet.title, **cells})
    book.close()
    return rows


def _as_text(value: Any) -> str:
    """Spreadsheet programs turn typed cells into dates and numbers; back to what was meant."""
    from datetime import datetime

    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
