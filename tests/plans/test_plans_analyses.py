"""The analyses against results known from the literature, against brute force, and against each other."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.plans.analyses import chains, contract, enforcement, exposure, games, risk, trees

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "plans"
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold/plans beside the checkout")


def gold(name: str):
    return json.loads((GOLD / name).read_text())


numbers = st.integers(min_value=0, max_value=9)
rows = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_rule_order_is_as_good_as_every_order(pairs):
    give, get = [g for g, _ in pairs], [w for _, w in pairs]
    _, peak = exposure.best_order(give, get)
    assert peak == min(exposure.peak_of_order(give, get, o) for o in permutations(range(len(give))))


@given(rows)
@settings(max_examples=60, deadline=None)
def test_safe_order_needs_no_more_than_any_other(pairs):
    cost, value = [g for g, _ in pairs], [w for _, w in pairs]
    _, needed = exposure.safe_order(cost, value)
    every = permutations(range(len(cost)))
    assert needed == min(exposure.required_defection_cost(cost, value, o) for o in every)


@given(rows, st.data())
@settings(max_examples=40, deadline=None)
def test_precedence_search_is_exact(pairs, data):
    give, get = [g for g, _ in pairs], [w for _, w in pairs]
    n = len(give)
    before = [(a, b) for a in range(n) for b in range(a + 1, n) if data.draw(st.booleans())]
    order, peak = exposure.best_order(give, get, before)
    allowed = [o for o in permutations(range(n)) if all(o.index(a) < o.index(b) for a, b in before)]
    assert tuple(order) in allowed
    assert peak == min(exposure.peak_of_order(give, get, o) for o in allowed)


def test_circular_precedence_is_refused():
    with pytest.raises(UsageError, match="circle"):
        exposure.best_order([1, 1], [1, 1], [(0, 1), (1, 0)])


@given(give=st.integers(1, 50), get=st.integers(0, 50), bound=st.integers(1, 20))
def test_slices_are_enough_and_one_fewer_is_not(give, get, bound):
    try:
        k = exposure.slices_for(give, get, bound)
    except UsageError:
        assert give - get >= bound
        return

    def peak(parts: int) -> Fraction:
        part = [Fraction(give, parts)] * parts
        return exposure.peak_of_order(part, [min(Fraction(get, parts), Fraction(give, parts))] * parts, range(parts))

    assert peak(k) <= bound
    assert k == 1 or peak(k - 1) > bound


@needs_gold
def test_exposure_reference_orders():
    data = gold("exposure_orders.json")
    for row in data["one_sided"]:
        order, peak = exposure.best_order(row["give"], row["get"])
        assert (order, peak) == (row["rule_order"], row["min_peak"])
        assert exposure.peak_of_order(row["give"], row["get"], range(len(order))) == row["given_order_peak"]
    for row in data["safe_exchange"]:
        assert exposure.safe_order(row["cost"], row["value"]) == (row["rule_order"], row["min_required_defection_cost"])
    for row in data["with_precedence"]:
        assert exposure.best_order(row["give"], row["get"], [tuple(p) for p in row["prec"]])[1] == row["min_peak"]


@needs_gold
def test_inspection_game_rows():
    for n, m, b, value in gold("closed_forms.json")["dresher_inspection_game"]["rows_n_m_b_value"]:
        assert games.inspection_value(n, m, Fraction(b)) == Fraction(value)


def test_inspection_game_recursion_is_the_closed_form_to_20():
    for n in range(1, 21):
        for m in range(n):
            for b in (Fraction(1), Fraction(2), Fraction(1, 2)):
                assert games.inspection_value(n, m, b) == games.inspection_formula(n, m, b)


def test_repeated_dilemma():
    assert games.grim_threshold(5, 3, 1) == Fraction(1, 2)
    assert games.tit_for_tat_threshold(5, 3, 1, 0) == Fraction(2, 3)
    with pytest.raises(UsageError):
        games.grim_threshold(1, 3, 5)


@needs_gold
def test_closed_forms():
    data = gold("closed_forms.json")
    for row in data["repeated_pd"]:
        assert games.grim_threshold(row["T"], row["R"], row["P"]) == Fraction(row["grim"])
        assert games.tit_for_tat_threshold(row["T"], row["R"], row["P"], row["S"]) == Fraction(row["tft"])
    admati = data["admati_perry"]
    assert games.joint_project(1, 0.9, 12) == pytest.approx(admati["w1..w12"], rel=1e-14)
    assert games.largest_joint_project(1, 0.9) == pytest.approx(admati["max_project"], rel=1e-12)
    assert games.joint_project(1, 0.9, 12, lambda x: x) == pytest.approx(admati["linear_cost_w"], rel=1e-14)
    assert games.largest_joint_project(1, 0.9, lambda x: x) == pytest.approx(admati["linear_max_project"], rel=1e-12)
    for discount, case in data["lockwood_thomas_quadratic"]["cases"].items():
        path = games.gradual_path(Fraction(discount), 8)
        assert path[0] == Fraction(case["c1"])
        assert [float(c) for c in path] == pytest.approx(case["path_float"], rel=1e-14)
        assert float(games.gradual_path(Fraction(discount), 8)[-1]) < float(Fraction(case["limit"]))


def test_contract_signing_is_exact():
    fair = contract.analyse_contract(5, 2)
    assert fair.states == 33790
    assert (fair.unfair_a, fair.unfair_b) == (Fraction(33, 64), Fraction(31, 64))
    assert (fair.messages_a, fair.messages_b) == (Fraction(1179, 1024), Fraction(1723, 1024))


@given(p=st.fractions(0, 1, max_denominator=20), q=st.fractions(0, 1, max_denominator=20))
def test_chain_with_a_circle_equals_its_formula(p, q):
    def successors(state):
        return {0: [(p, 1), (1 - p, "fail")], 1: [(q, 2), (1 - q, 0)], 2: [(p, "end"), (1 - p, "fail")]}.get(state, [])

    if 1 - p + p * q == 0:
        return
    assert chains.reach(chains.explore(0, successors), lambda s: s == "end") == p * p * q / (1 - p + p * q)


def test_fair_die_from_coins():
    """Knuth and Yao (1976): a die from a fair coin, 11/3 tosses on average."""
    half = Fraction(1, 2)
    table = {0: (1, 2), 1: (3, 4), 2: (5, 6), 3: (1, "d1"), 4: ("d2", "d3"), 5: ("d4", "d5"), 6: (2, "d6")}
    chain = chains.explore(0, lambda s: [(half, t) for t in table.get(s, ())])
    assert chains.reach(chain, lambda s: s == "d4") == Fraction(1, 6)
    ends = {f"d{i}" for i in range(1, 7)}
    assert chains.expected(chain, lambda s: 0 if s in ends else 1, lambda s: s in ends) == Fraction(11, 3)


def test_infinite_expectation_is_refused():
    chain = chains.explore(0, lambda s: [(Fraction(1, 2), "a"), (Fraction(1, 2), "b")] if s == 0 else [(1, s)])
    with pytest.raises(UsageError, match="infinite"):
        chains.expected(chain, lambda s: 1, lambda s: s == "a")


def test_parallel_pairs_by_parts_equal_the_whole_chain():
    def pair(state):
        return {
            "open": [(0.85, "met"), (0.10, "disputed"), (0.05, "open")],
            "disputed": [(0.6, "met"), (0.4, "failed")],
        }.get(state, [])

    def both(state):
        moves = [(i, p, t) for i, s in enumerate(state) for p, t in pair(s)]
        live = [i for i, s in enumerate(state) if pair(s)]
        if not live:
            return []
        return [(p, (*state[:i], t, *state[i + 1 :])) for i, p, t in moves if i == live[0]]

    whole = chains.reach(chains.explore(("open", "open"), both), lambda s: s == ("met", "met"))
    tasks = [risk.Task(str(i), chance=0.85, disputed=0.1, settled=0.6, retry=0.05) for i in range(6)]
    assert whole == pytest.approx(tasks[0].probability ** 2, rel=1e-12)
    done = [*tasks, risk.Task("all", after=tuple(t.name for t in tasks))]
    assert risk.chance_of(done, "all") == pytest.approx(0.7725146465133471, rel=1e-12)
    assert len(risk.independent_parts(tasks)) == 6


def test_monte_carlo_meets_the_harmonic_number():
    tasks = [risk.Task(str(i), days=1) for i in range(6)]
    tasks.append(risk.Task("all", after=tuple(str(i) for i in range(6))))
    found = risk.simulate(tasks, ["all"], 200_000, seed=3)[0]
    assert found.mean_days == pytest.approx(2.45, abs=0.015)
    assert risk.simulate(tasks, ["all"], 1000, seed=3) == risk.simulate(tasks, ["all"], 1000, seed=3)


@given(st.lists(st.floats(0.05, 1.0), min_size=2, max_size=5))
@settings(max_examples=30, deadline=None)
def test_sensitivity_is_the_derivative(chances):
    tasks = [risk.Task(str(i), chance=c, after=(str(i - 1),) if i else ()) for i, c in enumerate(chances)]
    last = tasks[-1].name
    for name, slope in risk.sensitivity(tasks, last):
        step = 1e-6
        lower = risk.what_if(tasks, {name: {"chance": next(t.chance for t in tasks if t.name == name) - step}})
        assert (risk.chance_of(tasks, last) - risk.chance_of(lower, last)) / step == pytest.approx(slope, rel=1e-4)


def test_tasks_in_a_circle_never_come_and_unknown_ones_are_refused():
    circle = [risk.Task("a", after=("b",)), risk.Task("b", after=("a",))]
    assert risk.chance_of(circle, "a") == 0
    assert risk.simulate(circle, ["a"], 10)[0].share == 0
    with pytest.raises(UsageError, match="not a step of the plan"):
        risk.ordered([risk.Task("a", after=("c",))])


def row(name, giver, cost, taker, worth):
    return exposure.Move(name, giver, cost, {taker: worth})


FOUR_PAIRS = [
    row("1.give", "A", 2, "B", 2),
    row("1.get", "B", 1, "A", 2),
    row("2.give", "A", 2, "B", 3),
    row("2.get", "B", 2, "A", 3),
    row("3.give", "A", 2, "B", 4),
    row("3.get", "B", 2, "A", 4),
    row("4.give", "A", 3, "B", 4),
    row("4.get", "B", 3, "A", 8),
]


def test_last_mover_decides_and_slices_mend():
    assert enforcement.enforce(FOUR_PAIRS).needed == 3
    assert enforcement.enforce(FOUR_PAIRS).binding.move == "4.get"
    for slices, needed in ((2, 1.5), (4, 0.75), (8, 0.375), (16, 0.1875)):
        assert enforcement.enforce(enforcement.sliced(FOUR_PAIRS, slices), 0.9).needed == needed


@given(st.integers(0, 6), st.sampled_from([FOUR_PAIRS, FOUR_PAIRS[:4], FOUR_PAIRS[4:]]))
def test_one_shot_test_agrees_with_the_solved_game(walk_away, moves):
    solution = trees.solve(enforcement.as_game(moves, ["A", "B"], walk_away), 2)
    all_the_way = len(solution.path) == len(moves) and "walk away" not in solution.path
    assert all_the_way == (enforcement.enforce(moves).needed <= walk_away)


def test_a_thousand_steps_do_not_overflow():
    game = enforcement.as_game(FOUR_PAIRS * 125, ["A", "B"], 5)
    assert trees.solve(game, 2).values == (Fraction(1000), Fraction(625))


def test_efg_round_trip_and_errors():
    game = enforcement.as_game(FOUR_PAIRS, ["A", "B"], 1)
    again, names = trees.read_efg(trees.write_efg(game, ["A", "B"]))
    assert names == ["A", "B"]
    assert trees.solve(again, 2) == trees.solve(game, 2)
    with pytest.raises(UsageError, match="EFG 2 R"):
        trees.read_efg("NFG 1 R")
    hidden = 'EFG 2 R "" { "A" "B" }\np "" 1 1 "" { "l" "r" } 0\n'
    hidden += 'p "" 2 1 "" { "l" "r" } 0\nt "" 1 "" { 1 1 }\nt "" 2 "" { 0 0 }\n'
    hidden += 'p "" 2 1 "" { "l" "r" } 0\nt "" 1\nt "" 2\n'
    with pytest.raises(UsageError, match="perfect information"):
        trees.solve(trees.read_efg(hidden)[0], 2)
