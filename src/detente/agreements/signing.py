"""Who put their names to an agreement, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ..claims import ActorRef
from .parties import after_for_by, known, people_named
from .phrases import actors_at, by_side, children, clause_between, next_sentence, prepositional, subject_of
from .sealing import Seal, only_witnesses
from .told import NEAR, Draft, Scene
from .words import words

SIGN = frozenset({"sign", "initial", "initialle", "ink", "cosign", "co-sign", "countersign", "put", "append", "affix"})


def signs(verb: Token) -> bool:
    return verb.lemma_ in SIGN or verb.lemma_ in {"signing", "signature"}


def represented(verb: Token) -> list[Token]:
    """'signed on behalf of A by X and on behalf of B by Y', 'signed for A by X and for B by Y': A and B."""
    behalf = [t for t in verb.subtree if t.lower_ == "behalf" and not clause_between(t, verb)]
    if behalf or not signs(verb):
        return [o for t in behalf for o in prepositional(t, "of")]
    return [
        o
        for t in verb.subtree
        if t.lower_ == "for" and t.i > verb.i and not clause_between(t, verb)
        for o in children(t, "pobj")
        if signed_beside(t, o)
    ]


def signed_beside(preposition: Token, party: Token) -> bool:
    """Whether a 'by' follows 'for the government', or a name stands right before it: 'by X for A'."""
    doc, end = party.doc, party.i + 1
    return doc[end : end + 1].text.lower() == "by" or doc[preposition.i - 1].ent_type_ == "PERSON"


def after_by(verb: Token) -> list[Token]:
    """'signed by A, secretary of B, and C of D': the persons after 'by', also where titles hide the coordination.

    Those in whose presence it was signed are left out; so is all that stands before 'by' when nobody is named after it.
    """
    by = [t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i and not clause_between(t, verb)]
    if not by or not (children(verb, "agent") or represented(verb)):
        return []
    attending = words("agreement")["attending"]
    end = next((t.i for t in verb.sent if t.i > by[0].i and t.lemma_ in attending), verb.sent.end)
    return [
        t
        for t in verb.doc[by[0].i + 1 : end]
        if (t.ent_type_ == "PERSON" or after_for_by(t)) and not in_clause(t, verb) and not is_inside_name(t)
    ]


def is_inside_name(token: Token) -> bool:
    """Whether the word is the forename before the head of a name: the head stands for the whole."""
    return token.dep_ == "compound" and token.head.ent_type_ == "PERSON"


def in_clause(token: Token, verb: Token) -> bool:
    """Whether another finite clause stands between the token and the verb."""
    return any(a.dep_ in {"advcl", "relcl"} and a != verb for a in token.ancestors if a.i > verb.i)


def add_signatories(draft: Draft, people: Iterable[ActorRef]) -> None:
    names = {r.person for r in draft.signatories}
    draft.signatories += [r for r in by_person(people) if r.person not in names]


def by_person(people: Iterable[ActorRef]) -> list[ActorRef]:
    return list({r.person: r for r in reversed(list(people)) if r.person}.values())[::-1]


def read_bare_signing(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """'X signed for Russia and Y for Ukraine': signatories, and parties, of the agreement just told of."""
    for_whom = [*prepositional(verb, "for"), *(t for p in prepositional(verb, "on") for t in prepositional(p, "of"))]
    objects = children(verb, "dobj", "nsubjpass")
    bare = not objects or all(o.lower_ in {"it", "them"} for o in objects)
    doers = [t for t in prepositional(verb, "by")] if children(verb, "nsubjpass") else subject_of(verb)
    signers = [*doers, *(s for c in children(verb, "advcl") if c.lemma_ == "do" for s in subject_of(c))]
    if only_witnesses(verb):
        return
    if not puts_pen_to_paper(verb) and not (bare and (for_whom or len(signers) > 1)):
        return
    draft = drafts[-1]
    if draft.head.sent.end > verb.sent.start + 1 or verb.i - draft.mentions[-1].i > NEAR:
        return
    people = [*signers, *(t for t in verb.sent if t.ent_type_ == "PERSON" and (for_whom or not bare))]
    add_signatories(draft, people_named(scene.parse, scene.who, people))
    represented = [
        t
        for t in verb.sent
        if t.dep_ == "pobj" and (t.head.lower_ == "for" or t.head.head.lower_ == "behalf") and t.i > verb.i
    ]
    draft.parties = list(by_side([*draft.parties, *known(actors_at(scene.who, represented))]))
    draft.spans.append(scene.parse.span(verb.sent))


def puts_pen_to_paper(verb: Token) -> bool:
    return verb.lemma_ == "put" and any(o.lower_ == "pen" for o in children(verb, "dobj"))


def read_signers_named_next(scene: Scene, seal: Seal, draft: Draft) -> None:
    """'The security chiefs of A and B signed a protocol. X, chairman of ..., and his counterpart, Y, met at ...'.

    Offices sign, and the next sentence names their holders: as many persons as parties, each of another of them.
    """
    following = next_sentence(seal.verb)
    if following is None or not any(t.tag_ == "NNS" for t in seal.by) or len(draft.parties) < 2:
        return
    people = people_named(scene.parse, scene.who, list(subject_of(following.root)))
    states = [r.country for r in people]
    if len(people) == len(draft.parties) and set(states) == {p.country for p in draft.parties}:
        add_signatories(draft, people)
        draft.spans.append(scene.parse.span(following))
