"""Attributions: constructions, chains, typography, and properties that hold for any text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import read
from detente.actors import find_actors
from detente.claims import Attribution
from detente.document import Document
from detente.errors import CodebookError
from detente.language import find_dates, parse
from detente.statements import explain, find_attributions
from detente.statements.cues import load_cues, read_cues


def attributions(text: str) -> tuple[Attribution, ...]:
    parsed = parse(Document.from_text(text, published="2014-03-05"))
    return find_attributions(parsed, find_actors(parsed), find_dates(parsed))


def triples(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (
            a.source.of(text) if a.source else None,
            a.cue.of(text) if a.cue else None,
            " / ".join(c.of(text) for c in a.content),
        )
        for a in attributions(text)
    ]


def only(text: str, cue: str) -> Attribution:
    """The attribution with that cue. Fails when there are none or several."""
    (found,) = [a for a in attributions(text) if a.cue and cue in a.cue.of(text)]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that the border would stay open.",
            ("The minister", "said", "that the border would stay open"),
        ),
        (
            '"We will not sign this treaty," the ambassador said.',
            ("the ambassador", "said", '"We will not sign this treaty,"'),
        ),
        ("The rebels are said to hold the bridge.", (None, "are said", "The rebels / to hold the bridge")),
        ("The general is believed to have fled.", (None, "is believed", "The general / to have fled")),
        ("There were reports that the king had fled.", (None, "reports", "that the king had fled")),
        ("Oman ready for talks, says minister", ("minister", "says", "Oman ready for talks")),
        ("Their position is that the reefs are theirs.", ("Their", "position", "that the reefs are theirs")),
        ("The reefs, Hanoi maintains, belong to Vietnam.", ("Hanoi", "maintains", "The reefs / belong to Vietnam")),
        (
            '"We will not sign this treaty," said the ambassador.',
            ("the ambassador", "said", '"We will not sign this treaty,"'),
        ),
        (
            'Kaya argued: "The ceasefire has held for a week."',
            ("Kaya", "argued", '"The ceasefire has held for a week."'),
        ),
        (
            "According to the ministry, the convoy crossed the river at dawn.",
            ("the ministry", "According to", "the convoy crossed the river at dawn"),
        ),
        (
            "The senator accused the government of hiding the figures.",
            ("The senator", "accused", "the government of hiding the figures"),
        ),
        (
            "The opposition criticized the budget.",
            ("The opposition", "criticized", "the budget"),
        ),
        (
            "The report found that the reactor was safe.",
            ("The report", "found", "that the reactor was safe"),
        ),
        (
            "Officials are confident that the talks will resume.",
            ("Officials", "are confident", "that the talks will resume"),
        ),
    ],
)
def test_a_construction_gives_source_cue_and_content(text: str, expected: tuple[str | None, str, str]) -> None:
    assert expected in triples(text)


def test_one_quotation_goes_on_after_the_speaker_and_in_the_next_sentence() -> None:
    text = '"The bridge is gone," Mora said. "We cannot reach the village before Friday."'
    found = only(text, "said")
    assert [c.of(text) for c in found.content] == [
        '"The bridge is gone,"',
        '"We cannot reach the village before Friday."',
    ]
    assert found.quote == "direct"


def test_one_quotation_goes_on_over_paragraphs() -> None:
    text = '"The bridge is gone," Mora said.\n\n"We cannot reach the village before Friday."\n\nRain is expected.'
    assert len(only(text, "said").content) == 2


def test_the_chain_of_two_voices_has_both_levels_with_the_parent() -> None:
    text = "The envoy told Reuters that the president had assured Turkey that the dam would be built."
    outer, inner = only(text, "told"), only(text, "assured")
    assert inner.parent == outer.id
    assert outer.parent is None
    assert [v.name for v in outer.via] == ["Reuters"]


def test_a_report_credits_the_sentences_that_follow_it() -> None:
    text = (
        "The agency's website reports that the two envoys met in Oslo. "
        "They stressed the need to reopen the crossing. Bread is cheap."
    )
    assert [v.text for v in only(text, "stressed").via] == ["The agency's website"]


def test_an_interview_passes_through_its_outlet() -> None:
    text = 'The premier discussed the budget in an interview with Interfax: "We will cut nothing this year."'
    found = only(text, "discussed")
    assert found.quote == "direct"
    assert "nterfax" in " ".join(v.text for v in found.via)


def test_two_coordinated_contents_are_two_statements() -> None:
    text = 'Baker told Xinhua that the tests were over, and that "Nobody wants another round of this."'
    found = [a for a in attributions(text) if a.cue and a.cue.of(text) == "told"]
    assert [a.quote for a in found] == ["indirect", "direct"]


def test_a_dismissal_without_an_agent_has_no_speaker() -> None:
    text = 'The latest offer was dismissed as "vague, late and written for the cameras."'
    found = only(text, "dismissed")
    assert found.source is None
    assert found.speakers == ()


def test_minds_and_colours_come_from_the_table() -> None:
    assert only("The minister denied that troops had crossed.", "denied").colour == "denies"
    assert only("The minister believes that troops had crossed.", "believes").mind == "belief"
    assert only("The report says that troops had crossed.", "says").mind == "document"


def test_a_missing_closing_mark_is_marked() -> None:
    text = 'The mayor said: "The water is back in every street of the town.\n\nSchools open on Monday.'
    assert not only(text, "said").balanced


@pytest.mark.parametrize(("left", "right"), [("«", "»"), ("„", "“"), ("“", "”"), ('"', '"')])
def test_marks_of_any_typography_hold_direct_speech(left: str, right: str) -> None:
    text = f"{left}We will come back to the table in May,{right} the envoy said."
    found = only(text, "said")
    assert found.quote == "direct"
    assert "We will come back" in found.content[0].of(text)


PIECES = st.lists(
    st.sampled_from(
        [
            "The minister said ",
            '"We agree," ',
            "he said. ",
            "“Never",
            "»",
            "«",
            "according to Iran",
            ", ",
            ". ",
            "\n\n",
            "that the plan failed",
            "’s",
            "'",
            "Ann: ",
            "— Bo Lund\n",
            "was quoted as saying ",
            "😀",
            "إيران",
            "denied ",
            '"',
        ]
    ),
    max_size=14,
).map("".join)


def is_paired(words: str) -> bool:
    """Whether as many quotations open as close, in marks that show which they do; ” and » alone may do both."""
    opened, closed = sum(map(words.count, "“«")), sum(map(words.count, "”»"))
    return opened == closed or (opened == 0 and closed % 2 == 0)


@pytest.mark.parametrize(
    ("text", "content", "kind", "balanced"),
    [
        ("‘We will come back in May,’ the envoy’s aide said.", "‘We will come back in May,’", "direct", True),
        ("»Nobody won this war», the envoy said.", "»Nobody won this war»", "direct", True),
        ("«Nobody won», the envoy said.", "«Nobody won»", "direct", True),
        ("The envoy said: „Nobody won this war.“", "„Nobody won this war.“", "direct", True),
        ("“They shouted ‘go home’ at us,” the envoy said.", "“They shouted ‘go home’ at us,”", "direct", True),
        ('"He called it "a farce" and left," the envoy said.', '"He called it "a farce" and left,"', "direct", True),
        ('The envoy said: "Nobody won this war', '"Nobody won this war', "direct", False),
        ("Nobody won this war,” the envoy said.", "Nobody won this war,”", "direct", False),
        ("The envoy said it’s the refugees’ turn.", "it’s the refugees’ turn", "indirect", True),
        ("The envoy said the ‘peace’ was a joke.", "the ‘peace’ was a joke", "indirect", True),
        ("The envoy said “the road is open” and “the guns are silent.”", "the guns are silent", "mixed", True),
    ],
)
def test_odd_typography(text: str, content: str, kind: str, balanced: bool) -> None:
    found = only(text, "said")
    assert content in text[found.content[0].start : found.content[-1].end]
    assert (found.quote, found.balanced) == (kind, balanced)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_spans_lie_in_the_text_and_contents_do_not_overlap(text: str) -> None:
    for found in attributions(text):
        for span in (*found.content, *([found.source] if found.source else []), *([found.cue] if found.cue else [])):
            assert 0 <= span.start < span.end <= len(text)
        ordered = sorted(found.content)
        assert not any(a.overlaps(b) for a, b in itertools.pairwise(ordered))
        assert found.content
        assert all(found.span.contains(c) for c in found.content)
        if found.balanced and "\n" not in text:
            assert all(is_paired(c.of(text)) for c in found.content)


def test_the_table_is_large_and_every_row_reads() -> None:
    rows = load_cues().rows
    assert len(rows) >= 1000
    assert {row.pos for row in rows.values()} == {"verb", "noun", "adj", "adverb", "phrase"}


def test_a_malformed_row_names_file_and_line() -> None:
    with pytest.raises(CodebookError, match=r"mine\.csv, line 2"):
        read_cues(["cue,pos,frames,mind,colour", "mumble,verb,thatt,statement,"], "mine.csv")


def test_explain_names_row_and_construction_and_what_was_left_out() -> None:
    parsed = parse(Document.from_text('The envoy said: "I think that it rained, and I want to go home."'))
    lines = explain(parsed, find_actors(parsed), find_dates(parsed))
    assert any("cue row 'say'" in line for line in lines)
    assert any(line.startswith("not taken: think") for line in lines)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The report found that Iran had enriched uranium.", "that Iran had enriched uranium"),
        ("The agency report says that Iran enriched uranium.", "that Iran enriched uranium"),
    ],
)
def test_a_verb_that_the_parser_takes_for_an_adjective_is_still_what_was_found(text: str, content: str) -> None:
    (said,) = read(Document.from_text(text)).attributions
    assert said.mind == "document"
    assert " ".join(s.of(text) for s in said.content) == content


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Gunmen stopped a bus, and the army sent two helicopters, according to an official.",
            [("an official", "Gunmen stopped a bus, and the army sent two helicopters")],
        ),
        (
            "The minister welcomed the signing but reaffirmed that Japan would not lift the ban.",
            [("The minister", "the signing"), ("The minister", "that Japan would not lift the ban")],
        ),
        (
            "Mali rejected any attempt to reopen the camp and called on the council to act.",
            [("Mali", "any attempt to reopen the camp"), ("Mali", "the council to act")],
        ),
        (
            "A joint communique called for the withdrawal of foreign troops.",
            [("A joint communique", "the withdrawal of foreign troops")],
        ),
        (
            'The premier dismissed as "a fairy tale" reports that troops had crossed the river.',
            [("The premier", '"a fairy tale" / reports that troops had crossed the river')],
        ),
    ],
)
def test_what_the_parser_joins_wrongly_is_put_right(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [
        (a.source.of(text) if a.source else None, " / ".join(c.of(text) for c in a.content)) for a in attributions(text)
    ]
    assert found == wanted
