"""Status, findings and scenarios as text for a terminal, and as plain dictionaries for programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .comparing import Change
from .model import Plan, Report, Step
from .scenarios import Outcome
from .status import PlanStatus


def table(rows: Iterable[Sequence[object]], indent: int = 2) -> list[str]:
    """Rows in columns as wide as their longest cell; the last column is left as it is."""
    texts = [["" if c is None else str(c) for c in row] for row in rows]
    if not texts:
        return []
    count = max(map(len, texts))
    widths = [max((len(r[i]) for r in texts if i < len(r) - 1), default=0) for i in range(count)]
    return [
        " " * indent + "  ".join(c.ljust(widths[i]) if i < len(r) - 1 else c for i, c in enumerate(r)).rstrip()
        for r in texts
    ]


def status_text(plan: Plan, found: PlanStatus, *, claims: bool = True) -> str:
    """The status as a reader wants it: positions, steps with the claims behind them, ledger, what is owed."""
    lines = [
        f"{plan.title or plan.plan}, as of {found.as_of}, {_view_words(found.view)}",
        f"The text is: {plan.status_of_text}",
    ]
    if plan.proposed:
        by = ", ".join(plan.proposed.by) or "nobody named"
        more = "".join(
            f", {w}"
            for w in (plan.proposed.announced_by and f"announced by {plan.proposed.announced_by}", plan.proposed.date)
            if w
        )
        lines.append(f"Proposed by {by}{more}" + (f"  [{plan.proposed.source}]" if plan.proposed.source else ""))
    if found.stands:
        lines += ["", "Where the parties stand"]
        lines += table((s.party, s.state, *_first_words(found.reports, s.claims)) for s in found.stands.values())
    lines += ["", "Steps"]
    steps = {step.id: step for step in plan.steps}
    texts = table(
        (
            row.id,
            row.state,
            "final" if row.final else "open",
            f"until {row.due}" if row.due else "",
            _step_words(steps[row.id], row.note),
        )
        for row in found.steps.values()
    )
    for text, row in zip(texts, found.steps.values(), strict=True):
        lines.append(text)
        if claims:
            lines += [f"      {claim_words(found.reports[c])}" for c in row.claims if c in found.reports]
    for title, rows in (("Measures", found.measures), ("Powers", found.powers), ("Days", found.days)):
        if rows:
            lines += ["", title]
            lines += table([(r.id, r.state, _since(r.since), "final" if r.final else "") for r in rows.values()])
    lines += ["", "Owed now"]
    lines += table(map(_owed_row, found.owed)) or ["  nothing"]
    if plan.not_stated:
        lines += ["", f"The text does not state: {'; '.join(plan.not_stated)}"]
    return "\n".join(lines)


def _step_words(step: Step, note: str) -> str:
    marks = [
        note,
        "confidential" if step.confidential else "",
        f"uncertain: {step.uncertain}" if step.uncertain else "",
    ]
    marks += [f"read in {len(step.readings)} ways"] if step.readings else []
    told = "; ".join(mark for mark in marks if mark)
    return f"{', '.join(step.who)}: {step.does}" + (f"  ({told})" if told else "")


def _view_words(view: str) -> str:
    if view == "argued":
        return "what stands by the plan's order of authority"
    return "all claims side by side" if view == "anyone" else f"according to {view}"


def _since(day: date | None) -> str:
    return f"since {day}" if day and day.year > 1 else ""


def _owed_row(owed: Any) -> tuple[object, ...]:
    until = f"until {owed.until}" if owed.until else "no deadline"
    late = "OVERDUE" if owed.overdue else ""
    unlocks = f"(unlocks {', '.join(owed.unlocks)})" if owed.unlocks else ""
    return (owed.step, ", ".join(owed.who), until, late, f"{owed.does} {unlocks}".strip())


def _first_words(reports: Mapping[str, Report], ids: Sequence[str]) -> tuple[str, ...]:
    return (claim_words(reports[ids[0]]),) if ids and ids[0] in reports else ()


def claim_words(report: Report) -> str:
    """One claim in one line: who, when, what, in which words, where."""
    words = f' "{report.words}"' if report.words else ""
    place = report.source + (f" [{report.span}]" if report.span else "")
    day = "" if report.date.startswith("0001") else f" {report.date}"
    by = "the report itself" if report.by == "outlet:unknown" else report.by
    return f"{by}{day}: {report.says}{f' {report.amount}' if report.amount else ''}{words}" + (
        f"  ({place})" if place else ""
    )


def changes_text(changes: Sequence[Change], reports: Mapping[str, Report]) -> str:
    """What differs, with the claims behind it."""
    lines: list[str] = []
    for change in changes:
        lines.append(f"  {change.clause}: {change.before} -> {change.after}")
        lines += [f"      {claim_words(reports[c])}" for c in change.claims if c in reports]
    return "\n".join(lines) or "  no difference"


def outcomes_text(outcomes: Sequence[Outcome]) -> str:
    """Each scenario, and where it did not hold what was expected and found."""
    lines = []
    for outcome in outcomes:
        lines.append(
            f"  {'ok  ' if outcome.holds else 'FAIL'}  {outcome.scenario.as_of}  {outcome.scenario.view}  {outcome.scenario.name}"
        )
        lines += [f"        {m.clause}: expected {m.expected}, found {m.found}" for m in outcome.mismatches]
    return "\n".join(lines)


def as_json(value: Any) -> Any:
    """Dataclasses, dates and mappings as plain dictionaries, lists and strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: as_json(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if getattr(value, f.name) not in ("", ())
        }
    if isinstance(value, Mapping):
        return {str(k): as_json(v) for k, v in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [as_json(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)
