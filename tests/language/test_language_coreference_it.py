"""'it' that means nothing, brackets, days, short names: what coreference makes of them."""

from __future__ import annotations

import pytest

from detente.document import Document
from detente.language import parse
from detente.language.coreference import Chains, find_chains


def chains_of(text: str) -> Chains:
    return find_chains(parse(Document.from_text(text)).doc)


def phrases(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in chain] for chain in chains_of(text).spans()]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied the report. It is hard to know who fired first.",
        "Norway offered to mediate. It takes patience to bring both sides together.",
        "The court heard three appeals. It was decided that the vote would be repeated.",
        "The embassy closed. It is clear that the talks have failed.",
    ],
)
def test_it_that_means_nothing_is_in_no_chain(text: str) -> None:
    chains = chains_of(text)
    assert {chains.doc[i].lower_ for i in chains.empty} == {"it"}
    assert not any("It" in chain for chain in phrases(text))


def test_it_that_means_a_body_is_not_empty() -> None:
    text = "The ministry denied the report. It accused the opposition of lying."
    assert not chains_of(text).empty
    assert ["The ministry", "It"] in phrases(text)


def test_what_stands_in_brackets_is_a_phrase_of_its_own() -> None:
    text = "The Economic Community of West African States (ECOWAS) met in Abuja. ECOWAS lifted the sanctions."
    assert any("ECOWAS" in chain and len(chain) > 1 for chain in phrases(text))


def test_a_day_named_again_is_the_same_day() -> None:
    assert ["Tuesday", "Tuesday"] in phrases("The envoys met on Tuesday. Both left Vienna late on Tuesday.")


def test_the_first_word_of_a_long_name_stands_for_it() -> None:
    text = "The Bank of Finland warned of a crisis. The Bank expects little growth."
    assert ["The Bank of Finland", "The Bank"] in phrases(text)


def test_a_person_is_named_without_the_place_where_he_was_met() -> None:
    text = "Reporters saw Helmut Brandt in Geneva. Brandt declined to comment."
    assert ["Helmut Brandt", "Brandt"] in phrases(text)


def test_this_with_a_noun_is_what_the_sentence_before_is_about() -> None:
    text = "The probe landed on Sunday. This is the first such mission since 1999."
    assert ["The probe", "This"] in phrases(text)
