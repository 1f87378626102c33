"""What changed: between two days, between two viewpoints, between two versions of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from .files import to_dict
from .model import Plan
from .status import PlanStatus


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, with the claims that are behind the second side only."""

    clause: str
    before: str
    after: str
    claims: tuple[str, ...] = ()


def compare_status(first: PlanStatus, second: PlanStatus) -> tuple[Change, ...]:
    """What the second status says otherwise than the first."""
    changes = []
    for name in ("stands", "steps", "measures", "powers", "days"):
        one, two = getattr(first, name), getattr(second, name)
        for id in dict.fromkeys((*one, *two)):
            before, after = (_words(table.get(id)) for table in (one, two))
            if before != after:
                claims = set(two[id].claims if id in two else ()) - set(one[id].claims if id in one else ())
                label = f"plan.{id}" if name == "stands" else id
                changes.append(Change(label, before, after, tuple(sorted(claims))))
    return tuple(changes)


def _words(row: object) -> str:
    if row is None:
        return "silent"
    truth = getattr(row, "truth", "")
    state = str(getattr(row, "state", ""))
    return f"{state} (both)" if truth == "both" and state != "disputed" else state


def compare_plans(first: Plan, second: Plan) -> tuple[Change, ...]:
    """What the second version of a plan has otherwise than the first, key by key."""
    one, two = _flat(to_dict(first)), _flat(to_dict(second))
    keys = dict.fromkeys((*one, *two))
    return tuple(Change(k, one.get(k, "absent"), two.get(k, "absent")) for k in keys if one.get(k) != two.get(k))


def compare_findings(first: Plan, second: Plan) -> tuple[Change, ...]:
    """The flaws and gaps that the second version of a plan has and the first had not, and those that are gone."""
    from .checks import check

    one, two = ({(f.code, f.clauses): f.severity for f in check(p) if f.severity != "note"} for p in (first, second))
    changes = []
    for code, clauses in dict.fromkeys((*one, *two)):
        before, after = one.get((code, clauses), "none"), two.get((code, clauses), "none")
        if before != after:
            changes.append(Change(f"check {code} [{', '.join(clauses)}]", before, after))
    return tuple(changes)


def _flat(value: object, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        rows = [(f"{path}.{k}" if path else k, v) for k, v in value.items()]
    elif isinstance(value, list) and any(not isinstance(v, str) for v in value):
        rows = [(f"{path}[{i}]", v) for i, v in enumerate(value)]
    else:
        return {path: ", ".join(value) if isinstance(value, list) else str(value)}
    found: dict[str, str] = {}
    for name, child in rows:
        found.update(_flat(child, name))
    return found
