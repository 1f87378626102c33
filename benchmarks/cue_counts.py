"""The counts that the column `frames` of cues.csv was chosen from, as far as counts chose it.

    python benchmarks/cue_counts.py ../shared/gold/statements/polnear_train.jsonl [--articles 200] [--least 5]

Every row of the table is let attribute with every frame; what the constructions then find in annotated articles is
compared with what the annotators marked. For each cue and frame: how often it was found, how often rightly (the cue
meets a marked cue, and the contents share half of their characters), the same in plain tellings (a positive, finite
main clause with a named speaker), what these counts speak for (the frame, the frame with '?', or none of it, where it
was found at least `--least` times and half of that was right), and what the table has.

The counts are of a frame as the constructions see it: `np+` is an object with what completes it (np-to, np-as,
np-p:of), `to` an open clause (to, ing). The table goes by them where there are enough, and by meaning where there are
few: of a class of verbs ('denounce', 'deplore', 'decry') all have the frames of those that are frequent.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.document import Document, Span
from detente.evaluation.report import read_jsonl
from detente.language import Parse, find_quotes, parse_many
from detente.language.nearby import quotations
from detente.statements.attributions import candidates
from detente.statements.cues import FRAMES, CueTable, load_cues
from detente.statements.found import Found
from detente.statements.mending import mended
from detente.statements.quoted import outer
from detente.statements.tree import Tree
from detente.statements.worth import frame_code, is_plain

PREPOSITIONS = "about against at for from in into of on over to toward with".split()
HALF = 0.5


def main(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, JSON Lines.")],
    articles: Annotated[int, typer.Option(help="At most so many articles; 0 for all.")] = 0,
    least: Annotated[int, typer.Option(help="Fewer findings than this speak for nothing.")] = 5,
) -> None:
    """Prints one CSV row for each cue and frame that was found at all."""
    records = read_jsonl(gold)[: articles or None]
    shipped = load_cues()
    counts: Counter[tuple[str, str, str, str]] = Counter()
    documents = (Document.from_text(r["text"]) for r in records)
    for record, parsed in zip(records, parse_many(documents), strict=True):
        for found, plain in offered(parsed, every_frame(shipped)):
            if found.row is None or (found.row.cue, found.row.pos) not in shipped.rows:
                continue
            key = (found.row.cue, found.row.pos, frame_code(found))
            right = any(is_right(found, a) for a in record["attributions"])
            for name in ("found", *(["right"] if right else []), *(["plain"] if plain else [])):
                counts[(*key, name)] += 1
            counts[(*key, "plain right")] += right and plain
    out = csv.writer(sys.stdout)
    out.writerow(("cue", "pos", "frame", "found", "right", "plain", "plain right", "counts speak for", "table has"))
    for cue, pos, frame in sorted({k[:3] for k in counts}):
        row = [counts[cue, pos, frame, name] for name in ("found", "right", "plain", "plain right")]
        out.writerow(
            (cue, pos, frame, *row, spoken_for(*row, least=least, frame=frame), in_table(shipped, cue, pos, frame))
        )


def every_frame(table: CueTable) -> CueTable:
    """The same rows, each with all frames and none of them weak."""
    all_frames = (FRAMES - {"seem"}) | {f"p:{p}" for p in PREPOSITIONS} | {f"np-p:{p}" for p in PREPOSITIONS}
    return CueTable(
        {
            k: replace(r, frames=r.frames | all_frames if r.pos != "phrase" else r.frames, weak=frozenset())
            for k, r in table.rows.items()
        }
    )


def offered(parsed: Parse, cues: CueTable) -> Iterator[tuple[Found, bool]]:
    """What the constructions offer in one article, each with whether it is a plain telling."""
    tree = mended(Tree(parsed), cues)
    for found in candidates(tree, cues, outer(quotations(find_quotes(tree.text)))):
        yield found, is_plain(found, tree)


def is_right(found: Found, marked: dict[str, Any]) -> bool:
    """Whether an annotator marked it: the cues meet, and the contents share half of their characters."""
    cue = marked.get("cue")
    if not cue or not found.cue.overlaps(Span(*cue)):
        return False
    ours = {k for p in found.content for k in range(p.start, p.end)}
    theirs = {k for s, e in marked["content"] for k in range(s, e)}
    return bool(ours | theirs) and len(ours & theirs) >= HALF * len(ours | theirs)


def spoken_for(found: int, right: int, plain: int, plain_right: int, *, least: int, frame: str) -> str:
    if found >= least and right >= HALF * found:
        return frame
    if plain >= least and plain_right >= HALF * plain:
        return f"{frame}?"
    return "too few" if found < least else "-"


def in_table(table: CueTable, cue: str, pos: str, frame: str) -> str:
    """The row's frames of that kind, with their marks."""
    row = table.rows[cue, pos]
    kinds = {
        "np+": [f for f in row.frames if f.startswith("np-")],
        "to": [f for f in row.frames if f in {"to", "ing", "np-to"}],
    }
    mine = sorted(kinds.get(frame, [f for f in row.frames if f == frame]))
    return " ".join(f"{f}?" if f in row.weak else f for f in mine) or "-"


if __name__ == "__main__":
    typer.run(main)
