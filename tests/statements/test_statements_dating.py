"""Every statement has its own day, and says where it comes from."""

from __future__ import annotations

import dataclasses

from detente.claims import Attribution
from detente.document import Document
from detente.reading import read


def by_cue(document: Document) -> dict[str, Attribution]:
    return {a.cue.of(document.text): a for a in read(document).attributions if a.cue}


def day(claim: Attribution) -> tuple[str | None, str | None]:
    return (claim.date.value, claim.date.reason) if claim.date else (None, None)


TEXT = (
    "Norway rejected the quota. Its minister said on Tuesday that boats would sail. He added that nobody would stop "
    "them. Iceland told Reuters that Denmark had promised that ships would come. Sweden had earlier warned that prices "
    "would rise."
)


def test_the_day_of_the_clause_of_the_speaker_and_of_the_document() -> None:
    found = by_cue(Document.from_text(TEXT, published="2021-06-17"))
    assert day(found["rejected"]) == ("2021-06-17", "the day on which the document was published")
    assert day(found["said"]) == ("2021-06-15", "in the clause")
    assert day(found["added"]) == ("2021-06-15", "the day of what the same speaker said before")
    assert day(found["told"])[0] == "2021-06-17"


def test_what_was_said_earlier_or_inside_has_no_day_that_nobody_gives() -> None:
    found = by_cue(Document.from_text(TEXT, published="2021-06-17"))
    assert day(found["had promised"]) == (None, None)
    assert day(found["had earlier warned"]) == (None, None)


def test_the_dateline_comes_before_publication() -> None:
    document = dataclasses.replace(Document.from_text(TEXT, published="2021-06-17"), dateline_date="2021-06-16")
    assert day(by_cue(document)["rejected"]) == ("2021-06-16", "the day of the document's dateline")


def test_the_span_of_a_day_told_before_is_where_it_was_told() -> None:
    added = by_cue(Document.from_text(TEXT, published="2021-06-17"))["added"]
    assert added.date is not None and added.date.span is not None
    assert added.date.span.of(TEXT) == "Tuesday"


def test_without_any_day_there_is_none() -> None:
    assert day(by_cue(Document.from_text("Norway rejected the quota."))["rejected"]) == (None, None)


def test_a_quotation_alone_and_a_stance_have_the_day_of_their_document() -> None:
    text = 'Norway rejected the quota. "Nobody here has seen a single boat come home."'
    claims = read(Document.from_text(text, published="2021-06-17"))
    assert {a.date.value for a in claims.attributions if a.date} == {"2021-06-17"}
    assert all(a.date for a in claims.attributions)
    assert {s.date.value for s in claims.stances if s.date} == {"2021-06-17"}
