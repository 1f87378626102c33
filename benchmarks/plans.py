"""Plans: our engine's speed, side by side with Storm and Gambit where they are installed.

    python benchmarks/plans.py

stormpy and pygambit are GPL programs and no dependency of detente; where they can be imported the same models are
given to them and the answers have to agree. Prints seconds, states a second and ratios of one run.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import UsageError
from detente.plans import loads
from detente.plans.analyses import chains, contract, enforcement, risk, trees
from detente.plans.analyses.exposure import Move
from detente.plans.analyses.gates import AtLeast
from detente.plans.analyses.modules import Answer, Command, Module, Product
from detente.plans.checks import check
from detente.plans.library import names, open_plan
from detente.plans.model import Report
from detente.plans.standing import standing, with_ids
from detente.plans.status import status

STORM = importlib.util.find_spec("stormpy") is not None
FOUR_PAIRS = [
    Move("1.give", "A", 2, {"B": 2}), Move("1.get", "B", 1, {"A": 2}),
    Move("2.give", "A", 2, {"B": 3}), Move("2.get", "B", 2, {"A": 3}),
    Move("3.give", "A", 2, {"B": 4}), Move("3.get", "B", 2, {"A": 4}),
    Move("4.give", "A", 3, {"B": 4}), Move("4.get", "B", 3, {"A": 8}),
]  # fmt: skip

STEP = (
    Command(0, ((1.0, 1),)),
    Command(1, ((0.85, 3), (0.10, 2), (0.05, 0))),
    Command(2, ((0.6, 3), (0.4, 5))),
    Command(3, ((1.0, 4),)),
)
"""The same for our engine of modules."""

PAIR = """
module pair{k}
  s{k} : [0..5] init 0; // 0 open, 1 claimed, 2 disputed, 3 met, 4 answered, 5 failed
  [] s{k}=0 -> 1 : (s{k}'=1);
  [] s{k}=1 -> 0.85 : (s{k}'=3) + 0.10 : (s{k}'=2) + 0.05 : (s{k}'=0);
  [] s{k}=2 -> 0.6 : (s{k}'=3) + 0.4 : (s{k}'=5);
  [] s{k}=3 -> 1 : (s{k}'=4);
endmodule
"""


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the seconds of processor time: those of the clock on the wall tell of the machine's other work."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def one_pair(state: Any) -> list[tuple[float, int]]:
    return {0: [(1.0, 1)], 1: [(0.85, 3), (0.10, 2), (0.05, 0)], 2: [(0.6, 3), (0.4, 5)], 3: [(1.0, 4)]}.get(state, [])


def parts(pairs: int) -> float:
    """The answer by independent components: one chain of six states, to the power of the number of pairs."""
    chain = chains.explore(0, one_pair)
    return float(chains.reach(chain, lambda s: s == 4)) ** pairs


def parallel_pairs() -> None:
    """Parallel pairs by independent parts, and all states unsplit, beside Storm."""
    unsplit(1)  # NumPy loads parts of itself at the first call
    for pairs in (2, 4, 6, 7, 8):
        split, split_seconds = timed(lambda n=pairs: parts(n))
        whole, seconds = timed(lambda n=pairs: unsplit(n))
        line = (
            f"parallel pairs {pairs}: by parts {split:.9f} in {split_seconds:.4f} s; unsplit {whole.chance:.9f}, "
            f"{whole.states:,} states in {seconds:.3f} s ({whole.states / seconds:,.0f} a second)"
        )
        if STORM:
            answer, theirs, states = by_storm(pairs, ())
            line += f"; Storm {answer:.9f}, {states:,} states in {theirs:.2f} s, {theirs / seconds:.0f} times ours"
        print(line)


def gated_pairs() -> None:
    """Pairs that wait: the third for the first or the second, the fourth for both, and so on; nothing to split."""
    for pairs in (4, 6, 7):
        gates = tuple((k, k - 2, k - 1, "any" if k % 2 == 0 else "all") for k in range(2, pairs))
        whole, seconds = timed(lambda n=pairs, g=gates: unsplit(n, g))
        chance, quick = timed(lambda n=pairs, g=gates: by_diagram(n, g))
        line = (
            f"pairs with gates {pairs}: by diagram {chance:.9f} in {quick:.4f} s; unsplit {whole.chance:.9f}, "
            f"{whole.states:,} states in {seconds:.3f} s "
            f"({whole.states / seconds:,.0f} a second)"
        )
        if STORM:
            answer, theirs, states = by_storm(pairs, gates)
            agree = "equal" if abs(answer - whole.chance) < 1e-6 and states == whole.states else "DIFFERENT"
            line += (
                f"; Storm {answer:.9f}, {states:,} states in {theirs:.2f} s, {agree}, {theirs / seconds:.0f} times ours"
            )
        print(line)

    gates = tuple((k, k - 2, k - 1, "any" if k % 2 == 0 else "all") for k in range(2, 200))
    chance, quick = timed(lambda: by_diagram(200, gates, goal=199))
    print(f"pairs with gates 200, the last one answered: {chance:.9f} in {quick:.3f} s (6 to the power of 200 states)")


def by_diagram(pairs: int, gates: Gates, goal: int | None = None) -> float:
    """The chance that all pairs are answered, or one of them, from a decision diagram of which of them succeed."""
    waits = {k: ((f"{one}", f"{two}"), 1 if how == "any" else 2) for k, one, two, how in gates}
    tasks = []
    for k in range(pairs):
        after, count = waits.get(k, ((), 0))
        gate = AtLeast(count, after) if after else None
        tasks.append(risk.Task(str(k), chance=0.85, disputed=0.1, settled=0.6, retry=0.05, after=after, gate=gate))
    tasks.append(risk.Task("all", after=tuple(str(k) for k in range(pairs))))
    return risk.chance_of(tasks, "all" if goal is None else str(goal))


Gates = tuple[tuple[int, int, int, str], ...]
"""(pair, one, two, 'any' or 'all'): the pair begins once one or both of the others are answered."""


def unsplit(pairs: int, gates: Gates = ()) -> Answer:
    """The best chance that all pairs are answered, over all states of all pairs together."""
    commands = {k: STEP for k in range(pairs)}
    for k, one, two, how in gates:
        met = ({f"s{one}": [4]}, {f"s{two}": [4]}) if how == "any" else ({f"s{one}": [4], f"s{two}": [4]},)
        commands[k] = (Command(0, ((1.0, 1),), met), *STEP[1:])
    product = Product([Module(f"s{k}", 6, commands[k]) for k in range(pairs)])
    return product.chance({f"s{k}": [4] for k in range(pairs)})


def by_storm(pairs: int, gates: Gates) -> tuple[float, float, int]:
    import tempfile

    import stormpy

    text = "mdp\n" + "".join(PAIR.replace("{k}", str(k)) for k in range(pairs))
    for k, one, two, how in gates:
        met = f"(s{one}=4 {'|' if how == 'any' else '&'} s{two}=4)"
        text = text.replace(f"[] s{k}=0 ->", f"[] s{k}=0 & {met} ->")
    text += 'label "all" = ' + " & ".join(f"s{k}=4" for k in range(pairs)) + ";\n"
    with tempfile.NamedTemporaryFile("w", suffix=".prism") as file:
        file.write(text)
        file.flush()
        start = time.process_time()
        program = stormpy.parse_prism_program(file.name)
        formulas = stormpy.parse_properties('Pmax=? [ F "all" ]', program)
        model = stormpy.build_model(program, formulas)
        result = stormpy.model_checking(model, formulas[0])
        state = model.initial_states[0]
        value = result.get_value(state) if hasattr(result, "get_value") else result.at(state)
        return float(value), time.process_time() - start, model.nr_states


def contract_signing() -> None:
    fair, seconds = timed(lambda: contract.analyse_contract(5, 2))
    print(
        f"contract signing N=5 L=2: unfair to A {fair.unfair_a}, to B {fair.unfair_b}, messages {fair.messages_a} and "
        f"{fair.messages_b}; {fair.states} states, four exact answers in {seconds:.2f} s"
    )


def backward_induction() -> None:
    game = enforcement.as_game(FOUR_PAIRS * 125, ["A", "B"], 5)
    ours, seconds = timed(lambda: trees.solve(game, 2))
    print(f"backward induction, 1,000 steps: {[str(v) for v in ours.values]} in {seconds:.3f} s (goal 0.1)")
    _, linear = timed(lambda: enforcement.enforce(FOUR_PAIRS * 125, 0.99, 0.95))
    print(f"one-shot test, 1,000 steps: {linear:.4f} s")
    if importlib.util.find_spec("pygambit") is None:
        print("Gambit: not installed, not compared")
        return
    by_gambit()
    catalogue()


def by_gambit() -> None:
    import io

    import pygambit

    for pairs in (1, 2, 3, 4):
        game = enforcement.as_game(FOUR_PAIRS[: 2 * pairs], ["A", "B"], 5)
        ours, mine = timed(lambda g=game: trees.solve(g, 2))
        text = trees.write_efg(game, ["A", "B"])
        theirs, seconds = timed(
            lambda t=text: pygambit.nash.lcp_solve(pygambit.read_efg(io.StringIO(t)), rational=True)
        )
        profile = theirs.equilibrium if hasattr(theirs, "equilibrium") else theirs.equilibria[0]
        values = values_of(profile, ("A", "B"))
        agree = values == [str(v) for v in ours.values]
        print(
            f"{pairs} pairs: ours {[str(v) for v in ours.values]} in {mine:.4f} s, Gambit {values} in "
            f"{seconds:.3f} s, {'equal' if agree else 'DIFFERENT'}; Gambit / ours {seconds / mine:,.0f}"
        )


def values_of(profile: Any, players: Sequence[str]) -> list[str]:
    """What each player gets; the name under which a profile of Gambit's tells it has changed between its releases."""
    payoffs = getattr(profile, "payoffs", None)
    return [str(payoffs[p] if payoffs is not None else profile.payoff(p)) for p in players]


def catalogue() -> None:
    """The games that come with pygambit: those of perfect information solved by both, the others counted."""
    import pygambit

    folder = Path(pygambit.__file__).parent / "catalog_data"
    solved = refused = equal = 0
    ours = theirs = 0.0
    for path in sorted(folder.rglob("*.efg")):
        root, players = trees.read_efg(path.read_text())
        try:
            found, seconds = timed(lambda r=root, p=players: trees.solve(r, len(p)))
        except UsageError:
            refused += 1
            continue
        game = pygambit.read_efg(str(path))
        nash, other = timed(lambda g=game: pygambit.nash.enumpure_solve(g).equilibria)
        payoffs = [values_of(profile, [getattr(p, "label", p) for p in game.players]) for profile in nash]
        solved, ours, theirs = solved + 1, ours + seconds, theirs + other
        equal += [str(v) for v in found.values] in payoffs
    print(
        f"Gambit's catalogue: {solved + refused} games, {refused} with information sets (refused), {solved} of perfect "
        f"information solved in {ours:.4f} s (Gambit's pure equilibria {theirs:.4f} s), {equal} equal to one of them"
    )


def monte_carlo() -> None:
    tasks = [risk.Task(str(i), chance=0.85, disputed=0.1, settled=0.6, retry=0.05, days=1) for i in range(6)]
    tasks.append(risk.Task("all", after=tuple(str(i) for i in range(6))))
    found, seconds = timed(lambda: risk.simulate(tasks, ["all"], 1_000_000)[0])
    exact = risk.chance_of(tasks, "all")
    print(
        f"Monte Carlo, 1,000,000 runs of six pairs: {found.share:.6f} +- {found.error:.6f} (exact {exact:.6f}) "
        f"in {seconds:.2f} s (goal 2)"
    )


def weighing(claims: int = 100_000) -> None:
    """Conflicting claims of 50,000 sources on three clauses, and of 5,000 sources on a hundred."""
    rng = random.Random(1)
    for sources, rows in ((claims // 2, 3), (claims // 20, 100)):
        steps = "".join(f"  {k}: {{give: {{who: A, does: thing {k}, verify: V}}}}\n" for k in range(rows))
        plan = loads("plan: many\nparties: {A: A, B: B}\nverifiers: {V: V}\npairs:\n" + steps)
        reports = [
            Report(
                id=f"c{i}",
                date=f"2030-01-{1 + i % 28:02}",
                by=f"source{i % sources}",
                about=(f"{rng.randrange(rows)}.give",),
                says=rng.choice(("done", "not done")),
            )
            for i in range(claims)
        ]
        named, naming = timed(lambda r=reports: with_ids(r))
        _, weighed = timed(lambda p=plan, n=named: standing(p, n, date(2031, 1, 1), "argued"))
        _, whole = timed(lambda p=plan, n=named: status(p, n, as_of="2031-01-01"))
        print(
            f"weighing {claims:,} conflicting claims of {sources:,} sources on {rows} clauses: {weighed:.2f} s (goal 1), "
            f"{naming:.2f} s to name and sort them; the whole status {whole:.2f} s"
        )


def library_checks() -> None:
    seconds = {name: timed(lambda n=name: check(open_plan(n)))[1] for name in names()}
    slowest = max(seconds, key=lambda n: seconds[n])
    print(
        f"checks of {len(seconds)} library plans: {sum(seconds.values()):.2f} s in all, slowest {slowest} "
        f"{seconds[slowest]:.2f} s (goal 5)"
    )


if __name__ == "__main__":
    library_checks()
    weighing()
    parallel_pairs()
    gated_pairs()
    contract_signing()
    backward_induction()
    monte_carlo()
