"""The plan as an object: parties, measures, pairs of steps, days, powers, clocks, views, claims, scenarios.

Each field says in its metadata under which key a plan file has it, how the text is typed and what it means. The
reader (`build`), the writer (`write`), the JSON Schema and the reference page are all made from this one place.
"""

from __future__ import annotations

# ruff: noqa: RUF009  (`key` makes a field; the rule sees a call in a default)
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .conditions import Condition, Moment
from .days import DayCount, Duration
from .parts import (
    NOTHING,
    Concern,
    Day,
    Decision,
    Effect,
    Measure,
    Part,
    Participant,
    Reading,
    Report,
    Rows,
    Rule,
    Scenario,
    View,
    key,
)
from .quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody has to do or to forbear: one side of a pair."""

    id: str = key("id", "name; '1.give' where none is written", "")
    pair: str = key("none", "the pair that it belongs to", "")
    side: str = key("none", "give or get", "give")
    who: tuple[str, ...] = key("names", "who has to act")
    does: str = key("text", "what, in words")
    kind: str = key(("choice", "act forbear report pay decide lift notify"), "sort of step", "act")
    to: tuple[str, ...] = key("names", "towards whom", ())
    concerns: tuple[str, ...] = key("names", "the concerns that it allays", ())
    effect: tuple[Effect, ...] = key(
        "effects", "what it does to measures: 'suspend un_part; terminate eu 50 percent'", ()
    )
    amount: Quantity | None = key("quantity", "how much", None)
    mode: str = key(("choice", "at once,gradual"), "at once or gradually by quantity", "at once")
    parts: tuple[Part, ...] = key(("many", Part), "instalments: cumulative amounts with their days", ())
    when: Condition | None = key("condition", "what must hold before it is due; replaces what `order` implies", None)
    keeps: Condition | None = key("condition", "it is owed only as long as this holds", None, name="as_long_as")
    starts: Moment | None = key("moment", "not before this day", None)
    due: Moment | None = key("moment", "the last day", None)
    grace: Duration | None = key("length", "how much later is still in time", None)
    lasts: Duration | None = key("length", "how long it has to be kept", None, name="for")
    until: Moment | None = key("moment", "until which day it has to be kept", None)
    every: Duration | None = key("length", "it recurs this often", None)
    renews: Duration | None = key("length", "it lapses after this time unless it is done again", None)
    verify: tuple[str, ...] = key(
        "names", "who verifies: verifiers, 'mutual', or 'none' where the text says nobody does", ()
    )
    verified_by: str = key(("choice", "all any"), "whether all verifiers have to confirm, or any", "all")
    standard: str = key("text", "what has to be found, in which form", "")
    takes: Duration | None = key("length", "how long it takes, for clocks and simulation", None)
    undo: Duration | str | None = key("undo", "how long it takes to undo it; 'never' when it cannot be undone", None)
    effort: bool = key("yes", "only best efforts are promised", False, name="best_efforts")
    through: tuple[str, ...] = key("names", "who really has to act, where that is somebody else", ())
    confidential: bool = key("yes", "the text is not public", False)
    uncertain: str = key("text", "what is not certain about the clause", "")
    readings: tuple[Reading, ...] = key(("many", Reading), "the clause can be read in these ways", ())
    cost: float | None = key("number", "what it costs those who do it", None)
    worth: float | None = key("number", "what it is worth to the other side", None)
    values: Mapping[str, float] = key("numbers", "what it is worth to each party", NOTHING)
    chance: float | None = key("chance", "probability that it is done when due", None)
    detect: float | None = key("chance", "probability that a cheat is found", None)
    match: tuple[Rule, ...] = key(("many", Rule), "which claims of a record speak of it", ())
    source: str = key("text", "where the clause is", "")
    note: str = key("text", "anything else", "")

    @property
    def last_due(self) -> Moment | None:
        """The last day as the text gives it, of the whole or else of the last instalment; without grace."""
        return self.due or (self.parts[-1].due if self.parts else None)

    @property
    def irreversible(self) -> bool:
        return self.undo == "never"

    @property
    def endures(self) -> bool:
        """Whether it has to be kept, so that it can still be broken after it was done."""
        return bool(self.kind == "forbear" or self.lasts or self.until or self.every or self.renews)

    @property
    def needs_verifier(self) -> bool:
        return bool(self.verify) and self.verify != ("none",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row of the plan: what is given and what is got for it."""

    id: str = key("id", "name of the row", "")
    title: str = key("text", "in words", "")
    theme: str = key("text", "chapter or theme", "")
    when: Condition | None = key(
        "condition", "what must hold before the row begins; replaces what `order` implies", None
    )
    exchange: str = key(
        ("choice", "give first,get first,simultaneous,free"), "which side comes first, or both on one day", "give first"
    )
    give: tuple[Step, ...] = key(("many", Step), "what is given", ())
    get: tuple[Step, ...] = key(("many", Step), "what is got for it", ())
    source: str = key("text", "where the row is", "")

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.give + self.get


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What somebody may do: snap back, suspend, terminate, withdraw, extend. It works by notice, after a delay,
    unless something stops it."""

    id: str = key("id", "name", "")
    kind: str = key(("choice", "snapback suspend reverse terminate exit extend waive other"), "sort of power", "other")
    who: tuple[str, ...] = key("names", "who may use it, each alone", ())
    does: str = key("text", "in words", "")
    notice_to: tuple[str, ...] = key("names", "who is notified", ())
    when: Condition | None = key("condition", "what must hold before it may be used", None)
    after: Duration | None = key("length", "it takes effect so long after the notice", None)
    unless: Condition | None = key("condition", "it does not take effect when this holds by then", None)
    veto: tuple[str, ...] = key("names", "who can keep what stops it from happening", ())
    effect: tuple[Effect, ...] = key("effects", "what it does to measures", ())
    ends: tuple[str, ...] = key("names", "the steps that are no longer owed ('plan' for all)", ())
    until: Moment | None = key("moment", "it can be used until this day", None)
    partial: bool = key("yes", "it may be used in part, in proportion", False)
    confidential: bool = key("yes", "the text is not public", False)
    readings: tuple[Reading, ...] = key(("many", Reading), "the clause can be read in these ways", ())
    match: tuple[Rule, ...] = key(("many", Rule), "which claims of a record speak of it", ())
    source: str = key("text", "where the clause is", "")
    uncertain: str = key("text", "what is not certain about it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One stage of the settlement of disputes."""

    forum: str = key("text", "before whom")
    takes: Duration | None = key("length", "its clock", None)
    acts: str = key("quorum", "how it decides", "consensus")
    binding: bool = key("yes", "whether its decision binds", False)
    beside: bool = key("yes", "it runs beside the stage before, not after it", False, name="parallel")
    extendable: bool = key("yes", "its clock can be extended by consent", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How a dispute is settled: stages with clocks, and the power that opens at the end."""

    who: tuple[str, ...] = key("names", "who may raise a dispute", ())
    rungs: tuple[Rung, ...] = key(("many", Rung), "the stages", ())
    opens: str = key("text", "the power that may be used at the end", "")
    source: str = key("text", "where it is", "")

    @property
    def shortest(self) -> tuple[Duration, ...]:
        """The clocks that run one after the other."""
        return tuple(r.takes for r in self.rungs if r.takes and not r.beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sunset:
    """What ends by itself, and when."""

    id: str = key("id", "name", "")
    ends: tuple[str, ...] = key("names", "steps, measures or powers that end; 'plan' for all")
    date: Moment | None = key("moment", "when")
    unless: Condition | None = key("condition", "it does not end when this holds by then", None)
    source: str = key("text", "where it is", "")
    uncertain: str = key("text", "what is not certain about it", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A deadline or term that can be, or by itself is, prolonged."""

    id: str = key("id", "name", "")
    of: tuple[str, ...] = key("names", "the steps, or 'plan'")
    by: tuple[str, ...] = key("names", "whose consent it takes", ())
    automatic: bool = key("yes", "it renews by itself unless somebody ends it", False)
    length: Duration | None = key("length", "by how much each time", None, name="for")
    times: int | None = key("count", "how often at most", None)
    source: str = key("text", "where it is", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """Force majeure and its kin: when not doing is no breach."""

    id: str = key("id", "name", "")
    what: str = key("text", "the event, in words")
    covers: tuple[str, ...] = key("names", "the steps, or 'plan'", ())
    by: tuple[str, ...] = key("names", "who decides that it applies", ())
    source: str = key("text", "where it is", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who put the plan forward."""

    by: tuple[str, ...] = key("names", "who", ())
    announced_by: str = key("text", "through whom", "")
    date: str = key("date", "when", "")
    source: str = key("text", "where it is stated", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A step-by-step agreement."""

    plan: str = key("id", "short name of the plan")
    title: str = key("text", "the name in words", "")
    about: str = key("text", "one paragraph on what it is", "")
    status_of_text: str = key(("choice", "proposal,agreed,in force,ended,reported"), "what the text is", "proposal")
    proposed: Proposal | None = key(("one", Proposal), "who put it forward", None)
    source: str = key("text", "where the text is published", "")
    known_from: str = key("text", "on what our knowledge of the text rests ('one source: ...' is a warning)", "")
    uncertain: str = key("text", "what is not certain about the whole", "")
    counts: DayCount = key(
        "daycount", "how days are counted: 'working days', 'first day counted', weekend, holidays", DayCount()
    )
    parties: Mapping[str, Participant] = key(("named", Participant), "who promises", NOTHING)
    verifiers: Mapping[str, Participant] = key(("named", Participant), "who verifies", NOTHING)
    others: Mapping[str, Participant] = key(("named", Participant), "bodies and non-parties whose acts matter", NOTHING)
    concerns: Mapping[str, Concern] = key(("named", Concern), "what has to be allayed", NOTHING)
    measures: Mapping[str, Measure] = key(("named", Measure), "the ledger", NOTHING)
    days: Mapping[str, Day] = key(("named", Day), "named days and milestones", NOTHING)
    order: str = key(
        ("choice", "sequential parallel simultaneous"),
        "how the pairs follow each other unless `when` says it",
        "sequential",
    )
    pairs: Mapping[str, Pair] = key(("named", Pair), "the rows", NOTHING)
    powers: Mapping[str, Power] = key(("named", Power), "snapback, suspension, termination, exit", NOTHING)
    disputes: Ladder | None = key(("one", Ladder), "how disputes are settled", None)
    sunsets: Mapping[str, Sunset] = key(("named", Sunset), "what ends by itself", NOTHING)
    extensions: Mapping[str, Extension] = key(("named", Extension), "prolongations", NOTHING)
    excuses: Mapping[str, Excuse] = key(("named", Excuse), "force majeure", NOTHING)
    not_stated: tuple[str, ...] = key("texts", "what the text leaves open: snapback, disputes, deadlines, ...", ())
    authority: tuple[tuple[str, ...], ...] = key(
        "tiers", "whose word counts most, first to last; verifiers before parties where none is written", ()
    )
    views: Mapping[str, View] = key(("named", View), "viewpoints", NOTHING)
    claims: tuple[Report, ...] = key(("many", Report), "the history: who reported what when", ())
    decisions: tuple[Decision, ...] = key(("many", Decision), "persons' rulings on claims of the record", ())
    scenarios: tuple[Scenario, ...] = key(("many", Scenario), "tests of the plan", ())
    note: str = key("text", "anything else", "")

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the plan's order, gives before gets."""
        return tuple(step for pair in self.pairs.values() for step in pair.steps)

    @property
    def participants(self) -> Mapping[str, Participant]:
        """Parties, verifiers and others by name; the first section that has a name wins."""
        return {**self.others, **self.verifiers, **self.parties}

    def step(self, id: str) -> Step:
        """Raises KeyError when there is no such step."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)

    def members(self, id: str) -> tuple[str, ...]:
        """The members of a group, or of a pair its steps; () when `id` is neither."""
        if id in self.pairs:
            return tuple(step.id for step in self.pairs[id].steps)
        found = self.participants.get(id)
        return found.members if found else ()

    def is_or_belongs(self, actor: str, group: str) -> bool:
        """Whether `actor` is the party named or one of its members. Bodies of a state ('RUS:duma') belong to it."""
        return actor == group or actor.split(":")[0] == group or actor in self.members(group)


Clause = Step | Power | Measure | Day | Sunset | Pair
Side = Literal["give", "get"]

__all__ = [
    "NOTHING",
    "Clause",
    "Concern",
    "Day",
    "Decision",
    "Effect",
    "Excuse",
    "Extension",
    "Ladder",
    "Measure",
    "Pair",
    "Part",
    "Participant",
    "Plan",
    "Power",
    "Proposal",
    "Reading",
    "Report",
    "Rows",
    "Rule",
    "Rung",
    "Scenario",
    "Side",
    "Step",
    "Sunset",
    "View",
    "key",
]
