"""Whose agreement it is: the parties that stand with what seals it, and the persons who sign."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ..claims import ActorRef
from .parties import actors_named, in_phrase, is_placed, is_unknown, known, people_named
from .phrases import actors_at, by_side, children, prepositional, subject_of
from .rows import actors_in_row, is_list, people_in_row, row_of
from .sealing import Seal, attends
from .signing import add_signatories, after_by, read_signers_named_next, represented, signs
from .told import NEAR, Draft, Scene, only_counted, owners_listed, unnamed_sides
from .words import words


def add_parties(scene: Scene, seal: Seal, noun: Token, draft: Draft, drafts: list[Draft]) -> None:
    """The parties and, where persons sign, the signatories that stand with what seals the agreement."""
    sealers = [t for t in seal.by if not only_counted(t)]
    for holder in (noun, seal.verb):
        sealers += [t for t in prepositional(holder, "with", "between", "among", "amongst") if not attends(t)]
    sealers += represented(seal.verb)
    sealers += partners_in_purpose(noun)
    for near in (noun, *(n for h in sealers for n in (h, *h.conjuncts))):
        for clause in children(near, "acl"):
            if clause.lemma_ in words("agreement")["representing"]:
                sealers += prepositional(clause, "by")
    named = earlier_sides(seal, draft, drafts) or actors_named(scene.who, sealers)
    brought = not seal.by and seal.verb.lemma_ in words("agreement")["bringing"]
    row = [] if brought else row_of(seal.verb)
    if len(by_side(known(named))) < 2 or is_list(scene.who, row):
        named += actors_in_row(scene.who, row)
    if len(by_side(known(named))) < 2:
        sealers += [t for h in sealers for t in in_phrase(h)]
        named += actors_at(scene.who, sealers)
    # 'a Sino-Russian treaty', 'the accord of Georgia and Moldova': the noun itself says whose it is.
    if len(by_side(known(named))) < 2:
        named += actors_named(scene.who, owners(noun))
    if not known(named):
        named += behind_their(scene, seal.verb)
    both = [] if known(named) else both_of_the_sentence(scene, seal, noun)
    named += both
    if len(by_side(known(named))) < 2:
        named += two_in_the_sentence(scene, noun, named)
    # 'A and B ended their quarrel when their ministers signed a treaty'
    above = seal.verb.head
    attended = above.lemma_ in words("agreement")["attending"]  # 'A watched as B and C signed'
    if len(by_side(known(named))) < 2 and seal.verb.dep_ == "advcl" and above.pos_ == "VERB" and not attended:
        named += actors_named(scene.who, subject_of(above))
    draft.unnamed = max(draft.unnamed, unnamed_sides(scene.who, sealers))
    itself = scene.parse.span(noun)
    own = [r for r in named if r.span is None or not r.span.overlaps(itself)]
    if signs(seal.verb):
        add_signatories(draft, both)
    draft.parties = list(by_side([*draft.parties, *known(owners_listed(scene, seal, noun) or own)]))
    if signs(seal.verb) or any(t.head.head.lemma_ == "represent" for t in sealers):
        sealers += after_by(seal.verb)
        signed = people_named(scene.parse, scene.who, sealers) + people_in_row(scene.parse, scene.who, row)
        draft.parties = list(by_side([*draft.parties, *(r for r in signed if r.country)]))
        add_signatories(draft, signed)
        if not draft.signatories:
            read_signers_named_next(scene, seal, draft)


def earlier_sides(seal: Seal, draft: Draft, drafts: list[Draft]) -> list[ActorRef]:
    """'The two sides also signed a treaty', 'was initialled by negotiators of both sides': the parties told before."""
    last = next((d.parties for d in (draft, *reversed(drafts)) if len(d.parties) > 1), [])
    behind = [t for s in seal.by for t in prepositional(s, "of", "from", "for")]
    sides = behind if behind and len(seal.by) == 1 else list(seal.by)
    if any(c.lower_ in {"two", "both"} for t in sides for c in t.children) and len(by_side(last)) != 2:
        return []
    return list(last) if sides and all(is_the_sides(t) for t in sides) else []


def both_of_the_sentence(scene: Scene, seal: Seal, noun: Token) -> list[ActorRef]:
    """'A reinstated B under an agreement that both men signed': the two persons named before it in the sentence."""
    if not any(c.lower_ in {"both", "two"} for t in seal.by for c in t.children):
        return []
    before = [t for t in noun.sent if t.i < noun.i and t.ent_type_ == "PERSON"]
    people = people_named(scene.parse, scene.who, before)
    return people if len(people) == 2 else []


def behind_their(scene: Scene, verb: Token) -> list[ActorRef]:
    """'A's and B's presidents watched as their negotiators, X and Y, signed': A and B, named before 'their'."""
    their = next((t for t in verb.sent if t.lower_ == "their" and t.head.tag_ == "NNS" and t.i < verb.i), None)
    if their is None:
        return []
    before = [
        t for t in verb.sent if t.i < their.i and not any(a.lower_ in {"in", "at"} for a in (t.head, t.head.head))
    ]
    states = {r.country: r for t in before for r in scene.who.at(t) if r.country and is_placed(r)}
    return list(states.values()) if len(states) == 2 else []


def rebels_placed(scene: Scene, parties: list[ActorRef]) -> list[ActorRef]:
    """'The government of A and the rebel Convention of Patriots': a body in no table that is called rebel is of A."""
    states = {r.country for r in parties if r.country}
    if len(states) != 1:
        return parties
    (state,) = states
    return [
        replace(r, country=state, reason="rebels of the only state named") if is_rebel(scene, r) else r for r in parties
    ]


def is_rebel(scene: Scene, ref: ActorRef) -> bool:
    if not is_unknown(ref) or ref.span is None:
        return False
    name = scene.parse.tokens(ref.span)
    if name is None:
        return False
    before = scene.parse.doc[max(0, name.start - 3) : name.start]
    return any(t.lower_.removesuffix("s") in words("agreement")["unnamed"] for t in before)


def is_the_sides(noun: Token) -> bool:
    """'the two sides', 'both countries', and nothing that says which."""
    table = words("agreement")["sides"]
    said = any(c.dep_ in {"prep", "amod", "compound", "appos", "relcl"} for c in noun.children)
    definite = any(c.lower_ in {"the", "both", "these"} for c in noun.children)
    return noun.tag_ == "NNS" and noun.lemma_ in table and definite and not said


def two_in_the_sentence(scene: Scene, noun: Token, own: list[ActorRef]) -> list[ActorRef]:
    """'on a visit to B, A signed an agreement between the two countries': the only other state of the sentence."""
    between = list(prepositional(noun, "between"))
    if not between or not all(is_the_sides(t) for t in between):
        return []
    states = {r.country: r for t in noun.sent for r in scene.who.at(t) if r.country and is_placed(r)}
    return list(states.values()) if len(states) == 2 and {r.country for r in known(own)} <= set(states) else []


def partners_in_purpose(noun: Token) -> list[Token]:
    """'A and B signed agreements to open embassies with C': C."""
    if any(prepositional(noun, "between", "with")):
        return []
    goals = [c for c in children(noun, "acl") if any(g.tag_ == "TO" for g in c.children)]
    holders = [h for g in goals for h in (g, *children(g, "dobj"))]
    return [t for h in holders for t in prepositional(h, "with") if t.ent_type_ == "GPE"]


def owners(noun: Token) -> list[Token]:
    """The nationalities before the noun and the states after its 'of'."""
    before = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
    brought = words("agreement")["brought"]  # 'a UN-brokered accord' is not the UN's
    own = [c for c in before if not any({g.lemma_, g.lower_.rpartition("-")[2]} & brought for g in (c, *c.children))]
    return [t for c in own for t in c.subtree] + list(prepositional(noun, "of"))


def read_membership(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """'A, B and C are parties to it': parties of the agreement just told of."""
    of_what = list(prepositional(noun, "to", "of"))
    draft = next((d for d in drafts if set(of_what) & set(d.mentions)), None)
    if draft is None and any(t.pos_ == "PRON" for t in of_what) and noun.i - drafts[-1].mentions[-1].i < NEAR:
        draft = drafts[-1]
    if draft is not None and not any(c.dep_ == "neg" for c in noun.head.children):
        named = known(actors_named(scene.who, subject_of(noun.head)))
        draft.parties = list(by_side([*draft.parties, *named]))
        draft.spans.append(scene.parse.span(noun.sent))
