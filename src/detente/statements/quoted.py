"""Direct speech: which quotation belongs to which cue, and how far it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..document import Span, cover
from ..language import Quote
from ..language.nearby import Nearby, quotations
from .clauses import opens_adverbial
from .cues import Cue, CueTable
from .found import Found
from .nominal import token_at
from .phrases import source_span, subject_of, trim, verb_group
from .tree import Tree
from .verbs import addressees, row_of

AND_THAT = re.compile(r"[\s,\"”]*\band that\s*$")
SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*([A-Z][^\W\d_][^\n“\"]{1,70}?)\.?[ \xa0]*(?=\n|\Z)")
NAMING = frozenset(["DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM"])

ANY_VERB = Cue("any verb beside speech", "verb", frozenset(["q"]), frozenset(), "statement", None, 0)
"""The row for a verb that no row knows, where the typography says that somebody speaks."""

STOP = re.compile(r"\w[.!?]\s*$")
"""The end of the sentence before: what is quoted in the next is another's, unless a colon says otherwise."""
GAP = frozenset(" ,\n\t\r\xa0:;—–-.")


def outer(quotes: Iterable[Quote]) -> Nearby[Quote]:
    """The quotations that stand in no other, first to last."""
    return quotations(q for q in quotes if q.depth == 0 and len(q.inner) > 0)


def is_speech(text: str, quote: Quote) -> bool:
    """A quotation that can stand alone: several words, or a sentence of its own."""
    inner = quote.inner.of(text).strip()
    return inner.count(" ") >= 3 or inner[-1:] in ".!?,…"


def bare_speech(tree: Tree, cues: CueTable, quotes: Nearby[Quote], taken: set[int]) -> Iterator[Found]:
    """Cue verbs that the parser gave no complement, with the words before or after them."""
    for i in range(len(tree)):
        if tree.pos[i] != "VERB" or i in taken:
            continue
        row = row_of(tree, cues, i)
        if row is None or "q" not in row.frames:
            row = ANY_VERB if tree.tag[i] in {"VBD", "VBZ"} and tree.dep[i] not in {"relcl", "xcomp"} else None
        if tree.tag[i] == "VBG" and tree.lemma[i] in {"speak", "talk"}:
            continue  # 'Speaking to X, he said': where he speaks
        if row is None or any(
            q.inner.start <= tree.idx[i] < q.inner.end for q in quotes.near(tree.idx[i], tree.idx[i])
        ):
            continue
        subject, passive = subject_of(tree, i)
        if subject is None or passive or tree.head[subject] != i:
            continue
        first, last = verb_group(tree, i)
        content = beside(tree, i, subject, quotes) if row is not ANY_VERB else inside_comma(tree, i, subject, quotes)
        if content is not None:
            source = source_span(tree, subject, i)
            found = Found(i, tree.span(first, last), [content], source, subject, row, "quote")
            found.addressees = addressees(tree, i, False, "quote")
            yield found


def plain_typography(tree: Tree, cues: CueTable, quotes: Nearby[Quote], taken: set[int]) -> Iterator[Found]:
    """'"...," said the minister' and '"...," the minister said' where the parser saw something else."""
    for q in quotes:
        if not is_speech(tree.text, q) or (k := token_at(tree, q.span.end - 1)) is None:
            continue
        first = k + 1
        run = first
        while run < min(len(tree), first + 9) and tree.pos[run] in NAMING and tree.text[tree.idx[run]] != "\n":
            run += 1
        if run >= len(tree) or (run == first and run + 1 >= len(tree)):
            continue
        verb = run
        if (
            verb in taken
            or tree.pos[verb] != "VERB"
            or (tree.tag[verb] == "VBG" and tree.lemma[verb] in {"speak", "talk"})
            or (row := row_of(tree, cues, verb)) is None
            or "q" not in row.frames
        ):
            continue
        if run > first:
            start, head = first, run - 1
        else:
            start = head = verb + 1
            while head + 1 < min(len(tree), start + 9) and tree.pos[head + 1] in NAMING:
                head += 1
        if tree.pos[head] not in {"NOUN", "PROPN", "PRON"}:
            continue
        taken.add(verb)
        yield Found(verb, tree.span(verb, verb), [q.span], tree.span(start, head), head, row, "quote")


def signed(tree: Tree, quotes: Nearby[Quote]) -> Iterator[Found]:
    """A quotation with its author's name behind a dash, at the end of the line."""
    for q in quotes:
        match = SIGNATURE.match(tree.text, q.span.end) if is_speech(tree.text, q) else None
        head = token_at(tree, match.end(1) - 1) if match else None
        if match is not None and head is not None:
            dash = tree.text.index(match[0].strip()[0], q.span.end)
            yield Found(head, Span(dash, dash + 1), [q.span], Span(*match.span(1)), head, None, "signature")


def colon_speech(tree: Tree, cues: CueTable, quotes: Nearby[Quote], founds: Iterable[Found]) -> Iterator[Found]:
    """'The minister put it bluntly: "No."': a clause that ends in a colon introduces speech, a person's by any verb.

    The speech may stand in a paragraph of its own: 'The ministry went on to say:' and then the words.
    """
    taken = [p for f in founds for p in f.content]
    covered = Nearby(taken, taken)
    for q in quotes:
        before = tree.text[max(0, q.span.start - 4) : q.span.start].rstrip()
        if before[-1:] != ":" or not is_speech(tree.text, q):
            continue
        if any(p.overlaps(q.inner) for p in covered.near(q.span.start, q.span.end)):
            continue
        colon = token_at(tree, tree.text.rindex(":", 0, q.span.start))
        if colon is None:
            continue
        found = inverted(tree, cues, colon, q) or telling(tree, cues, colon, q)
        if found is not None:
            yield found


def inverted(tree: Tree, cues: CueTable, colon: int, q: Quote) -> Found | None:
    """'Said Ellis:', 'Added the envoy:': a cue that opens the sentence, with the speaker up to the colon."""
    begin = max(tree.sentence(colon)[0], colon - 12)
    while begin < colon and not tree.words[begin].strip():
        begin += 1
    named = range(begin + 1, colon)
    row = cues.get(PAST.get(tree.lower[begin], tree.lower[begin].removesuffix("d")), "verb") or cues.get(
        tree.lower[begin].removesuffix("ed"), "verb"
    )
    if row is None or "q" not in row.frames or not named or tree.lower[begin][-1:] != "d":
        return None
    if not all(tree.pos[k] in NAMING for k in named) or tree.pos[colon - 1] not in {"NOUN", "PROPN", "PRON"}:
        return None
    return Found(begin, tree.span(begin, begin), [q.span], tree.span(begin + 1, colon - 1), colon - 1, row, "quote")


PAST = {"said": "say", "told": "tell", "replied": "reply"}
"""Past tenses of sentences like 'Said Ellis:' that no ending shows."""


def telling(tree: Tree, cues: CueTable, colon: int, q: Quote) -> Found | None:
    """The clause before the colon: its last cue of speech with whoever says it, else a person's clause with any verb."""
    begin = max(tree.sentence(colon)[0], colon - 40)
    for k in range(colon - 1, begin - 1, -1):
        row = row_of(tree, cues, k) if tree.pos[k] == "VERB" else None
        if row is None or "q" not in row.frames:
            continue
        subject, passive = subject_of(tree, k)
        if subject is not None and not passive and subject < k:
            return introduced(tree, k, subject, row, q)
    for k in range(begin, colon):
        tensed = tree.pos[k] in {"VERB", "AUX"} and tree.tag[k] in {"VBD", "VBZ", "VBP"}
        subject = tree.child(k, "nsubj") if tensed else None
        if subject is not None and is_voice(tree, subject):
            return introduced(tree, k, subject, ANY_VERB, q)
    return None


def introduced(tree: Tree, verb: int, subject: int, row: Cue, q: Quote) -> Found | None:
    source = source_span(tree, subject, verb)
    if source is None:
        return None
    first, last = verb_group(tree, verb)
    return Found(verb, tree.span(first, last), [q.span], source, subject, row, "quote")


def is_voice(tree: Tree, subject: int) -> bool:
    """A name, a person's pronoun or a noun with a name in apposition."""
    if tree.pos[subject] == "PROPN" or tree.lower[subject] in {"he", "she", "they"}:
        return True
    return tree.pos[subject] == "NOUN" and tree.child(subject, "appos") is not None


def beside(tree: Tree, i: int, subject: int, quotes: Nearby[Quote]) -> Span | None:
    """The quotation next to the clause of verb i, or the clause that it is put into."""
    start, end = tree.idx[min(i, tree.left[subject])], tree.end[max(i, tree.right[subject])]
    begin, stop = tree.sentence(i)
    limit = tree.end[stop]
    for q in quotes.near(start - 5, start):
        if is_speech(tree.text, q) and q.span.end <= start and only_gap(tree.text, q.span.end, start):
            return q.span
    for q in quotes.near(end, limit + 3):
        between = tree.text[end : q.span.start]
        if not end <= q.span.start <= limit + 3 or not is_speech(tree.text, q) or len(between) > 90:
            continue
        if between.rstrip()[-1:] in {",", ":"} or (
            len(between.split()) <= 3 and not STOP.search(tree.text[end - 1 : q.span.start])
        ):
            return q.span
    first = min(i, tree.left[subject])
    if first - begin < 4 or tree.lower[first - 1] not in {",", "”", '"', "''"} or not row_parenthetical(tree, i):
        return None
    tensed = any(tree.tag[k] in {"VBD", "VBZ", "VBP", "MD"} for k in range(begin, first))
    if tensed and not opens_adverbial(tree, begin, tree.head[begin]):
        return trim(tree.text, tree.idx[begin], tree.end[first - 1])
    return None


def inside_comma(tree: Tree, i: int, subject: int, quotes: Nearby[Quote]) -> Span | None:
    """Speech that ends in a comma, question or exclamation mark right before 'she quipped': any verb will do."""
    start = tree.idx[min(i, tree.left[subject])]
    if abs(i - subject) > 4:
        return None
    for q in quotes.near(start - 5, start):
        if q.span.end <= start and only_gap(tree.text, q.span.end, start) and is_speech(tree.text, q):
            return (
                q.span if tree.text[q.inner.start : q.span.end + 1].rstrip("\"”'’ ")[-1:] in {",", "?", "!"} else None
            )
    return None


def row_parenthetical(tree: Tree, i: int) -> bool:
    """True when nothing but adverbials follow the verb."""
    return all(
        tree.dep[c] in {"prep", "punct", "advmod", "npadvmod", "nsubj", "aux", "advcl", "neg"} for c in tree.kids[i]
    )


def only_gap(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= 4 and all(ch in GAP and ch != "\n" for ch in text[start:end])


def widen(found: Found, tree: Tree, quotes: Nearby[Quote]) -> None:
    """A content that reaches into a quotation takes all of it, unless the cue stands in the same quotation."""
    pieces: list[Span] = []
    at = found.cue.start
    home = next((q for q in quotes.near(at, at) if q.inner.start <= at < q.inner.end), None)
    for piece in found.content:
        start, end = piece.start, piece.end
        for q in quotes.near(start, end):
            if q.span.end <= start or q.span.start >= end:
                continue
            if home is q:
                start, end = max(start, q.inner.start), min(end, q.inner.end)
            elif not (q.span.start <= found.cue.start < q.span.end):
                inside = Span(max(start, q.span.start), min(end, q.span.end))
                apart = found.source is None or not q.span.overlaps(found.source)
                if apart and (len(inside) * 2 > end - start or inside.start <= q.inner.start):
                    start, end = min(start, q.span.start), max(end, q.span.end)
        if end > start:
            pieces.append(Span(start, end))
    found.content = merged(pieces, found.cue)


def merged(pieces: list[Span], cue: Span) -> list[Span]:
    """Pieces in order, without overlaps, cut around the cue."""
    result: list[Span] = []
    for p in sorted(pieces):
        if p.overlaps(cue) and p.start < cue.start:
            p = Span(p.start, cue.start)
        elif p.overlaps(cue):
            p = Span(min(cue.end, p.end), p.end)
        if result and p.start < result[-1].end:
            p = Span(result[-1].end, max(p.end, result[-1].end))
        if len(p):
            result.append(p)
    return result


def introduce(founds: list[Found], tree: Tree, quotes: Nearby[Quote]) -> None:
    """A telling that ends in a colon introduces the speech behind it: 'discussed the budget: "We ..."'."""
    for f in founds:
        if f.source is None or f.row is None or f.frame in {"that", "quote"} or tree.pos[f.key] != "VERB":
            continue
        stop = tree.end[tree.sentence(f.key)[1]]
        for q in quotes.near(f.cue.end, stop + 3):
            if f.cue.end < q.span.start <= stop + 3 and is_speech(tree.text, q):
                if tree.text[f.cue.end : q.span.start].rstrip()[-1:] == ":" and all(
                    c.end <= q.span.start or q.span.contains(c) for c in f.content
                ):
                    f.content, f.frame = [q.span], "quote"
                break


def split_coordinated(founds: list[Found], tree: Tree, quotes: Nearby[Quote]) -> list[Found]:
    """'said that A, and that "B."' holds two statements: the second is direct speech of its own."""
    result = []
    for f in founds:
        result.append(f)
        whole = cover(*f.content)
        for q in quotes.near(whole.start, whole.end) if f.frame == "that" else ():
            joint = AND_THAT.search(tree.text, max(0, q.span.start - 12), q.span.start)
            home = next((p for p in f.content if p.start < q.span.start and q.span.end <= p.end + 2), None)
            if (
                joint is None
                or home is None
                or f.cue.end > q.span.start
                or not is_speech(tree.text, q)
                or home.end > q.span.end + 1
            ):
                continue
            first = trim(tree.text, home.start, joint.start())
            if first is not None:
                f.content = [first if p is home else p for p in f.content]
                result.append(replace(f, content=[q.span], frame="coordinated that"))
    return result


def give_back(founds: list[Found], tree: Tree) -> None:
    """'said that he was told that A, and that B': the second 'that' behind a comma goes on with the outer speech."""
    outer_ones = [f for f in founds if f.frame == "that"]
    for f in outer_ones if len(outer_ones) > 1 else ():
        if not tree.text.startswith("that ", f.content[0].start):
            continue
        for n, piece in enumerate(f.content):
            joint = COMMA_AND_THAT.search(tree.text, piece.start, piece.end)
            if joint is not None and any(
                g is not f and g.content[0].start < f.cue.start and g.content[-1].end >= piece.end for g in outer_ones
            ):
                f.content[n] = Span(piece.start, joint.start())


COMMA_AND_THAT = re.compile(r",[”\"]? (?:and|but) that ")


def is_paired(words: str) -> bool:
    """As many quotations open as close, in marks that show which they do; in Swedish and Finnish type ” and » do both."""
    if "„" in words:  # which “ or ” closes
        return words.count("„") == words.count("“") + words.count("”")
    pairs = (("“", "”"), ("«", "»"))
    return all(
        words.count(opening) == words.count(closing) or (opening not in words and words.count(closing) % 2 == 0)
        for opening, closing in pairs
    )
