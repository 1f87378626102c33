"""The sentences that the documentation explains are explained so by the coder as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "event-coding.md"


def check(page: str, folder: Path) -> int:
    """What `docs/make_explained.py --check` returns for a page."""
    (folder / "explanation").mkdir()
    (folder / "explanation" / PAGE.name).write_text(page, encoding="utf-8")
    script = folder / "make_explained.py"
    script.write_bytes((ROOT / "docs" / "make_explained.py").read_bytes())
    return subprocess.run([sys.executable, str(script), "--check"], check=False).returncode


def test_the_page_shows_what_explain_says(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("$ detente explain") >= 20
    assert check(page, tmp_path) == 0, "run: python docs/make_explained.py"


def test_a_page_that_says_something_else_is_found(tmp_path: Path) -> None:
    one = '    $ detente explain "Kenya attacked Chad."\n      ASSAULT 190, done: Chad (TCD) -> Kenya (KEN)\n'
    assert check(one, tmp_path) == 1
