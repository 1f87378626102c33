"""What two codings of an event are compared by: roots, quad classes, countries, in each annotation scheme.

The matching rule is that of the scorer beside the gold data (`score.py`): within a record, gold and found events
become sets of keys; shared keys are right; counts are summed over records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..events.codebook import QUADS

Event = Mapping[str, Any]
Counts = tuple[int, int, int]
"""(right, found and not gold, gold and not found)."""

PLOVER = frozenset(QUADS["plover"])
SYNONYMS = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "CRIME": "COERCE",
}
"""Names of the drafts of PLOVER, and what they are called now."""
_TO_PLOVER = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
    "084": "RETREAT", "085": "RETREAT", "086": "RETREAT", "087": "RETREAT", "09": "ACCUSE", "10": "REQUEST",
    "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
"""The scorer's own list, by longest prefix; it differs from our crosswalk in 163 (COERCE there since 2021)."""
_TO_CAMEO = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08",
    "RETREAT": "08", "YIELD": "08", "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13",
    "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip
_BY_ROOT = {
    "gdelt": {f"{root:02d}": 1 + (root > 5) + (root > 8) + (root > 13) for root in range(1, 21)},
    "penta": {
        **dict.fromkeys(("01", "02"), 0),
        **dict.fromkeys(("03", "04", "05"), 1),
        **dict.fromkeys(("06", "07", "08"), 2),
        **dict.fromkeys(("09", "10", "11", "12", "13", "16"), 3),
        **dict.fromkeys(("14", "15", "17", "18", "19", "20"), 4),
    },
}


def code_of(event: Event) -> str:
    """The code as it is compared: without blanks and colons; '' for none."""
    code = str(event.get("code") or "").strip().lstrip(":").strip()
    return "" if code in {"---", "None"} else code


def is_cameo(code: str) -> bool:
    return code[:2].isdigit() and len(code) >= 2


def plover_type(code: str) -> str | None:
    """The PLOVER type of a CAMEO code or of a type's name; None where PLOVER does not code it."""
    if is_cameo(code):
        for size in (4, 3, 2):
            if code[:size] in _TO_PLOVER:
                return _TO_PLOVER[code[:size]]
        return None
    name = re.split(r"[- ]", code.upper())[0]
    name = SYNONYMS.get(name, name)
    return name if name in PLOVER or name == "YIELD" else None


def root_of(code: str, space: str) -> str | None:
    """The root in `space`: 'cameo' (two digits), 'plover', or 'plv' (CONCEDE and RETREAT are YIELD)."""
    if not code:
        return None
    if space == "cameo":
        return code[:2] if is_cameo(code) else _TO_CAMEO.get(plover_type(code) or "")
    name = plover_type(code)
    return "YIELD" if space == "plv" and name in {"CONCEDE", "RETREAT"} else name


def quad_of(event: Event, scheme: str, *, gold: bool) -> int | None:
    """The quad class (0 to 4) under the scheme of the gold record."""
    code, given = code_of(event), event.get("quad")
    if gold and given is not None and scheme in {"plv", "penta", "cameo_root"}:
        return int(given)
    if not gold and re.fullmatch(r"PENTA\d", code):
        return int(code[-1])
    if not gold and given is not None and not code:
        return int(given)
    if scheme in {"plover", "plv"}:
        space = "plv" if scheme == "plv" else "plover"
        return (_PLV_QUADS if scheme == "plv" else QUADS["plover"]).get(root_of(code, space) or "")
    table = _BY_ROOT["penta" if scheme in {"cameo_root", "penta"} else "gdelt"]
    return table.get(root_of(code, "cameo") or "")


_PLV_QUADS = {k: v for k, v in QUADS["plv"].items() if k not in {"CONCEDE", "RETREAT"}}


def country_of(code: str | None) -> str:
    """The first three letters of an actor code; '' where they are no letters."""
    letters = (code or "").strip().upper()[:3]
    return letters if re.fullmatch(r"[A-Z]{3}", letters) else ""


def pair_of(event: Event) -> tuple[str, str]:
    return country_of(event.get("source")), country_of(event.get("target"))


def unique(items: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(items))


def compare(gold: Iterable[Any], found: Iterable[Any]) -> Counts:
    """Counts of two sets of keys; None is no key."""
    golds, founds = {k for k in gold if k is not None}, {k for k in found if k is not None}
    return len(golds & founds), len(founds - golds), len(golds - founds)


def match(gold: list[Any], found: list[Any], same: Callable[[Any, Any], bool]) -> Counts:
    """Counts of two lists matched one to one, first come first served."""
    free = list(found)
    right = 0
    for key in gold:
        partner = next((other for other in free if same(key, other)), None)
        if partner is not None:
            free.remove(partner)
            right += 1
    return right, len(found) - right, len(gold) - right


def same_pair(gold: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Equal countries; a side that the gold leaves open is equal to anything."""
    return all(not g or g == f for g, f in zip(gold, found, strict=True))
