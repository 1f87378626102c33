"""The table of cues: which words attribute, what may follow them, and what they add to the meaning."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from ..claims import Mind
from ..errors import CodebookError

MINDS: dict[str, Mind] = {
    "statement": "statement",
    "belief": "belief",
    "intention": "intention",
    "document": "document",
}
FRAMES = frozenset(["q", "that", "to", "ing", "np", "np-to", "np-as", "np-that", "small", "seem", "p"])
PARTS = frozenset(["verb", "noun", "adj", "adverb", "phrase"])


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: `frames` names the complements that hold what is attributed (docs/reference/statements.md).

    Those in `weak` attribute only in a plain telling: a finite, positive main clause with a named speaker.
    """

    cue: str
    pos: str
    frames: frozenset[str]
    weak: frozenset[str]
    mind: Mind
    colour: str | None
    line: int


@dataclass(frozen=True)
class CueTable:
    """Rows by lemma (with its particle, if any) and part of speech."""

    rows: dict[tuple[str, str], Cue]

    @cached_property
    def phrases(self) -> dict[str, list[tuple[list[str], Cue]]]:
        """The rows of several words by their first, longest first."""
        found: dict[str, list[tuple[list[str], Cue]]] = {}
        for row in self.rows.values():
            if row.pos == "phrase":
                first, *rest = row.cue.split()
                found.setdefault(first, []).append((rest, row))
        for rows in found.values():
            rows.sort(key=lambda pair: -len(pair[0]))
        return found

    def get(self, lemma: str, pos: str) -> Cue | None:
        return self.rows.get((lemma, pos))


def read_cues(lines: list[str], name: str) -> dict[tuple[str, str], Cue]:
    """Rows of one CSV table. Raises CodebookError with file and line for a malformed row."""
    rows: dict[tuple[str, str], Cue] = {}
    reader = csv.DictReader(lines)
    for number, row in enumerate(reader, start=2):
        cue, pos, mind = row.get("cue") or "", row.get("pos") or "", row.get("mind") or "statement"
        marked = (row.get("frames") or "").split()
        frames = frozenset(f.rstrip("?") for f in marked)
        weak = frozenset(f[:-1] for f in marked if f.endswith("?"))
        unknown = [f for f in frames if f not in FRAMES and not f.startswith(("p:", "np-p:"))]
        if not cue or pos not in PARTS or mind not in MINDS or unknown:
            raise CodebookError(
                f"{name}, line {number}: not a cue row: {row}; needs cue, pos of {sorted(PARTS)}, frames of "
                f"{sorted(FRAMES)} or p:PREPOSITION, and mind of {sorted(MINDS)}"
            )
        rows[cue, pos] = Cue(cue, pos, frames, weak, MINDS[mind], row.get("colour") or None, number)
    return rows


@cache
def load_cues(*own: Path) -> CueTable:
    """The shipped table with the user's rows over it: CSV files of the same columns, or folders with a cues.csv.

    A row of the user's with no frames takes our row of that cue and part of speech out. Raises CodebookError for what
    cannot be read.
    """
    shipped = files(__package__).joinpath("tables", "cues.csv").read_text(encoding="utf-8")
    rows = read_cues(shipped.splitlines(), "cues.csv")
    for path in own:
        file = path / "cues.csv" if path.is_dir() else path
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"{file}: {error}; a CSV file of cues is needed") from None
        rows |= read_cues(lines, str(file))
    return CueTable({key: row for key, row in rows.items() if row.frames})
