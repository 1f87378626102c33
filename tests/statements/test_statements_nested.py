"""Statements inside statements, answers to them, speakers in the middle of a clause, and whom the words came through."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.actors import find_actors
from detente.claims import Attribution
from detente.document import Document
from detente.errors import UsageError
from detente.evaluation import nested
from detente.language import find_dates, parse
from detente.statements import find_attributions, find_stances

DATA = Path(__file__).parents[2] / "benchmarks" / "data"


def told(text: str) -> tuple[Document, tuple[Attribution, ...]]:
    document = Document.from_text(text)
    parsed = parse(document)
    return document, find_attributions(parsed, find_actors(parsed), find_dates(parsed))


def plain(text: str) -> list[tuple[str, str, str, str]]:
    """Source, cue, content and outlets of each attribution, as written."""
    _, claims = told(text)
    return [
        (
            c.source.of(text) if c.source else "",
            c.cue.of(text) if c.cue else "",
            " / ".join(p.of(text) for p in c.content),
            ", ".join(v.text for v in c.via),
        )
        for c in claims
    ]


@pytest.mark.parametrize(
    ("name", "inner", "outer"), [("nested_statements", 0.95, 0.97), ("nested_statements_2", 0.8, 0.95)]
)
def test_both_levels_are_found_with_who_vouches_for_whom(name: str, inner: float, outer: float) -> None:
    measures = {m.name: m.value or 0.0 for m in nested.evaluate(DATA / f"{name}.yaml").measures}
    assert measures["outer: source, cue and content"] >= outer
    assert measures["inner: source, cue and content"] >= inner
    assert measures["inner: vouched for by the right one"] >= inner
    assert measures["outlet"] >= 0.95
    assert measures["precision of source, cue and content"] >= 0.85


def test_words_that_are_not_in_the_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "gold.yaml"
    file.write_text("- text: Iran said no.\n  said:\n  - [Iraq, said, 'no', 0, null]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="text 1: 'Iraq' does not stand in the text"):
        nested.evaluate(file)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Seoul said the North had moved its guns, a claim Pyongyang rejected.", ("Pyongyang", "rejected")),
        ("Lagos accuses the rebels of burning the mill, a charge denied by their leader.", ("their leader", "denied")),
        ("Israel says Hamas keeps rockets in schools, which Hamas denies.", ("Hamas", "denies")),
        ("The army said it had lost nine men, a figure that the hospital disputed.", ("the hospital", "disputed")),
    ],
)
def test_who_denies_a_statement_denies_what_it_says(text: str, answer: tuple[str, str]) -> None:
    found = plain(text)
    first = found[0]
    assert (*answer, first[2], "") in found
    assert answer[1] not in first[2]


def test_who_denies_somebodys_words_takes_none_of_their_sides() -> None:
    document = Document.from_text("Kenya said Somalia had attacked the port, a claim Somalia rejected.")
    parsed = parse(document)
    who = find_actors(parsed)
    claims = find_attributions(parsed, who, find_dates(parsed))
    sides = find_stances(parsed, who, claims, ())
    assert claims[1].speakers[0].country == "SOM"
    assert not [s for s in sides if s.basis == claims[1].id]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Such talk, she said, was "a waste of breath".', ("she", "said", 'Such talk / was "a waste of breath"', "")),
        (
            'The embassy had been warned twice, the consul added, "to no avail".',
            ("the consul", "added", 'The embassy had been warned twice / "to no avail"', ""),
        ),
        (
            "Lukashenko, via his press service, denied that a coup was near.",
            ("Lukashenko", "denied", "that a coup was near", "his press service"),
        ),
        (
            "The prisoner said through his lawyer that he had been beaten.",
            ("The prisoner", "said", "that he had been beaten", "his lawyer"),
        ),
        (
            "Le Figaro, citing a French diplomat, said the summit would be cancelled.",
            ("a French diplomat", "said", "the summit would be cancelled", "Le Figaro"),
        ),
        (
            "In the view of the mediators, the paper leaves too much open.",
            ("the mediators", "In the view of", "the paper leaves too much open", ""),
        ),
        (
            "The envoy, who according to the Kremlin insisted that the talks go on, left at noon.",
            ("who", "insisted", "that the talks go on", "the Kremlin"),
        ),
        (
            "Officials, alarmed that the well might burn, urged the guards to stay.",
            ("Officials", "urged", "the guards to stay", ""),
        ),
        (
            "The council reported to the assembly that Chad had refused to pay.",
            ("The council", "reported", "that Chad had refused to pay", ""),
        ),
    ],
)
def test_a_construction_gives_its_statement(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "A guard who declined to be named opened the gate.",
        "Asked what he hoped for, the bishop smiled.",
        'Nobody doubts that Peru had agreed to a truce. "We shall see," the pilot muttered.',
    ],
)
def test_what_is_nobodys_statement(text: str) -> None:
    assert not [
        f
        for f in plain(text)
        if f[1] in {"declined", "Asked", "had agreed"} and f[2].startswith(('"', "to be", "what"))
    ]


def test_a_second_that_behind_a_comma_goes_on_with_the_outer_speech() -> None:
    found = plain(
        "Straw said he had been told by the staff that the file was sound, and that the House should know it."
    )
    assert ("the staff", "had been told", "that the file was sound", "") in found


def test_what_is_wanted_of_somebody_is_no_side_of_theirs() -> None:
    document = Document.from_text("Iran must honour the accord, John Kerry said.")
    parsed = parse(document)
    who = find_actors(parsed)
    sides = find_stances(parsed, who, find_attributions(parsed, who, find_dates(parsed)), ())
    assert {h.name for s in sides for h in s.holders} == {"John Kerry"}
