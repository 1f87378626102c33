"""Looks for known vulnerabilities in the locked dependencies with pip-audit.

Exit code 1 when one is known. Where pip-audit or its data cannot be had (no way to the internet), it says so and
exit code 0 lets the other checks go on: what was not looked at is never called clean.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "audit"
VERSION = "2.10.1"
LOCK = ROOT / "requirements.lock"


def main() -> int:
    if not installed():
        print(f"vulnerabilities: NOT CHECKED, pip-audit {VERSION} cannot be installed here")
        return 0
    report = PLACE / "report.json"
    report.unlink(missing_ok=True)
    words = ["-r", str(LOCK), "--disable-pip", "--progress-spinner", "off", "-f", "json", "-o", str(report)]
    run = subprocess.run([PLACE / "bin" / "python", "-m", "pip_audit", *words], capture_output=True, text=True)
    if not report.exists():
        reason = (run.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"vulnerabilities: NOT CHECKED, the data cannot be had here ({reason[:150]})")
        return 0
    return tell(json.loads(report.read_text("utf-8"))["dependencies"])


def installed() -> bool:
    if not (PLACE / "bin" / "python").exists():
        venv.create(PLACE, with_pip=True)
    words = [PLACE / "bin" / "python", "-m", "pip", "install", "-q", f"pip-audit=={VERSION}"]
    return subprocess.run(words, capture_output=True).returncode == 0


def tell(dependencies: list[dict[str, object]]) -> int:
    """Prints what is known of each dependency and returns the exit code."""
    skipped = [d for d in dependencies if "skip_reason" in d]
    looked_at = [d for d in dependencies if "skip_reason" not in d]
    if not looked_at:
        print(
            f"vulnerabilities: NOT CHECKED, the data know none of the {len(skipped)} dependencies (an index without them?)"
        )
        return 0
    known = [(d, v) for d in looked_at for v in d.get("vulns") or []]  # type: ignore[union-attr, attr-defined]
    for dependency, found in known:
        print(
            f"  {dependency['name']} {dependency['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        )
    print(
        f"vulnerabilities: {len(known)} known in {len(looked_at)} dependencies; {len(skipped)} could not be looked up"
    )
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
