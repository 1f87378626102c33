"""Clauses that bind somebody: which verbs promise, who has to act, and the words of each promise."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Promise
from ..document import Span
from ..language import Parse
from .parties import actors_named, members
from .phrases import children, prepositional, subject_of
from .words import words

BINDING = frozenset({"will", "would", "shall", "should", "must", "'ll", "'d", "wo"})
VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def binds(verb: Token) -> bool:
    """Whether the clause says what is to be done: 'will free', 'is to free', 'agreed to free', 'calls on A to free'."""
    table = words("plan")
    if verb.pos_ not in VERBAL or verb.lemma_ in table["empty"] or verb.dep_ == "relcl":
        return False
    if any(c.dep_ == "aux" and c.lower_ in BINDING for c in verb.children):
        return True
    above = verb.head
    asked = verb.tag_ in {"VB", "VBP"} and verb.dep_ == "ccomp" and above.lemma_ in table["demanding"]
    if asked and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children):
        return True  # 'provides that Havana release the prisoners'
    if verb.dep_ not in {"xcomp", "ccomp", "advcl", "acl"} or not any(c.tag_ == "TO" for c in verb.children):
        return False
    if above.lemma_ == "have" and any(c.lower_ == "yet" for c in above.children):
        return False  # 'has yet to commit itself'
    if above.lemma_ in {"be", "have"} or above.lemma_ in table["promising"]:
        return True
    return above.lemma_ in table["requiring"]


def is_open(verb: Token) -> bool:
    """Whether the clause is about what is still to be done: a modal or a bound infinitive, not a past tense."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children) or binds(verb)


def lost_subject(verb: Token) -> Token | None:
    """The subject that the parser gave to the clause before: 'A would free the men and B would lift the siege'.

    There 'B' is taken for a second object of 'free'; it stands right before the auxiliary of a verb without a subject.
    """
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if verb.dep_ != "conj" or modal is None or modal.i == 0 or children(verb, *SUBJECTS):
        return None
    before = verb.doc[modal.i - 1]
    return (
        before
        if before.dep_ == "conj" and before.pos_ in {"NOUN", "PROPN"} and before.head.pos_ in {"NOUN", "PROPN"}
        else None
    )


def lost_to_place(verb: Token) -> list[Token]:
    """'Under the accord signed in Oslo, A and B are to leave': A and B, which the parser joins to Oslo."""
    above = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in {"be", "have"} else verb
    if children(above, "nsubj", "nsubjpass") or above.sent[0].dep_ != "prep":
        return []
    first = min([above, *children(above, "aux")], key=lambda t: t.i)
    last = first.doc[first.i - 1] if first.i else first
    run = [last, *(a for a in last.ancestors if a.i < last.i and last.dep_ == "conj" and a.dep_ == "conj")]
    begin = min(run, key=lambda t: t.i)
    left = begin.left_edge.i
    after_comma = left > 0 and begin.doc[left - 1].text == ","
    return [begin] if last.dep_ == "conj" and begin.head.dep_ == "pobj" and after_comma else []


def chain(verb: Token) -> list[Token]:
    """The verb and those joined to it that share its subject: 'would free the men and reopen the road'."""
    joined = [verb]
    for child in children(verb, "conj"):
        if child.pos_ in VERBAL and not children(child, *SUBJECTS) and lost_subject(child) is None:
            joined += chain(child)
    return joined


def promises(parse: Parse, who: Who, verb: Token, without: Iterable[Token] = ()) -> list[Promise]:
    """The clause of `verb` as promises, one for each verb that is joined to it under the same subject."""
    left_out = set(without)
    by = actors_of(who, verb)
    by = [r for r in by if r.country or not (r.id or "").startswith("person:")] or by
    verbs = chain(verb)
    found = []
    for part in verbs:
        others = {v for v in verbs if v != part and v in list(part.subtree)}
        span = clause_span(parse, part, left_out | others)
        if span is not None:
            found.append(Promise(span=span, by=tuple(by)))
    return found


def actors_of(who: Who, verb: Token) -> list[ActorRef]:
    """Who has to act: the subject, the one called upon, or whoever stands after 'by' in the passive."""
    if children(verb, "nsubjpass"):
        return actors_named(who, prepositional(verb, "by"))
    own = children(verb, "nsubj") or [t for t in (lost_subject(verb),) if t is not None]
    own = own or lost_to_place(verb)
    if own:
        return actors_named(who, own)
    if verb.dep_ in {"xcomp", "ccomp", "advcl", "acl"}:
        called = called_upon(verb)
        if called:
            return actors_named(who, called)
    found = subject_of(verb)
    if not found and verb.head != verb and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        found = subject_of(verb.head)
    return actors_named(who, found)


def called_upon(verb: Token) -> list[Token]:
    """'calls on A to free': A; 'requires A to free': A; 'provides for A to free': A."""
    above = verb.head
    if above.lemma_ not in words("plan")["requiring"]:
        return []
    return [*prepositional(above, "on", "upon", "for"), *children(above, "dobj")]


def clause_span(parse: Parse, verb: Token, without: Iterable[Token] = ()) -> Span | None:
    """The words of a clause, without other clauses with subjects of their own and the punctuation at its ends."""
    confirmed = [c for c in children(verb, "advcl") if c.tag_ == "VBN" and any(m.lower_ == "as" for m in c.children)]
    skipped = {t for v in (*without, *other_clauses(verb), *confirmed) for t in v.subtree}
    tokens = [t for t in verb.subtree if t not in skipped and not t.is_space]
    if verb.dep_ == "xcomp" and verb.head.lemma_ in {"be", "have"}:
        tokens += [verb.head, *(t for s in children(verb.head, "nsubj") for t in s.subtree)]
    lost = lost_subject(verb)
    tokens += list(lost.subtree) if lost is not None else []
    tokens += [t for n in called_upon(verb) if not children(verb, "nsubj") for m in members(n) for t in m.subtree]
    tokens = sorted((t for t in tokens if not t.is_space), key=lambda t: t.i)
    while tokens and ((tokens[0].is_punct and not tokens[0].is_quote) or tokens[0].dep_ == "cc"):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ in {"cc", "mark"}):
        tokens.pop()
    if not tokens:
        return None
    return parse.span(verb.doc[tokens[0].i : tokens[-1].i + 1])


def other_clauses(verb: Token) -> list[Token]:
    """Clauses that hang on the verb and have subjects of their own: coordinates, and what stands before a semicolon."""
    found = []
    for child in verb.children:
        lost = lost_subject(child)
        if lost is not None:
            found += [child, lost]
        own = children(child, *SUBJECTS)
        if child.pos_ not in VERBAL or not own:
            continue
        if child.dep_ in {"advcl", "relcl"} and any(
            t.lower_ == "which" and t.head.lower_ in {"after", "upon"} for t in child.subtree
        ):
            found.append(child)  # 'after which B is to lift the blockade'
            continue
        apart = any(t.text in {";", ":"} or t.dep_ == "cc" for t in between(child, verb))
        if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"while", "whereas"} for c in child.children):
            apart = True
        if child.dep_ == "ccomp" and child.i > verb.i and not children(verb, "dobj"):
            continue  # 'approves the programme and creditors give ...': the parser took its object for another's subject
        if child.dep_ in {"conj", "parataxis"} or (child.dep_ in {"ccomp", "advcl"} and apart):
            found.append(child)
    return found


def between(one: Token, two: Token) -> list[Token]:
    first, last = sorted((one.i, two.i))
    return list(one.doc[first + 1 : last])
