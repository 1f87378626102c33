"""What is given and what is got: how sentences tie the one to the other while a plan is being told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, PlanStep, Promise
from ..document import Span
from ..language import Parse
from .clauses import binds, chain, clause_span, is_open, other_clauses, promises
from .parties import actors_named, members
from .phrases import children, prepositional, subject_of
from .words import words

ORDINALS = {w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)}
NUMBERS = {w: i for i, w in enumerate("one two three four five six seven eight".split(), 1)}
STAGE = re.compile(
    rf"(?:^\W*|\b(?:in|during|as|for|under|at|of|with|after)\s+)(?:the|a|an|this|its)?\s*(?P<ordinal>{'|'.join(ORDINALS)}|initial|next|final|last)\s+(?:stage|phase|step|round|tranche|instal+ment|move)\b"
    rf"|\b(?:stage|phase|step)\s+(?P<number>{'|'.join(NUMBERS)}|[1-9])\b"
    r"|^\W*(?P<opening>first(?:ly)?|second(?:ly)?|third(?:ly)?|initially|to begin with|finally|lastly)\b\s*,",
    re.I,
)
FOR_EVERY = re.compile(
    r"^\W*(?P<give>(?:in return |in exchange )?for (?:every|each)\b[^,]*),\s*(?P<get>.+?)\W*$", re.I | re.S
)
EVERY_AFTER = re.compile(r"^(?P<get>.+?)\s+(?P<give>for (?:every|each)\b.+?)\W*$", re.I | re.S)
LEADS = frozenset({"according", "as", "at", "by", "during", "in", "per", "under", "upon", "with", "within"})


@dataclass
class Told:
    """One step while the document is being read."""

    give: list[Promise] = field(default_factory=list)
    get: list[Promise] = field(default_factory=list)
    stage: int | None = None
    tie: str = ""
    sentence: int = 0

    def done(self) -> PlanStep:
        return PlanStep(give=tuple(self.give), get=tuple(self.get), stage=self.stage, tie=self.tie)


@dataclass
class Mechanism:
    """The steps of one plan as they are told, sentence by sentence."""

    parse: Parse
    who: Who
    steps: list[Told] = field(default_factory=list)
    stage: int | None = None
    lasting: bool = True
    """Whether the stage goes on in the next sentence: 'in the first phase' does, 'as a first step' does not."""

    def read(self, sentence: TokenSpan, mentions: list[Token], *, scoped: bool) -> bool:
        """Adds the steps that the sentence tells; False where it tells none.

        `scoped` says that the sentence is known to speak of the plan, so that a bare 'A would do B' is a step too.
        """
        self.stage, self.lasting = stage_of(sentence.text, self.stage if self.lasting else None)
        before = len(self.steps), sum(bool(s.get) for s in self.steps)
        used: set[Token] = set()
        for finder in (self.for_every, self.in_return, self.conditional, self.each_that, self.answered):
            used |= finder(sentence, mentions, used)
        if scoped:
            used |= self.foreseen(sentence, mentions, used)
            self.bare(sentence, mentions, used)
        return (len(self.steps), sum(bool(s.get) for s in self.steps)) != before

    # --- the ways of tying ----------------------------------------------------------------------------------

    def conditional(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'once A has done this, B would do that'; 'B would do that provided that A does this'."""
        taken: set[Token] = set()
        for verb in sentence:
            main, tie = condition_of(verb)
            if main is None or main in used or not is_open(main) or main in taken or takes_side(main, mentions):
                continue
            giving = given_by(verb)
            given = clause(self.parse, self.who, giving, [verb, main, *leads(giving, mentions)])
            got = promises(self.parse, self.who, main, [topmost(verb, main), *leads(main, mentions)])
            got = reward_of(self.parse, self.who, main, mentions) or got
            beside = [
                c for c in other_clauses(main) if c.dep_ == "conj" and c.i > main.i and is_open(c) and verb.i < main.i
            ]
            got += [p for c in beside for p in promises(self.parse, self.who, c, leads(c, mentions))]
            given = self.whose(giving, given)
            if self.goes_on(giving, given) and self.answer(got, tie, sentence):
                taken |= {verb, *chain(main), *(v for c in beside for v in chain(c))}
                continue
            reverse = tie in {"before"} or (tie in {"until", "unless"} and not negated(main))
            first, second = (got, given) if reverse else (given, got)
            self.add(first, second, tie, sentence)
            taken |= {verb, *chain(giving), *chain(main), *(v for c in beside for v in chain(c))}
        return taken

    def goes_on(self, verb: Token, given: list[Promise]) -> bool:
        """Whether 'as they withdraw' says no more than the step before: that step then is what is given."""
        pronoun = any(c.lower_ in {"it", "they", "both"} for c in children(verb, "nsubj"))
        if not pronoun or not self.steps or self.steps[-1].get:
            return False
        return givers(self.steps[-1].give) == givers(given) and not children(verb, "dobj")

    def whose(self, verb: Token, given: list[Promise]) -> list[Promise]:
        """'As they withdraw': they who were just said to withdraw, whatever else the sentence before names."""
        pronoun = next((c for c in children(verb, "nsubj") if c.lower_ in {"it", "they", "both"}), None)
        if pronoun is None or not self.steps or not self.steps[-1].give:
            return given
        by = self.steps[-1].give[-1].by
        return [Promise(span=p.span, by=by or p.by) for p in given]

    def in_return(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'A would do this in return for that'; 'A would do this; in return, B would do that'."""
        taken: set[Token] = set()
        for start, end, phrase in connectives(sentence):
            first = sentence.doc[start]
            verb = governing_verb(sentence.doc[end - 1])
            if verb is None or verb in used | taken or takes_side(verb, mentions):
                continue
            wanted = list(prepositional(sentence.doc[end - 1], "for")) + [
                c for p in children(sentence.doc[end - 1], "prep") for c in children(p, "pcomp")
            ]
            if wanted:
                given = promises(self.parse, self.who, verb, [first, *leads(verb, mentions)])
                span = clause_span(self.parse, wanted[0], leads(wanted[0], mentions))
                other = [Promise(span=span, by=())] if span else []
                if is_relief(given, self.parse) and not is_relief(other, self.parse):
                    given, other = other, given
                self.add(given, other, phrase, sentence)
                taken |= set(chain(verb))
                continue
            earlier = [v for v in verbs_before(verb, start) if is_open(v) and v not in used]
            given = [p for v in earlier[-1:] for p in promises(self.parse, self.who, v, leads(v, mentions))]
            got = promises(self.parse, self.who, verb, [first])
            if given:
                self.add(given, got, phrase, sentence)
                taken |= {*chain(verb), *(c for v in earlier[-1:] for c in chain(v))}
            elif self.answer(got, phrase, sentence):
                taken |= set(chain(verb))
        return taken

    def for_every(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'For every village that A leaves, B would free ten men'."""
        text = sentence.text
        match = FOR_EVERY.match(text) or EVERY_AFTER.match(text)
        verbs = [v for v in sentence if v.pos_ == "VERB" and is_open(v)]
        bound = next((p for _, end, p in connectives(sentence) if sentence.doc[end].lower_ != "for"), None)
        if match is None or not verbs or (bound and self.steps and not self.steps[-1].get):
            return set()
        parts = []
        for name in ("give", "get"):
            span = sentence.doc.char_span(
                sentence.start_char + match.start(name), sentence.start_char + match.end(name), alignment_mode="expand"
            )
            if span is None:
                return set()
            by = [r for t in span for r in self.who.at(t) if t.dep_ in {"nsubj", "nsubjpass"} and t.head.i < span.end]
            parts.append([Promise(span=self.parse.span(span), by=tuple(dict.fromkeys(by)))])
        self.add(parts[0], parts[1], "for every", sentence)
        return {v for v in sentence if v.pos_ in {"VERB", "AUX"}}

    def each_that(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'Each village that disarms will get water'."""
        taken: set[Token] = set()
        for verb in sentence:
            if verb in used or verb.pos_ != "VERB" or not is_open(verb):
                continue
            subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
            if subject is None or not any(c.lower_ in {"each", "every", "any"} for c in subject.children):
                continue
            if not children(subject, "relcl"):
                continue
            given = clause_span(self.parse, subject)
            got = promises(self.parse, self.who, verb, [subject, *leads(verb, mentions)])
            if given:
                self.add([Promise(span=given)], got, "each", sentence)
                taken |= set(chain(verb))
        return taken

    def answered(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'Each step would be matched by an easing of sanctions'; 'the plan would reward each step with aid'."""
        taken: set[Token] = set()
        for verb in sentence:
            if verb in used or not is_open(verb) or verb.lemma_ not in words("plan")["answering"]:
                continue
            got = reward_of(self.parse, self.who, verb, mentions)
            given = [o for o in children(verb, "nsubjpass", "dobj") if o not in mentions and o.pos_ != "PRON"]
            if got and given and not any(m in mentions for m in given):
                span = clause_span(self.parse, given[0])
                self.add([Promise(span=span)] if span else [], got, verb.lemma_, sentence)
                taken |= set(chain(verb))
        return taken

    def foreseen(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'The second phase would see the release of the men and a withdrawal by B': things, not clauses."""
        taken: set[Token] = set()
        for verb in sentence:
            subject = next(iter(children(verb, "nsubj")), None)
            if verb in used or verb.lemma_ not in words("plan")["foreseeing"] or subject is None:
                continue
            if subject not in mentions and subject.lemma_ not in words("plan")["parts"]:
                continue
            things = [*children(verb, "dobj"), *prepositional(verb, "for")]
            things = [t for n in things for t in members(n) if not is_part(t) and not is_talk(t)]
            found = [Promise(span=s, by=tuple(behind(self.who, t))) for t in things if (s := thing_span(self.parse, t))]
            if found:
                self.add(found, [], "", sentence)
                taken.add(verb)
        return taken

    def bare(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> None:
        """'Under the plan, A would do this, and B would do that': promises that nothing ties expressly."""
        verbs = [v for v in sentence if binds(v) and v not in used and is_promise(self.who, v, mentions)]
        parts = {c for v in verbs for c in chain(v)[1:]}
        found = [
            (
                v,
                promises(
                    self.parse,
                    self.who,
                    v,
                    [*leads(v, mentions), *(o for o in verbs if o != v and o in list(v.subtree))],
                ),
            )
            for v in verbs
            if v not in parts
        ]
        found = [(v, p) for v, p in found if p]
        i = 0
        while i < len(found):
            verb, promised = found[i]
            following = found[i + 1][1] if i + 1 < len(found) else []
            if following and givers(promised) and givers(following) and givers(promised) != givers(following):
                self.add(promised, following, "and", sentence)
                i += 2
                continue
            if then_before(verb) and self.answer(promised, "then", sentence):
                i += 1
                continue
            self.add(promised, [], "", sentence)
            i += 1

    # --- keeping --------------------------------------------------------------------------------------------

    def add(self, give: list[Promise], get: list[Promise], tie: str, sentence: TokenSpan) -> None:
        if give or get:
            self.steps.append(Told(give, get, self.stage, tie, sentence.start))

    def answer(self, got: list[Promise], tie: str, sentence: TokenSpan) -> bool:
        """Sets `got` against what was promised just before and has no answer yet."""
        if not self.steps or not got:
            return False
        last = self.steps[-1]
        if last.get and givers(last.give) == givers(got):
            return False
        if last.get:
            self.add([*last.get], got, tie, sentence)
        else:
            last.get, last.tie = got, tie
        return True


def stage_of(text: str, current: int | None) -> tuple[int | None, bool]:
    """The number of the stage that the sentence names, else the one that goes on; and whether it goes on after it."""
    match = STAGE.search(text)
    if match is None:
        return current, True
    lasting = bool(re.search(r"stage|phase|round|tranche|instal", match[0], re.I))
    if match["number"]:
        return NUMBERS.get(match["number"].lower()) or int(match["number"]), lasting
    word = (match["ordinal"] or match["opening"]).lower().removesuffix("ly")
    if word in {"initial", "to begin with"}:
        return 1, lasting
    return ORDINALS.get(word) or (current or 0) + 1, lasting


def condition_of(verb: Token) -> tuple[Token | None, str]:
    """The clause that waits for `verb`, and the word that ties them."""
    table = words("plan")
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
        if node.head.dep_ in {"dobj", "pobj", "nsubj"} and node.dep_ in {"acl", "relcl"}:
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
    if not of_the_plan and not children(verb, "nsubjpass"):
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
    return bool(by) or (
        bool(children(verb, "nsubjpass")) and not any(m in children(verb, "nsubjpass") for m in mentions)
    )


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


def then_before(verb: Token) -> bool:
    return any(c.lower_ in {"then", "thereafter", "afterwards", "subsequently", "also"} for c in verb.children)


def negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)
