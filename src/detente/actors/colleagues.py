"""Several persons under one title: 'the foreign ministers of Chad and Niger, X and Y', 'opposition leaders X and Y'."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan

from .lookup import Entry, plural
from .scene import Described
from .titles import QUALIFIED, Titles

SINGULARS = {
    plural(word): word
    for word in """minister president premier chancellor leader secretary commander general colonel ambassador envoy
    negotiator senator lawmaker governor mayor spokesman spokeswoman diplomat chief head director chairman king emir official
    adviser advisor mediator representative prosecutor judge activist dissident deputy commissioner lieutenant""".split()
} | {
    "spokesmen": "spokesman",
    "spokeswomen": "spokeswoman",
    "chairmen": "chairman",
    "chiefs of staff": "chief of staff",
}
"""Last words of titles that several persons have, with the word for one of them."""
PARTICLES = frozenset("bin ibn bint ben al el ul de del della di da das do dos du la le van von der den ter zu".split())
"""Small words inside names: 'Dominique de Villepin', 'Rodrigo dos Santos', 'Mohammed bin Salman'."""
LINKS = frozenset({",", "and", "&", "respectively"})
FARTHEST = 30
"""Tokens from a title to the last of those who have it."""
LONGEST = 3
"""Words of the longest title that is looked for before its last one."""


class Colleagues(Titles):
    """Gives each of the persons under a title in the plural the title, and the state that is its own."""

    def colleagues(self, persons: list[TokenSpan]) -> dict[int, Described]:
        """What a title in the plural tells of each person, by the first token of the name."""
        told: dict[int, Described] = {}
        starting = {span.start: span for span in persons}
        for i in [k for k, word in enumerate(self.grid.lower) if word in SINGULARS]:
            found = self.named_behind(i, starting)
            title = self.title_for(i) if len(found) > 1 else None
            if title is None:
                continue
            start, office, entry = title
            office = QUALIFIED.sub("", office)
            self.leads[i] = [span.start for span in found]
            for span, state in zip(found, self.states_of(start, i, found), strict=True):
                body = entry.body and state and f"{self.tables.adjectives.get(state, state)} {entry.body}"
                told[span.start] = office, body or None, state, entry.role, "one of several with the title"
        return told

    def by_plural_title(self, found: list[TokenSpan]) -> list[TokenSpan]:
        """'Foreign Ministers Ana Ruiz of Peru and Ivo Kos of Croatia': capital words that no table has, behind such a title."""
        grid = self.grid
        taken = {t.i for span in found for t in span}
        more: list[TokenSpan] = []
        for i in [k for k, word in enumerate(grid.lower) if word in SINGULARS and self.texts[k][:1].isupper()]:
            at, names = i + 1, []
            while at < len(self.texts) and self.title_for(i) is not None:
                end = at
                while end < len(self.texts) and end - at < 5 and self.is_part_of_a_name(end):
                    end += 1
                if end - at < 2:
                    break
                names.append(self.doc[at:end])
                if grid.lower[end : end + 1] == ["of"] and end + 1 in self.covering:
                    end = self.covering[end + 1].end
                if grid.lower[end : end + 1] not in (["and"], [","]):
                    break
                at = end + 1 + (grid.lower[end : end + 2] == [",", "and"])
            if len(names) > 1:
                more += [span for span in names if taken.isdisjoint(range(span.start, span.end))]
        return more

    def is_part_of_a_name(self, i: int) -> bool:
        """A capital word of no table, or a small one inside names ('del Castillo')."""
        if i in self.covering or i in self.title_at or self.grid.pos[i] not in {"PROPN", "ADP", "X"}:
            return False
        return self.texts[i][:1].isupper() or self.texts[i] in PARTICLES

    def put_together(self) -> None:
        """The title itself means all of them, once each of them is known."""
        for i, starts in self.leads.items():
            refs = [ref for k in starts for ref in self.by_token.get(k, ()) if ref.person]
            if len(refs) == len(starts):
                self.put(self.doc[i : i + 1], *refs, over=True)

    def title_for(self, i: int) -> tuple[int, str, Entry] | None:
        """Where the title that ends with the plural at `i` begins, what one of them is called, and its row."""
        word = SINGULARS[self.grid.lower[i]]
        for start in range(max(self.grid.starts[self.grid.sent[i]], i - LONGEST), i + 1):
            words = [*self.texts[start:i], word if self.texts[i].islower() else word.capitalize()]
            values = self.tables.titles.get(" ".join(words))
            if values:
                return start, " ".join(words), values[0]
        return None

    def named_behind(self, i: int, starting: dict[int, TokenSpan]) -> list[TokenSpan]:
        """The persons in a list behind the title at `i`, which may say first whose they are: 'of A and B, X and Y'."""
        end = min(len(self.texts), i + FARTHEST)  # the parse takes a plural title for a sentence of its own
        at = i + 1
        if at < end and self.grid.lower[at] == "of":
            while (
                at < end and self.texts[at] != "," and at not in starting and self.grid.pos[at] not in {"VERB", "AUX"}
            ):
                at += 1
        found: list[TokenSpan] = []
        while at < end:  # [A] [of B], [C] [of D] and [E]
            if at in starting:
                found.append(starting[at])
                at = starting[at].end
                while at + 1 < end and self.grid.lower[at] == "of" and at + 1 in self.covering:
                    at = self.covering[at + 1].end  # 'Presidents X of Chad and Y of Niger'
            elif self.texts[at] in LINKS or at in self.title_at:
                at += 1
            else:
                break
        return found

    def states_of(self, start: int, i: int, found: list[TokenSpan]) -> list[str | None]:
        """The state of each: its own behind the name, one for all, or in the order of a list as long as theirs."""
        own = [self.countries_in(self.doc[s.end + 1 : s.end + 3]) if self.of_behind(s) else [] for s in found]
        if all(own):
            return [lands[0] for lands in own]
        if own[-1] and not any(own[:-1]):
            return [own[-1][0]] * len(found)  # 'Generals X and Y of Sudan'
        first = start
        while first > self.grid.starts[self.grid.sent[i]] and (
            first - 1 in self.covering or self.grid.lower[first - 1] in {"and", ",", "the", "'s", "’s", "'"}
        ):
            first -= 1
        lands = self.countries_in(self.doc[first : found[0].start])
        if len(lands) == len(found):
            return list(lands)
        return [lands[0] if len(lands) == 1 else None] * len(found)

    def of_behind(self, span: TokenSpan) -> bool:
        return self.grid.lower[span.end : span.end + 1] == ["of"]
