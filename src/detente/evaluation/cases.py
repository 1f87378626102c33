"""Cases that a political scientist writes: a dispatch and what a careful reader would put on record from it.

The form of `expected.json` is described in docs/reference/cases.md.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..claims import Claims
from ..document import Document
from ..errors import UsageError
from . import case_scores
from .case_scores import Item

SUFFIXES = (".txt", ".html", ".htm", ".md")
KINDS: dict[str, tuple[str, ...]] = {
    "actors": ("text",),
    "events": ("evidence", "plover"),
    "not_events": ("evidence",),
    "statements": ("content",),
    "dates": ("text", "value"),
    "agreements": ("parties",),
    "plans": (),
}
"""The kinds of expectation, and what each entry must say."""
HEADLINES = {
    "events": "events with right type, actors and date",
    "not_events": "not-events found as done",
    "statements": "statements with right speaker and via",
    "stances": "stances with right topic and side",
    "actors": "persons with right office, body and country",
    "others": "other actors found",
    "agreements": "agreements with right parties, sectors, signatories, date and place",
    "plans": "plans with right proposer, announcement and positions",
    "dates": "dates with right value",
}
"""What is counted, in the order and the words in which it is printed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One dispatch and its expectation."""

    name: str
    dispatch: Path
    expected: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case came out, item by item."""

    case: Case
    items: tuple[Item, ...]
    beyond: dict[str, int]
    """How many events and statements were found that the case does not list (not counted as errors)."""


def load_cases(folder: Path) -> list[Case]:
    """The cases under `folder`, or the case that `folder` is, by name.

    Raises UsageError when there are none or when a file of expectations is malformed.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give a folder of cases (docs/reference/cases.md)")
    files = sorted(folder.rglob("expected.json")) + sorted(folder.rglob("*.expected.json"))
    cases = [_load(path) for path in files]
    if not cases:
        raise UsageError(
            f"{folder}: no cases; a case is a folder with dispatch.txt and expected.json, "
            "or NAME.txt beside NAME.expected.json"
        )
    return sorted(cases, key=lambda case: case.name)


def _load(path: Path) -> Case:
    stem = "dispatch" if path.name == "expected.json" else path.name.removesuffix(".expected.json")
    name = path.parent.name if stem == "dispatch" else stem
    dispatch = next((p for s in SUFFIXES if (p := path.with_name(stem + s)).is_file()), None)
    if dispatch is None:
        raise UsageError(f"{path}: no dispatch beside it; {stem}.txt, .html or .md is needed")
    try:
        expected = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}, line {error.lineno}: not JSON ({error.msg})") from None
    if not isinstance(expected, dict):
        raise UsageError(f"{path}: an object with keys such as {', '.join(KINDS)} is needed")
    for kind, keys in KINDS.items():
        _check(path, kind, expected.get(kind, []), keys)
    return Case(name, dispatch, expected)


def _check(path: Path, kind: str, entries: Any, keys: tuple[str, ...]) -> None:
    if not isinstance(entries, list):
        raise UsageError(f"{path}: {kind!r} must be a list")
    for number, entry in enumerate(entries, 1):
        if kind == "not_events" and isinstance(entry, str):
            continue
        missing = [key for key in keys if not (isinstance(entry, dict) and key in entry)]
        if missing:
            raise UsageError(f"{path}: entry {number} of {kind!r} lacks {', '.join(map(repr, missing))}")


def read_case(case: Case) -> tuple[Document, Claims]:
    """Reads the dispatch as `detente read` would; the case's date stands in where the text has none.

    Raises ReadError when the dispatch cannot be read.
    """
    from .. import reading

    document = _document(case)
    if document.reference_date is None and case.expected.get("reference_date"):
        document = dataclasses.replace(document, published=case.expected["reference_date"])
    return document, reading.read(document)


def _document(case: Case) -> Document:
    from ..sources import Input, read_input

    result = next(read_input(Input(str(case.dispatch), "file")), None)
    if isinstance(result, Document):
        return result
    raise result or UsageError(f"{case.dispatch}: there is nothing to read in it")


def run_case(case: Case) -> CaseResult:
    """Reads the dispatch and compares what was found with what was expected."""
    document, claims = read_case(case)
    expected = case.expected
    items = (
        *case_scores.score_events(expected.get("events", []), document, claims),
        *case_scores.score_not_events(expected.get("not_events", []), document, claims),
        *case_scores.score_statements(expected.get("statements", []), document, claims),
        *case_scores.score_actors(expected.get("actors", []), claims),
        *case_scores.score_agreements(expected.get("agreements", []), claims),
        *case_scores.score_plans(expected.get("plans", []), claims),
        *case_scores.score_dates(expected.get("dates", []), document, claims),
    )
    beyond = {
        "events": max(0, len(claims.events) - sum(i.kind == "events" and i.matched for i in items)),
        "statements": max(0, len(claims.attributions) - sum(i.kind == "statements" and i.matched for i in items)),
    }
    return CaseResult(case, items, beyond)


def evaluate(folder: Path) -> dict[str, Any]:
    """Runs every case of `folder`.

    Returns {"kind", "gold", "n", "measures", "tables", "cases", "share"}: `measures` carry `right` and `of`
    for each line of HEADLINES, `cases` the items one by one, `share` all required items that came out right.
    """
    results = [run_case(case) for case in load_cases(folder)]
    items = [item for result in results for item in result.items]
    required = [item for item in items if not item.optional]
    return {
        "kind": "cases",
        "gold": str(folder),
        "n": len(results),
        "share": round(sum(i.right for i in required) / len(required), 4) if required else None,
        "measures": [_total(kind, required) for kind in HEADLINES if any(i.kind == kind for i in required)],
        "tables": [],
        "cases": [_case_dict(result) for result in results],
    }


def _total(kind: str, items: Iterable[Item]) -> dict[str, Any]:
    mine = [item for item in items if item.kind == kind]
    right = sum(item.right for item in mine)
    shown = len(mine) - right if kind == "not_events" else right
    return {
        "name": HEADLINES[kind],
        "value": round(shown / len(mine), 4),
        "low": None,
        "high": None,
        "n": len(mine),
        "right": shown,
    }


def _case_dict(result: CaseResult) -> dict[str, Any]:
    required = [item for item in result.items if not item.optional]
    return {
        "name": result.case.name,
        "items": [dataclasses.asdict(item) for item in result.items],
        "measures": [_total(kind, required) for kind in HEADLINES if any(i.kind == kind for i in required)],
        "beyond": result.beyond,
    }
