"""The registry: detente's own tables and the user's, with offices in time, historical states and contested territories."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from ..claims import ActorRef
from ..errors import CodebookError
from ..places.contested import Contested, View, check_view, disputes
from .holdings import THRONES, Holdings
from .lookup import Entry, Lookup, build_lookup, listed, lookup, rows
from .model import Actor, Holding, within
from .petrarch import read_petrarch
from .phrases import Phrases, atoms, fold
from .user_files import csv_rows, files_of, yaml_rows
from .variants import same_word, words_of

KINDS = {
    "president": "head_of_state",
    "king": "head_of_state",
    "head of state": "head_of_state",
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "chancellor": "head_of_government",
    "foreign minister": "foreign_minister",
    "secretary of state": "foreign_minister",
    "defence minister": "defence_minister",
    "defense minister": "defence_minister",
    "supreme leader": "supreme_leader",
    "secretary-general": "secretary_general",
    "secretary general": "secretary_general",
    "director general": "director_general",
    "director-general": "director_general",
    "foreign policy chief": "high_representative",
    "high representative": "high_representative",
}
"""Offices that have one holder, by the words of a text."""
RENAMED = frozenset({"ZWE", "COD", "BFA", "BEN"})
"""States that were wholly another state's land before, under its name and code."""
NO_STATE = frozenset({"IGO", "NGO", "IMG", "MNC", "NGM", "INT", "UIS"})
"""First letters of CAMEO codes that name no state."""


@dataclass
class Registry:
    """Who is who on which day. Load it once; it is read only afterwards."""

    lookup: Lookup
    actors: dict[str, Actor] = field(default_factory=dict)
    """The user's own actors, some with codes that depend on the date, by id."""
    view: View = "code"
    """Whose map counts for contested areas."""
    terms: list[dict[str, str]] = field(default_factory=list)
    """Terms of office from the user's files."""

    @classmethod
    def load(cls, user_files: Iterable[Path | str] = (), *, view: View = "code") -> Registry:
        """Our tables, then the user's files in their order: CSV, YAML, PETRARCH dictionaries, or folders of them.

        The last row wins. Raises CodebookError with file, line and remedy for what cannot be read, UsageError for a
        view that is none.
        """
        paths = list(files_of(user_files))
        registry = cls(build_lookup() if paths else lookup(), view=check_view(view))
        for path in paths:
            registry._load_user(path)
        return registry

    # --- offices in time ---

    @cached_property
    def holdings(self) -> Holdings:
        """The terms of office: ours, or the user's before ours."""
        return Holdings.of_rows([*self.terms, *rows("terms.csv")], organisation_ids()) if self.terms else holdings()

    def holder(self, office: str, country: str, date: str | None) -> Holding | None:
        """Who held an office of one kind ('head_of_state') of a state or organisation on `date`; None if unknown."""
        return self.holdings.holder(country, office, date)

    # --- contested areas ---

    def dispute(self, territory: str) -> Contested | None:
        """The contested area of this name."""
        return _disputes_by_name().get(fold(territory))

    def view_of(self, territory: str, view: View | None = None, date: str | None = None) -> str | None:
        """Whose a contested territory is, in the registry's view or another; None if not contested, or left open."""
        dispute = self.dispute(territory)
        return dispute.of(check_view(view or self.view), date) if dispute else None

    # --- what depends on the day ---

    def dated(self, ref: ActorRef, date: str | None) -> ActorRef:
        """`ref` as it is on `date`: codes with dates, and the names of those who hold an office that is named."""
        if date and ref.country in _forerunners():
            ref = _under_the_old_name(ref, date)
        actor = self.actors.get(ref.id or "")
        if actor is not None and actor.codes and ref.code == actor.code:
            code = actor.code_on(date)
            return replace(ref, code=code, country=country_of_code(code) or ref.country) if code != ref.code else ref
        if ref.person and not ref.country and ref.role in {"GOV", "ELI", None} and ref.office:
            return self.only_holder(ref)
        return self._named_office(ref, date)

    def _named_office(self, ref: ActorRef, date: str | None) -> ActorRef:
        """'the Turkish president' with the name of the holder on that date."""
        office = ref.reason.split("'")[1] if ref.reason.startswith("'") else ""
        kind = KINDS.get(office)
        held = self.holder(kind, ref.country or ref.id or "", date) if kind and not ref.person else None
        if held is None:
            return ref
        key = "person:" + "-".join(re.findall(r"\w+", held.person.lower()))
        reason = f"{ref.reason}; {held.person} held the office on {date}"
        return replace(ref, id=key, person=held.person, name=held.person, office=office, reason=reason)

    def only_holder(self, ref: ActorRef) -> ActorRef:
        """A titled person whose surname one office-holder of the tables has, whenever that was; with less confidence."""
        given, surname = words_of(ref.person or "")[:-1], fold((ref.person or "").split()[-1])
        if not given and (ref.office or "").lower().rpartition(" ")[2] in THRONES:
            return ref  # 'Sheikh Khalifa': a given name is nobody's surname
        known = [
            h
            for h in self.holdings.by_surname.get(surname, ())
            if not given or same_word(words_of(h.person)[0], given[0])
        ]
        countries = {h.country for h in known}
        if len(countries) != 1 or None in countries:
            return ref
        country = known[0].country
        reason = f"{ref.reason}; the only office-holder of that surname, not in office on that day"
        role = ref.role or "GOV"
        return replace(ref, country=country, code=f"{country}{role}", role=role, reason=reason, confidence=0.5)

    # --- loading ---

    def _load_user(self, path: Path) -> None:
        suffix = path.suffix.lower()
        if not path.is_file():
            raise CodebookError(
                f"{path}: no such file; give a CSV, a YAML file, a PETRARCH dictionary, or a folder of them"
            )
        if suffix in {".csv", ".yaml", ".yml"}:
            for row in csv_rows(path) if suffix == ".csv" else yaml_rows(path):
                if "person" in row:
                    self.terms.append(row)
                else:
                    self._add_user(row, path)
        else:
            for found in read_petrarch(path):
                self._add_petrarch(found.forms, found.codes, found.agent, path)

    def _add_user(self, row: dict[str, str], path: Path) -> None:
        country, role = row.get("country") or None, row.get("role") or None
        code = row.get("code") or (country or "") + (role or "") or None
        key = row.get("id") or fold(row["name"]).replace(" ", "-")
        since, until = row.get("since") or "", row.get("until") or ""
        entry = Entry(
            row.get("kind") or "group", key, row["name"], country, code, role, since=since, until=until, users=True
        )
        aliases = tuple(listed(row.get("aliases")))
        for name in (row["name"], *aliases):
            _win(self.lookup.names, name, entry)
        self.actors[key] = Actor(
            id=key,
            name=row["name"],
            kind="group",
            country=country,
            code=code,
            role=role,
            since=since,
            until=until,
            aliases=aliases,
            source=str(path),
        )

    def _add_petrarch(
        self, forms: tuple[str, ...], codes: tuple[tuple[str, str, str], ...], agent: bool, path: Path
    ) -> None:
        code = codes[0][0]
        if agent:
            for form in forms:
                _win(self.lookup.agents, form, Entry("agent", form, form, role=code[:3]))
            return
        country, name = country_of_code(code), forms[0].title()
        state = len(code) == 3 and country is not None
        key = country if country and state and len(codes) == 1 else fold(name).replace(" ", "-")
        role = code[3:6] or None
        entry = Entry("state" if state else "group", key, name, country, code, role, users=True)
        if state:
            self.lookup.state_names.setdefault(country or code, name)
        for form in forms:
            _win(self.lookup.names, form.title(), entry)
        self.actors[key] = Actor(
            id=key,
            name=name,
            kind="state" if state else "group",
            country=country,
            code=code,
            role=role,
            codes=codes,
            aliases=forms[1:],
            source=str(path),
        )


@cache
def default_registry() -> Registry:
    """detente's own tables and nothing of the user's, loaded once."""
    return Registry.load()


def registry_of(paths: tuple[Path, ...], view: View = "code") -> Registry:
    """The registry with the user's files in a view, loaded anew only when a file has changed."""
    stamps = tuple((str(p), os.stat(p).st_mtime_ns if p.exists() else 0) for p in files_of(paths))
    return _registry_of(paths, check_view(view), stamps) if stamps or view != "code" else default_registry()


@lru_cache(maxsize=4)
def _registry_of(paths: tuple[Path, ...], view: View, stamps: tuple[tuple[str, int], ...]) -> Registry:
    return Registry.load(paths, view=view)


@cache
def holdings() -> Holdings:
    """detente's own table of terms, loaded once."""
    return Holdings.of_rows(rows("terms.csv"), organisation_ids())


@cache
def organisation_ids() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("organisations.csv"))


@cache
def _disputes_by_name() -> dict[str, Contested]:
    return {fold(name): dispute for dispute in disputes() for name in dispute.names}


def country_of_code(code: str | None) -> str | None:
    """The country of a CAMEO-style code; None for IGO, NGO, IMG, MNC and the regions."""
    first = (code or "")[:3]
    return None if len(first) < 3 or first in NO_STATE else first


def _win(phrases: Phrases[Entry], name: str, entry: Entry) -> None:
    """Puts a user's row in the place of ours; of two rows of the user's with dates both stay."""
    key = atoms(name)
    if not key:
        return
    first = phrases.by_first.get(key[0], {})
    if not (entry.dated and all(e.dated and e.id == entry.id for e in first.get(key, [None]))):  # type: ignore[union-attr]
        first.pop(key, None)
    phrases.add(name, entry)


@cache
def _forerunners() -> dict[str, tuple[str, str, str, str]]:
    """The code, the name and the days of what a renamed state was before: Zimbabwe was Rhodesia."""
    return {
        row["heir"]: (row["id"], row["name"], row["since"], row["until"])
        for row in rows("historical.csv")
        if row["heir"] in RENAMED
    }


def _under_the_old_name(ref: ActorRef, date: str) -> ActorRef:
    """`ref` with the state as it was on `date`: whoever is of Zimbabwe was of Rhodesia in 1979."""
    new = ref.country or ""
    code, name, since, until = _forerunners()[new]
    if not within(date, since, until):
        return ref
    is_state = ref.id == new
    return replace(
        ref,
        id=code if is_state else ref.id,
        name=name if is_state and not ref.person else ref.name,
        country=code,
        code=code + ref.code[len(new) :] if ref.code and ref.code.startswith(new) else ref.code,
    )
