"""Our scorer says exactly what the scorer beside the gold data says, on records that nobody wrote."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.evaluation.events import score

JUDGE = Path(__file__).parents[3] / "shared" / "gold" / "events" / "score.py"
NAMES = {"F1": "F1", "P": "precision", "R": "recall"}
NO_EVENT = {
    "specificity": "no-event specificity",
    "detection": "detection",
    "accuracy": "no-event accuracy",
    "balanced": "balanced no-event accuracy",
}
CAMEO = (
    "010",
    "0231",
    "036",
    "040",
    "042",
    "057",
    "071",
    "0841",
    "085",
    "112",
    "120",
    "138",
    "141",
    "163",
    "173",
    "190",
)
PLOVER = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "RETREAT",
    "AID",
    "REQUEST",
    "ACCUSE",
    "SANCTION",
    "COERCE",
    "ASSAULT",
)
SIDES = ("", "---", "KEN", "KENGOV", "SDN", "SDNREB", "TCDMIL", "+++")


def events(codes: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, str]]]:
    event = st.builds(
        lambda code, source, target: {"code": code, "source": source, "target": target},
        st.sampled_from(codes), st.sampled_from(SIDES), st.sampled_from(SIDES),
    )  # fmt: skip
    return st.lists(event, max_size=4)


@st.composite
def sets(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A gold set in one scheme and what somebody found in it; a record may be missing among what was found."""
    scheme = draw(st.sampled_from(["cameo", "cameo_root", "plover", "plv"]))
    told = PLOVER if scheme.startswith("pl") else CAMEO
    found = draw(st.sampled_from([told, CAMEO]))
    gold, ours = [], []
    for number in range(draw(st.integers(1, 8))):
        gold.append({"id": str(number), "text": "", "scheme": scheme, "events": draw(events(told))})
        if draw(st.integers(0, 9)):
            ours.append({"id": str(number), "events": draw(events(found))})
    return gold, ours


@pytest.fixture(scope="module")
def judge() -> ModuleType:
    if not JUDGE.is_file():
        pytest.skip("../shared/gold/events/score.py is not there")
    spec = importlib.util.spec_from_file_location("gold_scorer", JUDGE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


@settings(max_examples=150, deadline=None)
@given(records=sets())
def test_every_level_every_class_and_no_event_are_the_same(
    judge: ModuleType, records: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    gold, found = records
    theirs = judge.score(gold, {record["id"]: record for record in found})
    report = score(gold, found)
    ours = {measure.name: measure.value for measure in report.measures}
    for level, values in theirs["levels"].items():
        for short, long in NAMES.items():
            assert ours[f"{level} {long}"] == pytest.approx(values[short], abs=1e-4), level
    for short, long in NO_EVENT.items():
        value = theirs["no_event"][short]
        if value is not None and theirs["no_event"]["gold_none"]:
            assert ours[long] == pytest.approx(value, abs=1e-4), long
    if "top1_root" in theirs:
        assert ours["first event: root accuracy"] == pytest.approx(theirs["top1_root"]["accuracy"], abs=1e-4)
    classes = {str(row[0]): row for row in report.tables[0].rows} if report.tables else {}
    assert set(classes) == set(theirs["per_class"])
    for name, values in theirs["per_class"].items():
        shown = dict(zip(report.tables[0].columns, classes[name], strict=True))
        for short, long in NAMES.items():
            assert shown[long] == pytest.approx(values[short], abs=1e-3), (name, long)
