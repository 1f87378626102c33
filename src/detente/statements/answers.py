"""What others say of a statement in the same sentence.

', a charge the ministry denied' and ', which the rebels dispute' answer what was said before: they are no part of it,
and what they deny is what it says.
"""

from __future__ import annotations

from ..document import Span
from .cues import Cue, CueTable
from .found import Found
from .phrases import agent_of, source_span, trim, verb_group
from .tree import Tree
from .verbs import row_of

COMMENTS = frozenset(
    "claim charge accusation allegation assertion contention figure number toll statement view version account report "
    "finding conclusion suggestion idea notion demand step move decision verdict description characterisation "
    "characterization assessment interpretation comparison remark comment insinuation theory argument proposal offer "
    "term condition estimate warning threat".split()
)
"""Nouns by which a writer takes up what was just said."""
DENYING = frozenset(
    "deny dispute reject contest refute confirm dismiss rebut contradict question challenge doubt disavow acknowledge "
    "concede admit repeat rule".split()
)
"""Verbs that answer a statement."""
ANSWER = Cue("a verb of denial", "verb", frozenset(["np"]), frozenset(), "statement", None, 0)
"""The row for one that the table has not."""
DASHES = frozenset([",", "-", "–", "—", "--"])


def answers(tree: Tree, cues: CueTable, founds: list[Found]) -> list[Found]:
    """The attributions again: contents end before an answer, which has what it answers for its content."""
    places = [(k, s) for k in range(2, len(tree)) if (s := begins(tree, k)) is not None]
    if not places:
        return founds
    for comment, start in places:
        verb = answering_verb(tree, comment)
        told = statement_before(tree, founds, start)
        if verb is None or told is None:
            continue
        cut = [p for c in told.content if (p := before(tree, c, tree.idx[start - 1])) is not None]
        answer = answer_of(tree, cues, verb, cut)
        known = next((f for f in founds if f.key == verb), None)
        if not cut or (answer is None and known is None):
            continue
        told.content = cut
        founds = [f for f in founds if f.key != comment]
        if answer is not None:
            founds = [*(f for f in founds if f.key != verb), answer]
    return founds


def begins(tree: Tree, k: int) -> int | None:
    """The token with which an answer begins that takes the statement up as token k; None where none does."""
    word = tree.lower[k]
    if word in {"which", "something"} and tree.lower[k - 1] in DASHES:
        return k
    if tree.lemma[k] not in COMMENTS:
        return None
    first = tree.left[k]
    if k - first > 3 or first == 0 or tree.lower[first - 1] not in DASHES:
        return None
    return first if tree.lower[first] in {"a", "an"} or tree.tag[k] == "NNS" else None


def answering_verb(tree: Tree, comment: int) -> int | None:
    """The verb of the clause on the noun, or over the relative pronoun."""
    if tree.lower[comment] in {"which", "something"}:
        verb = tree.head[comment]
        if tree.pos[verb] == "NOUN" and tree.dep[comment] == "compound":
            verb = tree.head[verb]  # 'something villagers dispute'
        return verb if tree.lemma[verb] in DENYING and verb > comment else None
    clause = next((c for c in tree.kids[comment] if c > comment and tree.dep[c] in {"relcl", "acl"}), None)
    return clause if clause is not None and tree.pos[clause] == "VERB" else None


def statement_before(tree: Tree, founds: list[Found], start: int) -> Found | None:
    """The statement that the answer stands behind, in the same sentence: the outermost one."""
    begin, at = tree.idx[tree.sentence(start)[0]], tree.idx[start]
    reach = [
        f
        for f in founds
        if begin <= f.cue.start < at and f.cue.end <= at and f.content and f.content[-1].end >= at - 3
        and f.content[-1].start < at
    ]  # fmt: skip
    return min(reach, key=lambda f: f.cue.start, default=None)


def before(tree: Tree, piece: Span, end: int) -> Span | None:
    """The part of a content that stands before a place."""
    return trim(tree.text, piece.start, min(piece.end, end)) if piece.start < end else None


def answer_of(tree: Tree, cues: CueTable, verb: int, content: list[Span]) -> Found | None:
    """Who denies, confirms or disputes it, or None where the verb does something else or nobody is named."""
    if tree.lemma[verb] not in DENYING or not content:
        return None
    row = row_of(tree, cues, verb) or ANSWER
    passive = tree.tag[verb] == "VBN" and tree.child(verb, "aux") is None
    speaker = agent_of(tree, verb) if passive else tree.child(verb, "nsubj")
    if speaker is None or tree.tag[speaker] in {"WDT", "WP"}:
        return None
    source = source_span(tree, speaker, verb)
    if source is None:
        return None
    return Found(verb, tree.span(*verb_group(tree, verb)), list(content), source, speaker, row, "answer")
