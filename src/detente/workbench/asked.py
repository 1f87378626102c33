"""What a reader asks for in an address, as questions to the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from ..errors import UsageError
from ..record import Entry, Record, Table
from .desk import address

T = TypeVar("T")
PAGE = 50
"""Rows on a page."""
LISTS = ("events", "statements", "stances", "agreements", "plans")
ASKED: dict[str, tuple[str, ...]] = {
    "events": ("a", "b", "actor", "recipient", "party", "type", "cameo", "quad", "status", "place", "since", "until", "text", "min_confidence", "state"),
    "statements": ("speaker", "via", "addressee", "about", "kind", "mind", "since", "until", "min_confidence", "state"),
    "stances": ("issue", "actor", "side", "since", "until", "min_confidence", "state"),
    "agreements": ("party", "since", "until", "state"),
    "plans": ("party", "since", "until", "state"),
}  # fmt: skip
"""The filters of each list: the words of the addresses, and of `detente.Record`'s methods."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One list with its filters."""

    what: str
    filters: dict[str, str]
    merged: bool = True

    @classmethod
    def of(cls, what: str, request: Request) -> Asked:
        """Reads the filters that this list knows; others are ignored."""
        given = {k: request.query_params.get(k, "").strip()[:200] for k in ASKED[what]}
        return cls(what, {k: v for k, v in given.items() if v}, request.query_params.get("each") != "1")

    def table(
        self,
        record: Record,
        *,
        limit: int | None = None,
        order: str = "-day",
        after: tuple[str, int] | None = None,
    ) -> Table[Entry]:
        """The question. Raises UsageError for what cannot be asked."""
        asked: dict[str, Any] = dict(self.filters)
        pair = (asked.pop("a", ""), asked.pop("b", ""))
        if any(pair):
            if not all(pair):
                raise UsageError("between takes two actors: fill in both")
            asked["between"] = pair
        for name, kind in (("min_confidence", float), ("quad", int)):
            if name in asked:
                asked[name] = _number(name, asked[name], kind)
        method: Callable[..., Table[Entry]] = getattr(record, self.what)
        return method(**asked, merged=self.merged, limit=limit, order=order, after=after)

    def address(self, path: str = "", **changes: str) -> str:
        """The address of this list with some filters changed; '' takes one away."""
        asked = {**self.filters, **({} if self.merged else {"each": "1"}), **changes}
        return address(path or f"/{self.what}", **asked)


def _number(name: str, text: str, kind: Callable[[str], Any]) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise UsageError(f"{name}: {text!r} is not a number") from None


def rows_of(table: Table[T]) -> list[T]:
    """The rows of a table. `list` would ask for its length first, and with that count all of them."""
    return list(iter(table))


def position_of(request: Request) -> tuple[str, int] | None:
    """Where a list goes on: 'after=2011-11-10~4711'."""
    day, sign, n = request.query_params.get("after", "").rpartition("~")
    return (day, int(n)) if sign and n.isdigit() and len(n) < 18 else None


def cut(rows: list[Any], size: int = PAGE) -> tuple[list[Any], str]:
    """The rows of this page, and the `after` of the next ('' when there is none); asks for one row more."""
    if len(rows) <= size:
        return rows, ""
    day, n = rows[size - 1].position
    return rows[:size], f"{day}~{n}"
