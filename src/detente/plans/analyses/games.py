"""Reference games of step-by-step exchange, in exact fractions where the result is exact.

- Inspection game: M. Dresher (1962), *A sampling inspector-evader game*, RAND RM-2972; closed form in R. Avenhaus,
  B. von Stengel and S. Zamir (2002), *Inspection games*, Handbook of Game Theory 3.
- Repeated prisoner's dilemma: grim trigger and tit for tat thresholds (textbook results; R. Axelrod 1984 for the
  second).
- Contribution to a joint project in turns: A. Admati and M. Perry (1991), *Joint projects without commitment*.
- Gradual irreversible cooperation: B. Lockwood and J. Thomas (2002), *Gradualism and irreversibility*.
- Taking from a pile in turns: R. McKelvey and T. Palfrey (1992), *An experimental study of the centipede game*; with a pile
  that does not grow, M. Fey, R. McKelvey and T. Palfrey (1996).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import comb, sqrt

from ...errors import UsageError
from .trees import Node

Number = int | float | Fraction


def inspection_value(n: int, m: int, b: Fraction | int = 1) -> Fraction:
    """The violator's value of `n` periods with `m` inspections left, by Dresher's recursion.

    The violator gains 1 by an act that is not inspected, loses `b` when caught, and 0 when it never violates.
    Raises UsageError for negative numbers. Exact.
    """
    if n < 0 or m < 0 or b < 0:
        raise UsageError("periods, inspections and the penalty must not be negative")
    return _inspection(n, m, Fraction(b))


@cache
def _inspection(n: int, m: int, b: Fraction) -> Fraction:
    if m >= n:
        return Fraction(0)
    if m == 0:
        return Fraction(1)
    # Each period is a 2x2 game: act or wait against inspect or not.
    # acting: -b when inspected, 1 when not; waiting: the value of what is left.
    wait_inspected, wait_free = _inspection(n - 1, m - 1, b), _inspection(n - 1, m, b)
    return matrix_value(-b, Fraction(1), wait_inspected, wait_free)


def matrix_value(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> Fraction:
    """The value of the zero-sum game [[a, b], [c, d]] to the row player."""
    low, high = max(min(a, b), min(c, d)), min(max(a, c), max(b, d))
    if low == high:
        return low
    return (a * d - b * c) / (a + d - b - c)


def inspection_formula(n: int, m: int, b: Fraction | int = 1) -> Fraction:
    """The closed form C(n-1, m) / sum over i <= m of C(n, i) b^(m-i)."""
    return comb(n - 1, m) / sum((comb(n, i) * Fraction(b) ** (m - i) for i in range(m + 1)), Fraction(0))


def grim_threshold(temptation: Number, reward: Number, punishment: Number) -> Fraction:
    """The smallest discount factor at which grim trigger keeps both at the reward: (T-R)/(T-P)."""
    if not temptation > reward > punishment:
        raise UsageError("a prisoner's dilemma needs temptation > reward > punishment")
    return (Fraction(temptation) - Fraction(reward)) / (Fraction(temptation) - Fraction(punishment))


def tit_for_tat_threshold(temptation: Number, reward: Number, punishment: Number, sucker: Number) -> Fraction:
    """The same for tit for tat: the larger of (T-R)/(T-P) and (T-R)/(R-S)."""
    grim = grim_threshold(temptation, reward, punishment)
    return max(grim, (Fraction(temptation) - Fraction(reward)) / (Fraction(reward) - Fraction(sucker)))


def joint_project(
    value: float, discount: float, rounds: int, inverse_cost: Callable[[float], float] = sqrt
) -> list[float]:
    """Admati and Perry's contributions, counted from the last one back: w_1 completes the project.

    `inverse_cost` is the inverse of the cost of a contribution (square root for c(w) = w^2, identity for linear).
    w_1 = c^-1((1-d) V); w_n = c^-1(d^(2n-3) (1-d^2) V).
    """
    if not 0 <= discount < 1:
        raise UsageError("the discount factor must lie in [0, 1)")
    first = inverse_cost((1 - discount) * value)
    rest = [inverse_cost(discount ** (2 * n - 3) * (1 - discount**2) * value) for n in range(2, rounds + 1)]
    return [first, *rest]


def largest_joint_project(
    value: float, discount: float, inverse_cost: Callable[[float], float] = sqrt, precision: float = 1e-15
) -> float:
    """The size of the largest project that is ever completed: the sum of all contributions."""
    total = inverse_cost((1 - discount) * value)
    n = 2
    while True:
        step = inverse_cost(discount ** (2 * n - 3) * (1 - discount**2) * value)
        total += step
        n += 1
        if step < precision * max(total, 1.0):
            return total


def gradual_path(discount: Fraction | float, rounds: int) -> list[Fraction]:
    """Lockwood and Thomas' best path of irreversible levels for payoff `other - own^2/2`.

    c_1 = d/2, c_(t+1) = d/2 + c_t^2/(2d); it rises to d, below the efficient level 1, however little one discounts.
    """
    d = Fraction(discount).limit_denominator(10**12)
    path = [d / 2]
    while len(path) < rounds:
        path.append(d / 2 + path[-1] ** 2 / (2 * d))
    return path


def centipede(
    moves: int, larger: Number, smaller: Number, passed: Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]
) -> Node:
    """Two players in turns take the larger share of a pile, which ends the game, or pass, which turns the shares into
    `passed(larger, smaller)`; after the last pass whoever would be next gets the larger share."""
    shares = [(Fraction(larger), Fraction(smaller))]
    for _ in range(moves):
        shares.append(passed(*shares[-1]))
    node = _taken(moves, *shares[-1])
    for turn in reversed(range(moves)):
        node = Node(turn % 2 + 1, [_taken(turn, *shares[turn]), node], ["take", "pass"])
    return node


def _taken(turn: int, larger: Fraction, smaller: Fraction) -> Node:
    return Node(payoffs=(smaller, larger) if turn % 2 else (larger, smaller))


def doubled(larger: Fraction, smaller: Fraction) -> tuple[Fraction, Fraction]:
    """A pile that grows: both shares double at each pass."""
    return 2 * larger, 2 * smaller


def fixed_pile(shrinking: Number) -> Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]:
    """A pile that does not grow: at each pass the smaller share is divided by `shrinking`, the other gets the rest."""

    def passed(larger: Fraction, smaller: Fraction) -> tuple[Fraction, Fraction]:
        left = smaller / Fraction(shrinking)
        return larger + smaller - left, left

    return passed
