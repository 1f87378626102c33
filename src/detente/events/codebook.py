"""The codebook: CAMEO codes, PLOVER types, and the crosswalks between them, from tables.

Sources of the lists: the CAMEO codebook 1.1b3 (Schrodt, 2012) for codes; the scale of Goldstein (1992) as
adapted to CAMEO, with the parent's value for the codes that are younger than the scale (1213, 1214, 155, 176,
1834, 1951, 1952); the PLOVER manuals and the CAMEO to PLOVER list of the Open Event Data Alliance for types,
modes and contexts. Definitions and examples are our own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..errors import CodebookError

TABLES = Path(__file__).parent / "tables"
SCHEMES = ("plover", "plover2018", "plv", "cameo")
"""'plover' is PLOVER 2.0; 'plover2018' the first draft (signing is SUPPORT, sanctions are COERCE, appeals are not
coded); 'plv' the four-class benchmark made from it (CONCEDE and RETREAT are one type, YIELD); 'cameo' the codes."""

QUADS: dict[str, dict[str, int]] = {
    "plover": {
        **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
        **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3),
        **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
    },
}
QUADS["plover2018"] = QUADS["plover"]
QUADS["plv"] = {**QUADS["plover"], "YIELD": 2, "SANCTION": 4}
_CAMEO_QUAD = {**dict.fromkeys(range(1, 6), 1), **dict.fromkeys(range(6, 9), 2), **dict.fromkeys(range(9, 14), 3)}


@dataclass(frozen=True, slots=True)
class Code:
    """One CAMEO code."""

    code: str
    name: str
    goldstein: float
    definition: str = ""

    @property
    def quad(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (CAMEO's roots)."""
        return _CAMEO_QUAD.get(int(self.code[:2]), 4)


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a CAMEO code is in the other schemes; '' where a scheme does not code it."""

    types: dict[str, str]
    mode: str | None
    contexts: tuple[str, ...]


@dataclass
class Codebook:
    """Codes, types and crosswalks of one ontology."""

    codes: dict[str, Code] = field(default_factory=dict)
    crossings: dict[str, Crossing] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    """Type to its definition."""

    def goldstein(self, code: str) -> float | None:
        entry = self.nearest(code)
        return entry.goldstein if entry else None

    def nearest(self, code: str) -> Code | None:
        """The entry of `code`, or of the nearest code above it."""
        while code:
            if code in self.codes:
                return self.codes[code]
            code = code[:-1]
        return None

    def crossing(self, code: str) -> Crossing | None:
        while code:
            if code in self.crossings:
                return self.crossings[code]
            code = code[:-1]
        return None

    def type_of(self, code: str, scheme: str = "plover") -> str | None:
        """The type of a CAMEO code in `scheme`; the code itself for 'cameo'; None where it is not coded."""
        if scheme == "cameo":
            return code
        crossing = self.crossing(code)
        return (crossing.types.get(scheme) or None) if crossing else None

    def quad_of(self, code: str, scheme: str = "plover") -> int | None:
        """The quad class of a CAMEO code in `scheme`."""
        if scheme == "cameo":
            return _CAMEO_QUAD.get(int(code[:2]), 4) if code[:2].isdigit() else None
        return QUADS[scheme].get(self.type_of(code, scheme) or "")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader((line for line in handle if not line.startswith("#")), delimiter=";"))


@cache
def load_codebook(folder: Path = TABLES) -> Codebook:
    """The codebook in `folder`. Raises CodebookError where a table is missing or malformed."""
    book = Codebook()
    try:
        for row in _table(folder / "cameo.csv"):
            book.codes[row["code"]] = Code(row["code"], row["name"], float(row["goldstein"] or 0), row["definition"])
        for row in _table(folder / "crosswalk.csv"):
            book.crossings[row["cameo"]] = Crossing(
                types={scheme: row[scheme] for scheme in SCHEMES if scheme != "cameo"},
                mode=row["mode"] or None,
                contexts=tuple(row["contexts"].split()),
            )
        book.types = {row["type"]: row["definition"] for row in _table(folder / "plover.csv")}
    except FileNotFoundError as error:
        raise CodebookError(f"{error.filename}: the codebook needs this table") from error
    except (KeyError, ValueError) as error:
        raise CodebookError(f"{folder}: a table lacks a column or holds a bad number: {error}") from error
    return book
