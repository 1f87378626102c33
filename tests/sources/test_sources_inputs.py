"""Folders, patterns, links, pipes and standard input."""

from __future__ import annotations

import io
import json
import os
import sys
from types import SimpleNamespace

import pytest

from detente.document import Document
from detente.errors import ReadError
from detente.sources import Limits, enumerate_inputs, read_all, read_source


def reasons(found):
    return [f.reason if isinstance(f, ReadError) else "read" for f in found]


def test_a_folder_is_walked_in_order_without_hidden_files_and_page_parts(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden.txt", "page.css", "sub/c.txt", ".git/d.txt", "iran.detente"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Norland and Sudmark resumed talks.")
    names = [os.path.relpath(i.source, tmp_path) for i in enumerate_inputs(tmp_path)]
    assert names == ["a.txt", "b.txt", "sub/c.txt"]


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a.txt").write_text("Norland and Sudmark resumed talks.")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    assert reasons(read_source(tmp_path)) == ["read", "not-found"]


def test_a_pattern_matches_across_folders_and_says_when_it_does_not(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("Talks were resumed.")
    (tmp_path / "b.txt").write_text("Talks were broken off.")
    assert len(list(enumerate_inputs(f"{tmp_path}/**/*.txt"))) == 2
    assert reasons(read_source(f"{tmp_path}/*.pdf")) == ["not-found"]


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path):
    path = tmp_path / "talks[1].txt"
    path.write_text("Talks were resumed.")
    assert reasons(read_source(path)) == ["read"]


def test_pipes_devices_and_missing_files_are_reported_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    found = read_all([tmp_path / "pipe", "/dev/zero", tmp_path / "missing", "ftp://example.org/x", "a\0b"])
    assert reasons(found) == ["not-a-file", "not-a-file", "not-found", "address-refused", "not-found"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_files_and_folders_are_reported(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "d").mkdir(mode=0)
    assert reasons(read_source(tmp_path)) == ["not-permitted", "not-permitted"]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        ("Talks were resumed in Minsk.".encode("utf-16"), ["Talks were resumed in Minsk."]),
    ],
)
def test_standard_input_is_sniffed_like_a_file(monkeypatch, data, texts):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    found = list(read_source("-"))
    assert [f.text for f in found] == texts
    assert all(f.source.startswith("stdin") for f in found)


def test_a_long_line_is_passed_over_and_the_rest_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": "Short."}), json.dumps({"text": "x" * 5_000}), json.dumps({"text": "Last."})]
    path.write_text("\n".join(lines))
    assert reasons(read_source(path, limits=Limits(document_bytes=1_000))) == ["read", "too-large", "read"]


def test_workers_keep_the_order_and_may_be_left_early(tmp_path):
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"Meeting number {number} was held.")
    alone = [d.id for d in read_all(tmp_path)]
    together = [d.id for d in read_all(tmp_path, workers=3)]
    assert alone == together
    stream = read_all(tmp_path, workers=3)
    assert isinstance(next(stream), Document)
    stream.close()
