"""From the parse to coded events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef, Attribution, DateRef, Event, PlaceRef, Status
from ..document import Span, cover
from ..language import Clock, Parse
from ..language.nearby import Nearby
from ..places import Where
from .arguments import Arguments, Roles
from .candidate import TRANSPARENT, Candidate
from .cast import Cast
from .clauses import View
from .codebook import QUADS, Codebook, load_codebook
from .confidence import confidence_of
from .dating import date_of
from .discards import kept
from .gate import private_matter
from .joining import join
from .lexicon import Lexicon, Row, load_lexicon
from .lifting import Lifter
from .magnitude import magnitude_of
from .matching import Fit, Matcher
from .mending import mend
from .mood import reporter_of, under_condition
from .quoted import in_own_words
from .refining import refine, voiced_by_a_crowd
from .retelling import retold
from .told import AGREEMENTS, Found
from .unreal import is_nobodys
from .venue import at_third_place, mode_of_meeting

EXTRACTOR = "events/1"
FLOOR = 0.08
"""Events of less confidence are not put on record."""
_LIFETIME = 100
"""Years after which what a text tells is its background."""
DUTY_ROW = Row(
    lemma="",
    particle=None,
    objects=None,
    unless=frozenset(),
    preps=(),
    code="01",
    operator=None,
    roles=frozenset({"weak"}),
    rank=0,
    source="mood: must",
)
""" 'must' and 'should' over a verb of no table: the mood turns the empty code into a demand."""

_DUTIES = frozenset({"must", "should", "ought"})
_NOT_ASKED = frozenset({"know", "understand", "realize", "realise", "remember", "be", "have", "admit", "think", "see"})
"""Of these 'must' asks nothing that could be done: 'Russia must know'."""


@dataclass
class Coding:
    """One document on its way from parse to events; keeps what `explain` shows."""

    parse: Parse
    who: Who
    lexicon: Lexicon
    codebook: Codebook
    where: Where | None = None

    def __post_init__(self) -> None:
        self.view = View(self.parse.doc)
        mend(self.view, self.who, self.lexicon)
        towns = frozenset(self.where.by_token) if self.where is not None else frozenset()
        states = frozenset(i for i, refs in self.who.by_token.items() if _is_state(refs[0]))
        self.matcher = Matcher(self.view, self.lexicon, towns, states)
        self.cast = Cast(self.parse, self.view, self.matcher.words, self.who, self.where)
        self.fits: dict[int, Fit] = {}
        self._contexts: dict[int, frozenset[str]] = {}
        self.domain: str | None = None
        """What the whole text is about where that is no politics; None before it was asked."""
        self.dropped: list[tuple[Candidate, str]] = []

    def candidates(self, *, statements: bool = False) -> list[tuple[Candidate, Roles]]:
        """What could be coded, with who does it to whom, in the order of the triggers."""
        view = self.view
        for i in range(len(view)):
            fit = self.matcher.fit(i)
            if fit is not None and fit.row.code != "-":
                self.fits[i] = fit
        self._add_duties()
        lifter = Lifter(view, self.lexicon, self.fits)
        arguments = Arguments(view, self.cast, self.fits)
        found = list(retold(self, arguments)) if self.lexicon.transformations else []
        lifted: list[Candidate] = []
        told = {i for candidate, _ in found for i in candidate.used}
        consumed = set(told)
        for i, fit in self.fits.items():  # deeds first: they climb through the operators
            if i in told:
                continue
            if fit.row.operator is None and fit.row.code and (statements or not self._is_plain_statement(i)):
                candidate = lifter.lift(i, fit.row.code)
                lifted.append(candidate)
                if "beside" not in fit.row.roles:
                    consumed |= candidate.used - {i}
                consumed |= {step.token for step in candidate.steps} - {i}
        for i in sorted(self.fits, key=lambda i: -self._depth(i)):  # then operators that govern no deed
            fit = self.fits[i]
            says = ("say" in fit.row.roles and not statements) or lifter.only_reports(i)
            if fit.row.operator is not None and not fit.row.code and i not in consumed and self._is_duty(i):
                fit = self.fits[i] = Fit(i, DUTY_ROW)  # 'must drop its tariffs'
            if (fit.row.operator or fit.row is DUTY_ROW) and i not in consumed and fit.row.code and not says:
                candidate = lifter.lift(i, fit.row.code)
                lifted.append(candidate)
                consumed |= (candidate.used | {step.token for step in candidate.steps}) - {i}
        for candidate in sorted(lifted, key=lambda c: c.base):
            if candidate.base in consumed and not candidate.is_lifted:
                self.dropped.append((candidate, "part of another event"))
            elif candidate.dead:
                self.dropped.append((candidate, candidate.dead))
            elif "lift" in candidate.fit.row.roles and not _is_governed(candidate):
                self.dropped.append((candidate, "this noun is coded only under a verb that governs it"))
            elif "report" in candidate.fit.row.roles and reporter_of(view, candidate.top) is None:
                self.dropped.append((candidate, "blame is coded where somebody lays it"))
            else:
                if candidate.duty and reporter_of(view, candidate.top) is None:
                    candidate.status = "planned"  # 'the Senate must ratify it': nobody asks
                found.append((candidate, arguments.of(candidate)))
        return sorted(found, key=lambda pair: pair[0].base) if self.lexicon.transformations else found

    def _add_duties(self) -> None:
        """'Kenya said that Uganda must secure the border': a demand, whatever it is that must be done."""
        for i in range(len(self.view)):
            if i not in self.fits and self._is_duty(i):
                self.fits[i] = Fit(i, DUTY_ROW)

    def _is_duty(self, i: int) -> bool:
        """Whether somebody says that a known actor must or should do what the verb tells."""
        view = self.view
        if view.pos[i] not in {"VERB", "AUX"} or view.dep[i] not in {"ccomp", "ROOT", "conj"}:
            return False
        if _DUTIES.isdisjoint(view.auxiliaries(i)) or view.lemma[i] in _NOT_ASKED:
            return False
        subject = view.child(i, "nsubj", "nsubjpass")
        if subject is None or self.cast.is_pronoun(subject) or not self.cast.heads(subject):
            return False
        return reporter_of(view, i) is not None and not under_condition(view, i)

    def _is_plain_statement(self, i: int) -> bool:
        """A verb of saying that nobody refuses: 'said', but not 'declined to comment'."""
        if "say" not in self.fits[i].row.roles:
            return False
        governor = self.fits.get(self.view.head[i])
        return governor is None or governor.row.operator != "refuse" or self.view.dep[i] != "xcomp"

    def context(self, i: int) -> frozenset[str]:
        """The classes of all words of the sentence that token `i` stands in."""
        view = self.view
        first, end = view.bounds[i]
        found = self._contexts.get(first)
        if found is None:
            shown = {*view.lemma[first:end], *view.lower[first:end]}
            for k in range(first, end):
                shown.update(self.matcher.words.joined(k))
            known = self.lexicon.classes
            classes = set(view.ent[first:end]).union(*(known[word] for word in shown if word in known))
            found = self._contexts[first] = frozenset(classes)
        return found

    def stands_alone(self, candidate: Candidate) -> bool:
        """Whether the event is worth recording with nobody named: protests, attacks and seized weapons are."""
        return candidate.code[:2] in {"14", "18", "19", "20"} or candidate.code[:4] in {"1711", "173"}

    def _depth(self, i: int) -> int:
        depth = 0
        while self.view.head[i] != i and depth < 60:
            i = self.view.head[i]
            depth += 1
        return depth


def _is_history(event: Event, today: str | None) -> bool:
    """Whether it happened a lifetime and more before the text was written: 'the castle was besieged in 1529'."""
    if event.date is None or not today or not re.match(r"\d{4}", event.date.value):
        return False
    return int(today[:4]) - int(event.date.value[:4]) >= _LIFETIME


def _is_governed(candidate: Candidate) -> bool:
    """Whether a verb above makes an event of the noun: any operator, and 'began' or 'took effect' of what 'occurs'."""
    if "occurs" in candidate.fit.row.roles and any(step.operator in TRANSPARENT for step in candidate.steps):
        return True
    return any(step.operator not in TRANSPARENT for step in candidate.steps)


def code_events(
    parse: Parse,
    who: Who,
    where: Where,
    clock: Clock,
    attributions: tuple[Attribution, ...] = (),
    *,
    lexicon: Lexicon | None = None,
    codebook: Codebook | None = None,
    statements: bool = False,
) -> tuple[Event, ...]:
    """The events of one document, in the order of their triggers.

    `attributions` say who vouches for what: an event inside somebody's words gets `according_to`.
    `lexicon` and `codebook` replace detente's own; with `statements` plain statements are coded too (CAMEO 01).
    """
    coding = Coding(parse, who, lexicon or load_lexicon(), codebook or load_codebook(), where)
    found = list(candidates_of(coding, where, clock, attributions, statements))
    found = kept(found, coding.view, coding.lexicon)
    joined = join(found, coding.view, coding.lexicon, parse.document.reference_date)
    told = (e for e in joined if e.actors or e.recipients or e.cameo not in AGREEMENTS)
    told = (e for e in told if not _is_history(e, parse.document.reference_date))
    return tuple(e for e in told if e.confidence >= FLOOR and (statements or e.type != "STATEMENT"))


def candidates_of(
    coding: Coding, where: Where, clock: Clock, attributions: tuple[Attribution, ...], statements: bool
) -> Iterator[Found]:
    """The events of one document before sentences are joined and the unsure ones dropped."""
    seen: set[tuple[object, ...]] = set()
    speech = Nearby((a for a in attributions for _ in a.content), (c for a in attributions for c in a.content))
    for candidate, roles in coding.candidates(statements=statements):
        token = coding.view.doc[candidate.base]
        roles = in_own_words(roles, Span(token.idx, token.idx + len(token)), speech)
        if "exact" not in candidate.fit.row.roles:
            candidate.code = refine(coding.view, coding.lexicon, candidate)
            candidate.code = voiced_by_a_crowd(coding.view, candidate, roles.agent_tokens)
        actors, recipients = roles.actors, roles.recipients
        if not actors and not recipients and not (coding.stands_alone(candidate) or candidate.code in AGREEMENTS):
            coding.dropped.append((candidate, "nobody acts and nobody is acted on"))
            continue
        if not actors and is_nobodys(coding.view, candidate):
            coding.dropped.append((candidate, "said of such events in general, or of what nobody did"))
            continue
        private = private_matter(coding, candidate, roles)
        if private:
            coding.dropped.append((candidate, private))
            continue
        event = _event(coding, candidate, roles, where, clock, speech)
        key = (event.cameo, event.status, tuple(a.key for a in actors), tuple(r.key for r in recipients), event.trigger)
        if key not in seen:
            seen.add(key)
            sentence = coding.view.bounds[candidate.base][0]
            yield Found(event, candidate, roles, sentence)
            answer = _answer(candidate)
            if answer and actors and recipients and not event.reciprocal:
                turned = Roles(recipients, actors, False, roles.recipient_tokens, roles.agent_tokens)
                back = _event(coding, replace(candidate, code=answer), turned, where, clock, speech)
                yield Found(back, candidate, turned, sentence)


def _event(
    coding: Coding,
    candidate: Candidate,
    roles: Roles,
    where: Where,
    clock: Clock,
    speech: Nearby[Attribution],
) -> Event:
    doc = coding.view.doc
    place = _place(where, doc[candidate.top], doc[candidate.base])
    book, code = coding.codebook, at_third_place(candidate.code, roles, place)
    crossing = book.crossing(code)
    entry = book.nearest(code)
    own = _own_type(candidate)
    tokens = _trigger(coding.view, candidate)
    trigger = Span(doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))
    counted = magnitude_of(coding.view, candidate, roles)
    spans = [
        trigger,
        *([counted] if counted else []),
        *(ref.span for ref in (*roles.actors, *roles.recipients) if ref.span is not None),
    ]
    today = coding.parse.document.reference_date
    date = date_of(clock, coding.view, candidate, today, frozenset(coding.fits))
    return Event(
        document=coding.parse.document.id,
        span=cover(*spans),
        confidence=confidence_of(coding, candidate, roles),
        extractor=EXTRACTOR,
        why=why(coding, candidate),
        type=own or book.type_of(code) or ("STATEMENT" if entry is not None else code),
        mode=mode_of_meeting(code, roles, place, crossing.mode if crossing else None),
        contexts=crossing.contexts if crossing else (),
        cameo=code,
        quad=QUADS["plover"].get(own or "") or book.quad_of(code) or (entry.quad if entry else None),
        goldstein=book.goldstein(code),
        actors=roles.actors,
        recipients=_done_to(code, roles),
        reciprocal=roles.reciprocal,
        status=_status(coding.view, candidate, date, today),
        trigger=trigger,
        date=date,
        place=place,
        magnitude=counted.of(coding.parse.document.text) if counted else None,
        according_to=_vouchers(coding, candidate, trigger, speech),
    )


def _done_to(code: str, roles: Roles) -> tuple[ActorRef, ...]:
    """The recipients; of 'massed tanks' none, as nothing is done to one's own tanks."""
    if not code.startswith("15"):
        return roles.recipients
    return tuple(r for r in roles.recipients if r.id or r.country or "country not said" not in r.reason)


def _trigger(view: View, candidate: Candidate) -> list[int]:
    """The words that tell the event, in order: the deed with the verbs that only carry it ('held talks'), but of
    'agreed to hold talks' the word that makes it an agreement: the talks are not told as done."""
    carried = [candidate.base]
    for step in candidate.steps:
        named = view.pos[candidate.base] in {"NOUN", "PROPN"} and step.operator in {"agree", "refuse"}
        if step.operator not in TRANSPARENT and step.token != candidate.base and not named:
            carried = [step.token]
        else:
            carried.append(step.token)
    return sorted(set(carried))


def _answer(candidate: Candidate) -> str:
    """What the other side is coded with, where a dictionary of the user's says so ('[042:043]': visit and host)."""
    if candidate.code != candidate.fit.row.code:
        return ""
    return next((role[5:] for role in candidate.fit.row.roles if role.startswith("back=")), "")


def _is_state(ref: ActorRef) -> bool:
    """Whether the name is that of a state ('Niger', 'the South') and no nationality."""
    return ref.id is not None and ref.id == ref.country and ref.role in {None, "GOV"} and "(demonym)" not in ref.reason


def _own_type(candidate: Candidate) -> str | None:
    """The PLOVER type that the row names itself ('type=SUPPORT'), where it is not that of the code."""
    if candidate.code == "113" and any(step.operator in {"appeal", "demand"} for step in candidate.steps):
        return "REQUEST"  # 'urged them to oppose it' asks for something, whatever it is
    own = [role[5:] for role in candidate.fit.row.roles if role.startswith("type=")]
    return own[0] if own and not candidate.steps else None


def _status(view: View, candidate: Candidate, date: DateRef | None, today: str | None) -> Status:
    """As the words have it; what is told in the present of a day to come ('begin their drills on Monday') is planned."""
    ahead = (
        date is not None and today is not None and re.match(r"\d{4}-\d\d-\d\d$", date.value) and date.value > today[:10]
    )
    if ahead and candidate.status == "done" and view.tag[candidate.top] in {"VBP", "VBZ"}:
        return "planned"
    return candidate.status  # type: ignore[return-value]


def why(coding: Coding, candidate: Candidate) -> str:
    """The sentence for the reader: word, row, and what governed it."""
    doc = coding.view.doc
    words = [f"{doc[candidate.base].text!r} by {candidate.fit.row.source} is {candidate.fit.row.code}"]
    words.extend(
        f"{doc[s.token].text!r} ({s.operator}) makes it {s.after}" for s in candidate.steps if s.before != s.after
    )
    return "; ".join(words)


def _place(where: Where, *verbs: Token) -> PlaceRef | None:
    place_of = getattr(where, "place_of", None)
    if place_of is None:
        return None
    for verb in verbs:
        found: PlaceRef | None = place_of(verb)
        if found is not None:
            return found
    return None


def _vouchers(coding: Coding, candidate: Candidate, trigger: Span, speech: Nearby[Attribution]) -> tuple[ActorRef, ...]:
    """Who vouches for it: the speakers of the attributions around the trigger, outermost first."""
    near = {id(a): a for a in speech.near(trigger.start, trigger.end)}.values()
    around = [a for a in near if any(c.contains(trigger) for c in a.content)]
    if around:
        around.sort(key=lambda a: -max(len(c) for c in a.content))
        return tuple(ref for a in around for ref in a.speakers)
    reporter = candidate.denied_by if candidate.denied_by is not None else reporter_of(coding.view, candidate.top)
    if reporter is None:
        return ()
    view = coding.view
    speakers = view.owner(reporter) if view.pos[reporter] == "NOUN" else view.subjects(reporter)
    return tuple(ref for s in speakers for ref in coding.cast.refs(s))
