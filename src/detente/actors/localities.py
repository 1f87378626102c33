"""Of which state a town, a province or a region is: 'Karachi police', 'the governor of Kherson', 'rebels in Darfur'.

The gazetteer of the places' room answers, by names alone: a state that the document names is preferred, and a name
that large places of several states bear means none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..places.contested import country_of
from ..places.gazetteer import AREAS, Candidate, default_gazetteer
from ..places.surroundings import word_lists
from .scene import Scene

LONGEST = 3
"""Words of the longest name that is looked up, always whole: a part of it is somebody's or something's name."""
OFTENER = 8
"""How many times more people one place must have than the next of that name in another state."""
TOWN = 50_000
"""People that a town has at least, where the document does not name its state."""
SMALL_WORDS = frozenset({"of", "the", "de", "al", "-", "el"})
COMPASS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest upper lower "
    "northeastern northwestern southeastern southwestern federal united new republic union".split()
)
IN = frozenset({"in", "near", "at", "across", "throughout", "outside", "around", "inside"})
"""Prepositions before the place where something is."""


class Localities(Scene):
    """Answers for the places of one document."""

    def local_state(self, start: int, end: int) -> str | None:
        """The state of the place that tokens [start, end) name, ISO 3166 alpha-3; None where it names none or several."""
        for first, last in self.capital_runs(start, end):
            if last - first > LONGEST or any(i in self.by_token for i in range(first, last)):
                continue
            state = self.state_behind_comma(last) or self.state_of_place(self.doc[first:last].text)
            if state is not None:
                return state
        return None

    def state_behind_comma(self, i: int) -> str | None:
        """'Santa Fe, Texas': what the text itself says of where it lies."""
        if i + 1 >= len(self.texts) or self.texts[i] != "," or not self.texts[i + 1][:1].isupper():
            return None
        return self.state_of_place(self.texts[i + 1])

    def capital_runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Runs of capitalised words that no table and no person has taken."""
        first = None
        for i in range(start, end + 1):
            name = i < end and self.may_name(i)
            if name and first is None:
                first = i
            elif not name and first is not None and not (i < end and self.texts[i] in SMALL_WORDS):
                yield first, i
                first = None

    def may_name(self, i: int) -> bool:
        """A capital word of no table, no title and no day or quarter of the compass ('Western', a province elsewhere)."""
        word = self.texts[i]
        if not word[:1].isupper() or i in self.covering or i in self.title_at:
            return False
        lower = self.grid.lower[i]
        if lower in COMPASS or lower in word_lists().common or self.grid.ent[i] in {"DATE", "TIME"}:
            return False
        return default_gazetteer().demonym(word) is None  # 'the Balkan republics'

    def state_of_place(self, name: str) -> str | None:
        """The state of the place of this name, in the user's view."""
        if name not in self.local:
            self.local[name] = self.state_of(default_gazetteer().candidates(name))
        return self.local[name]

    def state_of(self, candidates: tuple[Candidate, ...]) -> str | None:
        gazetteer = default_gazetteer()
        placed = [c for c in candidates if c.place.country and not c.after_comma]
        own = [c for c in placed if c.main] or (placed if len({c.place.country for c in placed}) == 1 else [])
        states = [gazetteer.iso3(c.place.country) for c in own]
        for candidate, state in zip(own, states, strict=True):
            if state in self.states:
                return country_of(candidate.place, state, self.registry.view, self.date)[0]
        if not own:
            return None
        best = own[0].place
        people = max((c.place.population for c in own if c.place.country == best.country), default=0)
        others = [c.place.population for c in own if c.place.country != best.country]
        if best.feature not in AREAS and people < max(TOWN, OFTENER * max(others, default=0)):
            return None
        return country_of(best, states[0], self.registry.view, self.date)[0]

    def place_beside(self, i: int) -> str | None:
        """'Karachi police', 'rebels in Darfur', 'the police of Lagos': the state of the place in the phrase that `i` heads."""
        grid = self.grid
        found = self.local_state(grid.left[i], i)
        for k in grid.kids[i] if found is None else ():
            if k > i and grid.dep[k] == "prep" and grid.lower[k] in IN | {"of", "from"}:
                found = found or self.local_state(k + 1, grid.right[k] + 1)
        return found

    def scene_of_sentence(self, i: int) -> str | None:
        """The state of the only place in which something is in the sentence of token `i`."""
        number = self.grid.sent[i]
        if number not in self.scenes_by_place:
            self.scenes_by_place[number] = self.places_in(self.grid.starts[number], self.grid.sentence_end(i))
        found = self.scenes_by_place[number]
        return next(iter(found)) if len(found) == 1 else None

    def places_in(self, start: int, end: int) -> set[str]:
        """The states of what stands after 'in', 'near' and 'of the town of' between two tokens."""
        found = set()
        lower = self.grid.lower
        for k in range(start, end - 1):
            if lower[k] in IN or (lower[k] == "of" and k > start and lower[k - 1] in KINDS):
                after = k + 2 if lower[k + 1] == "the" else k + 1
                stop = after
                while stop < end and self.texts[stop][:1].isupper():
                    stop += 1
                state = self.local_state(after, stop) if stop > after else None
                if state is not None:
                    found.add(state)
        return found


KINDS = frozenset(
    "town city village province region district port island capital state county governorate oblast".split()
)
"""'the town of Kidal'"""
