"""Attribution without a cue verb: nouns, adjectives, 'according to', and the colon after a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Span
from .clauses import has_to
from .cues import Cue, CueTable
from .found import Found
from .phrases import MEDIA, agent_of, source_span, subject_of, trim, trimmed, verb_group
from .tree import Tree

LIGHT = frozenset(
    (
        "make issue release express voice give have hold share raise offer deliver launch level lodge file repeat "
        "reiterate publish put send take show win draw reaffirm renew echo get receive harbor harbour cast "
        "present state"
    ).split()
)
PRESS = MEDIA | {"press", "media"}
LINKING = frozenset(["be", "feel", "seem", "remain", "sound", "become", "appear", "get", "stay", "look", "grow"])
HEADLINE = re.compile(r"\A\s*((?:[A-Z0-9][\w.'’&-]*\s){0,5}[A-Z0-9][\w.'’&-]*):[ \xa0]+(\S.{8,200}?)\s*(?:\n|\Z)")
TURN = re.compile(r"(?m)^[\"“]?((?:[A-Z][A-Z.'’-]+[ \xa0]?){1,4}):\s+(\S[^\n]+)$")


def noun_attributions(tree: Tree, cues: CueTable) -> Iterator[Found]:
    """'his claim that ...', 'the rejection of X by Y', 'they issued a warning that ...'."""
    for i in range(len(tree)):
        if tree.pos[i] != "NOUN" or (row := cues.get(tree.lemma[i], "noun")) is None:
            continue
        found = noun_attribution(tree, i, row)
        if found is not None:
            yield found


def noun_attribution(tree: Tree, i: int, row: Cue) -> Found | None:
    """The attribution that noun i makes, or None when it has no owner or no content."""
    inside = inside_noun(tree, i, row)
    if inside is None:
        return None
    content, frame, last, start = inside
    owner = tree.child(i, "poss")
    if owner is None:
        owner = agent_of(tree, i)
    if owner is None and frame in {"that", "to"}:
        of = next((c for c in tree.kids[i] if i < c < start and tree.lower[c] in {"of", "from", "among", "in"}), None)
        owner = tree.child(of, "pobj") if of is not None else None
        if owner is not None and of is not None and tree.lower[of] == "in" and tree.lemma[owner] not in PRESS:
            owner = None
    first, verb = i, tree.head[i]
    if owner is None and tree.dep[i] in {"dobj", "nsubjpass"} and tree.lemma[verb] in LIGHT:
        subject, passive = subject_of(tree, verb)
        owner = agent_of(tree, verb) if passive else subject
        if tree.dep[i] == "dobj" and verb < i:
            first = verb_group(tree, verb)[0]
    if owner is None and frame == "that" and tree.dep[i] == "attr" and tree.child(verb, "expl") is not None:
        return Found(i, tree.span(i, last), [content], None, None, row, "noun that")  # 'there were reports that'
    if owner is None or owner == i:
        return None
    return Found(i, tree.span(first, last), [content], source_span(tree, owner, i), owner, row, f"noun {frame}")


def inside_noun(tree: Tree, i: int, row: Cue) -> tuple[Span, str, int, int] | None:
    """Content, frame, last token of the cue and first token of the content."""
    for c in (*tree.kids[i], *beside_object(tree, i)):
        if c < i:
            continue
        frame, start, last = "", tree.left[c], i
        if tree.dep[c] in {"acl", "ccomp", "relcl"} and tree.lower[tree.left[c]] == "that" and "that" in row.frames:
            if tree.dep[c] == "relcl" and tree.dep[tree.left[c]] != "mark":
                continue
            frame = "that"
        elif tree.dep[c] in {"acl", "xcomp"} and has_to(tree, c) and "to" in row.frames:
            frame = "to"
        elif tree.dep[c] == "prep" and f"p:{tree.lower[c]}" in row.frames and tree.kids[c]:
            frame, start, last = f"p:{tree.lower[c]}", c + 1, c
        if frame and start <= tree.right[c] and (span := trimmed(tree, start, tree.right[c])) is not None:
            return span, frame, last, start
    return None


def beside_object(tree: Tree, i: int) -> list[int]:
    """What the parser hung on the verb of 'expressed concern at the arrests', though it says what the concern is."""
    verb = tree.head[i]
    if tree.dep[i] == "nsubj" and tree.lemma[verb] == "be":
        return [c for c in tree.kids[verb] if c > verb and tree.dep[c] == "ccomp"]  # 'their position is that'
    if tree.dep[i] != "dobj" or tree.lemma[verb] not in LIGHT:
        return []
    return [c for c in tree.kids[verb] if c > i and tree.dep[c] in {"prep", "ccomp", "acl"}]


def adjective_attributions(tree: Tree, cues: CueTable) -> Iterator[Found]:
    """'X is confident that ...', 'Y remains opposed to ...', 'Z, unsure whether ...'."""
    for i in range(len(tree)):
        if tree.dep[i] not in {"acomp", "advcl", "conj", "ROOT", "relcl", "ccomp"}:
            continue
        if tree.pos[i] not in {"ADJ", "VERB"} or (row := cues.get(tree.lower[i], "adj")) is None:
            continue
        verb = tree.head[i] if tree.dep[i] == "acomp" else i
        if tree.dep[i] == "acomp" and tree.lemma[verb] not in LINKING:
            continue
        subject, _ = subject_of(tree, verb)
        inside = inside_adjective(tree, i, row)
        if subject is None or inside is None or tree.lower[subject] in {"it", "there", "this"}:
            continue
        content, frame, last = inside
        first = verb_group(tree, verb)[0]
        yield Found(
            i,
            tree.span(first, max(last, i)),
            [content],
            source_span(tree, subject, i),
            subject,
            row,
            f"adjective {frame}",
        )


def inside_adjective(tree: Tree, i: int, row: Cue) -> tuple[Span, str, int] | None:
    """Content, frame and last token of the cue."""
    beside = [c for c in tree.kids[tree.head[i]] if tree.dep[c] == "ccomp"] if tree.dep[i] == "acomp" else []
    for c in (*tree.kids[i], *beside):
        if c < i:
            continue
        frame, start, last = "", tree.left[c], i
        if tree.dep[c] == "ccomp" and "that" in row.frames:
            frame = "that"
        elif tree.dep[c] in {"xcomp", "ccomp"} and has_to(tree, c) and "to" in row.frames:
            frame = "to"
        elif tree.dep[c] == "prep" and f"p:{tree.lower[c]}" in row.frames:
            frame, start, last = f"p:{tree.lower[c]}", c + 1, c
        if frame and start <= tree.right[c] and (span := trimmed(tree, start, tree.right[c])) is not None:
            return span, frame, last
    return None


def adverb_attributions(tree: Tree, cues: CueTable) -> Iterator[Found]:
    """'reportedly', 'allegedly': the clause, said by nobody who is named."""
    for i in range(len(tree)):
        if tree.tag[i] != "RB" or (row := cues.get(tree.lower[i], "adverb")) is None:
            continue
        verb = tree.head[i]
        left, right = tree.left[verb], tree.right[verb]
        parts = [trimmed(tree, left, i - 1) if left < i else None, trimmed(tree, i + 1, right) if right > i else None]
        if content := [p for p in parts if p is not None]:
            yield Found(i, tree.span(i, i), content, None, None, row, "adverb")


def according_attributions(tree: Tree) -> Iterator[Found]:
    """'according to X': the clause that it stands in, before or after it."""
    for i in range(len(tree) - 1):
        if tree.lower[i] != "according" or tree.lower[i + 1] != "to":
            continue
        source_head = tree.child(i + 1, "pobj", "pcomp")
        if source_head is None:
            continue
        source = source_span(tree, source_head, i + 1)
        parts = clause_around(tree, i, max(tree.right[i], tree.right[i + 1]))
        if parts and source is not None:
            yield Found(i, tree.span(i, i + 1), parts, source, source_head, None, "according to")


def clause_around(tree: Tree, first: int, last: int) -> list[Span]:
    """The clause that the phrase from `first` to `last` stands in, before and after it."""
    verb = next((h for h in tree.above(first) if tree.pos[h] in {"VERB", "AUX"}), tree.head[first])
    while tree.dep[verb] == "conj" and tree.head[verb] < verb < first and tree.lower[first - 1] == ",":
        verb = tree.head[verb]  # 'A, and B, according to X': both are from X
    left, right = tree.left[verb], tree.right[verb]
    begin, stop = tree.sentence(first)
    if first - begin <= 1:
        left, right = last + 1, stop
    if tree.dep[verb] in {"ROOT"} and first - begin > 1:
        left = begin
    parts = []
    if left < first and (span := trimmed(tree, left, first - 1)) is not None:
        parts.append(span)
    if right > last and (span := trimmed(tree, last + 1, right)) is not None and len(span) > 12:
        parts.append(span)
    return parts


OPINIONS = frozenset(
    ["opinion", "view", "words", "judgment", "judgement", "estimation", "reckoning", "assessment", "eyes"]
)


def opinion_attributions(tree: Tree) -> Iterator[Found]:
    """'In the opinion of X, ...', 'in his view': the clause that it stands in."""
    for i in range(1, len(tree)):
        if tree.lower[i] not in OPINIONS:
            continue
        prep = tree.head[i]
        if tree.lower[prep] != "in" or tree.dep[i] != "pobj" or prep > i:
            continue
        of = next((c for c in tree.kids[i] if c == i + 1 and tree.lower[c] == "of"), None)
        owner = tree.child(i, "poss") if of is None else tree.child(of, "pobj")
        if owner is None or tree.lower[owner] in {"my", "our", "your", "its"}:
            continue
        source = source_span(tree, owner, i)
        parts = clause_around(tree, prep, max(tree.right[i], tree.right[prep]))
        if parts and source is not None:
            last = i if of is None else of
            yield Found(i, tree.span(prep, last), parts, source, owner, None, "according to")


def colon_attributions(tree: Tree) -> Iterator[Found]:
    """'Smith: The plan is dead' as a headline, and the turns of a transcript."""
    matches = list(TURN.finditer(tree.text)) if ":" in tree.text else []
    headline = HEADLINE.match(tree.text)
    if headline is not None and headline.start(1) not in {m.start(1) for m in matches}:
        matches.append(headline)
    for match in matches:
        content = trim(tree.text, *match.span(2))
        head = token_at(tree, match.end(1) - 1)
        if content is not None and head is not None:
            colon = Span(match.end(1), match.end(1) + 1)
            yield Found(head, colon, [content], Span(*match.span(1)), head, None, "colon")


def token_at(tree: Tree, offset: int) -> int | None:
    """The token that covers a code point, by bisection."""
    low, high = 0, len(tree) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if tree.idx[middle] <= offset:
            low = middle
        else:
            high = middle - 1
    return low if len(tree) and tree.idx[low] <= offset < tree.end[low] else None
