"""Which place each toponym means, by the evidence of the whole document.

A candidate's score is the sum of what speaks for it: how large and well known it is, whether its country or
state is named elsewhere in the document, and above all whether the text itself says where it lies ('Paris,
Texas'). One name means one place in one document unless the text says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from .gazetteer import AREAS, Candidate, Gazetteer, Place
from .keys import key
from .mentions import Found, word_lists

# Weights, on the scale of log10 of a city's population (a town of 15,000 has 4.2, Tokyo 6.9). Set by hand,
# then checked on development data; accuracy moves little when each is changed by a third.
COUNTRY, REGION, STATE, COUNTY = 8.0, 7.5, 7.0, 5.0
CAPITAL = 1.0
OTHER_NAME = -1.5
NAMED_COUNTRY, COUNTRY_SHARE = 0.7, 2.0
NAMED_STATE = 2.0
SAYS_SO, SAYS_OTHERWISE = 8.0, -4.0
KIND_WORD = 5.0
SAME_AS_CITY = -1.5
"""A state that is called like a city inside it: the city is meant, unless a word such as 'province' follows."""
GUESS_SHARE = 0.5
"""An unknown name is put into the country that has at least this share of the document's named places."""


@dataclass(slots=True)
class Resolved:
    """What a toponym was resolved to. `place` is None where only a container is known, or nothing."""

    found: Found
    place: Place | None
    country: str
    """ISO alpha-2 or ''."""
    admin1: str
    lat: float | None
    lon: float | None
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Container:
    """What the text says a place lies in."""

    country: str
    admin1: str
    text: str
    place: Place


class Votes:
    """How often each country and state is named, demonyms counted, cities at half weight."""

    def __init__(self) -> None:
        self.countries: Counter[str] = Counter()
        self.states: Counter[tuple[str, str]] = Counter()

    def add(self, place: Place, weight: float) -> None:
        if place.country:
            self.countries[place.country] += weight  # type: ignore[assignment]
            if place.admin1:
                self.states[place.country, place.admin1] += weight  # type: ignore[assignment]

    def share(self, country: str) -> float:
        total = sum(self.countries.values())
        return self.countries[country] / total if total else 0.0


def resolve(
    doc: Doc, mentions: Sequence[Found], gazetteer: Gazetteer, *, dateline: str | None = None
) -> list[Resolved]:
    """One `Resolved` for each mention, in order. `dateline` is the city of the dateline, if any."""
    return Resolver(doc, mentions, gazetteer, dateline).run()


class Resolver:
    """Two rounds: what is certain votes first, then the rest is decided, and decided again with its own votes."""

    def __init__(self, doc: Doc, mentions: Sequence[Found], gazetteer: Gazetteer, dateline: str | None) -> None:
        self.doc, self.mentions, self.gazetteer = doc, mentions, gazetteer
        self.words = word_lists()
        self.containers = [self._container(i) for i in range(len(mentions))]
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for i, mention in enumerate(mentions):
            self.by_name[key(mention.text)].append(i)
        self.dateline = gazetteer.candidates(dateline)[0].place if dateline and gazetteer.candidates(dateline) else None

    def run(self) -> list[Resolved]:
        votes = self._certain_votes()
        first = [self._decide(i, votes) for i in range(len(self.mentions))]
        for resolved in first:
            if resolved.place and resolved.place.feature.startswith(("PPL", "ADM")):
                votes.add(resolved.place, 0.5 * resolved.confidence)
        return [self._decide(i, votes) for i in range(len(self.mentions))]

    def _certain_votes(self) -> Votes:
        votes = Votes()
        for mention in self.mentions:
            places = [c.place for c in mention.candidates]
            if places and (places[0].is_country or len(places) == 1 or mention.kind == "demonym"):
                rival = len(places) > 1 and any(p.feature == "ADM1" and p.population > 3e6 for p in places[1:])
                votes.add(places[0], 0.3 if rival else 1.0)
            elif places and places[0].feature == "ADM1":
                votes.add(places[0], 1.0)
        for container in self.containers:
            if container:
                votes.add(container.place, 1.0)
        if self.dateline:
            votes.add(self.dateline, 1.0)
        return votes

    # --- what the text says ---------------------------------------------------------------------------------

    def _container(self, index: int) -> Container | None:
        """The area that follows as in 'Paris, Texas', 'Homs (Syria)', 'Basra, in southern Iraq'."""
        mention = self.mentions[index]
        if mention.kind == "demonym":
            return None
        for later in self.mentions[index + 1 : index + 4]:
            between = [t.lower_ for t in self.doc[mention.end : later.start]]
            if len(between) > 5 or not self._binds(between, self.mentions[index + 1 : index + 4], later):
                return None
            for candidate in later.candidates:
                if self._can_hold(candidate.place, mention):
                    place = candidate.place
                    return Container(place.country, place.admin1, later.text, place)
        return None

    def _binds(self, between: list[str], inner: Sequence[Found], later: Found) -> bool:
        """Only a comma or a bracket, words such as 'in' and 'northern', kinds, and names between."""
        if not between or (between[0] not in (",", "(", "in") and between[0] not in self.words.kinds):
            return False
        allowed = {",", "(", "in", "the", "of"} | self.words.before | self.words.kinds
        names = {t.lower_ for f in inner if f is not later for t in self.doc[f.start : f.end]}
        return all(word in allowed or word in names for word in between)

    def _can_hold(self, area: Place, mention: Found) -> bool:
        """A country or state that one of the mention's candidates lies in; for unknown names any area."""
        if area.feature not in AREAS | {"ADM2", "ISL"} or not area.country or key(mention.text) == key(area.name):
            return False
        places = [c.place for c in mention.candidates]
        if not places:
            return True
        if any(p.is_country for p in places) and not area.admin1:
            return any(_inside(p, area) and not p.is_country for p in places)
        return any(_inside(p, area) for p in places) or all(not p.feature.startswith("ADM") for p in places)

    def _kind_after(self, mention: Found) -> bool:
        """'Karak province', 'the province of Karak', 'upstate New York', 'New York state'."""
        doc = self.doc
        after = doc[mention.end].lower_ if mention.end < len(doc) else ""
        if after in self.words.area_kinds:
            return True
        before = doc[mention.start - 1].lower_ if mention.start else ""
        if before == "of" and mention.start > 1:
            return doc[mention.start - 2].lower_ in self.words.area_kinds
        return before in ("upstate", "state")

    # --- deciding -------------------------------------------------------------------------------------------

    def _decide(self, index: int, votes: Votes) -> Resolved:
        mention = self.mentions[index]
        if mention.kind == "demonym":
            return _at(mention, mention.candidates[0].place, f"demonym of {mention.candidates[0].place.name}", 0.95)
        siblings = self.by_name[key(mention.text)]
        container = self.containers[index] or next((c for i in siblings if (c := self.containers[i])), None)
        area = any(self._kind_after(self.mentions[i]) for i in (index,))
        usable = [c for c in mention.candidates if not (c.after_comma and not self._bound(index))]
        if not usable:
            return self._placed_by_others(mention, container, votes)
        scored = sorted(
            ((self._score(c, usable, container, area, votes), c) for c in usable), key=lambda pair: -pair[0]
        )
        best_score, best = scored[0]
        if container and not _inside(best.place, container.place) and not best.place.is_country:
            return self._placed_by_others(mention, container, votes)
        margin = best_score - scored[1][0] if len(scored) > 1 else 4.0
        confidence = round(min(0.98, 1 / (1 + math.exp(-0.8 * margin - 0.4))), 2)
        return _at(mention, best.place, self._reason(best, container, votes, len(usable)), confidence)

    def _bound(self, index: int) -> bool:
        start = self.mentions[index].start
        return start > 0 and self.doc[start - 1].text == ","

    def _score(
        self, candidate: Candidate, rivals: Sequence[Candidate], container: Container | None, area: bool, votes: Votes
    ) -> float:
        place = candidate.place
        score = _standing(place) + (0.0 if candidate.main else OTHER_NAME)
        if place.country in votes.countries:
            score += NAMED_COUNTRY + COUNTRY_SHARE * votes.share(place.country)
        if place.admin1 and votes.states[place.country, place.admin1] >= 1:
            score += NAMED_STATE
        if container:
            score += SAYS_SO if _inside(place, container.place) else SAYS_OTHERWISE
        if place.feature == "ADM1":
            if area:
                score += KIND_WORD
            elif any(_twin(place, r.place) for r in rivals):
                score += SAME_AS_CITY - max(0.0, STATE - 5.5)
        return score

    def _placed_by_others(self, mention: Found, container: Container | None, votes: Votes) -> Resolved:
        """A name that the gazetteer lacks: inside what the text says, else in the country most named."""
        if container:
            area = container.place
            reason = f"not in the gazetteer; the text puts it in {container.text}"
            local = area.feature in ("ADM1", "ADM2", "ISL")
            lat, lon = (area.lat, area.lon) if local else (None, None)
            return Resolved(mention, None, area.country, area.admin1, lat, lon, reason, 0.5)
        if votes.countries:
            country, _ = votes.countries.most_common(1)[0]
            if votes.share(country) >= GUESS_SHARE and mention.label != "FAC":
                reason = "not in the gazetteer; the country most named in the document"
                return Resolved(mention, None, country, "", None, None, reason, 0.3)
        return Resolved(mention, None, "", "", None, None, "not in the gazetteer", 0.2)

    def _reason(self, best: Candidate, container: Container | None, votes: Votes, rivals: int) -> str:
        place = best.place
        if container and _inside(place, container.place):
            return f"the text puts it in {container.text}"
        if rivals == 1:
            return "the only place of that name in the gazetteer"
        if place.admin1 and votes.states[place.country, place.admin1] >= 1 and not place.is_country:
            return "its state or province is named in the document"
        if place.country in votes.countries and not place.is_country:
            return "its country is named in the document"
        return "the best known place of that name"


def _at(mention: Found, place: Place, reason: str, confidence: float) -> Resolved:
    return Resolved(mention, place, place.country, place.admin1, place.lat, place.lon, reason, confidence)


def _standing(place: Place) -> float:
    """How well known a place is before the document is looked at."""
    if place.is_country:
        return COUNTRY
    if place.feature == "ADM1":
        return STATE
    if place.feature == "ADM2":
        return COUNTY
    if place.id <= -1_000_000 or not place.feature.startswith("PPL"):
        return REGION
    return math.log10(max(place.population, 1000)) + (CAPITAL if place.feature == "PPLC" else 0.0)


def _inside(place: Place, area: Place) -> bool:
    """Whether `place` lies in `area`, as far as country and first division tell."""
    if not area.country or place.country != area.country or place.id == area.id:
        return False
    return not area.admin1 or place.admin1 == area.admin1


def _twin(state: Place, other: Place) -> bool:
    return other.feature.startswith("PPL") and (other.country, other.admin1) == (state.country, state.admin1)
