"""Two ways of keeping the states of modules that move side by side.

`Dense`: one NumPy array with an axis a module, so that a move is one operation on two slices and no state has an
index. `Sparse`: the reached states alone, as sorted numbers in mixed radix, for products of which little is reached.
Both find what can be reached as a closure under the moves, and iterate chances from below, each module's states in
the order in which they are left, until nothing changes by 1e-12 (value iteration; Puterman 1994, ch. 7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Guards: TypeAlias = Sequence[Mapping[int, frozenset[int]]]
"""Alternatives; in each, for each axis named, the states in which it holds."""
DENSE_LIMIT = 50_000_000
"""Most states in an array: eight bytes each for the chances, one for what is reached."""
PRECISION = 1e-12
SWEEPS = 100_000


class TooMany(Exception):
    """More states than this way of keeping them is meant for."""


@dataclass(frozen=True, slots=True)
class Move:
    """The module at `axis` goes from `at` to `to` (chance, state) while one of the guards holds."""

    axis: int
    at: int
    to: tuple[tuple[float, int], ...]
    guards: Guards


class Dense:
    """All states of the product in one array."""

    def __init__(self, shape: tuple[int, ...], moves: Sequence[Move]) -> None:
        self.shape = shape
        self.moves = [self._slices(m) for m in moves]
        self.reached = self._closure()
        self.states = int(np.count_nonzero(self.reached))

    def _slices(self, move: Move) -> tuple[Any, list[tuple[float, Any]], Any]:
        """Where a move starts, where it leads with which chance, and where its guard holds (None: everywhere)."""

        def at(state: int) -> Any:
            return (slice(None),) * move.axis + (slice(state, state + 1),)

        holds = self.where(move.guards) if move.guards else None
        if holds is not None and holds.shape[move.axis] > 1:
            holds = holds[at(move.at)]
        return at(move.at), [(p, at(t)) for p, t in move.to], holds

    def where(self, guards: Guards) -> Any:
        """A Boolean array, of length 1 along the axes that no guard names."""
        found = np.zeros((1,) * len(self.shape), bool)
        for guard in guards:
            one = np.ones((1,) * len(self.shape), bool)
            for axis, states in guard.items():
                one = one & _table(self.shape[axis], states).reshape(
                    [-1 if i == axis else 1 for i in range(len(self.shape))]
                )
            found = found | one
        return found

    def _closure(self) -> Any:
        reached = np.zeros(self.shape, bool)
        reached[(0,) * len(self.shape)] = True
        count = 0
        while count < (found := int(np.count_nonzero(reached))):
            count = found
            for start, ends, holds in reversed(self.moves):
                here = reached[start] if holds is None else reached[start] & holds
                for _, end in ends:
                    reached[end] |= here
        return reached

    @property
    def transitions(self) -> int:
        """Ends of moves that can be taken, counted once for each state."""
        return sum(
            len(ends) * int(np.count_nonzero(self.reached[start] if holds is None else self.reached[start] & holds))
            for start, ends, holds in self.moves
        )

    def chance(self, goal: Guards, *, worst: bool = False) -> float:
        wanted = np.broadcast_to(self.where(goal), self.shape)
        return float(_iterated(wanted, self._sweep, worst)[(0,) * len(self.shape)])

    def _sweep(self, value: Any, into: Any, choose: Any) -> None:
        for start, ends, holds in self.moves:
            found, here = _mean(value, ends), into[start]
            if holds is None:
                choose(here, found, out=here)
            else:
                choose(here, found, out=here, where=np.broadcast_to(holds, here.shape))


class Sparse:
    """The states that are reached, as numbers in mixed radix, sorted. Raises TooMany for more than `most`."""

    def __init__(self, shape: tuple[int, ...], moves: Sequence[Move], most: int) -> None:
        self.shape = shape
        self.strides: list[int] = [1]
        for size in reversed(shape[1:]):
            self.strides.insert(0, self.strides[0] * size)
        if shape and self.strides[0] * shape[0] >= 1 << 62:
            raise TooMany
        self.codes = self._closure(moves, most)
        self.states = len(self.codes)
        self.moves = [self._indices(m) for m in moves]

    def where(self, guards: Guards, codes: Any) -> Any:
        found = np.zeros(len(codes), bool)
        for guard in guards:
            one = np.ones(len(codes), bool)
            for axis, states in guard.items():
                one &= _table(self.shape[axis], states)[self.local(codes, axis)]
            found |= one
        return found

    def local(self, codes: Any, axis: int) -> Any:
        return codes // self.strides[axis] % self.shape[axis]

    def starting(self, move: Move, codes: Any) -> Any:
        """Which of the codes the move can start from."""
        here = self.local(codes, move.axis) == move.at
        return here & self.where(move.guards, codes) if move.guards else here

    def _closure(self, moves: Sequence[Move], most: int) -> Any:
        codes = np.zeros(1, np.int64)
        count = 0
        while count < len(codes):
            count = len(codes)
            for move in reversed(moves):
                here = codes[self.starting(move, codes)]
                if len(here):
                    ends = [here + (t - move.at) * self.strides[move.axis] for _, t in move.to]
                    codes = np.unique(np.concatenate([codes, *ends]))
                if len(codes) > most:
                    raise TooMany
        return codes

    def _indices(self, move: Move) -> tuple[Any, list[tuple[float, Any]]]:
        start = np.flatnonzero(self.starting(move, self.codes))
        here = self.codes[start]
        step = self.strides[move.axis]
        return start, [(p, np.searchsorted(self.codes, here + (t - move.at) * step)) for p, t in move.to]

    @property
    def transitions(self) -> int:
        """Ends of moves that can be taken, counted once for each state."""
        return sum(len(start) * len(ends) for start, ends in self.moves)

    def chance(self, goal: Guards, *, worst: bool = False) -> float:
        return float(_iterated(self.where(goal, self.codes), self._sweep, worst)[0])

    def _sweep(self, value: Any, into: Any, choose: Any) -> None:
        for start, ends in self.moves:
            if len(start):
                into[start] = choose(into[start], _mean(value, ends))


def _iterated(wanted: Any, sweep: Callable[[Any, Any, Any], None], worst: bool) -> Any:
    """The chances of coming to where it is wanted, by sweeps over all moves until none changes."""
    value = wanted.astype(float)
    for _ in range(SWEEPS):
        before = value.copy()
        if worst:
            least = np.full(value.shape, np.inf)
            sweep(value, least, np.minimum)
            np.copyto(value, least, where=~wanted & np.isfinite(least))
        else:
            sweep(value, value, np.maximum)
        if np.max(np.abs(value - before)) < PRECISION:
            break
    return value


def _table(size: int, states: frozenset[int]) -> Any:
    found = np.zeros(size, bool)
    found[list(states)] = True
    return found


def _mean(value: Any, ends: Sequence[tuple[float, Any]]) -> Any:
    (chance, end), *rest = ends
    found = value[end] if chance == 1 else chance * value[end]
    for chance, end in rest:
        found = found + chance * value[end]
    return found
