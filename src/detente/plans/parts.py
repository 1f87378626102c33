"""The smaller tables of a plan file: actors, measures, days, readings, rules, claims, views, scenarios."""

from __future__ import annotations

# ruff: noqa: RUF009  (`key` makes a field; the rule sees a call in a default)
import dataclasses
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from datetime import date as Date
from typing import Any

from .conditions import Condition, Moment
from .days import Duration, parse_day
from .quantities import Quantity


class Rows(dict[str, Any]):
    """Named rows in file order. Read only by convention; hashable, so that plans can be compared and cached."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


NOTHING: Mapping[str, Any] = Rows()


def key(kind: Any, doc: str, default: Any = MISSING, *, name: str | None = None) -> Any:
    """A field of a plan file. `kind` is one of the types of `build.KINDS`, or (type, argument)."""
    return dataclasses.field(default=default, metadata={"kind": kind, "doc": doc, "key": name})


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a step or a power does to a measure: 'suspend un_part', 'pay aid 50 million USD'."""

    verb: str
    measure: str
    share: Quantity | None = None

    def __str__(self) -> str:
        return " ".join(str(w) for w in (self.verb, self.measure, self.share) if w is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One of several readings of a clause: what it changes when a party reads the clause so."""

    id: str = key("id", "short name of the reading", "")
    by: tuple[str, ...] = key("names", "who reads it so", ())
    says: str = key("text", "the reading in words", "")
    when: Condition | None = key("condition", "the precondition under this reading", None)
    starts: Moment | None = key("moment", "the first day under this reading", None)
    due: Moment | None = key("moment", "the deadline under this reading", None)
    until: Moment | None = key("moment", "the last day under this reading", None)
    unless: Condition | None = key("condition", "what stops it under this reading", None)
    who: tuple[str, ...] = key("names", "who has to act (or may invoke) under this reading", ())
    source: str = key("text", "where it is put so", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which claims of a record speak of a step: all that is given has to fit."""

    by: tuple[str, ...] = key("names", "who says it", ())
    actor: tuple[str, ...] = key("names", "who acts in the event", ())
    recipient: tuple[str, ...] = key("names", "to whom", ())
    kind: str = key("text", "event, attribution, stance, agreement or plan", "")
    type: tuple[str, ...] = key("names", "PLOVER event types or CAMEO codes", ())
    topic: str = key("text", "words of the topic, all of which have to occur", "")
    words: tuple[str, ...] = key("texts", "words of the text, one of which has to occur", ())
    says: str = key("text", "what such a claim says of the step; 'as told' takes it from the claim", "as told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A party, a verifier or another body whose acts the plan depends on."""

    id: str = key("id", "name used in the plan: ISO 3166 alpha-3 for states", "")
    role: str = key("none", "section that it stands in", "party")
    name: str = key("text", "the name in words", "")
    members: tuple[str, ...] = key("names", "members of a group or coalition", ())
    acts: str = key("quorum", "how a group acts: consensus, majority, any, or a number such as 9 of 15", "consensus")
    veto: tuple[str, ...] = key("names", "who can block its decisions", ())
    mandate: str = key("text", "what a verifier may look at", "")
    reports: Duration | None = key("length", "how often a verifier reports", None)
    standard: str = key("text", "what the verifier has to find, in which form", "")
    note: str = key("text", "anything else", "")
    source: str = key("text", "where this is stated", "")
    uncertain: str = key("text", "what is not certain about it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something that has to be allayed."""

    id: str = key("id", "name", "")
    what: str = key("text", "in words", "")
    by: tuple[str, ...] = key("names", "whose concern it is", ())
    source: str = key("text", "where it is stated", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A row of the ledger: a sanction, waiver, licence, payment, tonnage or troop level that steps act on."""

    id: str = key("id", "name", "")
    what: str = key("text", "in words", "")
    by: tuple[str, ...] = key("names", "who owns it: who alone can lift it", ())
    on: tuple[str, ...] = key("names", "against whom or for whom", (), name="against")
    kind: str = key(
        ("choice", "sanction waiver licence payment tonnage troops territory right other"),
        "sort of measure",
        "sanction",
    )
    basis: str = key("text", "the legal act", "")
    state: str = key("state", "its state when the plan begins", "in force")
    amount: Quantity | None = key("quantity", "how much there is of it", None)
    source: str = key("text", "where it is stated", "")
    uncertain: str = key("text", "what is not certain about it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A named day or milestone: fixed, computed, reached when a condition holds, or declared by somebody."""

    id: str = key("id", "name", "")
    date: Moment | None = key("moment", "the day, or how it is computed", None)
    what: str = key("text", "in words", "")
    when: Condition | None = key("condition", "it comes on the first day on which this holds", None)
    by: tuple[str, ...] = key("names", "who declares it", ())
    source: str = key("text", "where it is stated", "")
    uncertain: str = key("text", "what is not certain about it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several instalments of a step."""

    amount: Quantity | None = key("quantity", "how much, in all, must be reached", None)
    due: Moment | None = key("moment", "by when", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A claim on the plan: on this day this source said this of that clause."""

    id: str = key("id", "name; made from the rest where none is written", "")
    date: str = key("date", "when it was said")
    by: str = key("name", "who says it")
    about: tuple[str, ...] = key("names", "steps, pairs, measures, days, powers, 'plan', or the id of another claim")
    says: str = key("verdict", "what it says: see the vocabulary of claims")
    since: str = key("date", "since when it holds, where that is not the day of the claim", "")
    amount: Quantity | None = key("quantity", "how much in all by then", None)
    until: str = key("date", "the new deadline, of an extension", "")
    via: str = key("text", "through which outlet or body", "")
    words: str = key("text", "the words", "")
    document: str = key("text", "id of the document", "")
    span: str = key("text", "where in the document, 'start-end' in code points", "")
    source: str = key("text", "where it is published", "")
    uncertain: str = key("text", "what is not certain about it", "")

    @property
    def day(self) -> Date:
        return parse_day(self.date)

    @property
    def holds_from(self) -> Date:
        return parse_day(self.since or self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's ruling that a claim of the record does, or does not, speak of a clause."""

    date: str = key("date", "when it was decided")
    person: str = key("text", "who decided")
    claim: str = key("text", "the id of the claim in the record")
    about: tuple[str, ...] = key("names", "the clause", ())
    verdict: str = key(("choice", "attach reject"), "attach or reject", "attach")
    says: str = key("text", "what the claim says of the clause; 'as told' takes it from the claim", "as told")
    reason: str = key("text", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A viewpoint: whose claims it takes, and how it reads the clauses that can be read in several ways."""

    id: str = key("id", "name", "")
    name: str = key("text", "in words", "")
    of: tuple[str, ...] = key("names", "who shares it", ())
    accepts: tuple[str, ...] = key("names", "whose claims it takes, beside its own", ())
    rejects: tuple[str, ...] = key("names", "whose claims it does not take", ())
    reads: Mapping[str, str] = key("strings", "clause: reading", NOTHING)
    note: str = key("text", "anything else", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A test of the plan: given these claims, as of this day, in this view, expect this status."""

    name: str = key("text", "in words", "")
    given: tuple[Report, ...] = key(("many", Report), "claims beside the plan's own", ())
    history: bool = key("yes", "whether the plan's own claims count too", True)
    as_of: str = key("date", "the day")
    view: str = key("name", "the viewpoint: an actor, a view of the plan, anyone, or argued", "argued")
    expect: Mapping[str, str] = key("strings", "clause: state")
