"""Attribution by set phrases: 'made it clear that ...', 'took issue with ...'."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Span
from .cues import Cue, CueTable
from .found import Found
from .phrases import source_span, subject_of, trimmed, verb_group
from .tree import Tree


def phrase_attributions(tree: Tree, cues: CueTable) -> Iterator[Found]:
    """Cues of several words: 'made it clear that ...', 'took issue with ...'; an adverb may stand between them."""
    phrases = cues.phrases
    for i in range(len(tree)):
        if tree.pos[i] not in {"VERB", "AUX"} or tree.lemma[i] not in phrases:
            continue
        if i + 1 >= len(tree):
            break
        follows = {tree.lower[i + 1], tree.lemma[i + 1]}
        for rest, row in phrases[tree.lemma[i]]:
            if rest and rest[0] not in follows and tree.pos[i + 1] != "ADV":
                continue
            last = phrase_end(tree, i, rest)
            if last is None:
                continue
            content = behind_phrase(tree, i, last, row)
            subject, passive = subject_of(tree, i)
            if content is not None and subject is not None and not passive:
                first = verb_group(tree, i)[0]
                yield Found(i, tree.span(first, last), [content], source_span(tree, subject, i), subject, row, "phrase")
            break


def phrase_end(tree: Tree, i: int, rest: list[str]) -> int | None:
    """The last token of the phrase that starts at verb i, or None."""
    k = i
    for word in rest:
        k += 1
        if k < len(tree) and tree.lower[k] != word and tree.pos[k] == "ADV":
            k += 1
        if k >= len(tree) or word not in {tree.lower[k], tree.lemma[k]}:
            return None
    return k


def behind_phrase(tree: Tree, i: int, last: int, row: Cue) -> Span | None:
    """The clause, infinitive or object behind the phrase."""
    end = tree.right[last] if "p" in row.frames else tree.right[i]
    if last + 1 > end:
        return None
    follows = tree.lower[last + 1]
    if (
        "that" in row.frames
        and follows not in {"that", "how", "what", "why", "whether"}
        and tree.pos[last + 1] not in {"PRON", "DET", "PROPN", "NOUN"}
    ):
        return None
    if "to" in row.frames and follows != "to" and tree.tag[last + 1] != "VBG":
        return None
    return trimmed(tree, last + 1, end)
