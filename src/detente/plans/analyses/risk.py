"""Time and risk: how likely and how soon each step and relief comes, and which step or verifier decides it.

Steps succeed independently of each other. The chance that one comes is exact: a product where it waits for all that it
names, and read off a decision diagram where it waits for any of them, or for some number of them (`gates`). Its
derivative by each chance says which step decides it. Times are sampled (NumPy, in blocks of constant memory); for steps
in a row with exponential times the maxima and sums are known and serve as tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from ...errors import UsageError
from .gates import AtLeast, Diagram, Gate, opened

Shape = Literal["fixed", "exponential", "uniform"]
BLOCK = 100_000
"""Runs computed at once: 8 bytes x steps x this many."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step as chance sees it: it comes with probability `chance`, `days` after all of `after` came, or, where it has
    a `gate` over them, after that has opened.

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
    gate: Gate | None = None
    within: float | None = None
    """Days, from when it may begin, after which it counts as not coming; None where lateness does not matter."""

    @property
    def waits(self) -> Gate:
        return AtLeast(len(self.after), self.after) if self.gate is None else self.gate

    @property
    def probability(self) -> float:
        """The chance that it comes, in time where it has a last day."""
        return self.succeeds * self.in_time

    @property
    def in_time(self) -> float:
        """The chance that it takes no longer than `within`."""
        if self.within is None or self.days == 0:
            return 1.0
        if self.shape == "exponential":
            return 1 - math.exp(-max(self.within, 0.0) / self.days)
        if self.shape == "uniform":
            return min(max(self.within / self.days - 0.5, 0.0), 1.0)
        return float(self.days <= self.within)

    @property
    def succeeds(self) -> float:
        """The chance that it comes in the end, late or not. Raises UsageError when the chances add to more than 1."""
        if self.chance + self.disputed + self.retry > 1 + 1e-12 or self.retry >= 1:
            raise UsageError(f"the chances of '{self.name}' add to more than 1")
        return (self.chance + self.disputed * self.settled) / (1 - self.retry)


def ordered(tasks: Sequence[Task]) -> list[Task]:
    """Every task after those that it names, as far as they do not name each other. Raises UsageError for an unknown name."""
    by_name = {t.name: t for t in tasks}
    seen: set[str] = set()
    out: list[Task] = []
    for task in tasks:
        stack = [] if task.name in seen else [(task, iter(task.after))]
        seen.add(task.name)
        while stack:
            current, waits = stack[-1]
            name = next(waits, None)
            if name is None:
                stack.pop()
                out.append(current)
            elif name not in by_name:
                raise UsageError(f"'{current.name}' waits for '{name}', which is not a step of the plan")
            elif name not in seen:
                seen.add(name)
                stack.append((by_name[name], iter(by_name[name].after)))
    return out


def is_circular(plan: Sequence[Task]) -> bool:
    """Whether a task stands before one that it names: then one pass over them in order is not enough."""
    place = {t.name: i for i, t in enumerate(plan)}
    return any(place[name] >= i for i, t in enumerate(plan) for name in t.after)


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


def structure(tasks: Sequence[Task], name: str) -> tuple[Diagram, int]:
    """Whether `name` comes, as a function of which steps succeed. Steps that only wait for each other never come."""
    plan = ordered(closure(tasks, name))
    diagram = Diagram([t.name for t in reversed(plan)])
    came = {t.name: 0 for t in plan}
    while True:
        before = dict(came)
        for task in plan:
            came[task.name] = diagram.both(diagram.variable(task.name), diagram.gate(task.waits, came))
        if came == before or not is_circular(plan):
            return diagram, came[name]


def chance_of(tasks: Sequence[Task], name: str) -> float:
    """The exact probability that `name` ever comes."""
    diagram, root = structure(tasks, name)
    return diagram.chance(root, {t.name: t.probability for t in tasks})


def sensitivity(tasks: Sequence[Task], name: str) -> list[tuple[str, float]]:
    """How much the chance of `name` moves per unit of each step's own chance, largest first. Exact derivative."""
    diagram, root = structure(tasks, name)
    slopes = diagram.slopes(root, {t.name: t.probability for t in tasks})
    found = [(t.name, slopes.get(t.name, 0.0) * t.in_time / (1 - t.retry)) for t in closure(tasks, name)]
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
    again = is_circular(plan)
    generator = np.random.default_rng(seed)
    for start in range(0, runs, BLOCK):
        size = min(BLOCK, runs - start)
        spans = {t.name: span(t, size, generator) for t in plan}
        times: dict[str, Any] = {t.name: np.full(size, np.inf) for t in plan} if again else {}
        while True:
            before = dict(times)
            for task in plan:
                times[task.name] = opened(task.waits, times) + spans[task.name]
            if not again or all(np.array_equal(before[n], times[n]) for n in times):
                break
        yield times


def span(task: Task, size: int, generator: np.random.Generator) -> Any:
    """How long the step takes once it may begin, a run each; infinite where it fails."""
    days = np.zeros(size) + lengths(task, size, generator)
    if task.succeeds < 1:
        days[generator.random(size) >= task.succeeds] = np.inf
    if task.within is not None:
        days[days > task.within] = np.inf
    return days


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
