"""Agreements that no noun names: 'A and B agreed to reopen their border', 'have agreed on how to share the water'."""

from __future__ import annotations

from spacy.tokens import Token

from ..claims import PlaceRef
from .day_and_place import add_time_and_place
from .parties import actors_named, is_unknown, known
from .phrases import THEY, by_side, children, meant_by_they, prepositional
from .rows import actors_in_row, is_list, row_of
from .sealing import FUTURE, Seal, is_agreement_noun, seal_of
from .told import Draft, Scene, unnamed_sides
from .words import words


def read_agreed_to_do(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """An agreement between those who agreed; both must be named.

    Left to the noun where the sentence has one that is sealed ('agreed to sign a treaty'), and told as more of the
    agreement before where it only goes on ('They signed a treaty. They also agreed to ...').
    """
    goal = goal_of(verb)
    seal = Seal(verb, (*meant_by_they(verb), *prepositional(verb, "with")))
    if (
        goal is None
        or only_talks(goal)
        or seal.refused
        or seal.status == "hypothetical"
        or not seal.by
        or any(is_sealed(t) for t in told_with(verb, goal))
    ):
        return
    if any(d.head.sent == verb.sent and d.head.i < verb.i for d in drafts):
        return
    named = actors_named(scene.who, seal.by)
    row = row_of(verb)
    if len(by_side(known(named))) < 2 or is_list(scene.who, row):
        named += actors_in_row(scene.who, row)
    parties = by_side(r for r in known(named) if r.country or not is_unknown(r))
    unnamed = unnamed_sides(scene.who, seal.by)
    if not parties or len(parties) + unnamed < 2:
        return
    if drafts and goes_on(seal, drafts[-1]):
        drafts[-1].parties = list(by_side([*drafts[-1].parties, *parties]))
        drafts[-1].spans.append(scene.parse.span(verb.sent))
        return
    draft = Draft(head=verb, seal=seal, parties=list(parties), mentions=[verb], status=seal.status, unnamed=unnamed)
    draft.spans.append(scene.parse.span(verb.doc[verb.i : max(t.i for t in goal.subtree) + 1]))
    add_time_and_place(scene, verb, verb, draft)
    if draft.place is not None and is_of_goal(scene, draft.place, goal):
        draft.place = None
    drafts.append(draft)


def is_of_goal(scene: Scene, place: PlaceRef, goal: Token) -> bool:
    """Whether the place is that of what will be done ('to hold patrols in the Timor Sea'), and no day stands beside it."""
    inside = [t for t in goal.subtree if place.span and place.span.overlaps(scene.parse.span(t))]
    if not inside:
        return False
    first, last = inside[0].i, inside[-1].i
    beside = [t for t in goal.doc[max(0, first - 3) : last + 3] if t.ent_type_ in {"DATE", "TIME"}]
    return not beside


def goal_of(verb: Token) -> Token | None:
    """What was agreed: 'to reopen the border', 'on how to share it', 'on the sharing of it', 'that troops would leave'."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "xcomp" and any(g.tag_ == "TO" for g in child.children):
            return child
        if child.dep_ == "ccomp" and any(g.dep_ == "aux" and g.lower_ in FUTURE - {"should"} for g in child.children):
            return child
        if child.dep_ == "prep" and child.lower_ in {"on", "upon", "to"}:
            what = next((g for g in child.children if g.dep_ == "pcomp" or (g.dep_ == "pobj" and is_thing(g))), None)
            if what is not None:
                return child
    return None


def only_talks(goal: Token) -> bool:
    """'agreed to meet again', 'agreed to keep talking': nothing is settled."""
    return goal.lemma_ in words("agreement")["only_talking"] or any(
        c.lemma_ in {"talk", "negotiate", "meet"} for c in children(goal, "xcomp")
    )


def told_with(verb: Token, goal: Token) -> list[Token]:
    """The words in which a noun may name what was agreed: the goal's and the object of 'agreed a declaration'."""
    return [*goal.subtree, *children(verb, "dobj")]


def is_thing(noun: Token) -> bool:
    """Not a day, not a place, and not an agreement that is read by its own name."""
    return noun.ent_type_ not in {"DATE", "TIME", "GPE"} and noun.pos_ == "NOUN" and not is_agreement_noun(noun)


def goes_on(seal: Seal, draft: Draft) -> bool:
    """Whether 'they agreed to' in the sentence after says more of the agreement that a noun named."""
    near = draft.mentions[-1].sent.end >= seal.verb.sent.start
    return near and draft.head.pos_ != "VERB" and all(t.lower_ in THEY for t in seal.by)


def is_sealed(token: Token) -> bool:
    return is_agreement_noun(token) and (seal := seal_of(token)) is not None and not seal.loose
