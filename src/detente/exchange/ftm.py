"""Actors and their offices as FollowTheMoney entities, one JSON object a line.

Source: the FollowTheMoney data model (followthemoney.tech, MIT), schemas Person, Organization, PublicBody, Company,
Position, Occupancy and Membership, with the properties that they have there. A state and an organisation of states are
a PublicBody: the model has no schema for either. Offices that the record's texts give are an Occupancy; its days come
from the table of terms where the person is in it, else only the days of the documents are given.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import IO, Any

from ..actors.phrases import fold
from ..actors.registry import holdings, organisation_ids
from ..claims import ActorMention, ActorRef, from_dict
from ..record import Record, Table
from ..record.linking import LIVE_SQL

TOPICS = {"GOV": "gov", "MIL": "mil", "LEG": "gov.legislative", "JUD": "gov.judicial", "SPY": "gov.security"}
TOPICS |= {"COP": "gov.security", "PTY": "pol.party", "REL": "gov.religion"}
"""FollowTheMoney's topics by our roles."""
COMPANIES = frozenset({"BUS", "MNC"})
PUBLIC = frozenset("ministry department parliament government army navy court council embassy police agency".split())
"""Last words of the names of bodies of a state that no table has."""
STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "IGO"})


@dataclass
class Entity:
    """One entity in the making. Values are kept in the order in which they came, each once."""

    id: str
    schema: str
    properties: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> None:
        for value in values:
            if value:
                self.properties.setdefault(name, {})[value] = None

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "schema": self.schema, "properties": {k: list(v) for k, v in self.properties.items()}}


def write_entities(record: Record, _: Table[Any], out: IO[bytes]) -> int:
    """The actors of a record, their bodies and offices. Returns the number of entities."""
    n = 0
    for entity in entities(mentions_of(record)):
        out.write(json.dumps(entity.to_dict(), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        n += 1
    return n


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as one document names it."""

    ref: ActorRef
    day: str
    url: str


def mentions_of(record: Record) -> Iterator[Named]:
    """The resolved mentions of actors that stand on record, in the order of the documents."""
    query = (
        "SELECT c.payload AS payload, d.day AS day, d.url AS url FROM claims c JOIN documents d ON d.n = c.document "
        f"WHERE c.kind = 'actor' AND c.state IN {LIVE_SQL} ORDER BY c.document, c.start"
    )
    for row in record.store.rows(query):
        yield Named(from_dict(ActorMention, json.loads(row["payload"])).actor, row["day"] or "", row["url"] or "")


def entities(named: Iterable[Named]) -> Iterator[Entity]:
    """The entities behind mentions: who they are first, then what ties them."""
    made: dict[str, Entity] = {}
    for mention in named:
        ref = mention.ref
        if ref.id is None or ref.id.startswith("people:"):
            continue
        _person(made, mention) if ref.person else _body(made, ref)
    ties = {"Occupancy", "Membership"}
    yield from sorted(made.values(), key=lambda e: e.schema in ties)


def _person(made: dict[str, Entity], mention: Named) -> None:
    ref = mention.ref
    person = _entity(made, f"person:{_slug(ref.person or '')}", "Person")
    person.add("name", ref.person)
    if ref.text != ref.person and ref.text[:1].isupper() and " " in ref.text:
        person.add("alias", ref.text)
    person.add("country", _iso(ref.country))
    person.add("topics", "role.pep" if ref.role in STATE_ROLES and ref.office else None)
    body = _body_of(made, ref)
    if ref.office:
        _occupancy(made, mention, person, body)
    elif body is not None:
        tie = _tie(made, "Membership", person.id, body.id)
        tie.add("member", person.id)
        tie.add("organization", body.id)
        tie.add("date", mention.day)


def _occupancy(made: dict[str, Entity], mention: Named, person: Entity, body: Entity | None) -> None:
    ref = mention.ref
    owner = ref.country or (body.id if body else "")
    post = _entity(
        made,
        f"position:{_slug(owner)}:{_slug(ref.body or '')}:{_slug(ref.office or '')}".replace("::", ":"),
        "Position",
    )
    post.add("name", " ".join(filter(None, (ref.body, ref.office))) if ref.body else f"{ref.office}")
    post.add("country", _iso(ref.country))
    post.add("organization", body.id if body else None)
    person.add("position", next(iter(post.properties["name"])))
    tie = _tie(made, "Occupancy", person.id, post.id)
    tie.add("holder", person.id)
    tie.add("post", post.id)
    tie.add("date", mention.day)
    tie.add("sourceUrl", mention.url)
    known = holdings().by_name.get(fold(ref.person or ""), ())
    held = next((h for h in known if h.country == ref.country and mention.day and h.at(mention.day)), None)
    if held is not None:
        tie.add("startDate", held.since)
        tie.add("endDate", held.until)
        tie.add("status", "ended" if held.until else "current")


def _body_of(made: dict[str, Entity], ref: ActorRef) -> Entity | None:
    """The body at which a person holds an office: an organisation of the registry, or a body as the text names it."""
    if ref.id and not ref.id.startswith("person:"):
        entity = _entity(made, ref.id, _schema(ref, ref.id))
        entity.add("name", ref.body or ref.id)
        return entity
    if not ref.body:
        return None
    entity = _entity(made, f"body:{_slug(ref.country or '')}:{_slug(ref.body)}".replace("::", ":"), "PublicBody")
    entity.add("name", ref.body)
    entity.add("country", _iso(ref.country))
    entity.add("topics", TOPICS.get(ref.role or ""))
    return entity


def _body(made: dict[str, Entity], ref: ActorRef) -> None:
    key = ref.id or ""
    words = (ref.name or "").lower().split()
    if key.startswith("org:") and ref.country and words and words[-1] in PUBLIC:
        key = f"body:{_slug(ref.country)}:{_slug(ref.name or '')}"
    entity = _entity(made, key, "PublicBody" if key.startswith("body:") else _schema(ref, key))
    entity.add("name", ref.name if key != ref.country else ref.name or key)
    if ref.text != ref.name and ref.text[:1].isupper() and key != ref.country:
        entity.add("alias", ref.text)
    entity.add("country", _iso(ref.country))
    state = key == ref.country
    igo = key in organisation_ids() and ref.role == "IGO"
    entity.add("topics", "gov.national" if state else "gov.igo" if igo else TOPICS.get(ref.role or ""))


def _schema(ref: ActorRef, key: str) -> str:
    if ref.role in COMPANIES:
        return "Company"
    state_owned = key == ref.country or (ref.role in STATE_ROLES and not key.startswith(("group:", "org:", "outlet:")))
    return "PublicBody" if state_owned else "Organization"


def _entity(made: dict[str, Entity], key: str, schema: str) -> Entity:
    key = key.lower().replace(" ", "-")
    if key not in made:
        made[key] = Entity(key, schema)
    return made[key]


def _tie(made: dict[str, Entity], schema: str, *ends: str) -> Entity:
    digest = hashlib.sha256("\n".join((schema, *ends)).encode()).hexdigest()[:16]
    return _entity(made, f"{schema.lower()}:{digest}", schema)


def _slug(text: str) -> str:
    return "-".join(re.findall(r"\w+", text.lower()))


@cache
def _codes() -> dict[str, str]:
    """Codes of states and of past states as FollowTheMoney has them, by alpha-3: 'ir', 'suhh'."""
    from rigour.territories import get_territories

    return {(t.alpha3 or "").upper(): t.code for t in get_territories() if t.alpha3}


def _iso(country: str | None) -> str | None:
    return _codes().get(country or "")
