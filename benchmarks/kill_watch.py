"""Kills watches at random moments until each is through, and counts what was lost or told twice.

python benchmarks/kill_watch.py [--watches 6] [--entries 16]

Uses the tests' own server of feeds on this machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "exchange"))

from feedserver import FeedServer
from test_exchange_watch import SANCTIONS, TREATY, _runs_through, allowed, plan

from detente import Document, Record, read
from detente.exchange.watch.sinks import FileSink, WebhookSink


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watches", type=int, default=6)
    parser.add_argument("--entries", type=int, default=16)
    asked = parser.parse_args()
    read(Document.from_text("Norway met Peru."))  # loaded here, so that the forked watches begin at once
    kills = lost = doubled = unheard = 0
    for seed in range(asked.watches):
        with tempfile.TemporaryDirectory() as place:
            killed, documents, told, heard = one(seed, asked.entries, Path(place))
        kills += killed
        lost += asked.entries - documents
        doubled += len(told) - len(set(told))
        unheard += len(set(told) ^ heard)
    print(
        f"{kills} kills in {asked.watches} watches of {asked.entries} entries: {lost} entries lost, {doubled} alerts twice in the "
        f"file, {unheard} that only one of file and webhook has"
    )


def one(seed: int, entries: int, place: Path) -> tuple[int, int, list[str], set[str]]:
    """(kills, documents on record, alerts in the file, alerts that the webhook heard) of one watch."""
    server, chance, kills = FeedServer(), random.Random(seed), 0
    server.entries = list(range(entries))
    sinks = (FileSink(place / "a.jsonl"), WebhookSink(server.address("/hook"), allowed(server)))
    watch = plan(server, every=0.01, searches=(TREATY, SANCTIONS), sinks=sinks)
    while not _runs_through(place / "r.detente", watch, chance.uniform(0.1, 0.3) * 1.25**kills):
        kills += 1
    with Record(place / "r.detente") as record:
        documents = len(record.documents())
    told = [json.loads(line)["id"] for line in (place / "a.jsonl").read_text("utf-8").splitlines()]
    server.shutdown()
    server.server_close()
    return kills, documents, told, set(server.keys)


if __name__ == "__main__":
    main()
