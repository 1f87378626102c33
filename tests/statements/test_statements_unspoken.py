"""Quotations that stand alone: on record with their words, and nobody is guessed for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente import Document, read
from detente.claims import Attribution
from detente.cli import build_app

ALONE = 'The bridge at Kasos was closed again. "We have been waiting here since dawn and nobody tells us anything."'


def said(text: str) -> tuple[Attribution, ...]:
    return read(Document.from_text(text)).attributions


@pytest.mark.parametrize(
    "text",
    [
        ALONE,
        "The square filled up. “Nobody asked us whether we wanted this war.” The mayor left early.",
        "«Die Brücke bleibt zu, and nobody knows why it is shut.»",
        '"The talks will fail if the blockade is not lifted this week."',
    ],
)
def test_a_quotation_alone_is_on_record_without_a_speaker(text: str) -> None:
    (claim,) = said(text)
    assert claim.speakers == () and claim.source is None and claim.cue is None
    assert claim.quote == "direct" and claim.confidence < 0.5 and "no speaker" in claim.why
    (content,) = claim.content
    assert content.of(text)[0] in '"“«' and content.of(text)[-1] in '"”»'


@pytest.mark.parametrize(
    "text",
    [
        'The film was called "We Were Soldiers Once And Very Young Indeed."',
        'They were shown "The Bridge That Never Was Built At All".',
        'The so-called "experts who never knew it" stayed away.',
        'Nobody saw the sign ("Do not enter this building, it is closed.").',
        'He is a "hero." She is not.',
        'A sign stood there. "No entry here."',
    ],
)
def test_titles_scare_quotes_and_signs_in_brackets_are_no_speech(text: str) -> None:
    assert all(claim.cue is not None for claim in said(text))


def test_a_paragraph_behind_speech_goes_on_and_says_so() -> None:
    (claim,) = said(
        '"The army will go home," Mora said on a visit to the port.\n\n"No more money will be spent on this."'
    )
    assert len(claim.content) == 2 and claim.why.endswith("goes on")


def test_behind_telling_the_quotation_is_the_same_speech() -> None:
    (claim,) = said('Mora said that the road was open. "The convoy can leave in the morning if it wants to."')
    assert claim.quote == "mixed" and len(claim.content) == 2


def test_the_answer_to_a_question_is_not_the_asker_s() -> None:
    asked, answer = said('"Where will the refugees go?" Mora asked.\n\n"They will stay in the camps until spring."')
    assert [s.name for s in asked.speakers] == ["Mora"]
    assert answer.speakers == ()


def test_what_is_told_inside_has_the_quotation_as_its_parent() -> None:
    outer, inner = said('The hall fell silent. "Turkey has said that it will open the dam, and we believe it."')
    assert outer.speakers == () and inner.parent == outer.id
    assert [s.country for s in inner.speakers] == ["TUR"]


def test_several_paragraphs_are_one_quotation() -> None:
    (claim,) = said(
        "The hall fell silent.\n\n“We will not leave this land.\n\n“Our fathers are buried here and we stay.”"
    )
    assert len(claim.content) == 2 and claim.speakers == ()


@given(st.text('"“”«»\n. aZ’', max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_marks_leave_spans_in_order(noise: str) -> None:
    text = noise + ' "We have been waiting here since dawn." ' + noise
    for claim in said(text):
        assert all(0 <= c.start < c.end <= len(text) for c in claim.content)
        assert all(a.end <= b.start for a, b in zip(claim.content, claim.content[1:], strict=False))


def test_every_command_takes_a_claim_without_a_cue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ALONE, encoding="utf-8")
    run, app = CliRunner(), build_app()
    asked = run.invoke(app, ["attribute", "a.txt", "--json"])
    rows = json.loads(asked.output)
    assert (rows[0]["cue"], rows[0]["speakers"], rows[0]["quote"]) == (None, [], "direct")
    assert run.invoke(app, ["attribute", "a.txt"]).exit_code == 0
    explained = run.invoke(app, ["explain", ALONE])
    assert explained.exit_code == 0 and "(nobody named)" in explained.output
    assert run.invoke(app, ["read", "a.txt", "--record", "r.detente"]).exit_code == 0
    for command in (
        ["statements", "--record", "r.detente"],
        ["export", "statements", "s.csv", "--record", "r.detente"],
        ["export", "statements", "s.jsonl", "--record", "r.detente"],
        ["export", "statements", "a.jsonld", "--format", "annotations", "--record", "r.detente"],
        ["publish", "site", "--record", "r.detente"],
    ):
        done = run.invoke(app, command)
        assert done.exit_code == 0, (command, done.output)
    assert "waiting here since dawn" in Path("s.csv").read_text(encoding="utf-8")
