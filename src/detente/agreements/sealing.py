"""How a noun is made an agreement: 'signed a treaty', 'agreed to a ceasefire', 'the signing of an accord'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from ..claims import Status
from .phrases import children, meant_by_they, outer, prepositional, subject_of, with_conjuncts
from .rows import heads_in_row, row_before
from .words import words

FUTURE = frozenset({"will", "would", "shall", "should"})
OPEN = frozenset({"may", "might", "could", "can", "must"})
IN_DOUBT = frozenset({"if", "unless", "whether"})
DENYING = frozenset({"deny", "dispute", "doubt"})
HOPING = frozenset({"hope", "hop", "wish", "pray", "dream"})
"""What is hoped is not agreed; the lemmatizer makes "hop" of "hopes"."""
FINITE = frozenset({"VBD", "VBN", "VBP", "VBZ"})
AFTER = frozenset({"to", "on", "upon", "into", "at"})


@dataclass(frozen=True)
class Seal:
    """What makes the agreement: the verb (or the noun of the act), and who is named with it."""

    verb: Token
    by: tuple[Token, ...]
    """The heads of the phrases that name who sealed it; those who only brought it about are left out."""
    standing: bool = False
    """Whether the agreement stood already when this befell it ('collapsed', 'acted under it'): no day of agreeing."""
    loose: bool = False
    """Whether the words make an agreement only between two who are named ('agreed on a roadmap')."""

    @property
    def refused(self) -> bool:
        """Whether the text says that nothing was sealed: 'did not sign', 'refused to sign', 'without signing'."""
        table = words("agreement")["refusing"]
        if self.standing:
            return False
        node = self.verb
        for _ in range(4):
            if any(c.dep_ == "neg" or c.lower_ in {"never", "nor"} for c in node.children):
                return True
            if node.dep_ not in {"xcomp", "ccomp", "pcomp", "advcl", "conj", "pobj", "dobj", "prep", "acl"} or (
                node.dep_ == "conj" and children(node, "nsubj", "nsubjpass")
            ):
                return False
            if node.dep_ in {"xcomp", "pcomp", "pobj", "dobj", "acl"} and node.head.lemma_.lower() in table:
                return True
            if node.dep_ == "xcomp" and any(c.lower_ == "yet" for c in (*node.head.children, *node.children)):
                return True  # 'have yet to sign'
            if node.tag_ == "VB" and node.head.lemma_ in words("agreement")["wishing"]:
                return True
            if node.dep_ == "ccomp" and node.head.lemma_ in DENYING | HOPING:
                return True
            if node.dep_ in {"ccomp", "advcl", "dobj", "pobj"} and node.head.pos_ == "VERB":
                return False
            node = node.head
        return False

    @property
    def status(self) -> Status:
        verb = self.verb
        if self.standing:
            return "done"
        if is_near(verb):
            return "planned"
        if verb.pos_ == "NOUN":
            verb = verb.head if verb.head.pos_ in {"VERB", "AUX"} else verb
        while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not children(verb, "aux", "nsubj", "nsubjpass"):
            verb = verb.head  # 'would abandon its position and sign an agreement'
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        if verb.tag_ == "VB" and not auxiliaries and not is_past_like_stem(verb):
            return "planned"
        if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in IN_DOUBT for c in verb.children):
            return "hypothetical"
        if auxiliaries & OPEN and not auxiliaries & {"have"}:
            return "hypothetical"
        if auxiliaries & FUTURE:
            return "planned"
        infinitive = any(c.tag_ == "TO" for c in verb.children)
        if verb.dep_ in {"xcomp", "advcl", "acl"} and infinitive and not carried_out(verb.head):
            return "planned"
        return "done"


CARRIED_OUT = frozenset({"manage", "go", "proceed", "meet", "gather", "travel", "fly", "come"})


def is_past_like_stem(verb: Token) -> bool:
    """'The ministers put their names to it': told as done, though the parser takes 'put' for an infinitive."""
    return verb.lower_ in {"put", "set", "cut"} and verb.dep_ == "ROOT" and bool(children(verb, "nsubj"))


def is_near(verb: Token) -> bool:
    """'are close to signing', 'is on the verge of signing': not yet."""
    return verb.dep_ == "pcomp" and verb.head.head.lower_ in words("agreement")["nearing"]


def carried_out(governor: Token) -> bool:
    """Governors whose infinitive tells what was done: 'managed to sign', 'met in Oslo to sign'."""
    return governor.lemma_ in CARRIED_OUT and governor.tag_ in {"VBD", "VBN"}


def is_agreement_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("agreement")["nouns"]


def seal_of(noun: Token) -> Seal | None:
    """What makes an agreement of `noun`, if anything does; 'no accord was signed' tells of none."""
    if any(c.lower_ in {"no", "neither"} for c in noun.children):
        return None
    seal = next(seals(noun, outer(noun)), None)
    # 'A signed a letter' is no agreement; 'A and B signed a letter' is
    paper = noun.lemma_.lower() in words("agreement")["papers"] and not is_shared(noun)
    return replace(seal, loose=True) if seal is not None and paper else seal


def seals(noun: Token, head: Token) -> Iterator[Seal]:
    table = words("agreement")
    verb = head.head
    kind = noun.lemma_.lower()
    allowed = table["signing"] if kind in table["weak"] else table["sealing"]
    if verb.lemma_ in table["ratifying"]:
        yield from sealed_in_clause(noun, head, allowed - table["ratifying"])
    if head.dep_ in {"dobj", "nsubjpass", "obj", "ccomp", "oprd"} and (
        verb.lemma_ in allowed or (verb.lemma_ in table["issuing"] and is_shared(noun))
    ):
        prolonged = verb.lemma_ in table["prolonging"] and verb.dep_ == "xcomp" and verb.head.lemma_ == "agree"
        verb = verb.head if prolonged else verb  # 'agreed to extend the truce': agreed, and not only planned
        yield Seal(verb, sealers(verb, passive=head.dep_ == "nsubjpass"))
    if head.dep_ == "nsubj" and verb.lemma_ in allowed and children(verb, "agent"):
        yield Seal(verb, sealers(verb, passive=True))  # 'the treaty concluded by A and B does away with ...'
    if head.dep_ == "dobj" and (
        (verb.lemma_ == "exchange" and (kind in table["exchanged"] or (kind in table["papers"] and noun.tag_ == "NNS")))
        or (verb.lemma_ in table["accepting"] and kind in table["halts"] and are_several(verb))
    ):
        yield Seal(verb, sealers(verb))
    if head.dep_ == "pobj" and verb.dep_ == "prep" and (verb.lower_ in AFTER or under_which_they_sign(verb)):
        yield from after_preposition(verb.head, kind)
    if head.dep_ == "pobj" and verb.lower_ in {"of", "for"}:
        yield from by_act(verb)
    yield from sealed_in_clause(noun, head, allowed)
    if head.dep_ == "pobj" and is_shared(noun) and verb.head.lemma_ in words("plan")["promising"]:
        yield Seal(verb.head, speakers_in(head))
    if head.dep_ in {"nsubj"} and verb.lemma_ in table["entering"] and begins_to_count(verb):
        yield Seal(verb, ())
    if head.dep_ in {"dobj", "nsubjpass", "obj"} and verb.lemma_ in table["bringing"] and kind not in table["weak"]:
        yield Seal(verb, announcers(noun, verb))
    yield from between_two(noun, head)
    if kind not in table["weak"] and not is_only_thought_of(noun):
        yield from stood_already(noun, head)


def sealed_in_clause(noun: Token, head: Token, allowed: frozenset[str]) -> Iterator[Seal]:
    """'a treaty signed by A and B', 'a pact that A and B signed', 'the treaty on X, signed in Oslo'."""
    table = words("agreement")
    for clause in (*children(noun, "acl", "relcl"), *lost_clauses(noun)):
        issued = clause.lemma_ in table["issuing"] and is_shared(noun)
        if (clause.lemma_ in allowed and clause.lemma_ not in table["bringing"] and clause.tag_ != "TO") or issued:
            own = [s for s in children(clause, "nsubj") if s.tag_ not in {"WDT", "WP"}]  # 'a treaty that A signed'
            signers = tuple(t for s in own for t in with_conjuncts(s))
            yield Seal(
                clause, signers or tuple(prepositional(clause, "by", "between")) or speakers_in(head) or bound_by(head)
            )


def lost_clauses(noun: Token) -> list[Token]:
    """The participle behind the comma of 'the treaty on the Barents Sea, signed by A and B', hung on the sea."""
    behind = [t for p in children(noun, "prep") for t in p.subtree]
    return [
        c
        for t in behind
        for c in children(t, "acl", "relcl")
        if c.lemma_ in words("agreement")["signing"] and c.left_edge.i > 0 and c.left_edge.nbor(-1).text == ","
    ]


def by_act(of: Token) -> Iterator[Seal]:
    """'the signing of a treaty by A and B', 'the signing in Oslo of a lease'; 'ended the war with the signature of ...'."""
    acts = words("agreement")["acts"]
    act = of.head
    if act.lemma_.lower() not in acts and act.dep_ == "pobj" and act.head.lower_ in {"in", "at", "on"}:
        act = act.head.head
    if act.lemma_.lower() not in acts:
        return
    doers = tuple(prepositional(act, "by", "between"))
    if not doers and act.dep_ == "pobj" and act.head.lower_ in {"with", "by", "through", "upon"}:
        verb = next((a for a in act.ancestors if a.pos_ == "VERB"), None)
        doers = tuple(subject_of(verb)) if verb is not None else ()
    yield Seal(act, doers)


def between_two(noun: Token, head: Token) -> Iterator[Seal]:
    """What makes an agreement only where two sides are named.

    'agreed on a roadmap', 'adopted a charter', 'made peace', 'recognised each other in an exchange of letters'.
    """
    table = words("agreement")
    verb = head.head
    kind = noun.lemma_.lower()
    if head.dep_ in {"dobj", "nsubjpass"} and (
        (verb.lemma_ in table["adopting"] and kind in table["adopted"])
        or (verb.lemma_ in table["dealing"] and kind in table["dealt"])
        or (verb.lemma_ in table["converging"] and kind in table["converged"])
    ):
        yield Seal(verb, sealers(verb, passive=head.dep_ == "nsubjpass"), loose=True)
    for clause in children(noun, "relcl", "acl"):
        if clause.lemma_ in table["dealing"] and kind in table["dealt"]:
            yield Seal(clause, tuple(subject_of(clause)), loose=True)  # 'the pact which A and B had made'
    for clause in children(noun, "relcl"):  # 'a statement in which they promised to settle it'
        inside = any(c.dep_ == "prep" and any(o.tag_ == "WDT" for o in c.children) for c in clause.children)
        if inside and clause.lemma_ in words("plan")["promising"]:
            yield Seal(clause, tuple(meant_by_they(clause)), loose=True)
    if head.dep_ != "pobj" or verb.dep_ not in {"prep", "agent"}:
        return
    if verb.lower_ in AFTER and verb.head.tag_ in FINITE and verb.head.lemma_ in table["sealing_with"]:
        yield Seal(verb.head, sealers(verb.head), loose=True)
    letters = kind == "exchange" and any(t.lemma_ in table["exchanged"] for t in prepositional(noun, "of"))
    if letters and verb.lower_ in {"in", "by", "through", "with"} and verb.head.pos_ == "VERB":
        named = tuple(prepositional(noun, "between"))
        yield Seal(verb.head, named or sealers(verb.head), loose=True)


def stood_already(noun: Token, head: Token) -> Iterator[Seal]:
    """'a truce between A and B collapsed'; 'A and B swapped men under a deal brokered by C'; 'under an accord with B'."""
    table = words("agreement")
    verb = head.head
    with_whom = [*prepositional(noun, "between"), *prepositional(noun, "with")]
    if head.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in table["befalling"] and len(with_whom) > 1:
        yield Seal(verb, (), standing=True)
    if head.dep_ == "pobj" and verb.lower_ == "under" and verb.head.pos_ == "VERB":
        doers = speakers_in(head)
        brought = next((c for c in children(noun, "acl") if c.lemma_ in table["bringing"]), None)
        if doers and (with_whom or (brought is not None and len(doers) > 1)):
            yield Seal(brought or verb.head, doers, standing=True)
        elif len(doers) > 1:
            yield Seal(verb.head, doers, standing=True, loose=True)
    if noun.pos_ == "PROPN" and len(with_whom) > 1 and any(c.dep_ == "compound" for c in noun.children):
        yield Seal(noun, (), standing=True, loose=True)  # 'the Indus Waters Treaty of 1960 between A and B'


def is_only_thought_of(noun: Token) -> bool:
    """'no deal', 'a proposed accord', 'any truce'."""
    return any(c.lower_ in words("agreement")["unmade"] for c in noun.children)


def are_several(verb: Token) -> bool:
    """'Both sides', 'A and B', 'the warring parties' do it together."""
    subjects = subject_of(verb)
    return len(subjects) > 1 or any(s.tag_ in {"NNS", "NNPS"} for s in subjects)


def after_preposition(governor: Token, kind: str) -> Iterator[Seal]:
    """'agreed to a ceasefire', 'reached agreement on a plan', 'put their signatures to a treaty'."""
    table = words("agreement")
    if governor.lemma_ == "agreement" and governor.dep_ in {"dobj", "nsubjpass", "obj"}:
        yield Seal(governor.head, sealers(governor.head, passive=governor.dep_ == "nsubjpass"))
    elif governor.pos_ == "VERB" and governor.lemma_ in table["sealing_with"]:
        if kind not in table["weak"] or governor.lemma_ not in {"agree", "come", "name", "settle"}:
            yield Seal(governor, sealers(governor))
    elif governor.pos_ == "VERB" and any(o.lemma_ in table["objects_with"] for o in children(governor, "dobj")):
        yield Seal(governor, sealers(governor))
    elif governor.lemma_ in table["objects_with"] and governor.dep_ == "dobj":
        yield Seal(governor.head, sealers(governor.head))


def under_which_they_sign(preposition: Token) -> bool:
    """'put their signatures under the paper'."""
    objects = [preposition.head, *children(preposition.head, "dobj")]
    return preposition.lower_ == "under" and any(o.lemma_ in words("agreement")["objects_with"] for o in objects)


def announcers(noun: Token, verb: Token) -> tuple[Token, ...]:
    """'A, B and C announced a pact': several states that tell of it together, and name no others, have made it."""
    subjects = subject_of(verb)
    named = children(noun, "prep") and [*prepositional(noun, "between", "with", "among")]
    if verb.lemma_ != "announce" or named or noun.lemma_.lower() in words("agreement")["halts"] or len(subjects) < 2:
        return ()
    return tuple(subjects) if all(s.ent_type_ == "GPE" for s in subjects) else ()


def only_witnesses(verb: Token) -> bool:
    """'A signed the document as mediator', 'B and C signed as guarantors': who signs so is no party."""
    return any(t.lemma_ in words("agreement")["attending"] for t in prepositional(verb, "as"))


def attends(guest: Token) -> bool:
    """'with President A as host', 'with B signing as a witness': who is there and no party."""
    attending = words("agreement")["attending"]
    as_what = [*prepositional(guest, "as"), *(t for c in children(guest, "acl") for t in prepositional(c, "as"))]
    return guest.lemma_ in attending or guest.tag_ == "VBG" or any(t.lemma_ in attending for t in as_what)


def sealers(verb: Token, *, passive: bool = False) -> tuple[Token, ...]:
    """Who stands with the verb as those who seal."""
    if passive or children(verb, "nsubjpass", "auxpass"):
        return (*prepositional(verb, "by", "between"),)
    subjects = tuple(meant_by_they(verb))
    if not subjects and verb.dep_ == "acl":
        subjects = tuple(prepositional(verb, "by"))
    if not subjects and verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ":
        subjects = tuple(subject_of(verb.head.head))
    if not subjects and verb.dep_ == "advcl" and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        # 'A watched as B and C put their names to it': the parser takes 'as B and C' for a phrase of its own
        subjects = tuple(t for t in prepositional(verb.head, "as", "while", "after") if t.i < verb.i)
    if not subjects and verb.dep_ in {"advcl", "pcomp"}:
        above = verb.head if verb.dep_ == "advcl" else verb.head.head
        near = above.head if verb.dep_ == "pcomp" and above.pos_ in {"ADJ", "NOUN"} else above
        near = near.head if near.dep_ == "prep" else near  # 'are on the verge of signing'
        subjects = tuple(subject_of(near))
    return (*subjects, *prepositional(verb, "between"))


def speakers_in(noun: Token) -> tuple[Token, ...]:
    """'In a joint communique signed in Oslo, A and B pledged ...': A and B."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"in", "under", "by", "with"} or noun.head.head.pos_ != "VERB":
        return ()
    verb = noun.head.head
    subjects, row = tuple(subject_of(verb)), heads_in_row(row_before(verb))
    return row if len(row) > len(subjects) else subjects


def bound_by(noun: Token) -> tuple[Token, ...]:
    """'A joint communique issued in Oslo says that A and B will build a dam': A and B, where several are told of."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in words("agreement")["saying"]:
        return ()
    doers = tuple(s for c in children(verb, "ccomp") for s in subject_of(c))
    return doers if len(doers) > 1 else ()


def is_shared(noun: Token) -> bool:
    return any(c.lower_ in words("agreement")["shared"] for c in noun.children)


def begins_to_count(verb: Token) -> bool:
    """'came into force', 'took effect', 'entered into force'."""
    near = [*children(verb, "dobj"), *prepositional(verb, "into", "in")]
    return any(t.lemma_ in {"force", "effect"} for t in near)
