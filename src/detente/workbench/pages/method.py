"""How the numbers are made: codebook, versions, confidence, what the record cannot tell."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..desk import Desk
from ..labels import cameo, codebook_rows, event_types, quad_of_type


def method_page(desk: Desk, request: Request) -> Response:
    """Versions, confidence against decisions, and the limits."""
    return desk.page(request, "method.html", **desk.remember("method", lambda: _method(desk)))


def _method(desk: Desk) -> dict[str, Any]:
    store = desk.record.store
    extractors = store.rows(
        "SELECT extractor, count(*) AS n FROM (SELECT extractor FROM claims ORDER BY n DESC LIMIT 5000) AS latest "
        "GROUP BY extractor ORDER BY n DESC, extractor LIMIT 20"
    )
    return {
        "extractors": [tuple(r) for r in extractors],
        "reader_now": desk.record.reader_version(),
        "runs": desk.record.runs()[:5],
        "numbers": desk.record.statistics(),
        "calibration": calibration(desk),
        "accuracy": figures("accuracy"),
        "bands": figures("calibration"),
    }


_MARKDOWN = re.compile(r"\*\*|`|\[([^\]]*)\]\([^)]*\)")
"""What the documentation marks up in its figures."""


@cache
def figures(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of measured figures; `docs/make_figures.py` gives the documentation the same."""
    path = Path(__file__).parents[1] / "tables" / f"{name}.csv"
    rows: list[dict[str, str]] = []
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            plain = {k: _MARKDOWN.sub(r"\1", v) for k, v in row.items()}
            before = rows[-1] if rows else {}
            # An empty cell of the first or the last column stands under one that holds for it as well.
            rows.append({**plain, **{k: plain[k] or before.get(k, "") for k in ("data", "command") if k in plain}})
    return tuple(rows)


def calibration(desk: Desk) -> list[dict[str, Any]]:
    """What people decided on claims, by the confidence that these had: where confidence is honest, the share that was
    accepted lies within its band."""
    rows = desk.record.store.rows(
        "SELECT CASE WHEN confidence < 0.2 THEN 0 WHEN confidence < 0.4 THEN 1 WHEN confidence < 0.6 THEN 2 "
        "WHEN confidence < 0.8 THEN 3 ELSE 4 END AS band, sum(state = 'accepted') AS accepted, "
        "sum(state IN ('rejected', 'corrected')) AS refused FROM claims "
        "WHERE state <> 'unreviewed' AND state IN ('accepted', 'rejected', 'corrected') AND replaces IS NULL GROUP BY band ORDER BY band"
    )
    return [
        {
            "band": f"{r['band'] / 5:.1f} to {(r['band'] + 1) / 5:.1f}",
            "accepted": r["accepted"],
            "refused": r["refused"],
            "share": r["accepted"] / (r["accepted"] + r["refused"]),
        }
        for r in rows
    ]


def codebook_page(desk: Desk, request: Request) -> Response:
    """The types, modes and CAMEO codes, each with its definition."""
    return desk.page(
        request,
        "codebook.html",
        types=[(t, quad_of_type().get(t), what, modes().get(t, [])) for t, what in event_types().items()],
        codes=[row for _, row in sorted(cameo().items())],
    )


@cache
def modes() -> dict[str, list[tuple[str, str]]]:
    """Type to its (mode, definition)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in codebook_rows("modes.csv"):
        found.setdefault(row["type"], []).append((row["mode"], row["definition"]))
    return found
