"""YAML in, with every scalar kept as text and every value with its line.

YAML 1.1 reads `NO` (Norway) as false, `on:` as true and 12:30 as 750. Here nothing is typed by its look: the
schema of the plan decides what a text means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from ..errors import PlanError
from .unreadable import MAX_VALUES, Problem, not_text, not_utf8, not_yaml, too_large

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Value, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    rows: Mapping[str, Value]
    line: int
    lines: Mapping[str, int]
    """The line of each key."""


Value = Text | Items | Table


class PlanFileError(PlanError):
    """A plan file that cannot be read as a plan. `problems` lists all that is wrong with it."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        super().__init__(f"{name}: " + "\n  ".join(["not a plan as it stands", *map(str, problems)]))
        self.name = name
        self.problems = problems


def parse_yaml(text: str, name: str = "plan") -> Table:
    """The tree of a plan file. Raises PlanFileError."""
    problem = not_text(text) or too_large(text)
    if problem:
        raise PlanFileError(name, [problem])
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise PlanFileError(name, [not_yaml(text, error)]) from error
    problems: list[Problem] = []
    tree = _value(node, "", problems, 0, [MAX_VALUES]) if node is not None else None
    if not isinstance(tree, Table):
        message = "a plan file is a table of keys" if node is not None else "there is nothing in the file"
        problems.append(Problem(1, "", message, "begin with 'plan: a-short-name'"))
    if problems:
        raise PlanFileError(name, problems)
    assert isinstance(tree, Table)
    return tree


def _value(node: Any, where: str, problems: list[Problem], depth: int, left: list[int]) -> Value:
    """`left`: how many values may still be read, in a list so that all calls share it."""
    line = node.start_mark.line + 1
    left[0] -= 1
    if left[0] <= 0:
        if left[0] == 0:
            problems.append(
                Problem(line, where, f"more than {MAX_VALUES} values", "write aliases out, or split the file")
            )
        return Text("", line)
    if depth > MAX_DEPTH:
        short = ".".join([*where.split(".")[:3], "..."])
        remedy = "flatten it; an alias (*name) must not stand inside what it names"
        problems.append(Problem(line, short, f"nested deeper than {MAX_DEPTH}", remedy))
        return Text("", line)
    if node.tag.startswith("!") and node.tag != "!":
        remedy = "a plan is one file: write the rows out here, or put quotes around a text that begins with '!'"
        problems.append(Problem(line, where, f"'{node.tag}' has no meaning in a plan file", remedy))
        return Text("", line)
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Items(
            tuple(_value(n, f"{where}[{i}]", problems, depth + 1, left) for i, n in enumerate(node.value)), line
        )
    rows: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
        path = f"{where}.{key}" if where else key
        at = key_node.start_mark.line + 1
        if key in rows:
            problems.append(Problem(at, path, f"'{key}' is written twice", f"join it with line {lines[key]}"))
        rows[key] = _value(value_node, path, problems, depth + 1, left)
        lines[key] = at
    return Table(rows, line, lines)


def plain(value: Value) -> Any:
    """Dictionaries, lists and strings."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Items):
        return [plain(v) for v in value.items]
    return {k: plain(v) for k, v in value.rows.items()}


def from_plain(data: Any) -> Value:
    """The tree of plain dictionaries, lists and strings; line 0 throughout."""
    if isinstance(data, Mapping):
        rows = {str(k): from_plain(v) for k, v in data.items() if v is not None}
        return Table(rows, 0, dict.fromkeys(rows, 0))
    if isinstance(data, list | tuple):
        return Items(tuple(from_plain(v) for v in data), 0)
    return Text(str(data), 0)


# --- editing without loss ----------------------------------------------------------------------------------


class _TextResolver(VersionedResolver):
    """Resolves every plain scalar to a string, so that nothing is re-typed or re-quoted on the way."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        from ruamel.yaml.nodes import ScalarNode

        if kind is ScalarNode:
            from ruamel.yaml.tag import Tag

            return Tag(suffix="tag:yaml.org,2002:str")
        return super().resolve(kind, value, implicit)


def editor() -> YAML:
    """A ruamel round-trip reader and writer that keeps comments, order, quotes and line breaks."""
    editor = YAML(typ="rt")
    editor.Resolver = _TextResolver
    editor.preserve_quotes = True
    editor.width = 10_000
    editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def rewrite(text: str, change: Any = None) -> str:
    """The same file after `change(tree)`; byte for byte the same where nothing changed and it is in house style."""
    yaml_editor = editor()
    tree = yaml_editor.load(text)
    if change:
        change(tree)
    out = StringIO()
    yaml_editor.dump(tree, out)
    return out.getvalue()


def read_text(path: str | Path) -> str:
    """Raises PlanFileError with what to do when the file is absent or not UTF-8."""
    try:
        data = Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        remedy = "check the path; `detente plan list` names the plans of the library"
        raise PlanFileError(str(path), [Problem(1, "", f"cannot be read: {error.strerror}", remedy)]) from error
    except UnicodeDecodeError as error:
        raise PlanFileError(str(path), [not_utf8(data, error)]) from error
