"""What a state has abroad does not lie in that state."""

from __future__ import annotations

import pytest

from detente import Document, read


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Students threw paint at the U.S. embassy in Lagos.", "NGA"),
        ("Protesters gathered at the French consulate.", None),
        ("Militants attacked a base near Kabul.", "AFG"),
    ],
)
def test_the_event_is_not_where_the_embassy_is_from(text: str, country: str | None) -> None:
    (event, *_) = read(Document.from_text(text)).events
    assert (event.place.country if event.place else None) == country
