"""Mutates documents of every format and reads them, looking for crashes, hangs and growth.

    python benchmarks/fuzz_sources.py --seconds 60 --seed 1
    python benchmarks/fuzz_sources.py --seconds 600 --keep   # adds to the runs before, with a seed of its own

A finding is an exception (readers must raise none), an error whose reason is not of the list, a text that
cannot be stored, a reading of the same bytes that differs, or a document that took longer than its limit.
Prints a line per format, and exits with 1 when there were findings.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import hostile_corpus as corpus
import kept

from detente.document import Document
from detente.sources import REASONS, Limits, read_bytes

LIMITS = Limits(seconds=2.0, wall_seconds=20.0)
TOO_LONG = 25.0
PIECES = (b"<", b">", b"\0", b"\xff", b"\xfe\xff", b"{", b"[", b'"', b"\r\n", b"<div>" * 50, b"%PDF-", b"\x1f\x8b\x08\x00",
          b"PK\x03\x04", b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"\xed\xa0\x80", b"\\ud800", b"<!--", b"<![CDATA[",
          b"&#x110000;", b"-" * 300, b"A " * 200, b"9" * 400, b"=?utf-8?q?=00?=", b"charset=utf-16", b"boundary=")  # fmt: skip


def seeds() -> dict[str, bytes]:
    """One sound document of each format."""
    told = [corpus.story(random.Random(n)) for n in range(3)]
    found = {name.replace("-{}", ""): make(told[:most]) for name, make, most in corpus.GOOD}
    found["crawl.warc"] = gzip.decompress(found["crawl.warc.gz"])
    found["news.parquet"] = parquet([text for _, text in told])
    found["atom.xml"] = (
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>M</title><entry><id>1</id>'
        b'<title>V</title><updated>2020-05-06T07:08:09Z</updated><content type="html">&lt;p&gt;Left.&lt;/p&gt;</content>'
        b"</entry></feed>"
    )
    return found


def parquet(texts: list[str]) -> bytes:
    from pyarrow import BufferOutputStream, table
    from pyarrow.parquet import write_table

    sink = BufferOutputStream()
    write_table(
        table({"id": [str(n) for n in range(len(texts))], "text": texts, "date": ["2020-05-06"] * len(texts)}), sink
    )
    return bytes(sink.getvalue().to_pybytes())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with some bytes changed, cut out, doubled, or replaced by awkward ones."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + chance.choice((1, 2, 8, 64, 512)))
        way = chance.randrange(6)
        if way == 0 and changed:
            changed[min(at, len(changed) - 1)] = chance.randrange(256)
        elif way == 1:
            del changed[at:to]
        elif way == 2:
            changed[at:at] = changed[at:to] * chance.choice((1, 3, 100))
        elif way == 3:
            changed[at:at] = chance.choice(PIECES)
        elif way == 4:
            changed[at:to] = chance.randbytes(to - at)
        else:
            del changed[at:]
    return bytes(changed[:2_000_000])


def findings_in(data: bytes, name: str, twice: bool) -> tuple[list[str], Counter[str]]:
    """What is wrong with how `data` is read, and how it ended."""
    began = time.monotonic()
    wrong: list[str] = []
    ends: Counter[str] = Counter()
    try:
        found = list(read_bytes(data, name=name, limits=LIMITS))
        again = list(read_bytes(data, name=name, limits=LIMITS)) if twice else found
    except Exception as error:
        return [f"raised {type(error).__name__}: {error}"], ends
    if len(found) < 2 and time.monotonic() - began > TOO_LONG:
        wrong.append("took too long")
    for one in found:
        ends["read" if isinstance(one, Document) else one.reason] += 1
        if isinstance(one, Document):
            try:
                f"{one}".encode()
            except UnicodeEncodeError:
                wrong.append("cannot be stored")
        elif one.reason not in REASONS:
            wrong.append(f"unknown reason {one.reason}")
    timed = any(end in ends for end in ("timed-out", "out-of-memory", "crashed"))
    if not timed and [str(one) for one in found] != [str(one) for one in again]:
        wrong.append("read differently the second time")
    return wrong, ends


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, help="1, or with --keep the number of the run")
    parser.add_argument("--inputs", type=Path, help="folder for the inputs with findings")
    parser.add_argument("--keep", action="store_true", help="add the run to those in benchmarks/results/fuzz.json")
    asked = parser.parse_args()
    load, seed = os.getloadavg()[0], kept.seed_of("fuzz", asked.seed, keep=asked.keep)
    chance = random.Random(seed)
    originals = seeds()
    totals: dict[str, Counter[str]] = {name: Counter() for name in originals}
    count = bad = 0
    until, early = time.monotonic() + asked.seconds, 0
    while time.monotonic() < until:
        name = chance.choice(list(originals))
        data = mutated(originals[name], chance)
        wrong, ends = findings_in(data, name, twice=count % 10 == 0)
        totals[name] += ends
        count += 1
        early = early or (count >= 200 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        for finding in wrong:
            bad += 1
            print(f"FINDING no. {count} {name}: {finding}")
        if wrong and asked.inputs:
            asked.inputs.mkdir(parents=True, exist_ok=True)
            (asked.inputs / f"{seed}-{count}-{name}").write_bytes(data)
    for name, ends in totals.items():
        print(f"{name:16} {', '.join(f'{end} {n}' for end, n in ends.most_common())}")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - early) // 1024 if early else 0
    print(f"{count} inputs in {asked.seconds:g} s, {bad} findings, {grown} MiB grown after the first 200")
    if asked.keep:
        told = {"seconds": asked.seconds, "inputs": count, "findings": bad, "MiB grown": grown, "seed": seed}
        print("all runs:", kept.add("fuzz", told, ("seconds", "inputs", "findings"), load=load))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
