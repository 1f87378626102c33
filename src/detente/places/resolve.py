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

from .gazetteer import AREAS, OWN, Candidate, Gazetteer, Place
from .keys import key
from .mentions import Found
from .surroundings import word_lists

# Weights, on the scale of log10 of a city's population (a town of 15,000 has 4.2, Tokyo 6.9). Set by hand,
# then checked on development data; accuracy moves little when each is changed by a third.
COUNTRY, REGION, STATE, COUNTY = 9.0, 7.5, 7.0, 5.0
USERS_OWN = 20.0
CAPITAL = 1.5
OTHER_NAME = -1.5
NAMED_COUNTRY, COUNTRY_SHARE = 0.7, 2.0
NAMED_STATE = 2.0
LISTED = 2.5
SAYS_SO, SAYS_OTHERWISE = 8.0, -4.0
KIND_WORD = 5.0
SAME_AS_CITY = -3.0
"""A state that is called like a city inside it: the city is meant, unless a word such as 'province' follows."""
NEAR_DEGREES = 1.5
MAIN_CITY_SHARE = 0.3
NEIGHBOUR, MANY_NEIGHBOURS = 0.8, 3
"""Each other name of the document that lies within about 160 km, and how many count."""
FARTHEST = 5
"""Tokens between a place and what it lies in: 'Basra, in the southern province of Basra'."""
METROPOLIS = 500_000
"""People; 'Paris, Kansas' makes an unknown town of Paris, 'Tokyo, Kansas' is taken for two places."""
GUESS_SHARE = 0.35
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


SMALL = 30_000
"""People of a place that a text on another country does not name in passing."""
STRAY_SHARE = 0.9
MANY_NAMES = 2.5
"""How much of what is named lies in the other country, and how many names that is at least."""
Question = tuple[str, Container | None, bool, bool, str]
"""Name, what it lies in, whether a word such as 'province' follows, a comma before it, the kind listed beside."""


class Votes:
    """Which countries and states the document names, each name counted once and a little more when repeated.

    What a name contributed itself is left out when that name is decided: 'London' does not vote for London.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, tuple[Place, float]] = {}
        self._countries: Counter[str] = Counter()
        self._states: Counter[tuple[str, str]] = Counter()
        self._total = 0.0

    def add(self, name: str, place: Place, weight: float) -> None:
        """Counts `name` for the country and state of `place`, instead of what it was counted for before."""
        if name in self._by_name:
            self._count(*self._by_name[name], -1)
        self._by_name[name] = (place, weight)
        self._count(place, weight, 1)

    def _count(self, place: Place, weight: float, sign: int) -> None:
        if place.country:
            self._countries[place.country] += sign * weight  # type: ignore[assignment]
            self._total += sign * weight
            if place.admin1:
                self._states[place.country, place.admin1] += sign * weight  # type: ignore[assignment]

    def _own(self, name: str) -> tuple[Place | None, float]:
        return self._by_name.get(name, (None, 0.0))

    def country(self, country: str, name: str) -> float:
        """The weight of names other than `name` that lie in `country`."""
        place, weight = self._own(name)
        return self._countries[country] - (weight if place and place.country == country else 0.0)

    def state(self, place: Place, name: str) -> float:
        """The weight of names other than `name` that lie in the state or province of `place`."""
        own, weight = self._own(name)
        same = own and (own.country, own.admin1) == (place.country, place.admin1)
        return self._states[place.country, place.admin1] - (weight if same else 0.0)

    def share(self, country: str, name: str) -> float:
        """The part of all other names that lie in `country`, 0 to 1."""
        place, weight = self._own(name)
        total = self._total - (weight if place and place.country else 0.0)
        return self.country(country, name) / total if total > 0 else 0.0

    def leader(self) -> str | None:
        """The country most named."""
        best = self._countries.most_common(1)
        return best[0][0] if best and best[0][1] > 0 else None


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
        self.settled: dict[int, dict[str, Place]] = defaultdict(dict)
        """Belt of latitude -> name -> where the first round put it."""
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.named_container: dict[str, Container] = {}
        for i, mention in enumerate(mentions):
            name = key(mention.text)
            self.by_name[name].append(i)
            container = self.containers[i]
            if container:
                self.named_container.setdefault(name, container)
        self.chosen: dict[Question, tuple[Candidate, str, float]] = {}
        self.dateline = gazetteer.candidates(dateline)[0].place if dateline and gazetteer.candidates(dateline) else None

    def run(self) -> list[Resolved]:
        votes = self._certain_votes()
        first = [self._decide(i, votes) for i in range(len(self.mentions))]
        for resolved in first:
            if resolved.place and resolved.place.feature.startswith(("PPL", "ADM")):
                name = key(resolved.found.text)
                votes.add(name, resolved.place, 0.6 * resolved.confidence)
                self.settled[_belt(resolved.place)][name] = resolved.place
        self.chosen.clear()
        return [self._decide(i, votes) for i in range(len(self.mentions))]

    def _certain_votes(self) -> Votes:
        votes = Votes()
        for name, indices in self.by_name.items():
            mention = self.mentions[indices[0]]
            often = 1 + math.log(len(indices))
            places = [c.place for c in mention.candidates]
            if places and (places[0].is_country or len(places) == 1 or mention.kind == "demonym"):
                rival = any(p.feature == "ADM1" and p.population > 3e6 for p in places[1:])
                votes.add(name, places[0], 0.3 if rival else often)
            elif places and places[0].feature == "ADM1" and not any(p.feature == "PPLC" for p in places):
                votes.add(name, places[0], often)
        for container in self.containers:
            if container:
                votes.add(key(container.text), container.place, 1.5)
        if self.dateline:
            votes.add("(dateline)", self.dateline, 1.0)
        return votes

    # --- what the text says ---------------------------------------------------------------------------------

    def _container(self, index: int) -> Container | None:
        """The area that follows as in 'Paris, Texas', 'Homs (Syria)', 'Basra, in southern Iraq'."""
        mention = self.mentions[index]
        if mention.kind == "demonym":
            return None
        for later in self.mentions[index + 1 : index + 4]:
            if later.start - mention.end > FARTHEST:
                return None
            between = [t.lower_ for t in self.doc[mention.end : later.start]]
            if not self._binds(between, self.mentions[index + 1 : index + 4], later):
                return None
            area = self._holder(mention, later)
            if area:
                return Container(area.country, area.admin1, later.text, area)
        return None

    def _holder(self, mention: Found, later: Found) -> Place | None:
        """What `later` means as the area around `mention`: one that holds a candidate, else the likeliest."""
        areas = [
            c.place
            for c in later.candidates
            if c.place.feature in AREAS | {"ADM2", "ISL"} and c.place.country and key(mention.text) != key(c.place.name)
        ]
        places = [c.place for c in mention.candidates]
        if places and places[0].is_country:  # 'Jordan, Minnesota' is a town; 'Russia, China' is a list
            areas = [area for area in areas if area.admin1]
        holding = next((area for area in areas if any(_inside(p, area) for p in places)), None)
        local = all(p.feature.startswith("PPL") and p.population < METROPOLIS for p in places)
        likeliest = areas[0] if areas and local and areas[0] is later.candidates[0].place else None
        return holding or (None if self._goes_on(later) else likeliest)

    def _goes_on(self, mention: Found) -> bool:
        """'Midland, Odessa and Big Spring': a name in the middle of a list holds none of the others."""
        return mention.end < len(self.doc) and self.doc[mention.end].lower_ in ("and", "or")

    def _binds(self, between: list[str], inner: Sequence[Found], later: Found) -> bool:
        """Only a comma or a bracket, words such as 'in' and 'northern', kinds, and names between."""
        if not between or (between[0] not in (",", "(", "in") and between[0] not in self.words.kinds):
            return False
        allowed = {",", "(", "in", "the", "of"} | self.words.before | self.words.kinds
        names = {t.lower_ for f in inner if f is not later for t in self.doc[f.start : f.end]}
        return all(word in allowed or word in names for word in between)

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
        name = key(mention.text)
        container = self.containers[index] or self.named_container.get(name)
        bound = self._bound(index)
        usable = [c for c in mention.candidates if not c.after_comma or bound]
        if not usable or (container and not any(_inside(c.place, container.place) for c in usable)):
            return self._placed_by_others(mention, container, votes)
        question = (name, container, self._kind_after(mention), bound, self._listed_with(index))
        if question not in self.chosen:
            self.chosen[question] = self._choose(usable, container, question, votes)
        best, reason, confidence = self.chosen[question]
        if container is None and self._is_stray(best.place, name, votes):
            return self._placed_by_others(mention, None, votes)
        return _at(mention, best.place, reason, confidence)

    def _is_stray(self, place: Place, name: str, votes: Votes) -> bool:
        """A small place alone in a country of which nothing is told, in a text that is all about another country."""
        leader = votes.leader()
        small = place.feature == "ADM2" or (place.feature.startswith("PPL") and place.population < SMALL)
        return (
            small
            and place.id > OWN
            and leader is not None
            and leader != place.country
            and votes.country(place.country, name) == 0
            and votes.share(leader, name) >= STRAY_SHARE
            and votes.country(leader, name) >= MANY_NAMES
        )

    def _choose(
        self, usable: Sequence[Candidate], container: Container | None, question: Question, votes: Votes
    ) -> tuple[Candidate, str, float]:
        """The best candidate, why, and how sure: the distance to the next one, as a logistic curve."""
        name = question[0]
        scores = [(self._score(c, usable, question, votes), -i, c) for i, c in enumerate(usable)]
        scores.sort(reverse=True, key=lambda entry: entry[:2])
        best_score, _, best = scores[0]
        margin = best_score - scores[1][0] if len(scores) > 1 else 4.0
        confidence = round(min(0.98, 1 / (1 + math.exp(-0.8 * margin - 0.4))), 2)
        return best, self._reason(best, container, votes, len(usable), name), confidence

    def _listed_with(self, index: int) -> str:
        """'Niger and Chad', 'Georgia and Alabama': the kind of the name beside, 'PCLI' or 'ADM1', else ''."""
        for near in (index - 1, index + 1):
            if 0 <= near < len(self.mentions):
                first, second = self.mentions[min(near, index)], self.mentions[max(near, index)]
                between = self.doc[first.end : second.start].text if second.start - first.end < 3 else ""
                kinds = [c.place.feature for c in self.mentions[near].candidates[:2]]
                joined = between in ("and", "or", ", and", ",") and self.mentions[near].kind == "name"
                if joined and kinds and kinds[0] in ("PCLI", "ADM1") and "ADM1" not in kinds[1:]:
                    return kinds[0]
        return ""

    def _bound(self, index: int) -> bool:
        start = self.mentions[index].start
        return start > 0 and self.doc[start - 1].text == ","

    def _score(self, candidate: Candidate, rivals: Sequence[Candidate], question: Question, votes: Votes) -> float:
        name, container, area, _, listed = question
        place = candidate.place
        score = _standing(place) + (0.0 if candidate.main else OTHER_NAME)
        if votes.country(place.country, name) > 0:
            score += NAMED_COUNTRY + COUNTRY_SHARE * votes.share(place.country, name)
        if place.admin1:
            score += NAMED_STATE * min(1.0, votes.state(place, name))
        if place.feature.startswith("PPL"):
            score += NEIGHBOUR * min(MANY_NEIGHBOURS, self._neighbours(place, name))
        if container:
            score += SAYS_SO if _inside(place, container.place) else SAYS_OTHERWISE
        if listed and listed == place.feature:
            score += LISTED
        if place.feature == "ADM1":
            if area:
                score += KIND_WORD
            elif any(_is_main_city(r.place, place) for r in rivals):
                score += SAME_AS_CITY
        return score

    def _neighbours(self, place: Place, name: str) -> int:
        """How many other names of the document were put near `place` in the first round."""
        belt = _belt(place)
        around = (item for b in (belt - 1, belt, belt + 1) for item in self.settled.get(b, {}).items())
        return sum(text != name and _is_near(place, other) for text, other in around)

    def _placed_by_others(self, mention: Found, container: Container | None, votes: Votes) -> Resolved:
        """A name that the gazetteer lacks: inside what the text says, else in the country most named."""
        if container:
            area = container.place
            reason = f"not in the gazetteer; the text puts it in {container.text}"
            local = area.feature in ("ADM1", "ADM2", "ISL")
            lat, lon = (area.lat, area.lon) if local else (None, None)
            return Resolved(mention, None, area.country, area.admin1, lat, lon, reason, 0.5)
        country = votes.leader()
        if country and votes.share(country, "") >= GUESS_SHARE:
            reason = "not in the gazetteer; the country most named in the document"
            return Resolved(mention, None, country, "", None, None, reason, 0.3)
        return Resolved(mention, None, "", "", None, None, "not in the gazetteer", 0.2)

    def _reason(self, best: Candidate, container: Container | None, votes: Votes, rivals: int, name: str) -> str:
        place = best.place
        if container and _inside(place, container.place):
            return f"the text puts it in {container.text}"
        if rivals == 1:
            return "the only place of that name in the gazetteer"
        if place.admin1 and votes.state(place, name) >= 1:
            return "other places of its state or province are named in the document"
        if not place.is_country and votes.country(place.country, name) > 0:
            return "its country is named in the document"
        return "the best known place of that name"


def _at(mention: Found, place: Place, reason: str, confidence: float) -> Resolved:
    return Resolved(mention, place, place.country, place.admin1, place.lat, place.lon, reason, confidence)


def _standing(place: Place) -> float:
    """How well known a place is before the document is looked at."""
    if place.id <= OWN:
        return USERS_OWN
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


def _is_main_city(city: Place, state: Place) -> bool:
    """'Aleppo', 'New York': the city of the same name that holds a good part of the state's people."""
    if not city.feature.startswith("PPL") or (city.country, city.admin1) != (state.country, state.admin1):
        return False
    return city.population > MAIN_CITY_SHARE * state.population


def _belt(place: Place) -> int:
    return int(place.lat // NEAR_DEGREES)


def _is_near(a: Place, b: Place) -> bool:
    if abs(a.lat - b.lat) > NEAR_DEGREES or a.id == b.id:
        return False
    return abs(a.lon - b.lon) * math.cos(math.radians(a.lat)) < NEAR_DEGREES
