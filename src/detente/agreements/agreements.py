"""What was agreed, between whom, signed by whom, about what, when and where.

A document tells of one agreement in several places ("signed a strategic agreement", "This document", "The
agreement was concluded during ..."). The sentences that found an agreement come first; later definite mentions
are joined to it and bring what the first did not say.
"""

from __future__ import annotations

from spacy.tokens import Token

from ..actors import Who
from ..claims import Agreement, Attribution, DateRef, Event, PlaceRef
from ..document import cover
from ..language import Clock, Parse
from ..places import Where
from .parties import actors_named, in_phrase, is_unknown, known, people_named
from .phrases import actors_at, by_side, children, clause_between, next_sentence, phrase_of, prepositional, subject_of
from .sealing import Seal, attends, only_witnesses, seal_of
from .sectors import sectors_at, sectors_before, sectors_of_goal, sectors_of_pronoun
from .signing import SIGN, add_signatories, after_by, read_bare_signing, read_signers_named_next, represented, signs
from .told import NEAR, Draft, Scene, only_counted, owners_listed
from .words import words

EXTRACTOR = "agreements/2"
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "both", "such"})


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
        elif token.lemma_ == "agree" and token.pos_ == "VERB":
            read_agreed_to_do(scene, token, drafts)
        elif drafts and token.lemma_ in SIGN and token.pos_ == "VERB":
            read_bare_signing(scene, token, drafts)
        elif drafts and token.lemma_ in {"party", "signatory"} and token.dep_ == "attr":
            read_membership(scene, token, drafts)
    for draft in drafts:
        if draft.date is None:
            draft.date = date_of_agreeing(scene, draft)
        if not draft.sectors:
            goals = [g for m in draft.mentions if m.pos_ == "VERB" for g in children(m, "xcomp")]
            draft.sectors = [s for g in goals for s in sectors_of_goal(g)]
            draft.sectors += [s for m in draft.mentions for s in sectors_before(m) if s not in draft.sectors]
    drafts = [d for d in drafts if d.parties]
    return tuple(finish(scene, d, attributions) for d in drafts if not told_again(scene, d, drafts))


def told_again(scene: Scene, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a headline only announces what the text below tells: the same noun, and no party that it does not name."""
    text = scene.parse.document.text
    end = text.find("\n")
    if draft.head.idx > end or text[:end].rstrip().endswith("."):
        return False
    parties = {p.key for p in draft.parties}
    below = [d for d in drafts if d.head.idx > end and parties <= {p.key for p in d.parties}]
    return any(m.lemma_.lower() == draft.head.lemma_.lower() for d in below for m in d.mentions)


def is_agreement_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("agreement")["nouns"]


def read_mention(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """Starts an agreement at `noun`, or adds what this mention says to the one that it means."""
    seal = seal_of(noun)
    draft = governed_by(noun, drafts) or antecedent(noun, drafts)
    if seal is not None and seal.refused:
        return
    if draft is None:
        if seal is None:
            return
        draft = Draft(head=noun, seal=seal)
        drafts.append(draft)
    draft.mentions.append(noun)
    start, end = phrase_of(noun)
    draft.spans.append(scene.parse.span(noun.doc[start : end + 1]))
    if seal is not None and not only_witnesses(seal.verb):
        add_parties(scene, seal, noun, draft)
        if not seal.standing:
            add_time_and_place(scene, seal.verb, noun, draft)
        if len(draft.mentions) == 1:
            draft.status = seal.status
    add_sectors(scene, noun, draft)


def read_agreed_to_do(scene: Scene, verb: Token, drafts: list[Draft]) -> None:
    """'A and B agreed to reopen their border': an agreement that no noun names yet; both must be named.

    Left to the noun where the sentence has one that is sealed ('agreed to sign a treaty').
    """
    goal = next((c for c in children(verb, "xcomp") if any(g.tag_ == "TO" for g in c.children)), None)
    seal = Seal(verb, tuple(subject_of(verb)))
    if goal is None or seal.refused or len(seal.by) < 1 or any(is_sealed(t) for t in goal.subtree):
        return
    parties = by_side(r for r in known(actors_named(scene.who, seal.by)) if r.country or not is_unknown(r))
    if len(parties) < 2 or any(d.head.sent == verb.sent for d in drafts):
        return
    draft = Draft(head=verb, seal=seal, parties=list(parties), mentions=[verb], status=seal.status)
    draft.spans.append(scene.parse.span(verb.doc[verb.i : max(t.i for t in goal.subtree) + 1]))
    add_time_and_place(scene, verb, verb, draft)
    drafts.append(draft)


def is_sealed(token: Token) -> bool:
    return is_agreement_noun(token) and seal_of(token) is not None


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
    """'agreement on a joint plan', 'a memorandum of understanding': one agreement, named by both nouns."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"on", "to", "of"}:
        return None
    draft = next((d for d in drafts if noun.head.head in d.mentions), None)
    if draft is not None and noun.head.lower_ != "of":
        draft.head = noun
    return draft


def add_parties(scene: Scene, seal: Seal, noun: Token, draft: Draft) -> None:
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
    named = actors_named(scene.who, sealers)
    if len(by_side(known(named))) < 2:
        sealers += [t for h in sealers for t in in_phrase(h)]
        named += actors_at(scene.who, sealers)
    # 'a Sino-Russian treaty', 'the accord of Georgia and Moldova': the noun itself says whose it is.
    if len(by_side(known(named))) < 2:
        named += actors_named(scene.who, owners(noun))
    # 'A and B ended their quarrel when their ministers signed a treaty'
    above = seal.verb.head
    attended = above.lemma_ in words("agreement")["attending"]  # 'A watched as B and C signed'
    if len(by_side(known(named))) < 2 and seal.verb.dep_ == "advcl" and above.pos_ == "VERB" and not attended:
        named += actors_named(scene.who, subject_of(above))
    itself = scene.parse.span(noun)
    own = [r for r in named if r.span is None or not r.span.overlaps(itself)]
    draft.parties = list(by_side([*draft.parties, *known(owners_listed(scene, seal, noun) or own)]))
    if signs(seal.verb) or any(t.head.head.lemma_ == "represent" for t in sealers):
        sealers += after_by(seal.verb)
        signed = people_named(scene.parse, scene.who, sealers)
        draft.parties = list(by_side([*draft.parties, *(r for r in signed if r.country)]))
        add_signatories(draft, signed)
        if not draft.signatories:
            read_signers_named_next(scene, seal, draft)


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


def add_time_and_place(scene: Scene, verb: Token, noun: Token, draft: Draft) -> None:
    event = event_at(scene, verb)
    if draft.date is None:
        draft.date = scene.clock.date_of(verb) or date_beside(scene, noun) or (event.date if event else None)
        if draft.date is None and verb.pos_ == "NOUN":
            draft.date = scene.clock.date_of(verb.head)
    place = place_beside(scene, verb, noun) or scene.where.place_of(verb) or (event.place if event else None)
    if draft.place is None or (place is not None and is_country(draft.place) and place.country == draft.place.country):
        draft.place = place


def date_beside(scene: Scene, noun: Token) -> DateRef | None:
    """A date that the parser hung somewhere on the noun ('a deal worth $4 million in Oslo on Wednesday')."""
    for token in noun.subtree:
        if (
            token.dep_ == "prep"
            and token.lower_ in {"on", "in"}
            and token.i > noun.i
            and (not clause_between(token, noun) or before_its_clause(token))
        ):
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
        if event.type == "AGREE" and event.date and event.date.span and len(parties & actors) > 1:
            return DateRef(
                value=event.date.value, span=event.date.span, reason="the same parties agreed, other sentence"
            )
    return None


def add_sectors(scene: Scene, noun: Token, draft: Draft) -> None:
    found = sectors_at(noun)
    following = next_sentence(noun)
    if following is not None and following[0].lower_ in {"it", "they"}:
        told = sectors_of_pronoun(following.root)
        if told:
            draft.spans.append(scene.parse.span(following))
            found += told
    draft.sectors = list(dict.fromkeys([*draft.sectors, *found]))


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
        why=f"'{draft.head.text}' made or named by '{draft.seal.verb.text}'",
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
    if draft.head.pos_ == "VERB":
        return f"agreement {upto_clause(children(draft.head, 'xcomp')[0])}"
    words_ = [t for t in phrase if not (t.i == start and t.dep_ == "det")]
    if len(words_) == 1:
        for verb in reversed(draft.head.doc[: draft.head.i]):
            goal = next((c for c in children(verb, "xcomp") if verb.lemma_ == "agree"), None)
            if goal is not None:
                return f"{draft.head.lemma_} {upto_clause(goal)}"
    return "".join(t.text_with_ws for t in words_).strip()


def upto_clause(goal: Token) -> str:
    """'to restore relations', without what is joined to it or hangs on it as a clause."""
    stop = next((t.i for t in goal.subtree if t.i > goal.i and t.dep_ in {"cc", "advcl", "mark"}), None)
    last = stop if stop is not None else max(t.i for t in goal.subtree) + 1
    return goal.doc[min(t.i for t in goal.subtree) : last].text.strip(" ,")
