"""Where a signing took place when no town is named: 'in the Ethiopian capital', 'in the palace' under a dateline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from ..claims import PlaceRef
from ..places.gazetteer import HERE, Place, default_gazetteer, rows_of
from .phrases import children, clause_between
from .told import Scene
from .words import words

LEAD_SENTENCES = 3
"""The dateline speaks for what the first sentences tell, headline and date line included."""


def place_unnamed(scene: Scene, verb: Token, noun: Token) -> PlaceRef | None:
    """The capital of the state that the words name, or the town of the dateline in whose hall it was signed."""
    for top in dict.fromkeys((verb, noun)):
        for spot in spots(top, min(noun.i, verb.i)):
            found = capital_meant(scene, spot) or hall_of_dateline(scene, spot)
            if found is not None:
                return found
    return None


def spots(top: Token, first: int) -> Iterator[Token]:
    """The nouns after 'in' or 'at' under `top`, wherever the parser hung them behind the verb or the noun."""
    for token in top.subtree:
        if token.dep_ == "prep" and token.lower_ in {"in", "at"} and token.i > first and not clause_between(token, top):
            yield from children(token, "pobj")


def capital_meant(scene: Scene, noun: Token) -> PlaceRef | None:
    """'the Ethiopian capital', 'the capital of Ethiopia', 'Ethiopia's capital'."""
    if noun.lower_ != "capital":
        return None
    near = [*children(noun, "amod", "poss", "compound", "nmod")]
    near += [o for of in children(noun, "prep") if of.lower_ == "of" for o in children(of, "pobj")]
    for token in near:
        mention = scene.where.at(token)
        city = capital_of(mention.place.country) if mention and mention.place.country else None
        if mention is None or city is None:
            continue
        state = default_gazetteer().admin1(city.country, city.admin1)
        return PlaceRef(
            name=city.name,
            span=scene.parse.span(noun.doc[min(token.i, noun.i) : max(token.i, noun.i) + 1]),
            country=mention.place.country,
            admin1=state.name if state else None,
            geonameid=city.geonameid,
            lat=city.lat,
            lon=city.lon,
            reason="the capital of the state named",
            confidence=0.8,
        )
    return None


@cache
def capital_of(iso3: str) -> Place | None:
    """The capital of a state by its code, as the table of countries has it."""
    gazetteer = default_gazetteer()
    iso2 = gazetteer.iso2(iso3)
    name = next((r["capital"] for r in rows_of(HERE / "data" / "countries.csv") if iso2 and r["iso2"] == iso2), "")
    places = (c.place for c in gazetteer.candidates(name) if c.place.country == iso2)
    return next((p for p in places if p.feature == "PPLC"), None) if name else None


def hall_of_dateline(scene: Scene, noun: Token) -> PlaceRef | None:
    """'signed a treaty in the Apostolic Palace', among the first sentences: the hall is in the town of the dateline."""
    if noun.lemma_.lower() not in words("agreement")["halls"] or not is_in_lead(noun):
        return None
    elsewhere = any(scene.where.at(t) for t in noun.subtree)
    return None if elsewhere else scene.where.dateline


def is_in_lead(token: Token) -> bool:
    for number, sentence in enumerate(token.doc.sents):
        if sentence.end > token.i:
            return number < LEAD_SENTENCES
    return False
