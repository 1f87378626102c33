"""'X signed for A and Y for B': the persons behind the verb, read off the words, for the parser loses what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ..actors.colleagues import PARTICLES
from ..claims import ActorRef
from .parties import people_at
from .phrases import prepositional
from .told import Scene
from .words import words

STOPPING = frozenset({"with", "while", "as", "before", "under"})
"""Words that bring in those who only looked on, or another clause."""
LITTLE = PARTICLES | {"ould", "ag"}
"""Small words inside a name."""


def left_out_after(verb: Token) -> list[Token]:
    """The words behind the verb up to the next one: 'X signed for A and Y for B, while Z looked on'."""
    sentence = verb.sent
    for token in sentence:
        if token.i > verb.i and (token.pos_ == "VERB" or token.text == ";" or opens_another(token)):
            return list(verb.doc[verb.i + 1 : token.i])
    return list(verb.doc[verb.i + 1 : sentence.end])


def opens_another(token: Token) -> bool:
    """', with Z looking on', 'in the presence of Z'."""
    after_comma = token.i > 0 and token.nbor(-1).text == ","
    return (token.lower_ in STOPPING and after_comma) or token.lemma_ in words("agreement")["attending"]


def represented_by(verb: Token) -> list[Token]:
    """'signed for A', 'on behalf of B', also in what was left out after it: 'and Y for Z'."""
    return [
        t
        for t in left_out_after(verb)
        if t.dep_ == "pobj" and (t.head.lower_ == "for" or (t.head.lower_ == "of" and t.head.head.lower_ == "behalf"))
    ]


def people_left_out(scene: Scene, verb: Token) -> list[ActorRef]:
    """The Y of 'X signed for A and Y for B', 'X signed for A, for B Y', 'signed by X for A and by Y for B'."""
    tail = left_out_after(verb)
    found = [
        r for run in runs(tail) if signs_for(run, tail) for r in people_at(scene.parse, scene.who, run[-1], sure=True)
    ]
    joined = [t for t in prepositional(verb, "with") if t in tail and t.pos_ == "PROPN"]  # 'X signed with Y'
    return found + [r for t in joined for r in people_at(scene.parse, scene.who, t)]


def runs(tokens: list[Token]) -> Iterator[list[Token]]:
    """The names among the words, each with its titles: what is capitalised without a break."""
    run: list[Token] = []
    for token in tokens:
        if token.pos_ == "PROPN" or (run and (token.lower_ in LITTLE or token.text in {"-", "'"}) and not ends(run)):
            run.append(token)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def ends(run: list[Token]) -> bool:
    """Whether a blank stands before a hyphen, which then is a dash."""
    return run[-1].text in {"-", "'"} and bool(run[-1].whitespace_)


def signs_for(run: list[Token], tail: list[Token]) -> bool:
    """Whether 'for A' follows the name, or 'by' or the side that it signs for stands right before it."""
    doc, first, last = run[0].doc, run[0].i, tail[-1].i
    if any(t.ent_type_ in {"GPE", "NORP", "ORG"} for t in run[-1:]):
        return False
    behind = run[-1].i + 1
    if behind <= last and doc[behind].text == ",":  # 'Y, the foreign minister, for B'
        close = next((t.i for t in doc[behind + 1 : last + 1] if t.text == ","), last)
        behind = close + 1 if "for" not in {t.lower_ for t in doc[behind:close]} else behind
    if behind <= last and (doc[behind].lower_ == "for" or doc[behind : behind + 2].text.lower() == "on behalf"):
        return True
    titles = words("agreement")["titles"]
    before = first - 1
    while doc[before].lower_ in titles and before > tail[0].i:
        before -= 1
    return doc[before].lower_ == "by" or (doc[before].tag_ == "NNS" and doc[before].dep_ == "pobj")
