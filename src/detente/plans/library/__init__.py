"""Plans of real frameworks, written from public facts; each clause with its source, what is uncertain marked."""

from __future__ import annotations

import difflib
from pathlib import Path

from ...errors import PlanError
from ..files import load
from ..model import Plan

SUFFIX = ".plan.yaml"
FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The plans of the library, by name."""
    return tuple(sorted(p.name.removesuffix(SUFFIX) for p in FOLDER.glob(f"*{SUFFIX}")))


def path_of(name: str) -> Path:
    """The file of a plan: of the library by its name, else the path itself. Raises PlanError."""
    path = FOLDER / f"{name}{SUFFIX}"
    if path.is_file():
        return path
    if Path(name).is_file():
        return Path(name)
    near = difflib.get_close_matches(name, names(), 1)
    remedy = f"did you mean '{near[0]}'?" if near else "give the path of a file, or a name from `detente plan list`"
    raise PlanError(f"there is no plan file '{name}': {remedy}")


def open_plan(name: str) -> Plan:
    """A plan of the library by its name, or of a file by its path. Raises PlanError."""
    return load(path_of(name))
