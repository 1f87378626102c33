"""Which attributions are worth recording: weak frames need a plain telling, and speech within speech a reporter.

What annotators of news count was read off PolNeAR's training articles: they leave out what speakers say that others
say inside quotation marks, and most of what stands inside reported speech. We keep of these the second voices that a
reader of diplomatic news asks for: a third person who is told to have said something, in a full clause.
"""

from __future__ import annotations

from ..language import Quote
from ..language.nearby import Nearby
from .found import Found
from .tree import Tree

MODALS = frozenset("would could should may might can must shall 'd ’d will 'll ’ll wo ca to n't n’t not never".split())
VAGUE = frozenset(
    ["you", "it", "this", "that", "which", "what", "one", "anyone", "everyone", "someone", "nobody", "none"]
)
EMBEDDED = frozenset(["csubj", "ccomp", "xcomp", "pcomp"])
EVIDENCE = frozenset(["show", "reveal", "mean", "prove", "indicate", "suggest", "demonstrate", "find", "see"])
"""Cues whose source is more often a fact than a voice."""
SIDES = frozenset(
    "rejection support opposition condemnation endorsement refusal demand call denial backing criticism".split()
)
"""Nouns by which a third party takes a side, wherever they stand."""
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
        objects = frozenset(f for f in frames if f.startswith("np-"))
        return bool(objects) and objects <= weak
    if code == "to":
        open_clauses = frames & {"to", "ing", "np-to"}
        return bool(open_clauses) and open_clauses <= weak
    return code in weak


def worth_recording(founds: list[Found], tree: Tree, quotes: Nearby[Quote]) -> list[Found]:
    """Drops weak attributions in contexts that tell nothing, and inner ones that are nobody's second voice."""
    kept = contents([f for f in founds if not is_weak(f) or is_plain(f, tree)])
    return [f for f in founds if why_not(f, kept, tree, quotes) is None]


def contents(founds: list[Found]) -> Nearby[Found]:
    """The attributions by where their contents stand: one entry a piece."""
    return Nearby((f for f in founds for _ in f.content), (p for f in founds for p in f.content))


def why_not(found: Found, others: Nearby[Found], tree: Tree, quotes: Nearby[Quote]) -> str | None:
    """Why an attribution is left out, in words; None when it is worth recording."""
    at = found.cue.start
    quoted = any(q.inner.start <= at < q.inner.end and len(q.inner) > 25 for q in quotes.near(at, at))
    if quoted or is_inside(found, others):
        if is_second_voice(found, tree):
            return None
        return "it stands inside what somebody else says, and is not a third person's full statement"
    if (found.key and tree.lower[tree.left[found.key] - 1] == "nor") or tree.lower[found.key - 1] in {"nor", "neither"}:
        return "it is told that this was not said: 'neither confirmed nor denied'"
    if is_weak(found) and not is_plain(found, tree):
        return "the row marks this frame as weak, and this is no positive main clause with a named speaker"
    return None


def is_inside(found: Found, founds: Nearby[Found]) -> bool:
    """Whether the cue stands in what somebody else said."""
    at = found.cue.start
    return any(p.start <= at < p.end for g in founds.near(at, at) if g is not found for p in g.content)


def is_second_voice(found: Found, tree: Tree) -> bool:
    """A named third person's statement or belief, told in a clause: 'that China believes ...'."""
    if found.frame.startswith("noun ") and found.words in SIDES and found.source_head is not None:
        return tree.pos[found.source_head] in {"PROPN", "NOUN"}
    if found.frame not in VOICES or found.source_head is None or not is_affirmed(found, tree):
        return False
    if found.row is not None and found.row.cue in EVIDENCE:
        return False
    return tree.pos[found.source_head] in {"PROPN", "NOUN"}


def is_affirmed(found: Found, tree: Tree) -> bool:
    """No modal, no negation."""
    return not any(tree.dep[c] in {"aux", "neg"} and tree.lower[c] in MODALS for c in tree.kids[found.key])
