"""How `detente read` tells how far it is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from detente import Record
from detente.cli.reading import Meter, clock, share_of
from detente.record import Progress


def progress(done: int, *, read: int | None = None, of: int | None = None, files: int | None = None) -> Progress:
    return Progress(done, files, done, 0, 0, "x", read, of)


@pytest.mark.parametrize(
    ("told", "share"),
    [
        (progress(400, read=250, of=1000, files=1), 0.25),
        (progress(3, files=12), 0.25),
        (progress(3, files=1), None),  # one address: it may be a feed of many
        (progress(3), None),
        (progress(30, files=12), 1.0),
    ],
)
def test_the_share_is_that_of_bytes_where_they_are_known(told: Progress, share: float | None) -> None:
    assert share_of(told) == share


def test_the_bar_shows_rate_and_time_left_of_a_file_with_many_documents() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=120)
    bar = Bar(console=screen, auto_refresh=False)
    meter = Meter(quiet=False, bar=bar)
    meter._began -= 100
    meter.tell(progress(500, read=2_000, of=10_000, files=1))
    fields = bar.tasks[0].fields
    meter.stop()
    assert (fields["documents"], fields["rate"], fields["left"]) == ("500 documents", "5.0/s", "6:40 left")


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (309, "5:09"), (11_109, "3:05:09")])
def test_time_is_shown_as_a_clock_does(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_a_read_tells_the_bytes_of_what_it_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.record.taking.COMMIT_SECONDS", 0.0)  # tells after each hundred, not each second
    lines = [
        json.dumps({"id": n, "text": f"Le ministre a dit hier que la rivière {n} était calme et belle."})
        for n in range(900)
    ]
    file = tmp_path / "fr.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    told: list[Progress] = []
    with Record(tmp_path / "r.detente") as record:
        record.read(file, progress=told.append)
    size = file.stat().st_size
    assert [p.bytes_total for p in told] == [size] * len(told) and told[-1].bytes_read == size
    assert len(told) > 2 and told[0].bytes_read == pytest.approx(size * told[0].done / 900, rel=0.2)
