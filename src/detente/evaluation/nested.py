"""Statements inside statements: at each level the speaker, cue and content, and who vouches for whom.

Gold: a YAML list of {"text", "said"}; a row of `said` is [source, cue, content, number of the statement that this one
stands in (0: none), outlet or null], each as the text has it. Sources agree when each holds the other's head, contents
when they share half of their tokens, cues with one token. A statement vouches rightly when the one that it stands in
was found and is its parent on record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..claims import Attribution
from ..document import Document
from ..errors import UsageError
from .attribution_scores import Scored, Tokenised, linked, overlapping, sources_agree
from .report import Measure, Report, measure_of, share_of
from .statements import plain

LEVELS = ("outer", "inner")
PARTS = ("source", "cue", "content", "source, cue and content")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expected statement: `inside` is the number (from 1) of the statement that it stands in, 0 for none."""

    scored: Scored
    inside: int
    outlet: str | None


def evaluate(gold: Path) -> Report:
    """Reads the texts of `gold` and scores what is found in them. Raises UsageError for a file of another form."""
    from ..reading import read

    rows = yaml.load(gold.read_text(encoding="utf-8"), yaml.CSafeLoader)
    scored = []
    for number, row in enumerate(rows, 1):
        document = Document.from_text(row["text"])
        doc = Tokenised(document.text)
        try:
            expected = [wanted(doc, document.text, *said) for said in row["said"]]
        except (TypeError, ValueError) as error:
            raise UsageError(f"{gold}, text {number}: {error}") from None
        scored.append(compare(doc, expected, read(document).attributions))
    return Report("nested statements", gold.name, len(rows), tuple(measures_of(scored)), ())


def wanted(doc: Tokenised, text: str, source: str, cue: str, content: str, inside: int, outlet: str | None) -> Wanted:
    """A row in tokens. Raises ValueError for words that do not stand in the text."""
    places = {}
    at = text.find(content)
    held = range(at, at + len(content))
    for words, where in ((content, at), (source, nearest(text, source, held)), (cue, nearest(text, cue, held))):
        if where < 0:
            raise ValueError(f"{words!r} does not stand in the text")
        places[words] = [where, where + len(words)]
    said = {"source": places[source], "cue": places[cue], "content": [places[content]]}
    return Wanted(doc.scored(said), inside, outlet)


def nearest(text: str, words: str, content: range) -> int:
    """Where `words` stand nearest to the content and outside it; -1 where they don't."""
    places = [m.start() for m in re.finditer(rf"\b{re.escape(words)}", text) if m.start() not in content]
    return min(places, key=lambda at: min(abs(at - content.start), abs(at - content.stop)), default=-1)


@dataclass
class Compared:
    """What came of one text: for each expected statement the parts that are right."""

    expected: Sequence[Wanted]
    parts: list[dict[str, bool]]
    found: int
    right: int


def compare(doc: Tokenised, expected: Sequence[Wanted], claims: Sequence[Attribution]) -> Compared:
    """The parts of each expected statement that are right, over the claims of one text."""
    founds = [doc.scored(plain(c.source, c.cue, c.content)) for c in claims]
    golds = [e.scored for e in expected]
    triples = dict(linked(golds, founds)[1])
    partner = dict(overlapping([g.cue for g in golds], [f.cue for f in founds]))
    partner.update(triples)
    parts = []
    for n, want in enumerate(expected):
        claim = claims[partner[n]] if n in partner else None
        found = founds[partner[n]] if n in partner else None
        whole = n in triples
        right = {
            "source": found is not None and sources_agree(want.scored, found),
            "cue": found is not None,
            "content": found is not None and agree(want.scored.content, found.content),
            "source, cue and content": whole,
        }
        if want.inside:
            above = triples.get(want.inside - 1)
            right["vouched for by the right one"] = (
                whole and above is not None and claim is not None and claim.parent == claims[above].id
            )
        if want.outlet:
            right["outlet"] = claim is not None and any(same(want.outlet, v.text, v.name) for v in claim.via)
        parts.append(right)
    return Compared(expected, parts, len(claims), len(triples))


def agree(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two contents share half of their tokens."""
    return len(one & other) * 2 >= len(one | other) > 0


def same(wanted: str, *names: str | None) -> bool:
    """Whether one of the names is the outlet that is wanted, articles aside."""
    bare = wanted.lower().removeprefix("the ")
    return any(n and (bare in n.lower() or n.lower().removeprefix("the ") in bare) for n in names)


def measures_of(scored: Sequence[Compared]) -> list[Measure]:
    """Recall of each part at each level, who vouches for whom, the outlets, and how much of what is found was expected."""
    measures = []
    for level in LEVELS:
        inner = level == "inner"
        for part in (*PARTS, "vouched for by the right one") if inner else PARTS:
            rows = [
                [p[part] for w, p in zip(c.expected, c.parts, strict=True) if bool(w.inside) is inner] for c in scored
            ]
            measures.append(share(f"{level}: {part}", rows))
    measures.append(share("outlet", [[p["outlet"] for p in c.parts if "outlet" in p] for c in scored]))
    pairs = [(c.right, c.found) for c in scored]
    measures.append(measure_of("precision of source, cue and content", pairs, share_of, n=sum(n for _, n in pairs)))
    return measures


def share(name: str, rows: Sequence[Sequence[bool]]) -> Measure:
    pairs = [(sum(row), len(row)) for row in rows]
    return measure_of(name, pairs, share_of, n=sum(n for _, n in pairs))
