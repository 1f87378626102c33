"""What a step waits for, as counting gates over other steps, and the exact chance that it comes.

A gate is the name of a step or 'at least k of' several gates; all of n is k = n, any of them k = 1. With independent
steps the chance that a gate opens is no product once two of its branches share a step: it is read off a reduced ordered
binary decision diagram (Bryant 1986), one variable a step, in time linear in the diagram. So is its derivative by the
chance of each step (Birnbaum 1969), which says what decides the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import UsageError

MAX_NODES = 1_000_000
"""Nodes of one diagram; plans of a hundred steps have some thousands."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the gates are open. None of none is always open, one of none never."""

    count: int
    of: tuple[Gate, ...] = ()


Gate = str | AtLeast
ALWAYS, NEVER = AtLeast(0), AtLeast(1)


def all_of(gates: Sequence[Gate]) -> Gate:
    """Open when all are; nothing to wait for where there are none."""
    kept = tuple(dict.fromkeys(g for g in gates if g != ALWAYS))
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else AtLeast(len(kept), kept)


def any_of(gates: Sequence[Gate]) -> Gate:
    """Open when one is; never where there are none."""
    kept = tuple(dict.fromkeys(g for g in gates if g != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else AtLeast(1, kept)


def names(gate: Gate) -> Iterator[str]:
    """All steps that the gate mentions."""
    if isinstance(gate, str):
        yield gate
        return
    for part in gate.of:
        yield from names(part)


def is_plain(gate: Gate) -> bool:
    """Whether it waits for all of its steps and for nothing else."""
    return isinstance(gate, AtLeast) and gate.count == len(gate.of) and all(isinstance(g, str) for g in gate.of)


def opened(gate: Gate, times: Mapping[str, Any]) -> Any:
    """When the gate opens: the k-th of the times of its parts, infinite for never. Arrays of runs, or numbers."""
    if isinstance(gate, str):
        return times[gate]
    if gate.count <= 0:
        return 0.0
    if gate.count > len(gate.of):
        return np.inf
    parts = [opened(part, times) for part in gate.of]
    if gate.count == len(parts):
        return _folded(np.maximum, parts)
    if gate.count == 1:
        return _folded(np.minimum, parts)
    together = np.stack(np.broadcast_arrays(*parts))
    return np.partition(together, gate.count - 1, axis=0)[gate.count - 1]


def _folded(two: Any, parts: list[Any]) -> Any:
    found = parts[0]
    for part in parts[1:]:
        found = two(found, part)
    return found


class Diagram:
    """Functions of independent yes-or-no variables, kept once each. Node 0 is never, node 1 always."""

    def __init__(self, variables: Sequence[str]) -> None:
        self.order = {name: i for i, name in enumerate(variables)}
        self.variables = tuple(variables)
        last = len(variables)
        self.nodes: list[tuple[int, int, int]] = [(last, 0, 0), (last, 1, 1)]
        """(variable, node where it fails, node where it succeeds)"""
        self.ids: dict[tuple[int, int, int], int] = {}
        self.known: dict[tuple[bool, int, int], int] = {}

    def variable(self, name: str) -> int:
        return self._node(self.order[name], 0, 1)

    def both(self, one: int, other: int) -> int:
        """Both functions hold."""
        return self._apply(True, one, other)

    def either(self, one: int, other: int) -> int:
        """One of them holds."""
        return self._apply(False, one, other)

    def at_least(self, count: int, functions: Sequence[int]) -> int:
        """At least `count` of them hold."""
        reached = [1] + [0] * count
        for function in functions:
            for k in range(count, 0, -1):
                reached[k] = self.either(reached[k], self.both(function, reached[k - 1]))
        return reached[count] if count > 0 else 1

    def gate(self, gate: Gate, came: Mapping[str, int]) -> int:
        """The function of a gate, where `came` has that of each step."""
        if isinstance(gate, str):
            return came[gate]
        return self.at_least(gate.count, [self.gate(part, came) for part in gate.of])

    def chance(self, root: int, chances: Mapping[str, float]) -> float:
        """The probability that the function holds."""
        return self._chances(root, chances)[root]

    def slopes(self, root: int, chances: Mapping[str, float]) -> dict[str, float]:
        """The derivative of that probability by the chance of each variable that it depends on."""
        values = self._chances(root, chances)
        weights = {root: 1.0}
        found: dict[str, float] = {}
        for node in sorted(values, key=lambda n: self.nodes[n][0]):
            level, low, high = self.nodes[node]
            if node < 2 or node not in weights:
                continue
            name = self.variables[level]
            found[name] = found.get(name, 0.0) + weights[node] * (values[high] - values[low])
            weights[low] = weights.get(low, 0.0) + weights[node] * (1 - chances[name])
            weights[high] = weights.get(high, 0.0) + weights[node] * chances[name]
        return found

    def _chances(self, root: int, chances: Mapping[str, float]) -> dict[int, float]:
        values = {0: 0.0, 1: 1.0}
        for node in self._below(root):
            level, low, high = self.nodes[node]
            p = chances[self.variables[level]]
            values[node] = (1 - p) * values[low] + p * values[high]
        return values

    def _below(self, root: int) -> list[int]:
        """The nodes under `root`, children first: a node is made after those that it leads to."""
        seen, stack = {root}, [root]
        while stack:
            for child in self.nodes[stack.pop()][1:]:
                if child > 1 and child not in seen:
                    seen.add(child)
                    stack.append(child)
        return sorted(n for n in seen if n > 1)

    def _node(self, level: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (level, low, high)
        found = self.ids.get(key)
        if found is None:
            if len(self.nodes) > MAX_NODES:
                raise UsageError(f"more than {MAX_NODES} cases: the conditions are too entangled for an exact chance")
            found = self.ids[key] = len(self.nodes)
            self.nodes.append(key)
        return found

    def _apply(self, conjunction: bool, one: int, other: int) -> int:
        """The node of both functions together; a stack of our own, since plans are deeper than Python's."""
        stack = [(one, other)]
        while stack:
            pair = stack[-1]
            if self._found(conjunction, *pair) is not None:
                stack.pop()
                continue
            a, b = (self.nodes[n] for n in pair)
            level = min(a[0], b[0])
            parts = [
                tuple(row[way] if row[0] == level else node for row, node in zip((a, b), pair, strict=True))
                for way in (1, 2)
            ]
            ends = [self._found(conjunction, *part) for part in parts]
            if None in ends:
                stack += [part for part, end in zip(parts, ends, strict=True) if end is None]  # type: ignore[misc]
                continue
            low, high = ends
            self.known[conjunction, min(pair), max(pair)] = self._node(level, low, high)  # type: ignore[arg-type]
        found = self._found(conjunction, one, other)
        assert found is not None
        return found

    def _found(self, conjunction: bool, one: int, other: int) -> int | None:
        """The node, where it is known already or needs no work."""
        if one == other:
            return one
        one, other = min(one, other), max(one, other)
        if one == 0:
            return 0 if conjunction else other
        if one == 1:
            return other if conjunction else 1
        return self.known.get((conjunction, one, other))
