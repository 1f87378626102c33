"""Who held which office when: looked up by name and by office, at the date of the document.

The table `terms.csv` holds facts of public record: heads of state and government, foreign ministers and others much
in the news, with their terms. A text that gives title and state itself is believed before the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .lookup import listed
from .model import Holding
from .phrases import fold
from .variants import Index, same_word, words_of

THRONES = {
    "king": ("King", "Head of State"), "queen": ("Queen",), "emperor": ("Emperor",), "emir": ("Emir",), "amir": ("Emir",),
    "sultan": ("Sultan",), "shah": ("Shah",), "pope": ("Pope",), "pontiff": ("Pope",), "duke": ("Grand Duke",),
    "sheikh": ("Emir", "President"), "sheik": ("Emir", "President"), "imam": ("King",),
}  # fmt: skip
"""Who is called so, by the last word of the title, and the offices of the table that this may be."""
PATRONYMICS = frozenset({"bin", "ibn", "bint"})
"""What stands before a father's name."""
_TITLED = frozenset({*THRONES, "grand", "prince"})
_NUMERAL = re.compile(r"[ivx]+")


@dataclass
class Holdings:
    """`by_name`: folded full names and aliases; `by_surname`: the last word of each, or 'bin' with the word behind it."""

    by_name: dict[str, list[Holding]] = field(default_factory=dict)
    by_surname: dict[str, list[Holding]] = field(default_factory=dict)
    by_office: dict[tuple[str, str], list[Holding]] = field(default_factory=dict)

    @classmethod
    def of_rows(cls, table: Iterable[dict[str, str]], organisations: frozenset[str]) -> Holdings:
        """From rows with the columns of terms.csv. `organisations`: the ids that stand in `country` for no state."""
        found = cls()
        for row in table:
            found.add(row, organisations)
        return found

    def add(self, row: dict[str, str], organisations: frozenset[str]) -> None:
        """Adds one row; later rows stand behind earlier ones that fit as well."""
        state = row["country"] not in organisations and not row["country"].startswith("group:")
        holding = Holding(
            person=row["person"],
            office=row["office"],
            kind=row["kind"],
            country=row["country"] if state else None,
            body="" if state else row["country"],
            since=row["since"],
            until=row["until"],
            role=row.get("role") or "GOV",
            source=row["source"],
        )
        for name in (row["person"], *listed(row["aliases"])):
            self.by_name.setdefault(fold(name), []).append(holding)
            words = fold(name).split()
            if words[0] in _TITLED and len(words) < 4:
                continue  # 'King Paul': a given name is nobody's surname
            # The Salman of 'Mohammed bin Salman' is his father.
            surname = " ".join(words[-2:]) if words[-2:-1] and words[-2] in PATRONYMICS else words[-1]
            same = self.by_surname.setdefault(surname, [])
            if holding not in same:
                same.append(holding)
        if row["kind"]:
            self.by_office.setdefault((row["country"], row["kind"]), []).append(holding)

    def of(self, name: str, date: str | None, kind: str | None = None) -> Holding | None:
        """The office that somebody of this name held on `date` (or last before it, or first after it).

        A surname alone is taken only with a title of the right kind, or when one holder of that date has it.
        """
        folded = fold(name)
        known = self.by_name.get(folded)
        if known:
            return best(known, date, kind)
        if " " in folded and folded not in self.by_surname:
            return None
        same = [h for h in self.by_surname.get(folded, ()) if h.at(date)]
        if kind:
            same = [h for h in same if h.kind == kind]
        people = {h.person for h in same}
        return best(same, date) if len(people) == 1 and (kind or date) else None

    def monarch(self, title: str, name: str, date: str | None, states: Counter[str]) -> Holding | None:
        """'King Mohammed', 'Pope John Paul': who of that given name sat on such a throne on `date`.

        `title` is the last word of the title. Of several the one whose state is in `states`, which counts how often each is
        named; None where two are as likely, or where a sheikh's is not named at all.
        """
        words = words_of(name)
        offices = THRONES[title]
        found = {
            h.country: h
            for given, h in self._thrones
            if h.office in offices and h.at(date) and all(map(same_word, given, words)) and len(words) <= len(given)
        }
        if title.startswith("sh") and title != "shah":
            found = {c: h for c, h in found.items() if c in states}
        likely = sorted(found.values(), key=lambda h: -states[h.country or ""])
        if len(likely) > 1 and states[likely[0].country or ""] == states[likely[1].country or ""]:
            return None
        return likely[0] if likely and date else None

    @cached_property
    def _thrones(self) -> list[tuple[tuple[str, ...], Holding]]:
        """The given names of heads of state who are called by them, without title and number."""
        offices = {office for named in THRONES.values() for office in named}
        held = [
            (words_of(name), h)
            for name, holdings in self.by_name.items()
            for h in holdings
            if h.kind == "head_of_state" and h.office in offices
        ]
        bare = [(tuple(w for w in words if w not in _TITLED and not _NUMERAL.fullmatch(w)), h) for words, h in held]
        return [(words, h) for words, h in bare if words and (h.office != "President" or h.country == "ARE")]

    def spelt_otherwise(self, name: str, date: str | None, kind: str | None = None) -> Holding | None:
        """The holder whose name is a variant of `name`; None where there is none, or more than one person.

        A surname alone needs a title: it is compared with the surnames of those who held such an office on `date`.
        """
        if len(words_of(name)) > 1:
            found = [h for known in self.index.variants(name) for h in self.by_name[fold(known)]]
        elif kind:
            (word,) = words_of(name) or ("",)
            of_kind = [h for (_, k), held in self.by_office.items() if k == kind for h in held if date and h.at(date)]
            found = [h for h in of_kind if same_word(words_of(h.person)[-1], word)]
        else:
            return None
        return best(found, date, kind) if len({fold(h.person) for h in found}) == 1 else None

    def holder(self, country: str, kind: str, date: str | None) -> Holding | None:
        """Who held the office of this kind in `country` on `date`; None without a date."""
        if not date:
            return None
        return next((h for h in self.by_office.get((country, kind), ()) if h.at(date)), None)

    @cached_property
    def index(self) -> Index:
        return Index(self.by_name)


def best(holdings: list[Holding], date: str | None, kind: str | None = None) -> Holding | None:
    """The one in force on `date`, else the last that had begun by then, else the first; offices of `kind` first."""
    if kind:
        holdings = [h for h in holdings if h.kind == kind] or holdings
    if not holdings:
        return None
    current = [h for h in holdings if h.at(date)] if date else []
    if current:
        return current[0]
    begun = [h for h in holdings if date and h.since and h.since <= date]
    return max(begun, key=lambda h: h.since) if begun else holdings[0] if date else holdings[-1]
