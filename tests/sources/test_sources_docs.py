"""The reference page names every reason, limit, key and function."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from detente import sources
from detente.sources.jsonlines import ALIASES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", sources.REASONS)
def test_reasons_are_documented(reason):
    assert f"| `{reason}` | {sources.REASONS[reason]} |" in PAGE


@pytest.mark.parametrize("limit", [f.name for f in fields(sources.Limits)])
def test_limits_are_documented(limit):
    assert f"| `{limit}` |" in PAGE


def test_keys_and_functions_are_documented():
    for alias in {alias for aliases in ALIASES.values() for alias in aliases}:
        assert f"`{alias}`" in PAGE, alias
    for name in ("read_source", "read_all", "read_bytes", "read_input", "read_inputs", "enumerate_inputs"):
        assert f"`{name}(" in PAGE, name


def test_the_public_surface():
    assert sorted(sources.__all__) == sorted(
        ["Input", "Limits", "REASONS", "ReadError", "enumerate_inputs", "read_all", "read_bytes", "read_input",
         "read_inputs", "read_source", "warm_up"]
    )  # fmt: skip
