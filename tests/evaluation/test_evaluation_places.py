"""The scorer of places, against hand counts and against an independent scorer where that is at hand."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from detente.evaluation import places

SCORER = Path(__file__).parents[3] / "shared/gold/places/score.py"
TEXT = "From Oslo to Lima by way of Quito."
GOLD = [
    {
        "id": "a",
        "text": TEXT,
        "toponyms": [
            {"span": [5, 9], "lat": 59.91, "lon": 10.75, "country": "NO", "geonameid": "3143244"},
            {"span": [13, 17], "lat": -12.04, "lon": -77.03, "country": "PE", "geonameid": "3936456"},
            {"span": [28, 33], "lat": None, "lon": None, "country": None, "geonameid": None},
        ],
    }
]


def test_distances_are_great_circles():
    assert places.distance_km({"lat": 0, "lon": 0}, {"lat": 0, "lon": 180}) == pytest.approx(20015, abs=1)
    assert places.distance_km({"lat": 50, "lon": 5}, {"lat": 50, "lon": 5}) == 0


def test_a_missed_toponym_counts_as_wrong_over_all_gold():
    found = [{"id": "a", "toponyms": [{"span": [5, 9], "lat": 60.0, "lon": 10.0, "country": "NO"}]}]
    report = places.score(GOLD, found)
    assert report.value("span recall (exact)") == pytest.approx(1 / 3)
    assert report.value("accuracy@161 km over all gold") == 0.5
    assert report.value("accuracy@161 km of resolved") == 1.0
    assert report.value("country over all gold") == 0.5


def test_the_same_id_counts_as_no_distance_only_where_that_is_said():
    far = {"span": [5, 9], "lat": 0.0, "lon": 0.0, "country": "NO", "geonameid": "3143244"}
    report = places.score(GOLD, [{"id": "a", "toponyms": [far]}])
    assert report.value("accuracy@161 km of resolved") == 0.0
    assert report.value("accuracy@161 km of resolved, same id = 0 km") == 1.0


def test_overlapping_spans_are_paired_one_to_one():
    pairs = places.match(GOLD[0]["toponyms"], [{"span": [0, 17]}, {"span": [13, 16]}], overlap=True)
    assert [found and found["span"] for _, found in pairs] == [[0, 17], [13, 16], None]


def test_reading_a_gold_file_end_to_end(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    places.write_jsonl(gold, GOLD)
    report = places.evaluate(gold, predictions=out)
    values = {m["name"]: m["value"] for m in report["measures"]}
    assert values["span F1 (exact)"] == 1.0
    assert values["spans given: share resolved"] == 1.0
    assert values["country over all gold"] == 1.0
    (written,) = places.read_jsonl(out)
    assert [t["span"] for t in written["toponyms"]] == [[5, 9], [13, 17], [28, 33]]
    assert written["toponyms"][0]["country"] == "NO"


def _random_corpus(seed: int):
    rng = random.Random(seed)

    def toponym():
        start = rng.randrange(20)
        located = rng.random() < 0.8
        return {
            "span": [start, start + rng.randrange(1, 4)],
            "lat": rng.uniform(-1, 1) if located else None,
            "lon": rng.uniform(-1, 1) if located else None,
            "country": rng.choice(["NO", "PE", None]),
            "geonameid": rng.choice(["1", "2", None]),
        }

    def distinct(n):
        return list({tuple(t["span"]): t for t in (toponym() for _ in range(n))}.values())

    gold = [{"id": str(i), "text": "x" * 80, "toponyms": distinct(9)} for i in range(12)]
    return gold, [{"id": g["id"], "toponyms": distinct(9)} for g in gold[:-1]]


@pytest.mark.skipif(not SCORER.is_file(), reason="the independent scorer is not beside the checkout")
@pytest.mark.parametrize("seed", range(5))
def test_the_figures_equal_those_of_the_independent_scorer(seed):
    spec = importlib.util.spec_from_file_location("independent_places_scorer", SCORER)
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    gold, found = _random_corpus(seed)
    report = places.score(gold, found)
    as_dict = [{r["id"]: r["toponyms"] for r in records} for records in (gold, found)]
    theirs, same = other.score(*as_dict), other.score(*as_dict, same_id=True)
    partial = other.score(*as_dict, partial=True)
    for name, value in {
        "span precision (exact)": theirs["precision"],
        "span recall (exact)": theirs["recall"],
        "span F1 (exact)": theirs["f1"],
        "span F1 (overlapping)": partial["f1"],
        "accuracy@161 km over all gold": theirs["acc161_e2e"],
        "accuracy@161 km of resolved": theirs["acc161"],
        "accuracy@161 km of resolved, same id = 0 km": same["acc161"],
        "country over all gold": theirs["country_acc_e2e"],
        "country of resolved": theirs["country_acc"],
        "error curve (AUC, lower is better)": theirs["auc"],
    }.items():
        assert round(report.value(name), 4) == value, name
