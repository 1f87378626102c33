"""The tables as dictionaries of phrases: names of states, bodies, outlets; demonyms; capitals; offices; agents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..places.contested import disputes
from .model import within
from .phrases import Phrases

NATIONAL = frozenset({"state", "demonym", "people", "area"})
"""Kinds of entries that say of which state something is, where they stand before it."""

OFFICES_OF_A_PORTFOLIO = (
    "{} minister", "minister of {}", "minister for {}", "{} secretary", "secretary for {}",
    "deputy {} minister", "deputy minister of {}", "deputy minister for {}", "vice {} minister", "vice minister of {}",
    "minister of state for {}", "state minister for {}", "state minister of {}", "junior {} minister",
    "acting {} minister", "acting minister of {}", "deputy {} secretary", "assistant {} secretary",
)  # fmt: skip
"""What those are called who have a portfolio ('trade', 'water resources') in a government."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of the tables means. `since` and `until` bound the days on which it means that (half open)."""

    kind: str
    """'state', 'demonym', 'capital', 'people', 'area', 'igo', 'outlet', ... as in organisations.csv; 'office'; 'agent'."""
    id: str
    name: str
    country: str | None = None
    """Of an office: the one state that has it ('Taoiseach')."""
    code: str | None = None
    role: str | None = None
    body: str | None = None
    """Of an office: the body that it belongs to, without its country ('Foreign Ministry')."""
    holder: str | None = None
    members: tuple[str, ...] = ()
    """Of a grouping: its members; of a people: the states that it lives in."""
    since: str = ""
    until: str = ""
    users: bool = False
    """Whether the user's own files say so; such a name is meant wherever it stands."""

    @property
    def dated(self) -> bool:
        return bool(self.since or self.until)


@dataclass(frozen=True)
class Lookup:
    """Names match with their capitals, titles and agents without."""

    names: Phrases[Entry]
    titles: Phrases[Entry]
    agents: Phrases[Entry]
    state_names: dict[str, str]
    adjectives: dict[str, str]
    organisation_names: dict[str, str]
    """Of organisations and armed groups, by id."""


def in_force(entries: tuple[Entry, ...], date: str | None) -> tuple[Entry, ...]:
    """What a name means on `date`: 'Moscow' in 1985 is the Soviet Union's, 'Yugoslavia' in 1999 the smaller one.

    Entries that have ended come first where they fit the date; without a date only those that go on count. A name
    with one meaning keeps it on every day, since texts speak of what is past, too.
    """
    if len(entries) == 1 or not any(e.dated for e in entries):
        return entries
    fitting = [e for e in entries if (within(date, e.since, e.until) if date else not e.until)]
    return tuple(sorted(fitting, key=lambda e: not e.until)) or entries


def rows(table: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("tables", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def lookup() -> Lookup:
    """detente's own tables, loaded once."""
    return build_lookup()


def build_lookup() -> Lookup:
    """detente's own tables, loaded anew so that a user's rows can be put into them."""
    tables = Lookup(Phrases(cased=True), Phrases(cased=False), Phrases(cased=False), {}, {}, {})
    _add_states(tables)
    _add_past_states(tables)
    _add_organisations(tables)
    _add_bodies(tables.names)
    _add_groups(tables)
    _add_peoples(tables.names)
    _add_areas(tables.names)
    _add_titles(tables)
    return tables


def _add_states(tables: Lookup) -> None:
    names = tables.names
    for row in rows("states.csv"):
        iso = row["iso3"]
        tables.state_names[iso] = row["name"]
        demonyms = listed(row["demonyms"])
        if demonyms:
            tables.adjectives[iso] = demonyms[0]
        state = Entry("state", iso, row["name"], iso, iso, "GOV")
        for name in (row["name"], row["official"], *listed(row["aliases"])):
            if name:
                names.add(name, state)
        for name in demonyms:
            for form in (name, name + "s"):
                names.add(form, Entry("demonym", iso, row["name"], iso, iso))
        for name in listed(row["capitals"]):
            names.add(name, Entry("capital", iso, name, iso, iso + "GOV", "GOV"))


def _add_past_states(tables: Lookup) -> None:
    """States that are no more, under the names and capitals that may mean another state today."""
    names = tables.names
    for row in rows("historical.csv"):
        iso, name = row["id"], row["name"]
        tables.state_names.setdefault(iso, name)
        since, until = row["since"], row["until"]
        for form in (name, *listed(row["aliases"])):
            names.add(form, Entry("state", iso, name, iso, iso, "GOV", since=since, until=until))
        for word in listed(row["demonyms"]):
            tables.adjectives.setdefault(iso, word)
            for form in (word, word + "s"):
                names.add(form, Entry("demonym", iso, name, iso, iso, since=since, until=until))
        for capital in listed(row["capitals"]):
            names.add(capital, Entry("capital", iso, capital, iso, iso + "GOV", "GOV", since=since, until=until))


def _add_organisations(tables: Lookup) -> None:
    for row in rows("organisations.csv"):
        entry = Entry(
            row["kind"],
            row["id"],
            row["name"],
            row["country"] or None,
            row["code"] or None,
            row["role"] or None,
            members=tuple(listed(row["members"])),
            since=row["since"],
            until=row["until"],
        )
        tables.organisation_names[entry.id] = entry.name
        for name in (row["name"], *listed(row["aliases"])):
            tables.names.add(name, entry)


def _add_bodies(names: Phrases[Entry]) -> None:
    for row in rows("bodies.csv"):
        key = f"{row['country']}:{row['name'].lower().replace(' ', '-')}"
        entry = Entry("body", key, row["name"], row["country"], row["country"] + row["role"], row["role"])
        for name in (row["name"], *listed(row["aliases"])):
            names.add(name, entry)
    for row in rows("outlets.csv"):
        country = row["country"]
        entry = Entry("outlet", row["id"], row["name"], country or None, country + "MED", "MED")
        for name in (row["name"], *listed(row["aliases"])):
            names.add(name, entry)


def _add_groups(tables: Lookup) -> None:
    for row in rows("groups.csv"):
        country, role = row["country"], row["role"]
        since, until = row["since"], row["until"]
        entry = Entry("group", row["id"], row["name"], country or None, country + role, role, since=since, until=until)
        tables.organisation_names[entry.id] = entry.name
        for name in (row["name"], *listed(row["aliases"])):
            tables.names.add(name, entry)


def _add_peoples(names: Phrases[Entry]) -> None:
    """Ethnic and religious groups. Which of their states is meant is for the document to say."""
    for row in rows("peoples.csv"):
        homes = tuple(listed(row["homes"]))
        key = "people:" + row["name"].lower().replace(" ", "-")
        for name in (row["name"], *listed(row["aliases"])):
            if not names.get(name):
                names.add(name, Entry("people", key, row["name"], role="CVL", members=homes))


def _add_areas(names: Phrases[Entry]) -> None:
    """Contested areas that are no states of the tables; their state depends on the user's view."""
    for dispute in disputes():
        key = "area:" + dispute.area.lower().replace(" ", "-")
        for name in (*dispute.names, *dispute.demonyms):
            if not names.get(name):
                names.add(name, Entry("area", key, dispute.area))


def _add_titles(tables: Lookup) -> None:
    for row in rows("offices.csv"):
        office = row["office"]
        entry = Entry(
            "office",
            office,
            office,
            row["country"] or None,
            role=row["role"],
            body=row["body"] or None,
            holder=row["holder"] or None,
        )
        tables.titles.add(office, entry)
    for row in rows("portfolios.csv"):
        for form in OFFICES_OF_A_PORTFOLIO:
            office = form.format(row["portfolio"])
            body = row["body"] if "minister" in office else ""
            if not tables.titles.get(office):
                tables.titles.add(office, Entry("office", office, office, role="GOV", body=body or None))
    for row in rows("agents.csv"):
        for word in listed(row["words"]):
            for form in (word, plural(word)):
                tables.agents.add(form, Entry("agent", word, word, role=row["role"]))


def listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
