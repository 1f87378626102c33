"""What stands around the words of a document: the questions by which a name of a place is told from others."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from ..language.grid import Grid
from .gazetteer import TABLES, Gazetteer
from .keys import key

COUNTY_LIST = 8
"""Tokens after a name within which 'counties' may end the list that it stands in."""
LONGEST_BRAND = 6
"""Words after a place that are looked at for the last word of a newspaper or a team."""
STRICT = frozenset(
    {"in", "at", "near", "around", "outside", "across", "throughout", "inside", "nearby", "toward", "towards"}
    | {"hit", "struck", "shelled", "bombed", "captured", "seized", "retook", "stormed", "besieged"}
)
"""What stands before places and seldom before persons."""
ILLNESS = frozenset({"virus", "viruses", "ebolavirus", "fever", "flu", "disease", "syndrome", "influenza", "strain"})


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of words.toml."""

    before: frozenset[str]
    kinds: frozenset[str]
    area_kinds: frozenset[str]
    titles: frozenset[str]
    brands: frozenset[str]
    facilities: frozenset[str]
    institutions: frozenset[str]
    never: frozenset[str]
    common: frozenset[str]


@cache
def word_lists() -> Words:
    lists = tomllib.loads((TABLES / "words.toml").read_text(encoding="utf-8"))
    return Words(**{name: frozenset(words) for name, words in lists.items()})


class Surroundings:
    """Questions about runs of tokens [start, end) of one document."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, grid: Grid | None = None) -> None:
        self.doc, self.gazetteer, self.words = doc, gazetteer, word_lists()
        # Asked a hundred times for each name: lists are far quicker than spaCy's tokens, made anew each time.
        grid = grid or Grid(doc)
        self.texts, self.lower = grid.words, grid.lower
        self.offsets: list[int] = doc.to_array("IDX").tolist()
        # The document's text, quicker than `doc.text` makes it.
        spaced = doc.to_array("SPACY").tolist()
        self.source = "".join([word + " " if space else word for word, space in zip(self.texts, spaced, strict=True)])
        self.entities = doc.ents
        self.capital = [_capital(text) for text in self.texts]
        self.people: dict[str, set[str]] = {}
        """Word -> the full names of persons that it is part of."""
        for entity in self.entities:
            if entity.label_ == "PERSON" and len(entity) > 1:
                for i in range(entity.start, entity.end):
                    self.people.setdefault(self.texts[i], set()).add(entity.text)
        self.entity = {i: e for e in self.entities for i in range(e.start, e.end)}

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without 'the', 'City of', lower-case words around the name, and the possessive."""
        doc, lower = self.doc, self.lower
        while start < end and (not self.capital[start] or lower[start] == "the"):
            start += 1
        if end - start > 2 and lower[start] in self.words.kinds and lower[start + 1] == "of":
            rest = start + 2 + (lower[start + 2] == "the")
            if self.gazetteer.candidates(self._text(rest, end)):
                start = rest
        while end > start and (not self.capital[end - 1] and not doc[end - 1].like_num):
            end -= 1
        return start, end

    def _part_of_other_name(self, start: int, end: int) -> bool:
        """Inside a person's name, a newspaper, a team, a university: 'Paris Jackson', 'New York Times'."""
        doc, lower = self.doc, self.lower
        entity = self.entity.get(start)
        if entity is not None and entity.label_ == "PERSON" and self._core(entity) != (start, end):
            return True
        if self._label(start) == "PERSON" and self._is_part_of_person(start, end):
            return True
        if start > 1 and lower[start - 1] == "of" and lower[start - 2] in ("university", "college", "bank"):
            return True
        last = end
        while last < min(len(lower), end + LONGEST_BRAND) and self.capital[last] == 2 and not doc[last].is_punct:
            last += 1
        if last > end and lower[last - 1] in self.words.brands:
            return True
        return last > end and lower[end] in self.words.brands

    def _safe_word(self, start: int, end: int) -> bool:
        """Whether the name is not also a common word or part of the name of a person of this document."""
        name = key(self._text(start, end))
        return not self._is_part_of_person(start, end) and name not in self.words.common and len(name) > 3

    def _is_part_of_person(self, start: int, end: int) -> bool:
        """Whether the first word belongs to a longer or other name of a person in this document."""
        return bool(self.people.get(self.texts[start], set()) - {self._text(start, end)})

    def _after_place_word(self, start: int, *, strictly: bool = False) -> bool:
        """'in X', 'visited X', 'the town of X'; of 'of' only the last kind, `strictly` only prepositions."""
        at = start - 1
        before = self._word(at)
        if before == "the":
            at -= 1
            before = self._word(at)
        if before == "of":
            kind = self._word(at - 1)
            if kind == ",":
                return True  # 'the driver, 45, of X'
            return kind in self.words.kinds or kind in self.words.before
        if strictly:
            return before in STRICT
        return before in self.words.before or before in self.words.kinds

    def _county_follows(self, end: int) -> bool:
        """'X county', 'X, Y and Z counties': what follows says that X is a county."""
        for i in range(end, min(end + COUNTY_LIST, len(self.texts))):
            if self.texts[i] in ("county", "counties", "parishes"):
                return i == end or self.texts[i] != "county" or self.texts[end] in ("and", "or")
            if not self.capital[i] and self.texts[i] not in (",", "and", "or"):
                return False
        return False

    def _before_institution(self, end: int) -> bool:
        """'X police', 'X Superior Court', 'a X man'."""
        return self._word(end) in self.words.institutions

    def _is_illness(self, start: int, end: int) -> bool:
        """'West Nile virus', 'Hong Kong flu'."""
        return self._word(end) in ILLNESS

    def _after_title(self, start: int) -> bool:
        return start > 0 and bool(self.capital[start - 1]) and self.lower[start - 1].rstrip(".") in self.words.titles

    def _after_comma(self, start: int) -> bool:
        return start > 1 and self.texts[start - 1] == "," and self.capital[start - 2] == 2

    def _core(self, entity: Tokens) -> tuple[int, int]:
        return self._trimmed(entity.start, entity.end)

    def _label(self, start: int) -> str:
        entity = self.entity.get(start)
        return entity.label_ if entity is not None else ""

    def _word(self, i: int) -> str:
        """The word at `i` in small letters; '' outside of the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def _text(self, start: int, end: int) -> str:
        return self.source[self.offsets[start] : self.offsets[end - 1] + len(self.texts[end - 1])]


@lru_cache(maxsize=65536)
def _capital(text: str) -> int:
    """2 for a word that begins with a capital, 1 for one with a capital inside ('al-Bab'), else 0."""
    if text[:1].isupper():
        return 2
    return 1 if len(text) > 2 and not text.islower() and any(c.isupper() for c in text) else 0
