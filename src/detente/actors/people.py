"""Who the persons are that were found: by the titles before them, the words beside them, the tables and what was said before."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span as TokenSpan

from ..claims import ActorRef
from .belongings import ORGANISED
from .holdings import PATRONYMICS, THRONES
from .model import Holding
from .sightings import Sightings

GIVEN = frozenset({*THRONES, "prince", "princess"})
"""Titles before given names."""
SIGNING = frozenset({"sign", "initial", "conclude"})
FELLOWS = frozenset("member figure veteran native citizen national soldier officer hardliner survivor".split())
"""Those who are of the state that is named with them."""
GOVERNMENTS = frozenset({"government", "administration", "regime", "cabinet", "junta"})
FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP"})
"""States whose people are mostly called by the first word of their full name: 'Xi' for Xi Jinping."""


class People(Sightings):
    """Says who the persons of one document are."""

    def person(self, span: TokenSpan) -> None:
        surname = self.called_later(span)
        self.organisation = None
        office, body, country, role, why = self.together.get(span.start) or self.before(span)
        if not office:
            office, body, country, role, why = self.beside(span)
        if not office and surname not in self.people and len(span) == 1 and surname in self.given:
            surname = self.given[surname]  # 'Ayub' after 'Ayub Khan'
        if not office and surname in self.people and len(span) == len(surname.split()):
            known = self.people[surname]
            self.put(
                span, replace(known, text=span.text, span=self.parse.span(span), reason="earlier mention"), over=True
            )
            return
        if office and country is None and self.organisation is None:
            country = self.state_of_fellow(span)
        if country is None and self.organisation is None:
            country = self.origin(span)
            why = why or ("named with its state" if country else "")
            if country and not office:
                office, role = self.office_there(span.text, country)
        if country is None and (own := self.users_entry(span)) is not None:
            country, role, why = own.country, own.role or role, why or "name in the user's files"
        earlier = self.people.get(surname)
        if earlier is not None and len(span) == 1 and self.by_given_name(span):
            self.put(
                span, replace(earlier, text=span.text, span=self.parse.span(span), reason="earlier mention"), over=True
            )
            return
        full = span.text if len(span) > 1 or earlier is None else (earlier.person or span.text)
        if country is None and self.organisation is None and (earlier is None or not earlier.country):
            office, country, role, why = self.by_table(full, office, role, why)
            body = body or (self.organisation.name if self.organisation else self.ministry_of(office, country))
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
            id=self.organisation.id if self.organisation else "person:" + "-".join(re.findall(r"\w+", full.lower())),
            name=full,
            country=country,
            code=(self.organisation.code if self.organisation else None) or (country or "") + (role or "") or None,
            role=role,
            person=full,
            office=office,
            body=body,
            reason=why or "named person",
            confidence=0.9 if office else 0.6,
        )
        self.people.setdefault(surname, ref)
        if len(span) > 1:
            self.given.setdefault(span[0].text.lower(), surname)
        if office:
            self.people[surname] = ref
        if country in FAMILY_NAME_FIRST and len(span) > 1:
            self.people.setdefault(span[0].text.lower(), ref)
        if self.by_given_name(span):
            self.people.setdefault(span[0].text.lower(), ref)
        self.put(span, ref, over=True)
        title = self.title_ending.get(span.start)
        if title is not None:
            self.put(self.doc[title.start : title.end], ref)
            self.own_council(title.start, ref)
        while title is not None:
            self.ranks.setdefault(full, set()).add(" ".join(self.grid.lower[title.start : title.end]))
            title = self.title_ending.get(title.start)

    @staticmethod
    def called_later(span: TokenSpan) -> str:
        """The last word of a name, in small letters; of 'Mohammed bin Salman', whose father Salman is, the last two."""
        words = [t.text.lower() for t in span[-2:]]
        return " ".join(words) if words[0] in PATRONYMICS and len(words) == 2 else words[-1]

    def state_of_fellow(self, span: TokenSpan) -> str | None:
        """'General X, a member of Burma's junta': the state of those among whom somebody with a rank is."""
        grid = self.grid
        put = next((k for k in grid.kids[span.root.i] if k > span.end and grid.dep[k] == "appos"), None)
        if put is None or grid.lemma[put] not in FELLOWS or put in self.title_at:
            return None
        return self.belonging(self.doc[grid.left[put] : grid.right[put] + 1])[0]

    def office_there(self, name: str, country: str) -> tuple[str | None, str | None]:
        """The office that the table says somebody held on the day in the state that the text gives."""
        holding = self.registry.holdings.of(name, self.date) if self.date else None
        if holding is None or holding.country != country or not holding.at(self.date):
            return None, None
        return holding.office, holding.role

    def by_given_name(self, span: TokenSpan) -> bool:
        """'Sheikh Mohammed', 'Prince Khalid': a title with which people are called by their given names."""
        title = self.title_ending.get(span.start)
        return title is not None and self.grid.lower[title.end - 1] in GIVEN

    def origin(self, span: TokenSpan) -> str | None:
        """'Daniel Okafor of Nigeria', "Hungary's Peter Szanto": the state right after the name or before it."""
        if (home := self.signed_for(span) or self.administration_of(span)) is not None:
            return home
        if span.start > 1 and self.texts[span.start - 1] in {"'s", "’s", "'", "’"}:
            hit = self.covering.get(span.start - 2)
            self.organisation = next((e for e in hit.values if e.kind == "igo"), None) if hit is not None else None
            return next((e.country for e in hit.values if e.kind == "state"), None) if hit is not None else None
        if span.end + 1 >= len(self.doc) or self.doc[span.end].lower_ not in {"of", "from"}:
            return None
        lands = self.countries_in(self.doc[span.end + 1 : span.end + 3])
        party = self.organisation_in(self.doc[span.end + 1 : span.end + 3]) if not lands else None
        if party is not None and party.kind in ORGANISED:
            self.organisation = party  # 'Kari Berg of the Red Cross'
            return party.country if party.kind != "igo" else None
        return next(iter(lands), None)

    def signed_for(self, span: TokenSpan) -> str | None:
        """'signed for the Georgian side by X', 'signed by X for Peru': the state for which somebody signs."""
        grid, by = self.grid, span.start - 1
        if grid.lower[by : by + 1] != ["by"] or SIGNING.isdisjoint(grid.lemma[grid.starts[grid.sent[by]] : by]):
            return None
        behind = (
            self.countries_in(self.doc[span.end + 1 : span.end + 4])
            if self.texts[span.end : span.end + 1] == ["for"]  # a text that is cut off may end with the name
            else []
        )
        before = next((i for i in range(by - 1, max(-1, by - 5), -1) if grid.lower[i] == "for"), by)
        return next(iter(behind or self.countries_in(self.doc[before:by])), None)

    def administration_of(self, span: TokenSpan) -> str | None:
        """'the Kabul government of President X': whoever governs is of the land of the capital."""
        grid, start = self.grid, span.start
        while (title := self.title_ending.get(start)) is not None:
            start = title.start
        if start < 2 or grid.lower[start - 1] != "of" or grid.lower[start - 2] not in GOVERNMENTS:
            return None
        return self.country_in(self.doc[grid.left[start - 2] : start - 1])

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
        title = (office or "").lower().rpartition(" ")[2]
        if title in THRONES and (" " not in name or title not in {"sheikh", "sheik", "imam"}):
            throne = table.monarch(title, name, self.date, self.states)
            if throne is not None or " " not in name:
                return office, throne.country if throne else None, role, why_not if throne else why
        holding = table.of(name, self.date, kind)
        if holding is None and (" " in name or kind):
            holding = table.spelt_otherwise(name, self.date, kind)
            why_not = f"another spelling of {holding.person}, office-holder by the table" if holding else ""
        if holding is None or not (office or self.is_likely(holding)):
            return office, None, role, why
        if holding.body and office and not holding.at(self.date) and (holding.kind or "") != kind:
            return office, None, role, why
        if holding.body:
            name = self.tables.organisation_names.get(holding.body, "")
            self.organisation = next((e for e in self.tables.names.get(name) if e.id == holding.body), None)
            return office or holding.office, None, "IGO" if holding.role == "GOV" else holding.role, why_not
        held = office or (holding.office if holding.at(self.date) else None)
        return held, holding.country, role or holding.role, why_not

    def is_likely(self, holding: Holding) -> bool:
        """Whether a name without a title may well be the office-holder's: in office, or of a state that is named."""
        return bool(holding.kind) or (bool(self.date) and holding.at(self.date)) or holding.country in self.states

    def surnames(self) -> None:
        """Later mentions by surname that the model did not take for persons."""
        grid = self.grid
        for i in [i for i, word in enumerate(grid.lower) if word in self.people or word in self.given]:
            known = self.people.get(grid.lower[i]) or self.by_first_word(i)
            if known is not None and grid.pos[i] == "PROPN" and i not in self.by_token and grid.words[i][:1].isupper():
                token = self.doc[i]
                ref = replace(known, text=token.text, span=self.parse.span(token), reason="earlier mention by surname")
                self.by_token[token.i] = (ref,)

    def by_first_word(self, i: int) -> ActorRef | None:
        """'Ayub' after 'Ayub Khan', where no other name follows and no table has it."""
        if i in self.covering or self.texts[i + 1 : i + 2] == [] or self.texts[i + 1][:1].isupper():
            return None
        return self.people.get(self.given[self.grid.lower[i]])
