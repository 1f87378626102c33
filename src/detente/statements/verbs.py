"""Attribution by verb: complements of a cue verb hold what is attributed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Span
from .channels import CLAIMING
from .clauses import clause_pieces, closes, has_to, is_finite, opens_adverbial, parenthetical, pieces
from .cues import Cue, CueTable
from .found import Found
from .mending import ADDRESSED
from .naming import before_contrast, relative_name, with_bound
from .phrases import CITING, agent_of, source_span, subject_of, verb_group
from .tree import Tree

PERSONS = frozenset(
    "official source minister spokesman spokeswoman spokesperson diplomat witness resident officer expert analyst "
    "adviser aide staff police ministry person people official lawyer doctor commander agency report document".split()
)
LEMMAS = {"hop": "hope", "retweete": "retweet"}
"""Verbs that the small model's lemmatiser gets wrong."""
IMPERSONAL = frozenset(["it", "there"])


def verb_attributions(tree: Tree, cues: CueTable) -> Iterator[Found]:
    """Every verb of the table with a complement in one of its frames, each once."""
    pos = tree.pos
    for i in range(len(tree)):
        if pos[i] != "VERB" or (row := row_of(tree, cues, i)) is None:
            continue
        if is_quoted_saying(tree, i) or is_asked(tree, i) or is_citing(tree, i) or is_nameless(tree, i):
            continue
        found = quoted_as_saying(tree, i, row) or verb_attribution(tree, i, row)
        if found is not None:
            yield found


QUOTING = frozenset(["quote", "cite", "report"])


def is_quoted_saying(tree: Tree, i: int) -> bool:
    """The 'saying' of 'was quoted as saying', which is one cue with its verb."""
    prep = tree.head[i]
    return tree.dep[i] == "pcomp" and tree.lower[prep] == "as" and tree.lemma[tree.head[prep]] in QUOTING


def is_asked(tree: Tree, i: int) -> bool:
    """'Asked about the truce, X replied': who is asked says nothing by it."""
    return (
        (tree.tag[i] == "VBN" or (tree.tag[i] == "VBD" and tree.child(i, "nsubj") is None))
        and tree.dep[i] in {"advcl", "dep"}
        and tree.lemma[i] in {"ask", "question", "press", "quiz"}
    )


def is_citing(tree: Tree, i: int) -> bool:
    """'The agency reported, citing officials': they are its source, and no words of its own."""
    if tree.lower[i] not in CITING or tree.dep[i] not in {"advcl", "acl"}:
        return False
    good = tree.child(i, "dobj")
    return good is not None and (tree.lemma[good] in PERSONS or tree.pos[good] == "PROPN")


def is_nameless(tree: Tree, i: int) -> bool:
    """'an official who declined to be named': a manner of speaking of the writer's."""
    if tree.lemma[i] not in {"decline", "refuse", "ask"} or tree.dep[i] != "relcl":
        return False
    return any(tree.lemma[c] in {"name", "identify", "quote"} for c in tree.kids[i] if tree.dep[c] == "xcomp")


def quoted_as_saying(tree: Tree, i: int, row: Cue) -> Found | None:
    """'X was quoted by Y as saying that ...', 'Y quoted X as saying ...': X speaks, the words pass through Y."""
    if tree.lemma[i] not in QUOTING:
        return None
    saying = next(
        (s for p in tree.kids[i] if tree.lower[p] == "as" for s in tree.kids[p] if tree.dep[s] == "pcomp"), None
    )
    if saying is None or tree.tag[saying] != "VBG":
        return None
    subject, passive = subject_of(tree, i)
    speaker, medium = (
        (subject, agent_of(tree, i) or agent_of(tree, saying)) if passive else (tree.child(i, "dobj"), subject)
    )
    if speaker is None:
        return None
    clause = tree.child(saying, "ccomp")
    if clause is None:
        clause = below_addressee(tree, saying, tree.child(saying, "dobj"), frozenset(["that"]))
    if clause is None:
        clause = tree.child(saying, "xcomp", "dobj")
    in_front = tree.child(i, "ccomp")
    if clause is None and in_front is not None and in_front < i:
        content = clause_pieces(tree, i, in_front)
    else:
        first = tree.left[clause] if clause is not None else saying + 1
        content = pieces(tree, first, tree.right[clause if clause is not None else saying])
    source = source_span(tree, speaker, i if passive else saying)
    if content is None or source is None:
        return None
    cue = tree.span(verb_group(tree, i)[0], i)
    found = Found(i, cue, content, source, speaker, row, "that")
    found.via = [medium] if medium is not None else []
    return found


def row_of(tree: Tree, cues: CueTable, i: int) -> Cue | None:
    """The row of the verb with its particle, or of the verb alone."""
    row = cues.get(LEMMAS.get(tree.lemma[i], tree.lemma[i]), "verb")
    if (particle := tree.child(i, "prt")) is not None:
        row = cues.get(f"{tree.lemma[i]} {tree.lower[particle]}", "verb") or row
    elif row is None and (extra := tree.child(i, "acomp", "oprd")) is not None:
        row = cues.get(f"{tree.lemma[i]} {tree.lower[extra]}", "verb")
    return row


def verb_attribution(tree: Tree, i: int, row: Cue) -> Found | None:
    """The attribution that verb i makes, or None when its complements fit no frame of its row."""
    subject, passive = subject_of(tree, i)
    first, last = verb_group(tree, i)
    content, frame, last = complement(tree, i, row, passive, last)
    if tree.dep[i] == "parataxis" and row.frames & {"q", "that"} and (around := parenthetical(tree, i)) is not None:
        content, frame = around, "parenthesis"
    if content is None:
        return None
    speaker = None if frame == "seem" else agent_of(tree, i) if passive else subject
    if speaker is not None and tree.lower[speaker] in IMPERSONAL and tree.dep[speaker] == "expl":
        speaker = None
    source = source_span(tree, speaker, i) if speaker is not None else None
    if frame.startswith("np") or frame == "as":
        content = scare_quotes(tree, content)
    if source is not None:
        content = [piece for c in content if (piece := without(tree, c, source)) is not None]
    found = Found(i, tree.span(first, last), content, source, speaker, row, frame)
    found.addressees = addressees(tree, i, passive, frame)
    return found if content else None


SCARED = re.compile(r"\bas (?=[\"“„«‘'])")
QUOTED = re.compile(r"\s*,?\s*(?:and |or )?(?:an? |the )?(\"[^\"\n]+\"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|‘[^’\n]+’)")


def scare_quotes(tree: Tree, content: list[Span]) -> list[Span]:
    """'rejected the report as "fiction" and "slander"': the words quoted are what was said."""
    match = SCARED.search(tree.text, content[0].start, content[-1].end + 5)
    if match is None:
        return content
    said, at = [], match.end()
    while (piece := QUOTED.match(tree.text, at)) is not None:
        said.append(Span(*piece.span(1)))
        at = piece.end()
    rest = tree.text[at : max(at, content[-1].end)].strip(" .,;")
    return said if said and not rest else content


def without(tree: Tree, content: Span, source: Span) -> Span | None:
    """A content that the parser let run over its own source is cut before or after it."""
    if not content.overlaps(source):
        return content
    if content.start < source.start:
        return Span(content.start, source.start) if source.start - content.start > 2 else None
    return Span(source.end, content.end) if content.end > source.end else None


def addressees(tree: Tree, i: int, passive: bool, frame: str) -> list[int]:
    """To whom it is said: the object of 'tell', 'to X', 'with X' in an interview."""
    found = []
    for c in tree.kids[i]:
        if tree.dep[c] in {"dobj", "dative"} and tree.lemma[i] in ADDRESSED and frame not in {"np"}:
            found.append(c)
        elif tree.dep[c] in {"prep", "dative"} and tree.lower[c] == "to" and (p := tree.child(c, "pobj")) is not None:
            found.append(p)
        elif passive and tree.dep[c] == "nsubjpass" and tree.lemma[i] in ADDRESSED:
            found.append(c)
    return found


Complement = tuple[list[Span] | None, str, int]


def complement(tree: Tree, i: int, row: Cue, passive: bool, last: int) -> Complement:
    """The content in the first frame that fits, the frame, and the last token of the cue."""
    frames = row.frames
    kids = [c for c in tree.kids[i] if tree.dep[c] not in {"punct", "aux", "auxpass", "neg", "nsubj"}]
    by: dict[str, int] = {}
    for c in kids:
        by.setdefault(tree.dep[c], c)
    clause = chosen_clause(tree, i, frames, kids)
    if clause is not None:
        finite = is_finite(tree, clause)
        if finite and frames & {"that", "q", "np-that"}:
            return clause_pieces(tree, i, clause), "that", last
        if not finite and clause > i and frames & {"np-to", "to", "ing", "np"}:
            return pieces(tree, tree.left[clause], tree.right[clause]), "np-to", last
    if "seem" in frames and (raised := by.get("xcomp", by.get("acomp"))) is not None and raised > i:
        subject = subject_of(tree, i)[0]
        own = pieces(tree, tree.left[subject], tree.right[subject]) if subject is not None and subject < i else None
        return [*(own or []), *(pieces(tree, tree.left[raised], tree.right[raised]) or [])], "seem", last
    if not passive and (name := relative_name(tree, i, frames)) is not None:
        return pieces(tree, name[0], name[1]), name[2], last
    if (hung := below_addressee(tree, i, by.get("dobj"), frames)) is not None:
        return pieces(tree, tree.left[hung], tree.right[hung]), "that", last
    if not passive and (hung := below_adjunct(tree, kids, frames)) is not None:
        return pieces(tree, tree.left[hung], tree.right[hung]), "that", last
    if passive:
        return passive_complement(tree, i, row, by, last)
    obj = by.get("dobj")
    inf = by.get("xcomp")
    if inf is not None and obj is None:
        wanted = {"ing"} if tree.tag[inf] == "VBG" else {"to", "np-to"} if has_to(tree, inf) else set()
        if frames & wanted:
            return pieces(tree, tree.left[inf], tree.right[inf]), "to", last
    if obj is not None and obj > i and "np-as" in frames and (first := named_first(tree, i, obj)) is not None:
        return first, "as", last
    if obj is not None and obj > i:
        end = object_end(tree, i, obj, frames, kids)
        if end is not None:
            start = tree.left[obj] if tree.lemma[i] not in {"tell"} else tree.right[obj] + 1
            return pieces(tree, start, end), "np+", last
    if "small" in frames and (named := small_clause(tree, i, obj, by.get("oprd"))) is not None:
        return pieces(tree, *named), "small", last
    for c in kids:
        if (
            tree.dep[c] in {"prep", "dative"}
            and c > i
            and f"p:{tree.lower[c]}" in frames
            and (obj is None or not frames & {"np"})
        ):
            inside = tree.child(c, "pobj", "pcomp")
            if inside is not None:
                end = c if c - last <= 2 else last
                stop = max(
                    [tree.right[c]]
                    + [tree.right[k] for k in kids if k > c and tree.dep[k] in {"xcomp", "advcl"} and has_to(tree, k)]
                    + [tree.right[k] for k in kids if k > c and tree.lower[k] == "as" and "np-as" in frames]
                )
                return pieces(tree, c + 1, stop), f"p:{tree.lower[c]}", end
        if (
            tree.dep[c] == "advcl"
            and "p:for" in frames
            and (m := tree.child(c, "mark")) is not None
            and tree.lower[m] == "for"
        ):
            return pieces(tree, m + 1, tree.right[c]), "p:for", m if m - last <= 2 else last
    if obj is not None and "np" in frames and tree.lower[obj] not in {"himself", "herself", "themselves", "itself"}:
        if obj < i:
            return None, "", last
        return pieces(tree, tree.left[obj], end_of_object(tree, obj, kids)), "np", last
    return None, "", last


def small_clause(tree: Tree, i: int, obj: int | None, predicate: int | None) -> tuple[int, int] | None:
    """First and last token of 'the embargo criminal': object and predicate, however the parser joined them."""
    if obj is not None and obj > i and predicate is not None:
        return tree.left[obj], tree.right[predicate]
    if (
        obj is None
        and predicate is not None
        and predicate > i
        and any(tree.pos[k] == "NOUN" for k in tree.kids[predicate])
    ):
        return tree.left[predicate], tree.right[predicate]
    if obj is not None and obj > i:
        behind = next((k for k in tree.kids[obj] if k > obj and tree.dep[k] == "amod"), None)
        if behind is not None:
            return tree.left[obj], tree.right[obj]
    return None


def end_of_object(tree: Tree, obj: int, kids: list[int]) -> int:
    """An object with an infinitive ('the need to act, through dialogue') takes the adverbials behind it along."""
    last = before_contrast(tree, obj, with_bound(tree, obj, tree.right[obj], kids))
    if not any(tree.dep[c] in {"acl", "relcl"} and has_to(tree, c) for c in tree.kids[obj]):
        return last
    for c in kids:
        if c > last:
            if tree.dep[c] != "prep":
                break
            last = tree.right[c]
    return last


def below_addressee(tree: Tree, i: int, obj: int | None, frames: frozenset[str]) -> int | None:
    """'told a meeting of leaders that ...': a that-clause that the parser hung below the one spoken to."""
    if obj is None or obj < i or tree.lemma[i] not in ADDRESSED or "that" not in frames:
        return None
    for k in range(obj, tree.right[obj] + 1):
        mark = tree.left[k]
        if tree.dep[k] not in {"acl", "relcl", "ccomp"} or tree.lower[mark] != "that":
            continue
        # After 'told a briefing', 'that Washington was troubled' lacks nothing: it is no relative clause.
        whole = tree.child(k, "nsubj", "nsubjpass") not in {None, mark} and (
            tree.pos[k] != "VERB" or passive_of(tree, k)
        )
        if tree.dep[mark] == "mark" or whole:
            return k
    return None


def named_first(tree: Tree, i: int, obj: int) -> list[Span] | None:
    """'dismissed as "a fairy tale" reports that ...': the name in quotation marks before what it is given to."""
    quoted = AS_QUOTED.search(tree.text, tree.end[i], tree.idx[obj])
    if quoted is None or tree.text[tree.end[i] : quoted.start()].strip():
        return None
    thing = next((k for k in range(i + 1, obj + 1) if tree.idx[k] >= quoted.end()), obj)
    return [Span(*quoted.span(1)), *(pieces(tree, thing, tree.right[obj]) or [])]


AS_QUOTED = re.compile(r"\bas (\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»)\s+")


def below_adjunct(tree: Tree, kids: list[int], frames: frozenset[str]) -> int | None:
    """'said in a statement published on the website that ...': a that-clause that the parser hung below the adjunct."""
    if not {"q", "that"} <= frames:
        return None
    for c in kids:
        if tree.dep[c] != "prep" or tree.lower[c] not in {"in", "on", "at", "from", "during"}:
            continue
        for k in range(c + 1, tree.right[c] + 1):
            if tree.dep[k] not in {"acl", "relcl", "ccomp"} or tree.lemma[tree.head[k]] in CLAIMING:
                continue
            mark = tree.left[k]
            if tree.lower[mark] == "that" and tree.dep[mark] == "mark" and is_finite(tree, k):
                return k
    return None


def passive_of(tree: Tree, k: int) -> bool:
    return tree.child(k, "auxpass", "nsubjpass") is not None


def chosen_clause(tree: Tree, i: int, frames: frozenset[str], kids: list[int]) -> int | None:
    """The clause after the verb before the one in front of it, which only cues of speech may follow."""
    clauses = [c for c in kids if tree.dep[c] == "ccomp" and (c > i or "q" in frames)]
    clauses = [c for c in clauses if not opens_adverbial(tree, tree.left[c], c)]
    first = min([tree.left[k] for k in tree.kids[i] if tree.dep[k] == "nsubj"] + [i])
    # What stands before a semicolon is another sentence's, unless it is quoted.
    clauses = [c for c in clauses if c > i or ";" not in tree.lower[tree.right[c] + 1 : max(first, i)]]
    earlier = [c for c in clauses if c < i]
    if earlier and first > 0 and closes(tree.text, tree.end[first - 1] - 1):
        return earlier[0]
    return next((c for c in clauses if c > i), earlier[0] if earlier else None)


def object_end(tree: Tree, i: int, obj: int, frames: frozenset[str], kids: list[int]) -> int | None:
    """The last token of an object with the complement that completes it: 'X to go', 'X of lying', 'X as weak'."""
    for c in kids:
        if c <= obj:
            continue
        dep, word = tree.dep[c], tree.lower[c]
        if dep in {"xcomp", "advcl", "ccomp"} and frames & {"np-to"} and has_to(tree, c):
            return tree.right[c]
        if dep == "prep" and (f"np-p:{word}" in frames or (word == "as" and "np-as" in frames)):
            return tree.right[c]
        if dep in {"oprd", "advcl"} and "np-as" in frames and any(tree.lower[k] == "as" for k in tree.kids[c]):
            return tree.right[c]
    return None


def passive_complement(tree: Tree, i: int, row: Cue, by: dict[str, int], last: int) -> Complement:
    """'X is expected to go', 'X was dismissed as weak', 'X was rejected by Y', 'asked about X'."""
    subject = by.get("nsubjpass")
    if subject is None:
        subject = subject_of(tree, i)[0]
    frames = row.frames
    inf = by.get("xcomp")
    if inf is not None and frames & {"to", "np-to", "that"} and has_to(tree, inf):
        own = pieces(tree, tree.left[subject], tree.right[subject]) if subject is not None and subject < i else None
        # 'The king is believed to have fled' is a whole clause of what is believed; 'was told to leave' is not.
        frame = "that" if "that" in frames and "np-to" not in frames else "to"
        return [*(own or []), *(pieces(tree, tree.left[inf], tree.right[inf]) or [])], frame, last
    for c in tree.kids[i]:
        if tree.dep[c] in {"prep", "advcl"} and c > i and tree.lower[c] == "as" and "np-as" in frames:
            said = pieces(tree, c, tree.right[c]) or []
            quoted = any(q in said[0].of(tree.text) for q in '“"«') if said else False
            own = (
                pieces(tree, tree.left[subject], tree.right[subject])
                if subject is not None and subject < i and not quoted
                else None
            )
            return [*(own or []), *said], "as", last
        if (
            tree.dep[c] == "prep"
            and c > i
            and tree.lower[c] in {"of", "for"}
            and f"np-p:{tree.lower[c]}" in frames
            and subject is not None
        ):
            own = pieces(tree, tree.left[subject], tree.right[subject]) if subject < i else None
            return [*(own or []), *(pieces(tree, c, tree.right[c]) or [])], "np+", last
        if tree.dep[c] == "prep" and c > i and f"p:{tree.lower[c]}" in frames and "np" not in frames:
            return pieces(tree, c + 1, tree.right[c]), f"p:{tree.lower[c]}", c if c == last + 1 else last
    if subject is not None and "np" in frames and row.mind != "intention" and tree.dep[subject] == "nsubjpass":
        return pieces(tree, tree.left[subject], tree.right[subject]), "np-passive", last
    return None, "", last
