"""Who is named in a phrase: the members of a list, the states behind 'the ministers of A and B', the persons who sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef
from ..language import Parse
from .phrases import actors_at, children
from .words import words

JOINING = frozenset({"conj", "appos"})
OWNING = frozenset({"of", "from"})


def members(head: Token) -> Iterator[Token]:
    """The head and all that is joined to it, through conjunctions and appositions at any depth.

    The parser often takes the second of 'A, B, C and D' for an apposition of the first.
    """
    yield head
    # 'President A and Prime Minister B signed': the parser may take A for the subject of the name B
    lost = children(head, "nsubj") if head.pos_ == "PROPN" else []
    for child in [*lost, *children(head, *JOINING)]:
        if child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "X"}:
            yield from members(child)


def actors_named(who: Who, heads: Iterable[Token]) -> list[ActorRef]:
    """The actors that the phrases under `heads` name, each once, in the order of the text."""
    tokens = list(dict.fromkeys(m for h in heads for m in members(h)))
    return [r for t in tokens for r in of_member(who, t)]


def in_phrase(head: Token) -> list[Token]:
    """The head and what is joined to it in its phrase, where the parser lost the coordination: no clauses."""
    clauses = {t for c in head.subtree if c.dep_ in {"relcl", "advcl", "prep", "acl"} for t in c.subtree}
    return [
        t
        for t in head.subtree
        if (t not in clauses or t is head) and not (t.dep_ == "compound" and t.ent_type_ == "ORG")
    ]


def of_member(who: Who, token: Token) -> list[ActorRef]:
    """Whom one member of a list means: itself, or those to whom 'the delegations of A and B' belong."""
    if in_dateline(token):
        return []
    refs = actors_at(who, [token])
    if any(is_placed(r) for r in refs):
        return [*refs, *beside_in_list(who, token, refs)]
    behind = actors_at(who, [t for c in token.children for t in belonging(c)])
    return [r for r in behind if is_placed(r)] or refs


def beside_in_list(who: Who, token: Token, refs: list[ActorRef]) -> list[ActorRef]:
    """'the ministers of the Democratic Republic of Congo and Rwanda': the second state, which the parser hangs on Congo."""
    if token.tag_ != "NNS" or len({r.key for r in refs}) > 1:
        return []
    inner = [
        t for c in children(token, "prep") if c.lower_ == "of" for t in c.subtree if t.dep_ in {"pobj", "conj", "appos"}
    ]
    named = actors_at(who, [t for t in inner if t.pos_ == "PROPN"])
    return [r for r in named if r.country and is_placed(r) and r.key not in {f.key for f in refs}]


def is_unknown(ref: ActorRef) -> bool:
    """An organisation of no known state, in no table."""
    return not ref.country and bool(ref.id) and str(ref.id).startswith("org:")


def is_placed(ref: ActorRef) -> bool:
    """An actor of whom more is known than the words: not 'the rebels', not a ministry of no known state."""
    return bool(ref.country or (ref.id and not is_unknown(ref)) or ref.person)


def in_dateline(token: Token) -> bool:
    """Whether the word stands in 'SEOUL, Sept. 12 (Reuters) - ' at the head of the text."""
    if token.i > 40:
        return False
    dash = next((t for t in token.doc[token.i : token.i + 16] if t.text in {"-", "--", "–", "—"} and is_apart(t)), None)
    return dash is not None and any(t.ent_type_ == "DATE" or t.like_num for t in token.doc[token.i : dash.i])


def is_apart(dash: Token) -> bool:
    return dash.i > 0 and bool(dash.whitespace_) and bool(dash.nbor(-1).whitespace_)


def belonging(child: Token) -> Iterator[Token]:
    """The nationality before a noun, or the owners after 'of'; whom 'negotiators for A and B' speak for."""
    speaks = child.head.lemma_.lower() in words("agreement")["speaking"]
    if child.dep_ in {"amod", "compound", "poss", "nmod"}:
        yield from members(child)
    elif child.dep_ == "prep" and (child.lower_ in OWNING or (child.lower_ == "for" and speaks)):
        for noun in children(child, "pobj"):
            yield from members(noun)


def known(refs: Iterable[ActorRef]) -> list[ActorRef]:
    """Those that can be a party: a state, an organisation, a body; a person only with a state or organisation behind it; never
    the news agency that tells of it, nor the agreement itself, whose short name looks like an organisation's ('MOU')."""
    named = words("agreement")["nouns"]
    return [
        r
        for r in refs
        if r.country
        or (
            r.id
            and not r.id.startswith(("person:", "outlet:"))
            and not (r.person and is_unknown(r))
            and r.text.lower() not in named
        )
    ]


def people_named(parse: Parse, who: Who, heads: Iterable[Token]) -> list[ActorRef]:
    """The persons in the phrases under `heads`, also those whose names the actors' tables and the model missed."""
    found: dict[str, ActorRef] = {}
    for token in dict.fromkeys(m for h in heads for m in members(h)):
        for ref in people_at(parse, who, token):
            found.setdefault(ref.person or ref.text, ref)
    return list(found.values())


def people_at(parse: Parse, who: Who, token: Token, *, sure: bool = False) -> list[ActorRef]:
    """Whom the name that ends at `token` means; `sure` where the construction shows that it is a person's."""
    refs = [without_titles(r) for r in who.at(token) if r.person and is_named(parse, r)]
    return refs or unknown_name(parse, who, token, sure=sure)


def without_titles(ref: ActorRef) -> ActorRef:
    """'Foreign Ministers Ana Prado', which the model takes for a name, is Ana Prado."""
    parts = (ref.person or "").split()
    titles = [i for i, part in enumerate(parts[:-2]) if part.lower() in words("agreement")["titles"]]
    name = " ".join(parts[titles[-1] + 1 :] if titles else parts)
    return ref if name == ref.person else replace(ref, person=name, name=name, text=name)


def is_named(parse: Parse, ref: ActorRef) -> bool:
    """Whether the text itself has the name, and not only the office that the tables fill ('Hungary's premier')."""
    if ref.span is None or not ref.person:
        return False
    words_ = ref.span.of(parse.document.text).split()
    return any(part in words_ for part in ref.person.split())


def is_owned(token: Token) -> bool:
    """Whether the name is another's ('the adviser of President X'): an 'of' or 'to' stands before it and its titles."""
    i = token.i
    titles = words("agreement")["titles"]
    while i > token.sent.start:
        before = token.nbor(i - token.i - 1)
        if before.lower_ == "of" and token.nbor(i - token.i).lower_ == "state":
            i -= 1  # 'Secretary of State X'
        elif before.pos_ == "PROPN" or before.lower_ in titles or before.ent_type_ in {"NORP", "PERSON"}:
            i -= 1
        else:
            return before.lower_ in {"of", "to"}
    return False


def after_for_by(token: Token) -> bool:
    """'signed for the other side by Ayo Bello': who signs for a side is a person, though no table has the name."""
    by = token.head
    return by.lower_ == "by" and by.i > 1 and any(a.lower_ == "for" for a in (*by.ancestors, *by.head.lefts))


def unknown_name(parse: Parse, who: Who, token: Token, *, sure: bool = False) -> list[ActorRef]:
    """A capitalised name of two words or more after a title ('Foreign Ministers Ana Prado and ...'), or where it is `sure`."""
    beside_person = token.dep_ == "conj" and token.head.ent_type_ == "PERSON" and not who.at(token)
    if token.pos_ != "PROPN" or (token.ent_type_ in {"GPE", "NORP", "LOC", "DATE"} and not beside_person):
        return []
    if not all(is_unknown(r) and after_for_by(token) for r in who.at(token)):
        return []
    start = token.i
    while start > token.sent.start and (
        (token.doc[start].ent_iob_ == "I" and token.ent_type_ == "PERSON")  # the hyphen of 'Tarek el-Molla'
        or (token.doc[start - 1].pos_ == "PROPN" and token.doc[start - 1].head.i <= token.i)
    ):
        start -= 1
    run = list(token.doc[start : token.i + 1])
    while run and run[0].lower_ in words("agreement")["titles"]:
        run.pop(0)
    titled = sure or len(run) < token.i + 1 - start or token.dep_ in {"appos", "conj"} or after_for_by(token)
    if len(run) < 2 or not titled or not all(t.text[:1].isupper() for t in (run[0], run[-1])):
        return []
    span = parse.span(token.doc[run[0].i : token.i + 1])
    name = span.of(parse.document.text)
    behind = next(iter(who.at(token.head)), None) if token.dep_ == "appos" else None
    if behind is not None and not behind.person:
        return [replace(behind, text=name, span=span, name=name, person=name, reason="name in apposition")]
    return [ActorRef(text=name, span=span, name=name, person=name, reason="a name after a title", confidence=0.5)]
