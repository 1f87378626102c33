"""Who plays a part in a first plan file: parties, those who verify, and whoever else has to act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..claims import ActorRef, PlanProposal, Promise
from ..document import Document, Span
from .checkers import body_at, named_checkers, nameless_checkers
from .naming import UNKNOWN, actor_id, called, is_body, is_unplaced
from .wording import bare

_WHOSE = re.compile(r"([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? (?:concerns?|issues?|questions?|doubts?|suspicions?)\b")
CONCERN = re.compile(r"\b(concerns?|issues?|questions?|doubts?|suspicions?)\b", re.I)
_THE_PLAN = re.compile(r"^.{0,40}?\b(plan|framework|proposal|scheme|strategy|initiative|roadmap)\b", re.I)
"""'the Russian plan would reward it': the plan's author is not thereby the one who has to do it."""


class Cast:
    """The actors of one proposal, by the names that they have in the file."""

    def __init__(self, document: Document, proposal: PlanProposal, actors: Sequence[ActorRef]) -> None:
        self.document = document
        self.proposal = proposal
        self.text = document.text
        self.actors = actors
        self.acting: set[str] = set()
        self.people: dict[str, ActorRef] = {}
        for ref in (*proposal.proposed_by, *proposal.parties, *(p.party for p in proposal.positions)):
            self.know(ref)
        named = named_checkers(self.told(), self.people, {actor_id(r) for r in proposal.proposed_by})
        self.bodies = [
            body
            for body in nameless_checkers(self.told(), self.text)
            if not any(self.names(id, body.name or "") for id in named)
        ]
        self.sent = {actor_id(b): self.sender(b) for b in self.bodies}
        """For each body without a name whose it is: the United Nations of 'a United Nations mission'."""
        self.verifiers = tuple(dict.fromkeys([*named, *(self.know(self.sent[actor_id(b)]) for b in self.bodies)]))

    def sender(self, body: ActorRef) -> ActorRef:
        name = body.name or body.text
        own = (r for r in self.actors if is_body(r) and r.span and r.text in name)
        return next(own, body)

    def body_of(self, words: str) -> str | None:
        """The name in the file of the body without a name that opens the words."""
        body = body_at(bare(words), self.bodies)
        return self.know(self.sent[actor_id(body)]) if body else None

    def know(self, ref: ActorRef) -> str:
        id = actor_id(ref)
        self.people.setdefault(id, ref)
        return id

    def told(self) -> str:
        """The sentences that tell how the plan works, and what is given in it."""
        return ". ".join([*(s.of(self.text) for s in self.proposal.gives), self.proposal.mechanism])

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
        sided |= set(self.verifiers)
        names = {id: {"name": called(r)} for id, r in self.people.items() if id in sided or not is_unplaced(r)}
        bodies = {id: r for id, r in bodies.items() if id in names}
        found = {"parties": {id: row for id, row in names.items() if id not in bodies and id not in self.verifiers}}
        if self.verifiers:
            found["verifiers"] = {id: names[id] for id in self.verifiers}
        others = {id: row for id, row in names.items() if id in bodies and id not in self.verifiers}
        return {**found, "others": {**others, UNKNOWN: {"name": "the text does not say who"}}}

    def concerns(self) -> dict[str, Any]:
        """What has to be allayed, and whose concern it is, where the text says so."""
        found = [s for s in self.proposal.gives if CONCERN.search(s.of(self.text))]
        if not found:
            return {}
        whose = _WHOSE.search(self.proposal.mechanism)
        by = [id for id, r in self.people.items() if whose and whose[1] in (r.text, r.name)]
        row: dict[str, Any] = {"what": whose[0] if whose else found[0].of(self.text)}
        return {"concerns": {"concerns": {**row, **({"by": by} if by else {}), "source": self.at(found[0])}}}

    def checkers(self, promise: Promise) -> list[str]:
        named = [id for r in promise.by if is_body(r) and (id := self.know(r)) in self.verifiers]
        body = self.body_of(promise.span.of(self.text))
        return named or ([body] if body else [])

    def names(self, id: str, words: str) -> bool:
        ref = self.people[id]
        return any(name in words for name in (ref.text, ref.name or ref.text))

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

    def at(self, span: Span) -> str:
        return f"{self.document.source} [{span.start}-{span.end}]"
