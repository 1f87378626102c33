"""What `import detente` promises: no more and no less."""

from __future__ import annotations

import subprocess
import sys

import detente

SURFACE = [
    "ActorMention", "ActorRef", "Agreement", "Attribution", "Claim", "Claims", "DateMention", "DateRef", "DetenteError",
    "Document", "Event", "PlaceMention", "PlaceRef", "PlanProposal", "Reader", "Record", "Span", "Stance", "read",
]  # fmt: skip
RECORD = {
    "accept", "actors", "add", "agreements", "claim", "claims_in", "close", "contents_hash", "correct", "corroboration", "counts",
    "document", "documents", "events", "history", "issues", "mentions", "path", "plans", "read", "reader_version", "reject", "runs",
    "same_dispatch", "search", "sources", "stances", "statements", "statistics", "text_of", "timeline", "undo", "view",
}  # fmt: skip


def test_the_surface() -> None:
    assert sorted(detente.__all__) == SURFACE
    for name in SURFACE:
        assert getattr(detente, name).__doc__, name


def test_the_record() -> None:
    assert {name for name in vars(detente.Record) if not name.startswith("_")} == RECORD


def test_importing_is_cheap() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import sys, detente; print(*sys.modules)"], capture_output=True, text=True
    )
    assert not set(run.stdout.split()) & {"spacy", "numpy", "sqlite3", "pyarrow"}
