"""Plans that somebody proposed: by whom, what for what, and who is for or against.

A plan is put on record when the text calls it one of steps ("step-by-step framework"), tells its mechanism ("As
Iran allays these issues, the plan would reward it by ..."), or says who proposed it and who takes sides on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Attribution, Event, PlanProposal, Position, Promise, Side, Stance
from ..document import Span, cover
from ..language import Clock, Parse
from .makers import Makers, participles
from .mechanism import BROKEN, Mechanism
from .parties import in_dateline, known
from .phrases import actors_at, by_key, children, joined, outer, phrase_of, subject_of
from .positions import Taken, holders_of, sides_taken
from .ties import STAGE, connectives
from .words import words

EXTRACTOR = "plans/2"
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their"})
COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|multiple|several|\d+)[\s-]+"
    r"(?:stage|phase|step|part|tranche|track|tier)s?\b",
    re.I,
)
IN_STEPS = re.compile(
    r"^\s*(?:\w+\s+)?(?:in|of|with|by|over)\s+(?:\w+[\s-]+){0,3}(?:stages|phases|steps|instal+ments|tranches)\b", re.I
)
REACH = 3
"""How many sentences after the last one about the plan an expressly staged sentence may follow."""


@dataclass
class Draft:
    """A plan while the document is being read."""

    head: Token
    mechanism: Mechanism
    mentions: list[Token] = field(default_factory=list)
    stepwise: bool = False
    makers: Makers = field(default_factory=Makers)
    titled: bool = False
    """Whether its name is from where the text says who made it."""
    told: list[TokenSpan] = field(default_factory=list)
    parties: list[ActorRef] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)
    """Who else is spoken of where the steps are told ('the rebels'): no parties, but somebody to promise something."""
    positions: list[Position] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.head.lemma_.lower()

    @property
    def worth_recording(self) -> bool:
        """Steps, a mechanism between two actors, or a proposer with somebody's position; a bare 'plan' is nothing."""
        table = words("plan")
        steps = [s for s in self.mechanism.steps if s.tie != BROKEN]
        actors = {r.key for r in (*self.makers.proposed_by, *self.parties)} | self.unnamed
        if self.kind in table["steps_only"]:
            return bool(steps) and (self.stepwise or any(s.get for s in steps))
        if steps and (self.stepwise or len(actors) > 1) and (self.stepwise or any(s.get for s in steps)):
            return True
        others = {p.party.key for p in self.positions} - {r.key for r in self.makers.proposed_by}
        if self.kind in table["agreed"] and not self.stepwise:
            return False
        return (self.stepwise and bool(self.positions or self.told)) or (bool(self.makers.proposed_by) and bool(others))


@dataclass(frozen=True)
class Scene:
    parse: Parse
    who: Who
    clock: Clock
    events: tuple[Event, ...]
    stances: tuple[Stance, ...]
    attributions: tuple[Attribution, ...] = ()

    def speaker_of(self, token: Token) -> tuple[ActorRef, ...]:
        """Who speaks in the quotation in which the word stands."""
        span = self.parse.span(token)
        inside = (a for a in self.attributions if any(c.contains(span) for c in a.content))
        return next((a.speakers for a in inside if a.speakers), ())


def find_plans(
    parse: Parse,
    who: Who,
    clock: Clock,
    events: tuple[Event, ...],
    stances: tuple[Stance, ...],
    attributions: tuple[Attribution, ...] = (),
) -> tuple[PlanProposal, ...]:
    """The step-by-step plans that one document tells of."""
    scene = Scene(parse, who, clock, events, stances, attributions)
    drafts: list[Draft] = []
    for sentence in parse.doc.sents:
        for token in sentence:
            if is_plan_noun(token):
                read_mention(scene, token, drafts)
        read_mechanism(scene, sentence, drafts)
    for draft in drafts:
        add_positions(scene, draft)
    return tuple(finish(scene, d) for d in drafts if d.worth_recording)


def is_plan_noun(token: Token) -> bool:
    """A noun that can name a plan: not the first half of 'ceasefire plan', not the 'exchange' of 'in exchange'."""
    nouns = words("plan")["nouns"]
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.lemma_.lower() not in nouns:
        return token.lower_ in words("plan")["again"] and any(c.lower_ in DEFINITE for c in token.children)
    if token.dep_ == "compound" and token.head.lemma_.lower() in nouns:
        return False
    return not (token.dep_ == "pobj" and token.i == token.head.i + 1 and token.head.lower_ == "in")


def is_stepwise(noun: Token) -> bool:
    """Whether a modifier makes it a plan of steps; hyphenated ones are several tokens to the parser."""
    start, _ = phrase_of(noun)
    before = noun.doc[max(start, noun.i - 9) : noun.i].text.lower().replace("–", "-")
    after = noun.doc[noun.i + 1 : noun.i + 8].text
    called = any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", before) for word in words("plan")["stepwise"])
    return called or bool(COUNTED.search(before)) or bool(IN_STEPS.match(after))


def read_mention(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """Starts a plan at `noun`, or adds what this mention says to the plan that it means."""
    stepwise = is_stepwise(noun)
    draft = same_plan(noun, stepwise, drafts)
    if draft is None:
        if noun.lower_ in words("plan")["again"] or is_time_anchor(noun):
            return
        if noun.lemma_.lower() in words("plan")["steps_only"] and not stepwise:
            return
        makers = Makers()
        draft = Draft(head=noun, mechanism=Mechanism(scene.parse, scene.who, makers.addressed), makers=makers)
        drafts.append(draft)
    draft.mentions.append(noun)
    if stepwise and not draft.stepwise:
        draft.stepwise, draft.head = True, noun
    known = len(draft.makers.proposed_by) + len(draft.makers.announced_by)
    draft.makers.read(scene.who, scene.clock, noun)
    told = len(draft.makers.proposed_by) + len(draft.makers.announced_by) > known
    if (
        told
        and (stepwise or not draft.stepwise)
        and not draft.titled
        and (outer(noun).head.pos_ == "VERB" or participles(noun))
    ):
        draft.titled, draft.head = True, noun


def is_time_anchor(noun: Token) -> bool:
    """'within a month of an agreement': a day to count from, no plan."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "after", "following"} else None
    return (
        above is not None
        and (above.ent_type_ in {"DATE", "TIME"} or above.pos_ in {"VERB", "AUX"})
        and not any(c.lower_ in DEFINITE for c in noun.children)
    )


def same_plan(noun: Token, stepwise: bool, drafts: list[Draft]) -> Draft | None:
    """The plan that this mention means: a stepwise one for a stepwise mention, else the latest for 'the plan'."""
    table = words("plan")
    kind = noun.lemma_.lower()
    if stepwise:
        return next((d for d in reversed(drafts) if d.stepwise), None)
    if noun.dep_ == "pobj" and noun.head.lower_ == "on":
        around = next((d for d in drafts if noun.head.head in d.mentions), None)
        if around is not None:
            around.head = noun
            return around
    definite = any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in noun.children)
    if not definite:
        return None
    same = [d for d in drafts if any(m.lemma_ == noun.lemma_ for m in d.mentions)]
    if same:
        return same[-1]
    if kind in table["agreed"]:
        return next((d for d in reversed(drafts) if d.kind in table["agreed"] or d.stepwise), None)
    if kind in table["generic"]:
        return next((d for d in reversed(drafts) if d.stepwise or d.makers.proposed_by), None)
    return next((d for d in reversed(drafts) if d.stepwise), None) if kind not in table["steps_only"] else None


def read_mechanism(scene: Scene, sentence: TokenSpan, drafts: list[Draft]) -> None:
    """What is given and what is got, where the sentence speaks of a plan that is being told."""
    draft = plan_under_way(sentence, drafts)
    if draft is None:
        return
    named = any(m.sent == sentence for m in draft.mentions)
    staged = bool(STAGE.search(sentence.text))
    scoped = (draft.stepwise or named or staged or bool(draft.told)) and (named or staged or draft.stepwise)
    if draft.mechanism.read(sentence, draft.mentions, scoped=scoped and is_told(sentence, draft, named, staged)) or (
        any(m.sent == sentence and m.dep_ in {"nsubj", "pobj"} for m in draft.mentions) and is_future(sentence)
    ):
        add_told(scene, sentence, draft)


def is_told(sentence: TokenSpan, draft: Draft, named: bool, staged: bool) -> bool:
    """Whether a bare 'A would do B' in this sentence is a step: it opens with the plan, a stage, or goes on telling."""
    if staged or any(m.sent == sentence for m in draft.mentions):
        return True
    last = draft.told[-1] if draft.told else draft.mentions[-1].sent
    return last.end == sentence.start


def plan_under_way(sentence: TokenSpan, drafts: list[Draft]) -> Draft | None:
    """The plan that this sentence, or one shortly before it, talks of."""
    expressly = bool(STAGE.search(sentence.text)) or next(iter(connectives(sentence)), None) is not None
    named = [d for d in reversed(drafts) if any(m.sent == sentence for m in d.mentions)]
    if named:
        return next((d for d in named if d.stepwise), named[0])
    for draft in reversed(drafts):
        if draft.mentions[-1].sent.end == sentence.start or (draft.told and draft.told[-1].end == sentence.start):
            return draft
        if expressly and draft.told and sentences_between(draft.told[-1], sentence) < REACH:
            return draft
    return None


def sentences_between(one: TokenSpan, two: TokenSpan) -> int:
    return sum(1 for t in one.doc[one.end : two.start] if t.is_sent_start)


def is_future(sentence: TokenSpan) -> bool:
    return any(t.dep_ == "aux" and t.lower_ in {"will", "would", "shall", "should"} for t in sentence)


def add_told(scene: Scene, sentence: TokenSpan, draft: Draft) -> None:
    if sentence not in draft.told:
        draft.told.append(sentence)
        makers = {
            t for m in draft.mentions for c in m.children if c.dep_ in {"poss", "amod", "compound"} for t in c.subtree
        }
        named = known(actors_at(scene.who, [t for t in sentence if t not in makers]))
        draft.parties = list(by_key([*draft.parties, *named]))
        around = [sentence, *(m.sent for m in draft.mentions)]
        draft.unnamed |= {r.key for s in around for r in actors_at(scene.who, s) if not r.person}


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
    for stance in scene.stances:
        if stance.side in {"favour", "oppose"} and measures & set(stance.topic.lower().split()):
            for ref in known(stance.holders):
                if all(p.party.key != ref.key for p in draft.positions):
                    take(
                        scene, draft, ref, "neutral", stance.span, "speaks of what the plan would lift, not of the plan"
                    )


def evidence_of_side(scene: Scene, taken: Taken) -> Span:
    """From whoever takes the side, with the words before the name, to the plan."""
    holders = [t for s in holders_of(taken.verb) for t in s.subtree if t.i < max(taken.verb.i, s.i) + 1]
    tokens = [taken.verb, taken.mention, *(t for t in holders if t.sent == taken.verb.sent)]
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


def take(scene: Scene, draft: Draft, ref: ActorRef, side: Side, evidence: Span, note: str) -> None:
    name = scene.parse.tokens(ref.span) if ref.span else None
    if name and in_dateline(name[0]):
        return
    if all((p.party.key, p.side) != (ref.key, side) for p in draft.positions):
        draft.positions.append(Position(party=ref, side=side, evidence=evidence, note=note))


def finish(scene: Scene, draft: Draft) -> PlanProposal:
    steps = sorted(draft.mechanism.steps, key=lambda s: min(p.span for p in (*s.give, *s.get)))
    spans = tuple(sorted({scene.parse.span(s) for s in draft.told} | {scene.parse.span(m) for m in draft.mentions}))
    return PlanProposal(
        document=scene.parse.document.id,
        span=cover(scene.parse.span(draft.head.sent), scene.parse.span(draft.head)),
        confidence=round(0.4 + 0.2 * draft.stepwise + 0.2 * bool(draft.told) + 0.1 * bool(draft.makers.proposed_by), 2),
        extractor=EXTRACTOR,
        why="called a plan of steps"
        if draft.stepwise
        else "its mechanism is told"
        if draft.told
        else "proposed, with positions",
        name=name_of(draft.head),
        proposed_by=tuple(draft.makers.proposed_by),
        announced_by=tuple(draft.makers.announced_by),
        announced_on=draft.makers.announced_on,
        parties=tuple(draft.parties),
        gives=spans_of(p for s in steps if s.tie != BROKEN for p in s.give),
        gets=spans_of(p for s in steps if s.tie != BROKEN for p in s.get),
        steps=tuple(s.done() for s in steps),
        mechanism=" ".join(s.text.strip() for s in draft.told),
        positions=tuple(draft.positions),
        spans=spans,
    )


def spans_of(side: Iterable[Promise]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(p.span for p in side))


def name_of(head: Token) -> str:
    """The modifiers and the noun, without article, owner and quotation marks: 'step-by-step framework'."""
    start, _ = phrase_of(head)
    owners = {t for c in children(head, "poss", "det") for t in c.subtree}
    end = head.i + 3 if head.doc[head.i + 1 : head.i + 3].text.lower() == "of action" else head.i + 1
    return joined([t for t in head.doc[start:end] if t not in owners and not t.is_quote])
