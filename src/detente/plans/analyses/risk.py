"""Time and risk: how likely and how soon each step and relief comes, and which step or verifier decides it.

Exact where exact is cheap: independent steps multiply, so the chance of a relief is the product over all that must come
before it, and its derivative by each chance says which step decides it. Times are sampled (NumPy, in blocks of constant
memory); for steps in a row with exponential times the maxima and sums are known and serve as tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Literal

import numpy as np

from ...errors import UsageError

Shape = Literal["fixed", "exponential", "uniform"]
BLOCK = 100_000
"""Runs computed at once: 8 bytes x steps x this many."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step as chance sees it: it comes with probability `chance`, `days` after all of `after` came.

    A step that fails at first can be disputed and settled (`disputed`, `settled`), or begun again (`retry`):
    P = (chance + disputed * settled) / (1 - retry).
    """

    name: str
    chance: float = 1.0
    days: float = 0.0
    after: tuple[str, ...] = ()
    shape: Shape = "exponential"
    disputed: float = 0.0
    settled: float = 0.0
    retry: float = 0.0

    @property
    def probability(self) -> float:
        """The chance that it comes in the end. Raises UsageError when the chances add to more than 1."""
        if self.chance + self.disputed + self.retry > 1 + 1e-12 or self.retry >= 1:
            raise UsageError(f"the chances of '{self.name}' add to more than 1")
        return (self.chance + self.disputed * self.settled) / (1 - self.retry)


def ordered(tasks: Sequence[Task]) -> list[Task]:
    """Every task after those it waits for. Raises UsageError for a circle or an unknown name."""
    by_name = {t.name: t for t in tasks}
    done: dict[str, bool] = {}
    out: list[Task] = []
    for task in tasks:
        stack = [(task, iter(task.after))]
        if done.get(task.name):
            continue
        done[task.name] = False
        while stack:
            current, waits = stack[-1]
            name = next(waits, None)
            if name is None:
                stack.pop()
                done[current.name] = True
                out.append(current)
            elif name not in by_name:
                raise UsageError(f"'{current.name}' waits for '{name}', which is not a step of the plan")
            elif name not in done:
                done[name] = False
                stack.append((by_name[name], iter(by_name[name].after)))
            elif not done[name]:
                raise UsageError(f"'{current.name}' and '{name}' wait for each other")
    return out


def closure(tasks: Sequence[Task], name: str) -> list[Task]:
    """The task and all that must come before it."""
    by_name = {t.name: t for t in tasks}
    if name not in by_name:
        raise UsageError(f"there is no step '{name}'; there are: {', '.join(by_name)}")
    seen, stack = {name}, [name]
    while stack:
        for before in by_name[stack.pop()].after:
            if before not in seen:
                seen.add(before)
                stack.append(before)
    return [t for t in tasks if t.name in seen]


def chance_of(tasks: Sequence[Task], name: str) -> float:
    """The exact probability that `name` ever comes."""
    return prod(t.probability for t in closure(tasks, name))


def sensitivity(tasks: Sequence[Task], name: str) -> list[tuple[str, float]]:
    """How much the chance of `name` moves per unit of each step's own chance, largest first. Exact derivative."""
    needed = closure(tasks, name)
    total = prod(t.probability for t in needed)
    found = []
    for task in needed:
        others = total / task.probability if task.probability else prod(t.probability for t in needed if t is not task)
        found.append((task.name, others / (1 - task.retry)))
    return sorted(found, key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Sampled:
    """What the runs showed of one step: share that came, its standard error, mean and quantiles of days."""

    name: str
    runs: int
    share: float
    error: float
    mean_days: float
    quantiles: Mapping[int, float]


def simulate(tasks: Sequence[Task], names: Sequence[str], runs: int = 100_000, seed: int = 0) -> list[Sampled]:
    """Monte Carlo of the whole plan. The same seed gives the same numbers; memory does not grow with `runs`."""
    if runs < 1:
        raise UsageError("at least one run is needed")
    collected: dict[str, list[Any]] = {n: [] for n in names}
    for times in sample(tasks, runs, seed):
        for name in names:
            collected[name].append(times[name])
    return [summary(name, np.concatenate(collected[name])) for name in names]


def sample(tasks: Sequence[Task], runs: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Blocks of runs: for each step an array of days since the start, infinite where it never came."""
    plan = ordered(tasks)
    generator = np.random.default_rng(seed)
    for start in range(0, runs, BLOCK):
        size = min(BLOCK, runs - start)
        times: dict[str, Any] = {}
        for task in plan:
            begin = np.zeros(size) if not task.after else times[task.after[0]]
            for name in task.after[1:]:
                begin = np.maximum(begin, times[name])
            came = begin + lengths(task, size, generator)
            if task.probability < 1:
                came[generator.random(size) >= task.probability] = np.inf
            times[task.name] = came
        yield times


def lengths(task: Task, size: int, generator: np.random.Generator) -> Any:
    if task.days == 0:
        return 0.0
    if task.shape == "exponential":
        return generator.exponential(task.days, size)
    if task.shape == "uniform":
        return generator.uniform(0.5 * task.days, 1.5 * task.days, size)
    return task.days


def summary(name: str, days: Any) -> Sampled:
    came = np.isfinite(days)
    share = float(came.mean())
    inside = days[came]
    quantiles = {q: float(np.percentile(inside, q)) for q in (10, 50, 90)} if inside.size else {}
    error = float(np.sqrt(share * (1 - share) / days.size))
    return Sampled(name, int(days.size), share, error, float(inside.mean()) if inside.size else float("nan"), quantiles)


def what_if(tasks: Sequence[Task], overrides: Mapping[str, Mapping[str, float]]) -> list[Task]:
    """The same steps with some numbers replaced: {'1.give': {'chance': 0.5, 'days': 60}}.

    Raises UsageError for an unknown step or number.
    """
    known = {t.name for t in tasks}
    allowed = {"chance", "days", "disputed", "settled", "retry"}
    for name, values in overrides.items():
        if name not in known:
            raise UsageError(f"there is no step '{name}'; there are: {', '.join(sorted(known))}")
        wrong = set(values) - allowed
        if wrong:
            raise UsageError(f"'{wrong.pop()}' cannot be set; these can: {', '.join(sorted(allowed))}")
    return [replace(t, **overrides[t.name]) if t.name in overrides else t for t in tasks]  # type: ignore[arg-type]


def independent_parts(tasks: Sequence[Task]) -> list[list[Task]]:
    """Groups of steps that do not wait for each other, so that each can be searched alone."""
    parent = {t.name: t.name for t in tasks}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for task in tasks:
        for before in task.after:
            parent[root(task.name)] = root(before)
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(root(task.name), []).append(task)
    return list(groups.values())
