"""The reference names every address and key, and the build hook takes only what was pinned."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import re
import tarfile
from pathlib import Path

import pytest

from detente.workbench.pages import PAGES

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "workbench.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_every_address_is_in_the_reference(path):
    start = re.split(r"[{.]", path)[0].rstrip("/")
    assert f"`{start or '/'}" in REFERENCE


def test_every_key_is_in_the_reference_and_in_the_list_on_the_page():
    workbench = ROOT / "src" / "detente" / "workbench"
    script = (workbench / "static" / "workbench.js").read_text(encoding="utf-8")
    keys = re.findall(r'^\s+"?([a-z/?])"?: \(\) =>|, k: |, r: |, u: ', script, re.M)
    page = (workbench / "templates" / "base.html").read_text(encoding="utf-8")
    assert {"j", "a", "e", "t", "/", "?"} <= set(keys)
    for key in "jkareut/?":
        assert f"`{key}`" in REFERENCE and f"<kbd>{key}</kbd>" in page


@pytest.fixture
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archive(words: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        member = tarfile.TarInfo("package/a.json")
        member.size = len(words)
        tar.addfile(member, io.BytesIO(words))
    return out.getvalue()


def pinned(data: bytes) -> dict:
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    return {"name": "shapes", "version": "1.0.0", "integrity": f"sha512-{digest}", "files": ["a.json"]}


def test_the_hook_brings_what_was_pinned_and_stops_at_anything_else(hook, tmp_path, monkeypatch, capsys):
    good = archive(b"{}")
    monkeypatch.setattr(hook, "fetch", lambda package: good)
    hook.bring(pinned(good), tmp_path / "good")
    assert (tmp_path / "good" / "a.json").read_bytes() == b"{}"
    with pytest.raises(ValueError, match="not what was pinned"):
        hook.bring(pinned(archive(b"{ }")), tmp_path / "bad")
    assert not (tmp_path / "bad").exists()

    def unreachable(package):
        raise OSError("no route")

    monkeypatch.setattr(hook, "fetch", unreachable)
    hook.bring(pinned(good), tmp_path / "none")  # the build goes on without it
    assert "built without it" in capsys.readouterr().err
    hook.bring(pinned(good), tmp_path / "good")  # there already: nothing is fetched
    assert not (tmp_path / "none").exists()


def test_what_is_pinned_is_pinned_by_version_and_hash():
    for package in json.loads((ROOT / "src" / "detente" / "workbench" / "vendor.lock.json").read_text()):
        assert package["integrity"].startswith("sha512-") and re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
