"""Which claims stand: grounded labelling of an attack graph in time linear in nodes and attacks.

The grounded extension is the sceptical one of Dung (1995): a claim is *in* when all that attack it are *out*,
*out* when something that is in attacks it, and *undecided* otherwise. It is unique and does not depend on the
order in which claims arrive.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from typing import Literal, TypeVar

Label = Literal["in", "out", "undecided"]
N = TypeVar("N", bound=Hashable)


def grounded(nodes: Iterable[N], attacks: Iterable[tuple[N, N]]) -> Mapping[N, Label]:
    """The label of every node; `attacks` are pairs (attacker, attacked). O(nodes + attacks)."""
    labels: dict[N, Label] = dict.fromkeys(nodes, "undecided")
    attacked_by: dict[N, list[N]] = defaultdict(list)
    standing_attackers: dict[N, int] = defaultdict(int)
    for attacker, attacked in set(attacks):
        attacked_by[attacker].append(attacked)
        standing_attackers[attacked] += 1
    free = deque(node for node in labels if not standing_attackers[node])
    while free:
        node = free.popleft()
        labels[node] = "in"
        for loser in attacked_by[node]:
            if labels[loser] != "undecided":
                continue
            labels[loser] = "out"
            for freed in attacked_by[loser]:
                standing_attackers[freed] -= 1
                if not standing_attackers[freed] and labels[freed] == "undecided":
                    free.append(freed)
    return labels
