"""Everything that the pages say, in one table a language: `en.toml` is the original, the others translate it.

A text is plain words with places for values, `{n} documents`; where the number matters it is a list of two, the
singular first. Values are escaped, and nothing in a table is HTML. To add a language, copy `en.toml`, translate what
stands right of the equals signs, and see `docs/how-to/translate.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

HERE = Path(__file__).parent
ORIGINAL = "en"
Text = str | list[str]


@cache
def table_of(language: str) -> dict[str, Text]:
    """The texts of a language by key, such as 'overview.title'."""
    with (HERE / f"{language}.toml").open("rb") as handle:
        return dict(_flat(tomllib.load(handle)))


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Text]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


@cache
def languages() -> dict[str, str]:
    """Code and own name of each language that there is a table for, the original first."""
    codes = sorted((p.stem for p in HERE.glob("*.toml")), key=lambda code: (code != ORIGINAL, code))
    return {code: str(table_of(code)["language.name"]) for code in codes}


class Words:
    """What is said in one language: `t("overview.documents", n=3)`. A text that is missing is said in English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = {**table_of(ORIGINAL), **table_of(language)}
        self._few = int(str(self._table["language.singular_up_to"]))
        self._comma = str(self._table["language.thousands"])
        self._point = str(self._table["language.decimal"])
        self._fixed: dict[str, Markup] = {}
        """Texts without places for values, as they were said before."""
        self._choices: dict[str, list[tuple[str, str]]] = {}

    @cached_property
    def _escaped(self) -> dict[str, list[str]]:
        """The forms of each text, ready for HTML but for the values."""
        return {k: [str(escape(v)) for v in ([t] if isinstance(t, str) else t)] for k, t in self._table.items()}

    def __call__(self, key: str, /, **values: Any) -> Markup:
        """The text with its values in place. Raises KeyError for a key that English lacks too."""
        if not values and key in self._fixed:
            return self._fixed[key]
        forms = self._escaped[key]
        found = forms[self._form(values["n"])] if len(forms) > 1 else forms[0]
        if not values:
            return self._fixed.setdefault(key, Markup(found))
        shown = {k: self.number(v) if isinstance(v, int | float) else escape(v) for k, v in values.items()}
        return Markup(found.format(**shown))

    def filled(self, key: str, /, **values: str) -> str:
        """A text of one form with values that are escaped already: for pages with hundreds of it."""
        return self._escaped[key][0].format(**values)

    def _form(self, n: float) -> int:
        """0 for a number that takes the singular, 1 for one that takes the plural."""
        return int(abs(n) > self._few or (n == 0 and self._table["language.zero"] == "plural"))

    def plain(self, key: str, /, **values: Any) -> str:
        """The same as plain text, for what escapes by itself."""
        return str(self(key, **values).unescape())

    def maybe(self, key: str, otherwise: str) -> str:
        """The text of a key that is made from a stored code; `otherwise` for a code that no table knows."""
        found = self._table.get(key, otherwise)
        return found if isinstance(found, str) else found[0]

    def number(self, value: float | None) -> str:
        """12345.6 as this language writes it; '' for none."""
        if value is None:
            return ""
        written = f"{value:,}"
        if self._comma == "," and self._point == ".":
            return written
        return written.replace(",", "\0").replace(".", self._point).replace("\0", self._comma)

    def choices(self, section: str) -> list[tuple[str, str]]:
        """(code, text) of all keys of a section, in its order."""
        if section not in self._choices:
            start = section + "."
            self._choices[section] = [(k[len(start) :], str(v)) for k, v in self._table.items() if k.startswith(start)]
        return self._choices[section]

    def country(self, iso3: str) -> str | None:
        """The name of a country in this language (CLDR), by its ISO 3166 alpha-3 code; None for what is none."""
        from ..labels import countries

        row = countries().get(iso3)
        if row is None or self.language == ORIGINAL:
            return row[1] if row else None
        return _territories(self.language).get(row[0], row[1])


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).territories)


@cache
def words_of(language: str) -> Words:
    """The words of a language; of the original where there is no table for it."""
    return Words(language if language in languages() else ORIGINAL)


def best_of(accepted: str, known: Iterable[str]) -> str:
    """The language of a browser's Accept-Language header that there is a table for; English where there is none."""
    ranked = []
    for position, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), position, tag.partition("-")[0].lower()))
        except ValueError:
            continue
    there = set(known)
    return next((tag for weight, _, tag in sorted(ranked) if weight < 0 and tag in there), ORIGINAL)
