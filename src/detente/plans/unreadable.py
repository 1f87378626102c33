"""What is wrong with a file before it can be read as a plan: not text, not UTF-8, not YAML, too much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

MAX_VALUES = 300_000
"""More than any plan has; aliases that unfold into more are an attack or a mistake."""
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEY = re.compile(r"([\w.-]+)\s*:(?:\s|$)")
_VALUE_WITH_COLON = re.compile(r"[\w.-]+:\s+[^\"'\[{,][^,}]*?:\s")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a plan file: where, what, and what to do."""

    line: int
    key: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"line {self.line}, {self.key or 'file'}: {self.message}{remedy}"


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Problem:
    """Where the first byte stands that is not UTF-8, and what the file probably is."""
    line = data.count(b"\n", 0, error.start) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem(1, "", "is UTF-16, not UTF-8", "save it as UTF-8 (in a text editor: Save as, Encoding)")
    if b"\x00" in data[:1000]:
        return Problem(line, "", "is no text file", _ANOTHER_PROGRAM)
    key = _key_of(data[: error.start].decode("utf-8", "replace"), line)
    bad = data[error.start : error.start + 1]
    message = f"is not UTF-8 (in Windows-1252 the character would be '{bad.decode('cp1252', 'replace')}')"
    return Problem(line, key, message, "save it as UTF-8 (in a text editor: Save as, Encoding)")


_ANOTHER_PROGRAM = (
    "a plan is a text in YAML, a .csv or an .xlsx; begin with an empty text file: docs/tutorials/plan.md, "
    "or convert one: detente plan convert"
)


def not_text(text: str) -> Problem | None:
    """The place of the first character that no text has."""
    found = _CONTROL.search(text)
    if not found:
        return None
    line = text.count("\n", 0, found.start()) + 1
    if text.startswith("PK") or ("\x00" in text[:1000] and line == 1):
        return Problem(1, "", "is no text file", _ANOTHER_PROGRAM)
    name = f"character U+{ord(found[0]):04X}"
    return Problem(line, _key_of(text, line), f"{name} is no part of any text", "delete it; it cannot be seen")


def too_large(text: str) -> Problem | None:
    """The line on which there is more than a plan can hold. Counted without building anything."""
    if text.count("\n") + text.count(",") + text.count(":") < MAX_VALUES:
        return None
    try:
        scalars = (e for e in yaml.parse(text, Loader=_Loader) if isinstance(e, yaml.ScalarEvent))
        beyond = next(islice(scalars, MAX_VALUES, None), None)
    except yaml.YAMLError:
        return None
    if beyond is None or beyond.start_mark is None:
        return None
    line = beyond.start_mark.line + 1
    return Problem(line, _key_of(text, line), f"more than {MAX_VALUES} values", "split the file into several plans")


def not_yaml(text: str, error: Exception) -> Problem:
    """What YAML stumbled over, in the words of somebody who writes plans."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    message = getattr(error, "problem", None) or str(error) or "not YAML"
    rows = text.split("\n")
    here = rows[line - 1] if line <= len(rows) else ""
    key = _key_of(text, line)
    tab = next((n for n, row in enumerate(rows[:line], 1) if re.match(r"[ ]*\t", row)), None)
    if tab:
        return Problem(tab, _key_of(text, tab), "the line is indented with a tab", "indent with spaces, two a level")
    if "another document" in message:
        return Problem(line, "", "a second plan begins here ('---')", "write one plan a file")
    if any(quote in here for quote in "“”„‘’") and ("did not find" in message or "not allowed" in message):
        return Problem(line, key, "curly quotes are no quotes in YAML", "write straight ones: \" or '")
    if "mapping values are not allowed" in message or _VALUE_WITH_COLON.search(here):
        return Problem(line, key, "a text with ': ' in it", "put quotes around the text")
    if "alias" in message:
        remedy = "write the text out, or put quotes around one that begins with '*' or '&'"
        return Problem(line, key, f"not YAML: {message}", remedy)
    if "did not find expected ',' or" in message:
        opened = _opened(rows, line)
        where = f" that opens on line {opened}" if opened and opened != line else ""
        remedy = "close it, or put quotes around a text that holds one of , : { } [ ]"
        return Problem(line, key, f"the bracket{where} is not closed", remedy)
    remedy = "check the indentation, and put quotes around text that holds ': ' or begins with one of {[&*!|>%@"
    return Problem(line, key, f"not YAML: {message}", remedy)


def _opened(rows: list[str], line: int) -> int | None:
    """The last line up to `line` that opens more brackets than it closes."""
    for number in range(line, 0, -1):
        row = rows[number - 1] if number <= len(rows) else ""
        if sum(row.count(c) for c in "{[") > sum(row.count(c) for c in "}]"):
            return number
    return None


def _key_of(text: str, line: int) -> str:
    """The first key on the line; '' where it has none."""
    rows = text.split("\n", line)
    found = _KEY.search(rows[line - 1]) if line <= len(rows) else None
    return found[1] if found else ""
