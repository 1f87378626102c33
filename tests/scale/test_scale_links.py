"""Duplicates and corroboration across parts, found by the engine's own map and reduce, are those of one record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente import Record
from detente.scale import link_parts, merge_parts, read_to_parquet
from detente.scale.engines import Processes
from detente.scale.folders import Folder
from detente.scale.parts import part_names, rows_of

DISPATCH = (
    "OSLO, 4 March 2020 (Fjord News) - Kenya expelled two diplomats of Peru on 4 March 2020. The embassy had been closed since the autumn, "
    "and its gardener told visitors that nobody had come for the letters. The rain went on for most of the afternoon."
)
ANOTHER = (
    "Kenya expelled two diplomats of Peru on 4 March 2020, radio reported. The border stays open, travellers said."
)
ELSEWHERE = "Norway accused Italy of violating the truce on 7 March 2020."
FILES = {
    "a.jsonl": (("1", "Fjord News", DISPATCH), ("2", "Paper", ELSEWHERE)),
    "b.jsonl": (("3", "Morning Post", DISPATCH + " More follows."),),  # the same dispatch, in another paper and part
    "c.jsonl": (("4", "Radio Lima", ANOTHER),),
    "d.jsonl": (("5", "Paper", "Norway welcomed the talks between Japan and Italy on 9 March 2020."),),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    place = tmp_path_factory.mktemp("links")
    (place / "in").mkdir()
    for name, documents in FILES.items():
        rows = [{"id": id, "source": outlet, "date": "2020-03-10", "text": text} for id, outlet, text in documents]
        (place / "in" / name).write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = read_to_parquet([place / "in"], place / "out", workers=1)
    assert report.parts == 4
    return Folder.at(place / "out")


def number_of(out: Folder) -> dict[str, str]:
    """The numbers of FILES by the ids of documents."""
    rows = (row for part in part_names(out) for row in rows_of(out, f"documents/part-{part}.parquet", ["id", "source"]))
    return {row["id"]: row["source"].rpartition("#")[2] for row in rows}


def expelled(out: Folder) -> dict[str, Any]:
    (row,) = (r for r in rows_of(out, "links/events.parquet") if (r["actor"], r["recipient"]) == ("KEN", "PER"))
    return row


def test_the_dispatch_that_two_parts_carry_is_one_story(out: Folder) -> None:
    numbers = number_of(out)
    pairs = rows_of(out, "links/documents.parquet")
    assert [{numbers[row["a"]], numbers[row["b"]]} for row in pairs] == [{"1", "3"}]
    assert pairs[0]["likeness"] >= 0.6 and pairs[0]["story"] == min(pairs[0]["a"], pairs[0]["b"])


def test_what_several_parts_tell_is_counted_by_dispatch_and_outlet(out: Folder) -> None:
    found = expelled(out)
    assert (found["day"], found["documents"], found["independent"]) == ("2020-03-04", 3, 2)
    assert {row["actor"] for row in rows_of(out, "links/events.parquet")} == {"KEN"}, (
        "one document alone corroborates nothing"
    )


def test_the_numbers_are_those_of_one_record(out: Folder, tmp_path: Path) -> None:
    found = expelled(out)
    with Record(tmp_path / "r.detente") as record:
        merge_parts(record.store, out.address)
        entries = [e for e in record.events(between=("KEN", "PER")) if e.type == found["type"]]
        assert [(e.documents, e.outlets, e.claims) for e in entries] == [
            (found["documents"], found["independent"], found["claims"])
        ]
        assert entries[0].stories == 2


def test_linking_again_changes_nothing_and_leaves_nothing_behind(out: Folder) -> None:
    before = [out.read(f"links/{name}.parquet") for name in ("documents", "events")]
    with Processes(1) as engine:
        link_parts(out, engine)
    assert [out.read(f"links/{name}.parquet") for name in ("documents", "events")] == before
    assert not (Path(out.address) / ".links").exists()
