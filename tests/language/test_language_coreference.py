"""Coreference: names, definite phrases, pronouns; and the scorer."""

import pytest

from detente.document import Document
from detente.evaluation.coref import counts_of, score
from detente.language import parse
from detente.language.coreference import find_chains


def chains(text):
    return [[text[a:b] for a, b in spans] for spans in find_chains(parse(Document.from_text(text)).doc).spans()]


def together(text, first, second):
    return any(first in chain and second in chain for chain in chains(text))


def test_surname_after_full_name():
    assert together(
        "Maria Ostrova arrived in Vienna. Ostrova told reporters that talks went well.", "Maria Ostrova", "Ostrova"
    )


def test_definite_phrase_with_the_head_of_an_earlier_one():
    assert together(
        "A small committee met on Monday. The committee will report in May.", "A small committee", "The committee"
    )


def test_an_indefinite_phrase_is_new():
    assert not together("A committee met on Monday. A committee met on Friday.", "A committee", "A committee")


def test_he_is_not_a_woman():
    found = chains("Margaret Hill met George Stone. He thanked the host.")
    assert not any("He" in c and "Margaret Hill" in c for c in found)


def test_it_of_weather_means_nothing():
    assert not any("It" in c for c in chains("The army left the town. It seems that the war is over."))


@pytest.mark.parametrize("text", ["", "He", "“ ” ’", "a" * 2000, "😀 he it"])
def test_odd_text_is_no_error(text):
    assert isinstance(chains(text), list)


def test_scores_of_perfect_and_of_empty_answers():
    record = {"id": "x", "text": "Ann saw her dog", "ontogum_clusters": [[[0, 3], [8, 11]]]}
    assert score([record], {"x": [[[0, 3], [8, 11]]]})["conll_f1"] == 1.0
    assert score([record], {})["conll_f1"] == 0.0


def test_ceafe_takes_the_best_pairs():
    gold = [frozenset({(0, 1), (2, 3)}), frozenset({(4, 5), (6, 7), (8, 9)})]
    ours = [frozenset({(4, 5), (6, 7)}), frozenset({(0, 1), (2, 3), (8, 9)})]
    assert counts_of(gold, ours)["ceafe"][0] == pytest.approx(0.8 + 0.8)
