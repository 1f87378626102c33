"""How fast other people's events come in and ours go out.

python benchmarks/exchange.py [--rows 100000]

Makes a GDELT table of the sample's rows, brings it in, and writes a record of the example dispatches in every format.
Processor seconds of one core.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from detente import Record
from detente.exchange import FORMATS, write_table
from detente.exchange.aggregate import aggregate
from detente.exchange.compare import compare
from detente.exchange.others import Others

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "exchange" / "sample.export.CSV"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as place:
        table, record = Path(place, "big.export.CSV"), Path(place, "r.detente")
        lines, chance = SAMPLE.read_text("utf-8").splitlines(), random.Random(1)
        with table.open("w", encoding="utf-8") as out:
            for n in range(rows):
                out.write(f"{10**8 + n}\t{chance.choice(lines).partition(chr(9))[2]}\n")
        with Record(record) as rec, Others(Path(place, "o.detente")) as others:
            rec.read(sorted((ROOT / "examples").glob("*/dispatch.txt")))
            shape_is_loaded = others.bring_in(SAMPLE, provider="sample", format="gdelt")
            assert shape_is_loaded.added
            timed(
                f"import gdelt, {rows:,} rows", rows, lambda: others.bring_in(table, provider="gdelt", format="gdelt")
            )
            timed(f"compare gdelt, {rows:,} rows", rows, lambda: compare(rec, others, "gdelt"))
            by = ["dyad", "month"]
            timed(
                f"aggregate --provider gdelt, {rows:,} rows",
                rows,
                lambda: aggregate(rec, by, "goldstein", others=others, provider="gdelt", one_a_day=True),
            )
            for name, format in FORMATS.items():
                if "events" in format.what:
                    n = len(rec.events())
                    timed(
                        f"export events as {name}",
                        n,
                        lambda name=name: write_table(rec.events(), Path(place, "x"), name, record=rec),
                    )  # type: ignore[misc]


def timed(what: str, n: int, run: object) -> None:
    began = time.process_time()
    run()  # type: ignore[operator]
    spent = time.process_time() - began
    print(f"{what:<48} {spent:7.2f} s {n / max(spent, 1e-9):>12,.0f} a second")


if __name__ == "__main__":
    main()
