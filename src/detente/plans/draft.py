"""A first plan file from what a text says of a plan, with what it does not say marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rigour.territories import get_territory

from ..claims import ActorMention, ActorRef, Claim, PlanProposal
from ..document import Document, Span
from .files import from_dict
from .model import Plan

UNKNOWN = "not_stated"
UNDATED = "0001-01-01"
"""The day of claims of a document without a date: they count as known from the first."""
_SAYS = {"favour": "supports", "oppose": "rejected", "neutral": "neutral", "mixed": "neutral"}
_LIFTING = re.compile(r"\b(lift\w*|eas\w+|suspen\w+|remov\w+|relie\w+|waiv\w+|unfreez\w+|freez\w+)\b", re.I)
_MEASURE = re.compile(r"\b(sanctions?|embargo(?:es)?|restrictions?|asset freezes?|blockade|tariffs?)\b", re.I)
_GRADUAL = re.compile(
    r"\b(incremental\w*|gradual\w*|step[- ]by[- ]step|phased?|in stages|case[- ]by[- ]case|piecemeal)\b", re.I
)
_DEADLINE = re.compile(r"\b(within|by|before|no later than)\b.{0,30}\b(days?|weeks?|months?|years?|\d{4})\b", re.I)
_WHOSE = re.compile(r"([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? (?:concerns?|issues?|questions?|doubts?|suspicions?)\b")
_INSPECTION = re.compile(r"\b(inspect\w*|verif\w+|monitor\w*|certif\w+|supervis\w+|surveillance|safeguards)\b", re.I)
_AMOUNT = re.compile(r"\d|\bper ?cent\b|\bhundred\b|\bthousand\b|\bmillion\b|\bhalf\b", re.I)
_LEAD = re.compile(
    r"^(?:under (?:the|this|that|its) (?:[\w-]+ )?(?:plan|deal|agreement|accord|framework|proposal|terms)|"
    r"in (?:return|exchange|turn)|as part of (?:the|this|that) \w+|at the same time|for (?:its|their) part|"
    r"as (?:it|they) do(?:es)? so)\s*,?\s+",
    re.I,
)
_OPENING = re.compile(r"^(?:as|if|once|when|whenever|that|after|for|to)\s+", re.I)
_THE_PLAN = re.compile(r"^.{0,40}?\b(plan|framework|proposal|scheme|strategy|initiative|roadmap)\b", re.I)
"""'the Russian plan would reward it': the plan's author is not thereby the one who has to do it."""
_CONCERN = re.compile(r"\b(concerns?|issues?|questions?|doubts?|suspicions?)\b", re.I)


def proposals(testimony: Iterable[tuple[Document, Claim]]) -> list[tuple[Document, PlanProposal]]:
    """The plans that the claims tell of, most positions first."""
    found = [(document, claim) for document, claim in testimony if isinstance(claim, PlanProposal)]
    return sorted(found, key=lambda p: (-len(p[1].positions), -len(p[1].spans), p[1].span))


def actors_in(testimony: Iterable[tuple[Document, Claim]], document: Document) -> list[ActorRef]:
    """The actors that the claims on one document name, in the order of the text."""
    found = [c.actor for d, c in testimony if d.id == document.id and isinstance(c, ActorMention) and c.actor.span]
    return sorted(found, key=lambda ref: ref.span.start if ref.span else 0)


def draft(document: Document, proposal: PlanProposal, actors: Sequence[ActorRef] = ()) -> Plan:
    """The plan as far as the text tells it: rows, parties, positions with their spans, and `not_stated`.

    `actors` (see `actors_in`) help to tell who has to act where that is none of the parties named.
    """
    return from_dict(_Draft(document, proposal, actors).data(), name=proposal.name or "draft")


class _Draft:
    def __init__(self, document: Document, proposal: PlanProposal, actors: Sequence[ActorRef]) -> None:
        self.document = document
        self.proposal = proposal
        self.text = document.text
        self.actors = actors
        self.acting: set[str] = set()
        self.missing: list[str] = ["snapback", "disputes", "exits"]
        self.people: dict[str, ActorRef] = {}
        for ref in (*proposal.proposed_by, *proposal.parties, *(p.party for p in proposal.positions)):
            self.people.setdefault(_id(ref), ref)
        self.verifiers = self._verifiers()

    def _verifiers(self) -> tuple[str, ...]:
        """The bodies that stand in one sentence with a word of inspection, in what is given or in the mechanism."""
        text = " ".join([*(s.of(self.text) for s in self.proposal.gives), self.proposal.mechanism])
        near = " ".join(sentence for sentence in re.split(r"[.;]\s", text) if _INSPECTION.search(sentence))
        bodies = {id: {r.text, r.name or r.text} for id, r in self.people.items() if _is_body(r)}
        return tuple(id for id, names in bodies.items() if any(name in near for name in names))

    def data(self) -> dict[str, Any]:
        """The plain dictionaries of the plan file."""
        pairs = self.pairs()
        whole = " ".join(s.of(self.text) for s in (*self.proposal.gives, *self.proposal.gets, *self.proposal.spans))
        for missing, stated in (("deadlines", _DEADLINE), ("amounts", _AMOUNT)):
            if not stated.search(whole):
                self.missing.append(missing)
        if not self.verifiers:
            self.missing.append("verifiers")
        return {
            "plan": _slug(self.proposal.name) or "plan",
            "title": self.proposal.name or "plan",
            "about": self.proposal.mechanism or "The text does not say how the plan works.",
            "status_of_text": "proposal",
            "proposed": self.proposed(),
            "source": self.document.source,
            "known_from": f"one source: {self.document.title or self.document.source}",
            **self.participants(),
            **self.concerns(),
            **self.measures(),
            "order": "sequential",
            "pairs": pairs,
            "not_stated": list(dict.fromkeys(self.missing)),
            "claims": self.claims(),
        }

    def proposed(self) -> dict[str, Any]:
        announced = ", ".join(ref.name or ref.text for ref in self.proposal.announced_by)
        found: dict[str, Any] = {"by": [_id(r) for r in self.proposal.proposed_by]}
        if announced:
            found["announced_by"] = announced
        date = self.proposal.announced_on.value if self.proposal.announced_on else ""
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", date):
            found["date"] = date
        return {**found, "source": self.at(self.proposal.span)}

    def participants(self) -> dict[str, Any]:
        sided = {_id(p.party) for p in self.proposal.positions} | {_id(r) for r in self.proposal.proposed_by}
        sided |= self.acting
        bodies = {id: r for id, r in self.people.items() if _is_body(r) and id not in sided}
        names = {id: {"name": _called(r)} for id, r in self.people.items()}
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

    def measures(self) -> dict[str, Any]:
        found = self._measure()
        if not found:
            return {}
        self.missing.append("which measures, and who owns them")
        return {"measures": {_slug(found[1]): {"what": found[1], "by": [UNKNOWN], "source": self.at(found[0])}}}

    def _measure(self) -> tuple[Span, str] | None:
        for span in self.proposal.gets:
            match = _MEASURE.search(span.of(self.text))
            if match:
                return span, match[0]
        return None

    def pairs(self) -> dict[str, Any]:
        """Rows from what is given and got; where the text tells only one side, the other is marked as not stated."""
        gives, gets = list(self.proposal.gives), list(self.proposal.gets)
        rows: dict[str, Any] = {}
        for i in range(max(len(gives), len(gets), 1)):
            give = gives[i] if i < len(gives) else gives[-1] if gives and i < len(gets) else None
            get = gets[i] if i < len(gets) else gets[-1] if gets and i < len(gives) else None
            rows[str(i + 1)] = {"give": self.step(give, "what is given"), "get": self.step(get, "what is got")}
        return rows

    def step(self, span: Span | None, what: str) -> dict[str, Any]:
        if span is None:
            self.missing.append(what)
            return {"who": [UNKNOWN], "does": f"the text does not say ({what})", "uncertain": "not stated"}
        words = span.of(self.text)
        who = self.actor_of(span)
        self.acting |= {who} - {UNKNOWN}
        if who == UNKNOWN:
            self.missing.append(f"who has to act on: {words}")
        step: dict[str, Any] = {
            "who": [who],
            "does": _bare(words),
            "source": self.at(span),
        }
        around = " ".join([words, self.proposal.mechanism])
        measure = self._measure()
        if what == "what is got" and measure and _MEASURE.search(words) and _LIFTING.search(words):
            step |= {"kind": "lift", "effect": f"lift {_slug(measure[1])}"}
        if _GRADUAL.search(words) or (what == "what is got" and _GRADUAL.search(around)):
            step["mode"] = "gradual"
        if what == "what is given" and _CONCERN.search(words):
            step["concerns"] = ["concerns"]
        if what == "what is given" and self.verifiers:
            step["verify"] = list(self.verifiers)
        return step

    def actor_of(self, span: Span) -> str:
        """Whoever opens the phrase, once what leads up to it ('in return,') is taken off; a possessive is not the one
        who acts, nor is the plan itself."""
        words = span.of(self.text)
        bare = _bare(words)
        if _THE_PLAN.match(bare):
            return UNKNOWN
        for id, ref in self.people.items():
            for name in {ref.text, ref.name or ref.text}:
                if re.match(rf"(?:the )?{re.escape(name)}\b(?!['’]s)", bare):
                    return id
        start = span.start + max(words.find(bare[:20]), 0)
        for ref in self.actors:
            if ref.span and start <= ref.span.start <= start + 4 and self.text[ref.span.end :][:2] not in ("'s", "’s"):
                self.people.setdefault(_id(ref), ref)
                return _id(ref)
        return self._acts_before(span)

    def _acts_before(self, span: Span) -> str:
        """The last party named before the phrase in the same sentence ('allow Iran to address ...')."""
        start = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "\n", "; ")) + 1
        before = self.text[start : span.start]
        places = [
            (before.rfind(name), id) for id, ref in self.people.items() for name in {ref.text, ref.name or ref.text}
        ]
        at, id = max(places, default=(-1, UNKNOWN))
        return id if at >= 0 and not re.search(r"\b(reward|in return|exchange)\b", before[at:]) else UNKNOWN

    def claims(self) -> list[dict[str, Any]]:
        """Where each party stands, with the words; the proposer first."""
        known = self.document.reference_date or UNDATED
        announced = str(self.proposed().get("date", known))
        rows = {
            _id(r): self.claim(announced, _id(r), "proposed", self.proposal.span) for r in self.proposal.proposed_by
        }
        proposers = set(rows)
        for position in self.proposal.positions:
            id = _id(position.party)
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


def _bare(words: str) -> str:
    """The phrase without what leads up to it: 'Under the plan, ...', 'In return, ...', 'As ...'."""
    return _OPENING.sub("", _LEAD.sub("", " ".join(words.split())))


def _called(ref: ActorRef) -> str:
    """The name of the state or body that is meant, not of the person who speaks for it."""
    if ref.country:
        territory = get_territory(ref.country)
        if territory:
            return territory.name
    return _id(ref) if ref.person else ref.name or ref.text


def _is_body(ref: ActorRef) -> bool:
    """An international organisation: it may verify or own measures, and is no party unless it takes a side."""
    return ref.country is None and (ref.role == "IGO" or (ref.code or "").startswith("IGO"))


def _id(ref: ActorRef) -> str:
    return _slug(ref.key, upper=ref.key.isupper()) or UNKNOWN


def _slug(text: str, *, upper: bool = False) -> str:
    slug = re.sub(r"[^\w:]+", "-", text).strip("-:")
    return slug if upper else slug.lower()
