"""Which words of a document name places: the model's spans put right, and what the gazetteer adds to them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from .gazetteer import AREAS, TABLES, Candidate, Gazetteer
from .keys import key

Kind = Literal["name", "demonym", "unknown"]
LONGEST = 6
"""Words of the longest name that is looked up."""
NEVER_PLACES = frozenset({"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "WORK_OF_ART"})
STRICT = frozenset({"in", "at", "near", "around", "outside", "across", "throughout", "inside", "nearby"})
LARGE = 300_000
"""People; a city this large is taken for itself without a preposition before it."""
WHOLE_WITH = frozenset(
    {"province", "prefecture", "governorate", "oblast", "state", "district", "region", "upper", "lower"}
    | {"north", "south", "east", "west", "central"}
)
"""Capitalised words that belong to the name beside them: 'Fars Province', 'North London'."""
ILLNESS = frozenset({"virus", "viruses", "ebolavirus", "fever", "flu", "disease", "syndrome", "influenza", "strain"})
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


def find_mentions(doc: Doc, gazetteer: Gazetteer) -> list[Found]:
    """The toponyms of `doc` in the order of the text, none overlapping."""
    return Finder(doc, gazetteer).run()


class Finder:
    """One pass over one document."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer, self.words = doc, gazetteer, word_lists()
        self.source = doc.text  # spaCy puts the text together anew each time it is asked
        self.found: list[Found] = []
        self.taken = bytearray(len(doc))
        self.known: set[str] = set()
        """Keys of the names that were taken for places with certainty."""
        self.people = {t.text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 for t in e}
        self.entity = {t.i: e for e in doc.ents for t in e}

    def run(self) -> list[Found]:
        starts = [t.i for t in self.doc if _is_capital(t)]
        for start in starts:
            self._take_long_tabled(start)
        for entity in self.doc.ents:
            if entity.label_ in ("GPE", "LOC"):
                self._take_entity(entity)
        starts = [i for i in starts if not self.taken[i]]
        for start in starts:
            self._take_tabled(start)
        # Twice: what one pass accepts ('Kyiv' in 'in Kyiv') vouches for the same name elsewhere.
        for _ in range(2):
            for start in starts:
                self._take_city(start)
        for entity in self.doc.ents:
            if entity.label_ == "FAC":
                self._take_facility(entity)
        return sorted(self.found, key=lambda f: f.start)

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

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without 'the', 'City of', lower-case words around the name, and the possessive."""
        doc = self.doc
        while start < end and (not _has_capital(doc[start]) or doc[start].lower_ == "the"):
            start += 1
        if end - start > 2 and doc[start].lower_ in self.words.kinds and doc[start + 1].lower_ == "of":
            rest = start + 2 + (doc[start + 2].lower_ == "the")
            if self.gazetteer.candidates(self._text(rest, end)):
                start = rest
        while end > start and (not _has_capital(doc[end - 1]) and not doc[end - 1].like_num):
            end -= 1
        return start, end

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

    # --- the gazetteer's own --------------------------------------------------------------------------------

    def _take_long_tabled(self, start: int) -> None:
        """Countries and regions of several words first: the model likes to halve them ('Guinea'-Bissau)."""
        if self.taken[start] or self.doc[start].lower_ == "the":
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
        if self.taken[start] or self.doc[start].lower_ == "the":
            return
        for end in self._ends(start):
            text = self._text(start, end)
            if self.gazetteer.demonym(text):
                self._take_demonym(start, end)
                return
            candidates = self.gazetteer.tabled(text)
            if not candidates:
                candidates = tuple(c for c in self.gazetteer.candidates(text) if c.place.feature in ("ADM1", "ADM2"))
                if not candidates or not (end - start > 1 or self._safe_word(start, end)):
                    continue
            if candidates[0].place.feature == "BLDG":
                return  # 'the White House said': a body, not a place
            if candidates[0].after_comma and not self._after_comma(start):
                continue
            if self._part_of_other_name(start, end) or key(text) in self.words.never or self._after_title(start):
                return
            end = self._with_point(end)
            self._add(start, end, "name", self.gazetteer.candidates(self._text(start, end)), self._label(start))
            return

    def _with_point(self, end: int) -> int:
        """Takes the point of 'Ont.' along where the tokenizer has split it off."""
        point = self._token(end)
        joined = point is not None and point.text == "." and not self.doc[end - 1].whitespace_
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
        tail = start > 0 and _is_capital(self.doc[start - 1]) and self._label(start - 1) == label != ""
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
        return population > LARGE and sure and label != "PERSON"

    def _take_facility(self, entity: Tokens) -> None:
        """Roads, airports, bridges: places by their last word, though no gazetteer of ours has them."""
        start, end = self._core(entity)
        if end - start < 2 or any(self.taken[i] for i in range(start, end)):
            return
        if self.doc[end - 1].lower_ in self.words.facilities and _has_capital(self.doc[end - 1]):
            self._add(start, end, "unknown", (), "FAC")

    # --- what stands around ---------------------------------------------------------------------------------

    def _part_of_other_name(self, start: int, end: int) -> bool:
        """Inside a person's name, a newspaper, a team, a university: 'Paris Jackson', 'New York Times'."""
        doc = self.doc
        entity = self.entity.get(start)
        if entity is not None and entity.label_ == "PERSON" and self._core(entity) != (start, end):
            return True
        if doc[start].text in self.people and self._label(start) == "PERSON":
            return True
        if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in ("university", "college", "bank"):
            return True
        last = end
        while last < len(doc) and _is_capital(doc[last]) and not doc[last].is_punct:
            last += 1
        if last > end and doc[last - 1].lower_ in self.words.brands:
            return True
        return last > end and doc[end].lower_ in self.words.brands

    def _safe_word(self, start: int, end: int) -> bool:
        """Whether the name is not also a common word or a person's name of this document."""
        name = key(self._text(start, end))
        return name not in self.words.common and self.doc[start].text not in self.people and len(name) > 3

    def _after_place_word(self, start: int, *, strictly: bool = False) -> bool:
        """'in X', 'visited X', 'the town of X'; of 'of' only the last kind, `strictly` only prepositions."""
        at = start - 1
        before = self._token(at)
        if before is not None and before.lower_ == "the":
            at -= 1
            before = self._token(at)
        if before is None:
            return False
        if before.lower_ == "of":
            kind = self._token(at - 1)
            return kind is not None and (kind.lower_ in self.words.kinds or kind.lower_ in self.words.before)
        if strictly:
            return before.lower_ in STRICT
        return before.lower_ in self.words.before or before.lower_ in self.words.kinds

    def _before_institution(self, end: int) -> bool:
        """'X police', 'X Superior Court', 'a X man'."""
        following = self._token(end)
        return following is not None and following.lower_ in self.words.institutions

    def _is_illness(self, start: int, end: int) -> bool:
        """'West Nile virus', 'Hong Kong flu'."""
        following = self._token(end)
        return following is not None and following.lower_ in ILLNESS

    def _after_title(self, start: int) -> bool:
        before = self._token(start - 1)
        return before is not None and before.lower_.rstrip(".") in self.words.titles and _has_capital(before)

    def _after_comma(self, start: int) -> bool:
        before = self._token(start - 1)
        city = self._token(start - 2)
        return before is not None and before.text == "," and city is not None and _is_capital(city)

    def _before_place(self, end: int) -> bool:
        """', Texas', ' (Syria)' or ', in Iraq' follows."""
        comma, following = self._token(end), self._token(end + 1)
        if comma is None or following is None or comma.text not in (",", "("):
            return False
        if self.taken[following.i] and any(
            f.start == following.i and any(c.place.feature in AREAS for c in f.candidates) for f in self.found
        ):
            return True
        named = self.gazetteer.tabled(following.text)
        return bool(named) and _is_capital(following)

    # --- small things ---------------------------------------------------------------------------------------

    def _ends(self, start: int) -> Iterator[int]:
        """Where a name that begins at `start` may end, longest first."""
        doc, ends = self.doc, []
        for i in range(start, min(start + LONGEST, len(doc))):
            token = doc[i]
            if self.taken[i] or not (_has_capital(token) or token.lower_ in LINKS):
                break
            if _has_capital(token):
                ends.append(i + 1)
        return reversed(ends)

    def _add(self, start: int, end: int, kind: Kind, candidates: tuple[Candidate, ...], label: str) -> None:
        if any(self.taken[i] for i in range(start, end)):
            return
        self._block(start, end)
        text = self._text(start, end)
        if kind == "name":
            self.known.add(key(text))
        self.found.append(Found(start, end, text, kind, candidates, label, self.doc[start].idx))

    def _block(self, start: int, end: int) -> None:
        """Keeps tokens from being looked at again."""
        for i in range(start, end):
            self.taken[i] = 1

    def _core(self, entity: Tokens) -> tuple[int, int]:
        return self._trimmed(entity.start, entity.end)

    def _label(self, start: int) -> str:
        entity = self.entity.get(start)
        return entity.label_ if entity is not None else ""

    def _token(self, i: int) -> Token | None:
        return self.doc[i] if 0 <= i < len(self.doc) else None

    def _text(self, start: int, end: int) -> str:
        last = self.doc[end - 1]
        return self.source[self.doc[start].idx : last.idx + len(last)]


def _parts(start: int, end: int) -> Iterable[tuple[int, int]]:
    """All shorter runs inside [start, end), longest first, later ones first."""
    for length in range(end - start - 1, 0, -1):
        for a in range(end - length, start - 1, -1):
            yield a, a + length


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _has_capital(token: Token) -> bool:
    return token.text[:1].isupper() or (len(token) > 2 and any(c.isupper() for c in token.text[1:]))
