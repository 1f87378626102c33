"""The words of clauses: where a content begins and ends, in one piece or around the speaker in its middle."""

from __future__ import annotations

from ..document import Span
from .mending import would_say
from .phrases import subject_of, trimmed
from .tree import Tree


def parenthetical(tree: Tree, i: int) -> list[Span] | None:
    """The clause around 'he said', 'the minister added on Monday' between two commas; None where it stands elsewhere."""
    if tree.dep[i] != "parataxis" or (root := tree.head[i]) == i:
        return None
    subject, passive = subject_of(tree, i)
    if subject is None or passive or tree.head[subject] != i or abs(subject - i) > 12:
        return None
    first, last = min(tree.left[subject], i), max(tree.right[subject], i)
    while last + 1 < len(tree) and tree.head[last + 1] == i and tree.dep[last + 1] in {"prep", "npadvmod", "advmod"}:
        last = tree.right[last + 1]
    begin, stop = tree.left[root], max(tree.right[root], tree.right[i])
    if first - 1 <= begin or tree.lower[first - 1] not in {",", "”", '"', "''"}:
        return None
    if last < stop and tree.lower[last + 1] not in {",", ".", ":", ";"}:
        return None
    parts = [trimmed(tree, begin, first - 1), trimmed(tree, last + 1, stop) if last < stop else None]
    return [p for p in parts if p is not None] or None


def closes(text: str, k: int) -> bool:
    """Whether a closing quotation mark stands at k; “ closes where it has a word or a stop before it."""
    return text[k] in "”\"»'" or (text[k] == "“" and k > 0 and not text[k - 1].isspace())


def opens_adverbial(tree: Tree, first: int, clause: int) -> bool:
    """'While the row went on, ...' in front of a verb is no content of it."""
    marks = {"because", "while", "although", "though", "when", "after", "before", "since", "until", "as"}
    return tree.lower[first] in marks and tree.head[first] == clause and tree.dep[first] in {"mark", "advmod"}


def is_finite(tree: Tree, c: int) -> bool:
    """A clause with a tensed verb or an auxiliary, or a quoted fragment."""
    if tree.tag[c] in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    if has_to(tree, c) or tree.tag[c] == "VBG":
        return any(
            tree.tag[k] in {"VBD", "VBP", "VBZ", "MD"} for k in tree.kids[c] if tree.dep[k] in {"aux", "auxpass", "cop"}
        )
    return True


def has_to(tree: Tree, c: int) -> bool:
    return any(tree.dep[k] == "aux" and tree.tag[k] == "TO" for k in tree.kids[c])


def pieces(tree: Tree, first: int, last: int) -> list[Span] | None:
    span = trimmed(tree, first, last) if first <= last else None
    return [span] if span else None


def clause_pieces(tree: Tree, i: int, clause: int) -> list[Span] | None:
    """The clause, in two pieces where the verb with its subject stands inside it."""
    first, last = tree.left[clause], tree.right[clause]
    if first < i < last:
        start = tree.left[i] if first < tree.left[i] <= i else i
        after = i + 1
        while after < last and tree.head[after] == i and tree.dep[after] in {"advmod", "npadvmod", "prep", "punct"}:
            after = tree.right[after] + 1  # 'he wrote later'
        parts = [*(pieces(tree, first, start - 1) or []), *(pieces(tree, after, last) or [])]
        return parts or None
    if first > i:
        later = [tree.right[c] for c in tree.kids[i] if c > clause and tree.dep[c] == "conj" and tree.child(c, "mark")]
        last = max([last, *later])
        last = before_answer(tree, first, before_semicolon(tree, first, before_next_cue(tree, clause, last)))
    return pieces(tree, first, last)


def before_semicolon(tree: Tree, first: int, last: int) -> int:
    """What follows a semicolon is told by the writer, unless quotation marks or a list say otherwise."""
    stops = [k for k in range(first + 3, last) if tree.lower[k] == ";"]
    if stops and any(tree.dep[k] == "conj" and would_say(tree, k) for k in range(stops[0], last + 1)):
        return last
    quoted = any(tree.text[tree.idx[k]] in '"“«' for k in range(first, last + 1))
    return stops[0] - 1 if len(stops) == 1 and not quoted else last


NEXT_CUES = frozenset(
    "say add claim argue call cite warn note insist tell suggest describe accuse vow promise explain state".split()
)


ANSWERED = frozenset("reply respond retort answer counter".split())


def before_answer(tree: Tree, first: int, last: int) -> int:
    """'said that A, to which X replied that B': the content ends before the other's answer."""
    for k in range(first + 2, last):
        answers = tree.lower[k - 2 : k + 1] == [",", "to", "which"]
        if answers and any(tree.lemma[v] in ANSWERED for v in range(k + 1, min(last, k + 8) + 1)):
            return k - 3
    return last


def before_next_cue(tree: Tree, clause: int, last: int) -> int:
    """'said that X, adding that Y' and 'said X and added Y': the content ends before the next cue of the speaker."""
    for c in tree.kids[clause]:
        if c <= clause or tree.lemma[c] not in NEXT_CUES or tree.child(c, "nsubj", "nsubjpass") is not None:
            continue
        comma = tree.lower[tree.left[c] - 1] in {",", "”", '"', "and", "''"}
        if comma and (
            (tree.dep[c] == "advcl" and tree.tag[c] == "VBG")
            or (tree.dep[c] == "conj" and tree.tag[c] in {"VBD", "VBZ"})
        ):
            return max(clause, tree.left[c] - (2 if tree.lower[tree.left[c] - 1] == "and" else 1))
    return last
