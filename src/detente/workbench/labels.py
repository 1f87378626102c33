"""Codes of the record and the codebook as the pages need them; the words for them are in `words`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SIGNS = {"favour": "▲", "oppose": "▼", "mixed": "◆", "neutral": "○"}
FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "cameo", "mode", "status", "actors", "recipients", "date", "place"),
    "attribution": ("speakers", "via", "addressees", "quote", "mind", "colour", "date"),
    "stance": ("holders", "issue", "topic", "side", "date"),
    "agreement": ("name", "parties", "signatories", "sectors", "status", "date", "place"),
    "plan": ("name", "proposed_by", "announced_by", "parties"),
    "actor": ("actor",),
    "date": ("value",),
    "place": ("place",),
}
"""The fields that the correction form offers, by kind of claim."""
CHOICES = {
    "status": ("done", "planned", "threatened", "denied", "hypothetical"),
    "side": ("favour", "oppose", "neutral", "mixed"),
    "quote": ("direct", "indirect", "mixed"),
    "mind": ("statement", "belief", "intention", "document"),
}


CODEBOOK = Path(__file__).parents[1] / "events" / "tables"
"""Read here as tables: importing the room of events would load the whole reader into the server."""


def codebook_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the codebook's tables."""
    with (CODEBOOK / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader((line for line in handle if not line.startswith("#")), delimiter=";")


@cache
def event_types() -> dict[str, str]:
    """PLOVER types with their definitions."""
    return {row["type"]: row["definition"] for row in codebook_rows("plover.csv")}


@cache
def quad_of_type() -> dict[str, int]:
    """PLOVER types with their quad classes."""
    return {row["type"]: int(row["quad"]) for row in codebook_rows("plover.csv")}


@cache
def cameo() -> dict[str, dict[str, str]]:
    """CAMEO codes with code, name, goldstein, definition, and the PLOVER type that they belong to ('' for none)."""
    types = {row["cameo"]: row["plover"] for row in codebook_rows("crosswalk.csv")}
    return {row["code"]: {**row, "type": types.get(row["code"], "")} for row in codebook_rows("cameo.csv")}


def cameo_name(code: str) -> str:
    """The name of a CAMEO code, or of the nearest above it."""
    while code and code not in cameo():
        code = code[:-1]
    return cameo()[code]["name"] if code else ""


@cache
def countries() -> dict[str, tuple[str, str]]:
    """ISO 3166 alpha-3 codes with the alpha-2 code and the name that the gazetteer gives."""
    path = Path(__file__).parents[1] / "places" / "data" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {row["iso3"]: (row["iso2"], row["name"]) for row in rows if row.get("iso3") and row.get("name")}
