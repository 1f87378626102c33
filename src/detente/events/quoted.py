"""'"We signed it," said X': who 'we' and 'I' are inside somebody's own words."""

from __future__ import annotations

from dataclasses import replace

from ..claims import ActorRef, Attribution
from ..document import Span
from ..language.nearby import Nearby
from .arguments import Roles
from .owners import is_known

FIRST_PERSON = frozenset({"we", "i", "us", "me"})


def in_own_words(roles: Roles, at: Span, speech: Nearby[Attribution]) -> Roles:
    """`roles` with the speaker of the quote around `at` in place of 'we' and 'I'."""
    if not any(is_first_person(r) for r in (*roles.actors, *roles.recipients)):
        return roles
    speakers = speakers_around(at, speech)
    if not speakers:
        return roles
    return replace(
        roles, actors=as_speakers(roles.actors, speakers), recipients=as_speakers(roles.recipients, speakers)
    )


def is_first_person(ref: ActorRef) -> bool:
    return ref.text.lower() in FIRST_PERSON and not is_known(ref)


def speakers_around(at: Span, speech: Nearby[Attribution]) -> tuple[ActorRef, ...]:
    """Who speaks the words at `at`, by the narrowest quotation around them."""
    near = {id(a): a for a in speech.near(at.start, at.end) if a.quote != "indirect" and a.speakers}.values()
    around = [(len(c), n, a) for n, a in enumerate(near) for c in a.content if c.contains(at)]
    return min(around)[2].speakers if around else ()


def as_speakers(refs: tuple[ActorRef, ...], speakers: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    found: list[ActorRef] = []
    for ref in refs:
        if not is_first_person(ref):
            found.append(ref)
            continue
        found += [
            replace(
                s,
                text=ref.text,
                span=ref.span,
                reason=f"'{ref.text}' in the words of {s.name or s.text}",
                confidence=0.7,
            )
            for s in speakers
        ]
    return tuple(found)
