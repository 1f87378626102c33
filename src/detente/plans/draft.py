"""A first plan file from what a text says of a plan, with what it does not say marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..claims import ActorMention, ActorRef, Claim, DateMention, PlanProposal, PlanStep, Promise
from ..document import Document, Span
from .files import from_dict
from .model import Plan
from .naming import UNKNOWN, actor_id, called, is_body, is_unplaced, slug
from .wording import (
    CONFIRMS,
    GRADUAL,
    INSPECTION,
    Touched,
    act,
    amount_in,
    bare,
    clock_of,
    kind_of,
    measure_in,
    topic_of,
    words_for,
)

UNDATED = "0001-01-01"
"""The day of claims of a document without a date: they count as known from the first."""
START = "start"
_SAYS = {"favour": "supports", "oppose": "rejected", "neutral": "neutral", "mixed": "neutral"}
_WHOSE = re.compile(r"([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? (?:concerns?|issues?|questions?|doubts?|suspicions?)\b")
_CONCERN = re.compile(r"\b(concerns?|issues?|questions?|doubts?|suspicions?)\b", re.I)
_THE_PLAN = re.compile(r"^.{0,40}?\b(plan|framework|proposal|scheme|strategy|initiative|roadmap)\b", re.I)
"""'the Russian plan would reward it': the plan's author is not thereby the one who has to do it."""
_SIDES = re.compile(r"^(?:both|the two|each|all|the)\s+(?:sides?|parties|party)\b", re.I)
_TOGETHER = frozenset({"simultaneously", "at the same time", "in parallel"})
_ORDERED = frozenset({"and", "", "each", "for every"})
"""Ties that say nothing of which row comes first."""


def proposals(testimony: Iterable[tuple[Document, Claim]]) -> list[tuple[Document, PlanProposal]]:
    """The plans that the claims tell of: those with most steps and positions first."""
    found = [(document, claim) for document, claim in testimony if isinstance(claim, PlanProposal)]
    return sorted(found, key=lambda p: (-len(p[1].positions) - 2 * len(p[1].steps), -len(p[1].spans), p[1].span))


def actors_in(testimony: Iterable[tuple[Document, Claim]], document: Document) -> list[ActorRef]:
    """The actors that the claims on one document name, in the order of the text."""
    found = [c.actor for d, c in testimony if d.id == document.id and isinstance(c, ActorMention) and c.actor.span]
    return sorted(found, key=lambda ref: ref.span.start if ref.span else 0)


def dates_in(testimony: Iterable[tuple[Document, Claim]], document: Document) -> list[DateMention]:
    """The time expressions that the claims on one document give."""
    return [c for d, c in testimony if d.id == document.id and isinstance(c, DateMention)]


def draft(
    document: Document, proposal: PlanProposal, actors: Sequence[ActorRef] = (), dates: Sequence[DateMention] = ()
) -> Plan:
    """The plan as far as the text tells it: rows, parties, positions with their spans, and `not_stated`.

    `actors` (see `actors_in`) help to tell who has to act where that is none of the parties named; `dates` (see
    `dates_in`) give the deadlines.
    """
    return from_dict(_Draft(document, proposal, actors, dates).data(), name=proposal.name or "draft")


@dataclass(frozen=True)
class _Row:
    """One row before it is written: what is given, what is got, and what has to be confirmed first."""

    give: tuple[Promise, ...]
    get: tuple[Promise, ...]
    step: PlanStep
    gate: Span | None = None
    """The words by which somebody else confirms the row before: 'once the UN confirms that the roads are open'."""


class _Draft:
    def __init__(
        self,
        document: Document,
        proposal: PlanProposal,
        actors: Sequence[ActorRef],
        dates: Sequence[DateMention],
    ) -> None:
        self.document = document
        self.proposal = proposal
        self.text = document.text
        self.actors = actors
        self.dates = dates
        self.acting: set[str] = set()
        self.missing: list[str] = ["snapback", "disputes", "exits"]
        self.people: dict[str, ActorRef] = {}
        for ref in (*proposal.proposed_by, *proposal.parties, *(p.party for p in proposal.positions)):
            self.know(ref)
        self.ledger: dict[str, dict[str, Any]] = {}
        self.days: dict[str, dict[str, Any]] = {}
        self.confirming: dict[str, list[str]] = {}
        """Row, and the bodies that confirm what is given in it."""
        self.always: list[str] = []
        """The bodies that watch over all of it: 'the Red Cross will monitor the exchange'."""
        self.verifiers = self._verifiers()

    def know(self, ref: ActorRef) -> str:
        id = actor_id(ref)
        self.people.setdefault(id, ref)
        return id

    def _verifiers(self) -> tuple[str, ...]:
        """The bodies that stand in one sentence with a word of inspection, in what is given or in the mechanism."""
        text = " ".join([*(s.of(self.text) for s in self.proposal.gives), self.proposal.mechanism])
        near = " ".join(sentence for sentence in re.split(r"[.;]\s", text) if INSPECTION.search(sentence))
        bodies = {id: {r.text, r.name or r.text} for id, r in self.people.items() if is_body(r)}
        proposers = {actor_id(r) for r in self.proposal.proposed_by}
        return tuple(id for id, names in bodies.items() if id not in proposers and any(name in near for name in names))

    def data(self) -> dict[str, Any]:
        """The plain dictionaries of the plan file."""
        pairs = self.pairs()
        concerns = self.concerns()
        steps = [s for pair in pairs.values() for side in ("give", "get") for s in pair.get(side, ())]
        if not any("due" in s or "for" in s for s in steps):
            self.missing.append("deadlines")
        if not any("amount" in s or re.search(r"\d", s["does"]) for s in steps):
            self.missing.append("amounts")
        if not self.verifiers:
            self.missing.append("verifiers")
        if len(pairs) > 1 and all(s.tie in _ORDERED and s.stage is None for s in self.steps()):
            self.missing.append("whether the rows follow each other or run side by side")
        return {
            "plan": slug(self.proposal.name) or "plan",
            "title": self.proposal.name or "plan",
            "about": self.proposal.mechanism or "The text does not say how the plan works.",
            "status_of_text": "proposal",
            "proposed": self.proposed(),
            "source": self.document.source,
            "known_from": f"one source: {self.document.title or self.document.source}",
            **self.participants(),
            **concerns,
            **({"measures": self.ledger} if self.ledger else {}),
            **({"days": self.days} if self.days else {}),
            "order": "sequential",
            "pairs": pairs,
            "not_stated": list(dict.fromkeys(self.missing)),
            "claims": self.claims(),
        }

    # --- who ------------------------------------------------------------------------------------------------

    def proposed(self) -> dict[str, Any]:
        announced = ", ".join(dict.fromkeys(ref.name or ref.text for ref in self.proposal.announced_by))
        found: dict[str, Any] = {"by": list(dict.fromkeys(actor_id(r) for r in self.proposal.proposed_by))}
        if announced:
            found["announced_by"] = announced
        date = self.proposal.announced_on.value if self.proposal.announced_on else ""
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", date):
            found["date"] = date
        return {**found, "source": self.at(self.proposal.span)}

    def participants(self) -> dict[str, Any]:
        sided = {actor_id(p.party) for p in self.proposal.positions}
        sided |= {actor_id(r) for r in self.proposal.proposed_by} | self.acting
        bodies = {id: r for id, r in self.people.items() if is_body(r) and id not in sided}
        names = {id: {"name": called(r)} for id, r in self.people.items() if id in sided or not is_unplaced(r)}
        bodies = {id: r for id, r in bodies.items() if id in names}
        found = {"parties": {id: row for id, row in names.items() if id not in bodies and id not in self.verifiers}}
        if self.verifiers:
            found["verifiers"] = {id: names[id] for id in self.verifiers}
        others = {id: row for id, row in names.items() if id in bodies and id not in self.verifiers}
        return {**found, "others": {**others, UNKNOWN: {"name": "the text does not say who"}}}

    def concerns(self) -> dict[str, Any]:
        """What has to be allayed, and whose concern it is, where the text says so."""
        found = [s for s in self.proposal.gives if _CONCERN.search(s.of(self.text))]
        if not found:
            return {}
        whose = _WHOSE.search(self.proposal.mechanism)
        by = [id for id, r in self.people.items() if whose and whose[1] in (r.text, r.name)]
        row: dict[str, Any] = {"what": whose[0] if whose else found[0].of(self.text)}
        return {"concerns": {"concerns": {**row, **({"by": by} if by else {}), "source": self.at(found[0])}}}

    # --- rows -----------------------------------------------------------------------------------------------

    def steps(self) -> tuple[PlanStep, ...]:
        """The steps as told; of a claim that has only flat lists, the lists side by side."""
        if self.proposal.steps:
            return self.proposal.steps
        gives, gets = list(self.proposal.gives), list(self.proposal.gets)
        rows = []
        for i in range(max(len(gives), len(gets), 1)):
            give = gives[i] if i < len(gives) else gives[-1] if gives and i < len(gets) else None
            get = gets[i] if i < len(gets) else gets[-1] if gets and i < len(gives) else None
            rows.append(
                PlanStep(
                    give=(Promise(span=give),) if give else (),
                    get=(Promise(span=get),) if get else (),
                    tie="in return",
                )
            )
        return tuple(rows)

    def rows(self) -> list[_Row]:
        """The steps without what is only a check: 'the IAEA will verify' is no row, and 'once it is verified' a gate."""
        rows: list[_Row] = []
        for step in self.steps():
            checks = [p for p in step.give if self.is_check(p)]
            give = tuple(p for p in step.give if p not in checks)
            gate = None
            for check in checks:
                if step.get:
                    self.confirming.setdefault(str(len(rows) or 1), []).extend(self.checkers(check))
                    gate = check.span if rows else gate
                else:
                    self.always += self.checkers(check)
            if checks and not rows and step.get:
                give = step.give
            if give or step.get:
                rows.append(_Row(give, step.get, step, gate))
        return rows or [_Row((), (), PlanStep())]

    def is_check(self, promise: Promise) -> bool:
        return bool(CONFIRMS.search(promise.span.of(self.text))) and bool(self.checkers(promise))

    def checkers(self, promise: Promise) -> list[str]:
        return [id for r in promise.by if is_body(r) and (id := self.know(r)) in self.verifiers]

    def pairs(self) -> dict[str, Any]:
        """Rows from what is given and got; where the text tells only one side, the other is marked as not stated."""
        rows = self.rows()
        written: dict[str, Any] = {}
        for number, row in enumerate(rows, 1):
            id = str(number)
            exchange = {"exchange": "simultaneous"} if row.step.tie in _TOGETHER else {}
            title = {"title": f"Stage {row.step.stage}"} if row.step.stage else {}
            gate = {"when": f"{number - 1}.give verified"} if row.gate and rows[number - 2].give else {}
            gives = [] if gate and row.get else self.side(row.give, "what is given", id, alone=not row.get)
            gets = self.side(row.get, "what is got", id)
            if gate and row.gate:
                gets = [{**g, "note": f"only after this: {bare(row.gate.of(self.text))}"} for g in gets]
            sides = {**({"give": gives} if gives else {}), **({"get": gets} if gets else {})}
            written[id] = {**title, **gate, **exchange, **sides}
        return written

    def side(self, promises: Sequence[Promise], what: str, row: str, *, alone: bool = False) -> list[dict[str, Any]]:
        """One side of a row. A side that the text does not tell is left out, so that nothing waits for it; a row with
        neither has one step that says so."""
        if not promises:
            self.missing.append(what if row == "1" else f"{what} in row {row}")
            unknown = {"who": [UNKNOWN], "does": f"the text does not say ({what})", "uncertain": "not stated"}
            return [unknown] if alone else []
        return [self.step(p, what, row) for p in promises]

    def step(self, promise: Promise, what: str, row: str) -> dict[str, Any]:
        words = promise.span.of(self.text)
        who = list(dict.fromkeys(self.know(r) for r in promise.by)) or [self.actor_of(promise.span)]
        if len(who) < 2 and _SIDES.match(bare(words)):
            who = [UNKNOWN]
        stated = who != [UNKNOWN]
        self.acting |= set(who) - {UNKNOWN}
        does = act(words, has_actor=stated)
        for name in (r.text for r in promise.by):
            does = re.sub(rf"^(?:the |they |it |both )?(?:{re.escape(name)} )?(?=[a-z])", "", does, count=1)
        if not stated:
            self.missing.append(f"who has to act on: {does}")
        step: dict[str, Any] = {"who": who, "does": does, "source": self.at(promise.span)}
        touched = measure_in(words)
        if touched:
            step |= {"kind": "lift", "effect": f"{touched.verb} {self.entered(touched, who, promise.span)}"}
        else:
            kind = kind_of(does)
            step |= {"kind": kind} if kind != "act" else {}
            step |= {"amount": amount} if (amount := amount_in(does)) else {}
        if GRADUAL.search(words) or (what == "what is got" and GRADUAL.search(self.proposal.mechanism)):
            step["mode"] = "gradual"
        if what == "what is given" and _CONCERN.search(words):
            step["concerns"] = ["concerns"]
        if what == "what is given" and (verify := self.verify(words, row)):
            step["verify"] = verify
        return {**step, **self.clock(promise.span, what, row), **self.rule(who, does)}

    def verify(self, words: str, row: str) -> list[str]:
        """Who verifies what is given in the row: who is named with it, who confirms it later, who watches over all."""
        named = [id for id in self.verifiers if INSPECTION.search(words) and self.names(id, words)]
        alone = list(self.verifiers) if not self.confirming and not self.always and len(self.verifiers) == 1 else []
        return list(dict.fromkeys([*self.confirming.get(row, ()), *named, *self.always])) or alone

    def names(self, id: str, words: str) -> bool:
        ref = self.people[id]
        return any(name in words for name in (ref.text, ref.name or ref.text))

    def clock(self, span: Span, what: str, row: str) -> dict[str, Any]:
        """Deadline and duration; a length of time counts from what the row answers, or from a day not stated."""
        clock = clock_of(self.text, span, self.dates)
        found: dict[str, Any] = {}
        if clock.due:
            found["due"] = clock.due
        elif clock.within:
            since = f"{row}.give" if what == "what is got" else START
            if since == START:
                self.days[START] = {"what": "the day on which the plan begins; the text does not say when"}
                self.missing.append("from which day the deadlines count")
            found["due"] = f"{since} + {clock.within}"
        if clock.lasts:
            found["for"] = clock.lasts
        return found

    def rule(self, who: Sequence[str], does: str) -> dict[str, Any]:
        """Which claims of a record speak of the step: events with the same actor and object, and a word for the deed."""
        if UNKNOWN in who:
            return {}
        deed, thing = topic_of(does)
        if not thing:
            return {}
        return {"match": [{"kind": "event", "actor": list(who), "topic": thing, "words": list(words_for(deed))}]}

    def entered(self, touched: Touched, who: Sequence[str], span: Span) -> str:
        """The row of the ledger for a measure, made when it is first told of."""
        owners = [w for w in who if w != UNKNOWN] if touched.owned else []
        id = touched.id
        if id in self.ledger and self.ledger[id]["what"] != touched.what:
            id = slug(touched.what)
        if id not in self.ledger:
            if not owners:
                self.missing.append(f"who owns: {touched.what}")
            owned = {"by": owners} if owners else {"uncertain": "the text does not say whose measure it is"}
            self.ledger[id] = {"what": touched.what, **owned, "source": self.at(span)}
        return id

    def actor_of(self, span: Span) -> str:
        """Whoever opens the phrase, once what leads up to it ('in return,') is taken off; a possessive is not the one
        who acts, nor is the plan itself."""
        words = span.of(self.text)
        opening = bare(words)
        if _THE_PLAN.match(opening):
            return UNKNOWN
        for id, ref in self.people.items():
            for name in {ref.text, ref.name or ref.text}:
                if re.match(rf"(?:the )?{re.escape(name)}\b(?!['’]s)", opening):
                    return id
        start = span.start + max(words.find(opening[:20]), 0)
        for ref in self.actors:
            if ref.span and start <= ref.span.start <= start + 4 and self.text[ref.span.end :][:2] not in ("'s", "’s"):
                return self.know(ref)
        return self._acts_before(span)

    def _acts_before(self, span: Span) -> str:
        """The last party named before the phrase in the same sentence ('allow Iran to address ...')."""
        start = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "\n", "; ")) + 1
        before = self.text[start : span.start]
        if not re.search(r"\b(?:allow|let|enable|permit|ask|require|oblige|urge|call)\w*\b", before):
            return UNKNOWN
        places = [
            (before.rfind(name), id) for id, ref in self.people.items() for name in {ref.text, ref.name or ref.text}
        ]
        at, id = max(places, default=(-1, UNKNOWN))
        return id if at >= 0 and not re.search(r"\b(reward|in return|exchange)\b", before[at:]) else UNKNOWN

    # --- positions ------------------------------------------------------------------------------------------

    def claims(self) -> list[dict[str, Any]]:
        """Where each party stands, with the words; the proposer first."""
        known = self.document.reference_date or UNDATED
        announced = str(self.proposed().get("date", known))
        rows = {
            actor_id(r): self.claim(announced, actor_id(r), "proposed", self.proposal.span)
            for r in self.proposal.proposed_by
        }
        proposers = set(rows)
        for position in self.proposal.positions:
            id = actor_id(position.party)
            if id not in proposers:
                rows[id] = self.claim(known, id, _SAYS[position.side], position.evidence)
            elif position.side == "favour":
                rows[id] = self.claim(announced, id, "proposed", position.evidence)
        return list(rows.values())

    def claim(self, date: str, by: str, says: str, span: Span) -> dict[str, Any]:
        return {
            "date": date,
            "by": by,
            "about": ["plan"],
            "says": says,
            "words": " ".join(span.of(self.text).split()),
            "document": self.document.id,
            "span": f"{span.start}-{span.end}",
            "source": self.document.source,
        }

    def at(self, span: Span) -> str:
        return f"{self.document.source} [{span.start}-{span.end}]"
