"""Whose words: speakers, addressees and the outlets that a statement passed through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..actors import Who
from ..claims import ActorRef
from .channels import CARRYING, CHANNELS, PAPERS, author_of, channel_in, is_platform, platform_of
from .found import Found
from .phrases import CITING, MEDIA, source_span
from .tree import Tree

OUTLET = re.compile(
    r"\b(news|news ?agency|agency|tv|television|radio|times|post|journal|newspaper|daily|website|web site|tass|"
    r"reuters|afp|bloomberg|cnn|bbc|fox|nbc|cbs|abc|msnbc|npr|irna|isna|xinhua|kyodo|yonhap|interfax|ap|"
    r"associated press|broadcaster|magazine|gazette|tribune|herald|guardian|al[- ]jazeera|dpa|ansa|upi|press tv|"
    r"state media|media|network|channel|blog|facebook|twitter|telegram|weibo|podcast|"
    r"\w+funk|\w*zeitung|\w+blad(?:et)?|der spiegel|le monde|le figaro|el pa[ií]s|die welt|la repubblica|haaretz|ynet|"
    r"kommersant|izvestia|vedomosti|novosti|anadolu|hurriyet|milliyet|asahi|yomiuri|nikkei|nhk|caixin|scmp|"
    r"al[- ](?:arabiya|mayadeen|hayat|ahram|manar|quds)|tasnim|fars|mehr|kuna|sana|petra|wafa|antara|bernama|telesur|"
    r"politico|axios|deutsche welle|rfi|france 24|sky|itv|voa|ria|kcna|efe|ansa|afx|ukrinform|unian|belta|trend)\b",
    re.IGNORECASE,
)
TALKS = frozenset(
    "interview conversation comment remark statement article op-ed ed column essay post tweet message video thread speech "
    "address briefing conference broadcast appearance letter".split()
)
HELD = frozenset(
    "minister president premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson chief leader "
    "commander general governor king emir sultan chairman director adviser advisor commissioner mayor senator counterpart negotiator mediator deputy aide lawyer".split()
)
"""Heads of phrases that name a person by the office."""
GO_BETWEENS = frozenset(
    "spokesman spokeswoman spokesperson lawyer attorney aide interpreter translator mediator intermediary envoy office "
    "representative ministry embassy statement publicist agent".split()
)
BODIES = frozenset(
    "ministry embassy office service department secretariat mission consulate foundation directorate headquarters "
    "website".split()
)
HOUSES = frozenset(["Kremlin", "Elysee", "Élysée", "Pentagon", "Rashtrapati", "Zhongnanhai", "Vatican"])
"""Bodies that go by the name of their house."""
PRONOUNS = frozenset("he she they it we i you who that which this those these him her them".split())


def refs_at(tree: Tree, who: Who, head: int) -> tuple[ActorRef, ...]:
    """Whom a phrase means: its resolved actors with those coordinated to it, else the words as they stand."""
    refs: dict[str, ActorRef] = {}
    for token in (head, *tree.conjuncts(head)):
        for ref in meant(tree, who, token) or spelled(tree, token, head):
            refs.setdefault(ref.id or ref.name or ref.text, ref)
    return tuple(refs.values())


def meant(tree: Tree, who: Who, token: int) -> tuple[ActorRef, ...]:
    """The actors that the phrase headed by `token` resolves to, with what stands beside it and before it."""
    known = who.at(tree.doc[token])
    if not known and tree.tag[token] in {"WP", "WDT"} and tree.dep[tree.head[token]] == "relcl":
        known = who.at(tree.doc[tree.head[tree.head[token]]])
    if any(ref.person for ref in known):
        return known
    beside = tuple(r for k in apposed(tree, token) for r in who.at(tree.doc[k]))
    if not beside and tree.lemma[token] in HELD and tree.pos[token] == "NOUN" and token + 1 < len(tree):
        beside = tuple(r for r in who.at(tree.doc[token + 1]) if r.person)  # 'his counterpart Ann Berg', badly parsed
    if beside and tree.pos[token] == "NOUN" and (beside[0].person or is_vague(known)):
        country = known[0].country if known else None
        return (replace(beside[0], country=beside[0].country or country), *beside[1:])
    if tree.pos[token] == "PROPN" and not known:
        return namesake(tree, who, token)
    if tree.lemma[token] in HELD and is_vague(known) and tree.lower[tree.left[token]] == "the":
        return holder(tree, who, token) or known
    return known


def apposed(tree: Tree, token: int) -> list[int]:
    """Names in apposition: to the phrase, or, where the parser slips, to a name inside 'a spokesman for X, Y,'."""
    deep = range(token + 1, tree.right[token] + 1) if tree.lemma[token] in HELD else tree.kids[token]
    return [k for k in deep if tree.dep[k] == "appos" and tree.pos[k] == "PROPN"]


def is_vague(refs: tuple[ActorRef, ...]) -> bool:
    return not any(r.id or r.person or r.country for r in refs)


FAR = 2000
"""Tokens over which a surname or an office is looked back for."""


def earlier_persons(who: Who, token: int) -> Iterator[ActorRef]:
    """The persons named before a token, nearest first."""
    for i in range(token - 1, max(-1, token - FAR), -1):
        yield from (r for r in who.by_token.get(i, ()) if r.person)


def namesake(tree: Tree, who: Who, token: int) -> tuple[ActorRef, ...]:
    """The person named before whose name ends in this one."""
    for ref in earlier_persons(who, token):
        if (ref.name or "").split()[-1:] == [tree.words[token]]:
            return (replace(ref, reason="the same surname before", confidence=0.8),)
    return ()


def holder(tree: Tree, who: Who, token: int) -> tuple[ActorRef, ...]:
    """'the prime minister', 'the envoy': the nearest person before who holds that office, when nobody else does."""
    title = {tree.lower[k] for k in range(tree.left[token], token + 1)} - {"the"}
    holders: dict[str | None, ActorRef] = {}
    for ref in earlier_persons(who, token):
        if ref.office and title <= set(ref.office.lower().replace("-", " ").split()):
            holders.setdefault(ref.person, ref)
    if len(holders) != 1:
        return ()
    span = tree.span(tree.left[token], token)
    return (
        replace(
            next(iter(holders.values())),
            text=span.of(tree.text),
            span=span,
            reason="the one holder of the office before",
            confidence=0.75,
        ),
    )


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
    if tree.pos[head] == "NOUN" and not OUTLET.fullmatch(tree.lemma[head]) and tree.lemma[head] not in MEDIA:
        return any(tree.dep[k] == "appos" and OUTLET.search(tree.words[k]) for k in tree.kids[head])
    return bool(OUTLET.search(tree.text[tree.idx[tree.left[head]] : tree.end[head]][-80:]))


def is_medium(tree: Tree, who: Who, head: int) -> bool:
    """'Iranian state television': a medium that no table has, which resolves to nothing but its state."""
    refs = who.at(tree.doc[head])
    return (
        tree.lemma[head].lower() in MEDIA
        and len(refs) == 1
        and refs[0].id is not None
        and refs[0].id == refs[0].country
    )


def author_through(tree: Tree, who: Who, head: int) -> tuple[int | None, list[int]]:
    """Whose words a channel or a paper carries, and the channel: 'a statement on the ministry's website'."""
    author = author_of(tree, who, head)
    if tree.lemma[head].lower() in CHANNELS:
        return author, [head] if author is not None else []
    channel = channel_in(tree, head) if tree.lemma[head].lower() in PAPERS else None
    if channel is None:
        return author, []
    return author if author is not None else author_of(tree, who, channel), [channel]


def outlet_ref(tree: Tree, who: Who, head: int) -> ActorRef:
    """The outlet as the registry knows it, else as the text has it."""
    named = [k for k in tree.kids[head] if tree.dep[k] == "appos" and tree.pos[k] == "PROPN" and k > head]
    for token in (head, *named):
        for ref in who.at(tree.doc[token]):
            if (ref.id or "").startswith("outlet:") or (ref.role == "MED" and ref.id != ref.country):
                return ref
    if named and tree.lemma[head] in MEDIA:
        head = named[0]
    span = tree.span(tree.left[head] if not is_platform(tree, head) else head - (tree.words[head] == "Social"), head)
    owner = who.at(tree.doc[head])
    country = owner[0].country if owner else None
    words = span.of(tree.text)
    return ActorRef(
        text=words, span=span, name=words, role="MED", country=country, reason="by its words", confidence=0.6
    )


def outlets_beside(tree: Tree, who: Who, found: Found) -> list[int]:
    """'told IRNA', 'in an interview with ITAR-Tass', 'in remarks carried by ...', 'was quoted by ...'."""
    heads = [a for a in found.addressees if is_outlet(tree, who, a)]
    heads += [t for a in found.addressees for t in talk_partners(tree, who, a)]
    heads += passed_through(tree, who, found)
    for prep in (c for c in tree.kids[found.key] if tree.dep[c] == "prep" or tree.lower[c] in {"on", "in"}):
        for noun in (k for k in tree.kids[prep] if tree.dep[k] == "pobj"):
            if (
                tree.lower[prep] in {"on", "to", "in"}
                and found.frame != f"p:{tree.lower[prep]}"
                and (is_outlet(tree, who, noun) or is_platform(tree, noun))
            ):
                heads.append(noun)
            heads += talk_partners(tree, who, noun)
    heads += [o for c in tree.kids[found.key] if tree.dep[c] == "dobj" for o in talk_partners(tree, who, c)]
    heads += spoken_to(tree, who, found.key)
    return list(dict.fromkeys([*heads, *found.via]))


def passed_through(tree: Tree, who: Who, found: Found) -> list[int]:
    """'said via the Kremlin', 'X, through his lawyer, denied': whoever the words came through."""
    holders = (found.key,) if found.source_head is None else (found.key, found.source_head)
    preps = [c for h in holders for c in tree.kids[h] if tree.lower[c] in {"via", "through"}]
    nouns = [(p, n) for p in preps for n in tree.kids[p] if tree.dep[n] == "pobj"]
    quoted = [c for c in tree.kids[holders[-1]] if tree.dep[c] == "acl" and tree.lower[c] in CARRYING]
    nouns += [(p, n) for c in quoted for p in tree.kids[c] for n in tree.kids[p] if tree.dep[p] == "agent"]
    return [n for p, n in nouns if tree.lower[p] == "via" or tree.lemma[n] in GO_BETWEENS or is_outlet(tree, who, n)]


def spoken_to(tree: Tree, who: Who, key: int) -> list[int]:
    """'Speaking to the newspaper X, he rejected ...': the outlet of the clause in front."""
    speaking = [
        c for c in tree.kids[key] if tree.dep[c] == "advcl" and tree.lower[c] in {"speaking", "talking", "writing"}
    ]
    preps = [p for c in speaking for p in tree.kids[c] if tree.lower[p] in {"to", "with", "on", "in"}]
    return [n for p in preps for n in tree.kids[p] if tree.dep[n] == "pobj" and is_outlet(tree, who, n)]


def cited_by(tree: Tree, key: int, source: int) -> int | None:
    """Whom a report names as its source: 'the agency reported, citing the minister', 'the agency, quoting X, said'."""
    for c in (*tree.kids[key], *tree.kids[source]):
        if tree.dep[c] in {"advcl", "acl"} and tree.lower[c] in CITING:
            return tree.child(c, "dobj")
    return None


def is_body(tree: Tree, who: Who, head: int) -> bool:
    """Whether a phrase names a body ('the Kremlin', 'the ministry', 'its press service'), and no person or state."""
    if tree.pos[head] not in {"NOUN", "PROPN"}:
        return False
    refs = who.at(tree.doc[head])
    if any(r.person for r in refs):
        return False
    return tree.lemma[head].lower() in BODIES or tree.words[head] in HOUSES


def talk_partners(tree: Tree, who: Who, noun: int) -> list[int]:
    """The outlets that a noun of talk names: 'interview with X', 'comments to X', 'statement carried by X'.

    The parser often hangs 'in an interview with X' below the object, so nouns below are looked through.
    """
    found: list[int] = []
    stack = [noun]
    while stack:
        k = stack.pop()
        if tree.lemma[k] in TALKS:
            if (platform := platform_of(tree, k)) is not None:
                found.append(platform)
            for c in range(k + 1, min(tree.right[k], k + 14) + 1):
                partner = tree.dep[c] == "pobj" and tree.lower[tree.head[c]] in {"with", "to", "by", "for", "on", "in"}
                if partner and (is_outlet(tree, who, c) or (tree.lower[tree.head[c]] == "on" and is_platform(tree, c))):
                    found.append(c)
        else:
            stack += [g for c in tree.kids[k] if tree.dep[c] == "prep" for g in tree.kids[c] if tree.dep[g] == "pobj"]
            stack += [c for c in tree.kids[k] if tree.dep[c] == "conj"]
    return found
