"""Plan files in and out: the front door of the format."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .binding import bind
from .build import Builder, keys_of
from .conditions import Condition, Moment
from .days import WEEKDAYS, DayCount, Duration
from .model import NOTHING, Effect, Plan, Rows
from .quantities import Quantity
from .source import PlanFileError, Table, editor, from_plain, parse_yaml, read_text


def load(path: str | Path) -> Plan:
    """The plan of a YAML, CSV or XLSX file. Raises PlanFileError with every problem in it."""
    path = Path(path)
    if path.suffix.lower() in (".csv", ".xlsx"):
        from .tables import read_table

        return from_dict(read_table(path), name=str(path))
    return loads(read_text(path), name=str(path))


def loads(text: str, *, name: str = "plan") -> Plan:
    """The plan of a YAML text. Raises PlanFileError."""
    return _plan_of(parse_yaml(text, name), name)


def from_dict(data: Mapping[str, Any], *, name: str = "plan") -> Plan:
    """The plan of plain dictionaries, lists and strings. Raises PlanFileError."""
    tree = from_plain(data)
    assert isinstance(tree, Table)
    return _plan_of(tree, name)


def _plan_of(table: Table, name: str) -> Plan:
    builder = Builder()
    plan = builder.plan(_without_silences(table))
    problems = builder.problems
    if plan is not None:
        plan, problems = bind(plan, table)
    if problems or plan is None:
        raise PlanFileError(name, sorted(problems, key=lambda p: p.line))
    return plan


def _without_silences(table: Table) -> Table:
    """`snapback: none stated` and its like say that the text is silent: they go to `not_stated`.

    `snapback:` with a table is short for the power of that name.
    """
    from .source import Items, Text

    rows = dict(table.rows)
    silent = [k for k in ("snapback", "disputes", "exits") if isinstance(rows.get(k), Text)]
    noted = rows.get("not_stated")
    texts = list(noted.items) if isinstance(noted, Items) else [noted] if noted else []
    for key in silent:
        texts.append(Text(key, table.lines[key]))
        del rows[key]
    if silent:
        rows["not_stated"] = Items(tuple(texts), table.line)
    if isinstance(rows.get("snapback"), Table):
        powers = rows.get("powers")
        snapback = rows.pop("snapback")
        assert isinstance(snapback, Table)
        if "kind" not in snapback.rows:
            snapback = Table(
                {"kind": Text("snapback", snapback.line), **snapback.rows},
                snapback.line,
                {"kind": snapback.line, **snapback.lines},
            )
        old = powers if isinstance(powers, Table) else Table({}, snapback.line, {})
        rows["powers"] = Table({"snapback": snapback, **old.rows}, old.line, {"snapback": snapback.line, **old.lines})
    return Table(rows, table.line, {**dict.fromkeys(rows, table.line), **table.lines})


# --- out ----------------------------------------------------------------------------------------------------


def to_dict(plan: Plan) -> dict[str, Any]:
    """Plain dictionaries, lists and strings, in file order, without what is left at its default."""
    data = _plain(plan)
    assert isinstance(data, dict)
    return data


def dumps(plan: Plan) -> str:
    """The plan as a YAML text in house style; `loads` gives the same plan back."""
    from io import StringIO

    out = StringIO()
    editor().dump(_styled(to_dict(plan), 0), out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, DayCount):
        return _day_count(value)
    if isinstance(value, Condition | Moment | Quantity | Duration | Effect):
        return str(value)
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int | str):
        return str(value)
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return _record(value)


def _record(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in keys_of(type(value)).items():
        child = getattr(value, field.name)
        if child is None or child == field.default or (field.default is NOTHING and not child):
            continue
        if name == "id" and type(value).__name__ == "Step" and _is_default_id(value):
            continue
        plain = _plain(child)
        if name in ("give", "get") and len(plain) == 1:
            plain = plain[0]
        found[name] = plain
    return found


def _is_default_id(step: Any) -> bool:
    return step.id == f"{step.pair}.{step.side}" or step.id.startswith(f"{step.pair}.{step.side}.")


def _day_count(count: DayCount) -> list[str]:
    words = ["working days"] if count.working else []
    words += ["first day counted"] if count.first_counted else []
    words += [f"weekend {WEEKDAYS[d]}" for d in sorted(count.weekend)] if count.weekend != frozenset({5, 6}) else []
    return words + [d.isoformat() for d in sorted(count.holidays)]


def _styled(value: Any, depth: int) -> Any:
    """Short rows in one line, as a person would write them."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        table = CommentedMap((k, _styled(v, depth + 1)) for k, v in value.items())
        if depth and _is_flat(value) and len(str(value)) < 100:
            table.fa.set_flow_style()
        return table
    if isinstance(value, list):
        items = CommentedSeq(_styled(v, depth + 1) for v in value)
        if all(isinstance(v, str) for v in value):
            items.fa.set_flow_style()
        return items
    return value


def _is_flat(table: dict[str, Any]) -> bool:
    return all(
        isinstance(v, str) or (isinstance(v, list) and all(isinstance(i, str) for i in v)) for v in table.values()
    )


def under(plan: Plan, readings: Mapping[str, str]) -> Plan:
    """The plan with the clauses read as `readings` says (clause id: reading id). Unknown names change nothing."""
    if not readings:
        return plan

    def read(clause: Any) -> Any:
        for reading in clause.readings:
            if readings.get(clause.id) == reading.id:
                fields = {f.name for f in dataclasses.fields(clause)}
                changed = {
                    f.name: getattr(reading, f.name)
                    for f in dataclasses.fields(reading)
                    if f.name not in ("id", "by", "says", "source")
                    and f.name in fields
                    and getattr(reading, f.name) != f.default
                }
                return dataclasses.replace(clause, **changed)
        return clause

    pairs = {
        id: dataclasses.replace(pair, give=tuple(map(read, pair.give)), get=tuple(map(read, pair.get)))
        for id, pair in plan.pairs.items()
    }
    return dataclasses.replace(plan, pairs=Rows(pairs), powers=Rows((id, read(p)) for id, p in plan.powers.items()))
