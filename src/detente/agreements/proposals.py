"""Plans that somebody proposed: by whom, what for what, and who is for or against.

A plan is put on record when the text calls it one of steps ("step-by-step framework"), tells its mechanism ("As
Iran allays these issues, the plan would reward it by ..."), or says who proposed it and who takes sides on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import Attribution, Event, PlanProposal, Promise, Stance
from ..document import Span, cover
from ..language import Clock, Parse
from .breaches import MAY_BREAK, breach_in
from .going_on import goes_on, introduces, partners_of
from .makers import Makers, participles, remember
from .mechanism import BROKEN, Mechanism
from .parties import known
from .phrases import actors_at, by_key, children, joined, outer, phrase_of
from .stands import add_positions
from .telling import Draft, Scene
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
    r"^\s*(?:[\w-]+\s+){0,5}?(?:in|of|with|by|over)\s+(?:\w+[\s-]+){0,3}(?:stages|phases|steps|instal+ments|tranches)\b",
    re.I,
)
OF_ITS_OWN = re.compile(r"of (its|his|her|their) own\b", re.I)
WATCHING = frozenset({"certify", "inspect", "monitor", "observe", "oversee", "supervise", "verify"})
REACH = 3
"""How many sentences after the last one about the plan an expressly staged sentence may follow."""


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
    remember(draft.makers.addressed, partners_of(scene.who, noun))
    draft.introduced = draft.introduced or introduces(noun)
    told = len(draft.makers.proposed_by) + len(draft.makers.announced_by) > known
    if told and (stepwise or not draft.stepwise) and not draft.titled and is_made(noun):
        draft.titled, draft.head = True, noun


def is_made(noun: Token) -> bool:
    """Whether the mention stands with the verb that makes it a plan: 'conceived by A', 'A presented a plan'."""
    made = words("plan")["proposing"] | words("plan")["announcing"]
    return any(v.lemma_ in made for v in (*participles(noun), outer(noun).head))


def is_time_anchor(noun: Token) -> bool:
    """'within a month of an agreement', 'two weeks after the ceasefire': a day to count from, no plan."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "after", "following"} else None
    if above is None:
        return False
    counted = above.ent_type_ in {"DATE", "TIME"}
    other = above.lemma_ in words("agreement")["acts"] or above.pos_ in {"VERB", "AUX"}
    return counted or (other and not any(c.lower_ in DEFINITE for c in noun.children))


def same_plan(noun: Token, stepwise: bool, drafts: list[Draft]) -> Draft | None:
    """The plan that this mention means: a stepwise one for a stepwise mention, else the latest for 'the plan'."""
    table = words("plan")
    kind = noun.lemma_.lower()
    if noun.dep_ == "dobj" and noun.head.dep_ == "relcl":  # 'an accord that lays out a timetable'
        around = next((d for d in drafts if noun.head.head in d.mentions), None)
        if around is not None:
            return around
    if noun.dep_ == "pobj" and noun.head.lower_ == "on":
        around = next((d for d in drafts if noun.head.head in d.mentions), None)
        if around is not None:
            around.head = noun
            return around
    if stepwise:
        return next((d for d in reversed(drafts) if d.stepwise), None)
    definite = any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in noun.children)
    if not definite and not (noun.i and noun.nbor(-1).lower_ in DEFINITE):
        return None
    same = [d for d in drafts if any(m.lemma_ == noun.lemma_ for m in d.mentions)]
    if same:
        return next((d for d in reversed(same) if not is_aside(d.head)), same[-1])
    if kind in table["agreed"]:
        return next((d for d in reversed(drafts) if d.kind in table["agreed"] or d.stepwise), None)
    if kind in table["generic"]:
        return next((d for d in reversed(drafts) if d.stepwise or d.makers.proposed_by), None)
    return next((d for d in reversed(drafts) if d.stepwise), None) if kind not in table["steps_only"] else None


def is_aside(noun: Token) -> bool:
    """'B had a plan of its own': named beside another, which 'the plan' goes on to mean."""
    return bool(OF_ITS_OWN.match(noun.doc[noun.i + 1 : noun.i + 4].text))


def read_mechanism(scene: Scene, sentence: TokenSpan, drafts: list[Draft]) -> None:
    """What is given and what is got, where the sentence speaks of a plan that is being told."""
    draft = plan_under_way(sentence, drafts)
    if draft is None:
        return
    named = any(is_inside(m, sentence) for m in draft.mentions)
    staged = bool(STAGE.search(sentence.text))
    watching = bool(draft.told) and any(t.lemma_ in WATCHING for t in sentence)
    further = goes_on(sentence, draft)
    draft.stepwise = draft.stepwise or (further and opens_by_steps(sentence))
    scoped = named or staged or draft.stepwise or watching or further
    if draft.mechanism.read(sentence, draft.mentions, scoped=scoped and is_told(sentence, draft, named, staged)) or (
        any(is_inside(m, sentence) and m.dep_ in {"nsubj", "pobj"} for m in draft.mentions) and is_future(sentence)
    ):
        add_told(scene, sentence, draft)


def opens_by_steps(sentence: TokenSpan) -> bool:
    """'Step by step, the troops will return': the plan is one of steps, whatever it was called."""
    return sentence.text.lower().startswith(tuple(words("plan")["by_steps"]))


def is_told(sentence: TokenSpan, draft: Draft, named: bool, staged: bool) -> bool:
    """Whether a bare 'A would do B' in this sentence is a step: it opens with the plan, a stage, or goes on telling."""
    if staged or any(is_inside(m, sentence) for m in draft.mentions):
        return True
    last = draft.told[-1] if draft.told else draft.mentions[-1].sent
    return last.end == sentence.start


def is_inside(token: Token, sentence: TokenSpan) -> bool:
    return sentence.start <= token.i < sentence.end


def plan_under_way(sentence: TokenSpan, drafts: list[Draft]) -> Draft | None:
    """The plan that this sentence, or one shortly before it, talks of."""
    if not drafts:
        return None
    named = [d for d in reversed(drafts) if any(is_inside(m, sentence) for m in d.mentions)]
    if named:
        first = {id(d): min(m.i for m in d.mentions if is_inside(m, sentence)) for d in named}
        return min(named, key=lambda d: (not d.stepwise, not d.makers.proposed_by, first[id(d)]))
    text = sentence.text
    expressly = (
        bool(STAGE.search(text))
        or next(iter(connectives(sentence)), None) is not None
        or (not MAY_BREAK.isdisjoint(t.lower_ for t in sentence) and breach_in(text) is not None)
    )
    for draft in sorted(reversed(drafts), key=lambda d: not d.stepwise):
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
        sides = {t for t in sentence if t.lemma_ in {"side", "party"}} if draft.makers.addressed else set()
        named = known(actors_at(scene.who, [t for t in sentence if t not in makers | sides]))
        draft.parties = list(by_key([*draft.parties, *named]))
        around = [sentence, *(m.sent for m in draft.mentions)]
        draft.unnamed |= {r.key for s in around for r in actors_at(scene.who, s) if not r.person}


def finish(scene: Scene, draft: Draft) -> PlanProposal:
    acting = {r.key for s in draft.mechanism.steps for p in (*s.give, *s.get) for r in p.by}
    acting |= {p.party.key for p in draft.positions}
    parties = tuple(r for r in draft.parties if not r.key.startswith("org:") or r.key in acting)
    lend(scene, draft)
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
        parties=parties,
        gives=spans_of(p for s in steps if s.tie != BROKEN for p in s.give),
        gets=spans_of(p for s in steps if s.tie != BROKEN for p in s.get),
        steps=tuple(s.done() for s in steps),
        mechanism=" ".join(s.text.strip() for s in draft.told),
        positions=tuple(draft.positions),
        spans=spans,
    )


def lend(scene: Scene, draft: Draft) -> None:
    """'Before the first tranche is paid', in a programme of the Fund: the Fund pays."""
    lender = draft.makers.proposed_by
    if len(lender) != 1 or lender[0].country or not lender[0].id:
        return
    for step in draft.mechanism.steps:
        step.get = [
            p
            if p.by or words("plan")["lent"].isdisjoint(p.span.of(scene.parse.document.text).lower().split())
            else replace(p, by=tuple(lender))
            for p in step.get
        ]


def spans_of(side: Iterable[Promise]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(p.span for p in side))


def name_of(head: Token) -> str:
    """The modifiers and the noun, without article, owner and quotation marks: 'step-by-step framework'."""
    start, _ = phrase_of(head)
    owners = {t for c in children(head, "poss", "det") for t in c.subtree}
    end = head.i + 3 if head.doc[head.i + 1 : head.i + 3].text.lower() == "of action" else head.i + 1
    return joined([t for t in head.doc[start:end] if t not in owners and not t.is_quote])
