"""Plans that somebody proposed: by whom, what for what, and who is for or against.

A plan is put on record when the text calls it one of steps ("step-by-step framework"), tells its mechanism ("As
Iran allays these issues, the plan would reward it by ..."), or says who proposed it and who takes sides on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, DateRef, Event, PlanProposal, Position, Side, Stance
from ..document import Span, cover
from ..language import Clock, Parse
from .phrases import actors_at, by_key, children, joined, phrase_of, prepositional, subject_of
from .words import words

EXTRACTOR = "plans/1"
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass
class Draft:
    """A plan while the document is being read."""

    head: Token
    mentions: list[Token] = field(default_factory=list)
    stepwise: bool = False
    proposed_by: list[ActorRef] = field(default_factory=list)
    announced_by: list[ActorRef] = field(default_factory=list)
    announced_on: DateRef | None = None
    gives: list[Span] = field(default_factory=list)
    gets: list[Span] = field(default_factory=list)
    mechanism: list[TokenSpan] = field(default_factory=list)
    parties: list[ActorRef] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)

    @property
    def worth_recording(self) -> bool:
        """Steps, a mechanism, or a proposer with somebody's position; a bare 'plan' is nothing."""
        agreed = self.head.lemma_.lower() in words("plan")["agreed"]
        if self.mechanism and (self.gives or self.gets):
            return True
        return not agreed and (self.stepwise or bool(self.proposed_by)) and bool(self.positions or self.mechanism)


@dataclass(frozen=True)
class Scene:
    parse: Parse
    who: Who
    clock: Clock
    events: tuple[Event, ...]
    stances: tuple[Stance, ...]


def find_plans(
    parse: Parse, who: Who, clock: Clock, events: tuple[Event, ...], stances: tuple[Stance, ...]
) -> tuple[PlanProposal, ...]:
    """The step-by-step plans that one document tells of."""
    scene = Scene(parse, who, clock, events, stances)
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
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("plan")["nouns"]


def is_stepwise(noun: Token) -> bool:
    """Whether a modifier makes it a plan of steps; hyphenated ones are several tokens to the parser."""
    start, _ = phrase_of(noun)
    before = noun.doc[max(start, noun.i - 9) : noun.i].text.lower()
    return any(word in before for word in words("plan")["stepwise"])


def read_mention(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """Starts a plan at `noun`, or adds what this mention says to the plan that it means."""
    stepwise = is_stepwise(noun)
    draft = same_plan(noun, stepwise, drafts)
    if draft is None:
        draft = Draft(head=noun)
        drafts.append(draft)
    draft.mentions.append(noun)
    if stepwise and not draft.stepwise:
        draft.stepwise, draft.head = True, noun
    add_makers(scene, noun, draft)


def same_plan(noun: Token, stepwise: bool, drafts: list[Draft]) -> Draft | None:
    """The plan that this mention means: a stepwise one for a stepwise mention, else the latest for 'the plan'."""
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
    if noun.lemma_.lower() in words("plan")["agreed"]:
        agreed = [d for d in drafts if d.head.lemma_.lower() in words("plan")["agreed"]]
        return (same or agreed or [None])[-1]  # type: ignore[list-item]
    stepwise_drafts = [d for d in drafts if d.stepwise]
    return (same or stepwise_drafts or [None])[-1]  # type: ignore[list-item]


def add_makers(scene: Scene, noun: Token, draft: Draft) -> None:
    """Who proposed it, who announced it and when, as far as this mention says."""
    table = words("plan")
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in {"amod", "compound"} and child.ent_type_ in {"NORP", "GPE"}):
            remember(draft.proposed_by, actors_at(scene.who, [child]))
    for verb in participles(noun):
        makers = actors_at(scene.who, prepositional(verb, "by"))
        if verb.lemma_ in table["announcing"] and (draft.proposed_by or verb.lemma_ not in table["proposing"]):
            remember(draft.announced_by, makers)
            draft.announced_on = draft.announced_on or scene.clock.date_of(verb)
        elif verb.lemma_ in table["proposing"]:
            remember(draft.proposed_by, makers)
    if noun.dep_ in {"dobj", "obj"} and noun.head.lemma_ in table["proposing"] | table["announcing"]:
        makers = actors_at(scene.who, subject_of(noun.head))
        remember(draft.proposed_by, makers)
        draft.announced_on = draft.announced_on or scene.clock.date_of(noun.head)


def participles(noun: Token) -> list[Token]:
    """'conceived by A and announced by B': the participles after the noun.

    The parser often hangs the second one on the main verb, so a participle with its own 'by' phrase that follows
    the first after 'and' counts too.
    """
    first = [v for v in children(noun, "acl", "relcl") if v.tag_ in {"VBN", "VBD"}]
    second = [
        t
        for v in first
        for t in noun.sent
        if t.i > v.i and t.tag_ in {"VBN", "VBD"} and t.dep_ == "conj" and children(t, "agent")
    ]
    return first + [t for t in second if t not in first]


def remember(known: list[ActorRef], refs: list[ActorRef]) -> None:
    keys = {(r.key, r.person) for r in known}
    known += [r for r in refs if (r.key, r.person) not in keys]


def read_mechanism(scene: Scene, sentence: TokenSpan, drafts: list[Draft]) -> None:
    """What is given and what is got, where the sentence ties one to the other and a plan is being talked of."""
    draft = plan_under_way(sentence, drafts)
    if draft is None:
        return
    table = words("plan")
    lowered = sentence.text.lower()
    for verb in sentence:
        if verb.dep_ == "advcl" and ties(verb) and is_open(verb.head):
            draft.gives.append(clause_span(scene, given_by(verb)))
            draft.gets.append(clause_span(scene, verb.head, without=verb))
            add_mechanism(scene, sentence, draft)
    phrase = next((p for p in table["in_return"] if p in lowered), None)
    if phrase and sentence not in draft.mechanism:
        draft.gets.append(scene.parse.span(sentence))
        if draft.mechanism:
            draft.gives.append(scene.parse.span(draft.mechanism[-1]))
        add_mechanism(scene, sentence, draft)
    elif any(m.sent == sentence and m.dep_ in {"nsubj", "pobj"} for m in draft.mentions) and future(sentence):
        add_mechanism(scene, sentence, draft)


def ties(verb: Token) -> bool:
    """Whether the clause begins with 'as', 'if', 'once': a condition for what its head promises."""
    return any(c.dep_ in {"mark", "advmod"} and c.lower_ in words("plan")["while_words"] for c in verb.children)


def is_open(verb: Token) -> bool:
    """Whether the clause is about what is still to be done: a modal, not a past tense."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def given_by(verb: Token) -> Token:
    """The verb of what is given; for 'as they do so' the verb of the clause before."""
    if verb.lemma_ == "do" and any(c.lower_ == "so" for c in verb.children) and verb.head.dep_ == "conj":
        return verb.head.head
    return verb


def plan_under_way(sentence: TokenSpan, drafts: list[Draft]) -> Draft | None:
    """The plan that this sentence, or the one before it, talks of."""
    for draft in reversed(drafts):
        last = draft.mentions[-1]
        if last.sent == sentence or last.sent.end == sentence.start:
            return draft
        if draft.mechanism and draft.mechanism[-1].end == sentence.start:
            return draft
    return None


def future(sentence: TokenSpan) -> bool:
    return any(t.dep_ == "aux" and t.lower_ in {"will", "would", "shall", "should"} for t in sentence)


def add_mechanism(scene: Scene, sentence: TokenSpan, draft: Draft) -> None:
    if sentence not in draft.mechanism:
        draft.mechanism.append(sentence)
        remember_parties(draft, actors_at(scene.who, sentence))


def remember_parties(draft: Draft, refs: list[ActorRef]) -> None:
    draft.parties = list(by_key([*draft.parties, *refs]))


def clause_span(scene: Scene, verb: Token, without: Token | None = None) -> Span:
    """The words of a clause, without other clauses with subjects of their own and the punctuation at its ends."""
    others = [c for c in children(verb, "conj") if children(c, "nsubj", "nsubjpass")]
    left_out = {t for v in (without, *others) if v is not None for t in v.subtree}
    tokens = [t for t in verb.subtree if t not in left_out and not t.is_space]
    while tokens and tokens[0].is_punct:
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ == "cc"):
        tokens.pop()
    kept = [t.i for t in tokens]
    return scene.parse.span(verb.doc[min(kept) : max(kept) + 1])


def add_positions(scene: Scene, draft: Draft) -> None:
    """Proposers are for it; stances and events whose topic is the plan say the rest."""
    for ref in draft.proposed_by:
        if ref.span is not None:
            take(draft, ref, "favour", evidence_of_proposal(scene, draft, ref), "proposed it")
    mentions = [scene.parse.span(m) for m in draft.mentions]
    for stance in scene.stances:
        topic = stance.topic_span
        if topic and stance.side in {"favour", "oppose", "mixed"} and any(topic.overlaps(m) for m in mentions):
            for ref in stance.holders:
                take(draft, ref, stance.side, stance.span, "")
    for event in scene.events:
        side = {"REJECT": "oppose", "ACCUSE": "oppose", "SUPPORT": "favour", "AGREE": "favour"}.get(event.type)
        if side and event.status == "done" and any(hit(scene, event, m) for m in draft.mentions):
            for ref in event.actors:
                take(draft, ref, side, event.span, "")  # type: ignore[arg-type]
    for mention in draft.mentions:
        add_wish(scene, mention, draft)


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
                take(draft, ref, "favour", evidence, "speaks of reviving it; a weak sign")


def take(draft: Draft, ref: ActorRef, side: Side, evidence: Span, note: str) -> None:
    if all((p.party.key, p.side) != (ref.key, side) for p in draft.positions):
        draft.positions.append(Position(party=ref, side=side, evidence=evidence, note=note))


def finish(scene: Scene, draft: Draft) -> PlanProposal:
    spans = tuple(
        sorted({scene.parse.span(s) for s in draft.mechanism} | {scene.parse.span(m) for m in draft.mentions})
    )
    return PlanProposal(
        document=scene.parse.document.id,
        span=cover(scene.parse.span(draft.head.sent), scene.parse.span(draft.head)),
        confidence=round(0.4 + 0.2 * draft.stepwise + 0.2 * bool(draft.mechanism) + 0.1 * bool(draft.proposed_by), 2),
        extractor=EXTRACTOR,
        why="called a plan of steps"
        if draft.stepwise
        else "its mechanism is told"
        if draft.mechanism
        else "proposed, with positions",
        name=name_of(draft.head),
        proposed_by=tuple(draft.proposed_by),
        announced_by=tuple(draft.announced_by),
        announced_on=draft.announced_on,
        parties=tuple(draft.parties),
        gives=tuple(dict.fromkeys(draft.gives)),
        gets=tuple(dict.fromkeys(draft.gets)),
        mechanism=" ".join(s.text.strip() for s in draft.mechanism),
        positions=tuple(draft.positions),
        spans=spans,
    )


def name_of(head: Token) -> str:
    """The modifiers and the noun, without article, owner and quotation marks: 'step-by-step framework'."""
    start, _ = phrase_of(head)
    owners = {t for c in children(head, "poss", "det") for t in c.subtree}
    tokens = [t for t in head.doc[start : head.i + 1] if t not in owners and not t.is_quote]
    return joined(tokens)
