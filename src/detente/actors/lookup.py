"""The tables as dictionaries of phrases: names of states, bodies, outlets; demonyms; capitals; offices; agents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .phrases import Phrases


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of the tables means."""

    kind: str
    """'state', 'demonym', 'capital', 'igo', 'outlet', ... as in organisations.csv; 'office'; 'agent'."""
    id: str
    name: str
    country: str | None = None
    code: str | None = None
    role: str | None = None
    body: str | None = None
    """Of an office: the body that it belongs to, without its country ('Foreign Ministry')."""
    holder: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lookup:
    """Names match with their capitals, titles and agents without."""

    names: Phrases[Entry]
    titles: Phrases[Entry]
    agents: Phrases[Entry]
    state_names: dict[str, str]
    adjectives: dict[str, str]


def rows(table: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("tables", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def lookup() -> Lookup:
    """detente's own tables, loaded once."""
    return build_lookup()


def build_lookup() -> Lookup:
    """detente's own tables, loaded anew so that a user's rows can be put into them."""
    names: Phrases[Entry] = Phrases(cased=True)
    titles: Phrases[Entry] = Phrases(cased=False)
    agents: Phrases[Entry] = Phrases(cased=False)
    state_names, adjectives = {}, {}
    for row in rows("states.csv"):
        iso = row["iso3"]
        state_names[iso] = row["name"]
        demonyms = listed(row["demonyms"])
        if demonyms:
            adjectives[iso] = demonyms[0]
        state = Entry("state", iso, row["name"], iso, iso, "GOV")
        for name in (row["name"], row["official"], *listed(row["aliases"])):
            if name:
                names.add(name, state)
        for name in demonyms:
            for form in (name, name + "s"):
                names.add(form, Entry("demonym", iso, row["name"], iso, iso))
        for name in listed(row["capitals"]):
            names.add(name, Entry("capital", iso, name, iso, iso + "GOV", "GOV"))
    for row in rows("historical.csv"):
        iso = row["id"]
        state_names[iso] = row["name"]
        past = Entry("state", iso, row["name"], iso, iso, "GOV")
        for name in (row["name"], *listed(row["aliases"])):
            if not names.get(name):
                names.add(name, past)
        for name in listed(row["demonyms"]):
            for form in (name, name + "s"):
                if not names.get(form):
                    names.add(form, Entry("demonym", iso, row["name"], iso, iso))
    for row in rows("organisations.csv"):
        entry = Entry(
            row["kind"],
            row["id"],
            row["name"],
            row["country"] or None,
            row["code"] or None,
            row["role"] or None,
            members=tuple(listed(row["members"])),
        )
        for name in (row["name"], *listed(row["aliases"])):
            if name:
                names.add(name, entry)
    for row in rows("bodies.csv"):
        key = f"{row['country']}:{row['name'].lower().replace(' ', '-')}"
        entry = Entry("body", key, row["name"], row["country"], row["country"] + row["role"], row["role"])
        for name in (row["name"], *listed(row["aliases"])):
            names.add(name, entry)
    for row in rows("groups.csv"):
        entry = Entry(
            "group", row["id"], row["name"], row["country"] or None, row["country"] + row["role"], row["role"]
        )
        for name in (row["name"], *listed(row["aliases"])):
            names.add(name, entry)
    for row in rows("outlets.csv"):
        entry = Entry("outlet", row["id"], row["name"], row["country"] or None, (row["country"] or "") + "MED", "MED")
        for name in (row["name"], *listed(row["aliases"])):
            names.add(name, entry)
    for row in rows("offices.csv"):
        titles.add(
            row["office"],
            Entry(
                "office",
                row["office"],
                row["office"],
                role=row["role"],
                body=row["body"] or None,
                holder=row["holder"] or None,
            ),
        )
    for row in rows("agents.csv"):
        for word in listed(row["words"]):
            agents.add(word, Entry("agent", word, word, role=row["role"]))
            agents.add(plural(word), Entry("agent", word, word, role=row["role"]))
    return Lookup(names, titles, agents, state_names, adjectives)


def listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
