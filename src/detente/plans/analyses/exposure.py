"""Exposure: who has given more than got, when, and the order and slices that keep that small.

The exposure of a side before a move is what it has given minus what it has got; its peak is the largest such
debt right after one of its own gives. Finding the order with the smallest peak is the problem of minimum maximum
cumulative cost: easy for free order (a two-group rule, as in scheduling by Monma and Sidney 1979 and in the safe
exchange of Sandholm and Lesser 1995), NP-complete under general precedence (Garey and Johnson 1979, SS7), where
`best_order` searches subsets exactly up to about 20 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from ...errors import UsageError

Number = int | float | Fraction
MAX_EXACT = 20
"""Rows up to which the exact search over subsets is tried (2^20 states, seconds)."""


@dataclass(frozen=True)
class Move:
    """One act: `actor` gives; `cost` is what it costs the actor, `worth[p]` what it is worth to party p."""

    name: str
    actor: str
    cost: Number
    worth: dict[str, Number]


def balances(moves: Iterable[Move], parties: Sequence[str]) -> list[dict[str, Number]]:
    """What each party has got minus what it has given, after each move. Shape: one dict per move."""
    standing: dict[str, Number] = dict.fromkeys(parties, 0)
    history = []
    for move in moves:
        for party, gain in move.worth.items():
            standing[party] = standing.get(party, 0) + gain
        standing[move.actor] = standing.get(move.actor, 0) - move.cost
        history.append(dict(standing))
    return history


def peaks(moves: Sequence[Move], parties: Sequence[str]) -> dict[str, Number]:
    """The largest debt of each party at any time (0 where it never gave more than it had got)."""
    after = balances(moves, parties)
    return {p: max((0, *(-b[p] for b in after))) for p in parties}


def peak_of_order(give: Sequence[Number], get: Sequence[Number], order: Sequence[int]) -> Number:
    """The largest uncovered give when rows are carried out in `order`, each giving first and getting after."""
    debt: Number = 0
    peak: Number = 0
    for row in order:
        debt += give[row]
        peak = max(peak, debt)
        debt -= get[row]
    return peak


def rule_order(give: Sequence[Number], get: Sequence[Number]) -> list[int]:
    """The order with the smallest peak when any order is allowed: O(n log n).

    Rows that bring at least as much as they cost come first, by rising give; the rest by falling get.
    """
    rows = range(len(give))
    gainful = sorted((r for r in rows if get[r] >= give[r]), key=lambda r: give[r])
    costly = sorted((r for r in rows if get[r] < give[r]), key=lambda r: -get[r])
    return gainful + costly


def best_order(
    give: Sequence[Number], get: Sequence[Number], before: Sequence[tuple[int, int]] = ()
) -> tuple[list[int], Number]:
    """The order with the smallest peak, and that peak; `before` holds pairs (a, b): a must precede b.

    Exact. Raises UsageError when precedence is given for more than 20 rows, or when it is circular.
    """
    if not before:
        order = rule_order(give, get)
        return order, peak_of_order(give, get, order)
    n = len(give)
    if n > MAX_EXACT:
        raise UsageError(f"the order of {n} rows under precedence is too large to search; split the plan into parts")
    needs = [0] * n
    for a, b in before:
        needs[b] |= 1 << a
    return _search(give, get, needs)


def _search(give: Sequence[Number], get: Sequence[Number], needs: Sequence[int]) -> tuple[list[int], Number]:
    """Dynamic programming over sets of rows already done, along reachable sets only."""
    n = len(give)
    full = (1 << n) - 1
    best: dict[int, tuple[Number, int, int]] = {0: (0, -1, 0)}
    level = [0]
    debts: dict[int, Number] = {0: 0}
    for _ in range(n):
        following: dict[int, tuple[Number, int, int]] = {}
        for done in level:
            peak, debt = best[done][0], debts[done]
            for row in range(n):
                bit = 1 << row
                if done & bit or needs[row] & ~done:
                    continue
                after, high = done | bit, max(peak, debt + give[row])
                known = following.get(after)
                if known is None or high < known[0]:
                    following[after] = (high, row, done)
                    debts[after] = debt + give[row] - get[row]
        best.update(following)
        level = list(following)
    if full not in best:
        raise UsageError("no order is possible: the rows wait for each other in a circle")
    order, state = [], full
    while state:
        _, row, state = best[state]
        order.append(row)
    return order[::-1], best[full][0]


def safe_order(cost: Sequence[Number], value: Sequence[Number]) -> tuple[list[int], Number]:
    """The order of delivery that is safe with the smallest cost of walking away, and that cost.

    Goods are delivered one by one for payment. Before item i the supplier is tempted by what it still has to spend
    minus what it can still earn after i; the exchange is safe when walking away costs at least the largest such
    temptation. Read from the end this is the one-sided problem, so the reversed two-group rule is exact.
    """
    order = rule_order(cost, value)[::-1]
    return order, required_defection_cost(cost, value, order)


def required_defection_cost(cost: Sequence[Number], value: Sequence[Number], order: Sequence[int]) -> Number:
    """The largest temptation to walk away over the course of `order`: max of c_i plus all later c - v."""
    return peak_of_order(cost, value, list(order)[::-1])


def slices_for(give: Number, get: Number, bound: Number) -> int:
    """Into how many equal slices a row must be cut so that giving first never exposes more than `bound`.

    With k slices the largest debt is give/k + (k-1)/k * max(0, give-get). Raises UsageError when no number of
    slices is enough, since the row as a whole costs more than it brings by more than the bound.
    """
    if give <= bound:
        return 1
    loss = max(Fraction(0), Fraction(give) - Fraction(get))
    if loss >= bound:
        raise UsageError(f"no slicing keeps the exposure under {bound}: the row loses {loss} in the end")
    return ceil((Fraction(give) - loss) / (Fraction(bound) - loss))
