"""Who held which office when: looked up by name and by office, at the date of the document.

The table `terms.csv` holds facts of public record: heads of state and government, foreign ministers and others much
in the news, with their terms. A text that gives title and state itself is believed before the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .lookup import listed, rows
from .model import Holding
from .phrases import fold

ORGANISATIONS = frozenset({"UN", "NATO", "IAEA", "EU", "AU"})
"""Rows whose office is at an organisation, not of a state."""


@dataclass(frozen=True)
class Holdings:
    """`by_name`: folded full names and aliases; `by_surname`: the last word of each."""

    by_name: dict[str, list[Holding]]
    by_surname: dict[str, list[Holding]]
    by_office: dict[tuple[str, str], list[Holding]]

    def of(self, name: str, date: str | None, kind: str | None = None) -> Holding | None:
        """The office that somebody of this name held on `date` (or last before it, or first after it).

        A surname alone is taken only with a title of the right kind, or when one holder of that date has it.
        """
        folded = fold(name)
        known = self.by_name.get(folded)
        if known:
            return best(known, date)
        if " " in folded:
            return None
        same = [h for h in self.by_surname.get(folded, ()) if h.at(date)]
        if kind:
            same = [h for h in same if h.kind == kind]
        people = {h.person for h in same}
        return best(same, date) if len(people) == 1 and (kind or date) else None

    def holder(self, country: str, kind: str, date: str | None) -> Holding | None:
        """Who held the office of this kind in `country` on `date`; None without a date."""
        if not date:
            return None
        return next((h for h in self.by_office.get((country, kind), ()) if h.at(date)), None)


def best(holdings: list[Holding], date: str | None) -> Holding | None:
    """The one in force on `date`, else the last that had begun by then, else the first."""
    if not holdings:
        return None
    current = [h for h in holdings if h.at(date)] if date else []
    if current:
        return current[0]
    begun = [h for h in holdings if date and h.since and h.since <= date]
    return begun[-1] if begun else holdings[0] if date else holdings[-1]


@cache
def holdings() -> Holdings:
    """detente's own table, loaded once."""
    table = Holdings({}, {}, {})
    for row in rows("terms.csv"):
        state = row["country"] not in ORGANISATIONS
        holding = Holding(
            person=row["person"],
            office=row["office"],
            kind=row["kind"],
            country=row["country"] if state else None,
            body="" if state else row["country"],
            since=row["since"],
            until=row["until"],
            source=row["source"],
        )
        for name in (row["person"], *listed(row["aliases"])):
            table.by_name.setdefault(fold(name), []).append(holding)
            surname = fold(name.split()[-1])
            same = table.by_surname.setdefault(surname, [])
            if holding not in same:
                same.append(holding)
        if row["kind"]:
            table.by_office.setdefault((row["country"], row["kind"]), []).append(holding)
    return table
