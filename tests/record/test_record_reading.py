"""Reading into a record: again, after a kill, two at once, with no network, with workers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente import Document, Reader, Record
from detente.claims import Claims
from detente.record.taking import Progress

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dispatches")
    for i, (a, b) in enumerate((("France", "Egypt"), ("Japan", "Brazil"), ("Kenya", "Turkey"), ("India", "France"))):
        text = f'CAIRO, March {i + 1}, 2020 - {a} accused {b} of breaking the treaty. "We kept it," said a spokesman for {b}.'
        (folder / f"{i}.txt").write_text(text, "utf-8")
    (folder / "french.txt").write_text(
        "Le ministre des affaires étrangères a rencontré hier son homologue égyptien au Caire.", "utf-8"
    )
    (folder / "nothing.txt").write_text("", "utf-8")
    return folder


def test_reading_twice_adds_nothing(folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    with Record(tmp_path / "t.detente") as record:
        first = record.read(folder, progress=told.append)
        before = record.contents_hash()
        second = record.read([folder, folder / "0.txt"])
        assert record.contents_hash() == before
        assert (first.added, first.uncoded, first.failed) == (5, 1, 1)
        assert (second.added, second.known, second.claims) == (0, 6, 0)
        assert len(record.events(between=("France", "Egypt"))) >= 1
        assert [d.language for d in record.documents(coded=False)] == ["fr"]
        assert record.statistics()["sources"] == {"failed": 1, "read": 5}
        assert [s.reason for s in record.sources("failed")] == [first.failures[0].reason]
        assert (told[-1].done, told[-1].total) == (6, 6)
        assert [run["added"] for run in record.runs()] == [0, 5]


def test_what_failed_is_mended_when_it_can_be_read(tmp_path: Path) -> None:
    source = tmp_path / "late.txt"
    with Record(tmp_path / "t.detente") as record:
        assert record.read(source).failed == 1
        source.write_text("France met Egypt.", "utf-8")
        assert record.read(source).added == 1
        assert {s.status for s in record.sources()} == {"mended", "read"}


def test_a_rule_that_fails_stops_nothing(folder: Path, tmp_path: Path) -> None:
    class Stumbling(Reader):
        version = "stumbling/1"

        def read(self, document: Document) -> Claims:
            if "Japan" in document.text:
                raise KeyError("a rule")
            return super().read(document)

        def read_many(self, documents):  # type: ignore[no-untyped-def]
            return ((d, self.read(d)) for d in documents)

    with Record(tmp_path / "t.detente") as record:
        report = record.read(folder, reader=Stumbling())
        assert {e.reason for e in report.failures} >= {"coding-failed"}
        assert len(record.documents()) == 5
        assert len(record.documents(coded=False)) == 2
        mended = record.read(folder)
        assert mended.again == 5
        assert len(record.documents(coded=False)) == 1


def test_killed_at_random_moments() -> None:
    """The full number: python benchmarks/kill9.py --kills 50."""
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "kill9.py", "--kills", "3", "--documents", "24"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    result = json.loads(run.stdout)
    assert (result["kills"], result["lost"], result["unequal"]) == (3, 0, 0)


READ = "import sys; from detente.record import Record; print(Record(sys.argv[1]).read(sys.argv[2]).added)"


def test_two_reads_at_once(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.detente"
    both = [
        subprocess.Popen([sys.executable, "-c", READ, path, folder], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    added = [int(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(added) == 5
    with Record(path) as record, Record(tmp_path / "alone.detente") as alone:
        alone.read(folder)
        assert record.contents_hash() == alone.contents_hash()


def test_two_workers_read_the_same(folder: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "1.detente") as one, Record(tmp_path / "2.detente") as two:
        one.read(folder)
        two.read(folder, workers=2)
        assert one.contents_hash() == two.contents_hash()


NO_NETWORK = """
import socket, sys
def refuse(*args, **more):
    raise AssertionError("a socket was made")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
made = []
class Watched(socket.socket):
    def __init__(self, family=-1, *args, **more):
        if family != socket.AF_UNIX:
            refuse()
        super().__init__(family, *args, **more)
socket.socket = Watched
from detente.cli import main
for words in (["read", sys.argv[1]], ["events"], ["statements"], ["show", "0.txt"]):
    sys.argv[1:] = [*words, "-r", sys.argv[-1]] if words[0] != "read" else [*words, "-r", sys.argv[2]]
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, 1, None), end.code
print("done")
"""


def test_the_main_job_needs_no_network(folder: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, folder, tmp_path / "t.detente"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "5 documents read" in run.stdout and "accused" in run.stdout and run.stdout.endswith("done\n")
