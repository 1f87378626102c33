"""Names that many states have for a body of their own: whose 'Congress' or 'Supreme Court' it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import Document, read


def states(text: str, place: str | None = None) -> dict[str, str | None]:
    document = replace(Document.from_text(text, published="2022-03-04"), dateline_place=place)
    return {m.actor.text: m.actor.country for m in read(document).actors}


@pytest.mark.parametrize(
    ("text", "place", "name", "state"),
    [
        ("Peru's Congress rejected the treaty with Chile.", None, "Congress", "PER"),
        ("Ecuador criticised Peru. Congress rejected the treaty.", None, "Congress", None),
        ("Ukraine criticised Russia. Congress rejected the treaty.", None, "Congress", "USA"),
        ("Congress rejected the arms sale to Egypt by the United States.", None, "Congress", "USA"),
        ("North Korea fired two missiles, the Joint Chiefs of Staff said.", "Seoul", "Joint Chiefs of Staff", "KOR"),
        ("The National Security Council condemned Iran.", "Islamabad", "National Security Council", "PAK"),
        ("The Supreme Court rejected an appeal by two Cubans.", "Lima", "Supreme Court", "PER"),
        ("The Security Council condemned Iran.", "Islamabad", "Security Council", None),
    ],
)
def test_whose_body_it_is(text, place, name, state):
    found = {words.removeprefix("The ").removeprefix("the "): country for words, country in states(text, place).items()}
    assert found.get(name) == state


def test_a_given_name_that_is_a_title_elsewhere_stays():
    found = [m.actor for m in read(Document.from_text("Trade Minister Don Farrell met Wang Yi in Beijing.")).actors]
    assert ("Don Farrell", "Trade Minister") in {(a.person, a.office) for a in found}
