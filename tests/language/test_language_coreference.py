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


def chain_of(text, words):
    """The other phrases of the chain that the first `words` of the text stand in."""
    return next((set(c) for c in chains(text) if words in c), set())


@pytest.mark.parametrize(
    ("text", "pronoun", "phrase"),
    [
        ("Amina Diallo met Jan Novak in Dakar. She thanked the guest.", "She", "Amina Diallo"),
        ("Sergei Orlov greeted Olena Kovalenko. He then left for the airport.", "He", "Sergei Orlov"),
        ("The ministers discussed the draft. They will meet again in June.", "They", "The ministers"),
        ("The commission rejected the appeal. It gave no reasons.", "It", "The commission"),
        ("Giorgia Ferri praised herself before the deputies.", "herself", "Giorgia Ferri"),
    ],
)
def test_pronouns_agree_with_whom_they_mean(text, pronoun, phrase):
    assert together(text, pronoun, phrase)


def test_an_object_is_not_its_own_subject():
    assert not together("Peter Hall told the court that John Ward attacked him.", "him", "John Ward")


def test_an_apposition_belongs_to_the_phrase():
    text = "Lina Haddad, a judge from Tripoli, resigned. Haddad gave no reason."
    assert "Haddad" in chain_of(text, "Lina Haddad, a judge from Tripoli")


def test_a_name_put_to_a_noun_names_the_phrase():
    text = "Their lawyer, Marta Keller, spoke to reporters. Keller was calm."
    assert "Keller" in chain_of(text, "Their lawyer, Marta Keller")


def test_a_city_and_its_country_are_two():
    assert not any("Medan, Indonesia" in c for c in chains("The talks in Medan, Indonesia, failed. Medan was calm."))


def test_who_speaks_between_quotation_marks():
    text = '"I will not sign," Omar Saleh said. "My party agrees with me."'
    assert {"I", "My", "me"} <= chain_of(text, "Omar Saleh")


def test_questions_are_put_to_the_one_who_answers():
    text = (
        "Interview with the novelist Clara Mendes\n\nWhy did you write this book?\n\nI wanted to understand my father.\n\n"
        "Did you enjoy your work?\n\nI did.\n\nWhat will you write now?\n\nI am not sure.\n\n"
    )
    found = next(c for c in chains(text) if "I" in c)
    assert {"you", "your", "my"} <= set(found)


def test_a_named_turn_is_the_words_of_who_is_named():
    text = "MR. HARTLEY: I have two announcements.\n\nMS. OKOYE: I have a question.\n\n"
    found = [c for c in chains(text) if "I" in c]
    assert len(found) == 2


def test_this_points_to_what_was_said():
    assert together("The army closed the border. This angered the farmers.", "This", "closed")


def test_let_us_and_the_united_states():
    assert not together("US troops left. We watched them.", "US", "We")


def test_given_names_tell_men_from_women():
    from detente.language.coreference.words import given_names

    names = given_names()
    assert len(names) > 2000 and names["svetlana"] == "f" and names["mahmoud"] == "m" and "jean" not in names


def test_a_long_row_of_quotations_that_nobody_is_named_with():
    assert chains("A crowd gathered. " + '"No." ' * 900 + '"I agree."') == []


def test_names_small_at_the_front_are_names():
    found = chains("She sold bookPlot in May. Critics of bookPlot rejoiced.")
    assert any(c.count("bookPlot") == 2 for c in found)


def test_a_long_name_before_a_noun_is_whole():
    text = "She lives on Hong Kong Island. The Hong Kong Island ferry sank. Hong Kong Island mourned."
    assert not any("Kong Island" in c for c in chains(text))
