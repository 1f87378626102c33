"""Parts, engines and what comes of them, against one reading on one machine."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
import time
import zipfile
from pathlib import Path

import pytest

from detente import Record
from detente.errors import UsageError
from detente.scale import contents_of, merge_parts, plan_parts, read_to_parquet
from detente.scale.gdelt import is_article_list, listed_addresses
from detente.sources import enumerate_inputs

LINES = (
    "Kenya accused Peru of violating the truce on Monday.",
    "Italy and Kenya signed an agreement on water in Rome on 5 March 2020.",
    "Peru expelled two diplomats of Kenya on 4 March 2020, and Norway protested.",
    "Norway welcomed the talks between Peru and Italy.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("scale") / "in"
    place.mkdir()
    for number in range(6):
        rows = [
            {"id": f"{number}-{i}", "date": f"2020-03-{1 + i:02}", "source": f"Paper {i % 3}",
             "text": f"{LINES[(number + i) % 4]} {LINES[(2 * number + i) % 4]} Report {number} of {i}."}
            for i in range(8)
        ]  # fmt: skip
        (place / f"{number}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (place / "a.txt").write_text("OSLO, 3 March 2020 - " + " ".join(LINES), "utf-8")
    (place / "copy.txt").write_text("OSLO, 3 March 2020 - " + " ".join(LINES) + " More follows.", "utf-8")
    (place / "empty.txt").write_text("", "utf-8")
    return place


@pytest.fixture(scope="module")
def single(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("single")
    report = read_to_parquet([folder], out, workers=1)
    assert (report.documents, report.failures, report.parts) == (50, 1, 7)
    assert report.links["documents"] >= 2 and report.links["events"] >= 1
    return out


def test_parts_in_a_record_equal_a_reading_into_it(folder: Path, single: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "read.detente") as read, Record(tmp_path / "merged.detente") as merged:
        read.read(folder)
        merge_parts(merged.store, single)
        assert merged.contents_hash() == read.contents_hash()


def test_a_second_run_reads_nothing(folder: Path, single: Path) -> None:
    before = contents_of(single)
    report = read_to_parquet([folder], single, workers=1)
    assert report.parts_known == report.parts == 7
    assert contents_of(single) == before


def test_dask_with_a_worker_killed_in_the_middle_gives_the_same(folder: Path, single: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    killed: list[int] = []

    def strike(out: Path) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until and not list(out.glob("done/*.json")):
            time.sleep(0.02)
        workers = [pid for pid in descendants(os.getpid()) if "spawn_main" in command(pid)]
        if workers:
            os.kill(max(workers), signal.SIGKILL)
            killed.append(max(workers))

    watcher = threading.Thread(target=strike, args=(tmp_path / "out",))
    watcher.start()
    read_to_parquet([folder], tmp_path / "out", engine="dask", workers=2)
    watcher.join()
    assert killed, "no worker was found to kill"
    assert contents_of(tmp_path / "out") == contents_of(single)
    files = sorted(p.relative_to(single) for p in single.rglob("*.parquet"))
    assert files == sorted(p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.parquet"))
    assert all((single / f).read_bytes() == (tmp_path / "out" / f).read_bytes() for f in files)


def test_a_file_of_many_documents_is_a_part_of_its_own(folder: Path) -> None:
    parts = plan_parts([folder])
    assert [len(part.inputs) for part in parts] == [1] * 6 + [3]
    assert len({part.id for part in parts}) == 7
    with pytest.raises(UsageError, match="cannot be divided"):
        plan_parts(["-"])


def test_what_cannot_be_asked_says_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of: processes, dask"):
        read_to_parquet([folder], tmp_path, engine="spark")
    with Record(tmp_path / "r.detente") as record, pytest.raises(UsageError, match="holds no parts"):
        merge_parts(record.store, tmp_path)


def test_lists_of_articles_give_their_english_addresses_once(tmp_path: Path) -> None:
    rows = [
        {"url": "https://example.org/1", "lang": "en", "title": "One"},
        {"url": "https://example.org/1", "lang": "en", "title": "One again"},
        {"url": "https://example.org/2", "lang": "fr"},
        {"url": "file:///etc/passwd", "lang": "en"},
        {"title": "no address"},
    ]
    minute = tmp_path / "20210301080000.gal.json.gz"
    minute.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    listed = tmp_path / "artlist.json"
    listed.write_text(json.dumps({"articles": [{"url": "http://example.org/3", "language": "English"}]}))
    (tmp_path / "bad.gal.json").write_text("[1, {")
    assert [i.source for i in listed_addresses(str(minute))] == ["https://example.org/1"]
    assert [i.source for i in listed_addresses(str(listed))] == ["http://example.org/3"]
    assert [i.kind for i in listed_addresses(str(tmp_path / "bad.gal.json"))] == ["problem"]


@pytest.mark.parametrize("packed", [False, True])
def test_mention_and_event_tables_are_lists_of_articles(tmp_path: Path, packed: bool) -> None:
    samples = Path(__file__).parents[2] / "examples" / "exchange"
    row = ["7", "20220722181500", "20220722000000", "1", "Wire", "https://wire.example/fr", "1", "-1", "-1", "1", "1", "60", "9",
           "0", "srclc:fra;eng:GT-FRA 1.0", ""]  # fmt: skip
    for name in ("sample.mentions.CSV", "sample.export.CSV"):
        text = (samples / name).read_text("utf-8").rstrip("\n") + "\n"
        more = "\t".join(row) + "\n" + "\t".join([*row[:3], "2", *row[4:5], "A book, p. 3", *row[6:14], "", ""]) + "\n"
        text += more if "mentions" in name else ""
        file = tmp_path / (f"{name}.zip" if packed else name)
        if packed:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr(name, text)
        else:
            file.write_text(text, "utf-8")
        (item,) = enumerate_inputs(file)
        assert is_article_list(item)
        found = [i.source for i in listed_addresses(str(file))]
        assert found and all(a.startswith("http") for a in found) and len(set(found)) == len(found)
        assert "https://wire.example/fr" not in found
    (tmp_path / "bad.mentions.CSV.zip").write_bytes(b"PK nothing")
    assert [i.kind for i in listed_addresses(str(tmp_path / "bad.mentions.CSV.zip"))] == ["problem"]


def descendants(pid: int) -> list[int]:
    try:
        own = [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
    except OSError:
        return []
    return own + [grandchild for child in own for grandchild in descendants(child)]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
