"""The words by which agreements and plans are recognised, read from one table."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

Words = dict[str, frozenset[str]]


@cache
def words(section: str) -> Words:
    """The lists of one section ('agreement', 'sector', 'plan') of tables/words.toml."""
    text = files(__package__).joinpath("tables/words.toml").read_text(encoding="utf-8")
    return {key: frozenset(values) for key, values in tomllib.loads(text)[section].items()}
