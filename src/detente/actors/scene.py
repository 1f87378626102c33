"""What is known of one document while its actors are found: the hits of the tables, and questions about phrases."""

from __future__ import annotations

import re

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from ..language import Parse
from .lookup import Entry, Lookup
from .phrases import Atoms, Hit

BODY_NOUNS = frozenset(
    (
        "ministry council department office agency organization organisation committee commission parliament "
        "party bank service treasury embassy front movement union army navy government house university institute "
        "authority board court"
    ).split()
)
PAIRS = re.compile(
    r"^(?:the )?(?:two|both)(?: of the)? (?:sides|countries|states|nations|parties|governments|leaders|powers|"
    r"neighbou?rs|ministers|presidents|delegations|capitals|allies)$"
)


class Scene:
    """One document. `by_token` is the answer in the making: whom the phrase that a token heads means."""

    def __init__(self, parse: Parse, tables: Lookup) -> None:
        self.parse, self.tables, self.doc = parse, tables, parse.doc
        self.by_token: dict[int, tuple[ActorRef, ...]] = {}
        words = Atoms([t.text for t in parse.doc])
        self.named = {h.start: h for h in longest(tables.names.find(words, overlapping=True))}
        self.covering = {i: h for h in self.named.values() for i in range(h.start, h.end)}
        self.titles = tables.titles.find(words)
        self.title_at = {i: h for h in self.titles for i in range(h.start, h.end)}
        self.title_starting = {h.start: h for h in self.titles}
        self.title_ending = {h.end: h for h in self.titles}
        self.agents = {h.end - 1: h for h in tables.agents.find(words)}
        self.people: dict[str, ActorRef] = {}
        self.organisation: str | None = None

    def put(self, tokens: TokenSpan, ref: ActorRef, *, over: bool = False) -> None:
        for token in tokens:
            if over or token.i not in self.by_token:
                self.by_token[token.i] = (ref,)

    @staticmethod
    def known(hit: Hit[Entry]) -> bool:
        return any(e.kind != "capital" for e in hit.values)

    @staticmethod
    def is_org(hit: Hit[Entry]) -> bool:
        return any(e.kind in {"igo", "body", "group", "party", "ngo", "company"} for e in hit.values)

    def organisation_in(self, span: TokenSpan) -> Entry | None:
        for token in span:
            hit = self.covering.get(token.i)
            if hit is not None:
                for entry in hit.values:
                    if entry.kind not in {"state", "demonym", "capital", "outlet"}:
                        return entry
        return None

    def words_of(self, entry: Entry, *spans: TokenSpan | None) -> str:
        """The organisation as the text names it."""
        for token in (t for s in spans if s is not None for t in s):
            hit = self.covering.get(token.i)
            if hit is not None and entry in hit.values:
                return self.doc[hit.start : hit.end].text
        return entry.name

    def countries_in(self, span: TokenSpan) -> list[str]:
        """All states that the phrase names, in order."""
        found: list[str] = []
        for token in span:
            hit = self.covering.get(token.i)
            for entry in hit.values if hit is not None else ():
                if entry.kind in {"state", "demonym"} and entry.country and entry.country not in found:
                    found.append(entry.country)
        return found

    def country_in(self, span: TokenSpan) -> str | None:
        for token in span:
            hit = self.covering.get(token.i)
            for entry in hit.values if hit is not None else ():
                if entry.kind in {"state", "demonym", "capital", "body"}:
                    return entry.country
        return None

    def means_both(self, noun: Token) -> bool:
        """'the two sides', 'the foreign ministers of both countries'."""
        if PAIRS.match(self.doc[noun.left_edge.i : noun.i + 1].text.lower()):
            return True
        of = [n for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
        return any(PAIRS.match(self.doc[n.left_edge.i : n.i + 1].text.lower()) for n in of)


def longest(hits: list[Hit[Entry]]) -> list[Hit[Entry]]:
    """Non-overlapping hits from left to right; 'the E3' gives way to 'E3+3', which begins a word later and ends later."""
    kept: list[Hit[Entry]] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is not None and hit.start < last.end:
            if hit.start == last.start + 1 and hit.end > last.end:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept
