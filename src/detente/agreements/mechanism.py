"""What is given and what is got: how sentences tie the one to the other while a plan is being told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Promise
from ..document import cover
from ..language import Parse
from .breaches import BROKEN, MAY_BREAK, breach_in
from .clauses import binds, chain, clause_span, is_open, other_clauses, promises
from .parties import actors_named, members
from .phrases import by_key, children, prepositional, subject_of
from .stepping import APART, BOTH, EVERY_AFTER, FOR_EVERY, Told
from .ties import (
    behind,
    clause,
    condition_of,
    connectives,
    gerund_behind,
    given_by,
    givers,
    governing_verb,
    is_about_a_word,
    is_diary,
    is_over,
    is_own_refusal,
    is_part,
    is_promise,
    is_relief,
    is_talk,
    leads,
    negated,
    reward_of,
    stage_of,
    takes_side,
    then_before,
    thing_span,
    topmost,
    verbs_before,
)
from .words import words


@dataclass
class Mechanism:
    """The steps of one plan as they are told, sentence by sentence."""

    parse: Parse
    who: Who
    addressed: list[ActorRef] = field(default_factory=list)
    """To whom the plan was put: they are 'both sides'."""
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
        for finder in (
            self.broken,
            self.for_every,
            self.in_return,
            self.conditional,
            self.unlocked,
            self.tied,
            self.each_that,
            self.answered,
        ):
            used |= finder(sentence, mentions, used)
        if scoped:
            used |= self.foreseen(sentence, mentions, used)
            self.bare(sentence, mentions, used)
        return (len(self.steps), sum(bool(s.get) for s in self.steps)) != before

    # --- the ways of tying ----------------------------------------------------------------------------------

    def broken(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'Should A fail to deliver, the ban would return'; 'if it does not, aid would stop': no step, but its end."""
        if not self.steps or not any(t.lower_ in MAY_BREAK for t in sentence):
            return set()
        text = sentence.text
        found = breach_in(text)
        if found is None:
            return set()
        sides = []
        for start, end in found:
            span = sentence.doc.char_span(
                sentence.start_char + start, sentence.start_char + end, alignment_mode="expand"
            )
            if span is None:
                return set()
            sides.append((span, [r for t in span if t.dep_ in {"nsubj"} for r in self.who.at(t)][:1]))
        given, got = ([Promise(span=self.parse.span(s), by=tuple(by))] for s, by in sides)
        self.add(given, got, BROKEN, sentence)
        return {t for s, _ in sides for t in s if t.pos_ in {"VERB", "AUX"}}

    def unlocked(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'To obtain the second tranche, A must do this'."""
        taken: set[Token] = set()
        for verb in sentence:
            main = verb.head
            if (
                verb.dep_ != "advcl"
                or verb.lemma_ not in words("plan")["unlocking"]
                or main in used
                or not is_open(main)
            ):
                continue
            wanted = [*children(verb, "dobj"), *prepositional(verb, "for")]
            span = thing_span(self.parse, wanted[0]) if wanted and any(c.tag_ == "TO" for c in verb.children) else None
            if span is not None:
                given = promises(self.parse, self.who, main, [verb, *leads(main, mentions)])
                self.add(given, [Promise(span=span)], "to obtain", sentence)
                taken |= {verb, *chain(main)}
        return taken

    def tied(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'Each payment is tied to a review'; 'the withdrawal hinges on a vote'; 'relief is conditional on inspections'."""
        taken: set[Token] = set()
        table = words("plan")
        for verb in sentence:
            if verb in used or verb.pos_ not in {"VERB", "AUX"}:
                continue
            states = children(verb, "acomp")
            if verb.lemma_ in table["tying"] and children(verb, "nsubjpass"):
                on = list(prepositional(verb, "to", "on", "upon"))
            elif verb.lemma_ in table["depending"]:
                on = list(prepositional(verb, "on", "upon"))
            elif states and states[0].lower_ in table["dependent"]:
                on = [o for t in (states[0], verb) for o in prepositional(t, "on", "upon", "to")]
            else:
                continue
            subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
            if subject is None or not on or subject in mentions or subject.pos_ not in {"NOUN", "PROPN"}:
                continue
            given, got = thing_span(self.parse, on[0]), thing_span(self.parse, subject)
            if given and got:
                by = tuple(behind(self.who, on[0]))
                self.add([Promise(span=given, by=by)], [Promise(span=got)], "tied to", sentence)
                taken |= set(chain(verb))
        return taken

    def conditional(self, sentence: TokenSpan, mentions: list[Token], used: set[Token]) -> set[Token]:
        """'once A has done this, B would do that'; 'B would do that provided that A does this'."""
        taken: set[Token] = set()
        for verb in sentence:
            main, tie = condition_of(verb)
            if main is None or {main, verb} & used or not is_open(main) or main in taken or takes_side(main, mentions):
                continue
            if is_own_refusal(main):
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
            if verb is None or verb in used | taken or takes_side(verb, mentions) or is_over(verb):
                continue
            wanted = list(prepositional(sentence.doc[end - 1], "for")) + [
                c for p in children(sentence.doc[end - 1], "prep") for c in children(p, "pcomp")
            ]
            if wanted:
                given = promises(self.parse, self.who, verb, [first, *leads(verb, mentions)])
                what = gerund_behind(wanted[0]) or wanted[0]
                span = clause_span(self.parse, what, leads(what, mentions))
                if what is not wanted[0] and span is not None:
                    span = cover(self.parse.span(wanted[0]), span)
                doers = actors_named(self.who, wanted[:1]) if what is not wanted[0] else behind(self.who, what)
                other = [Promise(span=span, by=tuple(doers) or self.counterpart(given))] if span else []
                if is_relief(given, self.parse) and not is_relief(other, self.parse):
                    given, other = other, given
                self.add(given, other, phrase, sentence)
                taken |= set(chain(verb))
                continue
            before = [v for v in verbs_before(verb, start) if not is_about_a_word(v) and v not in used]
            earlier = [v for v in before if is_open(v) or self.binds_now(v)]
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
        lowers = {t.lower_ for t in sentence}
        if not lowers & {"each", "every"}:
            return set()
        # What stands before a semicolon or 'under which' is another clause's.
        begin = max(
            (m.end() for m in APART.finditer(text) if re.search(r"\bfor (?:each|every)\b", text[m.end() :], re.I)),
            default=0,
        )
        match = FOR_EVERY.match(text[begin:]) or EVERY_AFTER.match(text[begin:])
        inside = [t for t in sentence if t.idx >= sentence.start_char + begin]
        verbs = [v for v in inside if v.pos_ == "VERB" and is_open(v)]
        bound = next((p for _, end, p in connectives(sentence) if sentence.doc[end].lower_ != "for"), None)
        if match is None or not verbs or (bound and self.steps and not self.steps[-1].get):
            return set()
        parts = []
        for name in ("give", "get"):
            first, last = (sentence.start_char + begin + at for at in match.span(name))
            span = sentence.doc.char_span(first, last, alignment_mode="expand")
            if span is None:
                return set()
            by = [r for t in span for r in self.who.at(t) if t.dep_ in {"nsubj", "nsubjpass"} and t.head.i < span.end]
            parts.append([Promise(span=self.parse.span(span), by=tuple(dict.fromkeys(by)))])
        if not parts[0][0].by:
            parts[0] = [Promise(span=parts[0][0].span, by=self.counterpart(parts[1]))]
        self.add(parts[0], parts[1], "for every", sentence)
        return {v for v in inside if v.pos_ in {"VERB", "AUX"}}

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
        verbs = [v for v in sentence if (binds(v) or self.binds_now(v)) and v not in used]
        verbs = [v for v in verbs if not is_diary(v) and is_promise(self.who, v, mentions)]
        verbs = [v for v in verbs if not is_own_refusal(v)]
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

    def binds_now(self, verb: Token) -> bool:
        """'A cedes the island and B pays for it': the present tense of those who are told to have agreed."""
        if len(self.addressed) < 2 or verb.tag_ not in {"VBZ", "VBP"} or verb.lemma_ not in words("plan")["binding"]:
            return False
        doers = {r.key for s in subject_of(verb) for r in self.who.at(s)}
        return verb.dep_ in {"ROOT", "conj"} and bool(doers) and doers <= {r.key for r in self.addressed}

    # --- keeping --------------------------------------------------------------------------------------------

    def add(self, give: list[Promise], get: list[Promise], tie: str, sentence: TokenSpan) -> None:
        if give or get:
            give, get = self.of_both(give), self.of_both(get)
            self.steps.append(Told(give, get, self.stage, tie, sentence.start))

    def of_both(self, side: list[Promise]) -> list[Promise]:
        """'Both sides' are those to whom the plan was put, not whoever else the text names."""
        both = self.two_sides()
        if len(both) < 2:
            return side
        text = self.parse.document.text
        return [Promise(span=p.span, by=both) if BOTH.match(p.span.of(text)) else p for p in side]

    def two_sides(self) -> tuple[ActorRef, ...]:
        """Those to whom the plan was put or who agreed to it; else the two who have been told to do something so far."""
        if len(self.addressed) > 1:
            return tuple(self.addressed)
        return by_key(r for s in self.steps for p in (*s.give, *s.get) for r in p.by)[:2]

    def counterpart(self, side: list[Promise]) -> tuple[ActorRef, ...]:
        """Of the two who made the deal, the other one than who gives; () where there are not just two."""
        if len(self.addressed) != 2 or len(givers(side)) != 1:
            return ()
        others = tuple(r for r in self.addressed if r.key not in givers(side))
        return others if len(others) == 1 else ()

    def answer(self, got: list[Promise], tie: str, sentence: TokenSpan) -> bool:
        """Sets `got` against what was promised just before and has no answer yet."""
        if not self.steps or not got:
            return False
        last = self.steps[-1]
        got = self.of_both(got)
        if last.tie == BROKEN:
            return False
        if last.get and givers(last.give) == givers(got):
            return False
        if last.get:
            self.add([*last.get], got, tie, sentence)
        else:
            last.get, last.tie = got, tie
        return True
