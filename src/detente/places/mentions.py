"""Which words of a document name places: the model's spans put right, and what the gazetteer adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from ..language.coreference.words import given_names
from ..language.grid import Grid
from .gazetteer import AREAS, Candidate, Gazetteer
from .keys import key
from .surroundings import STRICT, Surroundings

Kind = Literal["name", "demonym", "unknown"]
LONGEST = 6
"""Words of the longest name that is looked up."""
NEVER_PLACES = frozenset({"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "WORK_OF_ART"})
LOCAL_KINDS = frozenset(
    {"village", "villages", "town", "towns", "city", "valley", "district", "province", "suburb", "region", "island"}
    | {"county", "settlement", "township", "municipality", "neighbourhood", "neighborhood", "enclave", "governorate"}
)
LARGE = 300_000
"""People; a city this large is taken for itself without a preposition before it."""
WHOLE_WITH = frozenset(
    {"province", "prefecture", "governorate", "oblast", "state", "district", "region", "upper", "lower"}
    | {"north", "south", "east", "west", "central"}
)
"""Capitalised words that belong to the name beside them: 'Fars Province', 'North London'."""
LINKS = frozenset({"of", "the", "and", "&", "-", "–", "al", "el", "de", "del", "la", "du", "des", "'s", "’s"})


@dataclass(slots=True)
class Found:
    """Tokens [start, end) that name a place, with what they may mean."""

    start: int
    end: int
    text: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    label: str = ""
    """The model's label, '' when it had none here."""
    offset: int = -1
    """The code point at which `text` begins."""


def find_mentions(doc: Doc, gazetteer: Gazetteer, grid: Grid | None = None) -> list[Found]:
    """The toponyms of `doc` in the order of the text, none overlapping."""
    return Finder(doc, gazetteer, grid).run()


class Finder(Surroundings):
    """One pass over one document."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, grid: Grid | None = None) -> None:
        super().__init__(doc, gazetteer, grid)
        self.at: dict[int, Found] = {}
        self.ends: set[int] = set()
        """Last tokens of what was found."""
        self.taken = bytearray(len(doc))
        self.known: set[str] = set()
        """Keys of the names that were taken for places with certainty."""
        self.told: set[tuple[str, str]] = set()
        """Country and first division of the states and provinces of which the document speaks."""
        self.told_at = 0

    def run(self) -> list[Found]:
        starts = [i for i, capital in enumerate(self.capital) if capital == 2]
        for start in starts:
            self._take_long_tabled(start)
        for entity in self.entities:
            if entity.label_ in ("GPE", "LOC"):
                self._take_entity(entity)
        starts = [i for i in starts if not self.taken[i]]
        for start in starts:
            self._take_tabled(start)
        # Twice: what one pass accepts ('Kyiv' in 'in Kyiv') vouches for the same name elsewhere.
        for _ in range(2):
            for start in starts:
                self._take_city(start)
        for start in starts:
            self._take_by_kind(start)
        for entity in self.entities:
            if entity.label_ == "FAC":
                self._take_facility(entity)
        return [self.at[start] for start in sorted(self.at)]

    # --- the model's spans ----------------------------------------------------------------------------------

    def _take_entity(self, entity: Tokens) -> None:
        for start, end in self._pieces(entity.start, entity.end):
            start, end = self._trimmed(start, end)
            if start >= end:
                continue
            text = self._text(start, end)
            if key(text) in self.words.never or self._is_illness(start, end):
                self._block(start, end)
                continue
            candidates = self.gazetteer.candidates(text)
            if self._is_first_name(start, end):
                self._block(start, end)
                continue
            if self._county_follows(end) and self._take_county(start, end):
                continue
            if not candidates:
                start, end, text, candidates = self._known_part(start, end, text)
            demonym = self.gazetteer.demonym(text)
            if demonym:
                self._take_demonym(start, end)
            elif candidates:
                self._add(start, end, "name", candidates, entity.label_)
            elif self._plausible(start, end):
                self._add(start, end, "unknown", (), entity.label_)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The entity, or its parts where the model drew 'Haifa, Israel' or a line break into one."""
        if self.gazetteer.candidates(self._text(start, end)):
            yield start, end
            return
        piece = start
        for i in range(start, end):
            if self.doc[i].text in (",", ";", "/", "(", ")", "–", "—") or self.doc[i].is_space:
                if piece < i:
                    yield piece, i
                piece = i + 1
        if piece < end:
            yield piece, end

    def _known_part(self, start: int, end: int, text: str) -> tuple[int, int, str, tuple[Candidate, ...]]:
        """'Western Serbia' is Serbia; 'Fars Province' and 'North London' stay whole and are known by a part."""
        doc = self.doc
        if end - start > 1 and doc[end - 1].lower_ not in self.words.facilities:
            for a, b in _parts(start, end):
                part = self._text(a, b)
                edge = [doc[i].lower_ for i in (*range(start, a), *range(b, end))]
                if all(w in self.words.before or w in self.words.kinds for w in edge):
                    candidates = self.gazetteer.candidates(part)
                    if candidates and all(w in WHOLE_WITH for w in edge) and candidates[0].place.country != "US":
                        return start, end, text, candidates
                    if candidates:
                        return a, b, part, candidates
        return start, end, text, ()

    def _plausible(self, start: int, end: int) -> bool:
        """Whether an unknown name that the model takes for a place may be one."""
        doc = self.doc
        first, last = doc[start], doc[end - 1]
        if any(ch.isdigit() for ch in self._text(start, end)) or len(last.text) < 3 or "." in last.text:
            return False
        if self._after_title(start) or last.text in self.people or first.text in self.people:
            return False
        if key(self._text(start, end)) in self.words.common:
            return False
        return self._after_place_word(start) or self._before_place(end) or end - start > 1

    def _is_first_name(self, start: int, end: int) -> bool:
        """'Georgia' in a document on Georgia Stevens, or 'Jordan' taken for a person, where no place is spoken of."""
        if end - start != 1 or self._after_place_word(start, strictly=True) or self._before_place(end):
            return False
        name = self.texts[start]
        first = any(full.startswith(f"{name} ") for full in self.people.get(name, ()))
        person = self._label(start) == "PERSON" and key(name) in self.words.common
        return (first or person) and not self._beside_place(start, end)

    # --- the gazetteer's own --------------------------------------------------------------------------------

    def _take_long_tabled(self, start: int) -> None:
        """Countries and regions of several words first: the model likes to halve them ('Guinea'-Bissau)."""
        if self.taken[start] or self.lower[start] == "the":
            return
        for end in self._ends(start):
            if end - start < 2:
                return
            candidates = self.gazetteer.tabled(self._text(start, end))
            if candidates and not self._part_of_other_name(start, end) and not self._is_illness(start, end):
                name = self.gazetteer.candidates(self._text(start, end))
                self._add(start, end, "name", name, self._label(start))
                return

    def _take_tabled(self, start: int) -> None:
        """Countries, regions, states, waters, abbreviations and demonyms that the model did not mark."""
        if self.taken[start] or self.lower[start] == "the":
            return
        for end in self._ends(start):
            text = self._text(start, end)
            if self._county_follows(end) and self._take_county(start, end):
                return
            if self.gazetteer.demonym(text):
                self._take_demonym(start, end)
                return
            candidates = self.gazetteer.tabled(text)
            if not candidates:
                candidates = tuple(c for c in self.gazetteer.candidates(text) if c.place.feature in ("ADM1", "ADM2"))
                if not candidates or not (end - start > 1 or self._safe_word(start, end)):
                    continue
            if self._is_first_name(start, end):
                return
            if candidates[0].place.feature == "BLDG":
                return  # 'the White House said': a body, not a place
            if candidates[0].after_comma and not self._after_comma(start):
                continue
            if self._part_of_other_name(start, end) or key(text) in self.words.never or self._after_title(start):
                return
            end = self._with_point(end)
            self._add(start, end, "name", self.gazetteer.candidates(self._text(start, end)), self._label(start))
            return

    def _take_county(self, start: int, end: int) -> bool:
        """'Bell and Leslie counties': the candidates are the counties of that name."""
        counties = self.gazetteer.candidates(f"{self._text(start, end)} County")
        if counties:
            self._add(start, end, "name", counties, self._label(start))
        return bool(counties)

    def _with_point(self, end: int) -> int:
        """Takes the point of 'Ont.' along where the tokenizer has split it off."""
        joined = end < len(self.texts) and self.texts[end] == "." and not self.doc[end - 1].whitespace_
        return end + 1 if joined and self.gazetteer.tabled(self.doc[end - 1].text + ".") else end

    def _take_demonym(self, start: int, end: int) -> None:
        """Adjectives before a noun ('Turkish police'); peoples and languages are not places."""
        demonym = self.gazetteer.demonym(self._text(start, end))
        last = self.doc[end - 1]
        if demonym is None or demonym.part != "adj":
            return
        following = self.doc[end] if end < len(self.doc) else None
        attributive = last.dep_ in ("amod", "compound", "nmod") or (
            following is not None
            and (
                (following.text == "-" and not last.whitespace_)
                or (last.dep_ == "conj" and following.pos_ in ("NOUN", "ADJ", "PROPN"))
            )
        )
        if attributive and not self._part_of_other_name(start, end):
            self._add(start, end, "demonym", (Candidate(demonym.place),), self._label(start))

    def _take_city(self, start: int) -> None:
        """Cities that the model took for something else, where the words around them speak for a place."""
        if self.taken[start]:
            return
        for end in self._ends(start):
            text = self._text(start, end)
            candidates = self.gazetteer.candidates(text)
            if candidates and self._is_city_here(start, end, candidates):
                self._add(start, end, "name", candidates, self._label(start))
                return

    def _is_city_here(self, start: int, end: int, candidates: tuple[Candidate, ...]) -> bool:
        name = key(self._text(start, end))
        if self._after_title(start) or self._part_of_other_name(start, end) or name in self.words.never:
            return False
        entity = self.entity.get(start)
        label = entity.label_ if entity is not None else ""
        if label in NEVER_PLACES or self._is_illness(start, end):
            return False
        whole = entity is None or self._core(entity) == (start, end)
        tail = (
            start > 0
            and self.capital[start - 1] == 2
            and self.texts[start - 1] != "The"
            and self._label(start - 1) == label != ""
        )
        if name in self.known and not (label == "PERSON" and not whole):
            return True
        if tail or (not any(c.main for c in candidates) and end - start == 1):
            return False
        if self._before_place(end):
            return True
        sure = self._safe_word(start, end)
        population = max(c.place.population for c in candidates)
        if whole and self._after_place_word(start, strictly=label == "PERSON"):
            return sure or population > LARGE
        if sure and self._before_institution(end) and label != "PERSON":
            return True
        if sure and whole and self._beside_place(start, end):
            return True
        if whole and sure and label in ("PERSON", "ORG") and self._is_told_of(start, end, label, candidates):
            return True
        return population > LARGE and sure and label != "PERSON"

    def _is_told_of(self, start: int, end: int, label: str, candidates: tuple[Candidate, ...]) -> bool:
        """'Ithaca did not', 'a man from Bonham', 'Waterloo police', 'Seneca Falls': a town of the state that is told of.

        What the model takes for a person needs a word that speaks for a place, or two words of which the first is no
        given name.
        """
        spoken_for = self._after_place_word(start) or self._before_institution(end)
        two_words = end - start > 1 and self.lower[start] not in given_names()
        return (label == "ORG" or spoken_for or two_words) and self._is_local(candidates)

    def _is_local(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether the name is that of a place in a state or province of which the document speaks."""
        if len(self.at) != self.told_at:
            self.told_at = len(self.at)
            self.told = {
                (place.country, place.admin1)
                for found in self.at.values()
                for place in (c.place for c in found.candidates[:1])
                if place.admin1 and (len(found.candidates) == 1 or place.feature == "ADM1")
            }
        return any((c.place.country, c.place.admin1) in self.told for c in candidates if c.main)

    def _take_by_kind(self, start: int) -> None:
        """Names that no table has, called places by the text: 'the village of X', 'in the X valley'."""
        if self.taken[start] or not start or self.lower[start - 1] not in ("of", "the"):
            return
        if self.doc[start].pos_ != "PROPN":
            return
        end = next(self._ends(start), start)
        if end == start or self._after_title(start) or self._part_of_other_name(start, end):
            return
        before = self._word(start - 2)
        if self.lower[start - 1] == "of":
            called = before in LOCAL_KINDS
        else:
            called = before in STRICT and end < len(self.texts) and self.texts[end] in LOCAL_KINDS
        if called:
            self._add(start, end, "unknown", (), self._label(start))

    def _take_facility(self, entity: Tokens) -> None:
        """Roads, airports, bridges: places by their last word, though no gazetteer of ours has them."""
        start, end = self._core(entity)
        if end - start < 2 or any(self.taken[start:end]):
            return
        if self.doc[end - 1].lower_ in self.words.facilities and self.capital[end - 1]:
            self._add(start, end, "unknown", (), "FAC")

    # --- what stands around, among what was found -----------------------------------------------------------

    def _before_place(self, end: int) -> bool:
        """', Texas', ' (Syria)' or ', in Iraq' follows."""
        if end + 1 >= len(self.texts) or self.texts[end] not in (",", "("):
            return False
        taken = self.at.get(end + 1)
        if taken and any(c.place.feature in AREAS for c in taken.candidates):
            return True
        return self.capital[end + 1] == 2 and bool(self.gazetteer.tabled(self.texts[end + 1]))

    def _beside_place(self, start: int, end: int) -> bool:
        """'X and Gaza', 'Gaza, X': a place is the next in the list, on either side."""
        before = self.lower[start - 1] if start else ""
        after = self._word(end)
        last = start - 3 if before in ("and", "or") and self.texts[start - 2] == "," else start - 2
        joined = (before in ("and", "or", ",") and last in self.ends) or (after in ("and", "or") and end + 1 in self.at)
        return joined and self.doc[start].pos_ == "PROPN"

    # --- small things ---------------------------------------------------------------------------------------

    def _ends(self, start: int) -> Iterator[int]:
        """Where a name that begins at `start` may end, longest first."""
        taken, capital = self.taken, self.capital
        alone = start + 1 < len(capital) and not capital[start + 1] and self.texts[start + 1] not in LINKS
        if alone and not taken[start]:  # as most names: one word
            return iter((start + 1,)) if capital[start] else iter(())
        ends = []
        for i in range(start, min(start + LONGEST, len(capital))):
            if taken[i] or not (capital[i] or self.texts[i] in LINKS):
                break
            if capital[i]:
                ends.append(i + 1)
        return reversed(ends)

    def _add(self, start: int, end: int, kind: Kind, candidates: tuple[Candidate, ...], label: str) -> None:
        if any(self.taken[start:end]):
            return
        self._block(start, end)
        text = self._text(start, end)
        if kind != "demonym":
            self.ends.add(end - 1)
        if kind == "name":
            self.known.add(key(text))
        self.at[start] = Found(start, end, text, kind, candidates, label, self.doc[start].idx)

    def _block(self, start: int, end: int) -> None:
        """Keeps tokens from being looked at again."""
        for i in range(start, end):
            self.taken[i] = 1


def _parts(start: int, end: int) -> Iterable[tuple[int, int]]:
    """All shorter runs inside [start, end), longest first, later ones first."""
    for length in range(min(end - start - 1, LONGEST), 0, -1):
        for a in range(end - length, start - 1, -1):
            yield a, a + length
