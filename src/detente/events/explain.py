"""How a sentence is coded, told the way in which a political scientist debugs a dictionary."""

from __future__ import annotations

from ..actors import find_actors
from ..claims import ActorRef, Event
from ..document import Document
from ..language import Parse, find_dates, parse
from ..places import find_places
from .coder import FLOOR, Coding, candidates_of, code_events
from .lexicon import Row
from .lifting import Candidate
from .ontology import Ontology

MOST_NEAR_MISSES = 6


def explain_text(text: str, ontology: Ontology) -> dict[str, list[str]]:
    """Sections of lines: parse, actors, events, what was left out and why, words that no table knows, statements."""
    parsed = parse(Document.from_text(text))
    who = find_actors(parsed)
    where, clock = find_places(parsed), find_dates(parsed)
    coding = Coding(parsed, who, ontology.lexicon, ontology.codebook, where)
    coding.matcher.keep_tried = True
    found = list(candidates_of(coding, where, clock, (), False))
    events = code_events(parsed, who, where, clock, lexicon=ontology.lexicon, codebook=ontology.codebook)
    low = [f.event for f in found if f.event.confidence < FLOOR]
    return {
        "Parse": _parse_lines(parsed),
        "Actors": [_actor(ref) + (f" [{ref.reason}]" if ref.reason else "") for ref in who.mentions] or ["none found"],
        "Events": [line for e in events for line in _event_lines(e)] or ["none"],
        "Left out": [
            *(_left_out(coding, candidate, reason) for candidate, reason in coding.dropped),
            *(f"{e.cameo} {e.type}: confidence {e.confidence} is below {FLOOR}" for e in low),
        ],
        "Rows whose word is there and whose constraints do not hold": _near_misses(coding),
        "Verbs that no table knows": _unknown(coding),
        "Statements": _statements(parsed, who, clock),
    }


def _parse_lines(parsed: Parse) -> list[str]:
    return [
        f"{t.text:16} {t.pos_:6} {t.dep_:10} of {t.head.text!r}" + (f"  {t.ent_type_}" if t.ent_type_ else "")
        for t in parsed.doc
        if not t.is_space
    ]


def _actor(ref: ActorRef) -> str:
    return f"{ref.text!r} is {ref.code or ref.country or ref.id or 'not resolved'}"


def _event_lines(event: Event) -> list[str]:
    actors = ", ".join(f"{a.text} ({a.code or a.key})" for a in event.actors) or "nobody named"
    recipients = ", ".join(f"{r.text} ({r.code or r.key})" for r in event.recipients) or "nobody named"
    lines = [
        f"{event.type} {event.cameo}, {event.status}: {actors} -> {recipients}",
        f"    quad {event.quad}, Goldstein {event.goldstein}, confidence {event.confidence}"
        + (f", mode {event.mode}" if event.mode else "")
        + (f", date {event.date.value}" if event.date else "")
        + (f", place {event.place.name}" if event.place else "")
        + (", both ways" if event.reciprocal else ""),
        f"    {event.why}",
    ]
    if event.according_to:
        lines.append("    according to " + ", ".join(a.text for a in event.according_to))
    return lines


def _left_out(coding: Coding, candidate: Candidate, reason: str) -> str:
    word = coding.view.doc[candidate.base].text
    return f"{word!r} by {candidate.fit.row.source} would be {candidate.code}: {reason}"


def _near_misses(coding: Coding) -> list[str]:
    """The most specific rows that did not fit, for words that have nothing better."""
    lines = []
    for token, row in sorted(coding.matcher.tried, key=lambda t: (t[0], -t[1].rank)):
        fit = coding.fits.get(token)
        if row.code not in {"", "-"} and (fit is None or row.rank > fit.row.rank):
            lines.append(f"{coding.view.doc[token].text!r} {row.source} ({row.code}) asks for {_asks(row)}")
    return lines[:MOST_NEAR_MISSES]


def _asks(row: Row) -> str:
    parts = []
    if row.pattern is not None:
        parts.append(f"the pattern {row.pattern.text}" if row.pattern.text else "its other words")
    if row.objects is not None:
        parts.append("object " + (" ".join(sorted(row.objects)) or "none"))
    if row.unless:
        parts.append("no object " + " ".join(sorted(row.unless)))
    parts.extend(f"{preposition} {'|'.join(sorted(words))}" for preposition, words in row.preps)
    return ", ".join(parts) or "nothing more"


def _unknown(coding: Coding) -> list[str]:
    view = coding.view
    verbs = [
        view.lemma[i] for i in range(len(view)) if view.pos[i] == "VERB" and view.lemma[i] not in coding.lexicon.verbs
    ]
    return [f"{verb!r}: add a row to verbs.csv of a folder of yours if it codes" for verb in dict.fromkeys(verbs)]


def _statements(parsed: Parse, who: object, clock: object) -> list[str]:
    """What the statements room says of the sentence, where it explains itself."""
    from .. import statements

    tell = getattr(statements, "explain", None)
    return list(tell(parsed, who, clock)) if tell else []
