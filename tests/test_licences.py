"""No dependency at run time is under a licence that would bind those who use detente: GPL, AGPL, ODbL and their like."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
BINDING = re.compile(
    r"(?<!L)(A?GPL|GNU (Affero )?General Public|ODbL|Open Database License|SSPL|Server Side Public|BUSL|Commons Clause)",
    re.I,
)
FREE = re.compile(
    r"\b(MIT|BSD|Apache|MPL|Mozilla|ISC|PSF|Python Software Foundation|Unlicense|Zlib|LGPL|Lesser General|CC0|Public Domain|HPND|"
    r"0BSD|BSL|Boost|Artistic|CC-BY|Creative Commons Attribution|Academic Free)\b",
    re.I,
)


def closure(requirements: list[str], extras: frozenset[str] = frozenset()) -> Iterator[metadata.Distribution]:
    """The installed distributions that these requirements lead to, each once. What is not installed (another system's
    wheels, an extra that was not asked for) is passed over."""
    waiting = [Requirement(r) for r in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    given: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        if wanted.marker and not any(wanted.marker.evaluate({"extra": e}) for e in (extras or {""})):
            continue
        name = canonicalize_name(wanted.name)
        key = (name, frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            found = metadata.distribution(wanted.name)
        except metadata.PackageNotFoundError:
            continue
        if name not in given:
            given.add(name)
            yield found
        for line in found.requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in (*wanted.extras, "")):
                needed.marker = None
                waiting.append(needed)


def licence_of(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence: the expression, the classifiers, and the field if it is short."""
    about = distribution.metadata
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    field = (about.get("License") or "").strip()
    return " | ".join(filter(None, [about.get("License-Expression") or "", *classifiers, field[:200]]))


def runtime() -> list[metadata.Distribution]:
    optional = [r for extra in PROJECT["optional-dependencies"].values() for r in extra]
    return sorted(closure([*PROJECT["dependencies"], *optional]), key=lambda d: d.metadata["Name"].lower())


def binds(text: str) -> bool:
    """Whether a licence binds: one of those above is named, and there is none of several to choose that is free."""
    choices = re.split(r" OR | \| ", text)
    return bool(BINDING.search(text)) and not any(FREE.search(c) and not BINDING.search(c) for c in choices)


def test_no_licence_binds_those_who_use_it() -> None:
    found = {d.metadata["Name"]: licence_of(d) for d in runtime()}
    assert len(found) > 60, "the whole tree was looked at"
    assert not {name: text for name, text in found.items() if binds(text)}
    unknown = {name: text for name, text in found.items() if not BINDING.search(text) and not FREE.search(text)}
    assert unknown.keys() <= KNOWN.keys(), unknown


KNOWN: dict[str, str] = {}
"""Distributions whose metadata do not name their licence, and where it was read."""


@pytest.mark.parametrize(
    ("text", "bound"),
    [("GPL-3.0-or-later", True), ("GNU Affero General Public License v3", True), ("ODbL-1.0", True), ("LGPL-2.1", False),
     ("MIT", False), ("GNU Lesser General Public License v3 (LGPLv3)", False), ("MPL-1.1 OR GPL-2.0-only", False),
     ("MIT AND GPL-2.0-only", True), ("GNU General Public License v3 (GPLv3) | GPLv3", True)],
)  # fmt: skip
def test_the_test_can_tell(text: str, bound: bool) -> None:
    assert binds(text) == bound
