"""Actors of claims as names in a plan: states and organisations by their codes, groups and opponents by their own."""

from __future__ import annotations

import re

from rigour.territories import get_territory

from ..claims import ActorRef

OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"})
"""PLOVER sectors that act for their state; a rebel group, an opposition leader or a breakaway area does not."""
UNKNOWN = "not_stated"


def actor_id(ref: ActorRef) -> str:
    """The name of the actor in plan files: 'RUS', 'IAEA', 'houthi', 'yulia-tymoshenko', 'militants'."""
    if ref.country and ((ref.role and ref.role not in OFFICIAL) or (ref.id or "").startswith("area:")):
        own = ref.id if ref.id and not ref.id.startswith(ref.country) else ref.person or ref.text
        return slug(re.sub(r"^(?:group|org|person|area):", "", own)) or UNKNOWN
    key = re.sub(r"^(?:org|person):", "", ref.key)
    return slug(key, upper=key.isupper()) or UNKNOWN


def called(ref: ActorRef) -> str:
    """The name of the state or body that is meant, not of the person who speaks for it."""
    id = actor_id(ref)
    if ref.country and id == ref.country:
        territory = get_territory(ref.country)
        if territory:
            return territory.name
    if ref.person and id != slug(ref.person):
        return id
    return ref.text if id == slug(ref.text) else ref.name or ref.text


NAMED_BODY = re.compile(r"^(?=.* ).*\b(?:Agency|Commission|Committee|Council|Mission|Organi[sz]ation|Secretariat)$")
"""Names of two words or more that no table knows, and that only an international body bears."""


def is_body(ref: ActorRef) -> bool:
    """An international organisation: it may verify or own measures, and is no party unless it takes a side."""
    by_code = ref.role in {"IGO", "NGO"} or (ref.code or "").startswith(("IGO", "NGO"))
    return ref.country is None and (by_code or bool(NAMED_BODY.search(ref.name or ref.text)))


def is_unplaced(ref: ActorRef) -> bool:
    """A name that no table knows and that no state or organisation stands behind: perhaps a place."""
    return ref.country is None and (ref.id or "org:").startswith(("org:", "person:"))


def slug(text: str, *, upper: bool = False) -> str:
    """Letters, digits, colons and hyphens, as names in plan files are."""
    found = re.sub(r"[^\w:]+", "-", text).strip("-:")
    return found if upper else found.lower()
