"""The JSON Schema of plan files and the table of their keys, made from the model."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from .build import NAMED_BY_ROW, SHORTHAND, keys_of
from .model import Plan
from .vocabulary import MEASURE_STATES, SAYINGS

TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
LIST: dict[str, Any] = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
_PATTERNS = {"date": r"^\d{4}(-\d{2}(-\d{2})?)?$", "length": r"^(every )?\d+ *[a-z]+( days?)?$"}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of plan files. Scalars may be strings, numbers or booleans: detente reads all as text."""
    definitions: dict[str, Any] = {}
    root = _object(Plan, definitions)
    root["properties"]["snapback"] = {"anyOf": [TEXT, {"$ref": "#/$defs/Power"}]}
    root["properties"]["exits"] = TEXT
    root["properties"]["disputes"] = {"anyOf": [TEXT, root["properties"]["disputes"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "detente plan file",
        **root,
        "$defs": definitions,
    }


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = keys_of(cls)
    found: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            k: {"description": f.metadata["doc"], **_of_kind(f.metadata["kind"], definitions)}
            for k, f in fields.items()
        },
    }
    required = [k for k, f in fields.items() if f.default is dataclasses.MISSING]
    if required:
        found["required"] = required
    return found


def _of_kind(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name, argument = kind if isinstance(kind, tuple) else (kind, None)
    if name in ("many", "one", "named"):
        reference = _reference(argument, definitions)
        if name == "many":
            return {"anyOf": [reference, {"type": "array", "items": reference}]}
        return {"type": "object", "additionalProperties": reference} if name == "named" else reference
    if name in ("names", "texts", "effects", "daycount"):
        return LIST
    if name == "tiers":
        return {"anyOf": [TEXT, {"type": "array", "items": LIST}]}
    if name in ("numbers", "strings"):
        return {"type": "object", "additionalProperties": TEXT}
    return _scalar(name, argument)


def _scalar(name: str, argument: str | None) -> dict[str, Any]:
    if name == "choice" and argument:
        return {"enum": [o.strip() for o in (argument.split(",") if "," in argument else argument.split())]}
    if name == "verdict":
        return {"enum": list(SAYINGS)}
    if name == "state":
        return {"enum": list(MEASURE_STATES)}
    if name in _PATTERNS:
        return {"type": ["string", "integer"], "pattern": _PATTERNS[name]}
    if name == "chance":
        return {
            "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^[01]?(\.\d+)?$"}]
        }
    if name == "number":
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[\d.]+(e-?\d+)?$"}]}
    return TEXT


def _reference(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        definition = {
            "description": (cls.__doc__ or "").split("\n\n")[0].replace("\n", " "),
            **_object(cls, definitions),
        }
        if cls.__name__ in SHORTHAND:
            definition = {"anyOf": [TEXT, definition]}
        definitions[cls.__name__] = definition
    return {"$ref": f"#/$defs/{cls.__name__}"}


def reference_tables() -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """(name, description, rows of key, type, meaning) of every kind of table in a plan file, the plan first."""
    seen: list[type] = [Plan]
    for cls in seen:
        rows = []
        for key, field in keys_of(cls).items():
            kind = field.metadata["kind"]
            name, argument = kind if isinstance(kind, tuple) else (kind, None)
            if isinstance(argument, type) and argument not in seen:
                seen.append(argument)
            rows.append((key, _words(name, argument), field.metadata["doc"]))
        name_note = " Its row's name is its id." if cls.__name__ in NAMED_BY_ROW else ""
        yield cls.__name__, (cls.__doc__ or "").replace("\n", " ").strip() + name_note, rows


def _words(name: str, argument: Any) -> str:
    if isinstance(argument, type):
        return {"many": f"one or a list of {argument.__name__}", "named": f"name: {argument.__name__}"}.get(
            name, argument.__name__
        )
    if name == "choice" and argument:
        return "one of " + ", ".join(o.strip() for o in (argument.split(",") if "," in argument else argument.split()))
    return {
        "names": "one or a list of names",
        "texts": "one or a list of texts",
        "moment": "day (see below)",
        "condition": "condition (see below)",
        "length": "length of time",
        "effects": "effects (see below)",
        "verdict": "saying (see below)",
        "yes": "yes or no",
        "quorum": "consensus, majority, any, all, or 9 of 15",
        "strings": "table of texts",
        "numbers": "table of numbers",
        "tiers": "list of lists of names",
        "state": "state of a measure",
        "daycount": "way of counting days",
        "undo": "length of time, or never",
        "chance": "number from 0 to 1",
    }.get(name, name)


def reference_markdown() -> str:
    """The tables of the reference page."""
    lines: list[str] = []
    for name, description, rows in reference_tables():
        lines += [f"### {name}", "", description, "", "| key | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{key}` | {kind} | {doc} |" for key, kind, doc in rows]
        lines.append("")
    lines += ["### What a claim can say", "", "| `says` | speaks of | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{word}` | {saying.topic} | {saying.meaning} |" for word, saying in SAYINGS.items()]
    return "\n".join(lines) + "\n"
