"""A first plan file from what a text says of a plan, with what it does not say marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..claims import ActorMention, ActorRef, Claim, DateMention, PlanProposal, PlanStep, Promise
from ..document import Document, Span
from .consequences import BROKEN, last_given, power, prolongation
from .draft_cast import CONCERN, Cast
from .files import from_dict
from .model import Plan
from .naming import UNKNOWN, actor_id, slug
from .wording import (
    BY_QUANTITY,
    CONFIRMS,
    DONE_TO,
    GRADUAL,
    INSPECTION,
    TOGETHER,
    Touched,
    act,
    amount_in,
    bare,
    clock_of,
    kind_of,
    later,
    measure_in,
    topic_of,
    words_for,
)

UNDATED = "0001-01-01"
"""The day of claims of a document without a date: they count as known from the first."""
START = "start"
_SAYS = {"favour": "supports", "oppose": "rejected", "neutral": "neutral", "mixed": "neutral"}
_SIDES = re.compile(r"^(?:both|the two|each|all|the)\s+(?:sides?|parties|party)\b", re.I)
_TOGETHER = frozenset({"simultaneously", "at the same time", "in parallel"})
PASSIVE = re.compile(r"\bbe \w+(?:ed|en|t)\b")
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


class _Draft(Cast):
    def __init__(
        self,
        document: Document,
        proposal: PlanProposal,
        actors: Sequence[ActorRef],
        dates: Sequence[DateMention],
    ) -> None:
        super().__init__(document, proposal, actors)
        self.dates = dates
        self.missing: list[str] = ["snapback", "disputes", "exits"]
        self.ledger: dict[str, dict[str, Any]] = {}
        self.days: dict[str, dict[str, Any]] = {}
        self.confirming: dict[str, list[str]] = {}
        """Row, and the bodies that confirm what is given in it."""
        self.always: list[str] = []
        """The bodies that watch over all of it: 'the Red Cross will monitor the exchange'."""

    def data(self) -> dict[str, Any]:
        """The plain dictionaries of the plan file."""
        pairs = self.pairs()
        powers = self.powers(pairs)
        extensions = self.extensions()
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
            "order": "simultaneous" if TOGETHER.search(self.told()) else "sequential",
            "pairs": pairs,
            **({"powers": powers} if powers else {}),
            **({"extensions": extensions} if extensions else {}),
            "not_stated": list(dict.fromkeys(self.missing)),
            "claims": self.claims(),
        }

    # --- rows -----------------------------------------------------------------------------------------------

    def steps(self) -> tuple[PlanStep, ...]:
        """The steps as told; of a claim that has only flat lists, the lists side by side."""
        if self.proposal.steps:
            return tuple(s for s in self.proposal.steps if s.tie != BROKEN)
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
            if TOGETHER.search(" ".join(p.span.of(self.text) for p in (*step.give, *step.get))) and not (
                step.give and step.get
            ):
                continue
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

    def pairs(self) -> dict[str, Any]:
        """Rows from what is given and got; where the text tells only one side, the other is marked as not stated."""
        rows = self.rows()
        written: dict[str, Any] = {}
        for number, row in enumerate(rows, 1):
            id = str(number)
            exchange = {"exchange": "simultaneous"} if row.step.tie in _TOGETHER else {}
            title = {"title": f"Stage {row.step.stage}"} if row.step.stage else {}
            before = self.given(number - 1) if row.gate else []
            gate = (
                {"when": f"all of [{', '.join(before)}] verified" if before[1:] else f"{before[0]} verified"}
                if before
                else {}
            )
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
        if DONE_TO.search(words):
            who = [UNKNOWN]
        else:
            who = list(dict.fromkeys(self.know(r) for r in promise.by)) or [self.actor_of(promise.span)]
        body = self.body_of(words) if who == [UNKNOWN] else None
        who = [body] if body else who
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
        if GRADUAL.search(words) or (what == "what is got" and BY_QUANTITY.search(self.proposal.mechanism)):
            step["mode"] = "gradual"
        if what == "what is given" and CONCERN.search(words):
            step["concerns"] = ["concerns"]
        if what == "what is given" and (verify := [v for v in self.verify(words, row) if v not in who]):
            step["verify"] = verify
        return {**step, **self.clock(promise.span, what, row), **self.rule(who, does)}

    def powers(self, pairs: dict[str, Any]) -> dict[str, Any]:
        """What happens to those who do not keep the plan, as far as the text says so."""
        found: dict[str, Any] = {}
        for step in (s for s in self.proposal.steps if s.tie == BROKEN):
            words, condition = (" ".join(p.span.of(self.text) for p in side) for side in (step.get, step.give))
            blamed = [self.know(r) for p in step.give for r in p.by]
            row = power(bare(words), condition, self.ledger, last_given(pairs, blamed))
            who = [w for p in step.get for r in p.by if (w := self.know(r)) not in blamed and not PASSIVE.search(words)]
            self.acting |= set(who)
            id = row["kind"] if row["kind"] != "other" else "if-broken"
            found[f"{id}-{len(found) + 1}" if id in found else id] = {
                "who": who or [UNKNOWN],
                **row,
                "source": self.at(step.get[0].span),
            }
        if any(row["kind"] in ("reverse", "suspend") for row in found.values()):
            self.missing.remove("snapback")
        return found

    def extensions(self) -> dict[str, Any]:
        spans = self.proposal.spans or (self.proposal.span,)
        found = prolongation(
            self.text, min(s.start for s in spans), min(max(s.end for s in spans) + 300, len(self.text))
        )
        return {"renewal": {**found[0], "source": self.at(found[1])}} if found else {}

    def verify(self, words: str, row: str) -> list[str]:
        """Who verifies what is given in the row: who is named with it, who confirms it later, who watches over all."""
        named = [id for id in self.verifiers if INSPECTION.search(words) and self.names(id, words)]
        alone = list(self.verifiers) if not self.confirming and not self.always and len(self.verifiers) == 1 else []
        return list(dict.fromkeys([*self.confirming.get(row, ()), *named, *self.always])) or alone

    def clock(self, span: Span, what: str, row: str) -> dict[str, Any]:
        """Deadline and duration; a length of time counts from what the row answers, or from a day not stated."""
        clock = clock_of(self.text, span, self.dates, self.document.reference_date or "")
        found: dict[str, Any] = {}
        after = later(span.of(self.text))
        if clock.due:
            found["due"] = clock.due
            found |= {"uncertain": clock.doubt} if clock.doubt else {}
        elif after and row != "1":
            found["due"] = f"end of {self.step_before(row)} + {after}"
        elif clock.within:
            given = self.given(int(row))
            since = given[-1] if what == "what is got" and given else START
            if since == START:
                self.days[START] = {"what": "the day on which the plan begins; the text does not say when"}
                self.missing.append("from which day the deadlines count")
            found["due"] = f"{since} + {clock.within}"
        if clock.lasts:
            found["for"] = clock.lasts
        return found

    def given(self, row: int) -> list[str]:
        """The names of the steps that are given in a row."""
        give = self.rows()[row - 1].give
        return [f"{row}.give" + (f".{n}" if len(give) > 1 else "") for n in range(1, len(give) + 1)]

    def step_before(self, row: str) -> str:
        """The last step of the row before, from which 'three days later' counts."""
        before = self.rows()[int(row) - 2]
        side, steps = ("get", before.get) if before.get else ("give", before.give)
        return f"{int(row) - 1}.{side}" + (f".{len(steps)}" if len(steps) > 1 else "")

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
