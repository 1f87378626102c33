"""Self-enforcement: is going on better than walking away at every step?

A plan is played as a sequence of moves. Whoever is to move compares what is still to be gained, discounted and only if
its step is certified, with keeping what it has and walking away, which costs it `D` (lost trade, reputation, a bond).
By the one-shot deviation principle (D. Blackwell 1965; for repeated games D. Abreu 1988) going on is subgame-perfect
exactly when no single move is better skipped, which backward induction checks in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

from ...errors import UsageError
from .exposure import Move, Number
from .trees import Node


@dataclass(frozen=True)
class Temptation:
    """How much walking away must cost the mover at one move for going on to be better."""

    index: int
    move: str
    actor: str
    cost: Number
    continuation: Number
    """What the mover still expects from the moves after this one."""
    needed: Number
    """max(0, cost - continuation)."""


@dataclass(frozen=True)
class Enforcement:
    """The result for one discount factor and one chance that a true step is certified."""

    discount: Number
    certified: Number
    temptations: tuple[Temptation, ...]

    @property
    def needed(self) -> Number:
        """The smallest cost of walking away that keeps everybody in at every step."""
        return max((t.needed for t in self.temptations), default=0)

    @property
    def binding(self) -> Temptation | None:
        """The move where the plan breaks first; None when it holds without any cost of walking away."""
        worst = max(self.temptations, key=lambda t: t.needed, default=None)
        return worst if worst is not None and worst.needed > 0 else None


def enforce(moves: Sequence[Move], discount: Number = 1, certified: Number = 1) -> Enforcement:
    """Backward induction over the moves in order, O(moves x parties).

    `discount` (0..1) is applied per move; `certified` (0..1) is the probability that a true step is found true, so
    that the plan goes on. Raises UsageError when either is out of range.
    """
    for name, value in (("discount", discount), ("certified", certified)):
        if not 0 <= value <= 1:
            raise UsageError(f"{name} must lie between 0 and 1, not {value}")
    future: dict[str, Number] = {}
    found: list[Temptation] = []
    for index in range(len(moves) - 1, -1, -1):
        move = moves[index]
        ahead = discount * certified * future.get(move.actor, 0)
        found.append(Temptation(index, move.name, move.actor, move.cost, ahead, max(0, move.cost - ahead)))
        parties = {*future, *move.worth, move.actor}
        future = {
            p: discount * certified * future.get(p, 0) + move.worth.get(p, 0) - (move.cost if p == move.actor else 0)
            for p in parties
        }
    return Enforcement(discount, certified, tuple(reversed(found)))


def region(
    moves: Sequence[Move], walk_away: Number, discounts: Sequence[Number], certifieds: Sequence[Number]
) -> list[list[bool]]:
    """Where the plan enforces itself at a given cost of walking away. Shape: [discount][certified]."""
    return [[enforce(moves, d, c).needed <= walk_away for c in certifieds] for d in discounts]


def remedies(moves: Sequence[Move], result: Enforcement, walk_away: Number = 0) -> list[str]:
    """What would mend the binding step: a bond, smaller slices, a surer or earlier check."""
    worst = result.binding
    if worst is None or worst.needed <= walk_away:
        return []
    found = [f"a bond of {rounded(worst.needed - walk_away)} lodged by {worst.actor} before '{worst.move}'"]
    if walk_away > 0:
        slices = ceil(worst.cost / walk_away)
        found.append(f"cutting '{worst.move}' into {slices} slices, each answered before the next is due")
    else:
        found.append(f"any cost of walking away above 0 and slices of '{worst.move}' no dearer than it")
    if worst.continuation > 0 and result.certified < 1:
        needed = (worst.cost - walk_away) / worst.continuation * result.certified
        if needed <= 1:
            found.append(f"a check that certifies a true step with probability {rounded(needed)} or more")
    if worst.index + 1 < len(moves):
        found.append(f"moving a part of what {worst.actor} gets later to before '{worst.move}'")
    return found


def sliced(moves: Sequence[Move], slices: int) -> list[Move]:
    """Every pair of moves (give, get) cut into `slices` equal alternating parts, pair after pair."""
    out: list[Move] = []
    for k in range(0, len(moves), 2):
        pair = moves[k : k + 2]
        for part in range(1, slices + 1):
            for m in pair:
                worth = {p: w / slices for p, w in m.worth.items()}
                out.append(Move(f"{m.name} {part}/{slices}", m.actor, m.cost / slices, worth))
    return out


def as_game(moves: Sequence[Move], parties: Sequence[str], walk_away: Number) -> Node:
    """The same plan as a game tree (go on or walk away at each move), for solvers of extensive games."""
    from fractions import Fraction

    def pay(amounts: dict[str, Number]) -> tuple[Fraction, ...]:
        return tuple(Fraction(amounts.get(p, 0)).limit_denominator(10**9) for p in parties)

    node = Node(payoffs=pay({}))
    for move in reversed(moves):
        gain: dict[str, Number] = dict(move.worth)
        gain[move.actor] = gain.get(move.actor, 0) - move.cost
        node.payoffs = tuple(a + b for a, b in zip(node.payoffs or pay({}), pay(gain), strict=True))
        quit_ = Node(payoffs=pay({move.actor: -walk_away}))
        node = Node(player=list(parties).index(move.actor) + 1, branches=[node, quit_], labels=[move.name, "walk away"])
    return node


def rounded(value: Number) -> str:
    return "unlimited" if value == inf else f"{float(value):.4g}"
