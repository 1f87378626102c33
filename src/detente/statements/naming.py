"""Names given in relative clauses, and where the object of a verb ends: 'a move that X called "Y"', 'a role in Z'."""

from __future__ import annotations

from .tree import Tree

RELATIVES = frozenset(["WDT", "WP"])
BOUND: dict[str, frozenset[str]] = {
    "in": frozenset(
        "role part involvement participation complicity hand interest stake share change interference meddling "
        "confidence say presence investment progress increase rise reduction belief membership".split()
    ),
    "for": frozenset(
        "responsibility need call support request demand plan proposal bid blame respect sympathy preference case "
        "deadline timetable hope desire condition reason funding".split()
    ),
    "with": frozenset(
        "link tie contact relation talk cooperation dialogue agreement deal meeting negotiation alliance collusion "
        "normalisation normalization solidarity conflict war".split()
    ),
    "from": frozenset("withdrawal departure exit demand pressure threat request message support".split()),
    "on": frozenset("attack assault ban sanction decision pressure restriction limit raid report embargo".split()),
    "to": frozenset("threat answer response approach return support commitment access objection aid end".split()),
    "between": frozenset("link tie talk difference contact agreement meeting war relation".split()),
    "into": frozenset("entry inquiry enquiry investigation probe incursion integration accession".split()),
    "against": frozenset("attack war campaign sanction operation threat strike action step measure crime".split()),
    "over": frozenset("dispute control sovereignty row talk concern".split()),
}
"""Prepositions with the nouns that they belong to, though the parser may hang them from the verb."""
CONTRASTS = frozenset(["while", "whereas", "although", "though", "but"])


def relative_name(tree: Tree, i: int, frames: frozenset[str]) -> tuple[int, int, str] | None:
    """First and last token of the name, and its frame, of 'which X called an insult', 'what he described as bias'."""
    good = tree.child(i, "dobj")
    hung = tree.dep[i] in {"relcl", "acl"} or (good is not None and tree.tag[good] == "WP")
    if not hung or (good is not None and (good > i or tree.tag[good] not in RELATIVES)):
        return None
    for c in tree.kids[i]:
        if c > i and "small" in frames and tree.dep[c] in {"oprd", "attr", "acomp"}:
            return tree.left[c], tree.right[c], "small"
        if c > i and "np-as" in frames and tree.dep[c] == "prep" and tree.lower[c] == "as" and c < tree.right[c]:
            return c + 1, tree.right[c], "as"
    return None


def with_bound(tree: Tree, good: int, last: int, kids: list[int]) -> int:
    """The last token of an object with the preposition that belongs to it: 'denied any role in the killing'."""
    for c in kids:
        if c == last + 1 and tree.dep[c] == "prep" and tree.lemma[good] in BOUND.get(tree.lower[c], ()):
            return tree.right[c]
    return last


def before_contrast(tree: Tree, good: int, last: int) -> int:
    """'welcomed the proposal, while the rebels dismissed it': the object ends before what others did."""
    for k in range(good + 1, last):
        if tree.lower[k] in CONTRASTS and tree.lower[k - 1] == "," and tree.tag[k + 1] not in {"JJ", "RB"}:
            return k - 2
    return last
