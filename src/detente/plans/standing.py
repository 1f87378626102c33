"""From claims to what stands in a viewpoint: later reports supersede earlier ones of the same source, then the
claims that contradict each other are weighed by the authority that the viewpoint gives their sources.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .argue import Label, grounded
from .model import Plan, Report, View
from .truth import Truth, truth_of
from .vocabulary import ANYBODY, SAYINGS


@dataclass(frozen=True, slots=True)
class Held:
    """A claim on one clause as it counts in a viewpoint."""

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

    def on(self, clause: str, topic: str = "doing") -> tuple[Held, ...]:
        return self.held.get((clause, topic), ())

    def truth(self, clause: str, topic: str = "doing") -> Truth:
        held = self.on(clause, topic)
        return truth_of(any(h.polarity > 0 for h in held), any(h.polarity < 0 for h in held))


def with_ids(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The same reports, each with an id: its own or one made from what it says. Sorted, twins dropped."""
    named = {r if r.id else dataclasses.replace(r, id=_digest(r)) for r in reports}
    return tuple(sorted(named, key=lambda r: (r.date, r.id, r.by, r.says)))


def _digest(report: Report) -> str:
    text = "|".join(str(getattr(report, f.name)) for f in dataclasses.fields(report))
    return "c" + hashlib.sha256(text.encode()).hexdigest()[:8]


def view_named(plan: Plan, name: str) -> View:
    """A view of the plan, or the one that any actor has: its own word, then the verifiers', then the others'."""
    if name in plan.views:
        return plan.views[name]
    return View(id=name, of=(name,))


def standing(plan: Plan, reports: Sequence[Report], as_of: date, view: str) -> Standing:
    """What stands as of a day in a viewpoint. `reports` need ids (see `with_ids`)."""
    ranks = _Ranks(plan, view)
    counted = [r for r in reports if r.day <= as_of and ranks.of(r.by) is not None]
    current = _current(counted)
    labels = _labels(current, ranks)
    held: dict[tuple[str, str], list[Held]] = defaultdict(list)
    out: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for item, label in zip(current, labels, strict=True):
        where = out if label == "out" else held
        where[item.clause, item.topic].append(dataclasses.replace(item, label=label))
    earlier: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in counted:
        for clause in report.about:
            earlier[clause, SAYINGS[report.says].topic].append(report)
    return Standing(_frozen(held), _frozen(out), {k: tuple(v) for k, v in earlier.items()})


def _frozen(table: dict[tuple[str, str], list[Held]]) -> dict[tuple[str, str], tuple[Held, ...]]:
    return {key: tuple(items) for key, items in table.items()}


def _current(reports: Sequence[Report]) -> list[Held]:
    """The latest claims of each source on each clause and topic; of one day all, since none is later."""
    by_source: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for clause in report.about:
            by_source[report.by, clause, SAYINGS[report.says].topic].append(report)
    current: list[Held] = []
    for (_, clause, topic), said in by_source.items():
        said.sort(key=lambda r: (r.day, r.id))
        last = said[-1].day
        for report in (r for r in said if r.day == last):
            polarity = SAYINGS[report.says].polarity
            current.append(Held(report, clause, topic, polarity, _unbroken(said, report)))
    return sorted(current, key=lambda h: (h.clause, h.topic, h.report.day, h.id))


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


def _labels(current: Sequence[Held], ranks: _Ranks) -> list[Label]:
    """Claims on one clause that say the same with the same rank stand or fall together, so they are one node;
    claims that are attacked or attack by name are nodes of their own."""
    if ranks.raw:
        return ["in"] * len(current)
    by_id: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(current):
        by_id[item.id].append(i)
    notices: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(current):
        if item.topic == "use" and item.polarity > 0:
            notices[item.clause].append(i)

    def targets(item: Held) -> list[int]:
        """The claim that is meant, or all notices under the power that is meant, given by then by others."""
        if item.topic != "of a claim":
            return []
        given = [i for i in notices[item.clause] if current[i].report.day <= item.report.day]
        return [*by_id.get(item.clause, ()), *(i for i in given if current[i].report.by != item.report.by)]

    single = {t for item in current for t in targets(item)}
    single |= {i for i, item in enumerate(current) if targets(item)}
    node = [i if i in single else -1 for i in range(len(current))]
    groups: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for i, item in enumerate(current):
        groups[item.clause, item.topic, item.polarity, ranks.number(item.report.by)].append(i)
    attacks: list[tuple[object, object]] = []
    nodes: set[object] = set()
    of_topic: dict[tuple[str, str], list[tuple[int, int, object]]] = defaultdict(list)
    for key, members in groups.items():
        clause, topic, polarity, rank = key
        names: set[object] = {i if node[i] >= 0 else key for i in members}
        nodes |= names
        of_topic[clause, topic].extend((polarity, rank, n) for n in names)
    for (_, topic), entries in of_topic.items():
        if topic in ("use", "stance"):
            continue  # notices are not outvoted, and where a party stands only the party can say
        for polarity, rank, one in entries:
            for other_polarity, other_rank, other in entries:
                if polarity * other_polarity < 0 and rank <= other_rank:
                    attacks.append((one, other))
    for i in single:
        item = current[i]
        if item.polarity >= 0:
            continue
        for target in targets(item):
            # the one who is attacked does not agree: among equals neither stands
            mine, theirs = ranks.number(item.report.by), ranks.number(current[target].report.by)
            if mine <= theirs:
                attacks.append((i, target))
            if theirs <= mine:
                attacks.append((target, i))
    labels = grounded(nodes, attacks)
    result: list[Label] = []
    for i, item in enumerate(current):
        name: object = i if node[i] >= 0 else (item.clause, item.topic, item.polarity, ranks.number(item.report.by))
        result.append(labels[name])
    return result


class _Ranks:
    """How much each source's word counts in a viewpoint: 0 most, None not at all."""

    def __init__(self, plan: Plan, view: str) -> None:
        self.plan = plan
        self.raw = view == "anyone"
        self.view = None if view in ANYBODY else view_named(plan, view)
        self.cache: dict[str, int | None] = {}

    def number(self, source: str) -> int:
        rank = self.of(source)
        return 99 if rank is None else rank

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

    def _among(self, source: str, groups: Iterable[str]) -> bool:
        return any(self.plan.is_or_belongs(source, g) or source in self._members_of_view(g) for g in groups)

    def _members_of_view(self, name: str) -> tuple[str, ...]:
        found = self.plan.views.get(name)
        return found.of if found else ()

    def _has_authority(self, source: str) -> bool:
        plan = self.plan
        named = [n for tier in plan.authority for n in tier]
        named += [n for v in plan.views.values() for n in (*v.of, *v.accepts)]
        return self._among(source, (*plan.participants, *named))
