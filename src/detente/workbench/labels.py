"""Words on screen for what the record stores as codes, in one place for those who translate them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

KINDS = {
    "event": "Event",
    "attribution": "Statement",
    "stance": "Stance",
    "agreement": "Agreement",
    "plan": "Plan",
    "actor": "Actor",
    "date": "Date",
    "place": "Place",
}
STATES = {
    "unreviewed": "not reviewed",
    "accepted": "accepted",
    "rejected": "rejected",
    "corrected": "replaced by a correction",
    "superseded": "superseded by newer rules",
    "withdrawn": "withdrawn",
}
SIDES = {"favour": "for", "oppose": "against", "mixed": "mixed", "neutral": "neutral"}
SIGNS = {"favour": "▲", "oppose": "▼", "mixed": "◆", "neutral": "○"}
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
PARTS = {
    "trigger": "what happens",
    "actor": "who",
    "recipient": "to whom",
    "speaker": "speaker",
    "cue": "word of saying",
    "via": "outlet in between",
    "date": "date",
    "place": "place",
    "topic": "topic",
    "quote": "what is said",
    "agreement": "agreement",
    "plan": "plan",
}
ACTIONS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "undo": "took back a decision",
    "supersede": "did not find it again",
    "revive": "found it again",
    "refresh": "weighed it anew",
}
FIELDS: dict[str, dict[str, str]] = {
    "event": {
        "type": "Type (PLOVER)",
        "cameo": "CAMEO code",
        "mode": "Mode",
        "status": "Status",
        "actors": "Who",
        "recipients": "To whom",
        "date": "Date",
        "place": "Place",
    },
    "attribution": {
        "speakers": "Speakers",
        "via": "Via",
        "addressees": "To whom it is said",
        "quote": "Quotation",
        "mind": "What it is",
        "colour": "Colour of the cue",
        "date": "Date",
    },
    "stance": {"holders": "Whose", "issue": "Issue", "topic": "Topic", "side": "Side", "date": "Date"},
    "agreement": {
        "name": "Name",
        "parties": "Parties",
        "signatories": "Signatories",
        "sectors": "Sectors",
        "status": "Status",
        "date": "Date",
        "place": "Place",
    },
    "plan": {"name": "Name", "proposed_by": "Proposed by", "announced_by": "Announced by", "parties": "Parties"},
    "actor": {"actor": "Actor"},
    "date": {"value": "Value (TIMEX3)"},
    "place": {"place": "Place"},
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
def country_names() -> dict[str, str]:
    """ISO 3166 alpha-3 codes with the names that the gazetteer gives them."""
    path = Path(__file__).parents[1] / "places" / "data" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {row["iso3"]: row["name"] for row in rows if row.get("iso3") and row.get("name")}
