"""What was agreed, between whom, signed by whom, about what, when and where.

A document tells of one agreement in several places ("signed a strategic agreement", "This document", "The
agreement was concluded during ..."). The sentences that found an agreement come first; later definite mentions
are joined to it and bring what the first did not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Agreement, Attribution, DateRef, Event, PlaceRef, Status
from ..document import Span, cover
from ..language import Clock, Parse
from ..places import Where
from .phrases import actors_at, by_key, children, phrase_of, prepositional, subject_of, with_conjuncts
from .words import words

EXTRACTOR = "agreements/1"
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their"})
SIGN = frozenset({"sign", "initial", "ink", "cosign", "co-sign", "countersign"})
FUTURE = frozenset({"will", "would", "shall", "may", "might", "could", "should", "can", "must"})


@dataclass
class Draft:
    """An agreement while the document is being read."""

    head: Token
    parties: list[ActorRef] = field(default_factory=list)
    signatories: list[ActorRef] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    mentions: list[Token] = field(default_factory=list)
    date: DateRef | None = None
    place: PlaceRef | None = None
    status: Status = "done"


@dataclass(frozen=True)
class Scene:
    """What is known of one document when its agreements are looked for."""

    parse: Parse
    who: Who
    where: Where
    clock: Clock
    events: tuple[Event, ...]


def find_agreements(
    parse: Parse,
    who: Who,
    where: Where,
    clock: Clock,
    events: tuple[Event, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Agreement, ...]:
    """The agreements that one document reports, each with all that the document says of it."""
    scene = Scene(parse, who, where, clock, events)
    drafts: list[Draft] = []
    for token in parse.doc:
        if is_agreement_noun(token):
            read_mention(scene, token, drafts)
        elif drafts and token.lemma_ in SIGN and token.pos_ == "VERB":
            read_bare_signing(scene, token, drafts)
    for draft in drafts:
        if draft.date is None:
            draft.date = date_of_agreeing(scene, draft)
    return tuple(finish(scene, d, attributions) for d in drafts if d.parties)


def date_of_agreeing(scene: Scene, draft: Draft) -> DateRef | None:
    """The day on which the same parties are told to have agreed, where the signing itself has none."""
    parties = {p.key for p in draft.parties}
    for event in scene.events:
        actors = {a.key for a in (*event.actors, *event.recipients)}
        if event.type == "AGREE" and event.date and event.date.span and len(parties & actors) > 1:
            return DateRef(
                value=event.date.value, span=event.date.span, reason="the same parties agreed, other sentence"
            )
    return None


def is_agreement_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("agreement")["nouns"]


def read_mention(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """Starts an agreement at `noun`, or adds what this mention says to the one that it means."""
    verb = sealing_verb(noun)
    known = antecedent(noun, drafts) or governed_by(noun, drafts)
    if known is None and verb is None:
        return
    if verb is not None and any(c.dep_ == "neg" for c in verb.children):
        return
    if known is None:
        known = Draft(head=noun)
        drafts.append(known)
    known.mentions.append(noun)
    start, end = phrase_of(noun)
    known.spans.append(scene.parse.span(noun.doc[start : end + 1]))
    if verb is not None:
        add_parties(scene, verb, noun, known)
        add_time_and_place(scene, verb, known)
        if len(known.mentions) == 1:
            known.status = status_of(verb)
    add_sectors(scene, noun, known)


def sealing_verb(noun: Token) -> Token | None:
    """The verb that makes an agreement of `noun`: 'signed a treaty', 'the pact was concluded', 'a deal struck by'."""
    table = words("agreement")
    allowed = table["signing"] if noun.lemma_.lower() in table["weak"] else table["sealing"]
    head = noun
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    if head.dep_ in {"dobj", "nsubjpass", "obj"} and head.head.lemma_ in allowed:
        return head.head
    if head.dep_ == "pobj" and head.head.lower_ == "on" and head.head.head.lemma_ == "agreement":
        return sealing_verb(head.head.head)
    for child in children(noun, "acl", "relcl"):
        if child.lemma_ in allowed:
            return child
    return None


def antecedent(noun: Token, drafts: list[Draft]) -> Draft | None:
    """The agreement that a definite mention means: the latest of the same noun, or the latest for a generic one."""
    if not drafts or not any(c.lower_ in DEFINITE for c in noun.children if c.dep_ in {"det", "poss"}):
        return None
    if any(c.dep_ in {"compound", "amod"} and c.pos_ == "PROPN" for c in noun.children):
        return None
    same = [d for d in drafts if any(m.lemma_ == noun.lemma_ for m in d.mentions)]
    generic = noun.lemma_.lower() in words("agreement")["generic"]
    return same[-1] if same else drafts[-1] if generic else None


def governed_by(noun: Token, drafts: list[Draft]) -> Draft | None:
    """'agreement on a joint plan': the plan is what the agreement before it is about, and names it better."""
    if noun.dep_ == "pobj" and noun.head.lower_ in {"on", "to"}:
        for draft in drafts:
            if noun.head.head in draft.mentions:
                draft.head = noun
                return draft
    return None


def add_parties(scene: Scene, verb: Token, noun: Token, draft: Draft) -> None:
    """The parties and, where persons sign, the signatories that this verb names."""
    people: list[Token] = []
    if verb.dep_ in {"acl"} or any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        people += prepositional(verb, "by")
    else:
        people += subject_of(verb)
    for holder in (noun, verb):
        people += prepositional(holder, "with", "between", "among")
    for near in (noun, *with_conjuncts(noun), *prepositional(noun, "with")):
        for clause in children(near, "acl"):
            if clause.lemma_ in words("agreement")["representing"]:
                people += prepositional(clause, "by")
    refs = actors_at(scene.who, people)
    if verb.lemma_ in SIGN and children(verb, "agent"):
        refs = actors_at(scene.who, [*people, *signers(verb)])
    elif len(by_key(refs)) < 2:
        refs = actors_at(scene.who, [t for p in people for t in in_phrase(p)])
    draft.parties = list(by_key([*draft.parties, *(r for r in refs if r.country or r.id)]))
    if verb.lemma_ in SIGN or any(t.head.head.lemma_ == "represent" for t in people):
        add_signatories(draft, refs)


def signers(verb: Token) -> list[Token]:
    """'signed by A, secretary of B, and C of D': the persons after 'by', also where titles hide the coordination."""
    agent = children(verb, "agent")[0]
    return [t for t in verb.sent if t.i > agent.i and t.ent_type_ == "PERSON"]


def in_phrase(head: Token) -> list[Token]:
    """The head and what is joined to it in its phrase, where the parser lost the coordination: no clauses."""
    clauses = {t for c in head.subtree if c.dep_ in {"relcl", "advcl", "prep"} for t in c.subtree}
    return [t for t in head.subtree if t not in clauses or t is head]


def add_signatories(draft: Draft, refs: list[ActorRef]) -> None:
    known = {r.person for r in draft.signatories}
    draft.signatories += [r for r in refs if r.person and r.person not in known]


def read_bare_signing(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """'X signed for Russia and Y for Ukraine': signatories of the agreement just told of."""
    if children(verb, "dobj", "nsubjpass") or not any(True for _ in prepositional(verb, "for", "on")):
        return
    draft = drafts[-1]
    if draft.head.sent.end > verb.sent.start + 1 or verb.i - draft.mentions[-1].i > 80:
        return
    refs = actors_at(scene.who, [*subject_of(verb), *(t for t in verb.sent if t.ent_type_ == "PERSON")])
    add_signatories(draft, refs)
    draft.spans.append(scene.parse.span(verb.sent))


def add_time_and_place(scene: Scene, verb: Token, draft: Draft) -> None:
    event = event_at(scene, verb)
    if draft.date is None:
        draft.date = scene.clock.date_of(verb) or (event.date if event else None)
    place = scene.where.place_of(verb) or (event.place if event else None)
    if draft.place is None or (place is not None and is_country(draft.place) and place.country == draft.place.country):
        draft.place = place


def is_country(place: PlaceRef) -> bool:
    """A place that names no more than a state; a city in it, told later, says more."""
    return place.country is not None and place.admin1 is None


def event_at(scene: Scene, verb: Token) -> Event | None:
    span = scene.parse.span(verb)
    return next((e for e in scene.events if e.trigger and e.trigger.overlaps(span)), None)


def status_of(verb: Token) -> Status:
    if any(c.dep_ == "aux" and c.lower_ in FUTURE for c in verb.children):
        return "planned"
    if verb.dep_ in {"xcomp", "advcl"} and any(c.tag_ == "TO" for c in verb.children):
        return "planned"
    return "done"


def add_sectors(scene: Scene, noun: Token, draft: Draft) -> None:
    """The sectors listed under the noun itself, or in the clause that says what it covers."""
    governor = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    scope = list(noun.subtree)
    if governor is not None and governor.lemma_ in words("sector")["covering"]:
        scope = list(governor.subtree)
    collect_sectors(scope, draft)
    following = next_sentence(noun)
    if following is not None and following[0].lower_ in {"it", "they"}:
        root = following.root
        if root.lemma_ in words("sector")["covering"]:
            collect_sectors(list(root.subtree), draft)
            draft.spans.append(scene.parse.span(following))


def collect_sectors(scope: list[Token], draft: Draft) -> None:
    """Sector words that stand before a noun such as 'sectors' or 'cooperation', and their conjuncts."""
    table = words("sector")
    for head in scope:
        if head.lemma_.lower() not in table["heads"]:
            continue
        before = [t for t in head.subtree if t.i <= head.i]
        before += [c for c in head.conjuncts if c in scope]
        before += [t for t in scope if t.i < head.i and head in t.conjuncts]
        for token in sorted(before, key=lambda t: t.i):
            word = token.lower_
            if word in table["words"] and word not in draft.sectors:
                draft.sectors.append(word)


def next_sentence(token: Token):  # type: ignore[no-untyped-def]
    end = token.sent.end
    return token.doc[end].sent if end < len(token.doc) else None


def finish(scene: Scene, draft: Draft, attributions: tuple[Attribution, ...]) -> Agreement:
    """The claim: all spans under one cover, and the statements in which a mention stands."""
    spans = tuple(sorted(set(draft.spans)))
    mentions = [scene.parse.span(m) for m in draft.mentions]
    about = tuple(a.id for a in attributions if any(c.contains(m) for c in a.content for m in mentions))
    bodies = tuple(dict.fromkeys(r.body for r in draft.signatories if r.body))
    first = draft.head.sent
    return Agreement(
        document=scene.parse.document.id,
        span=cover(scene.parse.span(draft.head), *spans[:1], scene.parse.span(first)),
        confidence=confidence_of(draft),
        extractor=EXTRACTOR,
        why=f"'{draft.head.text}' made or named by '{(sealing_verb(draft.head) or draft.head).text}'",
        name=name_of(draft),
        parties=tuple(draft.parties),
        bodies=bodies,
        signatories=tuple(draft.signatories),
        sectors=tuple(draft.sectors),
        date=draft.date,
        place=draft.place,
        status=draft.status,
        about=about,
        spans=spans,
    )


def confidence_of(draft: Draft) -> float:
    """Two parties, a signature and a date make it surer; the figures are from our own examples."""
    sure = 0.5 + 0.15 * (len(draft.parties) > 1) + 0.15 * bool(draft.signatories) + 0.1 * bool(draft.date)
    return round(sure, 2)


def name_of(draft: Draft) -> str:
    """The fullest of the phrases that name it, without its article; 'agreement to ...' after 'agreed to'."""
    start, end = phrase_of(draft.head)
    phrase = draft.head.doc[start : end + 1]
    words_ = [t for t in phrase if not (t.i == start and t.dep_ == "det")]
    if len(words_) == 1:
        for verb in reversed(draft.head.doc[: draft.head.i]):
            goal = next((c for c in children(verb, "xcomp") if verb.lemma_ == "agree"), None)
            if goal is not None:
                stop = next((t.i for t in goal.subtree if t.i > goal.i and t.dep_ in {"cc", "advcl", "mark"}), None)
                last = stop if stop is not None else max(t.i for t in goal.subtree) + 1
                first = min(t.i for t in goal.subtree)
                return f"{draft.head.lemma_} {goal.doc[first:last].text}".strip(" ,")
    return "".join(t.text_with_ws for t in words_).strip()
