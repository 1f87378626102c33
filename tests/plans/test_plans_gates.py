"""The chance of a step that waits for any of several: exact against all cases, the states together, and sampling."""

from __future__ import annotations

import itertools
from math import exp, inf, prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.plans import loads
from detente.plans.analyses import risk
from detente.plans.analyses.gates import ALWAYS, NEVER, AtLeast, Diagram, Gate, all_of, any_of, opened
from detente.plans.analyses.inputs import inputs_of
from detente.plans.analyses.modules import Command, Module, Product
from detente.plans.checks.search import holds
from detente.plans.library import names as library
from detente.plans.library import open_plan
from detente.plans.model import Plan
from detente.plans.steps import requires


def by_all_cases(tasks: list[risk.Task], goal: str) -> float:
    """The chance of `goal`, summed over which steps succeed; who waits for each other never comes."""
    total = 0.0
    for case in itertools.product((True, False), repeat=len(tasks)):
        succeeds = {t.name for t, yes in zip(tasks, case, strict=True) if yes}
        came: set[str] = set()
        while True:
            times = {t.name: 0.0 if t.name in came else inf for t in tasks}
            following = {t.name for t in tasks if t.name in succeeds and opened(t.waits, times) < inf}
            if following == came:
                break
            came = following
        if goal in came:
            total += prod(t.probability if yes else 1 - t.probability for t, yes in zip(tasks, case, strict=True))
    return total


@st.composite
def tasks_with_gates(draw: st.DrawFn) -> list[risk.Task]:
    """Up to six steps, each waiting for some number of some others, circles included."""
    ids = [f"s{i}" for i in range(draw(st.integers(1, 6)))]

    def gate(depth: int) -> Gate:
        parts = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
        inner = (gate(depth - 1),) if depth and draw(st.booleans()) else ()
        return AtLeast(draw(st.integers(0, len(parts) + len(inner))), (*parts, *inner))

    found = []
    for name in ids:
        waits = gate(1)
        flat = tuple(n for n in ids if n in str(waits))
        found.append(risk.Task(name, chance=draw(st.sampled_from((0.1, 0.5, 0.8, 1.0))), after=flat, gate=waits))
    return found


@given(tasks_with_gates())
@settings(max_examples=150, deadline=None)
def test_the_exact_chance_is_that_of_all_cases(tasks: list[risk.Task]) -> None:
    for task in tasks:
        assert risk.chance_of(tasks, task.name) == pytest.approx(by_all_cases(tasks, task.name), abs=1e-12)


@given(tasks_with_gates())
@settings(max_examples=40, deadline=None)
def test_what_decides_it_is_the_derivative_of_the_exact_chance(tasks: list[risk.Task]) -> None:
    goal = tasks[-1].name
    for name, slope in risk.sensitivity(tasks, goal):
        ends = [risk.chance_of(risk.what_if(tasks, {name: {"chance": c}}), goal) for c in (0.0, 1.0)]
        assert slope == pytest.approx(ends[1] - ends[0], abs=1e-12)


@given(tasks_with_gates())
@settings(max_examples=25, deadline=None)
def test_sampling_agrees_with_the_exact_chance(tasks: list[risk.Task]) -> None:
    goal = tasks[0].name
    exact = risk.chance_of(tasks, goal)
    found = risk.simulate(tasks, [goal], 4_000, seed=1)[0]
    assert abs(found.share - exact) <= 5 * (exact * (1 - exact) / 4_000) ** 0.5 + 1e-9


@st.composite
def plans_with_conditions(draw: st.DrawFn) -> tuple[Plan, dict[str, float]]:
    """Up to three rows whose conditions ask for all, any or some of other steps."""
    count = draw(st.integers(1, 3))
    ids = [f"{i}.{side}" for i in range(count) for side in ("give", "get")]
    chances = {id: draw(st.sampled_from((0.2, 0.5, 0.9))) for id in ids}
    rows = []
    for i in range(count):
        sides = []
        for side in ("give", "get"):
            needed = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
            kind = draw(st.sampled_from(["all of", "any of", f"{min(2, len(needed))} of"]))
            when = f", when: '{kind} [{', '.join(needed)}]'" if needed else ""
            sides.append(f"    {side}: {{who: A, does: x, chance: {chances[f'{i}.{side}']}{when}}}")
        exchange = draw(st.sampled_from(["give first", "get first", "free"]))
        rows.append(f"  {i}:\n    exchange: {exchange}\n" + "\n".join(sides))
    order = draw(st.sampled_from(["sequential", "parallel"]))
    return loads(f"plan: p\norder: {order}\nparties: {{A: a}}\npairs:\n" + "\n".join(rows) + "\n"), chances


@given(plans_with_conditions())
@settings(max_examples=80, deadline=None)
def test_the_chances_of_a_plan_follow_its_conditions(drawn: tuple[Plan, dict[str, float]]) -> None:
    plan, chances = drawn
    expected = dict.fromkeys(chances, 0.0)
    for case in itertools.product((True, False), repeat=len(chances)):
        willing = {id for id, yes in zip(chances, case, strict=True) if yes}
        done: frozenset[str] = frozenset()
        while True:
            following = frozenset(s.id for s in plan.steps if s.id in willing and holds(plan, requires(plan, s), done))
            if following <= done:
                break
            done |= following
        weight = prod(c if yes else 1 - c for c, yes in zip(chances.values(), case, strict=True))
        for id in done:
            expected[id] += weight
    tasks = inputs_of(plan).tasks
    for id, chance in expected.items():
        assert risk.chance_of(tasks, id) == pytest.approx(chance, abs=1e-12)


@pytest.mark.parametrize("how", ["any of", "all of", "2 of"])
def test_the_states_of_all_steps_together_give_the_same_chance(how: str) -> None:
    """Four steps; the last waits for some of the first three, of which the third waits for the first."""
    chances = (0.6, 0.7, 0.8, 0.9)
    step = lambda p: ((p, 1), (1 - p, 2))  # noqa: E731
    open_for = {
        "any of": tuple({f"s{i}": [1]} for i in range(3)),
        "all of": ({"s0": [1], "s1": [1], "s2": [1]},),
        "2 of": tuple({f"s{i}": [1], f"s{j}": [1]} for i, j in ((0, 1), (0, 2), (1, 2))),
    }[how]
    product = Product(
        [
            Module("s0", 3, (Command(0, step(chances[0])),)),
            Module("s1", 3, (Command(0, step(chances[1])),)),
            Module("s2", 3, (Command(0, step(chances[2]), ({"s0": [1]},)),)),
            Module("s3", 3, (Command(0, step(chances[3]), open_for),)),
        ]
    )
    gate = AtLeast({"any of": 1, "all of": 3, "2 of": 2}[how], ("s0", "s1", "s2"))
    tasks = [risk.Task(f"s{i}", chance=p) for i, p in enumerate(chances)]
    tasks[2] = risk.Task("s2", chance=chances[2], after=("s0",))
    tasks[3] = risk.Task("s3", chance=chances[3], after=("s0", "s1", "s2"), gate=gate)
    assert risk.chance_of(tasks, "s3") == pytest.approx(product.chance({"s3": [1]}).chance, abs=1e-12)


def test_two_ways_through_one_step_do_not_count_twice() -> None:
    plan = loads(
        "plan: p\norder: parallel\nparties: {A: a}\npairs:\n"
        "  x: {give: {id: vote, who: A, does: vote, chance: 0.5}}\n"
        "  y: {give: [{id: road, who: A, does: road, chance: 0.8, when: vote},"
        " {id: port, who: A, does: port, chance: 0.8, when: vote}]}\n"
        "  z: {give: {id: trade, who: A, does: trade, chance: 1, when: 'any of [road, port]'}}\n"
    )
    assert risk.chance_of(inputs_of(plan).tasks, "trade") == pytest.approx(0.5 * (1 - 0.2 * 0.2), rel=1e-12)


def test_the_earliest_of_two_ways_opens_the_gate() -> None:
    tasks = [risk.Task("a", days=1), risk.Task("b", days=1)]
    tasks.append(risk.Task("c", after=("a", "b"), gate=AtLeast(1, ("a", "b"))))
    assert risk.simulate(tasks, ["c"], 200_000, seed=2)[0].mean_days == pytest.approx(0.5, abs=0.01)


def test_gates_that_are_open_or_shut_say_so() -> None:
    assert all_of([]) == ALWAYS and any_of([]) == NEVER
    assert all_of(["a", ALWAYS]) == "a" and any_of(["a", NEVER]) == "a"
    assert all_of(["a", NEVER]) == NEVER and any_of(["a", ALWAYS]) == ALWAYS
    assert opened(NEVER, {}) == inf and opened(ALWAYS, {}) == 0


def test_what_no_step_brings_about_is_named() -> None:
    plan = loads(
        "plan: p\nparties: {A: a}\nmeasures: {ban: {what: ban, by: A}}\ndays: {accord: {what: accord, by: A}}\npairs:\n"
        "  1: {when: from accord and not ban suspended, give: {who: A, does: x, chance: 0.5}}\n"
    )
    assert any("accord" in note and "not ban suspended" in note for note in inputs_of(plan).assumed)


def test_sixty_steps_in_a_tangle_are_exact_at_once() -> None:
    tasks = [risk.Task(f"s{i}", chance=0.9) for i in range(6)]
    for i in range(6, 60):
        before = tuple(f"s{j}" for j in range(i - 5, i))
        tasks.append(risk.Task(f"s{i}", chance=0.9, after=before, gate=AtLeast(2, before)))
    assert 0.85 < risk.chance_of(tasks, "s59") < 0.9


def test_a_thousand_steps_one_after_the_other_are_exact_and_do_not_overflow() -> None:
    tasks = [risk.Task("s0", chance=0.999)]
    tasks += [risk.Task(f"s{i}", chance=0.999, after=(f"s{i - 1}", f"s{max(i - 2, 0)}")) for i in range(1, 1000)]
    assert risk.chance_of(tasks, "s999") == pytest.approx(0.999**1000, rel=1e-9)


def test_a_diagram_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.plans.analyses.gates.MAX_NODES", 10)
    diagram = Diagram([str(i) for i in range(12)])
    with pytest.raises(UsageError, match="too entangled"):
        diagram.at_least(6, [diagram.variable(str(i)) for i in range(12)])


@pytest.mark.parametrize("name", library())
def test_every_plan_of_the_library_has_a_chance_that_sampling_confirms(name: str) -> None:
    tasks = inputs_of(open_plan(name)).tasks
    ids = [t.name for t in tasks]
    for sampled in risk.simulate(tasks, ids, 5_000, seed=7):
        exact = risk.chance_of(tasks, sampled.name)
        assert abs(sampled.share - exact) <= 5 * (exact * (1 - exact) / 5_000) ** 0.5 + 1e-9, sampled.name


IN_TIME = """
plan: late
parties: {A: A, B: B}
days: {signed: 2030-01-01}
order: sequential
pairs:
  1:
    give: {who: A, does: deliver, chance: 0.8, takes: 30 days}
    get: {who: B, does: pay, chance: 0.9, takes: 20 days, due: 1.give + 40 days}
  2:
    give: {who: A, does: leave, chance: 1, takes: 10 days, due: signed + 400 days}
"""


def test_a_last_day_cuts_the_chance_short() -> None:
    plan = loads(IN_TIME)
    late, cut = inputs_of(plan), inputs_of(plan, in_time=True)
    assert risk.chance_of(late.tasks, "1.get") == pytest.approx(0.72)
    expected = 0.8 * 0.9 * (1 - exp(-40 / 20))
    assert risk.chance_of(cut.tasks, "1.get") == pytest.approx(expected)
    sampled = risk.simulate(cut.tasks, ["1.get"], 200_000)[0]
    assert abs(sampled.share - expected) < 4 * sampled.error
    assert any("no last day" in a and "2.give" in a for a in cut.assumed)
    by_chance = dict(risk.sensitivity(cut.tasks, "1.get"))
    assert by_chance["1.get"] == pytest.approx(expected / 0.9)


@pytest.mark.parametrize(
    ("shape", "within", "chance"),
    [("fixed", 9, 0.0), ("fixed", 10, 1.0), ("uniform", 10, 0.5), ("uniform", 4, 0.0), ("uniform", 20, 1.0)],
)
def test_the_chance_to_be_in_time_by_shape(shape: Any, within: float, chance: float) -> None:
    task = risk.Task("a", days=10, shape=shape, within=within)
    assert task.in_time == pytest.approx(chance)
    sampled = risk.simulate([task], ["a"], 50_000)[0]
    assert sampled.share == pytest.approx(chance, abs=0.01)
