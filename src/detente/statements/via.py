"""Whose words: speakers, addressees and the outlets that a statement passed through."""

from __future__ import annotations

import re

from ..actors import Who
from ..claims import ActorRef
from .found import Found
from .phrases import source_span
from .tree import Tree

OUTLET = re.compile(
    r"\b(news|news ?agency|agency|tv|television|radio|times|post|journal|newspaper|daily|website|web site|tass|"
    r"reuters|afp|bloomberg|cnn|bbc|fox|nbc|cbs|abc|msnbc|npr|irna|isna|xinhua|kyodo|yonhap|interfax|ap|"
    r"associated press|broadcaster|magazine|gazette|tribune|herald|guardian|al[- ]jazeera|dpa|ansa|upi|press tv|"
    r"state media|media|network|channel|blog|facebook|twitter|telegram|weibo|podcast)\b",
    re.IGNORECASE,
)
TALKS = frozenset(
    ["interview", "conversation", "comment", "remark", "statement", "article", "op-ed", "column", "essay"]
)
PRONOUNS = frozenset("he she they it we i you who that which this those these him her them".split())


def refs_at(tree: Tree, who: Who, head: int) -> tuple[ActorRef, ...]:
    """Whom a phrase means: its resolved actors with those coordinated to it, else the words as they stand."""
    refs: dict[str, ActorRef] = {}
    for token in (head, *tree.conjuncts(head)):
        known = who.at(tree.doc[token])
        if not known and tree.tag[token] in {"WP", "WDT"} and tree.dep[tree.head[token]] == "relcl":
            known = who.at(tree.doc[tree.head[tree.head[token]]])
        for ref in known or spelled(tree, token, head):
            refs.setdefault(ref.id or ref.name or ref.text, ref)
    return tuple(refs.values())


def spelled(tree: Tree, token: int, head: int) -> tuple[ActorRef, ...]:
    """An actor that no table knows, as the text has it."""
    span = source_span(tree, token, tree.head[head])
    if span is None:
        return ()
    words = span.of(tree.text)
    pronoun = words.lower() in PRONOUNS
    return (
        ActorRef(
            text=words,
            span=span,
            name=None if pronoun else words,
            reason="a pronoun that was not resolved" if pronoun else "as the text has it",
            confidence=0.2 if pronoun else 0.5,
        ),
    )


def is_outlet(tree: Tree, who: Who, head: int) -> bool:
    """Whether a phrase names a medium, by the registry or by its words."""
    for ref in who.at(tree.doc[head]):
        if ref.role == "MED" or (ref.id or "").startswith("outlet:"):
            return True
        if ref.person:
            return False
    if tree.lemma[head] in TALKS or tree.pos[head] == "PRON":
        return False
    return bool(OUTLET.search(tree.text[tree.idx[tree.left[head]] : tree.end[head]][-80:]))


def outlet_ref(tree: Tree, who: Who, head: int) -> ActorRef:
    """The outlet as the registry knows it, else as the text has it."""
    for ref in who.at(tree.doc[head]):
        if (ref.id or "").startswith("outlet:") or (ref.role == "MED" and ref.id != ref.country):
            return ref
    span = tree.span(tree.left[head], max(head, tree.left[head]))
    owner = who.at(tree.doc[head])
    country = owner[0].country if owner else None
    words = span.of(tree.text)
    return ActorRef(
        text=words, span=span, name=words, role="MED", country=country, reason="by its words", confidence=0.6
    )


def outlets_beside(tree: Tree, who: Who, found: Found) -> list[int]:
    """'told IRNA', 'in an interview with ITAR-Tass', 'in remarks carried by ...', 'was quoted by ...'."""
    heads = [a for a in found.addressees if is_outlet(tree, who, a)]
    for prep in (c for c in tree.kids[found.key] if tree.dep[c] == "prep" or tree.lower[c] in {"on", "in"}):
        for noun in (k for k in tree.kids[prep] if tree.dep[k] == "pobj"):
            if (
                tree.lower[prep] in {"on", "to", "in"}
                and found.frame != f"p:{tree.lower[prep]}"
                and is_outlet(tree, who, noun)
            ):
                heads.append(noun)
            heads += talk_partners(tree, who, noun)
    heads += [o for c in tree.kids[found.key] if tree.dep[c] == "dobj" for o in talk_partners(tree, who, c)]
    return list(dict.fromkeys([*heads, *found.via]))


def talk_partners(tree: Tree, who: Who, noun: int) -> list[int]:
    """The outlets that a noun of talk names: 'interview with X', 'comments to X', 'statement carried by X'.

    The parser often hangs 'in an interview with X' below the object, so nouns below are looked through.
    """
    found: list[int] = []
    stack = [noun]
    while stack:
        k = stack.pop()
        if tree.lemma[k] in TALKS:
            for c in range(k + 1, min(tree.right[k], k + 14) + 1):
                partner = tree.dep[c] == "pobj" and tree.lower[tree.head[c]] in {"with", "to", "by", "for", "on", "in"}
                if partner and is_outlet(tree, who, c):
                    found.append(c)
        else:
            stack += [g for c in tree.kids[k] if tree.dep[c] == "prep" for g in tree.kids[c] if tree.dep[g] == "pobj"]
            stack += [c for c in tree.kids[k] if tree.dep[c] == "conj"]
    return found
