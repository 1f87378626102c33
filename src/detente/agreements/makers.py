"""Who put a plan forward, who announced it, and on what day."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, DateRef
from ..language import Clock
from .parties import actors_named, members
from .phrases import children, outer, prepositional, subject_of
from .words import words

FROM = ("by", "from", "of")
OBJECTS = frozenset({"dobj", "obj", "ccomp", "oprd", "attr", "dep"})


@dataclass
class Makers:
    """What the mentions of one plan have said so far of where it comes from."""

    proposed_by: list[ActorRef] = field(default_factory=list)
    announced_by: list[ActorRef] = field(default_factory=list)
    announced_on: DateRef | None = None
    addressed: list[ActorRef] = field(default_factory=list)
    """Those to whom it was put: 'presented A and B with a plan', 'offered it to C'."""

    def read(self, who: Who, clock: Clock, noun: Token) -> None:
        """Adds what the mention at `noun` says."""
        self.by_name(who, noun)
        steps = [n for n in prepositional(noun, "of") if n.lemma_ in words("plan")["parts"]]
        for verb in (v for n in (noun, *steps) for v in participles(n)):
            self.by_verb(who, clock, verb, list(prepositional(verb, "by")), passive=True)
        inner, noun = noun, outer(noun)
        verb = noun.head
        if noun.dep_ in OBJECTS and verb.pos_ == "VERB" and not negated(verb):
            self.by_verb(who, clock, verb, subject_of(verb))
            if self.announced_on is None and verb.lemma_ in words("plan")["proposing"] and (day := clock.own(inner)):
                self.announced_on = DateRef(value=day.value, span=day.span, reason="beside the plan")
        elif noun.dep_ == "nsubjpass" and verb.pos_ == "VERB" and not negated(verb):
            self.by_verb(who, clock, verb, list(prepositional(verb, "by")), passive=True)
        if noun.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lemma_ in {"come", "emerge"}:
            remember(self.proposed_by, actors_named(who, subject_of(verb.head)))
        if noun.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lemma_ in {"present", "provide"}:
            self.by_verb(who, clock, verb.head, subject_of(verb.head))
            remember(self.addressed, actors_named(who, children(verb.head, "dobj")))
        if noun.dep_ in {*OBJECTS, "nsubjpass"} and verb.lemma_ in words("plan")["proposing"]:
            near = [
                *children(verb, "dative"),
                *(o for o in children(verb, "dobj") if o != noun),
                *prepositional(verb, "to"),
                *prepositional(noun, "to", "for"),
            ]
            near += [t for n in steps for t in prepositional(n, "to")]
            remember(self.addressed, actors_named(who, near))
        self.by_report(who, clock, inner)

    def by_report(self, who: Who, clock: Clock, noun: Token) -> None:
        """'Turkey has drawn up a plan, its defence minister announced on Tuesday': who announced it, and when."""
        verb = next((a for a in noun.ancestors if a.pos_ == "VERB"), None)
        if verb is None or verb.dep_ != "ccomp" or verb.head.lemma_ not in words("plan")["announcing"]:
            return
        remember(self.announced_by, actors_named(who, subject_of(verb.head)))
        self.announced_on = self.announced_on or clock.date_of(verb.head)

    def by_name(self, who: Who, noun: Token) -> None:
        """'Kenya's plan', 'the Egyptian proposal', 'a proposal from Oman', 'an initiative of France'."""
        owners = [
            c
            for c in noun.children
            if (c.dep_ == "poss" and not (c.pos_ == "PRON" and self.proposed_by))
            or (c.dep_ in {"amod", "compound"} and c.ent_type_ in {"NORP", "GPE", "ORG"})
        ]
        joint = [t for c in owners for t in members(c)]
        refs = [r for t in joint for r in who.at(t) if r.country or r.id]
        if not refs:
            refs = [r for t in prepositional(noun, *FROM) for m in members(t) for r in who.at(m) if r.country or r.id]
        remember(self.proposed_by, refs)

    def by_verb(self, who: Who, clock: Clock, verb: Token, makers: list[Token], *, passive: bool = False) -> None:
        table = words("plan")
        proposing, announcing = verb.lemma_ in table["proposing"], verb.lemma_ in table["announcing"]
        if not (proposing or announcing) or (
            verb.lemma_ in {"set", "make", "work", "hand", "lay"} and not particle(verb) and not gives_to(verb)
        ):
            return
        refs = actors_named(who, makers)
        if passive and announcing and (self.proposed_by or not proposing):
            remember(self.announced_by, refs)
        else:
            remember(self.proposed_by, refs)
            remember(self.announced_by, [r for r in refs if r.person])
        self.announced_on = self.announced_on or clock.date_of(verb)


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


def gives_to(verb: Token) -> bool:
    """'handed A and B a plan': two objects."""
    return verb.lemma_ == "hand" and len(children(verb, "dative", "dobj")) > 1


def particle(verb: Token) -> bool:
    """'set out', 'laid out', 'worked out', 'made public', 'handed over'."""
    return any(c.dep_ in {"prt", "advmod", "acomp", "oprd", "ccomp"} for c in verb.children)


def negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def remember(known: list[ActorRef], refs: list[ActorRef]) -> None:
    """Adds the actors that are not yet known, and of whom more is known than the words."""
    keys = {(r.key, r.person) for r in known}
    known += [r for r in refs if (r.key, r.person) not in keys and (r.country or r.id or r.person)]
