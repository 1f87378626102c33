"""What the user asks for reaches the workers: own actors, view, cues, issues, triage."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente import Record
from detente.cli import build_app
from detente.errors import DetenteError
from detente.reading import Reader
from detente.scale import contents_of, merge_parts, read_to_parquet
from detente.scale.folders import Folder
from detente.scale.parts import KINDS, part_names, plan_parts, rows_of

NEWS = (
    "The Velm Front attacked Kenya on 4 March 2020. Its spokesman Odd Haug trumpeted that the river was theirs.",
    "Kenya accused Peru of violating the truce on Monday.",
)
GARDEN = "Cut the roses back in early spring. Water them in the evening, and the buds will open in a week or two."


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `in` of four documents, two of them not political, and a table of actors."""
    place = tmp_path_factory.mktemp("options")
    (place / "in").mkdir()
    rows = [{"id": str(n), "date": "2020-03-05", "text": text} for n, text in enumerate((*NEWS, GARDEN))]
    (place / "in" / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (place / "in" / "garden.txt").write_text("Kenya's roses in March. " + GARDEN, "utf-8")
    (place / "actors.csv").write_text("id,name,aliases,kind,country\nvelm,Velm Front,,group,PER\n", "utf-8")
    return place


@pytest.fixture(scope="module")
def own(place: Path) -> Path:
    """What the command writes with actors of the user's own and triage."""
    command = [sys.executable, "-m", "detente", "read", str(place / "in"), "--out", str(place / "own"), "-w", "1", "--json",
               "--triage", "--actors", str(place / "actors.csv")]  # fmt: skip
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert (told["documents"], told["parts"], told["parts_known"]) == (4, 2, 0)
    return place / "own"


def reader_of(place: Path) -> Reader:
    return Reader(actors=(place / "actors.csv",), triage=True)


def rows_in(out: Path, folder: str) -> list[dict[str, Any]]:
    at = Folder.at(out)
    return [row for part in part_names(at) for row in rows_of(at, f"{folder}/part-{part}.parquet")]


def test_a_reader_of_the_users_own_reads_in_the_workers_as_it_does_here(place: Path, own: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "read.detente") as read, Record(tmp_path / "merged.detente") as merged:
        read.read(place / "in", reader=reader_of(place))
        merge_parts(merged.store, own)
        assert merged.contents_hash() == read.contents_hash()
        readers = "SELECT DISTINCT reader FROM documents"
        assert [tuple(r) for r in merged.store.rows(readers)] == [tuple(r) for r in read.store.rows(readers)]
    events = [json.loads(row["payload"]) for row in rows_in(own, "claims/kind=event")]
    assert "velm" in {actor["id"] for event in events for actor in event["actors"]}


def test_triage_leaves_out_what_is_not_political_and_keeps_the_document(own: Path) -> None:
    documents = {row["text"]: row["id"] for row in rows_in(own, "documents")}
    garden = next(id for text, id in documents.items() if text.startswith("Kenya's roses"))
    assert len(documents) == 4
    told = {row["document"] for kind in KINDS for row in rows_in(own, f"claims/kind={kind}")}
    assert garden not in told and documents[NEWS[0]] in told


def test_workers_of_dask_have_the_reader_too(place: Path, own: Path) -> None:
    pytest.importorskip("distributed")
    read_to_parquet([place / "in"], place / "dask", engine="dask", workers=1, reader=reader_of(place))
    assert contents_of(place / "dask") == contents_of(own)


def test_another_reader_reads_again_and_the_same_does_not(place: Path, own: Path) -> None:
    before = contents_of(own)
    assert read_to_parquet([place / "in"], own, workers=1, reader=reader_of(place)).parts_known == 2
    assert contents_of(own) == before
    mine, plain = ({p.id for p in plan_parts([place / "in"], r)} for r in (reader_of(place), None))
    assert mine == set(part_names(Folder.at(own))) and mine.isdisjoint(plain)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--engine", "dask"], "--engine and --cluster go with --out"),
        (["--out", "out", "--actors", "nowhere.csv"], "nowhere.csv"),
        (["--out", "out", "--view", "nobody"], "nobody"),
        (["--out", "out", "--issues", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_read(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)
    try:
        done = CliRunner().invoke(build_app(), ["read", str(place / "in"), *words])
    finally:
        signal.signal(signal.SIGTERM, before)
    assert isinstance(done.exception, DetenteError) and says in str(done.exception)
    assert not list(tmp_path.iterdir())
