"""Who said what, in which words, through whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ..actors import Who
from ..claims import ActorRef, Attribution, DateRef, Mind, QuoteKind
from ..document import Span, cover
from ..language import Clock, Parse, Quote, find_quotes
from ..language.nearby import Nearby, quotations
from .answers import answers
from .continuing import go_on
from .cues import CueTable, load_cues
from .dating import Days
from .deeds import why_no_words
from .found import Found
from .mending import mended
from .nominal import (
    according_attributions,
    adjective_attributions,
    adverb_attributions,
    colon_attributions,
    noun_attributions,
    opinion_attributions,
)
from .phrases import source_span
from .quoted import (
    bare_speech,
    colon_speech,
    give_back,
    introduce,
    is_paired,
    is_speech,
    outer,
    plain_typography,
    signed,
    split_coordinated,
    widen,
)
from .set_phrases import phrase_attributions
from .subjects import replaced
from .tree import Tree
from .unspoken import unspoken, with_homes
from .verbs import verb_attributions
from .via import author_through, cited_by, is_body, is_medium, is_outlet, outlet_ref, outlets_beside, refs_at
from .worth import worth_recording

EXTRACTOR = "statements/1"
DOCUMENTS = frozenset(
    (
        "report statement study survey poll letter document memo communique communiqué resolution article book "
        "article transcript lawsuit filing complaint analysis text note paper email tweet declaration treaty "
        "agreement constitution law headline editorial ad advertisement release website file record investigation "
        "indictment"
    ).split()
)
FRAGMENTS = frozenset(["np", "np+", "as", "small", "np-passive"])
"""Frames whose quotation marks hold a part of a sentence."""
CONFIDENCE = {
    "that": 0.85,
    "answer": 0.7,
    "quote": 0.8,
    "according to": 0.85,
    "colon": 0.7,
    "to": 0.65,
    "np-passive": 0.4,
}


def find_attributions(parse: Parse, who: Who, clock: Clock, cues: CueTable | None = None) -> tuple[Attribution, ...]:
    """The attributions of one document, outer ones before those inside them.

    `cues` is a table with the user's rows in it (`load_cues(path)`); detente's own where none is given.
    """
    cues = cues or load_cues()
    tree = mended_tree(parse, cues)
    quotes = quotations(find_quotes(tree.text))
    founds = find_all(tree, cues, quotes)
    claims = claims_of(parse, tree, who, clock, founds, quotes)
    return tuple(with_homes(claims, unspoken(tree, parse.document, founds, quotes, EXTRACTOR)))


def mended_tree(parse: Parse, cues: CueTable) -> Tree:
    """The tree that attributions are looked for in."""
    tree = mended(Tree(parse), cues)
    if replaced(tree, cues):
        tree.reconnect()
    return tree


def find_all(tree: Tree, cues: CueTable, quotes: list[Quote]) -> list[Found]:
    """Every attribution in tokens and code points, in the order of the text."""
    outside = outer(quotes)
    founds = worth_recording(candidates(tree, cues, outside), tree, outside)
    go_on(founds, tree, outside)
    founds = split_coordinated(founds, tree, outside)
    give_back(founds, tree)
    return sorted(founds, key=lambda f: (cover(*f.content).start, -cover(*f.content).end, f.cue.start))


def candidates(tree: Tree, cues: CueTable, outside: Nearby[Quote]) -> list[Found]:
    """What the constructions offer, before it is asked what is worth recording."""
    if not len(tree):
        return []
    founds = list(phrase_attributions(tree, cues))
    founds += verb_attributions(tree, cues)
    founds += bare_speech(tree, cues, outside, {f.key for f in founds if not is_loose(f)})
    founds += plain_typography(tree, cues, outside, {f.key for f in founds if not is_loose(f)})
    founds += signed(tree, outside)
    nouns = list(noun_attributions(tree, cues))
    expressed = {
        tree.head[f.key] for f in nouns if tree.dep[f.key] == "dobj" and f.cue.start <= tree.idx[tree.head[f.key]]
    }
    founds = [f for f in founds if not (f.key in expressed and f.frame == "np")] + nouns
    founds += adjective_attributions(tree, cues)
    founds += adverb_attributions(tree, cues)
    founds += according_attributions(tree)
    founds += opinion_attributions(tree)
    founds += colon_attributions(tree)
    founds = answers(tree, cues, founds)
    for found in founds:
        widen(found, tree, outside)
    founds = distinct([f for f in founds if f.content])
    introduce(founds, tree, outside)
    founds += colon_speech(tree, cues, outside, founds)
    return distinct(founds)


def is_loose(found: Found) -> bool:
    """An object or prepositional phrase, which may only be the topic of speech that stands beside it."""
    return found.frame == "np" or found.frame.startswith("p:")


def distinct(founds: list[Found]) -> list[Found]:
    """One attribution a cue token; speech in quotation marks before what a plain object holds."""
    best: dict[int, Found] = {}
    for f in founds:
        known = best.get(f.key)
        if known is None or (is_loose(known) and f.frame == "quote" and not touches(known, f)):
            best[f.key] = f
    return list(best.values())


def touches(one: Found, other: Found) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


def claims_of(
    parse: Parse, tree: Tree, who: Who, clock: Clock, founds: list[Found], quotes: Nearby[Quote]
) -> list[Attribution]:
    """The claims, with speakers, outlets, dates and parents."""
    claims: list[Attribution] = []
    days = Days(tree, parse.document)
    homes: list[tuple[Span, Attribution, Found]] = []
    reports = sorted((f for f in founds if is_report(f)), key=lambda f: f.cue.start)
    for found in founds:
        if why_no_words(parse, tree, who, found) is not None:
            continue
        # Found come by the start of their contents: what ended before this one can hold nothing any more.
        begin = cover(*found.content).start
        homes = [h for h in homes if h[0].end > begin]
        parent = parent_of(found, homes)
        claim = claim_of(parse, tree, who, clock, found, quotes)
        credit = credit_of(found, reports, tree) if parent is None else None
        if credit is not None and claim.date is None:
            claim = replace(claim, date=date_inside(parse, clock, credit))
        reporter = parent[2] if parent is not None else credit
        if reporter is not None and reporter.source_head is not None and is_reporter(tree, who, reporter):
            outlet = outlet_ref(tree, who, reporter.source_head)
            if outlet.id is None or outlet.id not in {s.id for s in claim.speakers}:
                claim = replace(claim, via=(*claim.via, outlet))
        if parent is not None:
            claim = replace(claim, parent=parent[1].id)
        claim = days.given(claim, found)
        claims.append(claim)
        homes += [(piece, claim, found) for piece in found.content]
    return claims


def parent_of(found: Found, homes: list[tuple[Span, Attribution, Found]]) -> tuple[Span, Attribution, Found] | None:
    """The nearest attribution whose content holds the cue and all the content of this one."""
    whole = cover(found.cue, *found.content)
    inside = [h for h in homes if h[0].contains(whole) and h[2] is not found]
    return min(inside, key=lambda h: len(h[0]), default=None)


def date_inside(parse: Parse, clock: Clock, credit: Found) -> DateRef | None:
    """When what the report tells took place: the words of its later sentences fell then as well."""
    told = parse.tokens(credit.content[0])
    date = clock.date_of(told.root) if told is not None else None
    return replace(date, reason="same report, earlier sentence") if date is not None else None


REPORTS = frozenset("report say write quote announce state carry publish note reveal add".split())


def is_report(found: Found) -> bool:
    return found.frame == "that" and found.row is not None and found.row.cue in REPORTS


def credit_of(found: Found, reports: list[Found], tree: Tree) -> Found | None:
    """The report whose later sentences these are: 'The agency reports that A met B. They stressed ...'.

    The credit reaches the sentences of its paragraph that go on about 'they', 'he' or 'the two'. `reports` are in the
    order of their cues.
    """
    if found.source_head is None or tree.pos[found.source_head] != "PRON":
        return None
    at = bisect_left(reports, found.cue.start, key=lambda f: f.cue.start)
    if at == 0 or "\n" in tree.text[reports[at - 1].cue.start : found.cue.start]:
        return None
    return reports[at - 1]


def is_reporter(tree: Tree, who: Who, found: Found) -> bool:
    """Whether an attribution is an outlet's report of what others did or said.

    'According to the Kremlin, X said ...': a body passes on what somebody said as an outlet does.
    """
    head = found.source_head
    if head is None:
        return False
    return is_outlet(tree, who, head) or (found.frame == "according to" and is_body(tree, who, head))


def claim_of(parse: Parse, tree: Tree, who: Who, clock: Clock, found: Found, quotes: Nearby[Quote]) -> Attribution:
    """One attribution as a claim, its parent not known yet."""
    speakers, via, source = voices(tree, who, found)
    spans = [s for s in (source, found.cue, *found.content) if s is not None]
    own = {s.id for s in speakers if s.id}
    return Attribution(
        document=parse.document.id,
        span=cover(*spans),
        source=source,
        cue=found.cue,
        content=tuple(found.content),
        speakers=speakers,
        quote=quote_kind(tree.text, found.content, quotes, fragment=is_fragment(tree, found)),
        mind=mind_of(tree, found),
        colour=found.row.colour if found.row else None,
        via=tuple(r for v in dict.fromkeys(via) if (r := outlet_ref(tree, who, v)).id not in own),
        addressees=tuple(r for a in found.addressees if a not in via for r in refs_at(tree, who, a)),
        date=clock.date_of(tree.doc[found.key]),
        balanced=is_balanced(tree.text, found.content, quotes),
        confidence=CONFIDENCE.get(found.frame, 0.6) * (1.0 if speakers else 0.8),
        extractor=EXTRACTOR,
        why=why(found),
    )


def is_fragment(tree: Tree, found: Found) -> bool:
    """Whether the words quoted are picked out of a sentence: 'rejected it as "fiction"', 'called it "a joke"'."""
    if found.frame in FRAGMENTS:
        return True
    named = found.frame == "quote" and found.row is not None and "small" in found.row.frames
    return named and not tree.text[found.cue.end : found.content[0].start].strip(" \t\n\xa0")


def is_balanced(text: str, content: list[Span], quotes: Nearby[Quote]) -> bool:
    """Whether every quotation mark of the content has its partner there; in speech of several paragraphs each opens
    the marks again."""
    touched = [q for p in content for q in quotes.near(p.start, p.end) if q.span.overlaps(p)]
    if not all(q.balanced for q in touched):
        return False
    return any(q.piece for q in touched) or all(is_paired(p.of(text)) for p in content)


def voices(tree: Tree, who: Who, found: Found) -> tuple[tuple[ActorRef, ...], list[int], Span | None]:
    """Whose words they are, the heads of the outlets that they passed through, and the words that name the source.

    What somebody's channel or paper says are their words. An outlet that is only named as a source ('according to the agency X') passes words on that it gives to nobody;
    one that reports 'citing Y' passes on those of Y.
    """
    via = outlets_beside(tree, who, found)
    head = found.source_head
    if head is None or not found.source:
        return (), via, found.source
    author, channels = author_through(tree, who, head)
    if author is not None:
        return tuple(map(unowned, refs_at(tree, who, author))), [*via, *channels], found.source
    if found.frame in {"according to", "that", "quote", "parenthesis"} and is_outlet(tree, who, head):
        cited = cited_by(tree, found.key, head)
        if cited is not None and not is_outlet(tree, who, cited):
            named = source_span(tree, cited, found.key) or found.source
            return refs_at(tree, who, cited), [*via, head], named
        if found.frame == "according to":
            return (), [*via, head], found.source
    if is_medium(tree, who, head):
        return (outlet_ref(tree, who, head),), via, found.source
    return refs_at(tree, who, head), via, found.source


def unowned(ref: ActorRef) -> ActorRef:
    """Without the ending that says that it owns the website."""
    name = ref.name and re.sub(r"['’]s?$", "", ref.name)
    return ref if name == ref.name else replace(ref, name=name)


def why(found: Found) -> str:
    """Construction and table row, in words."""
    row = f"cue row '{found.row.cue}' ({found.row.pos}, line {found.row.line})" if found.row else "no cue row needed"
    further = "; the quotation right behind it goes on" if found.gone_on else ""
    return f"construction '{found.frame}', {row}{further}"


def mind_of(tree: Tree, found: Found) -> Mind:
    """Statement, belief or intention by the row; a document when the source is one."""
    mind: Mind = found.row.mind if found.row else "statement"
    if mind == "statement" and found.source_head is not None and tree.lemma[found.source_head].lower() in DOCUMENTS:
        return "document"
    return mind


def quote_kind(text: str, content: list[Span], quotes: Nearby[Quote], *, fragment: bool = False) -> QuoteKind:
    """Direct when every piece is a quotation, indirect when none holds one.

    Words picked out of somebody's speech (`fragment`: 'rejected it as "fiction"') are mixed.
    """
    whole = 0
    touched = False
    for piece in content:
        inside = [
            q
            for q in quotes.near(piece.start, piece.end)
            if q.span.overlaps(piece) and (text[q.span.start] not in "'‘’" or (q.depth == 0 and is_speech(text, q)))
        ]
        touched = touched or bool(inside)
        bare = piece.of(text).strip("\"“”„«» .,;:!?…'‘’")
        whole += any(
            len(bare) <= len(q.inner) and q.span.contains(Span(piece.start, max(piece.start, piece.end - 1)))
            for q in inside
        )
    if whole == len(content) and not fragment:
        return "direct"
    return "mixed" if touched else "indirect"


__all__ = ["ActorRef", "find_attributions"]
