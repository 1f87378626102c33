"""The condition language: what may stand in `when:`, `due:`, `unless:` and their like.

A *condition* says what must hold ("all of 15.1..15.11 verified", "2 of [1.give, 2.give]", "1.give kept for 90
days", "IAEA says broader_conclusion before start + 8 years"). A *when* names a day ("2015-10-18", "start + 8
years", "earlier of a, b", "30 days after 1.give", "end of 5.give"). This module holds the trees; `parsing` makes
them from text, `evaluate` gives them truth values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from .days import Duration
from .quantities import Quantity

Point = Literal["done", "start"]

STEP_STATES = (
    "claimed",
    "verified",
    "met",
    "done",
    "kept",
    "begun",
    "breached",
    "disputed",
    "reversed",
    "waived",
    "lapsed",
    "due",
)
BEFORE_DONE = frozenset({"begun", "claimed", "breached", "reversed", "disputed", "lapsed", "due"})
"""The states that a step can be in without being done: from the day on which it may begin."""
MEASURE_STATES = (
    "in force",
    "suspended",
    "waived",
    "licensed",
    "eased",
    "terminated",
    "restored",
    "delivered",
    "lifted",
)
POWER_STATES = ("invoked", "in effect", "stopped", "void", "withdrawn")
STANCES = ("proposed", "accepted", "supported", "agreed", "signed", "rejected")
STATES = frozenset(STEP_STATES + MEASURE_STATES + POWER_STATES + STANCES + ("occurred",))


# --- days ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fixed:
    day: date


@dataclass(frozen=True, slots=True)
class Ref:
    """The day on which the thing named came about, or (`point` = 'start') on which it began."""

    id: str
    point: Point = "done"


@dataclass(frozen=True, slots=True)
class Shift:
    base: When
    by: Duration
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Pick:
    """The earlier or the later of several days. 'earlier' ignores those that are not known."""

    which: Literal["earlier", "later"]
    of: tuple[When, ...]


When = Fixed | Ref | Shift | Pick


# --- conditions ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    value: bool


@dataclass(frozen=True, slots=True)
class Is:
    """Something is in a state. Without one: a step is done (verified where it has a verifier), a day has come,
    a power is in effect, a measure is in force."""

    ref: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Through:
    """The steps or pairs from `first` to `last` in the plan's order; replaced by them when a plan is built."""

    first: str
    last: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Says:
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Measures:
    """The amount reported for a step or measure stays within a bound; in percent: of the amount promised."""

    ref: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Count:
    """At least, at most or exactly `k` of the parts. 'all of' is k = len(parts)."""

    bound: Literal["at least", "at most", "exactly"]
    k: int
    parts: tuple[Tree, ...]
    all: bool = False


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Tree


@dataclass(frozen=True, slots=True)
class Reached:
    """The day has come."""

    when: When


@dataclass(frozen=True, slots=True)
class Compare:
    """`part` comes true before, after or by a day, or within a time of it."""

    part: Tree
    relation: Literal["before", "after", "by", "within"]
    when: When
    length: Duration | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """`part` has held without a break for a length of time, or until a day."""

    part: Tree
    length: Duration | None = None
    until: When | None = None


@dataclass(frozen=True, slots=True)
class AsLongAs:
    part: Tree
    guard: Tree


Tree = Constant | Is | Through | Says | Measures | Count | And | Or | Not | Reached | Compare | Kept | AsLongAs
Node = Tree | When
TRUE = Constant(True)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with the words that it was written in; compared by its words."""

    text: str
    tree: Tree

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, named or computed, with the words that it was written in; compared by its words."""

    text: str
    when: When

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text


# --- walking ------------------------------------------------------------------------------------------------


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> Iterator[Node]:
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            yield from value
        elif isinstance(value, _NODES):
            yield value


def references(node: Node) -> Iterator[str]:
    """All names that the node mentions (actors of 'says' apart)."""
    for each in walk(node):
        if isinstance(each, Ref):
            yield each.id
        elif isinstance(each, Is | Measures):
            yield each.ref
        elif isinstance(each, Says):
            yield each.what
        elif isinstance(each, Through):
            yield each.first
            yield each.last


def speakers(node: Node) -> Iterator[str]:
    return (each.who for each in walk(node) if isinstance(each, Says))


def rebuild(node: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of the tree with `change` applied to each node from the leaves up."""
    updates: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            updates[field.name] = tuple(rebuild(v, change) for v in value)
        elif isinstance(value, _NODES):
            updates[field.name] = rebuild(value, change)
    return change(replace(node, **updates) if updates else node)


def spread(tree: Tree, members: Callable[[str], Sequence[str]], between: Callable[[str, str], Sequence[str]]) -> Tree:
    """Replaces 'a..b' by what lies between, and a group named alone inside 'k of' by its members."""

    def change(node: Any) -> Any:
        if isinstance(node, Through):
            return And(tuple(Is(r, node.state) for r in between(node.first, node.last)))
        if isinstance(node, Count):
            parts: list[Tree] = []
            for part in node.parts:
                if isinstance(part, And):
                    parts.extend(part.parts)
                elif isinstance(part, Is) and len(node.parts) == 1 and members(part.ref):
                    parts.extend(Is(r, part.state) for r in members(part.ref))
                else:
                    parts.append(part)
            return replace(node, parts=tuple(parts), k=len(parts) if node.all else node.k)
        return node

    spreaded: Tree = rebuild(tree, change)
    return spreaded


_NODES = (
    Fixed,
    Ref,
    Shift,
    Pick,
    Constant,
    Is,
    Through,
    Says,
    Measures,
    Count,
    And,
    Or,
    Not,
    Reached,
    Compare,
    Kept,
    AsLongAs,
)
