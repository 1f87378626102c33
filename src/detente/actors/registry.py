"""The registry: detente's own tables and the user's, with offices in time, historical states and contested territories."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..claims import ActorRef
from ..errors import CodebookError
from .holdings import holdings
from .lookup import Entry, Lookup, build_lookup, listed, rows
from .model import Actor, Claimed, Holding, within
from .petrarch import read_petrarch
from .phrases import Phrases, atoms, fold

_KINDS = {
    "president": "head_of_state",
    "king": "head_of_state",
    "head of state": "head_of_state",
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "chancellor": "head_of_government",
    "foreign minister": "foreign_minister",
    "secretary of state": "foreign_minister",
    "supreme leader": "supreme_leader",
}
"""Offices that have one holder, by the words of a text."""
USER_COLUMNS = ("id", "name", "aliases", "kind", "country", "code", "role", "since", "until")


@dataclass
class Registry:
    """Who is who on which day. Load it once; it is read only afterwards."""

    lookup: Lookup
    actors: dict[str, Actor] = field(default_factory=dict)
    """The actors whose code depends on the date, and the user's own, by id."""
    contested: dict[str, Claimed] = field(default_factory=dict)

    @classmethod
    def load(cls, user_files: Iterable[Path | str] = ()) -> Registry:
        """Our tables, then the user's files in their order: CSV, YAML or PETRARCH dictionaries; the last row wins.

        Raises CodebookError with file, line and remedy for what cannot be read.
        """
        registry = cls(build_lookup())
        registry._load_own()
        for path in map(Path, user_files):
            registry._load_user(path)
        return registry

    # --- offices in time ---

    def holder(self, office: str, country: str, date: str | None) -> Holding | None:
        """Who held an office of one kind ('head_of_state') of a state or organisation on `date`; None if unknown."""
        return holdings().holder(country, office, date)

    def view_of(self, territory: str, view: str = "un", date: str | None = None) -> str | None:
        """Whose a contested territory is under a view: 'un', 'de_facto' or a claimant's code; None if not contested."""
        claimed = self.contested.get(fold(territory))
        return claimed.of(view, date) if claimed else None

    def dated(self, ref: ActorRef, date: str | None) -> ActorRef:
        """`ref` as it is on `date`: codes with dates, Moscow before 1991-12-26, the two Yugoslavias."""
        actor = self.actors.get(ref.id or "")
        if actor is not None and actor.codes:
            code = actor.code_on(date)
            return replace(ref, code=code, country=_country(code) or ref.country) if code != ref.code else ref
        if ref.id == "YUG" and date and not within(date, "", "1992-04-27"):
            return replace(ref, id="SCG", country="SCG", code="SCG", name="Serbia and Montenegro")
        if ref.reason.endswith("(capital)") and ref.country == "RUS" and date and date < "1991-12-26":
            return replace(ref, id="SUN", country="SUN", code="SUNGOV", name="Soviet Union")
        if ref.person and not ref.country and ref.role in {"GOV", None} and ref.office:
            return _only_holder(ref)
        return self._named_office(ref, date)

    def _named_office(self, ref: ActorRef, date: str | None) -> ActorRef:
        """'the Turkish president' with the name of the holder on that date."""
        office = ref.reason.split("'")[1] if ref.reason.startswith("'") else ""
        kind = _KINDS.get(office)
        held = self.holder(kind, ref.country, date) if kind and ref.country and not ref.person else None
        if held is None:
            return ref
        key = "person:" + "-".join(atoms(held.person))
        reason = f"{ref.reason}; {held.person} held the office on {date}"
        return replace(ref, id=key, person=held.person, name=held.person, office=office, reason=reason)

    # --- loading ---

    def _load_own(self) -> None:
        for row in rows("contested.csv"):
            claimed = Claimed(
                name=row["name"],
                aliases=tuple(listed(row["aliases"])),
                un=row["un"],
                de_facto=row["de_facto"],
                claimants=tuple(listed(row["claimants"])),
                since=row["since"],
                note=row["note"],
            )
            for name in (claimed.name, *claimed.aliases):
                self.contested[fold(name)] = claimed

    def _load_user(self, path: Path) -> None:
        if path.suffix.lower() == ".csv":
            for row in _csv_rows(path):
                self._add_user(row, path)
        elif path.suffix.lower() in {".yaml", ".yml"}:
            for row in _yaml_rows(path):
                self._add_user(row, path)
        else:
            for found in read_petrarch(path):
                self._add_petrarch(found.forms, found.codes, found.agent, path)

    def _add_user(self, row: dict[str, str], path: Path) -> None:
        country, role = row.get("country") or None, row.get("role") or None
        code = row.get("code") or (country or "") + (role or "") or None
        key = row.get("id") or fold(row["name"]).replace(" ", "-")
        entry = Entry(row.get("kind") or "group", key, row["name"], country, code, role)
        for name in (row["name"], *listed(row.get("aliases"))):
            _win(self.lookup.names, name, entry)
        since, until = row.get("since") or "", row.get("until") or ""
        self.actors[key] = Actor(
            id=key,
            name=row["name"],
            kind="group",
            country=country,
            code=code,
            role=role,
            since=since,
            until=until,
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
        country, name = _country(code), forms[0].title()
        key = country if country and len(code) == 3 and len(codes) == 1 else fold(name).replace(" ", "-")
        role = code[3:6] or None
        entry = Entry("state" if len(code) == 3 else "group", key, name, country, code, role)
        if len(code) == 3:
            self.lookup.state_names.setdefault(country or code, name)
        for form in forms:
            _win(self.lookup.names, form.title(), entry)
        self.actors[key] = Actor(
            id=key, name=name, kind="group", country=country, code=code, role=role, codes=codes, source=str(path)
        )


def _only_holder(ref: ActorRef) -> ActorRef:
    """A titled person whose surname one office-holder of the tables has, whenever that was; with less confidence."""
    known = holdings().by_surname.get(fold((ref.person or "").split()[-1]), [])
    countries = {h.country for h in known}
    if len(countries) != 1 or None in countries:
        return ref
    country = known[0].country
    reason = f"{ref.reason}; the only office-holder of that surname, not in office on that day"
    return replace(ref, country=country, code=f"{country}GOV", role="GOV", reason=reason, confidence=0.5)


@cache
def default_registry() -> Registry:
    """detente's own tables and nothing of the user's, loaded once."""
    return Registry.load()


def _win(phrases: Phrases[Entry], name: str, entry: Entry) -> None:
    """Puts a user's row in the place of ours."""
    key = atoms(name)
    if key:
        phrases.by_first.get(key[0], {}).pop(key, None)
        phrases.add(name, entry)


def _country(code: str | None) -> str | None:
    """The country of a CAMEO-style code; None for IGO, NGO, IMG, MNC and the regions."""
    first = (code or "")[:3]
    return None if len(first) < 3 or first in {"IGO", "NGO", "IMG", "MNC", "NGM", "INT", "UIS"} else first


def _csv_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: cannot be read as UTF-8 CSV ({error})") from error
    return [_checked(row, path, number) for number, row in enumerate(found, 2)]


def _yaml_rows(path: Path) -> list[dict[str, str]]:
    import yaml

    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodebookError(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise CodebookError(f"{path}: write a list of actors, each with at least 'name' and 'country' or 'code'")
    plain = [{str(k): ";".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in row.items()} for row in data]
    return [_checked(row, path, number) for number, row in enumerate(plain, 1)]


def _checked(row: dict[str, Any], path: Path, number: int) -> dict[str, str]:
    if not row.get("name"):
        raise CodebookError(f"{path}, row {number}: no 'name'; the columns are {', '.join(USER_COLUMNS)}")
    return {k: (v or "").strip() for k, v in row.items() if k and isinstance(v, str | None)}
