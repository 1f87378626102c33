"""Sides of other people's events as keys of ours: 'Russian Federation', 'RUSGOV' and 'RUS' are one."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..record.rows import fold
from .countries import from_cameo, from_name

if TYPE_CHECKING:
    from .coded import Side

_ORGANISATIONS = Path(__file__).parents[1] / "actors" / "tables" / "organisations.csv"
_GROUPS = _ORGANISATIONS.with_name("groups.csv")
_AGENTS = _ORGANISATIONS.with_name("agents.csv")


@lru_cache(maxsize=16384)
def keyed(side: Side) -> Side:
    """The side with the key that ours would have: its country, else the registry's id of its code or name."""
    country = side.country or from_cameo(side.code[:3])
    codes = organisations_by_code()
    key = country or registered().get(fold(side.name)) or codes.get(side.code) or codes.get(side.code[:6]) or ""
    if not key and side.name:
        country = from_name(side.name)
        key = country
    return replace(side, country=country, key=key or side.name or side.code)


@cache
def organisations_by_code() -> dict[str, str]:
    """Registry ids of international organisations by CAMEO code: 'IGOUNO', and 'UNO' as GDELT has it."""
    found: dict[str, str] = {}
    roles = {row["role"] for row in _rows(_AGENTS)}
    for row in _rows(_ORGANISATIONS):
        code = row["code"]
        if len(code) >= 6:  # shorter ones are roles ('MIL'), which others give to anybody
            found.setdefault(code, row["id"])
        if code.startswith("IGO") and len(code) == 6 and code[3:] not in roles:
            found.setdefault(code[3:], row["id"])
    return found


@cache
def codes_by_organisation() -> dict[str, str]:
    """CAMEO codes of organisations by registry id, where they say more than a role."""
    return {row["id"]: row["code"] for row in _rows(_ORGANISATIONS) if len(row["code"]) >= 6}


@cache
def registered() -> dict[str, str]:
    """Registry ids of organisations and groups by folded name."""
    found: dict[str, str] = {}
    for row in (*_rows(_ORGANISATIONS), *_rows(_GROUPS)):
        for name in (row["name"], *row["aliases"].split(";")):
            if name:
                found.setdefault(fold(name), row["id"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
