"""Toponyms: which words name places, and where those places are.

Gold and predictions: one object a line, {"id", "text", "toponyms": [{"span": [start, end], "lat", "lon",
"country" (ISO alpha-2), "geonameid"}]}. Measures as in Gritta, Pilehvar and Collier, "A pragmatic guide to
geoparsing evaluation" (2020): spans against all gold toponyms; distance over those with coordinates, at most
161 km (100 miles) being right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..document import Document, Span
from .report import Measure, Report, f1_of, measure_of, precision_of, read_jsonl, recall_of, share_of, write_jsonl

NEAR_KM = 161.0
EARTH_KM = 6371.0088
Toponym = Mapping[str, Any]


def evaluate(gold: Path, *, predictions: Path | None = None, demonyms: bool | None = None) -> dict[str, Any]:
    """Reads the texts of `gold`, finds and resolves their toponyms, and scores them.

    `demonyms` says whether 'Turkish' in 'Turkish police' counts as a toponym. Schools of annotation differ:
    None (the default) does as the gold file's annotators did.
    The resolution with spans given is scored as well.
    """
    records = read_jsonl(gold)
    if demonyms is None:
        demonyms = marks_demonyms(records)
    found, given = [], []
    for record, (own, told) in zip(records, predict(records, demonyms=demonyms), strict=True):
        found.append({"id": record["id"], "toponyms": own})
        given.append({"id": record["id"], "toponyms": told})
    if predictions:
        write_jsonl(predictions, found)
    report = score(records, found, name=str(gold))
    told_measures = tuple(resolution_measures(records, given, prefix="spans given: "))
    scheme = Measure("demonyms counted as toponyms (1 yes, 0 no)", float(demonyms))
    return Report("places", str(gold), len(records), (*report.measures, *told_measures, scheme)).to_dict()


def marks_demonyms(records: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the annotators took adjectives of countries and regions for toponyms (one in fifty or more)."""
    from ..places import default_gazetteer

    gazetteer = default_gazetteer()
    words = [Span(*toponym["span"]).of(record["text"]) for record in records for toponym in record["toponyms"]]
    return sum(gazetteer.demonym(word) is not None for word in words) * 50 >= len(words) > 0


def predict(
    records: Sequence[Mapping[str, Any]], *, demonyms: bool = True
) -> Iterable[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """For each record: the toponyms that we find, and the gold's spans as we resolve them."""
    from ..language import parse_many
    from ..places import find_places

    documents = [Document.from_text(r["text"], published=r.get("date") or None) for r in records]
    for record, parsed in zip(records, parse_many(documents), strict=True):
        own = [toponym_of(m) for m in find_places(parsed).mentions if demonyms or not is_demonym(m)]
        spans = [Span(*t["span"]) for t in record["toponyms"]]
        told = [toponym_of(m) for m in find_places(parsed, spans=spans).mentions]
        yield own, told


def is_demonym(mention: Any) -> bool:
    return bool(mention.place.reason.startswith("demonym"))


def toponym_of(mention: Any) -> dict[str, Any]:
    """A PlaceMention in the form of the gold file; countries as ISO alpha-2."""
    place = mention.place
    return {
        "span": [mention.span.start, mention.span.end],
        "lat": place.lat,
        "lon": place.lon,
        "country": alpha2(place.country),
        "geonameid": None if place.geonameid is None else str(place.geonameid),
        "confidence": place.confidence,
    }


def alpha2(code: str | None) -> str | None:
    from ..places import default_gazetteer

    return default_gazetteer().iso2(code) if code else None


def score(gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], *, name: str = "gold") -> Report:
    """The report for predictions made by anybody, in the form of the gold file."""
    by_id = {record["id"]: record["toponyms"] for record in found}
    exact = [_counts(match(g["toponyms"], by_id.get(g["id"], [])), g, by_id) for g in gold]
    partial = [_counts(match(g["toponyms"], by_id.get(g["id"], []), overlap=True), g, by_id) for g in gold]
    total = int(sum(row[0] + row[2] for row in exact))
    measures = [
        measure_of("span precision (exact)", exact, precision_of, n=total),
        measure_of("span recall (exact)", exact, recall_of, n=total),
        measure_of("span F1 (exact)", exact, f1_of, n=total),
        measure_of("span F1 (overlapping)", partial, f1_of, n=total),
        *resolution_measures(gold, found),
    ]
    return Report("places", name, len(gold), tuple(measures))


def _counts(
    pairs: Sequence[tuple[Toponym, Toponym | None]], record: Mapping[str, Any], by_id: Mapping[str, Sequence[Toponym]]
) -> tuple[int, int, int]:
    matched = sum(found is not None for _, found in pairs)
    return matched, len(by_id.get(record["id"], [])) - matched, len(pairs) - matched


def match(
    gold: Sequence[Toponym], found: Sequence[Toponym], *, overlap: bool = False
) -> list[tuple[Toponym, Toponym | None]]:
    """Each gold toponym with the found one of the same span or, with `overlap`, the one that shares most."""
    exact = {tuple(f["span"]): i for i, f in enumerate(found)}
    used: set[int] = set()
    partners: list[int | None] = []
    for toponym in gold:
        i = exact.get(tuple(toponym["span"]))
        partners.append(i if i is not None and i not in used else None)
        if i is not None:
            used.add(i)
    if overlap:
        for g, toponym in enumerate(gold):
            if partners[g] is None:
                shared = {i: _shared(toponym["span"], f["span"]) for i, f in enumerate(found) if i not in used}
                best = max(shared, key=lambda i: shared[i], default=None)
                if best is not None and shared[best] > 0:
                    partners[g] = best
                    used.add(best)
    return [(g, None if i is None else found[i]) for g, i in zip(gold, partners, strict=True)]


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def resolution_measures(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], *, prefix: str = ""
) -> list[Measure]:
    """Distances and countries over exactly matched spans; 'over all gold' counts a missed toponym as wrong."""
    by_id = {record["id"]: record["toponyms"] for record in found}
    pairs = [match(g["toponyms"], by_id.get(g["id"], [])) for g in gold]
    rows = [[Judged(g, f) for g, f in document] for document in pairs]

    def counts(right: Callable[[Judged], bool], among: Callable[[Judged], bool]) -> list[tuple[int, int]]:
        return [(sum(right(j) for j in row if among(j)), sum(among(j) for j in row)) for row in rows]

    def measure(name: str, right: Callable[[Judged], bool], among: Callable[[Judged], bool]) -> Measure:
        pairs_of = counts(right, among)
        return measure_of(prefix + name, pairs_of, share_of, n=sum(n for _, n in pairs_of))

    distances = sorted(j.km for row in rows for j in row if j.km is not None)
    return [
        measure("accuracy@161 km over all gold", lambda j: j.near, lambda j: j.has_coordinates),
        measure("accuracy@161 km of resolved", lambda j: j.near, lambda j: j.km is not None),
        measure("accuracy@161 km of resolved, same id = 0 km", lambda j: j.near_or_same, lambda j: j.km is not None),
        measure("accuracy@161 km over all gold, same id = 0 km", lambda j: j.near_or_same, lambda j: j.has_coordinates),
        measure("share resolved", lambda j: j.km is not None, lambda j: j.has_coordinates),
        measure("country over all gold", lambda j: j.right_country, lambda j: j.has_country),
        measure("country of resolved", lambda j: j.right_country, lambda j: j.gave_country),
        Measure(prefix + "error curve (AUC, lower is better)", _auc(distances), n=len(distances)),
    ]


class Judged:
    """One gold toponym against what was found for it."""

    def __init__(self, gold: Toponym, found: Toponym | None) -> None:
        self.has_coordinates = gold.get("lat") is not None
        self.has_country = bool(gold.get("country"))
        located = found is not None and found.get("lat") is not None and self.has_coordinates
        self.km = distance_km(gold, found) if located and found else None
        same = bool(found and gold.get("geonameid") and str(gold["geonameid"]) == str(found.get("geonameid")))
        self.near = self.km is not None and self.km <= NEAR_KM
        self.near_or_same = self.near or (self.km is not None and same)
        self.gave_country = bool(self.has_country and found and found.get("country"))
        self.right_country = bool(self.gave_country and found and found["country"] == gold["country"])


def distance_km(a: Toponym, b: Toponym) -> float:
    """Great-circle distance between two things with 'lat' and 'lon' (haversine)."""
    p, q = math.radians(a["lat"]), math.radians(b["lat"])
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(b["lon"] - a["lon"]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _auc(distances: Sequence[float]) -> float | None:
    """Area under the curve of ln(1 + km) in order, over its greatest possible area (20,039 km everywhere)."""
    if len(distances) < 2:
        return None
    logs = [math.log(d + 1) for d in distances]
    area = sum((a + b) / 2 for a, b in pairwise(logs))
    return area / (math.log(20039) * (len(logs) - 1))
