"""Contract signing without a trusted third party: the protocol of Even, Goldreich and Lempel (1985) as a chain.

Each side holds N pairs of secrets of L bits; a side is bound when the other knows both secrets of a pair. First one
secret of each pair is passed by oblivious transfer, then all secrets are revealed bit by bit in turns. The order
modelled is that of the PRISM case study by G. Norman and V. Shmatikov (2006), *Analysis of probabilistic contract
signing*; with N = 5, L = 2 the probability that A is left bound alone is 33/64. It shows why plans that reveal or
give in small alternating slices are never quite fair to the one who moves first.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...errors import UsageError
from .chains import Chain, Number, expected, explore, reach

HALF = Fraction(1, 2)
State = tuple[int, int, int, int, tuple[int, ...], tuple[int, ...]]
"""(bit, counter, phase, party, bits of B's secrets known to A, bits of A's secrets known to B)"""


@dataclass(frozen=True)
class Fairness:
    """Exact results: probabilities that a side is bound while the other is not, and messages still needed then."""

    states: int
    unfair_a: Number
    unfair_b: Number
    messages_a: Number
    messages_b: Number


def analyse_contract(pairs: int, bits: int) -> Fairness:
    """Fairness of the protocol for N = `pairs` and L = `bits`. Raises UsageError when either is below 1."""
    if pairs < 1 or bits < 1:
        raise UsageError("the protocol needs at least one pair and one bit")
    model = _Protocol(pairs, bits)
    chain: Chain = explore(model.start, model.successors)
    return Fairness(
        states=len(chain),
        unfair_a=reach(chain, lambda s: model.b_knows(s) and not model.a_knows(s)),
        unfair_b=reach(chain, lambda s: model.a_knows(s) and not model.b_knows(s)),
        messages_a=expected(
            chain, lambda s: int(model.to_a(s) and model.b_knows(s) and not model.a_knows(s)), model.done
        ),
        messages_b=expected(
            chain, lambda s: int(model.to_a(s) and model.a_knows(s) and not model.b_knows(s)), model.done
        ),
    )


@dataclass(frozen=True)
class _Protocol:
    n: int
    l: int  # noqa: E741 - the literature's letter

    @property
    def start(self) -> State:
        return (1, 0, 1, 1, (0,) * (2 * self.n), (0,) * (2 * self.n))

    def known(self, secrets: tuple[int, ...]) -> bool:
        return any(secrets[i] == self.l and secrets[i + self.n] == self.l for i in range(self.n))

    def a_knows(self, state: State) -> bool:
        return self.known(state[4])

    def b_knows(self, state: State) -> bool:
        return self.known(state[5])

    def done(self, state: State) -> bool:
        return state[2] == 4

    def to_a(self, state: State) -> bool:
        """Whether the next message goes from B to A."""
        return state[2] < 4 and state[3] == 2

    def successors(self, state: State) -> list[tuple[Number, State]]:
        b, n, phase, party, a_has, b_has = state
        if phase == 4:
            return [(1, state)]
        last = self.n - 1
        if party == 1:
            # A sends: B learns.
            if phase == 1:
                return [(HALF, (b, n, 1, 2, a_has, h)) for h in self.transfers(b_has, n)]
            learned = self.reveal(b_has, n, phase)
            if n == 0:
                return [(1, (b, 0, phase, 2, a_has, learned))]
            if n < last:
                return [(1, (b, n + 1, phase, 1, a_has, learned))]
            if b < self.l:
                return [(1, (b + 1, 0, phase, 1, a_has, learned))]
            return [(1, (1, 0, 3, 1, a_has, learned) if phase == 2 else (b, n, 4, 1, a_has, learned))]
        if phase == 1:
            following = (n + 1, 1) if n < last else (0, 2)
            return [(HALF, (b, following[0], following[1], 1, h, b_has)) for h in self.transfers(a_has, n)]
        learned = self.reveal(a_has, n, phase)
        if n < last:
            return [(1, (b, n + 1, phase, 2, learned, b_has))]
        return [(1, (b, 1, phase, 1, learned, b_has))]

    def transfers(self, has: tuple[int, ...], n: int) -> list[tuple[int, ...]]:
        return [(*has[:i], self.l, *has[i + 1 :]) for i in (n, n + self.n)]

    def reveal(self, has: tuple[int, ...], n: int, phase: int) -> tuple[int, ...]:
        i = n if phase == 2 else n + self.n
        return (*has[:i], min(has[i] + 1, self.l), *has[i + 1 :])
