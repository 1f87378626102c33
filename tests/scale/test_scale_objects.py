"""An object store as input and output: a real server that speaks S3, on this machine."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("moto", reason="needs moto, a server that speaks S3")
pytest.importorskip("flask", reason="needs flask, for moto's server")

from detente import Record
from detente.document import Document
from detente.errors import ReadError, UsageError
from detente.scale import contents_of, read_to_parquet
from detente.scale.folders import Folder
from detente.sources import enumerate_inputs, read_source
from detente.sources.objects import _file_system, list_objects, open_object

LINES = (
    "Kenya accused Peru of violating the truce on 4 March 2020.",
    "Norway welcomed the talks between Peru and Italy.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """A bucket of an S3 server that runs as long as these tests do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
           "AWS_EC2_METADATA_DISABLED": "true"}  # fmt: skip
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    _file_system.cache_clear()
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        urllib.request.urlopen(
            urllib.request.Request(f"{own['AWS_ENDPOINT_URL']}/news", method="PUT"), timeout=20
        ).close()
        yield Folder.at("s3://news")
    finally:
        server.kill()
        server.wait()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
        _file_system.cache_clear()


@pytest.fixture(scope="module")
def filled(store: Folder) -> str:
    rows = [{"id": str(n), "date": "2020-03-05", "text": f"{LINES[n % 2]} Report {n}."} for n in range(6)]
    lines = "\n".join(map(json.dumps, rows)).encode()
    store.put("in/a.jsonl", lines)
    store.put("in/deep/b.jsonl.gz", gzip.compress(lines.replace(b"Report", b"Dispatch")))
    store.put("in/deep/c.txt", LINES[0].encode())
    store.put("in/deep/page.css", b"p {}")
    store.put("in/.hidden/d.txt", b"Not to be read.")
    return "s3://news/in"


def test_names_folders_and_patterns_stand_for_objects(filled: str) -> None:
    def names(address: str) -> list[str]:
        return [i.source.removeprefix("s3://news/in/") for i in enumerate_inputs(address)]

    assert names(filled + "/") == ["a.jsonl", "deep/b.jsonl.gz", "deep/c.txt"]
    assert names(f"{filled}/*.jsonl") == ["a.jsonl"]
    assert names(f"{filled}/**/*.[tj]*") == ["a.jsonl", "deep/b.jsonl.gz", "deep/c.txt"]
    assert names(f"{filled}/deep/?.txt") == ["deep/c.txt"]
    assert [i.kind for i in enumerate_inputs(f"{filled}/none/")] == ["problem"]
    (one,) = enumerate_inputs(f"{filled}/deep/c.txt")
    assert (one.kind, one.size) == ("object", len(LINES[0])) and one.bytes_to_read() == one.size


def test_objects_are_read_in_any_format(filled: str) -> None:
    found = list(read_source(filled))
    assert [type(f) for f in found] == [Document] * 13
    assert found[0].source == "s3://news/in/a.jsonl#0" and found[12].text == LINES[0]


def test_what_is_not_there_is_reported(filled: str) -> None:
    reasons = [f.reason for where in (f"{filled}/x.txt", "s3://nobucket/x.txt") for f in read_source(where)
               if isinstance(f, ReadError)]  # fmt: skip
    assert len(reasons) == 2 and set(reasons) <= {"not-found", "unreadable"}
    with pytest.raises(UsageError, match="the store refuses"):
        Folder.at("s3://nobucket/out").put("done/x.json", b"{}")
    assert Folder.at("s3://news").read("nothing") is None
    assert list_objects("s3://news/nothing/") == []
    with pytest.raises(OSError):
        open_object("s3://news/nothing")


def test_reading_from_a_store_into_a_store_gives_what_the_disk_gives(filled: str, tmp_path: Path) -> None:
    detente = [sys.executable, "-m", "detente"]
    read = [*detente, "read", filled, "--out", "s3://news/out/", "-w", "1", "--json"]
    told = json.loads(subprocess.run(read, capture_output=True, text=True, check=True).stdout)
    assert (told["documents"], told["failures"], told["parts"]) == (13, 0, 3)
    read_to_parquet([filled], tmp_path / "here", workers=1)
    assert contents_of("s3://news/out") == contents_of(tmp_path / "here")
    again = read_to_parquet([filled], "s3://news/out", workers=1)
    assert again.parts_known == again.parts == 3 and again.links == told["links"]
    merge = [*detente, "record", "merge", "s3://news/out", "-o", str(tmp_path / "merged.detente"), "--json"]
    assert json.loads(subprocess.run(merge, capture_output=True, text=True, check=True).stdout)["documents"] == 13
    with Record(tmp_path / "read.detente") as one, Record(tmp_path / "merged.detente") as other:
        one.read(filled)
        assert one.contents_hash() == other.contents_hash()
