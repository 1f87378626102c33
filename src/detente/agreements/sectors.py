"""What an agreement is about: the sectors that it, or the sentence after it, lists."""

from __future__ import annotations

from spacy.tokens import Token

from .phrases import children
from .words import words

LISTING = frozenset(
    {
        "in",
        "on",
        "of",
        "as",
        "from",
        "to",
        "including",
        "like",
        "across",
        "for",
        "between",
        "about",
        "over",
        "concerning",
        "covering",
    }
)
CLAUSES = frozenset({"relcl", "advcl", "csubj", "parataxis"})


def sectors_at(noun: Token) -> list[str]:
    """The sectors listed under the noun itself, or in the clause that says what it covers."""
    scope = own_words(noun)
    clause = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    if clause is not None and covers(clause):
        scope = own_words(clause)
    verb = noun.head
    if noun.dep_ == "dobj":  # 'signed a statement on trade', where the parser hangs 'on' or 'for' from the verb
        scope += [t for p in children(verb, "prep") if p.i > noun.i and says_what_for(p) for t in own_words(p)]
    if noun.dep_ == "pobj" and verb.lower_ in {"in", "under"} and verb.head.pos_ == "VERB":
        scope += own_words(verb.head)  # 'in a communique, A and B pledged to widen their cultural ties'
    for part in children(noun, "acl", "relcl"):
        if covers(part) or any(t.lemma_.lower() in words("sector")["heads"] for t in part.subtree):
            scope += own_words(part)
    return listed(scope)


def says_what_for(preposition: Token) -> bool:
    """'on trade', 'for a gas pipeline'; not 'for the trade ministry', 'for economic reasons'."""
    if preposition.lower_ == "on":
        return True
    return preposition.lower_ == "for" and any(
        o.pos_ == "NOUN" and o.lemma_.lower() not in words("sector")["not_for"] for o in children(preposition, "pobj")
    )


def sectors_of_pronoun(sentence_root: Token) -> list[str]:
    """'It covers fisheries and tourism': the list of the sentence after."""
    return listed(own_words(sentence_root)) if covers(sentence_root) else []


def sectors_of_goal(goal: Token) -> list[str]:
    """'agreed to widen their trade and energy ties': what those who agreed will do says what it is about."""
    return listed(own_words(goal))


def covers(verb: Token) -> bool:
    return verb.lemma_ in words("sector")["covering"]


def own_words(head: Token) -> list[Token]:
    """The subtree of `head` without clauses of their own."""
    out = {t for c in head.subtree if c != head and c.dep_ in CLAUSES for t in c.subtree}
    return [t for t in head.subtree if t not in out]


def listed(scope: list[Token]) -> list[str]:
    """The sector words of `scope` that stand in a list: before 'cooperation', after 'in' or 'on', under 'covers'."""
    table = words("sector")["words"]
    found = (word_of(t, table) for t in sorted(set(scope), key=lambda t: t.i) if is_listed(t))
    return list(dict.fromkeys(w for w in found if w))


def word_of(token: Token, table: frozenset[str]) -> str:
    """The sector word that ends at `token`, hyphens included; '' for none."""
    doc = token.doc
    if doc[token.i + 1 : token.i + 2].text == "-" and not token.whitespace_:
        return ""  # 'a power-sharing accord'
    if token.i > 1 and doc[token.i - 1].text == "-" and not doc[token.i - 2].whitespace_:
        joined = f"{doc[token.i - 2].lower_}-{token.lower_}"
        if joined in table:
            return joined
    return token.lower_ if token.lower_ in table else ""


def is_listed(token: Token) -> bool:
    """Whether the chain of conjunctions and compounds above the word ends where sectors are listed."""
    heads = words("sector")["heads"]
    node = token
    if token.dep_ in {"compound", "amod"} and token.head.lemma_.lower() in words("sector")["bearers"]:
        return False
    for _ in range(12):
        if node != token and node.lemma_.lower() in heads:
            return True
        if node.dep_ in {"conj", "compound", "amod", "nmod", "appos"} and node.head != node:
            if node.head.lemma_.lower() in words("agreement")["nouns"] and node.dep_ != "conj":
                return False
            node = node.head
            continue
        break
    if node.dep_ in {"dobj", "obj"}:
        return covers(node.head) or node.head.lemma_ in {"strengthen", "boost", "promote"}
    return node.dep_ == "pobj" and node.head.lower_ in LISTING


def sectors_before(noun: Token) -> list[str]:
    """The sectors among the words before the noun: 'a trade and investment pact'. They count where no list is told."""
    table = words("sector")["words"]
    tokens = [t for c in noun.children if c.i < noun.i and c.dep_ in {"compound", "amod", "nmod"} for t in c.subtree]
    return all_in(tokens, table)


def sectors_of_purpose(mention: Token) -> list[str]:
    """'an accord to let aid convoys through', 'a pact that ends the border dispute': where no list is told."""
    clauses = children(mention, "acl", "relcl")
    if mention.dep_ == "dobj":
        clauses += [c for c in children(mention.head, "advcl") if any(g.tag_ == "TO" for g in c.children)]
    return all_in([t for c in clauses for t in own_words(c) if t.i > mention.i], words("sector")["words"])


def all_in(tokens: list[Token], table: frozenset[str]) -> list[str]:
    """The sector words among the tokens, but for those that only name a thing ('the energy ministry')."""
    bearers = words("sector")["bearers"]
    ordered = sorted(set(tokens), key=lambda t: t.i)
    own = [t for t in ordered if not (t.dep_ in {"compound", "amod"} and t.head.lemma_.lower() in bearers)]
    return list(dict.fromkeys(w for t in own if (w := word_of(t, table))))
