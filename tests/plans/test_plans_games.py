"""Games in print: solved as their tables and their files say.

Where Gambit's package is installed its catalogue is read from its files; games whose files are not at hand are built from
what is published of them.
"""

from __future__ import annotations

import importlib.util
import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente.plans.analyses import trees
from detente.plans.analyses.games import centipede, doubled, fixed_pile
from detente.plans.analyses.trees import Node, Solution

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "plans" / "efg_spe.json"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold/plans is not here")
_GAMBIT = importlib.util.find_spec("pygambit")
CATALOGUE = Path(_GAMBIT.origin).parent / "catalog_data" if _GAMBIT and _GAMBIT.origin else None


def expected(file: str) -> dict[str, Any]:
    return next(row for row in json.loads(GOLD.read_text()) if row["file"] == file)


def nodes(root: Node) -> int:
    return sum(1 for _ in trees.postorder(root))


def assert_as_printed(file: str, root: Node, found: Solution, unit: int = 1) -> None:
    """Nodes, ties and values, these counted in `unit`."""
    row = expected(file)
    assert nodes(root) == row["nodes"]
    assert found.ties == row["ties"]
    assert [str(v * unit) for v in found.values] == row["spe"]


@needs_gold
@pytest.mark.skipif(CATALOGUE is None, reason="needs the files that come with pygambit")
def test_the_games_of_the_catalogue_come_out_as_expected() -> None:
    assert CATALOGUE is not None
    seen = 0
    for path in CATALOGUE.rglob("*.efg"):
        file = "catalog_" + path.relative_to(CATALOGUE).as_posix().replace("/", "_")
        if any(row["file"] == file for row in json.loads(GOLD.read_text())):
            root, players = trees.read_efg(path.read_text())
            assert_as_printed(file, root, trees.solve(root, len(players)))
            seen += 1
    assert seen >= 4


@needs_gold
@pytest.mark.parametrize("moves", [4, 6])
def test_the_centipede_that_grows(moves: int) -> None:
    """McKelvey and Palfrey print a first pile of 40 and 10 cents; the file counts in half of that."""
    root = centipede(moves, Fraction(2, 5), Fraction(1, 10), doubled)
    found = trees.solve(root, 2)
    assert found.path == ("take",)
    assert_as_printed(f"contrib_games_cent{moves}.efg", root, found, unit=2)


@needs_gold
@pytest.mark.parametrize("moves", [6, 10])
@pytest.mark.parametrize("shrinking", [Fraction(4, 3), 2, 4])
def test_the_centipede_that_does_not_grow(moves: int, shrinking: Fraction) -> None:
    """3.20 dollars, halved at first. How fast the smaller share shrinks does not change the play."""
    root = centipede(moves, Fraction(8, 5), Fraction(8, 5), fixed_pile(shrinking))
    assert_as_printed(f"contrib_games_centcs{moves}.efg", root, trees.solve(root, 2))


@needs_gold
def test_the_game_of_schotter_weigelt_and_wilson() -> None:
    """Problem 1 of 1994: the second player does better by the move that the first hopes for."""
    second = Node(2, [Node(payoffs=pay(6, 3)), Node(payoffs=pay(0, 1))], ["R", "L"])
    root = Node(1, [second, Node(payoffs=pay(4, 4))], ["R", "L"])
    found = trees.solve(root, 2)
    assert found.path == ("R", "R")
    assert_as_printed("contrib_games_sww1.efg", root, found)


def pay(*amounts: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, amounts))


LINES = ("012", "345", "678", "036", "147", "258", "048", "246")
TURNS = ("012345678", "630741852", "876543210", "258147036", "210543876", "036147258", "678345012", "852741630")


@cache
def value(board: str) -> tuple[Fraction, ...]:
    """What a position is worth: its moves, each with what the position after it is worth, as a game of their own."""
    for mark, won in (("X", pay(1, -1)), ("O", pay(-1, 1))):
        if any(all(board[int(i)] == mark for i in line) for line in LINES):
            return won
    if " " not in board:
        return pay(0, 0)
    mover = 1 + board.count("X") - board.count("O")  # X begins
    moves = [board[:i] + "XO"[mover - 1] + board[i + 1 :] for i in range(9) if board[i] == " "]
    after = sorted({min("".join(b[int(i)] for i in turn) for turn in TURNS) for b in moves})
    return trees.solve(Node(mover, [Node(payoffs=value(b)) for b in after], after), 2).values


@needs_gold
def test_noughts_and_crosses_is_a_draw() -> None:
    """The file (168 nodes) leaves branches out without saying which: its value is that of the whole game."""
    assert [str(v) for v in value(" " * 9)] == expected("contrib_games_ttt.efg")["spe"]
    assert value.cache_info().currsize == 765
