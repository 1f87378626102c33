"""Quotation marks: what pairs with what in odd and ordinary typography, and laws for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language import find_quotes


def inner(text: str) -> list[tuple[str, int, bool]]:
    return [(q.inner.of(text), q.depth, q.balanced) for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will go" and "stay".', [("we will go", 0, True), ("stay", 0, True)]),
        ("“The parties’ view is ‘that it’s over’,” he said.",
         [("The parties’ view is ‘that it’s over’,", 0, True), ("that it’s over", 1, True)]),
        ("She called it 'a mistake' in the '90s; 'tis the states' choice.", [("a mistake", 0, True)]),
        ("« Nous allons », a-t-il dit. »Ja«, sagte sie. „Gut“.",
         [(" Nous allons ", 0, True), ("Ja", 0, True), ("Gut", 0, True)]),
        ("``We go,'' he said.", [("We go,", 0, True)]),
        ('"He told me \'go away\' and left," she said.', [("He told me 'go away' and left,", 0, True), ("go away", 1, True)]),
        ('No opening here," he said.', [("No opening here,", 0, False)]),
        ('"No close here. Then he said "yes" again.', [("No close here.", 0, False), ("yes", 0, True)]),
        ('The mast is 5\'10" high, "tall enough".', [("tall enough", 0, True)]),
        ("It is the leaders' and the members' plan.", []),
    ],
)  # fmt: skip
def test_typography(text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize("second", ['"And we stay', "And we stay"])
def test_a_quote_of_several_paragraphs(second: str) -> None:
    text = f'"We go tomorrow.\n\n{second}," he said. "Bye."'
    found = find_quotes(text)
    assert [q.piece for q in found] == [0, 1, 0]
    assert all(q.balanced for q in found)
    assert found[1].inner.of(text) == "And we stay,"


def test_a_quote_that_never_closes_ends_with_its_paragraph() -> None:
    assert inner('"Lost. Quite lost.\n\nThe city is calm.') == [("Lost. Quite lost.", 0, False)]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="ab .,s\n\"'“”„‘’«»`-5", max_size=120)))
def test_laws(text: str) -> None:
    quotes = find_quotes(text)
    for quote in quotes:
        assert 0 <= quote.span.start <= quote.inner.start <= quote.inner.end <= quote.span.end <= len(text)
    assert [q.span.start for q in quotes] == sorted(q.span.start for q in quotes)


@pytest.mark.parametrize(
    "text", ['"' * 50_000, "'a " * 30_000, '"a ' * 30_000, "“" * 50_000, "‘'" * 30_000, '"x.\n\n' * 5_000]
)
def test_time_grows_with_the_length(text: str) -> None:
    started = time.process_time()
    find_quotes(text)
    assert time.process_time() - started < 5
