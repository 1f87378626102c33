"""Names to things: every name in a plan has to mean something, ranges are spelled out, ids are unique."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .build import keys_of
from .conditions import Condition, Moment, Tree, references, speakers, spread
from .model import Plan, Power, Report, Rows, Step
from .sense import senseless
from .source import Items, Problem, Table, Value

SPECIAL = frozenset({"plan", "mutual", "none", "all"})
_WHO_KEYS = frozenset({"who", "to", "by", "on", "verify", "through", "veto", "notice_to", "of", "accepts", "rejects"})
_THING_KEYS = frozenset({"ends", "covers", "concerns"})


def things(plan: Plan) -> dict[str, str]:
    """Every name that a condition or a claim can mention, and what sort of thing it names."""
    found: dict[str, str] = {}
    for sort, ids in (
        ("pair", plan.pairs),
        ("step", [s.id for s in plan.steps]),
        ("measure", plan.measures),
        ("day", plan.days),
        ("power", plan.powers),
        ("sunset", plan.sunsets),
        ("extension", plan.extensions),
        ("excuse", plan.excuses),
        ("concern", plan.concerns),
    ):
        for id in ids:
            found.setdefault(id, sort)
    return found


def actors(plan: Plan) -> set[str]:
    """All names of participants and of members of groups."""
    named = plan.participants
    return set(named) | {member for p in named.values() for member in (*p.members, *p.veto)} | set(plan.views)


def bind(plan: Plan, table: Table | None = None) -> tuple[Plan, list[Problem]]:
    """The plan with ranges spelled out, and the names in it that mean nothing."""
    problems = [*_twice(plan, table)]
    known, people = things(plan), actors(plan)
    order = list(plan.pairs)
    step_order = [s.id for s in plan.steps]

    def between(first: str, last: str) -> tuple[str, ...]:
        for ids in (order, step_order):
            if first in ids and last in ids:
                return tuple(ids[ids.index(first) : ids.index(last) + 1])
        return (first, last)

    def resolve(value: Any, path: str) -> Any:
        if isinstance(value, Condition):
            for name in references(value.tree):
                _known(name, known, path, table, problems, "step, measure, day or power")
            for who in speakers(value.tree):
                _known(who, people, path, table, problems, "actor")
            tree: Tree = spread(value.tree, plan.members, between)
            return Condition(value.text, tree)
        if isinstance(value, Moment):
            for name in references(value.when):
                _known(name, known, path, table, problems, "step, day or power")
        return value

    for path, kind, field, value in leaves(plan):
        _check_names(plan, path, kind, field, value, known, people, table, problems)
    for where, message, remedy in senseless(plan, known, people):
        problems.append(Problem(line_of(table, where), where, message, remedy))
    return _transform(plan, "", resolve), problems


def _check_names(
    plan: Plan,
    path: str,
    kind: Any,
    field: str,
    value: Any,
    known: Mapping[str, str],
    people: set[str],
    table: Table | None,
    problems: list[Problem],
) -> None:
    section = path.split(".")[0].split("[")[0]
    if section in ("decisions",) or ".match" in path:
        return
    if kind == "effects":
        for effect in value:
            _known(effect.measure, plan.measures, path, table, problems, "measure")
    elif field in _THING_KEYS or (section == "extensions" and field == "of"):
        for name in value:
            _known(name, known, path, table, problems, "clause")
    elif field == "about" and isinstance(value, tuple):
        ids = {c.id for c in all_reports(plan) if c.id}
        for name in value:
            _known(name, {**known, **dict.fromkeys(ids, "claim")}, path, table, problems, "clause or claim")
    elif field == "authority":
        for name in (n for tier in value for n in tier):
            _known(name, people | {c.by for c in plan.claims}, path, table, problems, "actor")
    elif field == "reads":
        clauses: list[Step | Power] = [*plan.steps, *plan.powers.values()]
        readings = {c.id: {r.id for r in c.readings} for c in clauses}
        for clause, reading in value.items():
            if reading not in readings.get(clause, ()):
                remedy = f"its readings: {', '.join(sorted(readings.get(clause, ()))) or 'none'}"
                problems.append(Problem(line_of(table, path), path, f"'{clause}' has no reading '{reading}'", remedy))
    elif field == "opens":
        _known(value, plan.powers, path, table, problems, "power")
    elif field == "expect":
        for name in value:
            base = name.split(" ")[0]
            if base.split(".")[0] != "plan":
                _known(base, known, path, table, problems, "clause")
    elif field in _WHO_KEYS and kind == "names" and section in ("pairs", "powers", "measures", "disputes", "views"):
        for name in value:
            _known(name, people, path, table, problems, "actor")


def _known(name: str, known: Any, path: str, table: Table | None, problems: list[Problem], what: str) -> None:
    if name in known or name in SPECIAL or (what == "actor" and name.split(":")[0] in known):
        return
    near = difflib.get_close_matches(name, [str(k) for k in known], 1)
    if near:
        remedy = f"did you mean '{near[0]}'?"
    elif what == "actor":
        remedy = "declare it under parties, verifiers or others"
    else:
        remedy = "declare it, or check its spelling"
    problems.append(Problem(line_of(table, path), path, f"there is no {what} '{name}' in this plan", remedy))


def _twice(plan: Plan, table: Table | None) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    groups = {"pairs": plan.pairs, "measures": plan.measures, "days": plan.days, "powers": plan.powers}
    steps: dict[str, Step] = {}
    for section, rows in groups.items():
        for id in rows:
            if id in seen:
                path = f"{section}.{id}"
                yield Problem(
                    line_of(table, path), path, f"'{id}' already names one of {seen[id]}", "rename one of them"
                )
            seen[id] = section
    for step in plan.steps:
        path = f"pairs.{step.pair}.{step.side}"
        if step.id in steps or step.id in seen:
            yield Problem(
                line_of(table, path), path, f"the step '{step.id}' exists already", "give it an `id` of its own"
            )
        steps[step.id] = step


def all_reports(plan: Plan) -> tuple[Report, ...]:
    """The plan's own claims and those of its scenarios."""
    return plan.claims + tuple(c for s in plan.scenarios for c in s.given)


def leaves(value: Any, path: str = "", kind: Any = None, field: str = "") -> Iterator[tuple[str, Any, str, Any]]:
    """(path, kind, field, value) of every typed value in the model, in file order."""
    if (
        dataclasses.is_dataclass(value)
        and not isinstance(value, type)
        and hasattr(type(value), "__slots__")
        and _is_model(value)
    ):
        for name, each in keys_of(type(value)).items():
            child = getattr(value, each.name)
            if child is not None and child != each.default:
                yield from leaves(child, f"{path}.{name}" if path else name, each.metadata["kind"], each.name)
    elif isinstance(value, tuple) and isinstance(kind, tuple):
        for i, item in enumerate(value):
            yield from leaves(item, f"{path}[{i}]", kind, field)
    elif isinstance(value, Mapping) and isinstance(kind, tuple):
        for name, row in value.items():
            yield from leaves(row, f"{path}.{name}", kind, field)
    else:
        yield path, kind, field, value


def _is_model(value: Any) -> bool:
    return any("kind" in f.metadata for f in dataclasses.fields(value))


def _transform(value: Any, path: str, change: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and _is_model(value):
        updates = {}
        for name, each in keys_of(type(value)).items():
            old = getattr(value, each.name)
            new = _transform(old, f"{path}.{name}" if path else name, change)
            if new is not old:
                updates[each.name] = new
        return dataclasses.replace(value, **updates) if updates else value
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        changed = tuple(_transform(item, f"{path}[{i}]", change) for i, item in enumerate(value))
        return changed if any(a is not b for a, b in zip(changed, value, strict=True)) else value
    if isinstance(value, Mapping) and any(dataclasses.is_dataclass(v) for v in value.values()):
        rows = {name: _transform(row, f"{path}.{name}", change) for name, row in value.items()}
        return Rows(rows) if any(rows[n] is not value[n] for n in rows) else value
    return change(value, path)


def line_of(table: Table | None, path: str) -> int:
    """The line of the deepest key of `path` that the file has; 0 for a plan made in memory."""
    if table is None:
        return 0
    line = table.line
    value: Value = table
    rest = path
    while isinstance(value, Table | Items) and rest:
        if isinstance(value, Items):
            match = re.match(r"\[(\d+)\]\.?", rest)
            if not match or int(match[1]) >= len(value.items):
                break
            value, rest = value.items[int(match[1])], rest[match.end() :]
            line = value.line
            continue
        rest = re.sub(r"^\[0\]\.?", "", rest)
        name = _first_key(value.rows, rest)
        if name is None:
            break
        line, value, rest = value.lines[name], value.rows[name], rest[len(name) :].removeprefix(".")
    return line


def _first_key(rows: Mapping[str, Value], path: str) -> str | None:
    fitting = [k for k in rows if path == k or path.startswith((f"{k}.", f"{k}["))]
    return max(fitting, key=len, default=None)
