"""Who put their names to an agreement, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ..claims import ActorRef
from .day_and_place import add_time_and_place
from .on_behalf import left_out_after, opens_another, people_left_out, represented_by
from .parties import actors_named, after_for_by, is_owned, known, people_at, people_named
from .phrases import actors_at, by_side, children, clause_between, next_sentence, prepositional, subject_of
from .rows import people_in_row, row_of
from .sealing import Seal, is_agreement_noun, only_witnesses
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
    end = next((t.i for t in verb.sent if t.i > by[0].i and opens_another(t)), verb.sent.end)
    return [
        t
        for t in verb.doc[by[0].i + 1 : end]
        if (t.ent_type_ == "PERSON" or after_for_by(t)) and not (in_clause(t, verb) or is_inside_name(t) or is_owned(t))
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


ITSELF = frozenset({"it", "them", "his", "hers", "theirs", "copy"})
"""What is signed where the agreement was named before: 'signed it', 'signed his in Oslo', 'signed both copies'."""
IN_TURN = frozenset({"first", "last", "next", "then", "too", "also", "second", "earlier", "later"})
"""'X signed first': one name is enough to tell that a signing is meant."""
BEARING = frozenset({"bear", "carry", "have"})


def read_bare_signing(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """'X signed for Russia and Y for Ukraine', 'X had put his name to it': signatories of the agreement just told of."""
    if only_witnesses(verb) or Seal(verb, ()).refused:
        return
    left_out = people_left_out(scene, verb)
    # the parser may take the Y of 'X signed for A, Y for B' for what was signed
    objects = [o for o in children(verb, "dobj", "nsubjpass") if o.lower_ not in names_of(left_out)]
    itself = any({o.lower_, o.lemma_.lower()} & ITSELF for o in objects) or puts_name_to_it(verb)
    draft = told_before(scene, verb, drafts) if itself else drafts[-1] if drafts else None
    if draft is None or (draft.seal.verb == verb and not draft.loose) or verb.i - draft.mentions[-1].i > NEAR:
        return
    for_whom = represented_by(verb)
    people = doers_of(scene, verb) + people_in_row(scene.parse, scene.who, row_of(verb))
    if itself or not objects:
        people += left_out
    enough = 1 if any(c.lower_ in IN_TURN for c in verb.children) else 2
    if not (for_whom and (itself or not objects)) and not itself and (objects or len(by_person(people)) < enough):
        return
    add_signatories(draft, people)
    named = [*actors_at(scene.who, for_whom), *(r for r in people if r.country)]
    if itself and len(draft.parties) < 2:
        named += actors_named(scene.who, doers(verb))
    draft.parties = list(by_side([*draft.parties, *known(named)]))
    draft.spans.append(scene.parse.span(verb.sent))
    if itself and Seal(verb, ()).status == "done":
        add_time_and_place(scene, verb, verb, draft)


def names_of(people: Iterable[ActorRef]) -> set[str]:
    return {word.lower() for r in people for word in (r.person or "").split()}


def doers(verb: Token) -> list[Token]:
    """Who signs: 'signed by X', 'X signed', 'X, who signed for A', 'X, signing for A'; 'as did Y'."""
    if children(verb, "nsubjpass"):
        found = list(prepositional(verb, "by"))
    elif verb.dep_ in {"acl", "appos"} and verb.tag_ == "VBG":
        found = [verb.head]
    else:
        found = [verb.head if t.tag_ == "WP" and verb.dep_ == "relcl" else t for t in subject_of(verb)]
    return found + [s for c in children(verb, "advcl") if c.lemma_ == "do" for s in subject_of(c)]


def doers_of(scene: Scene, verb: Token) -> list[ActorRef]:
    """The persons who do it; a name that no table has is a person's, since it signs."""
    heads = doers(verb)
    unnamed = [t for t in heads if t.pos_ == "PROPN" and not scene.who.at(t)]
    sure = [r for t in unnamed for r in people_at(scene.parse, scene.who, t, sure=True)]
    return people_named(scene.parse, scene.who, heads) + sure


def read_representing(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """'X represented the rebels, the state was represented by Y', 'Y did so for B', told of a signing just before."""
    draft = drafts[-1]
    here = [t.lemma_ for t in (*prepositional(verb, "at", "in", "during"), *children(verb, "neg"))]
    signing = not set(here) & {"talk", "talks", "negotiation", "conference", "not"}
    if draft.status != "done" or draft.seal.standing or verb.i - draft.mentions[-1].i > NEAR or not signing:
        return
    people = doers_of(scene, verb) + people_left_out(scene, verb)
    if verb.lemma_ == "follow":  # 'Y followed, and then the two leaders, Z and W'
        behind = [t for t in left_out_after(verb) if t.ent_type_ == "PERSON" and not is_owned(t)]
        people += people_named(scene.parse, scene.who, behind)
    if (verb.lemma_ == "do" and not draft.signatories) or not by_person(people):
        return
    add_signatories(draft, people)
    sides = children(verb, "dobj", "nsubjpass") if verb.lemma_ == "represent" else represented_by(verb)
    draft.parties = list(by_side([*draft.parties, *known(actors_named(scene.who, sides))]))
    draft.spans.append(scene.parse.span(verb.sent))


def represents(token: Token) -> bool:
    """'represented', 'did so', 'did the same'; 'X signed first. Y followed'."""
    if token.lemma_ == "represent":
        return token.tag_ in {"VBD", "VBN"} and token.dep_ != "acl"
    if token.lemma_ == "follow":
        before = token.doc[max(0, token.sent.start - 1)].sent
        signed = any(t.lemma_ in SIGN for s in (before, token.sent) for t in s)
        return signed and token.tag_ == "VBD" and not children(token, "dobj", "nsubjpass")
    return token.lemma_ == "do" and any(
        c.lower_ in {"so", "same", "likewise"} for c in token.children if c.dep_ in {"advmod", "dobj"}
    )


def read_signatures(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """'It bears the signatures of X and Y', 'the signatories were X for A and Y for B'."""
    draft = drafts[-1]
    verb = noun.head
    if noun.i - draft.mentions[-1].i > NEAR or draft.status != "done":
        return
    if noun.lemma_ == "signature" and verb.lemma_ in BEARING:
        heads = list(prepositional(noun, "of"))
    elif noun.dep_ == "nsubj" and verb.lemma_ == "be":
        heads = [t for c in children(verb, "attr") for t in (c, *c.conjuncts)]
    else:
        return
    people = [r for t in heads for r in people_at(scene.parse, scene.who, t, sure=True)]
    add_signatories(draft, people + people_left_out(scene, verb))
    draft.spans.append(scene.parse.span(noun.sent))


def told_before(scene: Scene, verb: Token, drafts: list[Draft]) -> Draft | None:
    """The agreement that 'it' means: the latest on record, or one that was only named ('tore up the Algiers Accord')."""
    last = drafts[-1].mentions[-1].i if drafts else -1
    for noun in reversed(verb.doc[max(0, last + 1, verb.i - NEAR) : verb.sent.start]):
        if is_agreement_noun(noun) and noun.pos_ == "PROPN":
            draft = Draft(head=noun, seal=Seal(verb, ()), mentions=[noun], loose=True)
            draft.spans.append(scene.parse.span(noun))
            drafts.append(draft)
            return draft
    return drafts[-1] if drafts else None


def puts_name_to_it(verb: Token) -> bool:
    """'put pen to paper', 'put his name to it', 'affixed their signatures'."""
    signature = words("agreement")["objects_with"] | {"pen"}
    to = [t for t in prepositional(verb, "to", "under")]
    to += [t for o in children(verb, "dobj") for t in prepositional(o, "to", "under")]
    named = any(is_agreement_noun(t) for t in to)
    return verb.lemma_ in SIGN and any(o.lemma_ in signature for o in children(verb, "dobj")) and not named


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
