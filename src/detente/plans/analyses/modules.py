"""Plans as modules that move side by side, with all their states together.

A module is a step, a clock or a verifier with a few states of its own; a command takes it from one of them to others
by chance, where a guard on the other modules holds. What is computed, without splitting anything: which states of all
together can be reached, and the best (or worst) chance of a goal over all orders of moves (a Markov decision process;
Puterman 1994). Split a plan into independent parts first where it has any (`risk.independent_parts`): the answer is
the same and costs nothing. `spaces` keeps the states; `chains` solves small chains in fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from ...errors import UsageError
from .spaces import DENSE_LIMIT, Dense, Move, Sparse, TooMany

Guard = Mapping[str, Collection[int]]
"""For each module named, the states in which the guard holds."""
THIN = 64
"""A space is kept as a list while less than one in so many of its states is reached, else as an array."""


@dataclass(frozen=True, slots=True)
class Command:
    """From the state `at` to `to` (chance, state); only while one of the guards holds (always, where there are none)."""

    at: int
    to: tuple[tuple[float, int], ...]
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the plan with states 0, 1, ... of its own; it begins in 0."""

    name: str
    states: int
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The chance of the goal from the beginning, and how much was looked at."""

    chance: float
    states: int
    transitions: int


class Product:
    """All modules together. Raises UsageError for unknown names, chances that do not add to 1, and too many states."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.axis = {m.name: i for i, m in enumerate(modules)}
        self.shape = tuple(m.states for m in modules)
        if len(self.axis) < len(modules):
            raise UsageError("two modules have the same name")
        for module in modules:
            for command in module.commands:
                self._check(module, command)
        self.moves = [
            Move(axis, c.at, tuple((p, t) for p, t in c.to if p), self._guards(c.when))
            for axis, module in enumerate(modules)
            for c in last_first(module)
        ]
        self.space = self._space(self.moves)

    def _check(self, module: Module, command: Command) -> None:
        if abs(sum(p for p, _ in command.to) - 1) > 1e-9:
            raise UsageError(f"the chances of '{module.name}' in state {command.at} do not add to 1")
        if not all(0 <= s < module.states for s in (command.at, *(t for _, t in command.to))):
            raise UsageError(f"'{module.name}' has no such state as a command names; it has {module.states}")
        unknown = {n for g in command.when for n in g} - set(self.axis)
        if unknown:
            raise UsageError(f"a guard of '{module.name}' names '{unknown.pop()}', which is no module")

    def _guards(self, when: Sequence[Guard]) -> tuple[dict[int, frozenset[int]], ...]:
        return tuple({self.axis[name]: frozenset(states) for name, states in guard.items()} for guard in when)

    def _space(self, moves: list[Move]) -> Dense | Sparse:
        """A list of states while few are reached, an array once many are."""
        size = prod(self.shape)
        try:
            return Sparse(self.shape, moves, most=max(2_000, size // THIN) if size <= DENSE_LIMIT else DENSE_LIMIT)
        except TooMany as error:
            if size <= DENSE_LIMIT:
                return Dense(self.shape, moves)
            raise UsageError(
                f"more than {DENSE_LIMIT:,} states; split the plan into independent parts first"
            ) from error

    def chance(self, goal: Guard, *, worst: bool = False) -> Answer:
        """The chance of ever being where `goal` holds, in the best (or worst) order of moves."""
        unknown = set(goal) - set(self.axis)
        if unknown:
            raise UsageError(f"the goal names '{unknown.pop()}', which is no module")
        found = self.space.chance(self._guards([goal]), worst=worst)
        return Answer(found, self.space.states, self.space.transitions)


def last_first(module: Module) -> Iterator[Command]:
    """The commands of the states that are left last first, so that one sweep carries a chance back through all."""
    following: dict[int, set[int]] = {}
    for command in module.commands:
        following.setdefault(command.at, set()).update(t for p, t in command.to if p)
    order: dict[int, int] = {}
    stack = [(0, iter(following.get(0, ())))]
    seen = {0}
    while stack:
        state, ahead = stack[-1]
        new = next((t for t in ahead if t not in seen), None)
        if new is None:
            order[state] = len(order)
            stack.pop()
        else:
            seen.add(new)
            stack.append((new, iter(following.get(new, ()))))
    yield from sorted(module.commands, key=lambda c: order.get(c.at, len(order)))
