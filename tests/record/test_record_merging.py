"""Several records into one: equal to what one read of everything gives, with what people decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import Record
from detente.record.merging import merge

DISPATCHES = [
    "OSLO, 3 March 2020 - Kenya accused Peru of violating the truce on Monday. Norway welcomed the talks.",
    "LIMA, 4 March 2020 - Peru rejected the accusation and expelled two diplomats of Kenya.",
    "OSLO, 3 March 2020 (Agency) - Kenya accused Peru of violating the truce on Monday. Norway welcomed the talks.",
    "ROME, 5 March 2020 - Italy and Kenya signed an agreement on water in Rome on 5 March 2020.",
    "Der Minister traf am Montag in Berlin seinen Kollegen, und sie haben über den Vertrag gesprochen und nichts gesagt.",
]


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("merging")
    for half in ("a", "b"):
        (place / half).mkdir()
    for i, text in enumerate(DISPATCHES):
        (place / ("a", "b")[i % 2] / f"{i}.txt").write_text(text, "utf-8")
    (place / "b" / "4.txt").write_text(DISPATCHES[4], "utf-8")  # the same bytes in both
    (place / "a" / "empty.txt").write_text("", "utf-8")
    for half in ("a", "b"):
        with Record(place / f"{half}.detente") as record:
            record.read(place / half)
    return place


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_merged_equals_read_together(halves: Path, tmp_path: Path, place: Path | str, order: str) -> None:
    with Record(tmp_path / "whole.detente") as whole, Record(place) as merged:
        whole.read([halves / order[0], halves / order[1]])
        for half in order:
            with Record(halves / f"{half}.detente", create=False) as part:
                merge(merged.store, part.store)
        assert whole.statistics()["documents"] == 5
        assert merged.contents_hash() == whole.contents_hash()
        with Record(halves / "a.detente", create=False) as part:
            assert merge(merged.store, part.store).added == 0
        assert merged.contents_hash() == whole.contents_hash()


def test_decisions_go_along_with_their_history(halves: Path, tmp_path: Path, place: Path | str) -> None:
    texts = tmp_path / "in"
    texts.mkdir()
    (texts / "0.txt").write_text(DISPATCHES[0], "utf-8")
    (texts / "1.txt").write_text(DISPATCHES[1], "utf-8")
    with Record(tmp_path / "mine.detente") as mine, Record(place) as merged:
        mine.read(texts)
        merged.read(texts)
        accused, *_ = mine.events(type="ACCUSE")
        expelled, *_ = mine.events(actor="PER", merged=False, recipient="KEN")
        mine.accept(accused.id, by="Ada")
        corrected = mine.correct(expelled.id, by="Ada", reason="it was a threat", status="threatened")
        merge(merged.store, mine.store)
        assert merged.claim(accused.id).state == "accepted"
        assert merged.claim(expelled.id).state == "corrected"
        assert merged.claim(corrected.id).claim.status == "threatened"
        assert [line.by for line in merged.history(expelled.id)] == ["Ada"]
        assert merged.contents_hash() == mine.contents_hash()
        mine.undo(accused.id, by="Ada")
        merge(merged.store, mine.store)
        assert merged.claim(accused.id).state == "unreviewed"
        assert merged.contents_hash() == mine.contents_hash()
