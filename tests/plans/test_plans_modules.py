"""States of all modules together: arrays against lists against walking from state to state."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.plans.analyses import chains
from detente.plans.analyses.modules import Command, Module, Product
from detente.plans.analyses.spaces import Dense, Sparse

STEP = (
    Command(0, ((1.0, 1),)),
    Command(1, ((0.85, 3), (0.10, 2), (0.05, 0))),
    Command(2, ((0.6, 3), (0.4, 5))),
    Command(3, ((1.0, 4),)),
)
"""Open, claimed, disputed, met, answered, failed."""


def pairs(count: int) -> list[Module]:
    return [Module(f"s{k}", 6, STEP) for k in range(count)]


@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_parallel_pairs_unsplit_are_the_power_of_one(count: int) -> None:
    found = Product(pairs(count)).chance({f"s{k}": [4] for k in range(count)})
    assert found.chance == pytest.approx((0.91 / 0.95) ** count, abs=1e-10)
    assert found.states == 6**count


def test_six_pairs_have_the_states_and_transitions_that_are_known() -> None:
    """../shared/references/plans.md gives 46,656 and 326,656 with 64 loops at the ends, which are no moves here."""
    found = Product(pairs(6)).chance({f"s{k}": [4] for k in range(6)})
    assert (found.states, found.transitions) == (46_656, 326_656 - 64)


def test_a_chain_of_waiting_pairs_is_thin() -> None:
    modules = [
        Module(f"s{k}", 6, (Command(0, ((1.0, 1),), ({f"s{k - 1}": [4]},) if k else ()), *STEP[1:])) for k in range(20)
    ]
    product = Product(modules)
    assert isinstance(product.space, Sparse)
    found = product.chance({"s19": [4]})
    assert found.states == 5 * 20 + 1
    assert found.chance == pytest.approx((0.91 / 0.95) ** 20, abs=1e-9)


def test_the_worst_order_can_be_worse_than_the_best() -> None:
    """One of two may move first; whoever does closes the way of the other, and only one way leads on."""
    one = Module("one", 2, (Command(0, ((1.0, 1),), ({"two": [0]},)),))
    two = Module("two", 2, (Command(0, ((1.0, 1),), ({"one": [0]},)),))
    product = Product([one, two])
    assert product.chance({"one": [1]}).chance == 1
    assert product.chance({"one": [1]}, worst=True).chance == 0


@st.composite
def systems(draw: st.DrawFn) -> list[Module]:
    sizes = draw(st.lists(st.integers(2, 3), min_size=2, max_size=3))
    modules = []
    for i, size in enumerate(sizes):
        commands = []
        for at in range(size):
            for _ in range(draw(st.integers(0, 2))):
                ends = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=2, unique=True))
                chances = (1.0,) if len(ends) == 1 else (0.75, 0.25)
                others = [j for j in range(len(sizes)) if j != i]
                guards = tuple(
                    {f"m{j}": draw(st.sets(st.integers(0, sizes[j] - 1), min_size=1))}
                    for j in draw(st.lists(st.sampled_from(others), max_size=2))
                )
                commands.append(Command(at, tuple(zip(chances, ends, strict=True)), guards))
        modules.append(Module(f"m{i}", size, tuple(commands)))
    return modules


def walked(modules: list[Module], goal: tuple[int, int], worst: bool) -> tuple[float, int]:
    """The same from state to state, without any array."""
    names = [m.name for m in modules]

    def moves(state: tuple[int, ...]) -> list[list[tuple[float, tuple[int, ...]]]]:
        found = []
        for i, module in enumerate(modules):
            for c in module.commands:
                open_ = not c.when or any(all(state[names.index(n)] in s for n, s in g.items()) for g in c.when)
                if c.at == state[i] and open_:
                    found.append([(p, (*state[:i], t, *state[i + 1 :])) for p, t in c.to])
        return found

    start = (0,) * len(modules)
    chain = chains.explore(start, lambda s: [pair for move in moves(s) for pair in move])
    value = {s: float(s[goal[0]] == goal[1]) for s in chain.states}
    before: dict[tuple[int, ...], float] = {}
    while before != value:
        before = dict(value)
        for state in chain.states:
            options = [sum(p * value[t] for p, t in move) for move in moves(state)]
            if options and state[goal[0]] != goal[1]:
                value[state] = round((min if worst else max)(options), 9)
    return value[start], len(chain)


@given(systems(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_arrays_lists_and_walking_agree(modules: list[Module], worst: bool) -> None:
    product = Product(modules)
    expected, states = walked(modules, (0, 1), worst)
    found = product.chance({"m0": [1]}, worst=worst)
    moves = [m for m in product.moves]
    dense = Dense(product.shape, moves)
    sparse = Sparse(product.shape, moves, 1_000)
    assert found.chance == pytest.approx(expected, abs=1e-6)
    for space in (dense, sparse):
        assert space.chance([{0: frozenset({1})}], worst=worst) == pytest.approx(expected, abs=1e-6)
        assert (space.states, space.transitions) == (states, found.transitions)
    assert len(list(itertools.product(*map(range, product.shape)))) >= states


def test_what_is_wrong_with_modules_is_said() -> None:
    with pytest.raises(UsageError, match="do not add to 1"):
        Product([Module("a", 2, (Command(0, ((0.5, 1),)),))])
    with pytest.raises(UsageError, match="'b', which is no module"):
        Product([Module("a", 2, (Command(0, ((1.0, 1),), ({"b": [0]},)),))])
    with pytest.raises(UsageError, match="the same name"):
        Product([Module("a", 2, ()), Module("a", 2, ())])
    with pytest.raises(UsageError, match="has no such state"):
        Product([Module("a", 2, (Command(0, ((1.0, 2),)),))])
    with pytest.raises(UsageError, match="the goal names"):
        Product([Module("a", 2, ())]).chance({"c": [1]})
