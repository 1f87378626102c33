"""Later mentions without a name, in texts of our own: whom they mean, how surely, and what the reason says."""

import pytest

from detente.actors import find_actors
from detente.document import Document
from detente.language import parse

CASES = [
    ("Peruvian Foreign Minister Luis Quispe landed on Monday. The minister gave no press conference.", "minister", {"Luis Quispe"}),
    ("The IAEA criticised Oman on Monday. The agency will send a team.", "agency", {"International Atomic Energy Agency"}),
    ("Peru's Luis Quispe and Chile's Rosa Fuentes, both ministers, met.\nForeign Minister Luis Quispe of Peru met Foreign Minister Rosa Fuentes of Chile. They agreed on a post.", "They", {"Luis Quispe", "Rosa Fuentes"}),
    ("Chile and Peru opened talks. Both sides agreed on a text.", "sides", {"Chile", "Peru"}),
    ("Kenyan President Wanjiru Odhiambo resigned. She thanked voters.", "She", {"Wanjiru Odhiambo"}),
    ("Hungary expelled an envoy. It gave no reason.", "It", {"Hungary"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "names"), CASES)
def test_a_later_mention_means_those_named_before(text, word, names):
    who = find_actors(parse(Document.from_text(text, published="2019-05-20")))
    token = [t for t in who.parse.doc if t.text == word][-1]
    refs = who.at(token)
    assert {r.person or r.name for r in refs} == names
    for ref in refs:
        assert ref.confidence < 0.8
        assert ref.reason
        assert ref.span.of(text) == word


def test_nobody_is_meant_where_nobody_was_named():
    who = find_actors(parse(Document.from_text("He left. They stayed. The minister smiled.")))
    assert not [r for r in who.mentions if r.person]
