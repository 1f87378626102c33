"""Who stands in a row before a verb or after 'by', read off the words themselves.

The parser often loses a long list: it hangs 'and the rebels of B' on the A of 'the government of A', takes the subject
of 'After talks hosted by A, B and C signed' for a list of three, or begins a new sentence after a dateline's dash. The
row is what a reader sees: names, titles and commas, up to the next verb or preposition.
"""

from __future__ import annotations

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef
from ..language import Parse
from .parties import is_named, is_owned, is_unknown, unknown_name, without_titles
from .phrases import children, clause_between

INSIDE = frozenset({"of", "from", "for", "to"})
"""Prepositions inside a row: 'the envoy of A to B'."""
OPENING = frozenset({"as", "that", "while", "when", "because", "whether", "if", "where"})
"""Words after which a clause begins with its subject: no comma has to come first."""
TIME_OR_PLACE = frozenset({"on", "in", "at", "late", "early"})
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM", "PRON", "X", "PART"})

NO_NAMES = frozenset({"VERB", "AUX", "ADP", "PUNCT"})


def row_of(verb: Token) -> list[Token]:
    """The row of those who do what `verb` (or the noun of an act: 'the signing ... by A and B') tells."""
    by = next((t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i and not clause_between(t, verb)), None)
    if by is not None and (verb.pos_ == "NOUN" or (verb.tag_ in {"VBN", "VBD"} and not children(verb, "nsubj"))):
        return row_after(by)
    if verb.pos_ == "NOUN" or children(verb, "nsubjpass", "auxpass") or verb.dep_ == "acl":
        return []
    while verb.dep_ in {"xcomp", "conj"} and verb.head.pos_ == "VERB" and not children(verb, "nsubj"):
        verb = verb.head
    return row_before(verb)


def row_before(verb: Token) -> list[Token]:
    """The words of the subject of `verb`, as far as they stand in a row right before it."""
    i = before_time_and_place(verb)
    row: list[Token] = []
    while i >= 0 and continues(verb.doc[i]):
        row.insert(0, verb.doc[i])
        i -= 1
    opener = verb.doc[i] if i >= 0 else None
    crossed = opener is None or opener.is_space or not in_same_sentence(opener, verb)
    if crossed or opener is None or opener.lower_ in OPENING or opener.pos_ not in {"ADP", "SCONJ", "VERB"}:
        return row
    # 'After talks hosted by A, B and C signed': what comes before the first comma belongs to the words before
    comma = next((k for k, token in enumerate(row) if token.text == ","), None)
    if comma is not None:
        return row[comma + 1 :]
    return row if opener.pos_ != "ADP" or opener.lower_ in {"after", "before", "once", "until", "since"} else []


def row_after(preposition: Token) -> list[Token]:
    """The words after 'by', up to the next verb or preposition; a clause with a verb of its own gives back its subject."""
    row: list[Token] = []
    doc = preposition.doc
    for token in doc[preposition.i + 1 :]:
        if not continues(token) or token.sent.start > preposition.sent.end:
            if token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VBN", "VBG"}:
                comma = next((k for k in range(len(row) - 1, -1, -1) if row[k].text == ","), 0)
                row = row[:comma]
            break
        row.append(token)
    return row


def in_same_sentence(one: Token, two: Token) -> bool:
    """Whether no sentence ends between the two; one that begins with 'and' or a small letter is the parser's."""
    return all(not t.is_sent_start or t.lower_ == t.text for t in two.doc[one.i + 1 : two.i + 1])


def before_time_and_place(verb: Token) -> int:
    """The index of the last word of the subject: auxiliaries, adverbs, 'on Friday', 'in Oslo' and a comma passed over."""
    i = verb.i - 1
    while i >= 0:
        token = verb.doc[i]
        if (
            token.pos_ in {"AUX", "ADV"}
            or token.tag_ in {"MD", "RB"}
            or token.text == ","
            or token.ent_type_ in {"DATE", "TIME"}
            or (
                token.lower_ in TIME_OR_PLACE
                and i + 1 < verb.i
                and verb.doc[i + 1].ent_type_ in {"DATE", "TIME", "GPE"}
            )
            or (token.ent_type_ == "GPE" and verb.doc[i - 1].lower_ in {"in", "at"})
        ):
            i -= 1
        else:
            break
    return i


def continues(token: Token) -> bool:
    """Whether a row goes on with the word."""
    if token.is_space or token.tag_ in {"WDT", "WP", "WP$", "WRB"}:
        return False
    if token.text in {",", "'s", "’s", "'", "’"} or token.lower_ in INSIDE:
        return True
    if token.text == "-":
        return not (token.nbor(-1).whitespace_ if token.i else True)
    return token.pos_ in NAMING or token.ent_type_ == "PERSON" or bool(token.ent_type_ and token.pos_ not in NO_NAMES)


def segments(row: list[Token]) -> list[list[Token]]:
    """The row cut at its commas and conjunctions."""
    cut: list[list[Token]] = [[]]
    for token in row:
        if token.text == "," or token.pos_ == "CCONJ":
            cut.append([])
        else:
            cut[-1].append(token)
    return [s for s in cut if s]


def heads_in_row(row: list[Token]) -> tuple[Token, ...]:
    """The noun of each member of the row."""
    heads = []
    for piece in segments(row):
        before = piece[: next((k for k, t in enumerate(piece) if t.lower_ in INSIDE), len(piece))]
        nouns = [t for t in before if t.pos_ in {"NOUN", "PROPN"}]
        heads += nouns[-1:]
    return tuple(heads)


def is_list(who: Who, row: list[Token]) -> bool:
    """Whether the row is nothing but the names of several states or bodies: 'A, B, the Union of C and D'."""
    pieces = segments(row)
    return len(pieces) > 2 and all(
        all(t.pos_ == "DET" or t.lower_ == "of" or any(not r.person and r.id for r in who.at(t)) for t in p)
        for p in pieces
    )


def actors_in_row(who: Who, row: list[Token]) -> list[ActorRef]:
    """Whom the row names, each once; a group is another than its state, and the 'Commission' of 'Commission President X'
    none but X's."""
    seen: dict[tuple[str, str | None, str | None], ActorRef] = {}
    for piece in segments(row):
        refs = [r for t in piece for r in who.at(t)]
        titled = any(r.person and not is_unknown(r) for r in refs)
        for ref in refs:
            if not (titled and is_unknown(ref)):
                seen.setdefault((ref.key, ref.id, ref.person), ref)
    return list(seen.values())


def people_in_row(parse: Parse, who: Who, row: list[Token]) -> list[ActorRef]:
    """The persons who stand in the row for themselves: not the X of 'an adviser of X' or 'X's adviser'."""
    found: dict[str, ActorRef] = {}
    for piece in segments(row):
        for k, token in enumerate(piece):
            if is_owner(piece, k) or is_owned(token):
                continue
            refs = [without_titles(r) for r in who.at(token) if r.person and is_named(parse, r)]
            for ref in refs or unknown_name(parse, who, token):
                found.setdefault(ref.person or ref.text, ref)
    return list(found.values())


def is_owner(piece: list[Token], k: int) -> bool:
    """'X's adviser': X."""
    rest = [t.text for t in piece[k + 1 : k + 4]]
    return any(mark in rest for mark in ("'s", "’s"))
