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
ACTS = frozenset(["np-to", "np+", "to", "small", "as"])
"""Frames of what is said to somebody or of something."""
SIDING = frozenset(
    "reject oppose back support endorse condemn denounce deplore criticise criticize welcome hail dismiss deny refuse "
    "demand agree object call appeal consent accept favour favor blame protest disavow repudiate ridicule praise veto".split()
)
"""Cues that take a side on their object."""
DOCUMENTS = frozenset(
    "report document statement letter survey poll study transcript cable memo memorandum communique communiqué resolution "
    "draft treaty paper record file email e-mail tape recording indictment lawsuit article dossier".split()
)
"""What speaks by being read."""


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
    """A named third person's statement, belief or side, told inside what somebody else says: 'that China believes ...'."""
    head = found.source_head
    if head is None:
        return False
    third = tree.pos[head] in {"PROPN", "NOUN"} or tree.tag[head] == "WP"
    if found.frame.startswith("noun "):
        expressed = tree.dep[found.key] == "dobj" and found.cue.start < tree.idx[found.key]
        told = found.frame == "noun that" or found.words in SIDES or expressed
        return told and third
    if not is_affirmed(found, tree) or found.row is None:
        return found.row is None and third and found.frame == "according to"
    if found.frame == "adjective that":
        return third
    if found.frame in VOICES:
        if found.words in EVIDENCE and tree.pos[head] != "PROPN" and tree.lemma[head] not in DOCUMENTS:
            return False
        return third or (tree.pos[head] == "PRON" and takes_up_a_name(tree, found))
    return third and is_told(tree, found.key) and takes_a_side(found)


def takes_a_side(found: Found) -> bool:
    """An act of speech on somebody or something: 'urged X to go', 'accused X of lying', 'rejected X'."""
    if found.frame == "np" or found.frame.startswith("p:"):
        return found.words in SIDING
    if found.row is None or found.frame not in ACTS:
        return False
    return found.row.mind == "intention" or found.frame == "to" or found.words in SIDING or not is_weak(found)


def is_told(tree: Tree, verb: int) -> bool:
    """Whether the clause of the verb tells that it was done: 'urges', 'urged', 'had urged'."""
    if tree.tag[verb] in {"VBD", "VBZ", "VBP"}:
        return True
    if tree.tag[verb] == "VBG":
        return tree.dep[verb] == "advcl" and tree.lower[tree.left[verb] - 1] == ","
    return tree.tag[verb] == "VBN" and any(tree.lemma[c] == "have" for c in tree.kids[verb] if tree.dep[c] == "aux")


def takes_up_a_name(tree: Tree, found: Found) -> bool:
    """'that the police lied when they said ...': the pronoun means the subject of the clause above its own."""
    verb = found.key
    above = tree.head[verb]
    subject = tree.child(above, "nsubj") if tree.dep[verb] == "advcl" else None
    return subject is not None and tree.pos[subject] in {"NOUN", "PROPN"}


def is_affirmed(found: Found, tree: Tree) -> bool:
    """No modal, no negation."""
    return not any(tree.dep[c] in {"aux", "neg"} and tree.lower[c] in MODALS for c in tree.kids[found.key])
