"""How a sentence is coded, told the way in which a political scientist debugs a dictionary."""

from __future__ import annotations

from ..actors import find_actors
from ..claims import ActorRef, Event
from ..document import Document
from ..language import Parse, find_dates, parse
from ..places import find_places
from .candidate import Candidate
from .coder import FLOOR, Coding, candidates_of, code_events
from .confidence import features, weights
from .domains import words_of_domain
from .lexicon import Row
from .ontology import Ontology
from .told import Found

MOST_NEAR_MISSES = 6
UNSURE = 0.5
"""Below this, what speaks against an event is told."""
_CARRIERS = frozenset({"be", "have", "do", "get", "go", "will"})


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
    doubts = {f.event.trigger: _doubts(coding, f) for f in found if f.event.confidence < UNSURE}
    return {
        "Parse": _parse_lines(parsed),
        "Actors": [_actor(ref) + (f" [{ref.reason}]" if ref.reason else "") for ref in who.mentions] or ["none found"],
        "Events": [line for e in events for line in (*_event_lines(e), *doubts.get(e.trigger, ()))] or ["none"],
        "Left out": [
            *(_left_out(coding, candidate, reason) for candidate, reason in coding.dropped),
            *(f"{e.cameo} {e.type}: confidence {e.confidence} is below {FLOOR}" for e in low),
            *_plain_statements(coding, found),
            *_no_events(coding),
        ],
        "Rows whose word is there and whose constraints do not hold": _near_misses(coding),
        "Verbs that code nothing here": _silent(coding, known=True),
        "Verbs that no table knows": _silent(coding, known=False),
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
    told = f"{word!r} by {candidate.fit.row.source} would be {candidate.code}: {reason}"
    because = _because(coding, candidate, reason)
    return f"{told} ({because})" if because else told


def _because(coding: Coding, candidate: Candidate, reason: str) -> str:
    """The table and the words in it that stand behind a reason."""
    if reason.startswith("told of "):
        words = words_of_domain(coding, candidate.base, reason.removeprefix("told of "))
        return f"domains.csv has {' '.join(words)}" if words else "most of the text is, by domains.csv"
    if "disaster" in reason:
        view, sentence = coding.view, coding.view.doc[candidate.base].sent
        words = [view.lower[k] for k in range(sentence.start, sentence.end) if _is_disaster(coding, k)]
        return f"@disaster in classes.csv has {' '.join(dict.fromkeys(words))}" if words else ""
    if "makes nothing of" in reason and "(" in reason:
        operator = reason.split("(")[1].split(")")[0]
        return f"a row {operator};{candidate.code};CODE; in transforms.csv would change that"
    return ""


def _is_disaster(coding: Coding, k: int) -> bool:
    view, lexicon = coding.view, coding.lexicon
    return any(
        lexicon.is_in(word, "@disaster") for word in (view.lemma[k], view.lower[k], *coding.matcher.words.joined(k))
    )


def _doubts(coding: Coding, found: Found) -> list[str]:
    """The features that speak most against an event of little confidence, with their weights."""
    table = weights()
    against = sorted({name for name in features(coding, found.candidate, found.roles) if table.get(name, 0.0) < -0.2})
    against.sort(key=lambda name: table[name])
    told = ", ".join(f"{name} {table[name]:+.2f}" for name in against[:4])
    return [f"    less sure for (confidence.csv): {told}"] if told else []


def _plain_statements(coding: Coding, found: list[Found]) -> list[str]:
    """Verbs of saying, which are no events unless statements are coded."""
    used = {k for f in found for k in (f.candidate.base, *f.candidate.used)}
    return [
        f"{coding.view.doc[i].text!r} by {fit.row.source} would be {fit.row.code}: a plain statement, no event but in "
        "the scheme cameo"
        for i, fit in coding.fits.items()
        if "say" in fit.row.roles and i not in used
    ]


def _no_events(coding: Coding) -> list[str]:
    """Words whose best row says that they are no event there."""
    fits = ((i, coding.matcher.fit(i)) for i in range(len(coding.view)) if i not in coding.fits)
    return [
        f"{coding.view.doc[i].text!r} by {fit.row.source} is no event in this sense"
        for i, fit in fits
        if fit is not None and fit.row.code == "-"
    ]


def _near_misses(coding: Coding) -> list[str]:
    """The most specific rows that did not fit, for words that have nothing better."""
    lines = []
    for token, row in sorted(dict.fromkeys(coding.matcher.tried), key=lambda t: (t[0], -t[1].rank)):
        fit = coding.fits.get(token)
        auxiliary = coding.view.dep[token] in {"aux", "auxpass"}
        if row.code not in {"", "-"} and not auxiliary and (fit is None or row.rank > fit.row.rank):
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


def _silent(coding: Coding, *, known: bool) -> list[str]:
    """The verbs of no fitting row, those whose lemma the tables have or those that they lack, with the row that would
    code them where they stand."""
    view, verbs = coding.view, coding.lexicon.verbs
    found: dict[str, str] = {}
    for i in range(len(view)):
        if view.pos[i] != "VERB" or i in coding.fits or view.lemma[i] in _CARRIERS:
            continue
        fit = coding.matcher.fit(i)
        if (view.lemma[i] in verbs) == known and (fit is None or fit.row.code != "-"):
            found.setdefault(
                view.lemma[i],
                f"{view.lemma[i]!r}: to code it, add {_row_for(coding, i)} to verbs.csv of a folder of yours",
            )
    return list(found.values())


def _row_for(coding: Coding, verb: int) -> str:
    """The row that would code the verb as it stands: its object, where that is no actor, and its first preposition."""
    view = coding.view
    things = [view.lemma[o] for o in view.objects(verb) if not coding.cast.is_actor(o)]
    preposition = next((p for p, _ in view.prepositions(verb, 1)), "")
    phrase = f"{preposition}:*" if preposition and preposition not in {"on", "in", "at", "during"} else ""
    if preposition in {"on", "at"} and any(
        coding.cast.heads(k) for p, k in view.prepositions(verb, 1) if p == preposition
    ):
        phrase = f"{preposition}:*"
    return f"{view.lemma[verb]};{' '.join(things[:1])};{phrase};CODE;;"


def _statements(parsed: Parse, who: object, clock: object) -> list[str]:
    """What the statements room says of the sentence, where it explains itself."""
    from .. import statements

    tell = getattr(statements, "explain", None)
    return list(tell(parsed, who, clock)) if tell else []
