"""Markov chains explored from a transition function and solved exactly where that is possible.

States are explored breadth first, put into strongly connected components (R. Tarjan 1972), and solved component by
component from the end: single states by substitution, circles by elimination. With fractions the answer is exact;
with floats circles of more than a few hundred states are iterated to a relative precision of 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...errors import UsageError

Number = int | float | Fraction
Successors = Callable[[Any], Iterable[tuple[Number, Any]]]
ELIMINATE = 300
"""Largest circle of states that is solved by elimination rather than iteration."""


@dataclass(frozen=True)
class Chain:
    """`edges[i]` lists (probability, index of the next state); an empty list or a self-loop of 1 is an end."""

    states: list[Any]
    edges: list[list[tuple[Number, int]]]

    def __len__(self) -> int:
        return len(self.states)


def explore(start: Any, successors: Successors, limit: int = 5_000_000) -> Chain:
    """All states reachable from `start`. Raises UsageError when there are more than `limit`."""
    index: dict[Any, int] = {start: 0}
    states: list[Any] = [start]
    edges: list[list[tuple[Number, int]]] = []
    for state in states:
        row = []
        for chance, following in successors(state):
            at = index.get(following)
            if at is None:
                at = index[following] = len(states)
                states.append(following)
                if at >= limit:
                    raise UsageError(f"more than {limit} states; split the plan into independent parts first")
            row.append((chance, at))
        edges.append(row)
    return Chain(states, edges)


def components(edges: Sequence[Sequence[tuple[Number, int]]]) -> list[list[int]]:
    """Strongly connected components, every one after those that it leads to."""
    n = len(edges)
    number, low, on_stack = [0] * n, [0] * n, bytearray(n)
    found: list[list[int]] = []
    stack: list[int] = []
    count = 0
    for root in range(n):
        if number[root]:
            continue
        count += 1
        number[root] = low[root] = count
        stack.append(root)
        on_stack[root] = 1
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            row = edges[node]
            while at < len(row):
                child = row[at][1]
                at += 1
                if not number[child]:
                    work.append((node, at))
                    count += 1
                    number[child] = low[child] = count
                    stack.append(child)
                    on_stack[child] = 1
                    work.append((child, 0))
                    break
                if on_stack[child] and number[child] < low[node]:
                    low[node] = number[child]
            else:
                if low[node] == number[node]:
                    part = []
                    while True:
                        member = stack.pop()
                        on_stack[member] = 0
                        part.append(member)
                        if member == node:
                            break
                    found.append(part)
                if work and low[node] < low[work[-1][0]]:
                    low[work[-1][0]] = low[node]
    return found


def reach(chain: Chain, goal: Callable[[Any], bool], avoid: Callable[[Any], bool] | None = None) -> Number:
    """The probability of ever being in a state where `goal` holds without passing one where `avoid` does."""
    fixed: dict[int, Number] = {}
    for i, state in enumerate(chain.states):
        if goal(state):
            fixed[i] = 1
        elif avoid is not None and avoid(state):
            fixed[i] = 0
    return _solve(chain, fixed, lambda i: 0)[0]


def expected(
    chain: Chain,
    reward: Callable[[Any], Number],
    until: Callable[[Any], bool],
    on_edge: Callable[[Any, Any], Number] | None = None,
) -> Number:
    """The expected sum of `reward` over the states passed before `until` holds (and of `on_edge` over the steps).

    Raises UsageError when there is a chance of never getting there: the expectation is then infinite.
    """
    if reach(chain, until) < 1 - 1e-9:
        raise UsageError("the end is not certain to be reached, so the expected sum is infinite")
    fixed: dict[int, Number] = {i: 0 for i, s in enumerate(chain.states) if until(s)}

    def gain(i: int) -> Number:
        total = reward(chain.states[i])
        if on_edge is not None:
            total += sum(p * on_edge(chain.states[i], chain.states[j]) for p, j in chain.edges[i])
        return total

    return _solve(chain, fixed, gain)[0]


def _solve(chain: Chain, fixed: dict[int, Number], gain: Callable[[int], Number]) -> list[Number]:
    """x_i = gain_i + sum p_ij x_j, with x given where `fixed`; ends without successors get their gain alone."""
    value: list[Number] = [0] * len(chain)
    for part in components(chain.edges):
        if len(part) == 1:
            i = part[0]
            if i in fixed:
                value[i] = fixed[i]
                continue
            loop = sum(p for p, j in chain.edges[i] if j == i)
            if loop == 1 or not chain.edges[i]:
                value[i] = 0
                continue
            rest = gain(i) + sum(p * value[j] for p, j in chain.edges[i] if j != i)
            value[i] = rest / (1 - loop) if loop else rest
        else:
            _solve_circle(chain, part, fixed, gain, value)
    return value


def _solve_circle(
    chain: Chain, part: list[int], fixed: dict[int, Number], gain: Callable[[int], Number], value: list[Number]
) -> None:
    open_states = [i for i in part if i not in fixed]
    for i in part:
        if i in fixed:
            value[i] = fixed[i]
    inside = set(open_states)
    constant = {
        i: gain(i) + sum((p * value[j] for p, j in chain.edges[i] if j not in inside), start=0) for i in open_states
    }
    inner = {i: [(p, j) for p, j in chain.edges[i] if j in inside] for i in open_states}
    if len(open_states) <= ELIMINATE:
        for i, x in _eliminate(inner, constant).items():
            value[i] = x
        return
    for _ in range(100_000):
        largest = 0.0
        for i in open_states:
            x = constant[i] + sum(p * value[j] for p, j in inner[i])
            largest = max(largest, abs(float(x - value[i])) / (abs(float(x)) + 1e-300))
            value[i] = x
        if largest < 1e-12:
            return


def _eliminate(inner: dict[int, list[tuple[Number, int]]], constant: dict[int, Number]) -> dict[int, Number]:
    """Gauss-Jordan elimination of states one by one, as in the reduction of automata to expressions."""
    rows: dict[int, dict[int, Number]] = {}
    for i, row in inner.items():
        rows[i] = {}
        for p, j in row:
            rows[i][j] = rows[i].get(j, 0) + p
    order = list(rows)
    for k in order:
        loop = rows[k].pop(k, 0)
        if loop == 1:
            rows[k], constant[k] = {}, 0
        elif loop:
            rows[k] = {j: p / (1 - loop) for j, p in rows[k].items()}
            constant[k] = constant[k] / (1 - loop)
        for i in order:
            share = rows[i].pop(k, None) if i != k else None
            if share is not None:
                constant[i] += share * constant[k]
                for j, p in rows[k].items():
                    rows[i][j] = rows[i].get(j, 0) + share * p
    return constant
