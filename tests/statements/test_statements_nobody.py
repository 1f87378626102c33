"""What looks like a statement and is none: nobody's claims, and people who are released."""

from __future__ import annotations

import pytest

from detente import Document, read


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility.",
        "President Idriss Kana dismissed 57 judges in June.",
        "Chad's junta released the former prime minister from house arrest.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert read(Document.from_text(text)).attributions == ()


def test_somebody_else_is_still_heard() -> None:
    (said,) = read(Document.from_text("Chad's junta released a report on the floods.")).attributions
    assert [s.country for s in said.speakers] == ["TCD"]
