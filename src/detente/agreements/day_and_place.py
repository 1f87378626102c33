"""When and where an agreement was made: by the words around it, by its ceremony, by those who announced it."""

from __future__ import annotations

from spacy.tokens import Token

from ..claims import DateRef, Event, PlaceRef
from .phrases import children, clause_between, prepositional
from .spots import place_unnamed
from .told import NEAR, Draft, Scene
from .words import words

CEREMONIES = frozenset({"ceremony", "signing", "signature"})
DATELINE = "the dateline"
HELD = frozenset({"hold", "take", "be", "occur", "happen"})


def add_time_and_place(scene: Scene, verb: Token, noun: Token, draft: Draft) -> None:
    """What the words around say of day and place, where nothing was known of it; a town says more than its country."""
    event = event_at(scene, verb)
    watching = watched(verb)
    if draft.date is None:
        draft.date = (
            scene.clock.date_of(verb)
            or date_beside(scene, noun, verb)
            or (event.date if event else None)
            or date_above(scene, verb)
            or date_of_report(scene, verb)
            or (scene.clock.date_of(watching) if watching is not None else None)
        )
    place = (
        place_beside(scene, verb, noun)
        or here(scene, verb, noun)
        or place_unnamed(scene, verb, noun)
        or (place_unnamed(scene, watching, watching) if watching is not None else None)
        or (place_beside(scene, watching, watching) if watching is not None else None)
        or scene.where.place_of(verb)
        or (event.place if event else None)
    )
    if draft.place is None or (place is not None and says_more(place, draft.place)):
        draft.place = place


def watched(verb: Token) -> Token | None:
    """'A watched in Oslo on Thursday as B and C signed': 'watched', which the parser may also hang on 'signed'."""
    near = [*children(verb, "advcl"), *([verb.head] if verb.dep_ == "advcl" else [])]
    return next((v for v in near if v.i < verb.i and v.lemma_ in words("agreement")["attending"]), None)


def says_more(later: PlaceRef, first: PlaceRef) -> bool:
    """A town says more than its country, and what a sentence names more than the dateline, which only stood in for it."""
    guessed = first.reason == DATELINE and later.reason != DATELINE and not is_country(later)
    return guessed or (is_country(first) and later.country == first.country)


def read_ceremony(scene: Scene, noun: Token, draft: Draft) -> None:
    """'The ceremony took place in Oslo on Tuesday', 'C attended the signing in Oslo': when and where that was signed."""
    if noun.i - draft.mentions[-1].i >= NEAR or draft.seal.standing:
        return
    if noun.dep_ in {"dobj", "pobj"}:
        definite = any(c.lower_ in {"the", "this"} for c in noun.children)
        other = any(c.dep_ in {"compound", "amod"} and c.lemma_ not in CEREMONIES for c in noun.children)
        place = place_beside(scene, noun, noun)
        if definite and not other and place is not None and (draft.place is None or says_more(place, draft.place)):
            draft.place = place
    elif noun.head.lemma_ in HELD:
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
            found = [m.place for o in children(token, "pobj") for t in (o, *town_of(o)) if (m := scene.where.at(t))]
            town = next((place for place in found if not is_country(place)), None)
            if town is not None:
                return town
    return None


def town_of(hall: Token) -> list[Token]:
    """The town of 'in Istanbul's Ciragan Palace', 'at the Geneva talks', 'in the border town of Moyale'."""
    table = words("agreement")
    if hall.lemma_.lower() in table["towns"]:
        return list(prepositional(hall, "of"))
    return children(hall, "poss", "compound") if hall.lemma_.lower() in table["halls"] | table["meetings"] else []


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


def add_meeting(scene: Scene, draft: Draft) -> None:
    """'A and B met in Bandung on Wednesday. The two sides agreed to ...': the meeting's day and place, where none is told."""
    first = draft.mentions[0].sent
    before = scene.parse.span(first.doc[first.start - 1].sent) if first.start else scene.parse.span(first)
    parties = {p.key for p in draft.parties}
    for event in scene.events:
        met = (
            event.type == "CONSULT"
            and event.status == "done"
            and event.date is not None
            and event.date.span is not None
        )
        near = event.trigger and (before.contains(event.trigger) or scene.parse.span(first).contains(event.trigger))
        if met and near and parties <= {a.key for a in (*event.actors, *event.recipients)}:
            draft.date = event.date
            draft.place = draft.place or event.place
            return


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
