"""Who takes which side on which topic.

Two readings are joined. *Attitudes*: a word whose subject is an actor and that takes a side on its object ("The
West rejected that plan", "Iran's opposition to the report"). *Judgements*: inside somebody's words, what the
predicates say of the topics there ("sanctions won't resolve the problem").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Attribution, DateRef, Event, Side, Stance
from ..document import cover
from ..language import Parse
from ..language.nearby import Nearby
from .channels import AUTHORS
from .issues import IssueList, Issues, load_grouping
from .judging import INSTEAD, OUGHT, Judge
from .polarity import VERBAL, Polarity
from .predicates import named
from .sides import ADDRESSING, TOWARDS, objects_of, subjects
from .topics import core_of, topic_span
from .verbs import PERSONS

EXTRACTOR = "stances/1"
THRESHOLD = 0.45
"""Judgements weaker than this are not put on record; chosen on our own examples."""
NOMINAL = frozenset(["NOUN", "PROPN"])
SPEAKERS = AUTHORS | PERSONS
CONDITIONS = frozenset({"if", "unless", "provided", "should", "whether", "once"})


def find_stances(
    parse: Parse,
    who: Who,
    attributions: tuple[Attribution, ...],
    events: tuple[Event, ...],
    judge: Judge | None = None,
    own: IssueList | None = None,
) -> tuple[Stance, ...]:
    """The stances taken in the attributions and events of one document, in the order of the text.

    `own` is the user's list of issues: a topic that belongs to one of them gets its name.
    """
    scene = Scene(
        parse,
        who,
        judge or Judge(),
        attributions,
        events,
        Issues(nouns_of(parse), who),
        *by_place(attributions, events),
    )
    found: dict[tuple[tuple[str, ...], int, str | None], Stance] = {}
    for stance, topic in (*attitudes(scene), *namings(scene), *judgements(scene)):
        key = (tuple(sorted(h.key for h in stance.holders)), topic.i, stance.basis)
        earlier = found.get(key)
        if earlier is None or stance.strength > earlier.strength:
            found[key] = stance
    stances = found.values() if own is None else [under_own_name(s, own) for s in found.values()]
    return tuple(sorted(stances, key=lambda s: (s.span.start, s.span.end)))


def under_own_name(stance: Stance, own: IssueList) -> Stance:
    name = own.of(stance.topic, stance.issue)
    return stance if name is None else replace(stance, issue=name)


@dataclass(frozen=True)
class Scene:
    """What is known of one document when its stances are looked for."""

    parse: Parse
    who: Who
    judge: Judge
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    issues: Issues
    cues: Nearby[Attribution]
    triggers: Nearby[Event]


def by_place(attributions: tuple[Attribution, ...], events: tuple[Event, ...]) -> tuple[Any, Any]:
    """Attributions by where their cues stand, events by their triggers."""
    cued = [(a, a.cue) for a in attributions if a.cue]
    triggered = [(e, e.trigger) for e in events if e.trigger]
    return Nearby((a for a, _ in cued), (s for _, s in cued)), Nearby(
        (e for e, _ in triggered), (s for _, s in triggered)
    )


def nouns_of(parse: Parse) -> dict[str, list[Token]]:
    """The nouns of the document by lemma, in order."""
    nouns: dict[str, list[Token]] = {}
    doc, lemmas = parse.doc, parse.grid.lemma
    for i, pos in enumerate(parse.grid.pos):
        if pos in NOMINAL:
            nouns.setdefault(lemmas[i], []).append(doc[i])
    return nouns


# --- attitudes: an actor's own verb, noun or adjective ---


def attitudes(scene: Scene) -> Iterator[tuple[Stance, Token]]:
    polarity = scene.judge.polarity
    words, doc = polarity.attitudes, scene.parse.doc
    for token in (doc[i] for i, lemma in enumerate(scene.parse.grid.lemma) if lemma.lower() in words):
        if not polarity.regard(token) or is_name_given(token, polarity) or is_asked_for(token) or is_left_open(token):
            continue
        speech = attribution_with_cue(scene, token)
        holders = voices(speech.speakers) if speech is not None else []
        holders = holders or known(holders_of(token, scene.who))
        if not holders and (speech is None or speech.speakers):
            continue
        for good in objects_of(token):
            topic = core_of(good, polarity)
            if not is_topic(topic):
                continue
            score = scene.judge.of(topic).bounded()
            if token.dep_ == "conj" and any(c.dep_ == "agent" for c in token.children):
                score = scene.judge.as_patient(token)  # 'criticised by A and welcomed by B'
            if abs(score) < 0.3:
                continue
            basis = speech if speech is not None else event_with(scene, token)
            told, date = (basis.id, basis.date) if basis is not None else (None, None)
            yield make(scene, holders, topic, score, [token], told, date), topic


def is_asked_for(token: Token) -> bool:
    """'Iran must honour the accord' tells what somebody wants of Iran, not what Iran wants."""
    return token.pos_ in VERBAL and any(c.lower_ in OUGHT for c in token.children if c.dep_ == "aux")


def is_left_open(token: Token) -> bool:
    """'would neither confirm nor deny it' takes no side."""
    pair = {token.lemma_, token.head.lemma_, *(c.lemma_ for c in token.children if c.dep_ == "conj")}
    return token.lemma_ in {"confirm", "deny"} and {"confirm", "deny"} <= pair


def namings(scene: Scene) -> Iterator[tuple[Stance, Token]]:
    """'called the embargo criminal', 'rejected the accord, calling it a mistake': a side taken by giving a name."""
    judge = scene.judge
    for speech in scene.attributions:
        tokens = scene.parse.tokens(speech.cue) if speech.cue else None
        verb = tokens.root if tokens is not None else None
        if verb is None or verb.lemma_.lower() not in judge.polarity.naming or judge.polarity.regard(verb):
            continue
        holders = voices(speech.speakers)
        if not holders and speech.speakers:
            continue
        for thing, name in named(verb):
            score = judge.predicates.worth_of_name(name)
            topic = core_of(felt_about(antecedent(thing), judge.polarity), judge.polarity)
            if abs(score) >= 0.3 and is_topic(topic):
                side = -score if judge.predicates.turned(verb) else score
                yield make(scene, holders, topic, side, [verb, name], speech.id, speech.date), topic


def antecedent(thing: Token) -> Token:
    """What 'it' means in 'rejected the accord, calling it a mistake': the object of the verb above."""
    if thing.lower_ in {"it", "them", "this", "that"}:
        above = thing.head.head if thing.head.dep_ in {"ccomp", "oprd"} else thing.head
        while above.dep_ in {"advcl", "conj"} and above.head != above:
            above = above.head
            good = next((c for c in above.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < thing.i), None)
            if good is not None:
                return good
    return thing


def felt_about(noun: Token, polarity: Polarity) -> Token:
    """'expressed regret over the launch and called it a breach': the launch is the breach."""
    if noun.pos_ != "NOUN" or not polarity.regard(noun):
        return noun
    behind = [c for c in (*noun.children, *noun.head.children) if c.dep_ == "prep" and c.i > noun.i]
    return next((n for c in behind if c.lower_ in TOWARDS for n in c.children if n.dep_ == "pobj"), noun)


def is_name_given(token: Token, polarity: Polarity) -> bool:
    """The 'insult' of 'calling it an insult to the nation' is no attitude of the speaker to the nation."""
    return token.pos_ == "NOUN" and (
        token.dep_ in {"oprd", "attr"}
        or (token.dep_ == "ccomp" and token.head.lemma_.lower() in polarity.naming)
        or (token.dep_ == "pobj" and token.head.lower_ == "as")
    )


def is_judged(token: Token, polarity: Polarity) -> bool:
    """Not a name that is given, what that name is about, or somebody spoken to."""
    if token.lemma_.lower() in load_grouping().people:
        return False
    above = token.head.head if token.dep_ == "pobj" else token
    if is_name_given(token, polarity) or (is_name_given(above, polarity) and above.lemma_ not in INSTEAD):
        return False
    return not (token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_.lower() in ADDRESSING)


def known(refs: Iterable[ActorRef]) -> list[ActorRef]:
    """Those who can take a side: resolved to a state, a body or a person, not a thing that only 'shows' something."""
    return [r for r in refs if r.country or r.id or r.person]


def voices(refs: Iterable[ActorRef]) -> list[ActorRef]:
    """Those known, else those who speak for somebody by the noun alone: 'the opposition', 'prosecutors'."""
    return known(refs) or [r for r in refs if r.role or r.office or r.body or head_word(r.text) in SPEAKERS]


def head_word(words: str) -> str:
    """The noun of 'the rebels' military spokesman', without the plural's ending."""
    last = words.split(" of ")[0].split()[-1:] or [""]
    word = last[0].lower()
    return word if word in SPEAKERS else word.removesuffix("s")


def holders_of(token: Token, who: Who) -> list[ActorRef]:
    """The actors whose attitude the word tells: subject, agent, possessor, or the subject of its copula or verb."""
    if token.pos_ in VERBAL:
        tokens = subjects(token)
    elif token.pos_ == "NOUN":
        tokens = [c for c in token.children if c.dep_ == "poss" or (c.dep_ == "amod" and who.at(c))]
        tokens += [n for p in token.children if p.dep_ == "prep" and p.lower_ in {"by", "from"} for n in p.children]
        if not tokens and token.dep_ in {"dobj", "attr"}:
            tokens = subjects(token.head)
    else:
        tokens = subjects(token.head) if token.dep_ in {"acomp", "conj", "oprd"} else []
    return [ref for t in tokens for x in (t, *t.conjuncts) for ref in who.at(x)]


# --- judgements: what somebody's words say of the topics in them ---


def judgements(scene: Scene) -> Iterator[tuple[Stance, Token]]:
    inner = {a.parent for a in scene.attributions if a.parent}
    for speech in scene.attributions:
        holders = voices(speech.speakers)
        if (not holders and (speech.speakers or speech.quote == "indirect")) or is_answer(speech):
            continue
        for token in own_nouns(scene, speech, speech.id in inner):
            if not is_topic(token) or not is_judged(token, scene.judge.polarity):
                continue
            if core_of(token, scene.judge.polarity) != token:
                continue
            verdict = scene.judge.of(token)
            if abs(verdict.score) >= THRESHOLD:
                yield make(scene, holders, token, verdict.bounded(), verdict.words, speech.id, speech.date), token


def is_answer(speech: Attribution) -> bool:
    """', a charge the ministry denied': whoever denies somebody's words does not take the sides that are in them."""
    return speech.why.startswith("construction 'answer'")


def own_nouns(scene: Scene, speech: Attribution, nested: bool) -> Iterator[Token]:
    """The nouns and names of the content, without those that an attribution inside it gives to somebody else."""
    others = [s for a in scene.attributions if nested and a.parent == speech.id for s in a.content]
    for piece in speech.content:
        tokens = scene.parse.tokens(piece)
        for i in range(tokens.start, tokens.end) if tokens is not None else ():
            if scene.parse.grid.pos[i] in NOMINAL:
                token = scene.parse.doc[i]
                if not any(s.start <= token.idx < s.end for s in others):
                    yield token


def is_topic(head: Token) -> bool:
    """Things and acts, not persons, dates, pronouns and amounts."""
    if head.pos_ in {"PRON", "NUM", "PUNCT", "SPACE", "SYM", "DET"}:
        return False
    if head.dep_ == "pcomp" and any(c.tag_ in {"WP", "WRB"} for c in head.children):
        return False  # 'what he described as bias'
    if head.lemma_.lower() in load_grouping().vague:
        return False
    if head.ent_type_ in {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL", "QUANTITY", "PERSON"}:
        return False
    return head.ent_type_ not in {"GPE", "NORP", "LOC"} or head.dep_ in {"dobj", "nsubjpass"}


# --- making the claim ---


def make(
    scene: Scene,
    holders: list[ActorRef],
    topic: Token,
    score: float,
    words: list[Token],
    basis: str | None,
    date: DateRef | None,
) -> Stance:
    parse = scene.parse
    span = topic_span(parse, topic)
    shown = tuple(dict.fromkeys(parse.span(w) for w in words)) or (parse.span(topic.head),)
    near = [h.span for h in holders if h.span and topic.sent.start_char <= h.span.start < topic.sent.end_char]
    conditional = is_conditional(topic)
    return Stance(
        document=parse.document.id,
        span=cover(span, *shown, *near),
        confidence=round(min(0.9, 0.45 + 0.4 * abs(score)) * (0.8 if conditional else 1.0), 2),
        extractor=EXTRACTOR,
        why="shown by " + ", ".join(f"'{w.text}'" for w in words[:4]),
        holders=tuple(holders),
        topic=span.of(parse.document.text),
        topic_span=span,
        issue=scene.issues.of(topic),
        side=side_of(score),
        strength=round(abs(score), 2),
        words=shown,
        conditional=conditional,
        basis=basis,
        date=date,
    )


def side_of(score: float) -> Side:
    return "favour" if score > 0 else "oppose" if score < 0 else "neutral"


def is_conditional(topic: Token) -> bool:
    """Whether the side is taken only under a condition: the topic's clause has an 'if', or stands in one."""
    for verb in (topic, *topic.ancestors):
        if verb.pos_ in VERBAL:
            clauses = [c for c in verb.children if c.dep_ == "advcl"] + [verb]
            for clause in clauses:
                if any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in clause.children):
                    return True
    return False


def attribution_with_cue(scene: Scene, token: Token) -> Attribution | None:
    span = scene.parse.span(token)
    return next((a for a in scene.cues.near(span.start, span.end) if a.cue and a.cue.overlaps(span)), None)


def event_with(scene: Scene, token: Token) -> Event | None:
    span = scene.parse.span(token)
    return next((e for e in scene.triggers.near(span.start, span.end) if e.trigger and e.trigger.overlaps(span)), None)
