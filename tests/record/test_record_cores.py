"""Coding in several processes: order, idempotence, and what becomes of documents when a process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from detente import Claims, Document, Reader, Record
from detente.errors import DetenteError, ReadError
from detente.record import cores as cores_module
from detente.record.cores import Cores, usable_cores


class Poisoned(Reader):
    """Dies of some documents, as a crash in a C library would make it."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Claims]]:
        for document in documents:
            if "poison" in document.text:
                os._exit(1)
            yield document, Claims(document.id)


class Unloadable(Reader):
    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Claims]]:
        raise DetenteError("no model is installed")

    def read(self, document: Document) -> Claims:
        raise DetenteError("no model is installed")


def some(count: int, words: str = "Kenya met Peru in Oslo. ") -> list[Document]:
    return [Document.from_text(f"{i}. {words * 4}", source=f"{i}.txt") for i in range(count)]


def test_the_document_that_kills_its_process_is_reported_and_the_others_are_coded() -> None:
    documents = some(16)
    documents[5] = Document.from_text("poison " * 50, source="bad.txt")
    with Cores(Poisoned(), 2) as cores:
        found = cores.code(documents)
        assert cores.deaths == 2
    assert [f.document for f in found if isinstance(f, Claims)] == [d.id for i, d in enumerate(documents) if i != 5]
    assert isinstance(found[5], ReadError)
    assert (found[5].source, found[5].reason) == ("bad.txt", "coding-died")


def test_a_process_killed_from_outside_costs_nothing() -> None:
    documents = some(30)
    with Cores(None, 2) as cores, Cores(None, 1) as alone:
        cores.code(documents[:4])
        struck = threading.Timer(0.1, lambda: os.kill(cores._processes[0].pid or 0, signal.SIGKILL))
        struck.start()
        found = cores.code(documents)
        struck.join()
        assert cores.deaths == 1
        assert all(isinstance(f, Claims) and f.events for f in found)
        assert found == alone.code(documents)


def test_what_cannot_be_loaded_is_told_in_each_documents_failure() -> None:
    with Cores(Unloadable(), 2) as cores:
        found = cores.code(some(16))
    assert all(isinstance(f, ReadError) and "no model is installed" in f.message for f in found)


def test_a_small_batch_starts_no_process() -> None:
    with Cores(Poisoned(), 2) as cores:
        assert len(cores.code([Document.from_text("Short.")])) == 1
        assert cores._processes == []


def test_cores_are_those_that_the_process_may_use() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def processes_for_small_batches_too(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "small" not in request.node.name:
        monkeypatch.setattr(cores_module, "ALONE", 0)


_PAUSING = """
import time
from detente.cli import main
from detente.record import taking

def commit_and_wait(*given, commit=taking._commit):
    commit(*given)
    time.sleep(30)

taking.COMMIT_SECONDS, taking._commit = 0, commit_and_wait
main()
"""
"""The command, waiting for the signal when a part is on record: else a quick machine is done before the signal comes."""


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_read_says_what_is_on_record_and_goes_on_later(tmp_path: Path, number: int, code: int) -> None:
    (folder := tmp_path / "in").mkdir()
    for document in some(600):  # more than one transaction takes
        (folder / document.source).write_text(document.text, "utf-8")
    record = tmp_path / "t.detente"
    command = [sys.executable, "-c", _PAUSING, "read", str(folder), "-r", str(record), "--workers", "2"]
    reading = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and reading.poll() is None:
        if record.exists():
            with Record(record, create=False) as rec:
                if rec.store.value("SELECT count(*) FROM documents"):
                    break
        time.sleep(0.05)
    reading.send_signal(number)
    _, told = reading.communicate(timeout=20)
    assert reading.returncode == code, told
    assert "run the same command to go on" in told
    with Record(record) as rec, Record(tmp_path / "whole.detente") as whole:
        rec.read(folder)
        whole.read(folder)
        assert rec.contents_hash() == whole.contents_hash()
