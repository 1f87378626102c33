"""A PostgreSQL server of our own: made for the tests in a temporary folder, on a socket, and thrown away."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

OWNER = "owner"


def binary(name: str) -> str | None:
    """Where a program of PostgreSQL is: on the path, or where Debian puts those of the newest version."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name.split(".")[0]))
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(places))]))


def unprivileged() -> dict[str, Any]:
    """As whom the server runs: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {"user": 65534, "group": 65534, "extra_groups": []}


@dataclass
class Server:
    """A server that runs. Whoever comes through its socket is whom they say they are."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def address(self, database: str = "postgres", user: str = OWNER, schema: str = "") -> str:
        more = f"&schema={schema}" if schema else ""
        return f"postgresql://{user}@/{database}?host={self.folder}{more}"

    def run(self, sql: str, database: str = "postgres", user: str = OWNER) -> list[tuple[Any, ...]]:
        """What a statement gives that somebody runs without detente."""
        import psycopg

        with psycopg.connect(host=str(self.folder), dbname=database, user=user, autocommit=True) as con:
            cursor = con.execute(sql)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        name = f"news{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return name


@contextmanager
def running() -> Iterator[Server]:
    """Skips the test that asks for it where there is none to be had."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'detente[postgres]'")
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install 'detente[postgres]'")
    initdb, postgres = binary("initdb"), binary("postgres")
    if initdb is None or postgres is None:
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder, who = Path(name), unprivileged()
        if who:
            os.chown(folder, who["user"], who["group"])
        data = folder / "data"
        # With a language's rules for sorting, as servers mostly have: the record must not follow them.
        making = [initdb, "-D", data, "-A", "trust", "-U", OWNER, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        quiet: dict[str, Any] = {"capture_output": True, "text": True, "cwd": folder, **who}
        if subprocess.run([*making, "--locale-provider=icu", "--icu-locale=en-US"], **quiet).returncode:
            shutil.rmtree(data, ignore_errors=True)
            made = subprocess.run(
                [initdb, "-D", data, "-A", "trust", "-U", OWNER, "--no-sync", "-E", "UTF8", "--no-locale"], **quiet
            )
            assert made.returncode == 0, made.stderr
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [
                    postgres,
                    "-D",
                    data,
                    "-k",
                    folder,
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "fsync=off",
                    "-c",
                    "max_connections=200",
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                **who,
            )
        try:
            yield wait_for(Server(folder), running)
        finally:
            running.send_signal(3)  # immediate: nothing of it is kept
            running.wait()


def wait_for(server: Server, running: subprocess.Popen[bytes]) -> Server:
    import psycopg

    for _ in range(300):
        try:
            server.run("SELECT 1")
            return server
        except psycopg.OperationalError:
            if running.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"PostgreSQL does not start: {(server.folder / 'log').read_text('utf-8', 'replace')}")
