"""Why each attribution of a document was found, and why other cues were not taken."""

from __future__ import annotations

from ..actors import Who
from ..language import Clock, Parse, find_quotes
from .attributions import candidates, find_all, find_attributions, mended_tree, why
from .cues import CueTable, load_cues
from .deeds import why_no_words
from .quoted import outer
from .stances import find_stances
from .verbs import row_of
from .worth import contents, is_plain, is_weak, why_not


def explain(parse: Parse, who: Who, clock: Clock, own: CueTable | None = None) -> list[str]:
    """One line for each attribution, one for each side taken, one for each cue word that made nothing. `own` as in `find_attributions`."""
    cues, quotes = own or load_cues(), find_quotes(parse.doc.text)
    tree = mended_tree(parse, cues)
    text = parse.doc.text
    lines = []
    claims = find_attributions(parse, who, clock, cues)
    for claim in claims:
        speaker = " and ".join(r.name or r.text for r in claim.speakers) or "(nobody named)"
        via = "".join(f" via {r.name or r.text}" for r in claim.via)
        words = " ... ".join(_short(p.of(text)) for p in claim.content)
        cue = claim.cue.of(text) if claim.cue else ""
        inner = ", inside another" if claim.parent else ""
        lines.append(f"{speaker}{via} | {cue} | {words} [{claim.quote}, {claim.mind}{inner}: {claim.why}]")
    for stance in find_stances(parse, who, claims, ()):
        holder = " and ".join(r.name or r.text for r in stance.holders) or "(nobody named)"
        lines.append(f"side: {holder} {stance.side} {stance.topic} (issue {stance.issue}): {stance.why}")
    found = find_all(tree, cues, quotes)
    for f in found:
        if (reason := why_no_words(parse, tree, who, f)) is not None:
            lines.append(f"not taken: {f.cue.of(text)} ({why(f)}): {reason}")
    taken = {f.key for f in found}
    outside = outer(quotes)
    offered = candidates(tree, cues, outside)
    kept = [f for f in offered if not is_weak(f) or is_plain(f, tree)]
    for f in sorted(offered, key=lambda f: f.cue.start):
        if f.key not in taken and (reason := why_not(f, contents(kept), tree, outside)) is not None:
            lines.append(f"not taken: {f.cue.of(text)} ({why(f)}): {reason}")
            taken.add(f.key)
    for i in range(len(tree)):
        if tree.pos[i] == "VERB" and i not in taken and (row := row_of(tree, cues, i)) is not None:
            frames = ", ".join(sorted(row.frames)) or "none"
            lines.append(f"not taken: {tree.words[i]} (line {row.line}): no complement in its frames ({frames})")
    return lines


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 90 else f"{flat[:60]} ... {flat[-25:]}"
