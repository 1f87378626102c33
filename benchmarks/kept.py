"""Results that are kept: one JSON file a measurement in `benchmarks/results`, with when, where and how it was taken.

    {"at": "2026-11-25T17:20:00Z", "command": "python benchmarks/cores.py", "machine": {"cores": 2, ...},
     "figures": {"documents": 240, ...}, "runs": [...]}

`runs` is there where runs add up (a million documents, an hour of fuzzing, a thousand kills): each with its own figures,
while `figures` has the sums.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """The machine, and how busy it was in the last minute: the mean number of programs that wanted a core."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def command() -> str:
    """The command that runs, as a user types it."""
    script = Path(sys.argv[0])
    named = [f"benchmarks/{script.name}", *(a for a in sys.argv[1:] if not a.startswith("/"))]
    return " ".join(["python", *named])


def kept(name: str, folder: Path = RESULTS) -> dict[str, Any] | None:
    """What was measured; None when it never was."""
    file = folder / f"{name}.json"
    found: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return found


def keep(
    name: str, figures: dict[str, Any], *, load: float | None = None, by: str = "", folder: Path = RESULTS, **more: Any
) -> Path:
    """Keeps what was measured, in place of what was measured before. `load`: before the measurement began, which
    itself makes the machine busy."""
    about = machine()
    if load is not None:
        about["load"] = round(load, 1)
    told = {"at": now(), "command": by or command(), "machine": about, "figures": figures, **more}
    return _write(folder / f"{name}.json", told)


def add(
    name: str,
    run: dict[str, Any],
    sums: Iterable[str],
    *,
    load: float | None = None,
    by: str = "",
    folder: Path = RESULTS,
) -> dict[str, Any]:
    """Adds a run to what was measured before. `sums`: the figures that add up over runs; of the others the largest
    counts. Returns the figures of all runs."""
    before = kept(name, folder) or {}
    runs = [*before.get("runs", []), {"at": now(), **run}]
    added = set(sums)
    figures: dict[str, Any] = {}
    for figure in run:
        values = [r[figure] for r in runs if isinstance(r.get(figure), int | float)]
        if values:
            figures[figure] = sum(values) if figure in added else max(values)
    figures = {name: round(value, 1) if isinstance(value, float) else value for name, value in figures.items()}
    keep(name, figures, load=load, by=by, folder=folder, runs=runs)
    return figures


def seed_of(name: str, asked: int | None, *, keep: bool) -> int:
    """The seed that is asked for; else 1, or of a run that is kept its number."""
    if asked is not None:
        return asked
    return 1 + len((kept(name) or {}).get("runs", [])) if keep else 1


def _write(file: Path, told: dict[str, Any]) -> Path:
    file.parent.mkdir(exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}")
    half.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    half.replace(file)
    return file


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8").splitlines()
    except OSError:
        return []
