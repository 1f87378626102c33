"""Whose an office is: the state or the organisation that the words around a title name, or that stood before."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan

from ..claims import ActorRef
from .localities import Localities
from .lookup import NATIONAL, Entry
from .phrases import Hit
from .scene import BODY_NOUNS

ORGANISED = frozenset({"group", "party", "igo"})
LOCAL = frozenset(
    """governor mayor police prefect commissioner councillor councilor council lawmaker legislator senator bishop
    archbishop imam sheriff prosecutor judge magistrate administrator head chief secretary leader attorney elder
    premier minister speaker deputy commander general spokesman spokeswoman spokesperson official activist resident
    coroner fire hospital health district provincial regional municipal city town village cleric rabbi priest""".split()
)
"""Words of offices that are held in a town or a province."""
COLLECTIVES = frozenset(
    "group alliance movement militia rebels bloc party organisation organization agency coalition union insurgents".split()
)
"""'the group's spokesman': of the one named before."""
HEADED_BODIES = BODY_NOUNS | {"mission", "delegation", "team", "force", "group"}


class Belongings(Localities):
    """Answers whose the offices of one document are."""

    def belonging(self, words: TokenSpan) -> tuple[str | None, Entry | None]:
        """The state or the organisation that words beside a title name, whichever comes first.

        A body of a state stands for its state, unless the state itself is named.
        """
        country: str | None = None
        for token in words:
            hit = self.covering.get(token.i)
            if hit is None or not self.owning(hit):
                continue
            for entry in hit.values:
                if entry.kind in NATIONAL and entry.country:
                    return entry.country, None
                if entry.kind not in NATIONAL and entry.kind not in {"capital", "outlet", "body", "grouping"}:
                    return None, entry
                if entry.kind in {"capital", "body"} and entry.country and country is None:
                    country = entry.country
        return country, None

    def possessor(self, title: Hit[Entry]) -> tuple[str | None, Entry | None]:
        """'its Foreign Minister': the nearest state named before in the sentence, else in the document.

        'the group's spokesman': the organisation named last; 'his spokesman': the state of the person named last.
        """
        near = self.doc[max(self.doc[title.start].sent.start, title.start - 4) : title.start]
        owners = {t.lower_ for t in near if t.dep_ == "poss"}
        for owner in (t for t in near if t.dep_ == "poss"):
            if owner.lower_ in {"pope", "pontiff"}:
                return "VAT", None
            if (named := self.named_person(owner.i)) is not None and named.country:
                return named.country, None
        if owners & {"his", "her"}:
            return next((ref.country for ref in self.persons_before(title.start)), None), None
        beside = self.doc[title.end - 1].head
        if (
            "its" in owners
            and self.grid.dep[title.end - 1] == "conj"
            and (hit := self.covering.get(beside.i)) is not None
        ):
            entry = hit.values[0]  # 'the OAS and its head'
            return (None, entry) if entry.kind in ORGANISED else (entry.country, None)
        collective = bool(owners & COLLECTIVES)
        if "its" in owners and (body := self.common_body(title.start)) is not None:
            return self.country_in(body) or next(iter(self.owners(body.root)), None), None
        if not collective and not owners & {"its", "their", "whose"}:
            return None, None
        if self.grid.lower[title.start : title.end] in (["secretary", "general"], ["secretary", "-", "general"]):
            return None, self.named_last(title.start, frozenset({"igo"}), subjects=False)
        kinds = ORGANISED if collective else ORGANISED | {"state", "capital", "body"}
        last = self.named_last(title.start, kinds, subjects="whose" not in owners and not collective)
        if last is None and not collective:
            last = self.named_last(title.start, frozenset({"state", "capital"}), subjects=False)
        if last is None:
            return None, None
        return (None, last) if last.kind in ORGANISED | {"body"} else (last.country, None)

    def named_person(self, i: int) -> ActorRef | None:
        """'Castro's envoy': the person named before."""
        refs = self.by_token.get(i, ())
        if len(refs) == 1 and refs[0].person:
            return refs[0]
        word = self.grid.lower[i]
        known = self.people.get(word) or self.people.get(self.given.get(word, ""))
        return known if known is not None and self.texts[i][:1].isupper() else None

    def common_body(self, before: int) -> TokenSpan | None:
        """'The assembly, in session under its chairman, X': the body without a name that the sentence is about."""
        grid = self.grid
        for i in range(before - 1, grid.starts[grid.sent[before]] - 1, -1):
            if grid.dep[i] in {"nsubj", "nsubjpass"}:
                common = (grid.lower[i] in BODY_NOUNS or i in self.agents) and grid.pos[i] == "NOUN"
                return self.doc[grid.left[i] : i + 1] if common and i not in self.covering else None
        return None

    def persons_before(self, before: int) -> Iterator[ActorRef]:
        """'his spokesman', 'his Nigerian counterpart': who was named before, last first. Persons are put on the list
        from left to right."""
        for i in range(before - 1, -1, -1):
            refs = self.by_token.get(i)
            if refs and refs[0].person:
                yield refs[0]

    def headed_before(self, right: TokenSpan) -> tuple[str | None, Entry | None]:
        """'the head of the mission' after 'the U.N. mission in Liberia': whose the body named last with that word is."""
        if len(right) < 2 or right[-1].lower_ not in HEADED_BODIES or right[-2].lower_ != "the":
            return None, None
        for i in range(right.start - 1, -1, -1):
            if self.grid.lower[i] == right[-1].lower_ and (phrase := self.doc[self.grid.left[i] : i + 1]):
                country, organisation = self.belonging(phrase)
                if country or organisation:
                    return country, organisation
        return None, None

    def body_before(self, word: str, before: int) -> tuple[str, str | None] | None:
        """'a ministry spokesman' after 'Peru's interior ministry': the body with that word that is named last, and its state."""
        for i in range(before - 1, -1, -1):
            left = self.grid.left[i]
            if self.grid.lower[i] != word or left == i:
                continue
            phrase = self.doc[left : i + 1]
            words = [t for t in phrase if t.dep_ in {"compound", "amod", "nmod"} and t.i not in self.covering]
            if words or self.countries_in(phrase):
                return "".join(t.text_with_ws for t in (*words, self.doc[i])).strip(), self.country_in(phrase)
        return None

    def locally(self, entry: Entry, left: TokenSpan, right: TokenSpan | None) -> str | None:
        """'the governor of Kherson', 'Lagos police commissioner': the state of the town or the province."""
        if LOCAL.isdisjoint(entry.name.split()):
            return None
        found = self.local_state(left.start, left.end)
        if found is None and right is not None:
            found = self.local_state(right.start, right.end)
        return found
