"""`detente doctor`: is everything there, and which versions."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from . import EXIT_PARTLY
from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, print_json

HELP = (
    "Check the installation: versions, model and its hashes, SQLite, and whether the record can be written.\n\n"
    "Exit code 1 when something is missing." + examples("detente doctor", "detente doctor -r iran.detente --json")
)
PACKAGES = ("spacy", "numpy", "trafilatura", "pypdfium2", "python-docx", "feedparser", "fastwarc", "pyarrow", "rigour")
EXTRAS = {
    "pandas": "for data frames: pip install 'detente[frames]'",
    "polars": "for data frames: pip install 'detente[frames]'",
    "sqlalchemy": "for a record on PostgreSQL: pip install 'detente[postgres]'",
    "psycopg": "for a record on PostgreSQL: pip install 'detente[postgres]'",
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `ok` is None where it is no fault to lack it."""

    what: str
    found: str
    ok: bool | None = True
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Adds `doctor`."""
    app.command("doctor", help=HELP)(doctor)


def doctor(record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    checks = [_python(), _detente(), *_packages(), *_models(), _sqlite(), _record(record)]
    if json:
        print_json([asdict(c) for c in checks])
    else:
        out = console()
        for check in checks:
            mark = {True: "ok", False: "MISSING", None: "-"}[check.ok]
            out.print(
                f"{mark:<8}{check.what:<22}{check.found}" + (f"  -> {check.remedy}" if check.remedy else ""),
                markup=False,
            )
    if any(c.ok is False for c in checks):
        raise typer.Exit(EXIT_PARTLY)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        "python",
        version,
        sys.version_info >= (3, 11),
        "" if sys.version_info >= (3, 11) else "use Python 3.11 or later",
    )


def _detente() -> Check:
    from ..record.taking import reader_version

    return Check("detente", reader_version())


def _packages() -> list[Check]:
    from importlib.metadata import PackageNotFoundError, version

    checks = []
    for name in (*PACKAGES, *EXTRAS):
        try:
            checks.append(Check(name, version(name)))
        except PackageNotFoundError:
            remedy = EXTRAS.get(name)
            checks.append(Check(name, "not installed", None if remedy else False, remedy or f"pip install {name}"))
    return checks


def _models() -> list[Check]:
    import hashlib
    from importlib.util import find_spec

    from ..language.pipeline import MODELS

    for name in MODELS:
        spec = find_spec(name)
        if spec and spec.origin:
            weights = sorted(Path(spec.origin).parent.rglob("model"))
            return [Check("model", name)] + [
                Check(f"  {p.parent.name}", f"sha256 {hashlib.sha256(p.read_bytes()).hexdigest()[:16]}")
                for p in weights
            ]
    return [Check("model", "none", False, f"pip install {MODELS[0].replace('_', '-')}")]


def _sqlite() -> Check:
    import sqlite3

    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    ok = "ENABLE_FTS5" in options and sqlite3.sqlite_version_info >= (3, 35)
    return Check(
        "sqlite",
        f"{sqlite3.sqlite_version}, FTS5 {'there' if 'ENABLE_FTS5' in options else 'missing'}",
        ok,
        "" if ok else "use a Python whose sqlite3 is 3.35 or later with FTS5 (that of python.org or Debian has it)",
    )


def _record(location: str) -> Check:
    from ..errors import RecordError
    from ..record import Record
    from ..record.store import is_server

    path = Path(location)
    if not is_server(location) and not path.exists():
        writable = os.access(path.absolute().parent, os.W_OK)
        return Check(
            "record",
            f"{path}: not there yet",
            None if writable else False,
            "" if writable else f"{path.absolute().parent} cannot be written",
        )
    try:
        with Record(location, create=False) as record:
            damage = record.store.damage()
            state = "read only" if record.store.readonly else "writable"
            return Check(
                "record",
                f"{record.store.location_shown}: schema {record.store.version}, {state}, {damage}",
                damage == "ok",
            )
    except RecordError as error:
        return Check("record", str(error), False)
