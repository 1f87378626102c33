"""Channels that people and bodies own, and papers that they put out: whose words 'the ministry's website' carries.

'The ministry's website reports that ...' are the ministry's words through its website; 'a statement by the palace said'
are the palace's. A newspaper's website stays the newspaper's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..actors import Who
from .tree import Tree

CHANNELS = frozenset("website site webpage homepage page portal channel account feed blog profile".split())
"""What somebody owns to speak through."""
PAPERS = frozenset(
    "statement communique communiqué release bulletin post tweet message note letter notice readout transcript "
    "announcement declaration memo memorandum circular telegram cable video clip".split()
)
"""What speaks for whoever put it out."""
PLATFORMS = frozenset(
    "X Twitter Telegram Facebook Instagram YouTube TikTok LinkedIn Bluesky Threads WhatsApp WeChat Weibo VKontakte VK "
    "Mastodon Viber Snapchat Rumble Odnoklassniki Douyin Koo Parler Gab".split()
)
"""Where anybody may speak; 'Truth Social' is found by its last word."""
ISSUED = frozenset(
    "issued released published signed circulated distributed posted sent written put made given read carried".split()
)
CARRYING = frozenset(
    "carried broadcast aired shown streamed published posted printed quoted cited relayed run released distributed "
    "circulated reported televised transmitted".split()
)
AUTHORS = frozenset(
    "ministry embassy office service department secretariat mission consulate foundation directorate government cabinet "
    "presidency palace court army navy military police party group movement union council committee commission board "
    "parliament senate opposition militia company bank authority organisation organization association church junta "
    "alliance coalition front federation delegation staff command headquarters campaign family team administration "
    "prosecutor president premier minister king emir sultan leader spokesman spokeswoman spokesperson chief governor "
    "mayor bishop pope general commander chairman director ambassador envoy".split()
)
"""Common nouns for whoever can own a channel or put out a paper, where no actor is known."""
CLAIMING = frozenset(
    "claim allegation report rumour rumor suggestion fact accusation news fear concern speculation".split()
)
"""Nouns with a that-clause of their own."""


def author_of(tree: Tree, who: Who, head: int) -> int | None:
    """The token of whoever owns the channel or put out the paper `head`; None where the text does not say."""
    if tree.lemma[head].lower() not in CHANNELS and tree.lemma[head].lower() not in PAPERS:
        return None
    return next((k for k in makers(tree, head) if is_author(tree, who, k)), None)


def makers(tree: Tree, head: int) -> Iterator[int]:
    """Owners first, then 'of', 'by' and 'from' with or without 'issued', then nouns in front: 'a palace statement'."""
    kids = tree.kids[head]
    yield from (k for k in kids if tree.dep[k] == "poss")
    preps = [k for k in kids if tree.dep[k] in {"prep", "agent"}]
    preps += [p for k in kids if tree.dep[k] == "acl" and tree.lower[k] in ISSUED for p in tree.kids[k]]
    for p in preps:
        if tree.lower[p] in {"of", "by", "from"}:
            yield from (k for k in tree.kids[p] if tree.dep[k] == "pobj")
    yield from (k for k in reversed(kids) if tree.dep[k] in {"compound", "nmod"})


def is_author(tree: Tree, who: Who, token: int) -> bool:
    """Whether a phrase names somebody who can speak, and no medium."""
    refs = who.at(tree.doc[token])
    if refs:
        return not any(r.role == "MED" or (r.id or "").startswith("outlet:") for r in refs)
    return tree.lemma[token].lower() in AUTHORS or (tree.dep[token] == "poss" and tree.lower[token] in OWNERS)


OWNERS = frozenset(["his", "her", "its", "their"])


def channel_in(tree: Tree, paper: int) -> int | None:
    """The channel that a paper stands on: 'a statement on the ministry's website', 'published on its website'."""
    stack = [k for k in tree.kids[paper] if tree.dep[k] in {"prep", "acl"}]
    while stack:
        k = stack.pop()
        if tree.dep[k] == "prep" and tree.lower[k] in {"on", "in", "via", "through"}:
            noun = tree.child(k, "pobj")
            if noun is not None and tree.lemma[noun].lower() in CHANNELS:
                return noun
        elif tree.dep[k] == "acl" and tree.lower[k] in ISSUED | CARRYING:
            stack += tree.kids[k]
    return None


def is_platform(tree: Tree, token: int) -> bool:
    """'on X', 'a Telegram post', 'on Truth Social'."""
    if tree.words[token] == "Social":
        return tree.words[token - 1] == "Truth"
    return tree.words[token] in PLATFORMS


def platform_of(tree: Tree, noun: int) -> int | None:
    """'a Facebook post', 'his Telegram channel': the platform in front of the noun."""
    return next((k for k in tree.kids[noun] if tree.dep[k] in {"compound", "nmod"} and is_platform(tree, k)), None)
