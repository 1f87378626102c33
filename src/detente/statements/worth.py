"""Which attributions are worth recording: weak frames need a plain telling, and speech within speech a reporter.

What annotators of news count was read off PolNeAR's training articles: they leave out what speakers say that others
say inside quotation marks, and most of what stands inside reported speech. We keep of these the second voices that a
reader of diplomatic news asks for: a third person who is told to have said something, in a full clause.
"""

from __future__ import annotations

from ..document import cover
from ..language import Quote
from .found import Found
from .tree import Tree

MODALS = frozenset(
    [
        "would",
        "could",
        "should",
        "may",
        "might",
        "can",
        "must",
        "shall",
        "'d",
        "’d",
        "will",
        "'ll",
        "’ll",
        "wo",
        "ca",
        "to",
        "n't",
        "n’t",
        "not",
        "never",
    ]
)
VAGUE = frozenset(
    ["you", "it", "this", "that", "which", "what", "one", "anyone", "everyone", "someone", "nobody", "none"]
)
FIRST = frozenset(["i", "we", "you", "it", "this", "that", "they", "he", "she", "who", "which"])
EMBEDDED = frozenset(["csubj", "ccomp", "xcomp", "pcomp"])
VOICES = frozenset(["that", "according to", "quote"])


def frame_code(found: Found) -> str:
    """The frame of the row that a construction used."""
    frame = found.frame.split()[-1]
    return {"quote": "q", "np-passive": "np", "as": "np-as"}.get(frame, frame)


def is_plain(found: Found, tree: Tree) -> bool:
    """A positive telling that somebody who is named does in a clause of its own."""
    k = found.key
    if found.source_head is None or tree.lower[found.source_head] in VAGUE:
        return False
    if tree.tag[k] == "VB" or tree.dep[k] in EMBEDDED:
        return False
    return not any(tree.dep[c] in {"aux", "neg"} and tree.lower[c] in MODALS for c in tree.kids[k])


def is_weak(found: Found) -> bool:
    """Whether the row marks the frame as one that attributes only in a plain telling."""
    if found.row is None:
        return False
    code, weak, frames = frame_code(found), found.row.weak, found.row.frames
    if code == "np+":
        used = {f for f in frames if f.startswith("np-")}
        return bool(used) and used <= weak
    if code == "to":
        used = frames & {"to", "ing", "np-to"}
        return bool(used) and used <= weak
    return code in weak


def worth_recording(founds: list[Found], tree: Tree, quotes: list[Quote]) -> list[Found]:
    """Drops weak attributions in contexts that tell nothing, and inner ones that are nobody's second voice."""
    founds = [f for f in founds if not is_weak(f) or is_plain(f, tree)]
    kept = []
    for f in founds:
        quoted = any(q.inner.start <= f.cue.start < q.inner.end and len(q.inner) > 25 for q in quotes)
        if quoted or is_inside(f, founds):
            if not is_second_voice(f, tree, quoted):
                continue
        kept.append(f)
    return kept


def is_inside(found: Found, founds: list[Found]) -> bool:
    """Whether the cue stands in what somebody else said."""
    return any(p.start <= found.cue.start < p.end for g in founds if g is not found for p in g.content)


def is_second_voice(found: Found, tree: Tree, quoted: bool) -> bool:
    """A third person's statement or belief, told in a clause."""
    if found.frame not in VOICES or found.source_head is None or is_weak(found) or not is_plain_enough(found, tree):
        return False
    return tree.pos[found.source_head] in {"PROPN", "NOUN"}


def is_plain_enough(found: Found, tree: Tree) -> bool:
    return not any(tree.dep[c] in {"aux", "neg"} and tree.lower[c] in MODALS for c in tree.kids[found.key])


__all__ = ["cover", "is_plain", "worth_recording"]
