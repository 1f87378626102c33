"""When and where an agreement was made: by the words around it, by its ceremony, by those who announced it."""

from __future__ import annotations

from spacy.tokens import Token

from ..claims import DateRef, Event, PlaceRef
from .phrases import children, clause_between
from .spots import place_unnamed
from .told import NEAR, Draft, Scene
from .words import words

CEREMONIES = frozenset({"ceremony", "signing", "signature"})
HELD = frozenset({"hold", "take", "be", "occur", "happen"})


def add_time_and_place(scene: Scene, verb: Token, noun: Token, draft: Draft) -> None:
    """What the words around say of day and place, where nothing was known of it; a town says more than its country."""
    event = event_at(scene, verb)
    if draft.date is None:
        draft.date = (
            scene.clock.date_of(verb)
            or date_beside(scene, noun, verb)
            or (event.date if event else None)
            or date_above(scene, verb)
            or date_of_report(scene, verb)
        )
    place = (
        place_beside(scene, verb, noun)
        or here(scene, verb, noun)
        or place_unnamed(scene, verb, noun)
        or scene.where.place_of(verb)
        or (event.place if event else None)
    )
    if draft.place is None or (place is not None and is_country(draft.place) and place.country == draft.place.country):
        draft.place = place


def read_ceremony(scene: Scene, noun: Token, draft: Draft) -> None:
    """'The ceremony took place in Oslo on Tuesday': when and where the agreement just told of was signed."""
    if noun.head.lemma_ in HELD and noun.i - draft.mentions[-1].i < NEAR:
        add_time_and_place(scene, noun.head, noun, draft)
        draft.spans.append(scene.parse.span(noun.sent))


def date_above(scene: Scene, act: Token) -> DateRef | None:
    """'ended the war on Friday with the signing of a treaty': the day of the verb."""
    verb = next((a for a in act.ancestors if a.pos_ == "VERB"), None) if act.pos_ == "NOUN" else None
    return scene.clock.date_of(verb) if verb is not None else None


def date_of_report(scene: Scene, verb: Token) -> DateRef | None:
    """'A and B have agreed on a line, C announced on Saturday': the day of the news, where no other is told."""
    if not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return None
    # the parser may hang either of the two on the other
    told = [verb.head, *(c for c in children(verb, "ccomp", "parataxis") if c.i > verb.i and children(c, "nsubj"))]
    for report in told:
        if report.pos_ == "VERB" and report.lemma_ in words("plan")["announcing"] | {"say", "confirm"}:
            found = scene.clock.own(report)
            if found is not None:
                return DateRef(value=found.value, span=found.span, reason="the day on which it was announced")
    return None


def here(scene: Scene, verb: Token, noun: Token) -> PlaceRef | None:
    """'signed a treaty here': the place of the dateline."""
    near = [c for t in (verb, noun) for c in t.children]
    near += [c for t in near if t.dep_ in {"dobj", "prep"} for c in t.subtree]
    return scene.where.dateline if any(t.lower_ == "here" and t.dep_ == "advmod" for t in near) else None


def date_beside(scene: Scene, noun: Token, verb: Token) -> DateRef | None:
    """A date that the parser hung somewhere on the noun ('a deal worth $4 million in Oslo on Wednesday') or on another
    noun behind the verb ('reached their first accord since the war on Saturday')."""
    for top in dict.fromkeys((noun, verb)):
        for token in top.subtree:
            if token.dep_ != "prep" or token.lower_ not in {"on", "in"} or token.i < max(noun.i, top.i):
                continue
            if clause_between(token, top) and not before_its_clause(token):
                continue
            span = scene.parse.span(noun.doc[token.i + 1 : token.i + 2])
            for mention in scene.clock.mentions:
                if mention.type == "DATE" and mention.span.start <= span.start < mention.span.end:
                    return DateRef(value=mention.value, span=mention.span, reason="beside the agreement")
    return None


def place_beside(scene: Scene, verb: Token, noun: Token) -> PlaceRef | None:
    """The town that stands after 'in' or 'at' under the verb or the noun, wherever the parser hung it."""
    for top in (verb, noun):
        for token in top.subtree:
            if token.dep_ != "prep" or token.lower_ not in {"in", "at"} or token.i < min(noun.i, verb.i):
                continue
            if clause_between(token, top):
                continue
            found = [m.place for o in children(token, "pobj") if (m := scene.where.at(o))]
            if found and not is_country(found[0]):
                return found[0]
    return None


def before_its_clause(token: Token) -> bool:
    """'on Thursday to form a government': the parser hangs the day on 'form', before whose 'to' it stands."""
    clause = token.head
    marks = [c for c in clause.children if c.tag_ == "TO" or c.dep_ in {"nsubj", "nsubjpass", "mark"}]
    return clause.dep_ in {"relcl", "acl", "advcl"} and bool(marks) and token.i < min(c.i for c in marks)


def is_country(place: PlaceRef) -> bool:
    """A place that names no more than a state; a city in it, told later, says more."""
    return place.country is not None and place.admin1 is None


def event_at(scene: Scene, verb: Token) -> Event | None:
    span = scene.parse.span(verb)
    return next((e for e in scene.events if e.trigger and e.trigger.overlaps(span)), None)


def date_of_agreeing(scene: Scene, draft: Draft) -> DateRef | None:
    """The day on which the same parties are told to have agreed, where the signing itself has none."""
    parties = {p.key for p in draft.parties}
    for event in scene.events:
        actors = {a.key for a in (*event.actors, *event.recipients)}
        if (
            event.type == "AGREE"
            and event.status == "done"
            and event.date
            and event.date.span
            and len(parties & actors) > 1
        ):
            return DateRef(
                value=event.date.value, span=event.date.span, reason="the same parties agreed, other sentence"
            )
    return None
