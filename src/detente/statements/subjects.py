"""Subjects and clauses that the parser of news hangs in the wrong place, put where the writer can only mean them."""

from __future__ import annotations

from .clauses import has_to
from .cues import CueTable
from .mending import ADDRESSED, FINITE, PARENTHETIC, SPEAKING, move, speech_row
from .phrases import MEDIA
from .tree import Tree

CLAUSAL = frozenset(["relcl", "acl", "xcomp", "aux", "auxpass"])
SIDED = frozenset(
    "support oppose welcome reject condemn call urge reaffirm stress reiterate express underline emphasise emphasize "
    "advocate favour favor".split()
)
"""What the parties of a communiqué do, one after the other: 'oppose any attempt to meddle and support the talks'."""
PHRASAL = frozenset(["NOUN", "PROPN"])
MISTAKEN = frozenset(["appos", "conj", "dobj", "npadvmod", "attr"])
"""What a speaker behind a clause and a comma is taken for."""


def replaced(tree: Tree, cues: CueTable) -> bool:
    """Mends every finite verb's subject and clauses; whether anything was moved."""
    changed = False
    for v in range(1, len(tree)):
        if tree.pos[v] != "VERB":
            continue
        dep = tree.dep[v]
        if tree.tag[v] in FINITE and dep not in CLAUSAL:
            if tree.child(v, *SPEAKING) is None:
                changed |= from_participle(tree, v) or from_quotation(tree, cues, v)
            else:
                changed |= (
                    two_subjects(tree, cues, v) or said_to_somebody(tree, cues, v) or said_in_between(tree, cues, v)
                )
        if dep == "appos":
            changed |= named_in_between(tree, cues, v)
        elif dep == "ccomp":
            changed |= trailing_report(tree, cues, v)
        elif dep == "conj":
            changed |= told_behind(tree, cues, v) or goes_with_clause(tree, cues, v) or goes_with_main(tree, v)
    return changed


def from_participle(tree: Tree, v: int) -> bool:
    """'Ministers, worried that X might, urged Y': the ministers urge."""
    for k in tree.kids[v]:
        subject = tree.child(k, "nsubj") if tree.dep[k] in {"advcl", "ccomp"} and k < v else None
        if subject is None or not subject < k or tree.lower[k - 1] != "," or tree.lower[v - 1] != ",":
            continue
        if tree.tag[k] in {"VBN", "VBD", "JJ", "VBG"} and subject == k - 2:
            move(tree, subject, v, "nsubj")
            tree.dep[k] = "advcl"
            return True
    return False


def from_quotation(tree: Tree, cues: CueTable, v: int) -> bool:
    """'..., a source in the group said': the parser takes the source for an apposition to the last word said."""
    clause = tree.child(v, "ccomp")
    if clause is None or clause > v or speech_row(tree, cues, v) is None:
        return False
    phrase = v - 1
    while True:
        first = tree.left[phrase]
        comma = first > 0 and (
            tree.lower[first - 1] == "," or (tree.lower[first - 1] in {'"', "”", "''"} and tree.lower[first - 2] == ",")
        )
        if comma and tree.pos[phrase] in PHRASAL and tree.dep[phrase] in {"appos", "conj", "npadvmod", "dep"}:
            move(tree, phrase, v, "nsubj")
            return True
        above = tree.head[phrase]
        if above == phrase or tree.right[above] != v - 1 or first == 0:
            return False
        phrase = above


def told_behind(tree: Tree, cues: CueTable, v: int) -> bool:
    """'X would not budge, a diplomat who knew the talks told the agency': the parser joins 'told' to 'budge'."""
    root = tree.head[v]
    if tree.tag[v] not in {"VBN", "VBD"} or tree.dep[root] != "ROOT" or speech_row(tree, cues, v) is None:
        return False
    if tree.lemma[v] not in PARENTHETIC | ADDRESSED or tree.child(v, "ccomp", "xcomp", "auxpass") is not None:
        return False
    phrase = tree.child(v, "nsubj")
    if phrase is None and tree.lower[v - 1] not in {"and", "but", ","}:
        ends = (k for k in range(v - 1, root, -1) if tree.right[k] == v - 1 and tree.dep[k] in MISTAKEN)
        phrase = next(ends, None)
    if phrase is None or tree.pos[phrase] not in PHRASAL or tree.lower[tree.left[phrase] - 1] != ",":
        return False
    for k in tree.kids[root]:
        if k > v and tree.dep[k] in {"advcl", "prep", "npadvmod", "punct"}:
            move(tree, k, v)
    move(tree, v, v, "ROOT")
    tree.tag[v] = "VBD"
    move(tree, phrase, v, "nsubj")
    move(tree, root, v, "ccomp")
    return True


def two_subjects(tree: Tree, cues: CueTable, v: int) -> bool:
    """'The newspaper Kommersant reported': one subject with its name."""
    subjects = [k for k in tree.kids[v] if tree.dep[k] == "nsubj"]
    if len(subjects) != 2:
        return False
    noun, name = subjects
    if noun < v < name and tree.lower[v - 1] == "," and speech_row(tree, cues, v) is not None:
        tree.dep[noun] = "ccomp"  # 'Iran ready for talks, says minister'
        return True
    if tree.lemma[noun] in MEDIA and tree.pos[name] == "PROPN" and tree.right[noun] + 1 == tree.left[name]:
        move(tree, name, noun, "appos")
        return True
    return False


def named_in_between(tree: Tree, cues: CueTable, v: int) -> bool:
    """'The islands, Tokyo maintains, belong to Japan': the parser takes the speech for a name of the islands."""
    subject, speaker = tree.head[v], v - 1
    main = tree.head[subject]
    if tree.tag[v] not in FINITE or tree.dep[speaker] != "compound" or tree.dep[subject] not in SPEAKING:
        return False
    commas = v + 1 < len(tree) and tree.lower[v + 1] == "," == tree.lower[tree.left[speaker] - 1]
    if not commas or main < v or speech_row(tree, cues, v) is None:
        return False
    move(tree, v, main, "parataxis")
    move(tree, speaker, v, "nsubj")
    return True


def said_in_between(tree: Tree, cues: CueTable, v: int) -> bool:
    """'It was, he wrote later, the worst day of his life': what follows the comma completes the clause in front."""
    clause = tree.child(v, "ccomp")
    if clause is None or not clause < v or tree.lemma[clause] != "be" or tree.lower[clause + 1] != ",":
        return False
    if speech_row(tree, cues, v) is None or tree.child(clause, "attr", "acomp") is not None:
        return False
    rest = next((k for k in tree.kids[v] if k > v and tree.lower[tree.left[k] - 1] == ","), None)
    if rest is None or tree.dep[rest] not in {"npadvmod", "dobj", "attr", "acomp", "oprd"}:
        return False
    move(tree, rest, clause, "attr")
    return True


def said_to_somebody(tree: Tree, cues: CueTable, v: int) -> bool:
    """'reported to the board that Iran had declined': the clause is what was reported, and tells nothing of the board."""
    if speech_row(tree, cues, v) is None or tree.child(v, "ccomp", "dobj", "xcomp") is not None:
        return False
    to = next((c for c in tree.kids[v] if tree.dep[c] in {"prep", "dative"} and tree.lower[c] == "to"), None)
    addressee = tree.child(to, "pobj") if to is not None and to > v else None
    clause = tree.child(addressee, "relcl", "acl") if addressee is not None else None
    if clause is None or tree.lower[tree.left[clause]] != "that":
        return False
    subject = tree.child(clause, "nsubj", "nsubjpass")
    if subject is None or tree.lower[subject] == "that":
        return False
    move(tree, clause, v, "ccomp")
    tree.dep[tree.left[clause]] = "mark"
    return True


def trailing_report(tree: Tree, cues: CueTable, r: int) -> bool:
    """'X welcomed the plan, but said A was doubtful, the agency reports': the report is of the whole sentence."""
    subject, inner = tree.child(r, "nsubj"), tree.child(r, "ccomp")
    teller = tree.head[r]
    if subject is None or inner is None or tree.lemma[r] not in PARENTHETIC or not teller < inner < subject < r:
        return False
    if tree.lower[tree.left[subject] - 1] != "," or speech_row(tree, cues, teller) is None:
        return False
    if tree.child(teller, *SPEAKING) is None and tree.dep[teller] != "conj":
        return False
    top = teller
    while tree.head[top] != top:
        top = tree.head[top]
    move(tree, inner, teller, "ccomp")
    move(tree, r, top, "parataxis")
    return True


def goes_with_clause(tree: Tree, cues: CueTable, v: int) -> bool:
    """'said the prince accepts A, but fears B': the prince fears, in the tense in which he accepts."""
    teller = tree.head[v]
    clause = tree.child(teller, "ccomp")
    if clause is None or not teller < clause < v or tree.child(v, *SPEAKING) is not None:
        return False
    if tree.tag[v] == tree.tag[teller] or tree.tag[v] != tree.tag[clause] or tree.tag[v] not in FINITE:
        return False
    if speech_row(tree, cues, teller) is None:
        return False
    move(tree, v, clause)
    return True


def goes_with_main(tree: Tree, v: int) -> bool:
    """'oppose any attempt to meddle and support the talks': the parties support, not the meddlers."""
    first = tree.head[v]
    if tree.lemma[v] not in SIDED or tree.tag[v] != "VB" or not has_to(tree, first) or has_to(tree, v):
        return False
    for above in tree.above(first):
        if tree.tag[above] == "VBP" and tree.lemma[above] in SIDED and tree.child(above, "nsubj") is not None:
            move(tree, v, above, "conj")
            tree.tag[v] = "VBP"
            return True
    return False
