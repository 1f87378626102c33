"""The file: opening, refusing, migrating, many processes, and a disk that is full."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from detente import Document, Record
from detente.claims import identity_of
from detente.errors import RecordError
from detente.record import migrations

HERE = Path(__file__).parent


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other, empty = tmp_path / "text", tmp_path / "other.db", tmp_path / "empty.detente"
    text.write_text("this is no database at all, only some text that is long enough to be a header\n" * 20)
    with sqlite3.connect(other) as con:
        con.execute("CREATE TABLE mine (a)")
    con.close()
    for path, says in ((text, "not a record"), (other, "no record of detente"), (tmp_path, "is a folder")):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(RecordError, match=says):
            Record(path)
        assert not path.is_file() or path.read_bytes() == before
    with pytest.raises(RecordError, match="mkdir -p"):
        Record(tmp_path / "not" / "there.detente")
    with pytest.raises(RecordError, match="there is no record"):
        Record(tmp_path / "none.detente", create=False)
    empty.touch()
    assert Record(empty).statistics()["documents"] == 0


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.detente"
    Record(path).close()
    with sqlite3.connect(path) as con:
        con.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    con.close()
    with pytest.raises(RecordError, match="newer detente"):
        Record(path)


def schema_of(path: Path) -> set[tuple[str, str, str]]:
    with sqlite3.connect(path) as con:
        rows = con.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    con.close()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_old_files_are_brought_to_the_current_schema(tmp_path: Path, version: int) -> None:
    """version_N.sql is what a file of version N held, with a document and claims in it."""
    old, new = tmp_path / "old.detente", tmp_path / "new.detente"
    con = sqlite3.connect(old, isolation_level=None)
    con.executescript((HERE / f"version_{version}.sql").read_text("utf-8"))
    con.close()
    with Record(old) as record:
        assert record.store.value("PRAGMA user_version") == migrations.VERSION
        assert len(record.events(between=("NOR", "EGY"))) == 1
        assert len(record.search("border")) == 1
        assert len(record.events(text="met Egypt")) == 1
        assert [line.action for line in record.history(record.events().to_dicts()[0]["id"])] == ["accept"]
        for id, kind, payload in record.store.rows("SELECT id, kind, payload FROM claims"):
            assert id == identity_of(kind, json.loads(payload))
    Record(new).close()
    assert schema_of(old) == schema_of(new)


def test_a_write_protected_record_can_be_asked(tmp_path: Path) -> None:
    if os.geteuid() != 0 and not os.access(tmp_path, os.W_OK):
        pytest.skip("the temporary folder cannot be written")
    path = tmp_path / "t.detente"
    with Record(path) as record:
        record.add(Document.from_text("Norland met Egypt."), [])
    tmp_path.chmod(0o555)
    path.chmod(0o444)
    for parent in tmp_path.parents[:3]:
        if parent.owner() == path.owner() and parent.name.startswith("pytest"):
            parent.chmod(0o755)
    script = (
        "import sys, sqlite3; sys.path[:0] = sys.argv[2:]\n"
        "from detente.record import Record\nfrom detente import Document\nfrom detente.errors import RecordError\n"
        "r = Record(sys.argv[1])\nassert len(r.documents()) == 1\n"
        "try: r.add(Document.from_text('x'), [])\nexcept RecordError as e: print(e)\n"
        "try: Record(sys.argv[1] + '2')\nexcept RecordError as e: print(e)\n"
    )
    try:
        run = subprocess.run(
            [sys.executable, "-c", script, str(path), *sys.path],
            capture_output=True,
            text=True,
            user=65534 if os.geteuid() == 0 else None,
        )
    except PermissionError:
        pytest.skip("this user may not start a process of a user without rights")
    finally:
        tmp_path.chmod(0o755)
    if "No module named" in run.stderr or "Permission denied" in run.stderr:
        pytest.skip("the installation cannot be read by a user without rights")
    assert "can only be read" in run.stdout, run.stderr
    assert "cannot be opened" in run.stdout, run.stderr


def test_a_reader_sees_the_record_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "t.detente"
    with Record(path) as writer, Record(path) as reader:
        writer.add(Document.from_text("one"), [])
        with writer.store.writing() as con:
            con.execute("UPDATE documents SET title = 'unseen'")
            assert [d.title for d in reader.documents()] == [None]
        assert [d.title for d in reader.documents()] == ["unseen"]


FULL = """
import json, resource, sys, time
from detente.record import Record
from detente.errors import RecordError
told = 0
def tell(progress):
    global told
    told = progress.added
record = Record(sys.argv[1])
size = record.path.stat().st_size + 60_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    record.read(sys.argv[2], progress=tell)
except RecordError as error:
    print(json.dumps([told, str(error)]))
"""


def test_a_full_disk_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(45):
        (folder / f"{i:03}.txt").write_text(f"Norland met Egypt for the {i}th time in Paris. " * 4, "utf-8")
    path = tmp_path / "t.detente"
    run = subprocess.run([sys.executable, "-c", FULL, str(path), str(folder)], capture_output=True, text=True)
    told, message = json.loads(run.stdout)
    assert "make room" in message
    with Record(path) as record:
        assert told <= len(record.documents()) < 45
        record.read(folder)
        whole = tmp_path / "whole.detente"
        with Record(whole) as undisturbed:
            undisturbed.read(folder)
            assert record.contents_hash() == undisturbed.contents_hash()
