"""Persons, with the titles before them and the appositions beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from .lookup import Entry
from .model import Holding
from .phrases import Hit, fold
from .scene import BODY_NOUNS, Scene

Described = tuple[str | None, str | None, str | None, str | None, str]
"""Office, body, country and role that the words beside a name give, and why."""
COMPANY_WORDS = frozenset("Inc Corp Group Holdings Ltd Co Company Party Times News Post Airlines Motors Bank".split())
FIRST_NAMES = frozenset("douglas hamilton kingston lima paris santiago sofia stanley victoria".split())
"""Capitals that people are called after."""
NAMES_TOO = frozenset("shah sheikh sheik king prince sultan emir imam khan major judge bishop pope marshal".split())
"""Titles that after another title are part of the name: 'Foreign Minister Shah Mahmood Qureshi'."""
NOTHING: Described = (None, None, None, None, "")


FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP"})
"""States whose people are mostly called by the first word of their full name: 'Xi' for Xi Jinping."""


class People(Scene):
    """Finds the persons of one document."""

    def persons(self) -> list[TokenSpan]:
        """The model's persons, without a title at their front and a possessive at their end."""
        found = []
        for ent in self.doc.ents:
            if ent.label_ != "PERSON" and not self.is_person(ent):
                continue
            start, end = ent.start, ent.end
            while end > start and self.doc[end - 1].text in {"'s", "’s", "'", "’", ","}:
                end -= 1
            while (title := self.title_starting.get(start)) is not None and title.end < end:
                if self.texts[start].lower() in NAMES_TOO and start in self.title_ending:
                    break
                start = title.end
            while end > start and self.doc[start].dep_ == "det":
                start += 1
            start, end = self.stretched(start, end)
            if start >= end or any(t.lemma_.lower() in BODY_NOUNS for t in self.doc[start:end]):
                continue
            whole = self.covering.get(start)
            if whole is None or whole.end < end or not (self.known(whole) or self.is_capital(start, whole)):
                found.append(self.doc[start:end])
        taken = {t.i for s in found for t in s}
        for title in self.titles:
            i = title.end
            if i < len(self.doc) and i not in taken and self.is_name(self.doc[i]) and title.start not in taken:
                end = i
                while end < len(self.doc) and self.is_name(self.doc[end]) and end not in taken and end - i < 5:
                    end += 1
                if end < len(self.doc) and self.doc[end].i in taken:
                    continue
                found.append(self.doc[i:end])
                taken.update(range(i, end))
        return sorted(found, key=lambda s: s.start)

    def is_capital(self, start: int, whole: Hit[Entry]) -> bool:
        """'Kyiv supported it': a capital that the model takes for a person, without a title and no one's first name."""
        name = self.texts[start].lower()
        return whole.start == start and start not in {t.end for t in self.titles} and name not in FIRST_NAMES

    def is_person(self, ent: TokenSpan) -> bool:
        """A person whom the model takes for something else: with a title beside the name, or known by the table."""
        if not 2 <= len(ent) <= 4 or any(t.i in self.covering for t in ent):
            return False
        if fold(ent.text) in self.registry.holdings.by_name:
            return True
        if any(not t.text.isalpha() or not t.text[0].isupper() for t in ent):
            return False
        if any(t.lemma_.lower() in BODY_NOUNS or t.text in COMPANY_WORDS for t in ent):
            return False
        before = self.title_ending.get(ent.start - 1)
        if before is not None and self.texts[ent.start - 1] == "," and self.texts[before.end - 1].islower():
            return ent.root.dep_ == "appos"  # 'the envoy, Daniel Okafor,'
        if ent.end + 1 >= len(self.doc) or self.texts[ent.end] != ",":
            return False
        at = next((self.title_starting[i] for i in range(ent.end + 1, ent.end + 4) if i in self.title_starting), None)
        return at is not None and self.doc[at.end - 1].dep_ == "appos" and self.texts[at.end - 1].islower()

    def stretched(self, start: int, end: int) -> tuple[int, int]:
        """Takes in what the model left out: a first name before, '-in' after a hyphen."""
        while start > 0 and self.is_name(self.doc[start - 1]) and self.doc[start - 1].text.isalpha():
            if start - 1 in self.title_at:
                break
            start -= 1
        while end + 1 < len(self.doc) and self.doc[end].text == "-" and self.doc[end + 1].is_alpha:
            if self.doc[end - 1].whitespace_ or self.doc[end].whitespace_:
                break
            end += 2
        return start, end

    def is_name(self, token: Token) -> bool:
        if token.pos_ != "PROPN" and token.text not in {"bin", "al", "-", "van", "von", "de", "Al"}:
            return False
        if token.i in self.covering and self.known(self.covering[token.i]):
            return False
        return token.text[:1].isupper() or token.text in {"bin", "al", "-", "van", "von", "de"}

    def person(self, span: TokenSpan) -> None:
        surname = span[-1].text.lower()
        self.organisation = None
        office, body, country, role, why = self.before(span)
        if not office:
            office, body, country, role, why = self.beside(span)
        if not office and surname in self.people and len(span) == 1:
            known = self.people[surname]
            self.put(
                span, replace(known, text=span.text, span=self.parse.span(span), reason="earlier mention"), over=True
            )
            return
        if country is None and self.organisation is None:
            country = self.origin(span)
        earlier = self.people.get(surname)
        full = span.text if len(span) > 1 or earlier is None else (earlier.person or span.text)
        if country is None and self.organisation is None and (earlier is None or not earlier.country):
            office, country, role, why = self.by_table(full, office, role, why)
            body = body or self.tables.organisation_names.get(self.organisation or "")
        if earlier is not None and earlier.office and not office:
            office, body, country, role, why = (
                earlier.office,
                earlier.body,
                earlier.country,
                earlier.role,
                "earlier mention",
            )
        ref = ActorRef(
            text=span.text,
            span=self.parse.span(span),
            id=self.organisation or "person:" + "-".join(re.findall(r"\w+", full.lower())),
            name=full,
            country=country,
            code=(country or "") + (role or "") or None,
            role=role,
            person=full,
            office=office,
            body=body,
            reason=why or "named person",
            confidence=0.9 if office else 0.6,
        )
        self.people.setdefault(surname, ref)
        if office:
            self.people[surname] = ref
        if country in FAMILY_NAME_FIRST and len(span) > 1:
            self.people.setdefault(span[0].text.lower(), ref)
        self.put(span, ref, over=True)
        title = self.title_ending.get(span.start)
        if title is not None:
            self.put(self.doc[title.start : title.end], ref)
            self.own_council(title.start, ref)

    def origin(self, span: TokenSpan) -> str | None:
        """'Daniel Okafor of Nigeria': the state right after the name."""
        if span.end + 1 >= len(self.doc) or self.doc[span.end].lower_ not in {"of", "from"}:
            return None
        return next(iter(self.countries_in(self.doc[span.end + 1 : span.end + 3])), None)

    def own_council(self, end: int, ref: ActorRef) -> None:
        """'Russian Security Council Deputy Secretary X': the council is the state's, not the United Nations'."""
        hit = self.covering.get(end - 1)
        if hit is None or not ref.country or not ref.body or hit.start == 0:
            return
        owner = self.covering.get(hit.start - 1)
        if owner is not None and any(e.kind == "demonym" for e in owner.values):
            self.put(self.doc[hit.start : hit.end], ref)

    def by_table(
        self, name: str, office: str | None, role: str | None, why: str
    ) -> tuple[str | None, str | None, str | None, str]:
        """What the table of office-holders knows of a name for which the text gives no state."""
        kind = None
        if office:
            entry = next(iter(self.tables.titles.get(office)), None)
            kind = entry.holder if entry is not None else None
        table, why_not = self.registry.holdings, "office-holder by the table"
        holding = table.of(name, self.date, kind)
        if holding is None and (" " in name or kind):
            holding = table.spelt_otherwise(name, self.date, kind)
            why_not = f"another spelling of {holding.person}, office-holder by the table" if holding else ""
        if holding is None or not (office or self.is_likely(holding)):
            return office, None, role, why
        if holding.body:
            self.organisation = holding.body
            return office or holding.office, None, "IGO" if holding.role == "GOV" else holding.role, why_not
        held = office or (holding.office if holding.at(self.date) else None)
        return held, holding.country, role or holding.role, why_not

    def is_likely(self, holding: Holding) -> bool:
        """Whether a name without a title may well be the office-holder's: in office, or of a state that is named."""
        return bool(holding.kind) or (bool(self.date) and holding.at(self.date)) or holding.country in self.states

    def before(self, span: TokenSpan) -> Described:
        """Titles before the name: 'Russian Security Council Deputy Secretary X'."""
        title = self.title_ending.get(span.start)
        if title is None:
            return NOTHING
        left = title.start
        limit = self.doc[span.start].sent.start
        while left > limit and (
            self.doc[left - 1].pos_ in {"PROPN", "ADJ", "NOUN", "PART"}
            or self.doc[left - 1].text in {"and", "of", "&", "U.S.", "-", "'s"}
        ):
            if self.doc[left - 1].text in {"and", "of"} and not self.joins(left - 1):
                break
            if left - 1 in self.by_token and self.by_token[left - 1][0].person:
                break
            left -= 1
        return self.described(self.doc[left : title.start], title, "title before the name")

    def joins(self, i: int) -> bool:
        """Whether 'and' or 'of' at `i` stands inside a body's name, not between two actors."""
        hit = self.covering.get(i - 1)
        if hit is not None and any(e.kind != "demonym" for e in hit.values):
            return False
        return i > 0 and self.doc[i - 1].pos_ == "PROPN"

    def beside(self, span: TokenSpan) -> Described:
        """Appositions: 'X, spokesman for the Russian Foreign Ministry', 'the Director of Y of Z, X'."""
        root = span.root
        heads = [c for c in root.children if c.dep_ == "appos"]
        if root.dep_ == "appos":
            heads.append(root.head)
        after = span.end
        if after < len(self.doc) - 1 and self.doc[after].text == ",":
            heads += [t for t in self.doc[after + 1 : after + 6] if t.pos_ in {"NOUN", "PROPN"}]
        before = self.title_before_comma(span)
        if before is not None:
            start = before.start
            while start > span.sent.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "PART"}:
                start -= 1
            right = self.doc[before.end : span.start - 1]
            return self.described(self.doc[start : before.start], before, "apposition", right)
        for head in heads:
            title = self.title_at.get(head.i)
            if title is None or title.start <= span.start < title.end:
                continue
            end = title.end
            stop = span.start if title.start < span.start else head.sent.end
            while (
                end < stop
                and self.doc[end].text not in {",", ";", ".", "(", ")"}
                and self.doc[end].pos_ not in {"VERB", "AUX"}
                and self.doc[end].tag_ not in {"WP", "WP$", "WDT", "WRB"}
            ):
                end += 1
            start = title.start
            while start > head.sent.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "PART"}:
                start -= 1
            return self.described(self.doc[start : title.start], title, "apposition", self.doc[title.end : end])
        return NOTHING

    def title_before_comma(self, span: TokenSpan) -> Hit[Entry] | None:
        """'the Director of X of Y, NAME': the nearest title from which only nouns and prepositions lead to the name."""
        if span.start < 2 or self.doc[span.start - 1].text != ",":
            return None
        at = span.start - 1
        while at >= span.sent.start and at not in self.title_ending:
            at -= 1
        title = self.title_ending.get(at)
        if title is None or title.start < span.sent.start:
            return None
        between = self.doc[title.end : span.start - 1]
        told = any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in between)
        return title if not told and any(t.dep_ == "prep" for t in between) else None

    def described(self, left: TokenSpan, title: Hit[Entry], why: str, right: TokenSpan | None = None) -> Described:
        """Office, body, country and role from the words around a title."""
        entry = title.values[0]
        office = self.doc[title.start : title.end].text
        country = self.country_in(left) or (self.country_in(right) if right is not None else None)
        body = self.body_in(left)
        if right is not None and len(right):
            kept, body_right = self.office_and_body(right)
            office = (office + kept).strip()
            body = body or body_right
        if country is None:
            country = self.possessor(left, title)
        organisation = self.organisation_in(left) or (self.organisation_in(right) if right is not None else None)
        role = entry.role
        if organisation is None and country is None:
            country = entry.country
        if organisation is not None and country is None:
            role = organisation.role
            country = organisation.country
            self.organisation = organisation.id if organisation.kind != "body" else None
            body = body or self.words_of(organisation, left, right)
        if body is None and entry.body and country:
            body = f"{self.tables.adjectives.get(country, self.tables.state_names.get(country, country))} {entry.body}"
        return office, body, country, role, why

    def office_and_body(self, right: TokenSpan) -> tuple[str, str | None]:
        """'of West Asian Affairs of the Chinese Foreign Ministry': the office goes on, then comes the body."""
        pieces: list[list[Token]] = [[]]
        for token in right:
            if token.lower_ in {"of", "for", "at", "in", "to"} and token.dep_ in {"prep", "dative"}:
                pieces.append([token])
            else:
                pieces[-1].append(token)
        office, body = "", None
        for piece in pieces:
            words = [t for t in piece if t.lower_ not in {"of", "for", "at", "in", "to", "the", "a"}]
            if not words:
                continue
            if words[-1].lemma_.lower() in BODY_NOUNS or any(
                t.i in self.covering and self.is_org(self.covering[t.i]) for t in words
            ):
                body = self.doc[words[0].i : words[-1].i + 1].text
            elif body is None and piece[0].lower_ == "of" and not all(t.i in self.covering for t in words):
                office += " " + "".join(t.text_with_ws for t in piece).strip()
        return office, body

    def body_in(self, left: TokenSpan) -> str | None:
        """'Russian Security Council' in 'Russian Security Council Deputy Secretary'; a demonym alone is no body."""
        for token in reversed(left):
            if token.lemma_.lower() in BODY_NOUNS:
                start = token.i
                while start > left.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}:
                    start -= 1
                words = list(self.doc[start : token.i + 1])
                return "".join(t.text_with_ws for t in self.trimmed(words)).strip()
        return None

    def trimmed(self, words: list[Token]) -> list[Token]:
        """A body's own long name stands without its country: 'Supreme National Security Council'."""
        if len(words) > 3 and words[0].i in self.covering and self.covering[words[0].i].values[0].kind == "demonym":
            return words[1:]
        return words

    def possessor(self, left: TokenSpan, title: Hit[Entry]) -> str | None:
        """'its Foreign Minister': the nearest state named before in the sentence, else in the document."""
        owners = {t.lower_ for t in self.doc[max(0, title.start - 4) : title.start] if t.dep_ == "poss"}
        if owners & {"his", "her"}:
            return self.state_of_the_last_person(title.start)
        if not owners & {"its", "their"}:
            return None
        for i in range(title.start - 1, -1, -1):
            hit = self.covering.get(i)
            if hit is not None and hit.values[0].kind in {"state", "capital"}:
                return hit.values[0].country
        return None

    def state_of_the_last_person(self, before: int) -> str | None:
        """'his spokesman': the state of whoever was named last. Persons are put on the list from left to right."""
        for i in range(before - 1, -1, -1):
            refs = self.by_token.get(i)
            if refs and refs[0].person:
                return refs[0].country
        return None

    def surnames(self) -> None:
        """Later mentions by surname that the model did not take for persons."""
        grid = self.grid
        for i, word in enumerate(grid.lower):
            known = self.people.get(word)
            if known is not None and grid.pos[i] == "PROPN" and i not in self.by_token and grid.words[i][:1].isupper():
                token = self.doc[i]
                ref = replace(known, text=token.text, span=self.parse.span(token), reason="earlier mention by surname")
                self.by_token[token.i] = (ref,)
