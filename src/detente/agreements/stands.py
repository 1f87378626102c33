"""Where the parties of a plan stand: its proposers, those who take a side, and those who speak only of its subject."""

from __future__ import annotations

from spacy.tokens import Token

from ..claims import ActorRef, Event, Position, Side
from ..document import Span, cover
from .parties import in_dateline, known
from .phrases import actors_at, by_key, children, subject_of
from .positions import Taken, holders_of, sides_taken
from .telling import Draft, Scene
from .words import words


def add_positions(scene: Scene, draft: Draft) -> None:
    """Proposers are for it; stances, events and verbs whose object is the plan say the rest."""
    for ref in draft.makers.proposed_by:
        if ref.span is not None:
            take(scene, draft, ref, "favour", evidence_of_proposal(scene, draft, ref), "proposed it")
    taken_here = list(sides_taken(scene.parse, scene.who, draft.mentions, scene.speaker_of))
    for taken in taken_here:
        words_ = evidence_of_side(scene, taken)
        sentence = scene.parse.span(taken.verb.sent)
        for ref in taken.holders:
            here = ref.span is not None and sentence.contains(ref.span)
            take(scene, draft, ref, taken.side, cover(ref.span, words_) if here and ref.span else words_, "")
    answers = [t for t in taken_here if t.verb.lemma_ in words("plan")["answering_to"]]
    told = [r for t in answers for r in known(t.holders)]
    draft.parties = list(by_key([*draft.makers.addressed, *draft.parties, *told]))
    read = {t.mention for t in taken_here}
    mentions = [m for m in draft.mentions if m not in read]
    spans = [scene.parse.span(m) for m in mentions]
    for stance in scene.stances:
        topic = stance.topic_span
        if topic and stance.side in {"favour", "oppose", "mixed"} and any(topic.overlaps(s) for s in spans):
            for ref in stance.holders:
                take(scene, draft, ref, stance.side, stance.span, "")
    for event in scene.events:
        side = {"REJECT": "oppose", "ACCUSE": "oppose", "SUPPORT": "favour", "AGREE": "favour"}.get(event.type)
        if side and event.status == "done" and any(hit(scene, event, m) for m in mentions):
            for ref in event.actors:
                take(scene, draft, ref, side, event.span, "")  # type: ignore[arg-type]
    for mention in draft.mentions:
        add_wish(scene, mention, draft)
    add_neutral(scene, draft)


def add_neutral(scene: Scene, draft: Draft) -> None:
    """Who speaks for or against the measure that the plan would lift, and takes no side on the plan itself."""
    text = scene.parse.document.text
    got = " ".join(p.span.of(text).lower() for s in draft.mechanism.steps for p in s.get)
    measures = {w for w in words("plan")["measures"] if w in got.split()}
    if not draft.stepwise or not measures:
        return
    told = [scene.parse.span(s) for s in draft.told]
    for stance in scene.stances:
        if any(t.overlaps(stance.span) for t in told):
            continue
        if stance.side in {"favour", "oppose"} and measures & set(stance.topic.lower().split()):
            for ref in known(stance.holders):
                if all(p.party.key != ref.key for p in draft.positions):
                    words_ = with_object(scene, stance.span)
                    take(scene, draft, ref, "neutral", words_, "speaks of what the plan would lift, not of the plan")


def with_object(scene: Scene, span: Span) -> Span:
    """The words of a stance with the object of its last verb: 'sanctions won't resolve' and 'the problems'."""
    tokens = scene.parse.tokens(span)
    objects = children(tokens[-1], "dobj") if tokens else []
    return (
        cover(span, scene.parse.span(objects[0].doc[tokens[-1].i : objects[0].i + 1])) if tokens and objects else span
    )


def evidence_of_side(scene: Scene, taken: Taken) -> Span:
    """From whoever takes the side, with the words before the name, to the plan."""
    holders = [t for s in holders_of(taken.verb) for t in s.subtree if t.i < max(taken.verb.i, s.i) + 1]
    tokens = [
        taken.verb,
        taken.mention,
        *taken.said,
        *children(taken.verb, "prt"),
        *(t for t in holders if t.sent == taken.verb.sent),
    ]
    first, last = min(t.i for t in tokens), max(t.i for t in tokens)
    return scene.parse.span(taken.verb.doc[first : last + 1])


def evidence_of_proposal(scene: Scene, draft: Draft, ref: ActorRef) -> Span:
    near = next(
        (m for m in draft.mentions if ref.span and m.sent.start_char <= ref.span.start < m.sent.end_char),
        None,
    )
    assert ref.span is not None
    return cover(ref.span, scene.parse.span(near)) if near is not None else ref.span


def hit(scene: Scene, event: Event, mention: Token) -> bool:
    """Whether the plan is the object of the event's verb, as in 'rejected that plan'."""
    if event.trigger is None:
        return False
    trigger = scene.parse.tokens(event.trigger)
    return trigger is not None and mention.dep_ in {"dobj", "nsubjpass", "obj"} and mention.head in list(trigger)


def add_wish(scene: Scene, mention: Token, draft: Draft) -> None:
    """'A discussed revival of the talks under the plan': who speaks of reviving it wants it."""
    node = mention
    while node.dep_ in {"pobj", "prep", "compound", "poss"} and node.head != node:
        node = node.head
        if node.lemma_ in words("plan")["wanted"] and node.dep_ in {"dobj", "obj"}:
            evidence = cover(*(scene.parse.span(t) for t in (*subject_of(node.head), node, mention)))
            for ref in actors_at(scene.who, subject_of(node.head)):
                take(scene, draft, ref, "favour", evidence, "speaks of reviving it; a weak sign")


def who_is(ref: ActorRef) -> str:
    """The state, or the group in it that speaks for itself: rebels and parties of one state take sides of their own."""
    own = ref.role and ref.role not in words("position")["official"]
    return (ref.id if ref.id and not ref.id.startswith("person:") else ref.person or ref.text) if own else ref.key


def take(scene: Scene, draft: Draft, ref: ActorRef, side: Side, evidence: Span, note: str) -> None:
    name = scene.parse.tokens(ref.span) if ref.span else None
    if (name and in_dateline(name[0])) or (ref.text.lower() in {"we", "i", "they"} and not ref.country):
        return
    if all((who_is(p.party), p.side) != (who_is(ref), side) for p in draft.positions):
        draft.positions.append(Position(party=ref, side=side, evidence=evidence, note=note))
