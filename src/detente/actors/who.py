"""Who is meant by which words of a document.

Found in the order in which a reader would be sure: names of the tables; persons with the titles and appositions that
stand beside them; later mentions by surname; nominal phrases ('the Iranian delegation', 'rebels'); collectives ('the
two sides') and pronouns last, with less confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from ..language import Parse
from .holdings import holdings
from .lookup import Entry, Lookup
from .phrases import Atoms, Hit
from .registry import Registry, default_registry

BODY_NOUNS = frozenset(
    [
        "ministry",
        "council",
        "department",
        "office",
        "agency",
        "organization",
        "organisation",
        "committee",
        "commission",
        "parliament",
        "party",
        "bank",
        "service",
        "treasury",
        "embassy",
        "front",
        "movement",
        "union",
        "army",
        "navy",
        "government",
        "house",
        "university",
        "institute",
        "authority",
        "board",
        "court",
    ]
)
PAIRS = re.compile(
    r"^(?:the )?(?:two|both)(?: of the)? (?:sides|countries|states|nations|parties|governments|leaders|powers|"
    r"neighbou?rs|ministers|presidents|delegations|capitals|allies)$"
)
UNNAMED = frozenset({"REB", "OPP", "MIL", "COP", "GOV", "LEG", "JUD", "SPY", "CVL", "REF"})
"""Roles whose phrases are actors although the text does not say of which state."""
JOURNEYS = frozenset(
    [
        "visit",
        "trip",
        "travel",
        "go",
        "come",
        "return",
        "fly",
        "tour",
        "journey",
        "arrive",
        "invite",
        "summon",
        "welcome",
        "send",
        "dispatch",
    ]
)
"""Who goes to a capital goes to its government; who is in it is only there."""
HE, THEY = frozenset({"he", "she", "his", "her", "him", "hers"}), frozenset({"they", "their", "them"})


@dataclass
class Who:
    """The actors of one parse, found once and asked by token.

    `at(token)` answers for the noun phrase that `token` heads (the phrase's own head or, for a name of several
    tokens, any token of the name); conjuncts are not followed, callers walk `token.conjuncts`.
    """

    parse: Parse
    by_token: dict[int, tuple[ActorRef, ...]] = field(default_factory=dict)

    @property
    def mentions(self) -> tuple[ActorRef, ...]:
        """All actors mentioned, in the order of the text, each span once."""
        seen: dict[object, ActorRef] = {}
        for i in sorted(self.by_token):
            for ref in self.by_token[i]:
                seen.setdefault((ref.span, ref.id, ref.person), ref)
        return tuple(seen.values())

    def at(self, token: Token) -> tuple[ActorRef, ...]:
        """Whom the phrase headed by `token` means: several for collectives ('both sides'), () for none."""
        return self.by_token.get(token.i, ())


def find_actors(parse: Parse, registry: Registry | None = None) -> Who:
    """Resolves every mention of an actor in `parse`, with detente's own registry or one with the user's rows."""
    registry = registry or default_registry()
    who = _Finder(parse, registry.lookup).find()
    date = parse.document.reference_date
    who.by_token = {i: tuple(registry.dated(ref, date) for ref in refs) for i, refs in who.by_token.items()}
    return who


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


class _Finder:
    """One pass over one document."""

    def __init__(self, parse: Parse, tables: Lookup) -> None:
        self.parse, self.tables, self.doc = parse, tables, parse.doc
        self.who = Who(parse)
        words = Atoms([t.text for t in parse.doc])
        self.named = {h.start: h for h in longest(tables.names.find(words, overlapping=True))}
        self.covering = {i: h for h in self.named.values() for i in range(h.start, h.end)}
        self.titles = tables.titles.find(words)
        self.agents = {h.end - 1: h for h in tables.agents.find(words)}
        self.people: dict[str, ActorRef] = {}
        self.organisation: str | None = None

    def find(self) -> Who:
        persons = self.persons()
        for span in persons:
            self.person(span)
        self.surnames()
        self.names()
        self.nominals()
        self.nationalities()
        self.rest()
        return self.who

    def put(self, tokens: TokenSpan, ref: ActorRef, *, over: bool = False) -> None:
        for token in tokens:
            if over or token.i not in self.who.by_token:
                self.who.by_token[token.i] = (ref,)

    # --- persons ---

    def persons(self) -> list[TokenSpan]:
        """The model's persons, without a title at their front and a possessive at their end."""
        found = []
        for ent in self.doc.ents:
            if ent.label_ != "PERSON":
                continue
            start, end = ent.start, ent.end
            while end > start and self.doc[end - 1].text in {"'s", "’s", "'", "’", ","}:
                end -= 1
            for title in self.titles:
                if title.start == start and title.end < end:
                    start = title.end
            while end > start and self.doc[start].dep_ == "det":
                start += 1
            start, end = self.stretched(start, end)
            if start >= end or any(t.lemma_.lower() in BODY_NOUNS for t in self.doc[start:end]):
                continue
            whole = self.covering.get(start)
            if whole is None or whole.end < end or not self.known(whole):
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

    def stretched(self, start: int, end: int) -> tuple[int, int]:
        """Takes in what the model left out: a first name before, '-in' after a hyphen."""
        while start > 0 and self.is_name(self.doc[start - 1]) and self.doc[start - 1].text.isalpha():
            if any(t.start <= start - 1 < t.end for t in self.titles):
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

    @staticmethod
    def known(hit: Hit[Entry]) -> bool:
        return any(e.kind != "capital" for e in hit.values)

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
        earlier = self.people.get(surname)
        full = span.text if len(span) > 1 or earlier is None else (earlier.person or span.text)
        if country is None and self.organisation is None and (earlier is None or not earlier.country):
            office, country, role, why = self.by_table(full, office, role, why)
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
        self.put(span, ref, over=True)
        for title in self.titles:
            if title.end == span.start:
                self.put(self.doc[title.start : title.end], ref)
                self.own_council(title.start, ref)

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
        holding = holdings().of(name, self.parse.document.reference_date, kind)
        if holding is None:
            return office, None, role, why
        if holding.body:
            self.organisation = holding.body
            return office or holding.office, None, "IGO", "office-holder by the table"
        return office or holding.office, holding.country, role or "GOV", "office-holder by the table"

    def before(self, span: TokenSpan) -> tuple[str | None, str | None, str | None, str | None, str]:
        """Titles before the name: 'Russian Security Council Deputy Secretary X'."""
        title = next((h for h in sorted(self.titles, key=lambda h: h.start) if h.end == span.start), None)
        if title is None:
            start = span.start - 1
            while start > 0 and self.doc[start].is_punct and self.doc[start].text == ",":
                start -= 1
            return None, None, None, None, ""
        left = title.start
        limit = self.doc[span.start].sent.start
        while left > limit and (
            self.doc[left - 1].pos_ in {"PROPN", "ADJ", "NOUN", "PART"}
            or self.doc[left - 1].text in {"and", "of", "&", "U.S.", "-", "'s"}
        ):
            if self.doc[left - 1].text in {"and", "of"} and not self.joins(left - 1):
                break
            if left - 1 in self.who.by_token and self.who.by_token[left - 1][0].person:
                break
            left -= 1
        return self.described(self.doc[left : title.start], title, "title before the name")

    def joins(self, i: int) -> bool:
        """Whether 'and' or 'of' at `i` stands inside a body's name, not between two actors."""
        hit = self.covering.get(i - 1)
        if hit is not None and any(e.kind != "demonym" for e in hit.values):
            return False
        return i > 0 and self.doc[i - 1].pos_ == "PROPN"

    def beside(self, span: TokenSpan) -> tuple[str | None, str | None, str | None, str | None, str]:
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
            title = next((h for h in self.titles if h.start <= head.i < h.end), None)
            if title is None or title.start <= span.start < title.end:
                continue
            end = title.end
            stop = span.start if title.start < span.start else head.sent.end
            while (
                end < stop
                and self.doc[end].text not in {",", ";", ".", "(", ")"}
                and self.doc[end].pos_ not in {"VERB", "AUX"}
            ):
                end += 1
            start = title.start
            while start > head.sent.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "PART"}:
                start -= 1
            return self.described(self.doc[start : title.start], title, "apposition", self.doc[title.end : end])
        return None, None, None, None, ""

    def title_before_comma(self, span: TokenSpan) -> Hit[Entry] | None:
        """'the Director of X of Y, NAME': the nearest title from which only nouns and prepositions lead to the name."""
        if span.start < 2 or self.doc[span.start - 1].text != ",":
            return None
        for title in sorted(self.titles, key=lambda h: -h.end):
            if title.end >= span.start or title.start < span.sent.start:
                continue
            between = self.doc[title.end : span.start - 1]
            if any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in between):
                return None
            return title if any(t.dep_ == "prep" for t in between) else None
        return None

    def described(
        self, left: TokenSpan, title: Hit[Entry], why: str, right: TokenSpan | None = None
    ) -> tuple[str | None, str | None, str | None, str | None, str]:
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

    @staticmethod
    def is_org(hit: Hit[Entry]) -> bool:
        return any(e.kind in {"igo", "body", "group", "party", "ngo", "company"} for e in hit.values)

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

    def possessor(self, left: TokenSpan, title: Hit[Entry]) -> str | None:
        """'its Foreign Minister': the nearest state named before in the sentence, else in the document."""
        owners = [t for t in self.doc[max(0, title.start - 4) : title.start] if t.dep_ == "poss"]
        if not any(t.lower_ in {"its", "their", "his", "her"} for t in owners):
            return None
        for i in range(title.start - 1, -1, -1):
            hit = self.covering.get(i)
            if hit is not None and hit.values[0].kind in {"state", "capital"}:
                return hit.values[0].country
        return None

    def surnames(self) -> None:
        """Later mentions by surname that the model did not take for persons."""
        for token in self.doc:
            known = self.people.get(token.lower_)
            if (
                known is not None
                and token.pos_ == "PROPN"
                and token.i not in self.who.by_token
                and token.text[:1].isupper()
            ):
                ref = replace(known, text=token.text, span=self.parse.span(token), reason="earlier mention by surname")
                self.who.by_token[token.i] = (ref,)

    # --- names of the tables ---

    def names(self) -> None:
        for hit in self.named.values():
            span = self.doc[hit.start : hit.end]
            if any(t.i in self.who.by_token for t in span):
                continue
            entry = self.pick(hit, span)
            if entry is not None:
                self.put(span, self.ref(span, entry, "name in the tables"))

        self.organisations()

    def organisations(self) -> None:
        """Organisations that no table has: the model's spans, without their article."""
        for ent in self.doc.ents:
            if ent.label_ not in {"ORG", "PERSON"} or any(t.i in self.who.by_token for t in ent):
                continue
            start = ent.start + (1 if ent[0].dep_ == "det" and len(ent) > 1 else 0)
            span = self.doc[start : ent.end]
            if not span.text[:1].isupper():
                continue
            country = self.country_in(span)
            self.put(
                span,
                ActorRef(
                    text=span.text,
                    span=self.parse.span(span),
                    id="org:" + "-".join(re.findall(r"\w+", span.text.lower())),
                    name=span.text,
                    country=country,
                    code=country,
                    body=span.text,
                    reason="organisation that no table has",
                    confidence=0.5,
                ),
            )

    def pick(self, hit: Hit[Entry], span: TokenSpan) -> Entry | None:
        """The entry that the sentence lets the name mean; None where it is only an adjective or a place."""
        entries = {e.kind: e for e in hit.values}
        if "demonym" in entries and "state" not in entries:
            head = span[-1]
            modifies = head.dep_ in {"amod", "compound", "nmod"} and head.head.i > head.i
            return None if modifies else entries["demonym"]
        if "capital" in entries and len(entries) == 1:
            return entries["capital"] if self.acts(span[-1]) else None
        return next((e for k, e in entries.items() if k not in {"capital", "demonym"}), None)

    @staticmethod
    def acts(token: Token) -> bool:
        """Whether a capital means its government: as subject, owner, object or partner, not after 'in' or 'to'."""
        if token.dep_ in {"nsubj", "nsubjpass", "poss", "dobj", "dative", "conj"}:
            return not (
                token.dep_ == "conj" and token.head.dep_ == "pobj" and token.head.head.lower_ in {"in", "at", "from"}
            )
        if token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lemma_ in JOURNEYS:
            return True
        return token.dep_ == "pobj" and token.head.lower_ in {"with", "between", "against", "by", "on", "that"}

    def ref(self, span: TokenSpan, entry: Entry, why: str) -> ActorRef:
        is_state = entry.kind in {"state", "demonym", "capital"}
        return ActorRef(
            text=span.text,
            span=self.parse.span(span),
            id=entry.country if is_state else entry.id,
            name=self.tables.state_names.get(entry.country or "", entry.name) if is_state else entry.name,
            country=entry.country if is_state or entry.kind in {"group", "party", "body", "company"} else None,
            code=entry.code,
            role=entry.role,
            body=None if is_state or entry.kind == "outlet" else entry.name,
            reason=f"{why} ({entry.kind})",
            confidence=0.95,
        )

    # --- nominal phrases ---

    def nominals(self) -> None:
        """'the Iranian delegation', 'rebels', 'the Foreign Ministry of France', 'the Turkish president'."""
        ends = {h.end - 1: h for h in self.titles} | self.agents
        for i in sorted(ends):
            head = self.doc[i]
            if i in self.who.by_token or head.pos_ not in {"NOUN", "PROPN"} or head.dep_ == "compound":
                continue
            if self.means_both(head):
                continue
            entry = ends[i].values[0]
            left = self.doc[head.left_edge.i : i + 1]
            countries: list[str | None] = [*(self.countries_in(left) or self.owners(head))]
            if not countries and self.country_in(left):
                countries = [self.country_in(left)]
            if not countries and entry.role not in UNNAMED:
                continue
            span = self.doc[min(left.start, ends[i].start) : i + 1]
            start = span.start + (1 if span[0].dep_ == "det" else 0)
            self.who.by_token[i] = tuple(
                self.nominal(self.doc[start : i + 1], entry, country) for country in countries or [None]
            )
        self.body_phrases()

    def nominal(self, span: TokenSpan, entry: Entry, country: str | None) -> ActorRef:
        return ActorRef(
            text=span.text,
            span=self.parse.span(span),
            id=country,
            name=self.tables.state_names.get(country or "", span.text),
            country=country,
            code=(country or "") + (entry.role or "") or None,
            role=entry.role,
            reason=f"'{entry.name}' with its country" if country else f"'{entry.name}', country not said",
            confidence=0.85 if country else 0.4,
        )

    def owners(self, head: Token) -> list[str]:
        """'of France', "France's", 'of the two countries' (left to the pass over pairs)."""
        for child in head.children:
            if child.dep_ == "poss":
                found = self.countries_in(self.doc[child.left_edge.i : child.i + 1])
                if found:
                    return found
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "in"}:
                for noun in child.children:
                    found = self.countries_in(self.doc[noun.left_edge.i : noun.right_edge.i + 1])
                    if found:
                        return found
        return []

    def nationalities(self) -> None:
        """'Syrian facilities': the state of a thing that is no actor stays with the adjective."""
        for hit in self.named.values():
            head = self.doc[hit.end - 1]
            entry = next((e for e in hit.values if e.kind == "demonym"), None)
            if entry is not None and head.i not in self.who.by_token and head.head.i not in self.who.by_token:
                span = self.doc[hit.start : hit.end]
                self.put(span, replace(self.ref(span, entry, "nationality of what is named"), confidence=0.6))

    def body_phrases(self) -> None:
        """Other bodies named with their country: 'the Iranian Supreme National Security Council'; their heads."""
        for token in self.doc:
            if token.i in self.who.by_token or token.lemma_.lower() not in BODY_NOUNS | {"mission", "side", "website"}:
                continue
            if token.pos_ not in {"NOUN", "PROPN"}:
                continue
            left = self.doc[token.left_edge.i : token.i + 1]
            country = self.country_in(left)
            if country is None:
                continue
            start = left.start + (1 if left[0].dep_ == "det" else 0)
            span = self.doc[start : token.i + 1]
            self.who.by_token[token.i] = (
                ActorRef(
                    text=span.text,
                    span=self.parse.span(span),
                    id=country,
                    name=span.text,
                    country=country,
                    code=country + "GOV",
                    role="GOV",
                    body=span.text,
                    reason="a body with its country",
                    confidence=0.85,
                ),
            )

    # --- collectives and pronouns ---

    def rest(self) -> None:
        """'the two sides', 'both countries', 'he', 'they', 'its': whom the text named before."""
        last_person: ActorRef | None = None
        last_state: ActorRef | None = None
        pair: tuple[ActorRef, ...] = ()
        for sentence in self.doc.sents:
            named: dict[str, ActorRef] = {}
            for token in sentence:
                refs = self.who.by_token.get(token.i, ())
                for ref in refs:
                    last_person = ref if ref.person else last_person
                    if ref.country or (ref.id and ref.role != "MED"):
                        named.setdefault(ref.key, ref)
                        last_state = last_state if ref.person else ref
                if not refs:
                    self.later(token, last_person, last_state, pair)
            if len(named) == 2:
                pair = tuple(named.values())
            elif len(named) > 2 and not pair:
                pair = tuple(named.values())[:2]

    def later(self, token: Token, person: ActorRef | None, state: ActorRef | None, pair: tuple[ActorRef, ...]) -> None:
        """One pronoun or collective, resolved where the text lets it."""
        low = token.lower_
        if low in HE and token.pos_ == "PRON" and person is not None:
            self.echo(token, (person,), "pronoun of the person named last", 0.6)
        elif low in THEY and token.pos_ == "PRON" and token.dep_ == "nsubj":
            self.echo(token, self.coordinated(token) or pair, "pronoun of those named before", 0.4)
        elif low in {"it", "its"} and token.dep_ in {"nsubj", "poss"} and state is not None:
            self.echo(token, (state,), "pronoun of the state or body named last", 0.35)
        elif token.pos_ == "NOUN" and len(pair) == 2 and self.means_both(token):
            self.echo(token, pair, "the two named before", 0.7)

    def means_both(self, noun: Token) -> bool:
        """'the two sides', 'the foreign ministers of both countries'."""
        if PAIRS.match(self.doc[noun.left_edge.i : noun.i + 1].text.lower()):
            return True
        of = [n for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
        return any(PAIRS.match(self.doc[n.left_edge.i : n.i + 1].text.lower()) for n in of)

    def coordinated(self, token: Token) -> tuple[ActorRef, ...]:
        """The two persons of the sentence before, where it has just two: a split antecedent."""
        start = token.sent.start
        if start == 0:
            return ()
        before = self.doc[start - 1].sent
        seen = {r.person: r for t in before for r in self.who.by_token.get(t.i, ()) if r.person}
        return tuple(seen.values()) if len(seen) == 2 else ()

    def echo(self, token: Token, refs: tuple[ActorRef, ...], why: str, confidence: float) -> None:
        if refs:
            span = self.parse.span(token)
            self.who.by_token[token.i] = tuple(
                replace(r, text=token.text, span=span, reason=why, confidence=round(confidence * r.confidence, 2))
                for r in refs
            )
