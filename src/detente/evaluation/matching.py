"""When two ways of naming the same thing count as the same: actors, names, offices, bodies, dates, words.

The rules are meant to be those of a fair reader: they forgive articles, accents, word order, given names left
out and 'Ministry of Foreign Affairs' for 'Foreign Ministry', and nothing that changes who or when is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..claims import ActorRef
from ..document import Span

_WORD = re.compile(r"\w+")
_LIGHT = frozenset({"the", "a", "an", "of", "for", "and", "to", "in", "on", "at", "s", "mr", "mrs", "ms", "dr"})
_OUTLET_WORDS = frozenset(
    {"news", "agency", "newspaper", "daily", "website", "site", "service", "television", "tv", "online"}
)
_STEMS = {
    "ministry": "minist",
    "minister": "minist",
    "ministers": "minist",
    "affairs": "",
    "external": "foreign",
    "defense": "defence",
    "spokesperson": "spokesman",
    "spokeswoman": "spokesman",
    "treasury": "treasur",
    "organisation": "organization",
}


_LOST = frozenset({"former", "ousted", "deposed", "toppled", "overthrown"})
"""Words that a finding may say more of an office than the case does."""
_NATIONS = frozenset({"us", "u", "uk", "usa"})
"""Nationality by letters, as `words` cuts it: 'US', 'U.S.', 'UK'."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case without accents, articles and prepositions."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")
    return tuple(w for w in _WORD.findall(plain) if w not in _LIGHT)


def stems(text: str) -> frozenset[str]:
    """The words of an office or a body, with 'ministry' and 'minister', 'defense' and 'defence' made one."""
    return frozenset(s for w in words(text) if (s := _STEMS.get(w, w)))


def keys_of(ref: ActorRef) -> frozenset[str]:
    """All codes that stand for `ref`: the country, else the body, the registry key and its parts, the words."""
    if ref.country:
        return frozenset({ref.country})
    parts = {ref.id, *(ref.id or "").upper().split(":")} if ref.id else set()
    named = {n for n in (ref.name, ref.text, ref.body) if n}
    return frozenset(p for p in parts | named | {n.upper() for n in named} if p)


def same_actors(expected: Sequence[str], found: Iterable[ActorRef]) -> bool:
    """Whether the found actors are exactly the expected codes ('RUS', 'IAEA'), in any order."""
    found_keys = [keys_of(ref) for ref in found]
    wanted = set(expected)
    return all(keys & wanted for keys in found_keys) and all(any(w in k for k in found_keys) for w in wanted)


def names_of(ref: ActorRef) -> tuple[str, ...]:
    """The names under which `ref` may be known."""
    person = (ref.person or "").removeprefix("person:").replace("-", " ")
    return tuple(n for n in (person, ref.name, ref.text) if n)


def same_name(expected: str, found: str) -> bool:
    """Whether one name is the other with words left out ('Baqeri' for 'Ali Baqeri')."""
    ours, theirs = frozenset(words(found)), frozenset(words(expected))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def is_named(expected: str, ref: ActorRef) -> bool:
    """Whether `ref` is the person or body that `expected` names."""
    return any(same_name(expected, name) for name in names_of(ref))


def same_outlet(expected: str, ref: ActorRef) -> bool:
    """Whether `ref` is the outlet `expected`, by canonical name ('TASS') or by the words of the text."""
    wanted = _outlet(expected)
    tail = (ref.id or "").rsplit(":", 1)[-1].replace("-", " ")
    return any(wanted <= have or (have and have <= wanted) for have in map(_outlet, (tail, *names_of(ref))))


def _outlet(name: str) -> frozenset[str]:
    every = frozenset(words(name))
    return every - _OUTLET_WORDS or every


def same_office(expected: str, found: str | None) -> bool:
    """Whether two titles name one office; 'Foreign Minister' is 'Minister of Foreign Affairs'.

    What the case calls 'general' may be found as 'former general', but not the other way round.
    """
    return found is not None and stems(expected) in (stems(found), stems(found) - _LOST)


def same_body(expected: str, found: str | None, *, nationality: frozenset[str] = frozenset()) -> bool:
    """Whether two names mean one body; words of nationality are left out, the country is judged apart."""
    if found is None:
        return False
    wanted, have = (stems(name) - nationality - _NATIONS for name in (expected, found))
    return wanted == have or (len(wanted & have) * 2 > len(wanted | have))


def same_date(expected: str, found: str | None) -> bool:
    """Whether `found` is the expected day, month or year; a time of day may be added to it."""
    return found is not None and (found == expected or found.startswith((f"{expected}T", f"{expected} ")))


def token_positions(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Where the words inside `spans` begin: what two pieces of one text are compared by."""
    return frozenset(m.start() + s.start for s in spans for m in _WORD.finditer(text[s.start : s.end]))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Shared over all; 0 when both are empty."""
    return len(a & b) / len(a | b) if a or b else 0.0


def locate(text: str, phrase: str) -> list[Span]:
    """All places of `phrase` in `text`, blind to the kind of blanks and of quotation marks."""
    pattern = r"\s+".join(_loosely(re.escape(word)) for word in phrase.split())
    return [Span(m.start(), m.end()) for m in re.finditer(pattern, text)] if pattern else []


def _loosely(escaped: str) -> str:
    return re.sub(r"[\"“”„]", r'["“”„]', re.sub(r"['’‘]", r"['’‘]", escaped))
