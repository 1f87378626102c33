"""How a sentence ties one promise to another: conditions, 'in return', rewards, stages, and what only leads up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Promise
from ..document import Span
from ..language import Parse
from .clauses import chain, clause_span, is_open, promises
from .parties import actors_named, members
from .phrases import children, prepositional, subject_of
from .sealing import begins_to_count
from .words import words

ORDINALS = {w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)}
NUMBERS = {w: i for i, w in enumerate("one two three four five six seven eight".split(), 1)}
STAGE = re.compile(
    rf"(?:^\W*|\b(?:in|during|as|for|under|at|of|with|after)\s+)(?:the|a|an|this|its)?\s*(?P<ordinal>{'|'.join(ORDINALS)}|initial|next|final|last)\s+(?:stage|phase|step|round|tranche|instal+ment|move)\b"
    rf"|\b(?:stage|phase|step)\s+(?P<number>{'|'.join(NUMBERS)}|[1-9])\b"
    r"|^\W*(?P<opening>first(?:ly)?|second(?:ly)?|third(?:ly)?|initially|to begin with|finally|lastly)\b\s*,",
    re.I,
)
SAYING = frozenset("add affirm declare insist maintain reaffirm reiterate repeat say stress tell vow warn".split())
LEADS = frozenset({"according", "as", "at", "by", "during", "in", "per", "under", "upon", "with", "within"})


def stage_of(text: str, current: int | None) -> tuple[int | None, bool]:
    """The number of the stage that the sentence names, else the one that goes on; and whether it goes on after it."""
    match = STAGE.search(text)
    if match is None:
        return current, True
    lasting = bool(re.search(r"stage|phase|round", match[0], re.I))
    if match["number"]:
        return NUMBERS.get(match["number"].lower()) or int(match["number"]), lasting
    word = (match["ordinal"] or match["opening"]).lower().removesuffix("ly")
    if word in {"initial", "to begin with"}:
        return 1, lasting
    return ORDINALS.get(word) or (current or 0) + 1, lasting


def condition_of(verb: Token) -> tuple[Token | None, str]:
    """The clause that waits for `verb`, and the word that ties them."""
    table = words("plan")
    if begins_to_count(verb) and all(s.lemma_.lower() in table["nouns"] for s in subject_of(verb)):
        return None, ""  # 'once the plan is in force': when it begins, and nothing that somebody gives
    if verb.dep_ == "advcl" and verb.head.pos_ in {"VERB", "AUX"}:
        for child in verb.children:
            if child.dep_ in {"mark", "advmod"} and child.lower_ in table["while_words"]:
                return verb.head, child.lower_
        if verb.lower_ in {"provided", "providing"} and children(verb, "ccomp"):
            return verb.head, "provided"
        inner = [c for c in children(verb, "prep", "advmod") if c.lower_ in {"as", "so"}]
        if inner and any(c.lower_ == "long" for c in verb.sent):
            return verb.head, "as long as"
    above = verb.head
    if verb.dep_ == "advcl" and above.lower_ == "soon" and above.head.pos_ in {"VERB", "AUX"}:
        return above.head, "as soon as"
    if verb.dep_ == "pcomp" and above.lower_ in {"provided", "providing", "assuming"}:
        return next((a for a in above.ancestors if a.pos_ == "VERB" and is_open(a)), None), "provided"
    if verb.dep_ == "ccomp" and above.lower_ in {"provided", "providing", "assuming"}:
        main = next((a for a in above.ancestors if a.pos_ == "VERB" and is_open(a)), None)
        return main, "provided"
    conditional = (
        verb.dep_ in {"acl", "ccomp", "relcl"} and above.lemma_ in table["conditions"] and above.pos_ == "NOUN"
    )
    if conditional and above.dep_ == "pobj" and above.head.lower_ in {"on", "upon", "under"}:
        return next((a for a in above.ancestors if a.pos_ == "VERB"), None), "on condition"
    return None, ""


def topmost(verb: Token, main: Token) -> Token:
    """The highest token under `main` that has `verb` below it: what to leave out of the main clause."""
    node = verb
    while node.head not in (main, node):
        if node.head.dep_ in {"dobj", "pobj", "nsubj"} and (node.dep_ in {"acl", "relcl"} or node.lower_ == "provided"):
            return node
        node = node.head
    return node


def given_by(verb: Token) -> Token:
    """The verb of what is given; for 'as they do so' the verb of the clause before; for 'provided that' what follows."""
    if verb.lower_ in {"provided", "providing"} and children(verb, "ccomp"):
        return children(verb, "ccomp")[0]
    if verb.lemma_ == "do" and any(c.lower_ == "so" for c in verb.children) and verb.head.dep_ == "conj":
        return verb.head.head
    return verb


def clause(parse: Parse, who: Who, verb: Token, without: list[Token]) -> list[Promise]:
    """A subordinate clause as one promise, its conjunction included."""
    without = [w for w in without if w != verb and verb not in list(w.subtree)] + [
        w for w in without if w != verb and verb in list(w.subtree) and w in list(verb.subtree)
    ]
    span = clause_span(parse, verb, without)
    if span is None:
        return []
    by = tuple(r for p in promises(parse, who, verb, without)[:1] for r in p.by)
    return [Promise(span=span, by=by)]


def reward_of(parse: Parse, who: Who, verb: Token, mentions: list[Token]) -> list[Promise]:
    """'the plan would reward it by lifting sanctions': what the reward is, where the plan or nobody is its subject."""
    subjects = subject_of(verb)
    of_the_plan = verb.lemma_ in words("plan")["answering"] and (not subjects or bool(set(subjects) & set(mentions)))
    if not of_the_plan and not (verb.lemma_ in words("plan")["answering"] and children(verb, "nsubjpass")):
        return []
    for prep in children(verb, "prep", "agent"):
        if prep.lower_ in {"by", "with"}:
            for what in children(prep, "pobj", "pcomp"):
                span = clause_span(parse, what)
                return [Promise(span=span)] if span else []
    return []


def connectives(sentence: TokenSpan) -> Iterator[tuple[int, int, str]]:
    """First and last token (exclusive) of each 'in return' in the sentence."""
    lowers = [t.lower_ for t in sentence]
    by_first = _connectives_by_first()
    for i, word in enumerate(lowers):
        for parts in by_first.get(word, ()):
            if lowers[i : i + len(parts)] == parts:
                yield sentence.start + i, sentence.start + i + len(parts), " ".join(parts)
                break


@cache
def _connectives_by_first() -> dict[str, list[list[str]]]:
    """The words of each connective, longest first, under the first word."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted(words("plan")["in_return"], key=len, reverse=True):
        found.setdefault(phrase.split()[0], []).append(phrase.split())
    return found


def governing_verb(token: Token) -> Token | None:
    """The verb that the connective belongs to: above it, else the next one after it."""
    above = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    if above is not None and is_open(above):
        return above
    return next((t for t in token.doc[token.i + 1 : token.sent.end] if t.pos_ == "VERB" and is_open(t)), above)


def verbs_before(verb: Token, start: int) -> list[Token]:
    """Verbs with clauses of their own in the same sentence that stand before the connective."""
    return [t for t in verb.sent if t.i < start and t.pos_ == "VERB" and t != verb and t not in chain(verb)]


def leads(verb: Token, mentions: list[Token]) -> list[Token]:
    """'under the plan', 'as a first step': prepositional phrases that are no part of what is promised."""
    found = []
    for prep in children(verb, "prep"):
        objects = [o for p in (prep, *children(prep, "prep")) for o in children(p, "pobj")]
        named = any(o in mentions for o in objects)
        stage = any(o.lemma_ in words("plan")["parts"] and has_ordinal(o) for o in objects)
        if prep.lower_ in LEADS and (named or stage):
            found.append(prep)
    return found


def has_ordinal(noun: Token) -> bool:
    return any(
        c.lower_ in ORDINALS or c.lower_ in {"initial", "next", "final", "last", "opening"} for c in noun.children
    )


def is_promise(who: Who, verb: Token, mentions: list[Token]) -> bool:
    """Whether the clause binds an actor to something other than the plan itself."""
    near = [*children(verb, "dobj", "nsubjpass"), *prepositional(verb, "to", "with", "on")]
    if any(m in near for m in mentions):
        return False
    by = [r for p in promises(who.parse, who, verb)[:1] for r in p.by]
    subject = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in {"be", "have"} else verb
    body = any(s.lemma_ in words("plan")["bodies"] for s in children(subject, "nsubj"))
    undergoing = children(verb, "nsubjpass") or (children(subject, "nsubj") if children(verb, "auxpass") else [])
    if any(s.pos_ == "NOUN" and not is_talk(s) for s in children(subject, "nsubj")) and is_happening(verb):
        return True
    return bool(by) or body or (bool(undergoing) and not any(m in undergoing for m in mentions))


def is_happening(verb: Token) -> bool:
    """'reconstruction would begin': what is to come about, whoever brings it about."""
    return verb.lemma_ in words("plan")["happening"] and not children(verb, "dobj")


def is_diary(verb: Token) -> bool:
    """'The president will travel to Oslo': in the diary, and no step of a plan."""
    return verb.lemma_ in words("plan")["diary"]


def is_about_a_word(verb: Token) -> bool:
    """'the village, whose people will get houses', 'a body that will watch': tells of a word, and is no promise."""
    relative = {"who", "whose", "that", "which"}
    subjects = children(verb, "nsubj", "nsubjpass")
    return verb.dep_ == "relcl" and any(t.lower_ in relative for s in subjects for t in (s, *s.children))


def is_own_refusal(main: Token) -> bool:
    """'Japan said that it would not pay until ...': where somebody stands, no step."""
    return main.dep_ == "ccomp" and main.head.lemma_ in SAYING and negated(main)


def is_part(noun: Token) -> bool:
    """'The plan foresees three phases': the parts are no promise."""
    return noun.lemma_ in words("plan")["parts"]


def is_talk(noun: Token) -> bool:
    """'The plan envisages talks': talking is the way, no step on it."""
    return noun.lemma_ in words("plan")["talks"]


def thing_span(parse: Parse, noun: Token) -> Span | None:
    others = {t for c in children(noun, "conj") for t in c.subtree}
    tokens = [t for t in noun.subtree if t not in others and not t.is_space]
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ in {"cc", "punct"}):
        tokens.pop()
    return parse.span(noun.doc[tokens[0].i : tokens[-1].i + 1]) if tokens else None


def gerund_behind(name: Token) -> Token | None:
    """'in exchange for Caracas agreeing to vote': the 'agreeing' that the parser hangs elsewhere."""
    after = name.nbor(1) if name.i + 1 < len(name.doc) else None
    return after if after is not None and name.pos_ == "PROPN" and after.tag_ == "VBG" else None


def behind(who: Who, noun: Token) -> list[ActorRef]:
    """Who has to do it: after 'by', or the owner of the act ('Syria's withdrawal')."""
    owners = [t for c in children(noun, "poss", "amod", "compound") for t in members(c)]
    return actors_named(who, prepositional(noun, "by")) or [r for t in owners for r in who.at(t) if r.country or r.id]


def takes_side(verb: Token, mentions: list[Token]) -> bool:
    """'could not support the plan until ...': a position, no step."""
    return any(m in mentions for m in children(verb, "dobj", "nsubjpass"))


def is_relief(side: list[Promise], parse: Parse) -> bool:
    text = " ".join(p.span.of(parse.document.text).lower() for p in side)
    return bool(set(re.findall(r"[\w-]+", text)) & words("plan")["relief"])


def givers(side: list[Promise]) -> frozenset[str]:
    return frozenset(r.key for p in side for r in p.by)


def is_over(verb: Token) -> bool:
    """'dismissed it as a reward': what was said or done, and is no part of what is still to come."""
    bound = is_open(verb.head) or verb.head.lemma_ in words("plan")["foreseeing"] | words("plan")["requiring"]
    return verb.tag_ == "VBD" and bool(children(verb, "nsubj")) and not bound


def then_before(verb: Token) -> bool:
    return any(c.lower_ in {"then", "thereafter", "afterwards", "subsequently", "also"} for c in verb.children)


def negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)
