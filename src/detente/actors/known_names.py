"""Names that say by themselves whose they are: warships by the letters before them, ministers by their surname alone."""

from __future__ import annotations

from functools import cache

from ..claims import ActorRef
from ..places.gazetteer import default_gazetteer
from .colleagues import Colleagues
from .lookup import rows
from .phrases import fold

NAMED = frozenset({"", "ORG", "GPE", "PERSON", "PRODUCT", "FAC", "WORK_OF_ART", "NORP", "LOC", "EVENT"})
ALONE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"})


class KnownNames(Colleagues):
    """Finds such names in one document."""

    def ships(self) -> None:
        """'USS Nimitz', 'the frigate HMS Argyll': of the navy whose letters stand before the name."""
        for i, word in enumerate(self.texts):
            country = ship_prefixes().get(word) if word.isupper() else None
            if country is None or i + 1 >= len(self.texts) or not self.is_ships_name(i + 1):
                continue
            end = i + 1
            while end < len(self.texts) and end - i < 5 and self.is_ships_name(end):
                end += 1
            span = self.doc[i:end]
            ref = ActorRef(
                text=span.text,
                span=self.parse.span(span),
                id="ship:" + "-".join(fold(span.text).split()),
                name=span.text,
                country=country,
                code=country + "MIL",
                role="MIL",
                reason=f"warship by the letters {word}",
                confidence=0.85,
            )
            self.put(span, ref)
            kind = self.doc[i].head if self.grid.dep[i] != "compound" else span.root.head
            if span.root.dep_ == "appos" and kind.i not in self.by_token:
                self.put(self.doc[kind.i : kind.i + 1], ref)  # 'the destroyer USS Porter'

    def is_ships_name(self, i: int) -> bool:
        return self.grid.pos[i] == "PROPN" and self.texts[i][:1].isupper() and self.grid.ent[i] in NAMED

    def lone_surnames(self, taken: set[int]) -> list[int]:
        """'Lavrov flew to Tehran': a capital word that no other table has and that is the surname of an office-holder of the day."""
        grid, found = self.grid, []
        for i, word in enumerate(self.texts):
            if (
                grid.pos[i] != "PROPN"
                or i in taken
                or grid.ent[i] not in {"", "ORG", "GPE"}
                or grid.dep[i] not in ALONE
            ):
                continue
            if i in self.covering or i in self.title_at or not word[:1].isupper() or word.isupper():
                continue
            if grid.ent[i] == "GPE" and default_gazetteer().candidates(word):
                continue
            beside = [k for k in (i - 1, i + 1) if 0 <= k < len(self.texts)]
            if any(grid.pos[k] == "PROPN" or (grid.ent[k] and grid.ent[k] == grid.ent[i]) for k in beside):
                continue
            held = [h for h in self.registry.holdings.by_surname.get(fold(word), ()) if self.date and h.at(self.date)]
            if held and len({h.country for h in held}) == 1:
                found.append(i)
        return found


@cache
def ship_prefixes() -> dict[str, str]:
    """The letters before the names of warships, with the state of the navy."""
    return {row["letters"]: row["country"] for row in rows("ships.csv")}
