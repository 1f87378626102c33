"""Spans of cue, source and content, cut as annotators of attribution cut them."""

from __future__ import annotations

from ..document import Span
from .tree import Tree

BLANK = " \n\t\r\xa0"
LOOSE_FRONT = frozenset(BLANK + ".,;:!?…—–-”»›)]}")
LOOSE_BACK = frozenset(BLANK + ";:—–-([{“„«‹")
QUOTES = frozenset("”\"’'»›")
MEDIA = frozenset(
    "agency newspaper daily weekly magazine channel network television station broadcaster website outlet paper radio "
    "service tabloid journal portal medium media".split()
)
"""Nouns that a medium's name stands beside."""
CITING = frozenset(["citing", "quoting"])
PASSING = CITING | {"via", "through", "quoted", "cited"}
"""Words by which the way of a statement is told behind its source."""
SUBJECTS = frozenset(["nsubj", "csubj", "expl"])


def verb_group(tree: Tree, i: int) -> tuple[int, int]:
    """First and last token of the verb with its auxiliaries, negation, inner adverbs and particle."""
    first = i
    for c in reversed(tree.kids[i]):
        if c > i:
            continue
        inner = tree.dep[c] in {"aux", "auxpass", "neg", "advmod"} and tree.tag[c] not in {"WRB", "WDT"}
        if c != first - 1 or not inner or tree.kids[c]:
            break
        first = c
    last = i
    for c in tree.kids[i]:
        if c == last + 1 and tree.dep[c] == "prt":
            last = c
    return first, last


def trimmed(tree: Tree, first: int, last: int) -> Span | None:
    """Tokens first to last without punctuation at the edges; quotation marks stay. None when nothing is left."""
    return trim(tree.text, tree.idx[first], tree.end[last])


def trim(text: str, start: int, end: int) -> Span | None:
    """The same for code points."""
    while start < end and text[start] in LOOSE_FRONT:
        start += 1
    while end > start and (text[end - 1] in LOOSE_BACK or _final_stop(text, end)):
        end -= 1
    return Span(start, end) if end > start else None


def _final_stop(text: str, end: int) -> bool:
    """A stop at the end of a content goes, unless it stands inside the closing quotation mark."""
    return text[end - 1] in ".,!?…" and not (end < len(text) and text[end] in QUOTES)


def source_span(tree: Tree, head: int, verb: int) -> Span | None:
    """The source's noun phrase: all of it, cut where the parser let it run over the verb or into a quotation."""
    first, last = tree.left[head], tree.right[head]
    if head < verb <= last:
        last = verb - 1
    if first <= verb < head:
        first = verb + 1
    for k in range(head, first - 1, -1):
        if tree.text[tree.idx[k]] in '"”»\n' or tree.lower[k] == "''":
            first = k + 1
            break
    for k in range(head, last + 1):
        if tree.text[tree.idx[k]] in '"“«\n' or (tree.lower[k] in PASSING and tree.lower[k - 1] == ","):
            last = k - 1
            break
    return trimmed(tree, first, last) if first <= last else None


def subject_of(tree: Tree, i: int, depth: int = 0) -> tuple[int | None, bool]:
    """The token that heads the subject of verb i, and whether i is passive.

    Looks through conjunction, control and participles; None where nobody is named.
    """
    passive = tree.child(i, "auxpass", "nsubjpass") is not None
    own = tree.child(i, "nsubjpass") if passive else tree.child(i, "nsubj")
    if own is not None:
        return own, passive
    if depth > 6 or tree.head[i] == i:
        return None, passive
    h, dep = tree.head[i], tree.dep[i]
    if dep in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "acl", "relcl", "parataxis", "prep"}:
        if dep in {"acl", "relcl"} and tree.pos[h] in {"NOUN", "PROPN", "PRON"}:
            return (h, passive) if tree.tag[i] in {"VBG", "VB"} and dep == "acl" else (None, passive)
        if dep == "ccomp" and tree.tag[i] not in {"VBG", "VB"}:
            return None, passive
        if dep == "xcomp" or dep == "ccomp":
            controlled = tree.child(h, "dobj", "dative")
            if controlled is not None and controlled < i and tree.lemma[h] not in {"promise", "use", "take"}:
                return controlled, passive
        if tree.pos[h] in {"ADP", "SCONJ"}:
            accused = tree.child(tree.head[h], "dobj") if dep == "pcomp" and tree.lower[h] in {"of", "for"} else None
            if accused is not None and accused < h:
                return accused, passive  # 'accused them of claiming', 'blamed him for saying'
            h = tree.head[h]
        if tree.pos[h] in {"VERB", "AUX"}:
            subject, above_passive = subject_of(tree, h, depth + 1)
            told_of = tree.tag[i] == "VBN" or (tree.tag[i] == "VBD" and tree.child(i, "agent") is not None)
            if above_passive and dep == "conj" and not passive and told_of:
                passive = True
            return subject, passive
        if tree.pos[h] in {"NOUN", "PROPN"} and tree.head[h] != h and tree.pos[tree.head[h]] in {"VERB", "AUX"}:
            return subject_of(tree, tree.head[h], depth + 1)[0], passive
    return None, passive


def agent_of(tree: Tree, i: int) -> int | None:
    """Who 'by' names after a passive verb or a noun."""
    by = tree.child(i, "agent")
    if by is None:
        by = next((c for c in tree.kids[i] if tree.dep[c] == "prep" and tree.lower[c] == "by"), None)
    return tree.child(by, "pobj") if by is not None else None
