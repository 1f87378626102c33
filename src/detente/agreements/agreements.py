"""What was agreed, between whom, signed by whom, about what, when and where.

A document tells of one agreement in several places ("signed a strategic agreement", "This document", "The
agreement was concluded during ..."). The sentences that found an agreement come first; later definite mentions
are joined to it and bring what the first did not say.
"""

from __future__ import annotations

from spacy.tokens import Token

from ..actors import Who
from ..claims import Agreement, Attribution, Event
from ..document import cover
from ..language import Clock, Parse
from ..places import Where
from .day_and_place import CEREMONIES, add_meeting, add_time_and_place, date_of_agreeing, read_ceremony
from .doing import goal_of, read_agreed_to_do
from .phrases import next_sentence, phrase_of
from .sealing import Seal, is_agreement_noun, only_witnesses, seal_of
from .sectors import sectors_at, sectors_before, sectors_of_goal, sectors_of_pronoun, sectors_of_purpose
from .signing import SIGN, by_person, read_bare_signing, read_representing, read_signatures, represents
from .told import NEAR, Draft, Scene
from .whose import add_parties, read_membership, rebels_placed
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
        elif token.lemma_ in SIGN and token.pos_ == "VERB":
            read_bare_signing(scene, token, drafts)
        elif drafts and represents(token):
            read_representing(scene, token, drafts)
        elif drafts and token.lemma_ in {"signature", "signatory"} and token.dep_ in {"dobj", "nsubj"}:
            read_signatures(scene, token, drafts)
        elif drafts and token.lemma_ in CEREMONIES and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            read_ceremony(scene, token, drafts[-1])
        elif drafts and token.lemma_ in {"party", "signatory"} and token.dep_ == "attr":
            read_membership(scene, token, drafts)
    for draft in drafts:
        draft.parties = rebels_placed(scene, draft.parties)
        if draft.date is None:
            draft.date = date_of_agreeing(scene, draft)
        if draft.date is None and draft.status == "done" and not draft.seal.standing:
            add_meeting(scene, draft)
        if not draft.sectors:
            goals = [g for m in draft.mentions if m.pos_ == "VERB" and (g := goal_of(m))]
            draft.sectors = [s for g in goals for s in sectors_of_goal(g)]
            draft.sectors += [s for m in draft.mentions for s in sectors_before(m) if s not in draft.sectors]
        if not draft.sectors:
            draft.sectors = list(dict.fromkeys(s for m in draft.mentions for s in sectors_of_purpose(m)))
    drafts = joined([d for d in drafts if d.is_made])
    return tuple(finish(scene, d, attributions) for d in drafts if not told_again(scene, d, drafts))


def joined(drafts: list[Draft]) -> list[Draft]:
    """'signed a statement ... the Joint Declaration, which A and B signed': a paper that the text then calls by its name."""
    kept: list[Draft] = []
    for draft in drafts:
        first = kept[-1] if kept else None
        if first is not None and is_named_later(first, draft):
            first.head = draft.head
            first.mentions += draft.mentions
            first.spans += draft.spans
            first.signatories = by_person([*first.signatories, *draft.signatories])
            first.sectors += [s for s in draft.sectors if s not in first.sectors]
            first.date, first.place = first.date or draft.date, first.place or draft.place
        else:
            kept.append(draft)
    return kept


def is_named_later(first: Draft, later: Draft) -> bool:
    """Whether `later` is 'the protocol' or 'the Joint Declaration', first told of as 'an understanding' or 'a statement',
    or by what was agreed ('agreed to respect ... The treaty was signed'): same parties, no other day. A proper name is
    another agreement's unless the first was only called a paper."""
    table = words("agreement")
    plain = first.head.lemma_.lower() in table["papers"] | table["generic"]
    definite = any(c.lower_ == "the" for c in later.head.children)
    called = definite and (plain or later.head.pos_ == "NOUN") and first.head.pos_ in {"NOUN", "VERB"}
    same = {p.key for p in first.parties} == {p.key for p in later.parties}
    days = {d.date.value for d in (first, later) if d.date}
    near = later.mentions[0].i - first.mentions[-1].i < NEAR
    return called and same and len(days) < 2 and near and first.status == later.status


def told_again(scene: Scene, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a headline only announces what the text below tells: the same noun, and no party that it does not name."""
    text = scene.parse.document.text
    end = text.find("\n")
    if draft.head.idx > end or text[:end].rstrip().endswith("."):
        return False
    parties = {p.key for p in draft.parties}
    below = [d for d in drafts if d.head.idx > end and parties <= {p.key for p in d.parties}]
    return any(m.lemma_.lower() == draft.head.lemma_.lower() for d in below for m in d.mentions)


def read_mention(scene: Scene, noun: Token, drafts: list[Draft]) -> None:
    """Starts an agreement at `noun`, or adds what this mention says to the one that it means."""
    seal = seal_of(noun)
    draft = governed_by(noun, drafts) or antecedent(noun, drafts)
    if seal is not None and seal.refused:
        return
    if draft is None:
        if seal is None:
            return
        draft = Draft(head=noun, seal=seal, loose=seal.loose, status=seal.status)
        drafts.append(draft)
    draft.mentions.append(noun)
    start, end = phrase_of(noun)
    draft.spans.append(scene.parse.span(noun.doc[start : end + 1]))
    if seal is not None and not only_witnesses(seal.verb):
        add_sealing(scene, seal, noun, draft, drafts)
    add_sectors(scene, noun, draft)


def add_sealing(scene: Scene, seal: Seal, noun: Token, draft: Draft, drafts: list[Draft]) -> None:
    """What stands with the verb that seals it: parties, signatories, day, place; what was planned may be done by now."""
    if seal.loose and seal.standing and draft.parties:
        return
    add_parties(scene, seal, noun, draft, drafts)
    if seal.standing:
        return
    add_time_and_place(scene, seal.verb, noun, draft)
    draft.loose = draft.loose and seal.loose
    if seal.status == "done" and not seal.loose:
        draft.status = "done"


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
        goal = goal_of(draft.head)
        return f"agreement {upto_clause(goal)}" if goal else "agreement"
    words_ = [t for t in phrase if not (t.i == start and t.dep_ == "det")]
    if len(words_) == 1:
        for verb in reversed(draft.head.doc[: draft.head.i]):
            goal = goal_of(verb) if verb.lemma_ == "agree" and verb.pos_ == "VERB" else None
            if goal is not None and goal.dep_ == "xcomp":
                return f"{draft.head.lemma_} {upto_clause(goal)}"
    return "".join(t.text_with_ws for t in words_).strip()


def upto_clause(goal: Token) -> str:
    """'to restore relations', without what is joined to it or hangs on it as a clause."""
    stop = next((t.i for t in goal.subtree if t.i > goal.i and t.dep_ in {"cc", "advcl", "mark"}), None)
    last = stop if stop is not None else max(t.i for t in goal.subtree) + 1
    return goal.doc[min(t.i for t in goal.subtree) : last].text.strip(" ,")
