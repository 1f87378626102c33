"""What the commands of `detente plan` are given: plans by name, viewpoints, texts, records, files of claims."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..document import Document
from ..errors import UsageError
from .attach import Suggestion, attach, suggest
from .binding import actors
from .evidence import KINDS_USED, Evidence, evidence, from_record
from .files import from_dict, to_dict
from .model import Plan, Report
from .source import parse_yaml, plain, read_text
from .vocabulary import ANYBODY


def viewpoint(plan: Plan, who: str) -> str:
    """The name itself. Raises UsageError when the plan knows no such actor or view."""
    known = sorted({*actors(plan), *ANYBODY, *(c.by for c in plan.claims)})
    if who in known:
        return who
    near = difflib.get_close_matches(who, known, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"it knows {', '.join(known)}"
    raise UsageError(f"the plan knows no '{who}'; {hint}")


def today() -> str:
    return date.today().isoformat()


def testimony(source: str | Path, published: str = "") -> list[tuple[Document, Any]]:
    """(document, claim) of a record, a file or postgresql://user@host/database, or of a text that is read now.

    Raises UsageError when there is no such file, RecordError when a record cannot be opened.
    """
    if is_record(source):
        return list(from_record(source, (*KINDS_USED, "actor", "date")))
    from ..reading import read

    text = Path(source).read_text(encoding="utf-8-sig", errors="replace")
    document = Document.from_text(text, source=str(source), published=published or None)
    document = document if published else _dated(document)
    return [(document, claim) for claim in read(document)]


def is_record(source: str | Path) -> bool:
    """Whether it is a record, on a server or in a file. Raises UsageError when it is a file that is not there."""
    from ..record.store import is_server

    if is_server(source):
        return True
    if not Path(source).is_file():
        raise UsageError(f"there is no file {source}")
    with Path(source).open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _dated(document: Document) -> Document:
    """The day of a text that begins with a date line: the first whole date in its first three lines."""
    from ..language import find_dates, parse

    head = "\n".join(document.text.split("\n")[:3])
    mentions = find_dates(parse(dataclasses.replace(document, text=head))).mentions
    found = [m.value[:10] for m in mentions if len(m.value) >= 10 and m.value[:4].isdigit()]
    return dataclasses.replace(document, published=found[0]) if found else document


def evidence_of(record: str | Path | None) -> list[Evidence]:
    """The claims of a record that can speak of a plan; none without a record."""
    return list(evidence(from_record(record))) if record else []


def reports_of(plan: Plan, found: Sequence[Evidence], claims: Path | None) -> tuple[Report, ...]:
    """The plan's own claims, those of the record that attach, and those of a file of claims."""
    attached = tuple(r for a in attach(plan, found) for r in a.reports)
    return (*plan.claims, *attached, *(claims_of(plan, claims) if claims else ()))


def claims_of(plan: Plan, path: Path) -> tuple[Report, ...]:
    """The claims of a YAML file (a list, or a table with `claims`), checked against the plan. Raises PlanFileError."""
    text = read_text(path)
    if not text.lstrip().startswith("claims"):
        text = "claims:\n" + text
    rows = plain(parse_yaml(text, str(path))).get("claims", [])
    return from_dict({**to_dict(plan), "claims": rows}, name=str(path)).claims


def suggestions_of(plan: Plan, found: Sequence[Evidence], limit: int, as_of: str = "") -> tuple[Suggestion, ...]:
    """The best of the claims known by `as_of` that nothing attaches; none where none are asked for."""
    known = [item for item in found if not as_of or item.date <= as_of]
    return suggest(plan, known, limit=limit) if limit and known else ()
