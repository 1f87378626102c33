"""Games as trees: subgame-perfect play by backward induction, in exact fractions.

Reads the extensive-form text format of Gambit (`EFG 2 R ...`), the common exchange format of game theory programs,
for games of perfect information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ...errors import UsageError

Payoffs = tuple[Fraction, ...]


@dataclass
class Node:
    """A decision of `player` (1, 2, ...), of chance (0, with `chances`), or an end (no branches).

    `payoffs` are what the players get on arriving here, added to what follows.
    """

    player: int = 0
    branches: list[Node] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    chances: list[Fraction] = field(default_factory=list)
    payoffs: Payoffs = ()
    information_set: tuple[int, int] | None = None


@dataclass(frozen=True)
class Solution:
    """A subgame-perfect play: the players' values, the moves on the path, and how often somebody was indifferent."""

    values: Payoffs
    path: tuple[str, ...]
    ties: int


def solve(root: Node, players: int) -> Solution:
    """Backward induction. A tie is broken for the first branch and counted. Raises UsageError when players share
    information sets of several nodes (the game has imperfect information).

    Works on an explicit stack, so that a plan of thousands of sequential steps is no deeper than one of three.
    """
    check_perfect_information(root)
    zero = tuple([Fraction(0)] * players)
    solved: dict[int, tuple[Payoffs, int]] = {}
    ties = 0
    for node in postorder(root):
        own = node.payoffs or zero
        if not node.branches:
            solved[id(node)] = (own, -1)
            continue
        below = [solved[id(b)][0] for b in node.branches]
        if node.player == 0:
            mean = tuple(
                sum((p * v[i] for p, v in zip(node.chances, below, strict=True)), Fraction(0)) for i in range(players)
            )
            solved[id(node)] = (add(own, mean), -1)
            continue
        mine = [v[node.player - 1] for v in below]
        choice = max(range(len(mine)), key=lambda i: (mine[i], -i))
        ties += mine.count(mine[choice]) > 1
        solved[id(node)] = (add(own, below[choice]), choice)
    path = []
    node = root
    while node.branches:
        choice = solved[id(node)][1]
        if choice < 0:
            break
        path.append(node.labels[choice] if node.labels else str(choice))
        node = node.branches[choice]
    return Solution(solved[id(root)][0], tuple(path), ties)


def add(a: Payoffs, b: Payoffs) -> Payoffs:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def postorder(root: Node) -> Iterator[Node]:
    """Every node after all that follow it."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
            continue
        stack.append((node, True))
        stack.extend((b, False) for b in node.branches)


def check_perfect_information(root: Node) -> None:
    seen: set[tuple[int, int]] = set()
    for node in postorder(root):
        key = node.information_set
        if key is None:
            continue
        if key in seen:
            raise UsageError(
                f"player {key[0]} cannot tell the nodes of information set {key[1]} apart; "
                "backward induction needs perfect information"
            )
        seen.add(key)


# --- Gambit's text format ---

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|[^\s{}",]+')


def read_efg(text: str) -> tuple[Node, list[str]]:
    """The game tree and the players' names. Raises UsageError when the text is not of the format."""
    tokens = TOKEN.findall(text)
    if tokens[:3] != ["EFG", "2", "R"] and tokens[:3] != ["EFG", "2", "D"]:
        raise UsageError("not an extensive game: the text must begin with 'EFG 2 R'")
    reader = _Efg(tokens)
    return reader.game()


class _Efg:
    """A reader over tokens: header, then nodes in prefix order."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.at = 3
        self.outcomes: dict[int, Payoffs] = {}
        self.known: dict[tuple[int, int], tuple[list[str], list[Fraction]]] = {}

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise UsageError("the game file ends too early")
        self.at += 1
        return token

    def braces(self) -> list[str]:
        if self.take() != "{":
            raise UsageError(f"'{{' expected near '{self.peek()}' in the game file")
        inside = []
        while self.peek() != "}":
            inside.append(self.take())
        self.at += 1
        return inside

    def game(self) -> tuple[Node, list[str]]:
        self.take()
        names = [unquote(t) for t in self.braces()]
        if self.peek().startswith('"'):
            self.take()
        return self.tree(), names

    def tree(self) -> Node:
        """Nodes come in prefix order; an explicit stack keeps deep games from overflowing."""
        root, width = self.node()
        open_nodes = [(root, width)]
        while open_nodes:
            parent, missing = open_nodes[-1]
            if len(parent.branches) == missing:
                open_nodes.pop()
                continue
            child, width = self.node()
            parent.branches.append(child)
            open_nodes.append((child, width))
        return root

    def node(self) -> tuple[Node, int]:
        kind = self.take()
        self.take()
        if kind == "t":
            return Node(payoffs=self.outcome()), 0
        if kind == "c":
            number = int(self.take())
            if self.peek().startswith('"'):
                self.take()
            labels, chances = [], []
            if self.peek() == "{":
                inside = self.braces()
                labels = [unquote(t) for t in inside[::2]]
                chances = [Fraction(t) for t in inside[1::2]]
                self.remember(0, number, labels, chances)
            labels, chances = self.known[0, number]
            return Node(player=0, labels=labels, chances=chances, payoffs=self.outcome()), len(labels)
        if kind == "p":
            player, number = int(self.take()), int(self.take())
            if self.peek().startswith('"'):
                self.take()
            if self.peek() == "{":
                self.remember(player, number, [unquote(t) for t in self.braces()], [])
            labels, _ = self.known[player, number]
            return Node(player=player, labels=labels, payoffs=self.outcome(), information_set=(player, number)), len(
                labels
            )
        raise UsageError(f"unknown kind of node '{kind}' in the game file")

    def remember(self, who: int, number: int, labels: list[str], chances: list[Fraction]) -> None:
        self.known[who, number] = (labels, chances)

    def outcome(self) -> Payoffs:
        number = int(self.take())
        if self.peek().startswith('"'):
            self.take()
        if self.peek() == "{":
            self.outcomes[number] = tuple(Fraction(t) for t in self.braces())
        return self.outcomes.get(number, ())


def unquote(token: str) -> str:
    return token[1:-1] if token.startswith('"') else token


def write_efg(root: Node, names: Sequence[str], title: str = "plan") -> str:
    """The game in Gambit's text format."""
    lines = [f'EFG 2 R "{title}" {{ {" ".join(chr(34) + n + chr(34) for n in names)} }}', ""]
    stack = [root]
    outcomes = sets = 0
    while stack:
        node = stack.pop()
        if node.payoffs:
            outcomes += 1
            outcome = f'{outcomes} "" {{ {" ".join(str(p) for p in node.payoffs)} }}'
        else:
            outcome = "0"
        if not node.branches:
            lines.append(f't "" {outcome}')
            continue
        sets += 1
        if node.player == 0:
            parts = " ".join(f'"{n}" {p}' for n, p in zip(node.labels, node.chances, strict=True))
            lines.append(f'c "" {sets} "" {{ {parts} }} {outcome}')
        else:
            parts = " ".join(f'"{n}"' for n in node.labels)
            lines.append(f'p "" {node.player} {sets} "" {{ {parts} }} {outcome}')
        stack.extend(reversed(node.branches))
    return "\n".join(lines) + "\n"
