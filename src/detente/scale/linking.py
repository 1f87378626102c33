"""Duplicates and corroboration across parts, as the engine's own map and reduce over hash partitions.

Documents meet where a band of their MinHash signatures is equal (Broder 1997; see record/similar.py) and are one
dispatch when 60 % of the signature is. Events corroborate each other when actor, recipient, type, day and country are the
same in several documents; how many of these do not depend on each other is counted by dispatch and outlet, as in a record.

    OUT/links/documents.parquet   a, b, likeness; story: the first id of the dispatch
    OUT/links/events.parquet      actor, recipient, type, day, country, claims, documents, independent, ids
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations
from typing import Any, TypeVar

import numpy as np

from ..errors import DetenteError
from ..record.linking import independent
from ..record.similar import CROWD, HASHES, RESEMBLANCE, bands_of
from .engines import Died, Engine
from .folders import Folder
from .parts import part_names, rows_of, write_rows

BUCKETS = 16

Pair = tuple[str, str, float]
"""Two documents that carry one dispatch, the smaller id first, and how like they are."""
Item = TypeVar("Item")
Result = TypeVar("Result")


def link_parts(out: Folder, engine: Engine) -> dict[str, int]:
    """Links the complete parts in `out`. Returns how many documents and events were linked."""
    names = part_names(out)
    out.remove(".links")
    _all(engine, partial(_scatter_bands, out), names)
    pairs: list[Pair] = sorted(
        {pair for found in _all(engine, partial(_pairs_in, out), range(BUCKETS)) for pair in found}
    )
    stories = _stories(pairs)
    links = [{"a": a, "b": b, "likeness": score, "story": stories[a]} for a, b, score in pairs]
    write_rows(out, "links/documents.parquet", links, _schema("a", "b", "story", likeness="float"))
    out.put(".links/stories.json", json.dumps(stories).encode())
    _all(engine, partial(_scatter_events, out), names)
    events = [row for found in _all(engine, partial(_groups_in, out), range(BUCKETS)) for row in found]
    events.sort(key=lambda row: (row["day"], row["actor"], row["recipient"], row["type"], row["country"]))
    numbers = dict.fromkeys(("claims", "documents", "independent"), "int")
    write_rows(out, "links/events.parquet", events,
               _schema("actor", "recipient", "type", "day", "country", "ids", **numbers))  # fmt: skip
    out.remove(".links")
    return {"documents": len(stories), "events": len(events)}


def _all(engine: Engine, function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    found = []
    for item, result in engine.run(function, list(items)):
        if isinstance(result, Died):
            raise DetenteError(f"a worker died of linking part {item}; run the same command again")
        found.append(result)
    return found


def _scattered(out: Folder, bucket: str) -> Iterator[Any]:
    """The rows that the parts put into a bucket."""
    for name in out.names(bucket):
        yield from json.loads(out.read(f"{bucket}/{name}") or b"[]")


def _schema(*texts: str, **others: str) -> Any:
    import pyarrow as pa

    kinds = {"int": pa.int64(), "float": pa.float64()}
    return pa.schema([*((t, pa.string()) for t in texts), *((name, kinds[kind]) for name, kind in others.items())])


# --- documents --------------------------------------------------------------------------------------------


def _scatter_bands(out: Folder, name: str) -> None:
    """The bands of one part's documents, by bucket."""
    buckets: dict[int, list[Any]] = defaultdict(list)
    for row in rows_of(out, f"documents/part-{name}.parquet", ["id", "signature"]):
        if row["signature"] is None:
            continue  # left out by triage
        for band in bands_of(np.frombuffer(row["signature"], np.uint32)):
            buckets[band % BUCKETS].append((band, row["id"], row["signature"].hex()))
    for bucket, rows in buckets.items():
        out.put(f".links/bands/{bucket}/{name}", json.dumps(rows).encode())


def _pairs_in(out: Folder, bucket: int) -> list[Pair]:
    """(a, b, likeness) of the like documents that meet in a bucket, a < b; in a crowd each with the first alone."""
    bands: dict[int, dict[str, str]] = defaultdict(dict)
    for band, id, signature in _scattered(out, f".links/bands/{bucket}"):
        bands[band][id] = signature
    found = set()
    for members in bands.values():
        ids = sorted(members)
        for a, b in combinations(ids, 2) if len(ids) <= CROWD else ((ids[0], other) for other in ids[1:]):
            same = np.frombuffer(bytes.fromhex(members[a]), np.uint32) == np.frombuffer(
                bytes.fromhex(members[b]), np.uint32
            )
            if (score := float(same.sum()) / HASHES) >= RESEMBLANCE:
                found.add((a, b, round(score, 3)))
    return sorted(found)


def _stories(pairs: Iterable[Pair]) -> dict[str, str]:
    """The first id of the dispatch of each document that shares one."""
    first: dict[str, str] = {}

    def find(id: str) -> str:
        while first.setdefault(id, id) != id:
            first[id] = id = first[first[id]]
        return id

    for a, b, _ in pairs:
        one, other = sorted((find(a), find(b)))
        first[other] = one
    return {id: find(id) for id in sorted(first)}


# --- events -----------------------------------------------------------------------------------------------


def _scatter_events(out: Folder, name: str) -> None:
    """One part's events that have an actor, a recipient and a day, by bucket of their key."""
    outlets = {r["id"]: r["outlet"] for r in rows_of(out, f"documents/part-{name}.parquet", ["id", "outlet"])}
    buckets: dict[int, list[Any]] = defaultdict(list)
    columns = ["id", "document", "type", "status", "day", "date", "country", "payload"]
    for row in rows_of(out, f"claims/kind=event/part-{name}.parquet", columns):
        if row["status"] != "done" or not row["date"] or not row["day"]:
            continue
        event = json.loads(row["payload"])
        for actor in sorted({_key(a) for a in event["actors"]}):
            for recipient in sorted({_key(r) for r in event["recipients"]}):
                key = (actor, recipient, row["type"], row["day"], row["country"] or "")
                bucket = zlib.crc32("|".join(key).encode()) % BUCKETS
                buckets[bucket].append((key, row["id"], row["document"], outlets.get(row["document"])))
    for bucket, rows in buckets.items():
        out.put(f".links/events/{bucket}/{name}", json.dumps(rows).encode())


def _key(actor: dict[str, Any]) -> str:
    """As `ActorRef.key`."""
    return str(actor["country"] or actor["id"] or actor["name"] or actor["text"])


def _groups_in(out: Folder, bucket: int) -> list[dict[str, Any]]:
    """The keys of a bucket that several documents have."""
    stories: dict[str, str] = json.loads(out.read(".links/stories.json") or b"{}")
    groups: dict[tuple[str, ...], set[tuple[str, str, str | None]]] = defaultdict(set)
    for key, id, document, outlet in _scattered(out, f".links/events/{bucket}"):
        groups[tuple(key)].add((id, document, outlet))
    found = []
    for (actor, recipient, type, day, country), members in groups.items():
        if len({document for _, document, _ in members}) < 2:
            continue
        told = [{"story": stories.get(document, document), "outlet": outlet} for _, document, outlet in members]
        found.append({
            "actor": actor, "recipient": recipient, "type": type, "day": day, "country": country,
            "claims": len(members), "documents": len({document for _, document, _ in members}), "independent": independent(told),
            "ids": json.dumps(sorted(id for id, _, _ in members)),
        })  # fmt: skip
    return found
