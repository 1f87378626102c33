"""Actors without a name: 'the Iranian delegation', 'rebels', 'the Foreign Ministry of France'."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from .lookup import NATIONAL, Entry, plural
from .names import STATE_OWNED, Names
from .scene import BODY_NOUNS

UNNAMED = frozenset("REB OPP MIL COP GOV LEG JUD SPY CVL REF EDU LAB REL AGR CRM NGO".split())
"""Roles whose phrases are actors although the text does not say of which state."""
HEADED = frozenset("heads chiefs directors chairmen chairs commanders speakers secretaries deputies members".split())
BODY_WORDS = frozenset(form for word in (*BODY_NOUNS, "mission", "side", "website") for form in (word, plural(word)))


class Nominals(Names):
    """Finds the nominal phrases of one document."""

    def nominals(self) -> None:
        """'the Iranian delegation', 'rebels', 'the Foreign Ministry of France', 'the Turkish president'."""
        ends = {h.end - 1: h for h in self.titles}
        ends |= {i: h for i, h in self.agents.items() if i not in ends or h.start <= ends[i].start}
        for i in sorted(ends):
            head = self.doc[i]
            if i in self.by_token or head.dep_ == "compound":
                continue
            # The tagger takes the 'general' of 'secretary-general' for an adjective.
            if head.pos_ not in {"NOUN", "PROPN"} and ends[i].end - ends[i].start < 3:
                continue
            if self.means_both(head):
                continue
            whose = self.apposed_person(head)
            if whose is not None:
                span = self.doc[ends[i].start : i + 1]
                self.by_token[i] = (replace(whose, text=span.text, span=self.parse.span(span)),)
                continue
            entry = ends[i].values[0]
            left = self.doc[head.left_edge.i : i + 1]
            named = self.countries_in(left)
            of_body = self.organisation_in(left) if not named else None  # 'NATO forces in Afghanistan' are not Afghan
            countries: list[str | None] = [*(named or ([] if of_body else self.owners(head)))]
            if not countries and not of_body and self.country_in(left):
                countries = [self.country_in(left)]
            organisation = (
                None if countries else of_body or self.owning_organisation(head) or self.secretariat(entry, i)
            )
            if not countries and not organisation:
                countries = [self.place_beside(i)]
                if entry.role not in UNNAMED and countries == [None]:
                    continue
            span = self.doc[min(left.start, ends[i].start) : i + 1]
            span = self.doc[span.start + (1 if span[0].dep_ == "det" else 0) : i + 1]
            if organisation:
                self.by_token[i] = (self.of_organisation(span, entry, organisation),)
            else:
                found = tuple(self.nominal(span, entry, country) for country in countries or [None])
                if self.heads_a_body(head):
                    found = tuple(replace(r, reason=f"head of a body: {r.reason}") for r in found)
                self.by_token[i] = found
        self.body_phrases()
        self.heads()

    def heads(self) -> None:
        """'the heads of the security services of Kenya and Uganda': they act for those whom they head."""
        for i, word in enumerate(self.grid.lower):
            if word not in HEADED or i in self.by_token:
                continue
            for k in self.grid.kids[i]:
                if k > i and self.grid.lower[k] == "of":
                    refs = next((self.by_token[n] for n in self.grid.kids[k] if n in self.by_token), ())
                    if refs and not any(r.person for r in refs):
                        text, span = self.doc[i].text, self.parse.span(self.doc[i])
                        self.by_token[i] = tuple(
                            replace(r, text=text, span=span, reason=f"'{word}' of {r.text}") for r in refs
                        )

    def secretariat(self, entry: Entry, i: int) -> Entry | None:
        """'the Secretary-General': of the organisation named last, else of the United Nations."""
        if entry.name not in {"secretary-general", "secretary general"} or not self.texts[i][:1].isupper():
            return None
        last = self.named_last(i, frozenset({"igo"}), subjects=False)
        return last or next(iter(self.tables.names.get("United Nations")), None)

    def apposed_person(self, head: Token) -> ActorRef | None:
        """'the Turkish president, X', 'X, the Turkish president': the person whom the phrase is put to."""
        if head.dep_ == "appos":
            beside = [head.head]
        else:
            beside = [c for c in head.children if c.dep_ == "appos"]
        for token in beside:
            refs = self.by_token.get(token.i, ())
            if len(refs) == 1 and refs[0].person:
                return refs[0]
        return None

    def heads_a_body(self, head: Token) -> bool:
        """'the president of Chad's assembly' is not the president of Chad."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for noun in child.children:
                    hit = self.covering.get(noun.i)
                    return hit is None or not any(e.kind in NATIONAL for e in hit.values)
        return False

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

    def of_organisation(self, span: TokenSpan, entry: Entry, organisation: Entry) -> ActorRef:
        """'NATO forces', 'al-Qaeda leaders', 'the UN secretary-general': whoever it is acts for the organisation."""
        country = organisation.country if organisation.kind in STATE_OWNED else None
        return ActorRef(
            text=span.text,
            span=self.parse.span(span),
            id=organisation.id,
            name=organisation.name,
            country=country,
            code=organisation.code,
            role=organisation.role or entry.role,
            body=organisation.name,
            reason=f"'{entry.name}' of {organisation.name}",
            confidence=0.85,
        )

    def owning_organisation(self, head: Token) -> Entry | None:
        """'the leader of al-Qaeda', "NATO's forces"."""
        for child in head.children:
            if child.dep_ == "poss":
                return self.organisation_in(self.doc[child.left_edge.i : child.i + 1])
            if child.dep_ == "prep" and child.lower_ in {"of", "for", "from"}:
                for noun in child.children:
                    return self.organisation_in(self.doc[noun.left_edge.i : noun.i + 1])
        return None

    def nationalities(self) -> None:
        """'Syrian facilities': the state of a thing that is no actor stays with the adjective."""
        for hit in self.named.values():
            head = self.doc[hit.end - 1]
            entry = next((e for e in hit.values if e.kind in {"demonym", "people", "area"} and e.country), None)
            if (
                entry is not None
                and self.owning(hit)
                and head.i not in self.by_token
                and head.head.i not in self.by_token
            ):
                span = self.doc[hit.start : hit.end]
                self.put(span, replace(self.ref(span, entry, "nationality of what is named"), confidence=0.6))

    def body_phrases(self) -> None:
        """Other bodies named with their country: 'the Iranian Supreme National Security Council'; their heads."""
        grid = self.grid
        for i, word in enumerate(grid.lower):
            if word not in BODY_WORDS or i in self.by_token or grid.pos[i] not in {"NOUN", "PROPN"}:
                continue
            token = self.doc[i]
            left = self.doc[token.left_edge.i : token.i + 1]
            country = self.country_in(left)
            if country is None:
                continue
            start = left.start + (1 if left[0].dep_ == "det" else 0)
            span = self.doc[start : token.i + 1]
            self.by_token[token.i] = (
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
