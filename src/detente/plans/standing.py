"""From claims to what stands in a viewpoint: later reports supersede earlier ones of the same source, then the
claims that contradict each other are weighed by the authority that the viewpoint gives their sources.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from .argue import Label, grounded
from .days import parse_day
from .model import Plan, Report, View
from .truth import Truth, truth_of
from .vocabulary import ANYBODY, SAYINGS

MANY = 10_000
"""From so many claims on it pays not to look for garbage while they are weighed."""


class Held(NamedTuple):
    """A claim on one clause as it counts in a viewpoint. A tuple, since there can be a hundred thousand."""

    report: Report
    clause: str
    topic: str
    polarity: int
    since: date
    """Since when its source has said so without a break."""
    label: Label = "in"

    @property
    def id(self) -> str:
        return self.report.id


@dataclass(frozen=True, slots=True)
class Standing:
    """The claims of a viewpoint that are in or undecided, by clause and topic; those that are out apart."""

    held: Mapping[tuple[str, str], tuple[Held, ...]]
    out: Mapping[tuple[str, str], tuple[Held, ...]]
    earlier: Mapping[tuple[str, str], tuple[Report, ...]]
    """All claims that count in the viewpoint, superseded ones too: for what was true once."""

    def replacing(self, clause: str, part: Standing) -> Standing:
        """The same with what `part` says of one clause in place of what this one says of it."""

        def mixed(
            mine: Mapping[tuple[str, str], Any], theirs: Mapping[tuple[str, str], Any]
        ) -> dict[tuple[str, str], Any]:
            return {k: v for k, v in mine.items() if k[0] != clause} | {
                k: v for k, v in theirs.items() if k[0] == clause
            }

        return Standing(mixed(self.held, part.held), mixed(self.out, part.out), mixed(self.earlier, part.earlier))

    def on(self, clause: str, topic: str = "doing") -> tuple[Held, ...]:
        return self.held.get((clause, topic), ())

    def truth(self, clause: str, topic: str = "doing") -> Truth:
        held = self.on(clause, topic)
        return truth_of(any(h.polarity > 0 for h in held), any(h.polarity < 0 for h in held))


def with_ids(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The same reports, each with an id: its own or one made from what it says. Sorted, twins dropped."""
    by_id: dict[str, list[Report]] = {}
    for report in reports:
        named = report if report.id else dataclasses.replace(report, id=_digest(report))
        known = by_id.setdefault(named.id, [])
        if named not in known:
            known.append(named)
    return tuple(sorted((r for rows in by_id.values() for r in rows), key=attrgetter("date", "by", "id", "says")))


_FIELDS = tuple(f.name for f in dataclasses.fields(Report))


def _digest(report: Report) -> str:
    text = "|".join([str(getattr(report, name)) for name in _FIELDS])
    return "c" + hashlib.sha256(text.encode()).hexdigest()[:8]


def view_named(plan: Plan, name: str) -> View:
    """A view of the plan, or the one that any actor has: its own word, then the verifiers', then the others'."""
    if name in plan.views:
        return plan.views[name]
    return View(id=name, of=(name,))


def standing(plan: Plan, reports: Sequence[Report], as_of: date, view: str) -> Standing:
    """What stands as of a day in a viewpoint. `reports` need ids (see `with_ids`)."""
    with _uncollected(len(reports)):
        return _standing(plan, reports, as_of, view)


@contextmanager
def _uncollected(size: int) -> Iterator[None]:
    """No garbage is looked for meanwhile: among a hundred thousand new objects that live on it takes a quarter of the time."""
    pause = size > MANY and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


def _standing(plan: Plan, reports: Sequence[Report], as_of: date, view: str) -> Standing:
    ranks = _Ranks(plan, view)
    rank_of = {source: rank for source in {r.by for r in reports} if (rank := ranks.of(source)) is not None}
    day_of = {text: parse_day(text) for text in {r.date for r in reports}}
    counted = [r for r in reports if r.by in rank_of and day_of[r.date] <= as_of]
    for by_name in ("id", "by"):
        counted.sort(key=attrgetter(by_name))
    counted.sort(key=lambda r: day_of[r.date])
    rows = _current(counted)
    labels = _labels(rows, ranks, rank_of)
    held: dict[tuple[str, str], list[Held]] = defaultdict(list)
    out: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for report, clause, topic, polarity, since, label in zip(*rows, labels, strict=True):
        (out if label == "out" else held)[clause, topic].append(Held(report, clause, topic, polarity, since, label))
    earlier: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in counted:
        for clause in report.about:
            earlier[clause, SAYINGS[report.says].topic].append(report)
    return Standing(_frozen(held), _frozen(out), {k: tuple(v) for k, v in earlier.items()})


def _frozen(table: dict[tuple[str, str], list[Held]]) -> dict[tuple[str, str], tuple[Held, ...]]:
    return {key: tuple(items) for key, items in table.items()}


class _Rows(NamedTuple):
    """The claims that count, one list a column: a hundred thousand of them are not a hundred thousand objects."""

    reports: list[Report]
    clauses: list[str]
    topics: list[str]
    polarities: list[int]
    since: list[date]


def _current(reports: Sequence[Report]) -> _Rows:
    """The latest claims of each source on each clause and topic; of one day all, since none is later.

    `reports` come in the order of their days (and stay in it within each clause).
    """
    histories: dict[tuple[str, str, str], Report | list[Report]] = {}
    for report in reports:
        topic = SAYINGS[report.says].topic
        for clause in report.about:
            before = histories.setdefault((report.by, clause, topic), report)
            if isinstance(before, list):
                before.append(report)
            elif before is not report:
                histories[report.by, clause, topic] = [before, report]
    rows = _Rows([], [], [], [], [])
    for report in reports:
        saying = SAYINGS[report.says]
        for clause in report.about:
            said = histories[report.by, clause, saying.topic]
            if isinstance(said, list):
                if said[-1] is not report and said[-1].day != report.day:
                    continue
                since = _unbroken(said, report)
            else:
                since = report.holds_from
            rows.reports.append(report)
            rows.clauses.append(clause)
            rows.topics.append(saying.topic)
            rows.polarities.append(saying.polarity)
            rows.since.append(since)
    return rows


def _unbroken(said: Sequence[Report], last: Report) -> date:
    """Since when the source has said the same without saying the contrary in between."""
    since = last.holds_from
    for report in reversed(said):
        if report.day == last.day and report is not last:
            continue
        if SAYINGS[report.says].polarity != SAYINGS[last.says].polarity:
            break
        since = min(since, report.holds_from)
    return since


def _labels(rows: _Rows, ranks: _Ranks, rank_of: Mapping[str, int]) -> list[Label]:
    """Claims on one clause that say the same with the same rank stand or fall together, so they are one node;
    claims that are attacked or attack by name are nodes of their own."""
    if ranks.raw:
        return ["in"] * len(rows.reports)
    targets = _targets(rows)
    single = {t for found in targets.values() for t in found} | {i for i, found in targets.items() if found}
    numbers = [rank_of[r.by] for r in rows.reports]
    names: list[Any] = list(zip(rows.clauses, rows.topics, rows.polarities, numbers, strict=True))
    for i in single:
        names[i] = i
    of_topic: dict[tuple[str, str], set[tuple[int, int, object]]] = defaultdict(set)
    for name in set(names) - single:
        clause, topic, polarity, rank = name
        of_topic[clause, topic].add((polarity, rank, name))
    for i in single:
        of_topic[rows.clauses[i], rows.topics[i]].add((rows.polarities[i], numbers[i], i))
    attacks: list[tuple[object, object]] = []
    for (_, topic), entries in of_topic.items():
        if topic in ("use", "stance"):
            continue  # notices are not outvoted, and where a party stands only the party can say
        for polarity, rank, one in entries:
            for other_polarity, other_rank, other in entries:
                if polarity * other_polarity < 0 and rank <= other_rank:
                    attacks.append((one, other))
    for i, found in targets.items():
        if rows.polarities[i] >= 0:
            continue
        for target in found:
            # the one who is attacked does not agree: among equals neither stands
            if numbers[i] <= numbers[target]:
                attacks.append((i, target))
            if numbers[target] <= numbers[i]:
                attacks.append((target, i))
    labels = grounded(set(names), attacks)
    return [labels[name] for name in names]


def _targets(rows: _Rows) -> dict[int, list[int]]:
    """For each claim about claims: the claim that is meant, or all notices under the power that is meant, given by
    then by others."""
    about = [i for i, topic in enumerate(rows.topics) if topic == "of a claim"]
    if not about:
        return {}
    by_id: dict[str, list[int]] = defaultdict(list)
    notices: dict[str, list[int]] = defaultdict(list)
    for i, report in enumerate(rows.reports):
        by_id[report.id].append(i)
        if rows.topics[i] == "use" and rows.polarities[i] > 0:
            notices[rows.clauses[i]].append(i)
    found = {}
    for i in about:
        report, clause = rows.reports[i], rows.clauses[i]
        given = [n for n in notices[clause] if rows.reports[n].day <= report.day]
        found[i] = [*by_id.get(clause, ()), *(n for n in given if rows.reports[n].by != report.by)]
    return found


class _Ranks:
    """How much each source's word counts in a viewpoint: 0 most, None not at all."""

    def __init__(self, plan: Plan, view: str) -> None:
        self.plan = plan
        self.raw = view == "anyone"
        self.view = None if view in ANYBODY else view_named(plan, view)
        self.cache: dict[str, int | None] = {}
        self.reach: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, source: str) -> int | None:
        if source not in self.cache:
            self.cache[source] = self._argued(source) if self.view is None else self._seen_by(self.view, source)
        return self.cache[source]

    def _argued(self, source: str) -> int:
        for rank, tier in enumerate(self.plan.authority):
            if self._among(source, tier):
                return rank
        if self._among(source, tuple(self.plan.verifiers)):
            return len(self.plan.authority)
        return len(self.plan.authority) + (1 if self._has_authority(source) else 2)

    def _seen_by(self, view: View, source: str) -> int | None:
        if self._among(source, view.of):
            return 0
        if self._among(source, view.rejects) or not self._has_authority(source):
            return None
        accepted = view.accepts or tuple(self.plan.verifiers)
        return 1 if self._among(source, accepted) else 2

    def _among(self, source: str, groups: tuple[str, ...]) -> bool:
        """Whether the source is one of the groups, one of their members, or a body of a state among them."""
        if groups not in self.reach:
            members = {m for g in groups for m in (*self.plan.members(g), *self._members_of_view(g))}
            self.reach[groups] = frozenset(members | set(groups))
        return source in self.reach[groups] or (":" in source and source.split(":")[0] in groups)

    def _members_of_view(self, name: str) -> tuple[str, ...]:
        found = self.plan.views.get(name)
        return found.of if found else ()

    def _has_authority(self, source: str) -> bool:
        return self._among(source, self.known)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """All whom the plan names: anybody else's word counts least."""
        named = [n for tier in self.plan.authority for n in tier]
        named += [n for v in self.plan.views.values() for n in (*v.of, *v.accepts)]
        return tuple(dict.fromkeys((*self.plan.participants, *named)))
