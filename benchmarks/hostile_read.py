"""The whole read, record included, of 200 documents of which 20 are broken or hostile: time, memory and reasons.

    python benchmarks/hostile_read.py

Memory is the proportional set size of the command and all its children together (Linux only), sampled three times a
second. Exit code 1 when the read takes more than ten minutes or more than 1 GiB, or loses a good document.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
LIMIT_SECONDS, LIMIT_MIB, GOOD = 600, 1024, 180


def family(pid: int) -> list[int]:
    """The process and all that it began."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(p for child in children for p in family(int(child)))]


def memory(pid: int) -> float:
    """Proportional set size in MiB; 0 when the process is gone."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, HERE / "hostile_corpus.py", folder / "corpus"], check=True, capture_output=True)
        command = [sys.executable, "-m", "detente", "read", folder / "corpus", "--record", folder / "hostile.detente"]
        start, peak = time.perf_counter(), 0.0
        with (folder / "out").open("w") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
            while process.poll() is None:
                peak = max(peak, sum(memory(p) for p in family(process.pid)))
                if time.perf_counter() - start > LIMIT_SECONDS:
                    process.kill()
                time.sleep(0.3)
        seconds = time.perf_counter() - start
        text = (folder / "out").read_text(encoding="utf-8", errors="replace")
    print(text)
    read = re.search(r"(\d+) documents read", text)
    print(f"{seconds:.0f} seconds, {peak:.0f} MiB at the highest, exit code {process.returncode}")
    return int(seconds > LIMIT_SECONDS or peak > LIMIT_MIB or read is None or int(read[1]) < GOOD)


if __name__ == "__main__":
    sys.exit(main())
