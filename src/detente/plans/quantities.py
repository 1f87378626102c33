"""Numbers with units: 300 kg, at most 3.67 percent, $4.2 billion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Bound = Literal["exactly", "at most", "at least", "about"]

_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_UNIT_NAMES = {
    "%": "percent",
    "per cent": "percent",
    "kgs": "kg",
    "kilogram": "kg",
    "kilograms": "kg",
    "tonne": "t",
    "tonnes": "t",
    "ton": "t",
    "tons": "t",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "€": "EUR",
    "euros": "EUR",
    "kilometres": "km",
    "kilometers": "km",
}
_IN_BASE = {"t": ("kg", 1000.0), "g": ("kg", 0.001)}
_BOUNDS: dict[str, Bound] = {
    "at most": "at most",
    "up to": "at most",
    "no more than": "at most",
    "<=": "at most",
    "at least": "at least",
    "no less than": "at least",
    "not less than": "at least",
    ">=": "at least",
    "about": "about",
    "some": "about",
    "exactly": "exactly",
    "=": "exactly",
}
_BOUND = re.compile(r"^(" + "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True)) + r")\s*", re.I)
_NUMBER = re.compile(
    r"^(?P<sign>-?)(?P<currency>US\$|[$€])?\s*(?P<number>\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*(?P<scale>thousand|million|billion)?\s*(?P<unit>(?:[^\d\s].*)?)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit; `bound` says on which side of it one has to stay."""

    value: float
    unit: str = ""
    bound: Bound = "exactly"

    def __str__(self) -> str:
        whole = self.value.is_integer() and abs(self.value) < 1e15
        number = f"{int(self.value):,}" if whole else f"{self.value:,}"
        words = [self.bound if self.bound != "exactly" else "", number, self.unit]
        return " ".join(word for word in words if word)

    @property
    def in_base(self) -> tuple[float, str]:
        """Value and unit, in the unit that others of its kind convert to: 300 t are 300,000 kg."""
        unit, times = _IN_BASE.get(self.unit, (self.unit, 1.0))
        return self.value * times, unit

    def in_unit_of(self, other: Quantity) -> float | None:
        """This value in the unit of `other`; None where the two cannot be compared."""
        if self.unit == other.unit:
            return self.value
        (mine, times), (theirs, over) = (_IN_BASE.get(q.unit, (q.unit, 1.0)) for q in (self, other))
        return self.value * times / over if mine == theirs else None

    def allows(self, value: float) -> bool:
        """Whether `value`, in this unit, stays on the right side. 'about' grants a twentieth."""
        if self.bound == "at most":
            return value <= self.value
        if self.bound == "at least":
            return value >= self.value
        slack = abs(self.value) / 20 if self.bound == "about" else 1e-9
        return abs(value - self.value) <= slack


def parse_quantity(text: str) -> Quantity:
    """Raises ValueError, with the remedy, when `text` is not a number with an optional unit."""
    rest, bound = text.strip(), "exactly"
    found = _BOUND.match(rest)
    if found:
        bound, rest = _BOUNDS[found[1].lower()], rest[found.end() :]
    match = _NUMBER.match(rest)
    if not match:
        raise ValueError(
            f"'{text}' is not a quantity; write a number and a unit, such as 300 kg or at most 3.67 percent"
        )
    unit = (match["currency"] or match["unit"] or "").strip()
    value = float(match["number"].replace(",", "")) * _SCALE.get((match["scale"] or "").lower(), 1)
    return Quantity(-value if match["sign"] else value, _UNIT_NAMES.get(unit.lower(), unit), bound)  # type: ignore[arg-type]
