"""From the tree of a plan file to the plan, with every problem named by line, key and remedy."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from .days import WEEKDAYS, DayCount, parse_day, parse_duration
from .model import Effect, Plan, Rows
from .parsing import KEYWORDS, parse_condition, parse_moment
from .quantities import parse_quantity
from .source import Items, Problem, Table, Text, Value
from .vocabulary import MEASURE_STATES, SAYINGS, VERBS

SHORTHAND = {
    "Day": "date",
    "Participant": "name",
    "Concern": "what",
    "Measure": "what",
    "Reading": "says",
    "Excuse": "what",
}
"""The key that a bare text stands for: `adoption: endorsed + 90 days`."""
_ID = re.compile(r"^\w+(?:[.:-]\w+)*$")
_QUORUM = re.compile(r"^(?:consensus|majority|any|all|\d+ of \d+)$")


class Builder:
    """Turns one tree into one plan and collects what is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def plan(self, table: Table) -> Plan | None:
        """The plan, or None where problems were found."""
        built = self.record(Plan, table, "")
        return built if not self.problems else None

    def record(self, cls: type, value: Value, path: str, **given: Any) -> Any:
        """One dataclass of the model from a table, or from a bare text where the class has a shorthand."""
        if isinstance(value, Text) and cls.__name__ in SHORTHAND:
            value = Table({SHORTHAND[cls.__name__]: value}, value.line, {SHORTHAND[cls.__name__]: value.line})
        if not isinstance(value, Table):
            self.wrong(
                value.line, path, "this has to be a table of keys", f"write {', '.join(list(keys_of(cls))[:4])}: ..."
            )
            return None
        known = keys_of(cls)
        values = dict(given)
        for name, child in value.rows.items():
            field = known.get(name)
            if field is None:
                empty = isinstance(child, Text) and child.text == ""
                self.unknown_key(value.lines[name], path, name, list(known), empty)
            elif not (isinstance(child, Text) and child.text == ""):
                typed = self.typed(field.metadata["kind"], child, f"{path}.{name}" if path else name)
                if typed is not None:
                    values[field.name] = typed
        for name, field in known.items():
            if field.default is dataclasses.MISSING and field.name not in values:
                blank = value.rows.get(name)
                if blank is None:
                    self.wrong(value.line, path, f"'{name}' is missing", f"write {name}: {field.metadata['doc']}")
                elif isinstance(blank, Text) and blank.text == "":
                    at = f"{path}.{name}" if path else name
                    self.wrong(value.lines[name], at, f"'{name}' has no value", f"write {field.metadata['doc']}")
        missing = [f.name for f in dataclasses.fields(cls) if f.default is dataclasses.MISSING and f.name not in values]
        return None if missing else cls(**values)

    def unknown_key(self, line: int, path: str, name: str, known: list[str], empty: bool = False) -> None:
        near = difflib.get_close_matches(name, known, 1)
        remedy = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
        if " " in name or empty:
            remedy = "a comma inside {...} begins a new key: put quotes around text that holds one"
        self.wrong(line, f"{path}.{name}" if path else name, "no such key", remedy)

    def wrong(self, line: int, path: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(line, path, message, remedy))

    def typed(self, kind: Any, value: Value, path: str) -> Any:
        """The value typed as the schema says; None after a problem."""
        name, argument = kind if isinstance(kind, tuple) else (kind, None)
        if name in STRUCTURES:
            return STRUCTURES[name](self, argument, value, path)
        if not isinstance(value, Text):
            self.wrong(
                value.line, path, "this has to be a single text", "write one value, in quotes where it holds ': '"
            )
            return None
        try:
            return SCALARS[name](value.text.strip() if name != "text" else value.text, argument)
        except ValueError as error:
            self.wrong(value.line, path, str(error), REMEDIES.get(name, ""))
            return None

    # -- structures

    def many(self, cls: type, value: Value, path: str) -> Any:
        items = value.items if isinstance(value, Items) else (value,)
        built = [self.record(cls, item, f"{path}[{i}]") for i, item in enumerate(items)]
        return tuple(b for b in built if b is not None)

    def one(self, cls: type, value: Value, path: str) -> Any:
        return self.record(cls, value, path)

    def named(self, cls: type, value: Value, path: str) -> Any:
        if not isinstance(value, Table):
            self.wrong(value.line, path, "this has to be a table of names", "write 'name: {...}' rows")
            return None
        rows: dict[str, Any] = {}
        for name, child in value.rows.items():
            if not _ID.match(name) or name in KEYWORDS:
                self.wrong(value.lines[name], f"{path}.{name}", "not a name", REMEDIES["id"])
            extra = {"id": name}
            if cls.__name__ == "Participant":
                extra["role"] = {"parties": "party", "verifiers": "verifier"}.get(path, "other")
            row = (
                self.pair(cls, child, path, name)
                if cls.__name__ == "Pair"
                else self.record(cls, child, f"{path}.{name}", **extra)
            )
            if row is not None:
                rows[name] = row
        return Rows(rows)

    def pair(self, cls: type, value: Value, path: str, name: str) -> Any:
        pair = self.record(cls, value, f"{path}.{name}", id=name)
        if pair is None:
            return None
        sides = {}
        for side in ("give", "get"):
            steps = getattr(pair, side)
            sides[side] = tuple(
                dataclasses.replace(s, pair=name, side=side, id=s.id or _step_id(name, side, i, len(steps)))
                for i, s in enumerate(steps)
            )
        return dataclasses.replace(pair, **sides)

    def names(self, _: Any, value: Value, path: str) -> Any:
        return self._list(value, path, split=True)

    def texts(self, _: Any, value: Value, path: str) -> Any:
        return self._list(value, path, split=False)

    def _list(self, value: Value, path: str, split: bool) -> Any:
        if isinstance(value, Text):
            parts = value.text.split(",") if split else [value.text]
            return tuple(part.strip() for part in parts if part.strip())
        if isinstance(value, Items) and all(isinstance(item, Text) for item in value.items):
            return tuple(item.text.strip() for item in value.items if isinstance(item, Text))
        self.wrong(value.line, path, "this has to be a list of texts", "write [A, B]")
        return None

    def strings(self, _: Any, value: Value, path: str) -> Any:
        if isinstance(value, Table) and all(isinstance(v, Text) for v in value.rows.values()):
            return Rows({k: v.text.strip() for k, v in value.rows.items() if isinstance(v, Text)})
        self.wrong(value.line, path, "this has to be a table of texts", "write {clause: state}")
        return None

    def numbers(self, _: Any, value: Value, path: str) -> Any:
        if not isinstance(value, Table):
            self.wrong(value.line, path, "this has to be a table of numbers", "write {IRN: -2, USA: 3}")
            return None
        found = {k: self.typed("number", v, f"{path}.{k}") for k, v in value.rows.items()}
        return Rows({k: v for k, v in found.items() if v is not None})

    def tiers(self, _: Any, value: Value, path: str) -> Any:
        items = value.items if isinstance(value, Items) else (value,)
        found = [self._list(item, path, split=True) for item in items]
        return tuple(tier for tier in found if tier is not None)

    def daycount(self, _: Any, value: Value, path: str) -> Any:
        words = self._list(value, path, split=True) or ()
        count: dict[str, Any] = {}
        holidays: set[date] = set()
        weekend: set[int] = set()
        for word in words:
            lower = word.lower()
            if lower == "working days":
                count["working"] = True
            elif lower == "first day counted":
                count["first_counted"] = True
            elif lower.startswith("weekend ") and lower.split()[1] in WEEKDAYS:
                weekend.add(WEEKDAYS.index(lower.split()[1]))
            elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
                holidays.add(parse_day(word))
            elif lower not in ("calendar days", "first day not counted"):
                self.wrong(value.line, path, f"'{word}' is no way of counting days", REMEDIES["daycount"])
        if weekend:
            count["weekend"] = frozenset(weekend)
        return DayCount(holidays=frozenset(holidays), **count)

    def effects(self, _: Any, value: Value, path: str) -> Any:
        texts = self._list(value, path, split=False) or ()
        found = []
        for text in (part for t in texts for part in t.split(";") if part.strip()):
            try:
                found.append(parse_effect(text))
            except ValueError as error:
                self.wrong(value.line, path, str(error), REMEDIES["effects"])
        return tuple(found)


def _step_id(pair: str, side: str, index: int, count: int) -> str:
    return f"{pair}.{side}" if count == 1 else f"{pair}.{side}.{index + 1}"


def keys_of(cls: type) -> dict[str, Any]:
    """The keys of a table of this class, as written in files, and their dataclass fields."""
    return {
        f.metadata["key"] or f.name: f
        for f in dataclasses.fields(cls)
        if f.metadata.get("kind") not in (None, "none") and not (f.name == "id" and cls.__name__ in NAMED_BY_ROW)
    }


NAMED_BY_ROW = frozenset(
    {"Participant", "Concern", "Measure", "Day", "Pair", "Power", "Sunset", "Extension", "Excuse", "View"}
)
"""Classes whose id is the name of their row, not a key in it."""


def parse_effect(text: str) -> Effect:
    """'suspend un_part', 'pay aid 50 million USD'. Raises ValueError."""
    words = text.split(None, 2)
    if len(words) < 2 or words[0] not in VERBS:
        raise ValueError(f"'{text.strip()}' is not an effect")
    return Effect(verb=words[0], measure=words[1], share=parse_quantity(words[2]) if len(words) > 2 else None)


def _yes(text: str, _: Any) -> bool:
    if text.lower() in ("yes", "true", "y", "no", "false", "n"):
        return text.lower()[0] in "yt"
    raise ValueError(f"'{text}' is neither yes nor no")


def _number(text: str, _: Any) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a number") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"'{text}' is not a finite number")
    return number


def _chance(text: str, _: Any) -> float:
    number = _number(text, _)
    if not 0 <= number <= 1:
        raise ValueError(f"'{text}' is no probability")
    return number


def _count(text: str, _: Any) -> int:
    if not text.isdecimal():
        raise ValueError(f"'{text}' is not a whole number")
    return int(text)


def _choice(text: str, options: str) -> str:
    allowed = [o.strip() for o in (options.split(",") if "," in options else options.split())]
    if text not in allowed:
        near = difflib.get_close_matches(text, allowed, 1)
        raise ValueError(
            f"'{text}' is not one of: {', '.join(allowed)}" + (f"; did you mean '{near[0]}'?" if near else "")
        )
    return text


def _one_of(table: Mapping[str, Any], what: str) -> Callable[[str, Any], str]:
    def check(text: str, _: Any) -> str:
        if text not in table:
            raise ValueError(f"'{text}' is not {what}; known: {', '.join(table)}")
        return text

    return check


def _name(text: str, _: Any) -> str:
    if not _ID.match(text):
        raise ValueError(f"'{text}' is not a name")
    return text


def _quorum(text: str, _: Any) -> str:
    if not _QUORUM.match(text):
        raise ValueError(f"'{text}' is no way of deciding")
    return text


def _date(text: str, _: Any) -> str:
    parse_day(text)
    return text


SCALARS: dict[str, Callable[[str, Any], Any]] = {
    "text": lambda text, _: text,
    "id": _name,
    "name": _name,
    "yes": _yes,
    "number": _number,
    "chance": _chance,
    "count": _count,
    "choice": _choice,
    "quorum": _quorum,
    "date": _date,
    "verdict": _one_of(SAYINGS, "something that a claim can say"),
    "state": _one_of(MEASURE_STATES, "a state of a measure"),
    "length": lambda text, _: parse_duration(text),
    "undo": lambda text, _: "never" if text == "never" else parse_duration(text),
    "quantity": lambda text, _: parse_quantity(text),
    "condition": lambda text, _: parse_condition(text),
    "moment": lambda text, _: parse_moment(text),
}
STRUCTURES: dict[str, Callable[[Builder, Any, Value, str], Any]] = {
    "many": Builder.many,
    "one": Builder.one,
    "named": Builder.named,
    "names": Builder.names,
    "texts": Builder.texts,
    "strings": Builder.strings,
    "numbers": Builder.numbers,
    "tiers": Builder.tiers,
    "daycount": Builder.daycount,
    "effects": Builder.effects,
}
REMEDIES = {
    "id": "use letters, digits, '_', '-', '.' and ':', and none of the words of the condition language",
    "name": "use letters, digits, '_', '-', '.' and ':'",
    "number": "write digits with a point for decimals, such as 1.5",
    "chance": "write a number from 0 to 1, such as 0.9",
    "count": "write a whole number, such as 3",
    "yes": "write yes or no",
    "date": "write year, month and day in digits: 2015-10-18 (or 2015-10, 2015)",
    "choice": "write one of the words listed",
    "verdict": "write one of the words listed; what happened in other words goes into `words`",
    "state": "write one of the words listed",
    "length": "write a number and a unit, such as 90 days or 5 working days",
    "undo": "write a length of time such as 30 days, or never",
    "quantity": "write a number and a unit, such as 300 kg or at most 3.67 percent",
    "quorum": "write consensus, majority, any, all or a number such as 9 of 15",
    "daycount": "write calendar days, working days, first day counted, weekend friday, or holidays as 2015-05-01",
    "effects": f"write a verb ({', '.join(VERBS)}), a measure and perhaps an amount: suspend un_part",
    "condition": "see the condition language in the reference page of the plan format",
    "moment": "write a date, a named day, or a sum: 2015-10-18, start + 90 days, earlier of a, b",
}
